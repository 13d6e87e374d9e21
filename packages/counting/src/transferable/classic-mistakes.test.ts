// Winners alone are worthless as a test: each classic mistake elects the right people in nearly all real wards. The stage figures, or an
// election worked by hand, must notice every one of them. These
// are counts under wrong rules, so their books are not asked to balance.
import { afterAll, describe, expect, it } from 'vitest'
import { fifeWards, present, whyAbsent } from '../../testing/official.ts'
import { worked } from '../../testing/worked.ts'
import { decimalText } from '../arithmetic.ts'
import { scottishOrder, type Rules, type SurplusFigures, type TransferValue } from './scottish-stv-rules.ts'
import { countScottishUnder } from './scottish-stv.ts'
import type { StvCount } from '../trace.ts'

const cutTo =
  (unit: bigint) =>
  (figures: SurplusFigures): TransferValue => {
    const exact = scottishOrder.transferValue(figures)
    return { ...exact, value: exact.value - (exact.value % unit) }
  }

/** Measured on the 22 wards of Fife: wards with the right winners, and wards exact to the last figure. */
const mistakes: readonly (readonly [name: string, change: Partial<Rules>, winnersRight: number, wardsExact: number])[] = [
  [
    'the transfer value rounded instead of cut',
    {
      transferValue: (f) => ({
        a: f.surplus * f.received,
        b: f.total,
        value: (2n * f.surplus * f.received + f.total) / (2n * f.total),
      }),
    },
    22,
    5,
  ],
  [
    'every paper at surplus ÷ papers, whatever it came at',
    { transferValue: (f) => ({ a: f.surplus, b: f.papers, value: f.surplus / f.papers }) },
    22,
    5,
  ],
  ['the transfer value to two places', { transferValue: cutTo(1000n) }, 22, 0],
  ['the transfer value to four places', { transferValue: cutTo(10n) }, 22, 0],
  ['a quota without the one', { quota: (valid, seats) => valid / (seats + 1n) }, 22, 0],
  ['papers passing also to the elected', { electedReceive: true }, 22, 0],
  ['exclusions before pending surpluses', { surplusBeforeExclusion: false }, 19, 0],
  ['a surplus moved although rule 52 applies', { fillLastVacancies: false }, 22, 21],
  [
    'the surplus divided by the transferable papers only',
    {
      transferValue: (f) => ({
        a: f.surplus * f.received,
        b: f.total,
        value: f.transferable === 0n ? 0n : (f.surplus * f.received) / f.transferable,
      }),
    },
    21,
    0,
  ],
  ['the papers of the excluded at value one', { excludedValue: () => 100_000n }, 20, 0],
  ['the oldest surplus first', { surplusOrder: 'oldest' }, 22, 21],
  ['ties by the earliest stage', { tieSearch: 'earliest' }, 22, 22],
  ['three-way ties that do not narrow', { tieNarrows: false }, 22, 22],
]

const figures = (count: StvCount): string =>
  count.stages
    .map(({ totals, nonTransferable, lost }) => [...totals, nonTransferable + lost].map((v) => decimalText(v, 5)).join(' '))
    .join('\n')
const winners = (count: StvCount): string => count.elected.toSorted((a, b) => a - b).join(' ')

describe('each mistake is noticed by an election worked by hand', () => {
  it.each(mistakes)('%s', (_name, change) => {
    const differing = worked.filter(({ profile, lot }) => {
      const right = countScottishUnder(scottishOrder, profile, lot)
      const wrong = countScottishUnder({ ...scottishOrder, ...change, conserve: false }, profile, lot)
      return right.kind === 'ok' && (wrong.kind === 'fail' || figures(wrong.value) !== figures(right.value))
    })
    expect(differing.map(({ name }) => name)).not.toEqual([])
  })
})

describe(`each mistake on the wards of Fife${whyAbsent}`, () => {
  const table: string[] = []
  afterAll(() => {
    if (present) process.stdout.write(`counting: mistakes on 22 wards (winners right / wards exact)\n${table.join('\n')}\n`)
  })
  it.skipIf(!present).each(mistakes)('%s', (name, change, winnersRight, wardsExact) => {
    let right = 0
    let exact = 0
    for (const { profile, stages } of fifeWards()) {
      const law = countScottishUnder(scottishOrder, profile, null)
      const wrong = countScottishUnder({ ...scottishOrder, ...change, conserve: false }, profile, null)
      if (law.kind === 'fail' || wrong.kind === 'fail') continue
      if (winners(law.value) === winners(wrong.value)) right++
      const published = stages.map((totals) => totals.join(' ')).join('\n')
      if (wrong.value.stages.map(({ totals }) => totals.map((v) => decimalText(v, 5)).join(' ')).join('\n') === published) exact++
    }
    table.push(`  ${name}: ${right} / ${exact}`)
    expect([right, exact]).toEqual([winnersRight, wardsExact])
  })
})

describe('the books', () => {
  it('votes made out of nothing stop the count', () => {
    const [election] = worked
    if (election === undefined) throw new Error('there are elections')
    const forged: Rules = { ...scottishOrder, excludedValue: () => 100_000n }
    expect(() => countScottishUnder(forged, election.profile, election.lot)).toThrow(
      'every vote is somewhere at the end of a stage',
    )
  })
})
