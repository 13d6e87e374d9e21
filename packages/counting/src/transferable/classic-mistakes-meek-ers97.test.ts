// As for the Scottish rules: each classic mistake must show in the figures of an election made up for it, or of the ERS97 model election.
import { describe, expect, it } from 'vitest'
import { ers97, present, whyAbsent } from '../../testing/official.ts'
import { profileOf, worked } from '../../testing/worked.ts'
import { ers97Rules, type Ers97Rules } from './ers97-rules.ts'
import { countErs97Under } from './ers97.ts'
import { parseBlt, type CountError, type NzMeekParams, type Profile, type StvCount } from '../index.ts'
import { nextKeep, one } from './meek.ts'
import { schedule1A, type NzMeekRules } from './nz-meek-rules.ts'
import { countNzMeekUnder } from './nz-meek.ts'
import type { Result } from '@quorate/kernel'

const madeUp: readonly Profile[] = [
  ...worked.map(({ profile }) => profile),
  profileOf('ABCD', 1, ['18 A', '15 B', '4 C A', '3 D']),
  profileOf('ABCDE', 2, ['17 A', '15 B', '6 C', '1 C A', '13 E']),
  profileOf('ABCDEF', 1, ['30 A', '14 B', '15 C B', '12 D B', '1 D', '11 E C', '10 F']),
  // A surplus that came with an exclusion: the last batch is C's papers, not all of A's.
  profileOf('ABCDE', 2, ['28 A D', '30 B', '12 C A E', '16 D', '14 E']),
  profileOf('ABCDEF', 3, ['43 A B', '7 A', '20 B C', '17 C D', '15 D A', '9 E F', '8 F A']),
  profileOf('ABC', 1, ['3 A', '2 B', '2 C']),
  // So few votes that the rounding of one step shows in a keep value.
  profileOf('ABCDE', 3, ['3 A', '2 C']),
  profileOf('ABCDE', 1, ['10 A', '4 B', '5 C B', '2 D B', '1 E C', '2 E']),
]
const lot = (profile: Profile): readonly number[] => [...profile.candidates.keys()]

const figures = (count: Result<StvCount, CountError>): string =>
  count.kind === 'fail'
    ? count.error.kind
    : count.value.stages.map(({ totals, nonTransferable, quota }) => [...totals, nonTransferable, quota].join(' ')).join('\n')

/** What a count under a mistake gives; one that its books stop has been noticed too. */
function attempted(count: () => Result<StvCount, CountError>): string {
  try {
    return figures(count())
  } catch (e) {
    return String(e)
  }
}

const ers97Mistakes: readonly (readonly [string, Partial<Ers97Rules>])[] = [
  ['the transfer value rounded instead of cut', { transferValue: (s, n) => (2n * s + n) / (2n * n) }],
  ['the surplus divided by all papers of the batch', { transferValue: (s, _n, all) => s / all }],
  ['all papers looked at instead of the last batch', { lastBatchOnly: false }],
  ['a quota cut instead of rounded up', { quota: (votes, places) => votes / (places + 1n) }],
  ['a whole quota and one', { quota: (votes, places) => (votes / ((places + 1n) * 100n) + 1n) * 100n }],
  ['a quota never lowered', { quotaLowered: false }],
  ['surpluses that never wait', { surplusesWait: false }],
  ['one exclusion at a time', { excludeTogether: false }],
  ['election at the quota only', { electByShare: false }],
  ['ties by the most recent figures', { tieSearch: 'most recent' }],
]

describe('ERS97: each mistake is noticed', () => {
  it.each(ers97Mistakes)('%s', (_name, change) => {
    const noticed = madeUp.filter((profile) => {
      const right = figures(countErs97Under(ers97Rules, profile, lot(profile)))
      return attempted(() => countErs97Under({ ...ers97Rules, ...change }, profile, lot(profile))) !== right
    })
    expect(noticed.length).toBeGreaterThan(0)
  })
  it.skipIf(!present)(`the model election alone would miss four of them${whyAbsent}`, () => {
    const file = parseBlt(ers97('ers97.blt'))
    if (file.kind === 'fail') throw new Error('the file was refused')
    const { profile } = file.value
    const right = figures(countErs97Under(ers97Rules, profile, lot(profile)))
    const missed = ers97Mistakes.flatMap(([name, change]) =>
      attempted(() => countErs97Under({ ...ers97Rules, ...change }, profile, lot(profile))) === right ? [name] : [],
    )
    expect(missed).toEqual([
      'the transfer value rounded instead of cut',
      'all papers looked at instead of the last batch',
      'a quota never lowered',
      'ties by the most recent figures',
    ])
  })
})

const params: NzMeekParams = { clause10: 'as-practised', clause13: 'from-step-1', discards: 4, numbersAmong: 'all-tied' }
const nzMistakes: readonly (readonly [string, Partial<NzMeekRules>])[] = [
  ['parts of papers rounded down', { part: (rest, keep) => (rest * keep) / one }],
  ['keep values rounded down', { keep: (keep, quota, votes) => (keep * quota) / votes }],
  ['keep values rounded once, not at each step', { keep: (keep, quota, votes) => (keep * quota + votes - 1n) / votes }],
  ['a surplus passed on at one go, by quota ÷ votes', { keep: (_keep, quota, votes) => nextKeep(one, quota, votes) }],
  ['a quota without the last 0.000000001', { quota: (votes, n) => votes / (n + 1n) }],
  ['a whole quota', { quota: (votes, n) => (votes / ((n + 1n) * one) + 1n) * one }],
  ['a quota that does not follow the votes in play', { quotaFollows: false }],
  ['no exclusion before the surplus is spent', { certainGoEarly: false }],
  ['ties by the last difference', { tieSearch: 'last' }],
  ['the highest number goes', { numberWhoGoes: 'highest' }],
]

describe('NZ Meek: each mistake is noticed', () => {
  it.each(nzMistakes)('%s', (_name, change) => {
    const noticed = madeUp.filter((profile) => {
      const right = figures(countNzMeekUnder(schedule1A, params, profile, null))
      return attempted(() => countNzMeekUnder({ ...schedule1A, ...change }, params, profile, null)) !== right
    })
    expect(noticed.length).toBeGreaterThan(0)
  })
})
