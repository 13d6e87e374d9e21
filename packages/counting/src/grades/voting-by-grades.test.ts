import { fraction } from '@quorate/kernel'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../testing/arbitrary.ts'
import {
  countGrades,
  type GradeCount,
  type GradedPaper,
  type GradeMethod,
  type GradeParams,
  type GradeProfile,
  type LotOrder,
} from '../index.ts'

const letters = 'ABCDE'
/** `3 A5 B2, 1 C4` on a scale from 0 to 5. */
function graded(text: string, candidates: number, scale = { lowest: 0, highest: 5 }, seats = 1): GradeProfile {
  return {
    title: '',
    candidates: Array.from({ length: candidates }, (_, c) => letters.charAt(c)),
    seats,
    scale,
    papers: text.split(', ').map((part): GradedPaper => {
      const [weight = '', ...grades] = part.split(' ')
      return { weight: Number(weight), grades: grades.map((g) => [letters.indexOf(g.charAt(0)), Number(g.slice(1))] as const) }
    }),
  }
}
function counted<M extends GradeMethod>(method: M, params: GradeParams[M], profile: GradeProfile, lot?: LotOrder): GradeCount {
  const count = countGrades(method, params, profile, lot ?? profile.candidates.map((_, c) => c))
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return count.value
}
const sum = { aggregate: 'sum', blank: 'lowest grade', leastGraders: fraction(0) } as const
const winner = (count: GradeCount): string => count.elected.map((c) => letters.charAt(c)).join('')

describe('score voting, worked by hand', () => {
  const profile = graded('4 A5 B3, 3 B4 C5, 3 C2', 3)
  it('sums: A 20, B 24, C 21', () => {
    const count = counted('score@1', sum, profile)
    expect(count.evidence).toEqual({
      kind: 'scores',
      scores: [
        { total: fraction(20), graders: 4 },
        { total: fraction(24), graders: 7 },
        { total: fraction(21), graders: 6 },
      ],
    })
    expect(winner(count)).toBe('B')
  })
  it('means of those who graded: A 5, B 24/7, C 21/6; with a blank as the lowest grade, tenths of the sums', () => {
    const mean = { ...sum, aggregate: 'mean', blank: 'no opinion' } as const
    expect(winner(counted('score@1', mean, profile))).toBe('A')
    expect(counted('score@1', { ...mean, blank: 'lowest grade' }, profile).evidence).toMatchObject({
      scores: [{ total: fraction(2) }, { total: fraction(12, 5) }, { total: fraction(21, 10) }],
    })
  })
  it('a mean needs its share of graders: half of ten is five, and A has four', () => {
    const half = { aggregate: 'mean', blank: 'no opinion', leastGraders: fraction(1, 2) } as const
    const count = counted('score@1', half, profile)
    expect(count.evidence).toMatchObject({ scores: [{ total: null, graders: 4 }, {}, {}] })
    expect(count.ranking.map((level) => level.map((c) => letters.charAt(c)).join(''))).toEqual(['C', 'B', 'A'])
  })
  it('exactly the share is enough, and a scale may begin above 0', () => {
    const exact = { aggregate: 'mean', blank: 'no opinion', leastGraders: fraction(2, 5) } as const
    expect(winner(counted('score@1', exact, profile))).toBe('A')
    const fromOne = graded('2 A1, 1 B3', 2, { lowest: 1, highest: 3 })
    // With blanks as the lowest grade: A 1 + 1 + 1, B 1 + 1 + 3.
    expect(counted('score@1', sum, fromOne).evidence).toMatchObject({ scores: [{ total: fraction(3) }, { total: fraction(5) }] })
  })
})

describe('STAR, worked by hand', () => {
  it('the two highest sums, then whom more papers grade higher', () => {
    // Sums: A 3·5 + 4·2 = 23, B 3·1 + 4·4 = 19, C 4·1 = 4. B is graded above A on four papers of seven.
    const count = counted('star@1', {}, graded('3 A5 B1, 4 A2 B4 C1', 3))
    expect(count.evidence).toMatchObject({ sums: [23, 19, 4], finalists: [0, 1], runoff: [3, 4, 0], ties: [], winner: 1 })
  })
  it('a tie in the scores goes to the head to head, then to the highest grades, then to the lot', () => {
    // B and C have 8 each behind A; more papers grade C above B.
    const head = counted('star@1', {}, graded('2 A5 B4, 1 A5 C2, 1 A5 C2, 1 A5 C2, 1 A5 C2', 3))
    expect(head.evidence).toMatchObject({
      sums: [30, 8, 8],
      ties: [{ where: 'scores', tied: [1, 2], by: 'head to head', left: [2] }],
    })
    // 5 + 1 against 3 + 3, once each way: the 5 decides.
    const top = counted('star@1', {}, graded('1 A5 B5 C3, 1 A5 B1 C3', 3))
    expect(top.evidence).toMatchObject({ ties: [{ where: 'scores', tied: [1, 2], by: 'highest grades', left: [1] }] })
    const level = graded('1 A5 B1, 1 A5 C1', 3)
    expect(countGrades('star@1', {}, level, null)).toMatchObject({ error: { kind: 'lot needed', tied: [1, 2] } })
    expect(counted('star@1', {}, level, [2, 1, 0]).evidence).toMatchObject({ finalists: [0, 2] })
  })
  it('a tie in the runoff goes to the higher score', () => {
    const count = counted('star@1', {}, graded('1 A5 B1, 1 A2 B3', 2))
    expect(count.evidence).toMatchObject({
      runoff: [1, 1, 0],
      ties: [{ where: 'runoff', by: 'higher score', left: [0] }],
      winner: 0,
    })
  })
})

describe('majority judgment, worked by hand', () => {
  const blank = { blank: 'lowest grade' } as const
  it('the lower of the two middle grades is the majority grade', () => {
    const count = counted('majority-judgment@1', blank, graded('2 A5 B3, 2 A1 B3', 2))
    expect(count.evidence).toMatchObject({ judgments: [{ median: 1 }, { median: 3 }] })
    expect(winner(count)).toBe('B')
  })
  it('level medians are taken away one by one until they differ', () => {
    // A: 5 5 3 2 1, B: 4 4 3 3 0. Both 3. Without it: A 5 5 2 1 → 2, B 4 4 3 0 → 3.
    const count = counted('majority-judgment@1', blank, graded('1 A5 B4, 1 A5 B4, 1 A3 B3, 1 A2 B3, 1 A1', 2))
    expect(count.evidence).toMatchObject({
      judgments: [{ median: 3 }, { median: 3 }],
      partings: [{ between: [1, 0], taken: 1, medians: [3, 2] }],
    })
    expect(winner(count)).toBe('B')
  })
  it('no grade is the lowest one, or nothing, as the rule says', () => {
    const profile = graded('1 A5, 1 A4, 3 B3', 2)
    expect(winner(counted('majority-judgment@1', blank, profile))).toBe('B')
    expect(winner(counted('majority-judgment@1', { blank: 'no opinion' }, profile))).toBe('A')
  })
  it('is not the majority gauge: a witness', () => {
    // Medians both 3. Above and below 3: A 4 and 3, B 2 and 1 of nine: the gauge says A+ (4) over B+ (2). Taking away: both 3 three times …
    const profile = graded('4 A5 B3, 2 A3 B3, 3 A0 B0', 2)
    const better = graded('4 A5 B5, 2 A3 B3, 3 A0 B3', 2)
    expect(winner(counted('majority-judgment@1', blank, better))).toBe('B')
    expect(winner(counted('majority-judgment@1', blank, profile))).toBe('A')
  })
})

describe('cumulative voting, worked by hand', () => {
  it('points add up; a paper that gives more than it has is not valid', () => {
    const count = counted('cumulative@1', { points: 3 }, graded('2 A3, 3 B2 C1, 4 C4', 3, { lowest: 0, highest: 4 }, 2))
    expect(count.evidence).toEqual({ kind: 'points', points: [6, 6, 3], overspent: 4 })
    expect(count.elected).toEqual([0, 1])
  })
  it('a tie for the last place is the lot’s', () => {
    const profile = graded('1 A1, 1 B1, 1 C1', 3, { lowest: 0, highest: 1 }, 2)
    expect(countGrades('cumulative@1', { points: 1 }, profile, null)).toMatchObject({ error: { tied: [0, 1, 2] } })
    expect(counted('cumulative@1', { points: 1 }, profile, [2, 0, 1]).elected).toEqual([2, 0])
  })
})

const gradings: Arbitrary<{ readonly profile: GradeProfile; readonly lot: LotOrder }> = fc
  .integer({ min: 2, max: 5 })
  .chain((n) => {
    const all = Array.from({ length: n }, (_, c) => c)
    const paper = fc
      .tuple(
        fc.integer({ min: 1, max: 3 }),
        fc.subarray(all),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: n, maxLength: n }),
      )
      .map(([weight, named, grades]): GradedPaper => ({ weight, grades: named.map((c) => [c, grades[c] ?? 0] as const) }))
    return fc.record({
      profile: fc.record({
        title: fc.constant(''),
        candidates: fc.constant(all.map((c) => letters.charAt(c))),
        seats: fc.constant(1),
        scale: fc.constant({ lowest: 0, highest: 4 }),
        papers: fc.array(paper, { maxLength: 10 }),
      }),
      lot: fc.shuffledSubarray(all, { minLength: n }),
    })
  })
type Case = { readonly name: string; readonly count: (profile: GradeProfile, lot?: LotOrder) => GradeCount }
const cases: readonly Case[] = [
  { name: 'score, sum', count: (profile, lot) => counted('score@1', sum, profile, lot) },
  {
    name: 'score, mean',
    count: (profile, lot) => counted('score@1', { ...sum, aggregate: 'mean', blank: 'no opinion' }, profile, lot),
  },
  { name: 'STAR', count: (profile, lot) => counted('star@1', {}, profile, lot) },
  { name: 'majority judgment', count: (profile, lot) => counted('majority-judgment@1', { blank: 'lowest grade' }, profile, lot) },
  { name: 'cumulative', count: (profile, lot) => counted('cumulative@1', { points: 8 }, profile, lot) },
]

describe('laws', () => {
  it.each(cases)('$name: anonymity and neutrality', ({ count }) => {
    fc.assert(
      fc.property(gradings, fc.nat(), ({ profile, lot }, turn) => {
        const whole = count(profile, lot)
        const papers = profile.papers
          .toReversed()
          .flatMap(({ weight, grades }) => Array.from({ length: weight }, () => ({ weight: 1, grades })))
        expect(count({ ...profile, papers }, lot)).toEqual(whole)
        const n = profile.candidates.length
        const to = (c: number): number => (c + turn) % n
        const turned = profile.papers.map(({ weight, grades }) => ({
          weight,
          grades: grades.map(([c, g]) => [to(c), g] as const).sort(([a], [b]) => a - b),
        }))
        expect(count({ ...profile, papers: turned }, lot.map(to)).elected).toEqual(whole.elected.map(to))
      }),
      runs(60),
    )
  })
  it.each(cases.filter(({ name }) => name !== 'score, mean' && name !== 'cumulative'))(
    '$name: a higher grade for the winner does no harm',
    ({ count }) => {
      fc.assert(
        fc.property(gradings, fc.nat(), ({ profile, lot }, which) => {
          const [elected = 0] = count(profile, lot).elected
          const at = which % (profile.papers.length === 0 ? 1 : profile.papers.length)
          const papers = profile.papers.map(({ weight, grades }, i) => ({
            weight,
            grades: grades.map(([c, g]) => [c, i === at && c === elected && g < 4 ? g + 1 : g] as const),
          }))
          expect(count({ ...profile, papers }, lot).elected).toEqual([elected])
        }),
        runs(100),
      )
    },
  )
  it('majority judgment orders any two candidates the same way whoever else stands', () => {
    fc.assert(
      fc.property(gradings, ({ profile, lot }) => {
        const { ranking } = counted('majority-judgment@1', { blank: 'lowest grade' }, profile, lot)
        const n = profile.candidates.length
        const without = {
          ...profile,
          candidates: profile.candidates.slice(0, n - 1),
          papers: profile.papers.map(({ weight, grades }) => ({ weight, grades: grades.filter(([c]) => c < n - 1) })),
        }
        const fewer = counted(
          'majority-judgment@1',
          { blank: 'lowest grade' },
          without,
          lot.filter((c) => c < n - 1),
        )
        expect(fewer.ranking).toEqual(ranking.map((level) => level.filter((c) => c < n - 1)).filter((level) => level.length > 0))
      }),
      runs(60),
    )
  })
  it('score does not always elect whom a majority puts first: a witness', () => {
    const profile = graded('3 A5 B4, 2 B5', 2)
    expect(winner(counted('score@1', sum, profile))).toBe('B')
    expect(winner(counted('star@1', {}, profile))).toBe('A')
  })
})

describe('bad input', () => {
  const fine = graded('1 A5', 2)
  it.each([
    ['a grade off the scale', { ...fine, papers: [{ weight: 1, grades: [[0, 6] as const] }] }, 'bad grade'],
    ['half a grade', { ...fine, papers: [{ weight: 1, grades: [[0, 0.5] as const] }] }, 'bad grade'],
    ['a candidate graded twice', { ...fine, papers: [{ weight: 1, grades: [[0, 1] as const, [0, 2] as const] }] }, 'bad grade'],
    ['a scale upside down', { ...fine, scale: { lowest: 3, highest: 1 } }, 'bad scale'],
    ['more seats than candidates', { ...fine, seats: 3 }, 'bad seats'],
    ['nobody’s paper', { ...fine, papers: [{ weight: 0, grades: [] }] }, 'bad weight'],
  ])('%s', (_, profile, kind) => {
    expect(countGrades('score@1', sum, profile, null)).toMatchObject({ error: { kind: 'bad profile', fault: { kind } } })
  })
  it('STAR fills one place; points and shares must make sense', () => {
    expect(countGrades('star@1', {}, { ...fine, seats: 2 }, null)).toMatchObject({ error: { kind: 'one place only' } })
    expect(countGrades('cumulative@1', { points: 0 }, fine, null)).toMatchObject({ error: { name: 'points' } })
    const over = { ...sum, leastGraders: fraction(3, 2) }
    expect(countGrades('score@1', over, fine, null)).toMatchObject({ error: { name: 'leastGraders' } })
  })
})
