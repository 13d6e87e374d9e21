// Elections at the edges of the rules, each worked by hand from the text: everybody elected at once, a quota met exactly, papers that all run out,
// candidates nobody named, who withdrew, a surplus too small for five decimals. Both engines count each, and the checker follows both.
import { describe, expect, it } from 'vitest'
import type { Result } from '@quorate/kernel'
import { checkCountCertificate } from '../../verifier/src/count-certificate/check.ts'
import { group } from '../testing/constraints.ts'
import { profileOf } from '../testing/worked.ts'
import {
  certificateOf,
  count,
  countAsIf,
  countConstrained,
  decimalText,
  nominationsUnder,
  type Constraints,
  type CountError,
  type LotOrder,
  type NzMeekParams,
  type Profile,
  type StvCount,
} from './index.ts'

/** What came out: a line per stage (totals, non-transferable, lost), the elected in order, and the clauses of each stage. */
function told(counted: Result<StvCount, CountError>, profile: Profile) {
  if (counted.kind === 'fail') throw new Error(JSON.stringify(counted.error))
  const { stages, elected, places } = counted.value
  const figure = (votes: bigint): string => decimalText(votes, places).replace(/\.0+$/, '')
  const bounds = counted.value.bounds
  const known = bounds === null ? null : { groups: bounds.constraints, elsewhere: null }
  const checked = checkCountCertificate(profile, certificateOf(counted.value, profile, null), undefined, known)
  expect(checked).toEqual({ kind: 'ok', value: elected })
  return {
    stages: stages.map(({ totals, nonTransferable, lost }) => [...totals, nonTransferable, lost].map(figure).join(' ')),
    elected: elected.map((c) => profile.candidates[c]).join(''),
    clauses: stages.map(({ acts }) => acts.map(({ clause }) => clause).join(' ')),
  }
}

type Case = readonly [
  what: string,
  profile: Profile,
  lot: LotOrder | null,
  stages: readonly string[],
  elected: string,
  last: string,
]

describe('Scottish order', () => {
  it.each<Case>([
    // 46: ⌊30 ÷ 4⌋ + 1 = 8. Three places, three at the quota: the surpluses of 2 never move (52(2)).
    [
      'all elected at once',
      profileOf('ABCD', 3, ['10 A D', '10 B D', '10 C D']),
      null,
      ['10 10 10 0 0 0'],
      'ABC',
      '45 46 47(1) 47(1) 47(1)',
    ],
    // ⌊13 ÷ 3⌋ + 1 = 5: equals is enough (47(1)), and 48(1) finds nothing that exceeds.
    ['the quota exactly', profileOf('ABC', 2, ['5 A C', '5 B C', '3 C']), null, ['5 5 3 0 0'], 'AB', '45 46 47(1) 47(1)'],
    // ⌊9 ÷ 2⌋ + 1 = 5. C goes, then B: nobody ever has 5, and A is alone for the place (52(1)).
    [
      'every paper runs out',
      profileOf('ABC', 1, ['4 A', '3 B', '2 C']),
      null,
      ['4 3 2 0 0', '4 3 0 2 0', '4 0 0 5 0'],
      'A',
      '50(1) 52(1)',
    ],
    // ⌊10 ÷ 2⌋ + 1 = 6. C and D were level at every stage: lot, and D is the later in it. Then C alone has the fewest, then E.
    [
      'two whom nobody named first',
      profileOf('ABCDE', 1, ['5 A', '4 B', '1 E A']),
      [0, 1, 2, 3, 4],
      ['5 4 0 0 1 0 0', '5 4 0 0 1 0 0', '5 4 0 0 1 0 0', '6 4 0 0 0 0 0'],
      'A',
      '50(1) 47(1)',
    ],
    // ⌊14 ÷ 3⌋ + 1 = 5. A's 4: 4 ÷ 9 = 0.44444 on nine papers that name nobody further: 3.99996, and 0.00004 is lost.
    [
      'a surplus that finds nobody',
      profileOf('ABC', 2, ['9 A', '3 B', '2 C']),
      null,
      ['9 3 2 0 0', '5 3 2 3.99996 0.00004', '5 3 0 5.99996 0.00004'],
      'AB',
      '50(1) 52(1)',
    ],
    // ⌊450,000 ÷ 3⌋ + 1 = 150,001. A's surplus of 1 on 150,002 papers: 0.00000 each. Everything of it is lost.
    [
      'a surplus too small for five decimals',
      profileOf('ABC', 2, ['150002 A B', '150000 B', '149998 C']),
      null,
      ['150002 150000 149998 0 0', '150001 150000 149998 0 1', '150001 150000 0 149998 1'],
      'AB',
      '50(1) 52(1)',
    ],
    // ⌊24 ÷ 4⌋ + 1 = 7. A's surplus passes B, elected at the same stage (48(2), article 2): 3 ÷ 10 = 0.3 to C. B's 1 ÷ 8 = 0.125 to D. Then E; then
    // D, whose eight papers at 0.125 name nobody left.
    [
      'who was elected at the same stage gets nothing',
      profileOf('ABCDE', 3, ['10 A B C', '8 B D', '2 C', '3 D', '1 E']),
      null,
      ['10 8 2 3 1 0 0', '7 8 5 3 1 0 0', '7 7 5 4 1 0 0', '7 7 5 4 0 1 0', '7 7 5 0 0 5 0'],
      'ABC',
      '50(1) 52(1)',
    ],
    // C withdrew: two papers name nobody else and are not valid. ⌊6 ÷ 2⌋ + 1 = 4.
    [
      'who withdrew is passed over',
      { ...profileOf('ABC', 1, ['3 C A', '2 B', '1 A C B', '2 C']), withdrawn: [2] },
      null,
      ['4 2 0 0 0'],
      'A',
      '45 46 47(1)',
    ],
    // ⌊1 ÷ 2⌋ + 1 = 1.
    ['one candidate, one paper', profileOf('A', 1, ['1 A']), null, ['1 0 0'], 'A', '45 46 47(1)'],
    // No paper: a quota of 1. As many as places: all are elected (52(1)).
    ['no papers, as many as places', profileOf('AB', 2, []), null, ['0 0 0 0'], 'AB', '45 46 52(1) 52(1)'],
    // ⌊19 ÷ 3⌋ + 1 = 7. A 9: 2 ÷ 9 = 0.22222: five papers to B 1.11110, four to C 0.88888; lost 0.00002. D's 3 to B: 7.11110, elected, and all
    // places are filled.
    [
      'somebody elected by the papers of an exclusion, at mixed values',
      profileOf('ABCD', 2, ['5 A B', '4 A C', '3 B', '4 C', '3 D B']),
      null,
      ['9 3 4 3 0 0', '7 4.11110 4.88888 3 0 0.00002', '7 7.11110 4.88888 0 0 0.00002'],
      'AB',
      '50(1) 47(1)',
    ],
    // ⌊23 ÷ 2⌋ + 1 = 12. D goes; then B and C are level at 5, as at both stages before: lot, B the later.
    [
      'level at both stages before: the lot',
      profileOf('ABCD', 1, ['9 A', '5 B A', '5 C A', '4 D']),
      [0, 2, 1, 3],
      ['9 5 5 4 0 0', '9 5 5 0 4 0', '14 0 5 0 4 0'],
      'A',
      '51(2)(b) 50(1) 47(1)',
    ],
    // ⌊25 ÷ 2⌋ + 1 = 13. E, then D: each brings one of B and C level again. 51(2)(a): the most recent stage at which they differed is 2 (B 7, C 6), so
    // C goes; at stage 1 they were level at 6.
    [
      'the most recent stage, though level before it',
      profileOf('ABCDE', 1, ['9 A', '6 B', '6 C B', '1 D C', '2 D A', '1 E B']),
      null,
      ['9 6 6 3 1 0 0', '9 7 6 3 0 0 0', '11 7 7 0 0 0 0', '11 13 0 0 0 1 0'],
      'B',
      '51(2)(a) 50(1) 47(1)',
    ],
  ])('%s', (_what, profile, lot, stages, elected, last) => {
    const found = told(count('scottish-stv@1', {}, profile, lot), profile)
    expect([found.stages, found.elected, found.clauses.at(-1)]).toEqual([stages, elected, last])
  })
})

describe('Schedule 1A', () => {
  const params: NzMeekParams = { clause10: 'as-written', clause13: 'from-step-1', discards: 4, numbersAmong: 'all-tied' }
  const quotas = (profile: Profile, change: Partial<NzMeekParams> = {}) => {
    const counted = count('nz-meek@1', { ...params, ...change }, profile, null)
    if (counted.kind === 'fail') throw new Error(counted.error.kind)
    return counted.value.stages.map(({ quota }) => decimalText(quota, 9))
  }
  it.each<Case>([
    // Clause 5: 21 ÷ 3 + 0.000000001. Both places filled at step 1 (clause 3).
    ['all at once', profileOf('ABC', 2, ['10 A', '10 B', '1 C']), null, ['10 10 1 0 0'], 'AB', '5 5 6 6'],
    // 9 ÷ 2 + 0.000000001: nobody. Clause 13: 2 and no surplus are below 3. Then vnt = 2 and the quota 3.500000001 (clause 11): A has 4.
    [
      'every paper runs out: the quota comes down',
      profileOf('ABC', 1, ['4 A', '3 B', '2 C']),
      null,
      ['4 3 2 0 0', '4 3 0 2 0'],
      'A',
      '13 10 11 12',
    ],
    // D, whom nobody named, goes first; then C, whose papers run out; 7 ÷ 2 + 0.000000001 with A's 4.
    [
      'somebody whom nobody named',
      profileOf('ABCD', 1, ['4 A', '3 B', '2 C']),
      null,
      ['4 3 2 0 0 0', '4 3 2 0 0 0', '4 3 0 0 2 0'],
      'A',
      '13 10 11 12',
    ],
    // Two candidates for two places: successful without a figure (clause 3), whatever the quota.
    ['as many as places', profileOf('AB', 2, ['1 A']), null, ['1 0 0 0'], 'AB', '5 5 6 3'],
  ])('%s', (_what, profile, lot, stages, elected, last) => {
    const found = told(count('nz-meek@1', params, profile, lot), profile)
    expect([found.stages, found.elected, found.clauses.at(-1)]).toEqual([stages, elected, last])
  })
  it('a quota is always a little more than a share: who has exactly the share is not successful', () => {
    const profile = profileOf('ABC', 2, ['7 A', '7 B', '7 C'])
    const found = told(count('nz-meek@1', params, profile, null), profile)
    expect(quotas(profile)[0]).toBe('7.000000001')
    expect(found.clauses[0]).toBe('5 5')
    expect(found.clauses[1]).toMatch(/^19, 41-48 13 /)
    expect(found.elected).toHaveLength(2)
  })
  it('who withdrew has no pseudo-random number (clause 42) and receives nothing', () => {
    const three = { ...profileOf('ABC', 1, ['3 A', '3 C', '2 B']), withdrawn: [1] }
    const two = profileOf('AC', 1, ['3 A', '3 C'])
    const among = (profile: Profile) => {
      const counted = count('nz-meek@1', params, profile, null)
      const acts = counted.kind === 'ok' ? counted.value.stages.flatMap((stage) => stage.acts) : []
      return acts.flatMap((act) => (act.kind === 'tie' ? [act.numbers] : []))
    }
    expect(among(three)).toEqual(among(two))
    expect(among(two)).toHaveLength(1)
    told(count('nz-meek@1', params, three, null), three)
  })
})

describe('ERS97', () => {
  it.each<Case>([
    // 31 ÷ 4 = 7.75 exactly (5.1.6).
    [
      'all elected at once',
      profileOf('ABCD', 3, ['10 A', '10 B', '10 C', '1 D']),
      null,
      ['10 10 10 1 0 0'],
      'ABC',
      '5.1.2 5.1.6 5.1.7(a) 5.1.7(a) 5.1.7(a)',
    ],
    // 4 ÷ 2 = 2.00 exactly, and A has it.
    ['the quota exactly', profileOf('ABC', 1, ['2 A', '1 B', '1 C']), null, ['2 1 1 0 0'], 'A', '5.1.2 5.1.6 5.1.7(a)'],
    // 9 ÷ 2 = 4.50. C alone (C and B have 5 together, more than A). Its papers run out: 7 ÷ 2 = 3.50 (5.4.8), and A has 4.
    [
      'every paper runs out: the quota comes down',
      profileOf('ABC', 1, ['4 A', '3 B', '2 C']),
      null,
      ['4 3 2 0 0', '4 3 0 2 0'],
      'A',
      '5.2.5 5.4.8 5.4.9(a)',
    ],
    // 10 ÷ 2 = 5. C, D and E have 2 together, less than the next above: all at once. E's 2 make A 6.
    [
      'two whom nobody named go with the next',
      profileOf('ABCDE', 1, ['4 A', '4 B', '2 E A']),
      null,
      ['4 4 0 0 2 0 0', '6 4 0 0 0 0 0'],
      'A',
      '5.2.5 5.2.5 5.2.5 5.4.9(a)',
    ],
    // 5.1.6: 8 ÷ 3 = 2.67. B withdrew.
    [
      'who withdrew is passed over',
      { ...profileOf('ABCD', 2, ['3 B A', '3 C', '2 D B C']), withdrawn: [1] },
      null,
      ['3 0 3 2 0 0'],
      'AC',
      '5.1.2 5.1.6 5.1.7(a) 5.1.7(a)',
    ],
  ])('%s', (_what, profile, lot, stages, elected, last) => {
    const found = told(count('ers97@1', {}, profile, lot), profile)
    expect([found.stages, found.elected, found.clauses.at(-1)]).toEqual([stages, elected, last])
  })
})

describe('ERS97 under bounds', () => {
  const under = (profile: Profile, constraints: Constraints, lot: LotOrder | null = null) => {
    const counted = countConstrained('ers97@1', {}, profile, constraints, lot)
    if (counted.kind === 'fail') throw new Error(JSON.stringify(counted.error))
    return told({ kind: 'ok', value: counted.value.count }, profile)
  }
  it('a doomed candidate goes before a surplus moves, and nothing is said to wait', () => {
    // 100 ÷ 3 = 33.34. A, a man, is elected with 40; of B, the other man, no lawful result is left. B's 35 make D 45.
    const profile = profileOf('ABCD', 2, ['40 A C', '35 B D', '15 C', '10 D'])
    expect(under(profile, [group('women', 'CD', 1), group('men', 'AB', 0, 1)])).toEqual({
      stages: ['40 35 15 10 0 0', '40 0 15 45 0 0'],
      elected: 'AD',
      clauses: ['5.1.2 5.1.6 5.1.7(a) 4.2', '4.2 5.4.9(a)'],
    })
  })
  it('one goes at a time while a bound can still be missed, several again when none can', () => {
    // At most one of D, E and F, for two places: 56 ÷ 3 = 18.67, nobody has it. Without the bound all three would go together (6, against C's 15).
    const profile = profileOf('ABCDEF', 2, ['18 A', '17 B', '15 C', '3 D', '2 E', '1 F'])
    // F alone: 55 ÷ 3 = 18.34. E alone: 53 ÷ 3 = 17.67, A is elected. Only D is left of the three, so the bound is met whatever happens. A's 0.33
    // waits (5.2.2): D's 3 and it are less than 15. Then (17 + 15 + 0.33) ÷ 2 = 16.17, and B has it (b).
    expect(under(profile, [group('newcomers', 'DEF', 0, 1)])).toEqual({
      stages: ['18 17 15 3 2 1 0 0', '18 17 15 3 2 0 1 0', '18 17 15 3 0 0 3 0', '18 17 15 0 0 0 6 0'],
      elected: 'AB',
      clauses: ['5.1.2 5.1.6', '5.2.5 5.4.8', '5.2.5 5.4.8 5.4.9(a)', '5.2.2 5.2.5 5.4.9(b)'],
    })
    expect(told(count('ers97@1', {}, profile, null), profile).stages).toEqual(['18 17 15 3 2 1 0 0', '18 17 15 0 0 0 6 0'])
  })
  it('the guarded stay however few their votes, and fill the places when they are as many', () => {
    // 40 ÷ 3 = 13.34. One of C and D must be elected.
    const profile = profileOf('ABCD', 2, ['14 A B', '13 B', '9 C', '4 D B'])
    // A is elected: B can no longer be (one place, for C or D). B's 13 run out, but 0.66 of A's waits behind the doom: (0.66 + 9 + 4) ÷ 2 = 6.83, C has 9.
    expect(under(profile, [group('women', 'CD', 1)])).toEqual({
      stages: ['14 13 9 4 0 0', '14 0 9 4 13 0'],
      elected: 'AC',
      clauses: ['5.1.2 5.1.6 5.1.7(a) 4.2', '4.2 5.4.9(b)'],
    })
    const guarded = profileOf('ABC', 1, ['5 A B', '4 B', '1 C'])
    // Only C is left who may be: A and B are doomed at once, and C is guarded for the one place.
    expect(under(guarded, [group('women', 'C', 1)])).toEqual({
      stages: ['5 4 1 0 0'],
      elected: 'C',
      clauses: ['5.1.2 5.1.6 4.2 4.2 4.2 4.2'],
    })
  })
  it('of two who are level and may not both be elected, the earlier figures and then the lot decide', () => {
    const profile = profileOf('ABCD', 2, ['38 A C', '38 B D', '14 C', '10 D'])
    const bounds = [group('women', 'CD', 1), group('men', 'AB', 0, 1)]
    expect(countConstrained('ers97@1', {}, profile, bounds, null)).toMatchObject({
      error: { kind: 'lot needed', purpose: 'election', clause: '4.2', tied: [0, 1] },
    })
    expect(under(profile, bounds, [1, 0, 2, 3]).elected).toBe('BC')
    expect(under(profile, bounds, [0, 1, 2, 3]).elected).toBe('AD')
  })
  it('as if the committee were larger or smaller: the same rule as for the other methods', () => {
    const profile = profileOf('ABCDE', 2, ['40 A', '35 B', '15 C A', '6 D B', '4 E'])
    const made = countAsIf('ers97@1', {}, profile, group('newcomers', 'CDE', 1), [0, 1, 2, 3, 4])
    if (made.kind === 'fail') throw new Error(made.error.kind)
    expect(made.value.counts.map(({ purpose, seats }) => `${purpose} ${seats}`)).toEqual(['as it is 2', 'larger 3', 'smaller 1'])
    expect(made.value.elected).toEqual([0, 2])
    for (const { count: each, seats } of made.value.counts) told({ kind: 'ok', value: each }, { ...profile, seats })
  })
  it('what cannot be met is found when nominations close', () => {
    const profile = profileOf('ABC', 2, ['3 A', '2 B', '1 C'])
    const bounds = [group('newcomers', 'C', 2)]
    expect(nominationsUnder(profile, bounds)).toMatchObject({
      kind: 'infeasible',
      text: '2 newcomers required, 1 nominated (4.2).',
    })
    expect(countConstrained('ers97@1', {}, profile, bounds, null)).toMatchObject({ kind: 'fail', error: { kind: 'infeasible' } })
  })
})
