import fc from 'fast-check'
import type { Instant } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { procedureStages } from '../test/arbitrary-procedure.ts'
import { at, editionsOf, later, members } from '../test/lantern.ts'
import { enactment, playThrough, tryIt } from '../test/player.ts'
import { procedureMaker } from '../test/procedures.ts'
import { asked, timeAllowed } from '../test/how-often.ts'
import { emptyState, lawful } from './index.ts'

const runs = 1000
const bookOf = procedureMaker('adopt-policy')

describe('the earliest dates that lawful gives, over random procedures', () => {
  it(
    'are permitted when acted on, and refused a millisecond earlier, for every kind of stage',
    () => {
      const told = { procedures: 0, 'acts at the date': 0, 'refusals a millisecond earlier': 0 }
      fc.assert(
        fc.property(procedureStages, fc.integer({ min: at('2026-01-01'), max: at('2028-12-31') }), (stages, ms) => {
          const book = bookOf(stages)
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
          told['acts at the date']++
          told.procedures++
          // Where everything can be done at once, there is no earlier.
          if (played.early === null) return
          const attempt = enactment(played.early)
          expect(tryIt(editions, played.early, later(earliest, -1), attempt).answer.kind).toBe('refusal')
          told['refusals a millisecond earlier']++
        }),
        { numRuns: runs },
      )
      asked('earliest dates', runs, told)
    },
    timeAllowed(300_000),
  )
})
