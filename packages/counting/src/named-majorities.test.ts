import { fraction } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../testing/arbitrary.ts'
import {
  count,
  countMajority,
  english,
  methodNamed,
  type Base,
  type Condition,
  type MajorityCount,
  type MajorityFigures,
  type MajorityParams,
} from './index.ts'

const figures = (change: Partial<MajorityFigures>): MajorityFigures => ({
  for: 0,
  against: 0,
  abstain: 0,
  blank: 0,
  spoilt: 0,
  sizes: {},
  ...change,
})
const yes = (comparison: Condition['comparison'], n: number, d: number, of: Base): Condition => ({
  measure: 'yes',
  comparison,
  need: { kind: 'share', share: fraction(n, d), of },
})
const rule = (...conditions: [Condition, ...Condition[]]): MajorityParams => ({
  abstain: 'not cast',
  blank: 'not cast',
  conditions,
})
const decided = (params: MajorityParams, f: MajorityFigures): MajorityCount => {
  const result = countMajority(params, f)
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}
const error = (params: MajorityParams, f: MajorityFigures): unknown => {
  const result = countMajority(params, f)
  return result.kind === 'fail' ? result.error : null
}

describe('at least, more than, and the line', () => {
  it.each([
    ['at least 2/3 of 100 is 67', yes('at least', 2, 3, 'for-and-against'), 100, 67],
    ['more than 2/3 of 100 is 67 too', yes('more than', 2, 3, 'for-and-against'), 100, 67],
    ['at least 2/3 of 99 is 66', yes('at least', 2, 3, 'for-and-against'), 99, 66],
    ['more than 2/3 of 99 is 67', yes('more than', 2, 3, 'for-and-against'), 99, 67],
    ['more than half of 100 is 51', yes('more than', 1, 2, 'for-and-against'), 100, 51],
    ['more than half of 101 is 51', yes('more than', 1, 2, 'for-and-against'), 101, 51],
    ['at least half of 100 is 50', yes('at least', 1, 2, 'for-and-against'), 100, 50],
  ])('%s', (_words, condition, votes, line) => {
    const carried = decided(rule(condition), figures({ for: line, against: votes - line }))
    expect(carried.conditions[0]).toEqual({ condition, base: votes, line, votes: line, margin: 0, met: true })
    const fallen = decided(rule(condition), figures({ for: line - 1, against: votes - line + 1 }))
    expect([fallen.carried, fallen.conditions[0]?.margin]).toEqual([false, -1])
  })
  it('nothing is carried by nobody, though half of no votes is none', () => {
    const none = decided(rule(yes('at least', 1, 2, 'for-and-against')), figures({ blank: 5 }))
    expect([none.carried, none.conditions[0]?.base, none.conditions[0]?.line]).toEqual([false, 0, 1])
  })
})

describe('bases', () => {
  const f = figures({
    for: 50,
    against: 30,
    abstain: 15,
    blank: 4,
    spoilt: 1,
    sizes: { issued: 150, roll: 200, present: 120, seated: 9, seats: 11, electorate: 300 },
  })
  const baseOf = (of: Base, change: Partial<MajorityParams> = {}): number | null | undefined =>
    decided({ ...rule(yes('at least', 1, 10, of)), ...change }, f).conditions[0]?.base
  it('nest: for and against, votes cast, valid, returned, issued, roll', () => {
    expect((['for-and-against', 'votes-cast', 'valid', 'returned', 'issued', 'roll'] as const).map((of) => baseOf(of))).toEqual([
      80, 80, 99, 100, 150, 200,
    ])
    expect((['present', 'seated', 'seats', 'electorate'] as const).map((of) => baseOf(of))).toEqual([120, 9, 11, 300])
  })
  it('votes cast holds abstentions and blanks exactly when the rule says so', () => {
    expect([
      baseOf('votes-cast', { abstain: 'cast' }),
      baseOf('votes-cast', { blank: 'cast' }),
      baseOf('votes-cast', { abstain: 'cast', blank: 'cast' }),
    ]).toEqual([95, 84, 99])
  })
  it('the same votes carry against one base and fall against another', () => {
    expect(decided(rule(yes('more than', 1, 2, 'for-and-against')), f).carried).toBe(true)
    expect(decided(rule(yes('more than', 1, 2, 'returned')), f).carried).toBe(false)
  })
  it('turnout counts papers returned, and all conditions must be met', () => {
    const turnout = (d: number): Condition => ({
      measure: 'turnout',
      comparison: 'at least',
      need: { kind: 'share', share: fraction(1, d), of: 'roll' },
    })
    const passed = decided(rule(yes('more than', 1, 2, 'for-and-against'), turnout(2)), f)
    expect([passed.carried, passed.conditions[1]?.votes, passed.conditions[1]?.line]).toEqual([true, 100, 100])
    const quiet = decided(rule(yes('more than', 1, 2, 'for-and-against'), turnout(1)), f)
    expect([quiet.carried, quiet.conditions.map(({ met }) => met)]).toEqual([false, [true, false]])
  })
  it('a bare number needs no base', () => {
    const need: Condition = { measure: 'yes', comparison: 'more than', need: { kind: 'number', number: 50 } }
    expect(decided(rule(need), f).conditions[0]).toMatchObject({ base: null, line: 51, margin: -1, met: false })
  })
})

describe('what is refused', () => {
  const half = yes('more than', 1, 2, 'for-and-against')
  it.each<[string, unknown, unknown]>([
    [
      'a base without its size',
      error(rule(yes('at least', 1, 5, 'roll')), figures({ for: 1 })),
      { kind: 'base unknown', base: 'roll' },
    ],
    ['a negative figure', error(rule(half), figures({ against: -1 })), { kind: 'bad figure', name: 'against' }],
    ['half a vote', error(rule(half), figures({ for: 0.5 })), { kind: 'bad figure', name: 'for' }],
    [
      'a size that is no number',
      error(rule(half), figures({ sizes: { roll: Number.NaN } })),
      { kind: 'bad figure', name: 'roll' },
    ],
    [
      'more papers than the roll',
      error(rule(half), figures({ for: 9, sizes: { roll: 8 } })),
      { kind: 'bases do not nest', inner: 'returned', outer: 'roll' },
    ],
    [
      'more issued than the roll',
      error(rule(half), figures({ sizes: { issued: 9, roll: 8 } })),
      { kind: 'bases do not nest', inner: 'issued', outer: 'roll' },
    ],
    [
      'more seats filled than there are',
      error(rule(half), figures({ sizes: { seated: 9, seats: 8 } })),
      { kind: 'bases do not nest', inner: 'seated', outer: 'seats' },
    ],
    ['a share above all', error(rule(half, yes('at least', 3, 2, 'valid')), figures({})), { kind: 'bad condition', index: 1 }],
    [
      'a negative number',
      error(rule({ measure: 'yes', comparison: 'at least', need: { kind: 'number', number: -1 } }), figures({})),
      { kind: 'bad condition', index: 0 },
    ],
  ])('%s', (_what, got, expected) => expect(got).toEqual(expected))
})

describe('from papers', () => {
  const params = {
    ...rule(yes('more than', 1, 2, 'for-and-against')),
    options: { for: 0, against: 1, abstain: 2 },
    sizes: { roll: 99 },
  }
  const profile = {
    title: 'Rule 4.2',
    candidates: ['Yes', 'No', 'Abstain', 'Other'],
    withdrawn: [],
    seats: 1,
    papers: [
      { weight: 5, ranking: [0] },
      { weight: 4, ranking: [1] },
      { weight: 3, ranking: [2] },
      { weight: 2, ranking: [] },
      { weight: 1, ranking: [0, 1] },
      { weight: 1, ranking: [[0, 1]] },
      { weight: 1, ranking: [[], 0] },
      { weight: 1, ranking: [3] },
    ],
  }
  it('one answer each; two, a skipped first or a stranger are spoilt', () => {
    const result = count('majority@1', params, profile, null)
    if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
    expect(result.value.figures).toEqual({ for: 5, against: 4, abstain: 3, blank: 2, spoilt: 4, sizes: { roll: 99 } })
    expect(result.value.carried).toBe(true)
  })
  it('options must be different candidates that exist', () => {
    for (const options of [
      { for: 0, against: 0, abstain: null },
      { for: 0, against: 9, abstain: null },
    ]) {
      expect(count('majority@1', { ...params, options }, profile, null)).toEqual({ kind: 'fail', error: { kind: 'bad options' } })
    }
    const empty = count('majority@1', params, { ...profile, candidates: [] }, null)
    expect(empty).toEqual({ kind: 'fail', error: { kind: 'bad profile', fault: { kind: 'no candidates' } } })
  })
  it('methods are found by name or id', () => {
    expect([methodNamed('scottish-stv'), methodNamed('majority@1'), methodNamed('scottish')]).toEqual([
      { kind: 'ok', value: 'scottish-stv@1' },
      { kind: 'ok', value: 'majority@1' },
      { kind: 'fail', error: 'unknown method' },
    ])
  })
})

describe('laws and words', () => {
  const papers = fc.integer({ min: 0, max: 2000 })
  it('the line is the fewest votes that satisfy the words of the rule, by whole-number arithmetic', () => {
    fc.assert(
      fc.property(
        papers,
        papers,
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 12, max: 30 }),
        fc.boolean(),
        (a, b, n, d, atLeast) => {
          const condition = yes(atLeast ? 'at least' : 'more than', n, d, 'for-and-against')
          const report = decided(rule(condition), figures({ for: a, against: b })).conditions[0]
          const enough = (votes: number): boolean => votes > 0 && (atLeast ? votes * d >= n * (a + b) : votes * d > n * (a + b))
          expect(report?.met).toBe(enough(a))
          expect(enough(report?.line ?? -1) && !enough((report?.line ?? 0) - 1)).toBe(true)
        },
      ),
      runs(500),
    )
  })
  it('one more vote for never loses, one more against never wins', () => {
    fc.assert(
      fc.property(papers, papers, fc.integer({ min: 1, max: 11 }), (a, b, n) => {
        const carried = (f: number, g: number): boolean =>
          decided(rule(yes('at least', n, 12, 'for-and-against')), figures({ for: f, against: g })).carried
        expect(!carried(a, b) || carried(a + 1, b)).toBe(true)
        expect(carried(a, b) || !carried(a, b + 1)).toBe(true)
      }),
      runs(300),
    )
  })
  it('prints base, line, votes and margin', () => {
    const turnout: Condition = {
      measure: 'turnout',
      comparison: 'at least',
      need: { kind: 'share', share: fraction(1, 5), of: 'roll' },
    }
    const passed = decided(
      rule(yes('at least', 2, 3, 'for-and-against'), turnout),
      figures({ for: 700, against: 300, abstain: 12, sizes: { roll: 1200 } }),
    )
    expect(english.majority(passed)).toEqual([
      'Carried: 700 for, 300 against, 12 abstained.',
      'Votes for at least 2/3 of 1,000 votes for and against: the line is 667, there were 700, met with 33 to spare.',
      'Turnout at least 1/5 of 1,200 people on the roll: the line is 240, there were 1,012, met with 772 to spare.',
    ])
    const fallen = decided(
      rule({ measure: 'yes', comparison: 'more than', need: { kind: 'number', number: 10 } }),
      figures({ for: 9 }),
    )
    expect(english.majority(fallen)).toEqual([
      'Not carried: 9 for, 0 against.',
      'Votes for more than 10: the line is 11, there were 9, 2 short. Not met.',
    ])
  })
})
