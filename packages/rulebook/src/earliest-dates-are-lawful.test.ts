import fc from 'fast-check'
import type { Instant } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { procedureStages } from '../test/arbitrary-procedure.ts'
import { at, editionsOf, later, members } from '../test/lantern.ts'
import { enactment, playThrough, tryIt } from '../test/player.ts'
import { rulebookWith } from '../test/procedures.ts'
import { timeAllowed } from '../test/how-often.ts'
import { emptyState, lawful } from './index.ts'

const runs = 1000

describe('the earliest dates that lawful gives, over random procedures', () => {
  it(
    'are permitted when acted on, and refused a millisecond earlier, for every kind of stage',
    () => {
      fc.assert(
        fc.property(procedureStages, fc.integer({ min: at('2026-01-01'), max: at('2028-12-31') }), (stages, ms) => {
          const book = rulebookWith('adopt-policy', stages)
          const editions = editionsOf(book)
          const from = ms as Instant
          const [way] = lawful(editions, emptyState, 'adopt-policy', members, from, [])
          const earliest = way?.earliest ?? null
          expect(earliest).not.toBeNull()
          if (earliest === null) return
          const played = playThrough(editions, 'adopt-policy', from, earliest)
          expect(played.refused).toBeNull()
          const enacted = (when: Instant): string => tryIt(editions, played.state, when, enactment(played.state)).answer.kind
          expect(enacted(earliest)).toBe('permitted')
          if (earliest > played.now) expect(enacted(later(earliest, -1))).toBe('refusal')
        }),
        { numRuns: runs },
      )
    },
    timeAllowed(300_000),
  )
})
