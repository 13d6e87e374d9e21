// Local Electoral Regulations 2001 (New Zealand), Schedule 1A. No official table is at hand: elections worked by hand, each step cited.
import { describe, expect, it } from 'vitest'
import { profileOf } from '../../testing/worked.ts'
import { decimalText, countNzMeek, english, type NzMeekParams, type Profile, type StvCount } from '../index.ts'
import { fastPapers } from './meek-fast.ts'
import { literalPapers } from './meek-literal.ts'
import { nzNumberAt, nzNumbers } from './nz-numbers.ts'
import { packProfile } from '../papers/packed.ts'

const practised: NzMeekParams = { clause10: 'as-practised', clause13: 'from-step-1', discards: 4, numbersAmong: 'all-tied' }
const written: NzMeekParams = { ...practised, clause10: 'as-written', clause13: 'from-step-2' }
function counted(profile: Profile, params: NzMeekParams = practised): StvCount {
  const count = countNzMeek(params, profile, null)
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return count.value
}
const nine = (votes: bigint): string => decimalText(votes, 9)
const short = (votes: bigint): string => nine(votes).replace(/\.?0+$/, '')
const iterations = (count: StvCount): readonly string[] =>
  count.stages.flatMap((stage) =>
    stage.iterations.map(({ totals, nonTransferable, quota }) => [...totals, nonTransferable, quota].map(short).join(' ')),
  )

describe('clauses 5 to 13', () => {
  // Clause 5: 90 ÷ 3 = 30 + 0.000000001. Clause 6: A (50). Clauses 7 to 9: 1 × 30.000000001 ÷ 50 = 0.60000000002, rounded up
  // 0.600000001. Clause 10: 30 papers A B give B 0.399999999 each, 20 papers A lose as much. Clause 11: vnt = 7.99999998, q =
  // 82.00000002 ÷ 3 = 27.33333334 + 0.000000001. Clause 12: B 22 + 11.99999997 = 33.99999997 is successful, and both places are filled.
  it('quota, keep value and votes to nine places', () => {
    const count = counted(profileOf('ABC', 2, ['30 A B', '20 A', '22 B', '18 C']), written)
    expect(iterations(count)).toEqual(['50 22 18 0 30.000000001', '30.00000005 33.99999997 18 7.99999998 27.333333341'])
    expect(nine(count.stages[1]?.iterations[0]?.keep[0] ?? 0n)).toBe('0.600000001')
    expect(count.elected).toEqual([0, 1])
  })
  it('clause 13 from step 1 excludes before any keep value is used; from step 2 not before the second iteration', () => {
    const profile = profileOf('ABCD', 2, ['30 A D B', '22 B', '20 C', '2 D B'])
    // Quota 74 ÷ 3 + 0.000000001: A is successful with a surplus of 5.33; D's 2 and it are below C's 20.
    const now = counted(profile)
    const later = counted(profile, { ...practised, clause13: 'from-step-2' })
    const excludedAfter = (count: StvCount): number | undefined =>
      count.stages
        .slice(
          0,
          count.stages.findIndex(({ acts }) => acts.some(({ kind }) => kind === 'exclude')),
        )
        .at(-1)
        ?.iterations.at(-1)?.number
    expect([excludedAfter(now), excludedAfter(later)]).toEqual([1, 2])
    expect(now.elected).toEqual(later.elected)
  })
})

describe('clause 10, a paper through two successful candidates (Dunedin 2004, Cargill ward, iteration 9)', () => {
  // What is left after keep values that let 0.308948430 and 0.059775757 through: 0.0184676256…; third place hopeful.
  const keep = [1_000_000_000n - 308_948_430n, 1_000_000_000n - 59_775_757n, 1_000_000_000n]
  const profile = profileOf('ABC', 1, ['1 A B C'])
  it.each([
    ['as-practised', 'subtract', '0.018467626'],
    ['as-written', 'multiply-up', '0.018467627'],
  ] as const)('%s', (_name, restRule, worth) => {
    for (const papers of [literalPapers(profile, restRule), fastPapers(packProfile(profile), restRule)]) {
      const { totals, nonTransferable } = papers.distribute(keep)
      expect(nine(totals[2] ?? 0n)).toBe(worth)
      expect(totals.reduce((a, b) => a + b, nonTransferable)).toBe(1_000_000_000n)
      // As written the three parts are worth more than the paper, so what is left of it is below 0.
      expect(nonTransferable).toBe(restRule === 'subtract' ? 0n : -1n)
    }
  })
})

describe('clauses 41 to 48: pseudo-random numbers', () => {
  // c = 3, n = 1, v = 7: x = 8, y = 1, z = (7 + 1000 × 7) rem 30,323 = 7,007. Clause 43 once: x = 1,368, y = 172, z = 1,191,190 rem
  // 30,323 = 8,593; rc = 451 + 56 + 2,833 = 3,340.
  it('clause 43, the first values by hand', () => {
    const state = { x: 8, y: 1, z: 7007 }
    const values: number[] = []
    for (let i = 0; i < 8; i++) {
      state.x = (171 * state.x) % 30_269
      state.y = (172 * state.y) % 30_307
      state.z = (170 * state.z) % 30_323
      const parts = [
        [state.x, 30_269],
        [state.y, 30_307],
        [state.z, 30_323],
      ] as const
      values.push(parts.reduce((sum, [s, m]) => sum + Math.floor((10_000 * s) / m), 0))
    }
    expect(values[0]).toBe(3340)
    const seed = { candidates: 3, vacancies: 1, valid: 7 }
    expect(nzNumbers(seed, 4)).toEqual(values.slice(4, 7))
    expect(nzNumbers(seed, 5)).toEqual(values.slice(5, 8))
  })
  it('clause 46: no two alike', () => {
    for (let valid = 0; valid < 200; valid++) expect(new Set(nzNumbers({ candidates: 60, vacancies: 5, valid }, 4)).size).toBe(60)
  })
  it('clause 48: 10,000 less the number at every second step', () => {
    expect([1, 2, 3, 4].map((step) => nzNumberAt(3340, step))).toEqual([3340, 6660, 3340, 6660])
  })
})

describe('clauses 19 and 40: ahead at first difference', () => {
  // One vacancy, so no surplus and one exclusion an iteration. B and C are level at 6 when the third goes. The Scottish order looks back to
  // the last unequal figures, where C had 5; here the first decide, where B had 4: B goes.
  it('looks forward from the first figures, against the Scottish rule', () => {
    const profile = profileOf('ABCDE', 1, ['10 A', '4 B', '5 C B', '2 D B', '1 E C', '2 E'])
    const count = counted(profile)
    const tie = count.stages.flatMap(({ acts }) => acts.filter((act) => act.kind === 'tie'))
    expect(tie).toEqual([
      {
        kind: 'tie',
        clause: '19, 40',
        purpose: 'exclusion',
        tied: [1, 2],
        total: 6_000_000_000n,
        steps: [{ stage: 1, among: [1, 2], left: [1] }],
        chosen: 1,
        byLot: false,
        numbers: null,
      },
    ])
    expect(count.elected).toEqual([0])
    expect(english.stage(count, 4, profile.candidates)).toContain(
      'B and C were level at 6. Looking from the first figures on, at iteration 1 B had the fewest, so B was the one to go.',
    )
  })
  it('level throughout: the lowest number of that step, told with the numbers', () => {
    const profile = profileOf('ABC', 1, ['3 A', '2 B', '2 C'])
    const numbers = nzNumbers({ candidates: 3, vacancies: 1, valid: 7 }, 4)
    const [, b = 0, c = 0] = numbers
    const count = counted(profile)
    expect(count.stages[1]?.acts[0]).toMatchObject({ clause: '19, 41-48', numbers: [b, c], chosen: b < c ? 1 : 2, steps: [] })
    expect(english.stage(count, 2, profile.candidates)).toContain(
      `pseudo-random numbers of the regulations decided (B ${b} and C ${c})`,
    )
    expect(count.lots).toEqual([])
  })
  // X and Y are behind Z at the first difference (iteration 1: 4, 4, 5), all three level at 5 when they are the lowest.
  it('several left by clause 40: the numbers of all tied, or of those left, as the parameter says', () => {
    const papers = ['10 A', '4 X', '4 Y', '5 Z', '1 P X', '1 P Y']
    const profile = profileOf('AXYZP', 1, papers)
    const tieOf = (
      params: NzMeekParams,
    ): { readonly tied: readonly number[]; readonly left: readonly number[]; chosen: number } => {
      const tie = counted(profile, params).stages.flatMap(({ acts }) =>
        acts.flatMap((act) => (act.kind === 'tie' ? [act] : [])),
      )[0]
      return { tied: tie?.tied ?? [], left: tie?.steps[0]?.left ?? [], chosen: tie?.chosen ?? -1 }
    }
    expect(tieOf(practised)).toMatchObject({ tied: [1, 2, 3], left: [1, 2] })
    expect([1, 2]).toContain(tieOf({ ...practised, numbersAmong: 'those-left' }).chosen)
    const chosen = new Set(
      [7, 8, 9, 10, 11, 12, 13, 14].map((a) => {
        const bigger = profileOf('AXYZP', 1, [`${a} A`, ...papers.slice(1)])
        const tie = counted(bigger).stages.flatMap(({ acts }) => acts.flatMap((act) => (act.kind === 'tie' ? [act] : [])))[0]
        return tie?.chosen
      }),
    )
    expect(chosen.has(3)).toBe(true) // among all tied, Z too can have the lowest number
  })
})

describe('clause 23, and the acts of a whole count', () => {
  // A's surplus is shared alike by B, C and D, so it cannot part them; and with three million papers through A one unit of keep value is
  // 0.003 votes, so that it never falls below 0.0001.
  it('nine decimals can bring the surplus no lower: the lowest is excluded all the same', () => {
    const third = ['1000000 A B', '1000000 A C', '1000000 A D', '400000 B', '400000 C', '400000 D']
    const count = counted(profileOf('ABCD', 2, third))
    const iterates = count.stages.flatMap(({ acts }) => acts.flatMap((act) => (act.kind === 'iterate' ? [act] : [])))
    expect(iterates[0]).toMatchObject({ clause: '10, 23', ended: 'stuck', first: 2 })
    const [before, last] = (count.stages[1]?.iterations ?? []).slice(-2).map(({ surplus }) => surplus)
    expect(last).toBeGreaterThanOrEqual(before ?? 0n)
    expect(last).toBeGreaterThanOrEqual(100_000n)
    expect(count.stages[2]?.acts[0]).toMatchObject({ kind: 'tie', clause: '19, 41-48', tied: [1, 2, 3] })
    expect(count.stages[2]?.acts[1]).toMatchObject({ kind: 'exclude', clause: '13' })
  })
  it('every act with its clause and figures', () => {
    const count = counted(profileOf('ABC', 2, ['30 A B', '20 A', '22 B', '18 C']), written)
    expect(count.params).toEqual({ ...written })
    expect(count.stages.map(({ acts }) => acts)).toEqual([
      [
        { kind: 'first-preferences', clause: '5', valid: 90, invalid: 0 },
        { kind: 'quota', clause: '5', valid: 90, seats: 2, quota: 30_000_000_001n },
        { kind: 'elect', clause: '6', candidate: 0, total: 50_000_000_000n, needed: 30_000_000_001n },
      ],
      [
        { kind: 'iterate', clause: '10', first: 2, last: 2, surplus: 9_333_333_338n, ended: 'elected' },
        { kind: 'new-quota', clause: '11', active: 82_000_000_020n, seats: 2, quota: 27_333_333_341n },
        { kind: 'elect', clause: '12', candidate: 1, total: 33_999_999_970n, needed: 27_333_333_341n },
      ],
    ])
    expect(count.stages.map(({ iterations: its }) => its.map(({ surplus }) => surplus))).toEqual([
      [19_999_999_999n],
      [9_333_333_338n],
    ])
    const certain = counted(profileOf('ABCD', 2, ['30 A', '22 B', '20 C', '2 D B']), {
      ...practised,
      clause13: 'from-step-2',
    })
    expect(certain.stages[1]?.acts[0]).toMatchObject({ kind: 'iterate', clause: '10', ended: 'certain' })
    const spent = counted(profileOf('ABC', 1, ['4 A', '3 B', '2 C B']), { ...practised, clause13: 'from-step-2' })
    expect(spent.stages[1]?.acts[0]).toMatchObject({ kind: 'iterate', ended: 'spent', surplus: 0n })
  })
})

describe('clause 3 and the parameters', () => {
  it('as many candidates left as places: successful without more', () => {
    const count = counted(profileOf('AB', 3, ['2 A']))
    expect([count.elected, count.unfilled]).toEqual([[0, 1], 1])
    expect(count.stages[0]?.acts.at(-1)).toMatchObject({ kind: 'fill', clause: '3' })
  })
  it('an exclusion that leaves as many as places ends the count without another iteration', () => {
    const count = counted(profileOf('ABC', 2, ['5 A', '4 B', '3 C A']))
    expect(count.stages.at(-1)).toMatchObject({
      iterations: [],
      acts: [
        { kind: 'exclude', candidate: 2 },
        { kind: 'fill', candidate: 1 },
      ],
    })
    expect(english.stage(count, 2, ['A', 'B', 'C'])).toBe(
      'Stage 2: C, with the fewest votes (3), was excluded. One candidate was left for 1 seat, so B was elected without any further transfer.',
    )
  })
  it('no papers at all: the numbers decide, and it ends', () => expect(counted(profileOf('ABC', 1, [])).elected).toHaveLength(1))
  it('a value the rule does not know is refused by name', () => {
    const odd = { ...practised, discards: 3 } as unknown as NzMeekParams
    expect(countNzMeek(odd, profileOf('A', 1, []), null)).toEqual({
      kind: 'fail',
      error: { kind: 'bad params', param: 'discards' },
    })
  })
})
