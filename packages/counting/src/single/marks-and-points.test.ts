// Plurality, block and limited vote, two rounds and Borda: worked by hand from the rules the files name.
import { fraction, type Result } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { marked } from '../../testing/runoffs.ts'
import {
  countBorda,
  countMarks,
  countTwoRound,
  packProfile,
  type BordaCount,
  type BordaParams,
  type MarkError,
  type Profile,
  type TwoRoundParams,
} from '../index.ts'

const fine = <T>(result: Result<T, unknown>): T => {
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}
const places = (profile: Profile, seats: number): Profile => ({ ...profile, seats })
const names = (profile: Profile, candidates: readonly number[]): string => candidates.map((c) => profile.candidates[c]).join('')

describe('plurality', () => {
  it('the most marks, however few', () => {
    const profile = marked('ABC', ['4 A', '3 B', '2 C', '1'])
    const result = fine(countMarks('plurality@1', { tooMany: 'invalid' }, profile, null))
    expect(result).toMatchObject({
      votes: [4, 3, 2],
      valid: 9,
      invalid: { blank: 1, tooFew: 0, tooMany: 0 },
      elected: [0],
      tied: [],
    })
    expect(result.ranking).toEqual([[0], [1], [2]])
    expect(countMarks('plurality@1', { tooMany: 'invalid' }, packProfile(profile), null)).toEqual({ kind: 'ok', value: result })
  })
  it('of a ranked paper the first preference, where longer papers are cut; else such a paper does not count', () => {
    const profile = marked('ABC', ['4 A B', '2 B C A', '1 - C', '1 A=B C', '1 B'])
    const figures = (tooMany: 'cut' | 'invalid'): unknown => fine(countMarks('plurality@1', { tooMany }, profile, [0, 1, 2]))
    expect(figures('cut')).toMatchObject({ votes: [4, 3, 1], valid: 8, invalid: { blank: 0, tooFew: 0, tooMany: 1 } })
    expect(figures('invalid')).toMatchObject({ votes: [0, 1, 1], valid: 2, invalid: { blank: 0, tooFew: 0, tooMany: 7 } })
  })
  it('level: a lot, which the later loses', () => {
    const profile = marked('ABC', ['2 A', '2 B', '1 C'])
    expect(countMarks('plurality@1', { tooMany: 'invalid' }, profile, null)).toEqual({
      kind: 'fail',
      error: { kind: 'lot needed', tied: [0, 1] },
    })
    const result = fine(countMarks('plurality@1', { tooMany: 'invalid' }, profile, [2, 1, 0]))
    expect([result.elected, result.tied]).toEqual([[1], [0, 1]])
  })
  it('for several places it is the single non-transferable vote; the withdrawn are not there', () => {
    const profile = places(marked('ABCD', ['5 A', '3 B', '2 C', '9 D'], 'D'), 2)
    expect(fine(countMarks('plurality@1', { tooMany: 'invalid' }, profile, null))).toMatchObject({
      votes: [5, 3, 2, 0],
      elected: [0, 1],
      invalid: { blank: 9 },
    })
  })
  it('more places than people who stand', () => {
    const result = fine(countMarks('plurality@1', { tooMany: 'invalid' }, places(marked('AB', ['1 A']), 3), null))
    expect([result.elected, result.unfilled]).toEqual([[0, 1], 1])
  })
})

describe('choosing several', () => {
  const profile = places(marked('ABCD', ['3 A B', '2 C=D', '1 A C D', '1 B', '1']), 2)
  it('block vote: as many marks as places, longer papers invalid', () => {
    expect(fine(countMarks('block-vote@1', { least: 1, tooMany: 'invalid' }, profile, [0, 1, 2, 3]))).toMatchObject({
      votes: [3, 4, 2, 2],
      valid: 6,
      invalid: { blank: 1, tooFew: 0, tooMany: 1 },
      elected: [1, 0],
    })
  })
  it('or cut: the first two of three', () => {
    expect(fine(countMarks('block-vote@1', { least: 1, tooMany: 'cut' }, profile, null))).toMatchObject({
      votes: [4, 4, 3, 2],
      valid: 7,
      invalid: { blank: 1, tooFew: 0, tooMany: 0 },
    })
  })
  it('a rank that does not fit as a whole is left out, and with it all later ones', () => {
    const cut = places(marked('ABCD', ['1 A B=C D', '1 A=B=C D']), 2)
    expect(fine(countMarks('block-vote@1', { least: 1, tooMany: 'cut' }, cut, [0, 1, 2, 3]))).toMatchObject({
      votes: [1, 0, 0, 0],
      valid: 1,
      invalid: { blank: 0, tooFew: 0, tooMany: 1 },
    })
  })
  it('a least number of marks', () => {
    expect(fine(countMarks('block-vote@1', { least: 2, tooMany: 'invalid' }, profile, [0, 1, 2, 3]))).toMatchObject({
      votes: [3, 3, 2, 2],
      invalid: { blank: 1, tooFew: 1, tooMany: 1 },
    })
  })
  it('limited vote: fewer marks than places', () => {
    const three = places(marked('ABCD', ['6 A B', '4 C D']), 3)
    expect(fine(countMarks('limited-vote@1', { least: 1, most: 2, tooMany: 'invalid' }, three, [2, 3, 0, 1]))).toMatchObject({
      votes: [6, 6, 4, 4],
      elected: [0, 1, 2],
      tied: [2, 3],
    })
    expect(countMarks('limited-vote@1', { least: 1, most: 3, tooMany: 'invalid' }, three, null)).toMatchObject({
      error: { kind: 'bad parameter', name: 'most' },
    })
  })
  it('any other bounds', () => {
    const one = marked('ABC', ['3 A=B', '2 B=C', '1 C'])
    expect(fine(countMarks('choose@1', { least: 1, most: 2, tooMany: 'invalid' }, one, null)).elected).toEqual([1])
  })
  it.each([
    ['least', { least: 0, most: 2, tooMany: 'invalid' as const }],
    ['least', { least: 3, most: 2, tooMany: 'invalid' as const }],
    ['most', { least: 1, most: 0, tooMany: 'invalid' as const }],
    ['most', { least: 1, most: 1.5, tooMany: 'invalid' as const }],
    ['tooMany', { least: 1, most: 2, tooMany: 'all' as 'cut' }],
  ])('refused: %s of %o', (name, params) => {
    expect(countMarks('choose@1', params, profile, null)).toEqual({ kind: 'fail', error: { kind: 'bad parameter', name } })
  })
  it('refused: papers and orders that are none', () => {
    const error = (result: Result<unknown, MarkError>): string => (result.kind === 'fail' ? result.error.kind : 'ok')
    const bad = { ...profile, papers: [{ weight: 0, ranking: [0] }] }
    expect(error(countMarks('plurality@1', { tooMany: 'cut' }, bad, null))).toBe('bad profile')
    expect(error(countMarks('plurality@1', { tooMany: 'cut' }, profile, [0]))).toBe('bad lot order')
    expect(error(countBorda({ points: 'from-n', unranked: 'none' }, bad, null))).toBe('bad profile')
  })
})

describe('two rounds', () => {
  const rule: TwoRoundParams = { majorityOf: 'valid', tooMany: 'invalid', second: { kind: 'top-two', ties: 'lot' } }
  const first = marked('ABC', ['4 A', '3 B', '2 C', '1'])
  const runoff = marked('ABC', ['4 A', '5 B', '1'], 'C')
  it('more than half of the valid papers decides', () => {
    const profile = marked('ABC', ['5 A', '3 B', '1 C', '3'])
    expect(fine(countTwoRound(rule, profile, null, null))).toMatchObject({ needed: 5, elected: 0, qualified: [], second: null })
    const cast = fine(countTwoRound({ ...rule, majorityOf: 'cast' }, profile, null, null))
    expect(cast).toMatchObject({ needed: 7, elected: null, qualified: [0, 1] })
  })
  it('else the first two go on, and the most votes are enough', () => {
    const due = fine(countTwoRound(rule, first, null, null))
    expect(due).toMatchObject({ needed: 5, elected: null, qualified: [0, 1], second: null, lots: [] })
    const done = fine(countTwoRound(rule, first, runoff, null))
    expect(done).toMatchObject({ elected: 1, second: { votes: [4, 5, 0], valid: 9, invalid: { blank: 1 } } })
    expect(done.profileHashes).toHaveLength(2)
  })
  it('level for second: by lot, or all go on', () => {
    const profile = marked('ABC', ['4 A', '3 B', '3 C'])
    expect(countTwoRound(rule, profile, null, null)).toMatchObject({ error: { kind: 'lot needed', round: 1, tied: [1, 2] } })
    expect(fine(countTwoRound(rule, profile, null, [2, 1, 0]))).toMatchObject({
      qualified: [0, 2],
      lots: [{ round: 1, tied: [1, 2] }],
    })
    const all = { ...rule, second: { kind: 'top-two', ties: 'all' } } as const
    expect(fine(countTwoRound(all, profile, null, null))).toMatchObject({ qualified: [0, 1, 2], lots: [] })
  })
  it('all with an eighth of those registered: 12.5 people are 13', () => {
    const share = (of: number): TwoRoundParams => ({ ...rule, second: { kind: 'share', share: fraction(1, 8), of } })
    const profile = marked('ABCD', ['30 A', '14 B', '13 C', '12 D'])
    expect(fine(countTwoRound(share(100), profile, null, null)).qualified).toEqual([0, 1, 2])
    expect(fine(countTwoRound(share(96), profile, null, null)).qualified).toEqual([0, 1, 2, 3])
    expect(fine(countTwoRound(share(200), profile, null, null)).qualified).toEqual([0, 1])
    const level = marked('ABCD', ['30 A', '13 B', '13 C', '12 D'])
    expect(fine(countTwoRound(share(200), level, null, null)).qualified).toEqual([0, 1, 2])
  })
  it('somebody who qualified may withdraw; level in the second round: the lot', () => {
    expect(fine(countTwoRound(rule, first, marked('ABC', ['4 A'], 'BC'), null)).elected).toBe(0)
    const level = marked('ABC', ['4 A', '4 B'], 'C')
    expect(countTwoRound(rule, first, level, null)).toMatchObject({ error: { kind: 'lot needed', round: 2, tied: [0, 1] } })
    expect(fine(countTwoRound(rule, first, level, [2, 1, 0]))).toMatchObject({ elected: 1, lots: [{ round: 2, tied: [0, 1] }] })
  })
  it.each<readonly [string, TwoRoundParams, Profile, Profile | null, string]>([
    ['a second round that is not due', rule, marked('AB', ['3 A', '1 B']), runoff, 'no second round'],
    ['other candidates', rule, first, marked('ABD', ['1 A'], 'D'), 'wrong second round'],
    ['somebody who did not qualify', rule, first, marked('ABC', ['1 A']), 'wrong second round'],
    ['nobody left', rule, first, marked('ABC', ['1 A'], 'ABC'), 'wrong second round'],
    ['nobody stands', rule, marked('A', ['1 A'], 'A'), null, 'nobody stands'],
    ['two places', rule, places(first, 2), null, 'bad parameter'],
    ['no such base', { ...rule, majorityOf: 'roll' as 'cast' }, first, null, 'bad parameter'],
    ['no such rule for long papers', { ...rule, tooMany: 'keep' as 'cut' }, first, null, 'bad parameter'],
    ['no such rule for level', { ...rule, second: { kind: 'top-two', ties: 'coin' as 'lot' } }, first, null, 'bad parameter'],
    ['a share of nothing', { ...rule, second: { kind: 'share', share: fraction(0), of: 9 } }, first, null, 'bad parameter'],
    ['a share of nobody', { ...rule, second: { kind: 'share', share: fraction(1, 8), of: 0 } }, first, null, 'bad parameter'],
    ['bad papers', rule, first, { ...runoff, papers: [{ weight: 1, ranking: [7] }] }, 'bad profile'],
  ])('refused: %s', (_name, params, one, two, kind) => {
    expect(countTwoRound(params, one, two, null)).toMatchObject({ kind: 'fail', error: { kind } })
  })
})

describe('Borda', () => {
  const borda = (profile: Profile, params: BordaParams, lot: readonly number[] | null = null): BordaCount =>
    fine(countBorda(params, profile, lot))
  const points = (count: BordaCount): string =>
    count.points
      .map(({ numerator, denominator }) => (denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`))
      .join(' ')
  // Borda's own example of 1781: 21 voters, A has most first places and is last for all others.
  const memoire = marked('ABC', ['1 A B C', '7 A C B', '7 B C A', '6 C B A'])
  it('Borda’s example: A leads in first places, C has most points', () => {
    expect(points(borda(memoire, { points: 'from-n', unranked: 'none' }))).toBe('37 42 47')
    expect(points(borda(memoire, { points: 'from-n-minus-1', unranked: 'none' }))).toBe('16 21 26')
    expect(names(memoire, borda(memoire, { points: 'from-n', unranked: 'none' }).elected)).toBe('C')
  })
  it('Dowdall: 1, 1/2, 1/3', () => {
    // A: 8 + 13/3; B: 7 + 7/2 + 7/3; C: 6 + 14/2 + 1/3.
    expect(points(borda(memoire, { points: 'dowdall', unranked: 'none' }))).toBe('37/3 77/6 40/3')
  })
  it.each<readonly [BordaParams, string]>([
    // A paper `A B` of five who stand, one each.
    [{ points: 'from-n', unranked: 'averaged' }, '5 4 2 2 2'],
    [{ points: 'from-n', unranked: 'next' }, '5 4 3 3 3'],
    [{ points: 'from-n', unranked: 'last' }, '5 4 1 1 1'],
    [{ points: 'from-n', unranked: 'none' }, '5 4 0 0 0'],
    [{ points: 'from-n', unranked: 'modified' }, '2 1 0 0 0'],
    [{ points: 'from-n-minus-1', unranked: 'averaged' }, '4 3 1 1 1'],
    [{ points: 'from-n-minus-1', unranked: 'next' }, '4 3 2 2 2'],
    [{ points: 'from-n-minus-1', unranked: 'last' }, '4 3 0 0 0'],
    [{ points: 'from-n-minus-1', unranked: 'modified' }, '1 0 0 0 0'],
    [{ points: 'dowdall', unranked: 'averaged' }, '1 1/2 47/180 47/180 47/180'],
    [{ points: 'dowdall', unranked: 'last' }, '1 1/2 1/5 1/5 1/5'],
    [{ points: 'dowdall', unranked: 'next' }, '1 1/2 1/3 1/3 1/3'],
  ])('unranked: %o', (params, expected) => {
    expect(points(borda(marked('ABCDE', ['1 A B']), params))).toBe(expected)
  })
  it('equal ranks share the mean of their places; skipped ranks are passed over; the withdrawn are not there', () => {
    expect(points(borda(marked('ABCD', ['1 A=B C D']), { points: 'from-n', unranked: 'none' }, [0, 1, 2, 3]))).toBe('7/2 7/2 2 1')
    expect(points(borda(marked('ABCD', ['1 - A - B']), { points: 'from-n', unranked: 'none' }))).toBe('4 3 0 0')
    expect(points(borda(marked('ABCD', ['2 A B C D'], 'B'), { points: 'from-n', unranked: 'none' }))).toBe('6 0 4 2')
  })
  it('blank papers give nothing; several places; level ones by lot', () => {
    const profile = places(marked('ABC', ['1 A B', '1 A C', '2']), 2)
    const rule = { points: 'from-n', unranked: 'none' } as const
    expect(countBorda(rule, profile, null)).toEqual({ kind: 'fail', error: { kind: 'lot needed', tied: [1, 2] } })
    expect(borda(profile, rule, [2, 1, 0])).toMatchObject({ valid: 2, blank: 2, elected: [0, 2], tied: [1, 2], unfilled: 0 })
  })
  it.each([
    ['points', { points: 'from-9', unranked: 'none' }],
    ['unranked', { points: 'from-n', unranked: 'zero' }],
    ['unranked', { points: 'dowdall', unranked: 'modified' }],
  ])('refused: %s of %o', (name, params) => {
    expect(countBorda(params as BordaParams, memoire, null)).toEqual({ kind: 'fail', error: { kind: 'bad parameter', name } })
  })
})
