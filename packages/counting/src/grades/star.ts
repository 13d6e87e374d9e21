// STAR voting: score, then automatic runoff (Equal Vote Coalition, starvoting.org). The two with the highest sums of grades; of them, the
// one graded above the other on more papers. Ties in the scores go to more head-to-head wins among the tied, then more highest grades;
// a tie in the runoff to the higher sum, then more highest grades; then the lot. A grade left out is the lowest.
import { histograms, type GradeProfile } from './grades.ts'

/** How a tie was settled, each step naming whom it left. */
export type StarTie = {
  readonly where: 'scores' | 'runoff'
  readonly tied: readonly number[]
  readonly by: 'head to head' | 'higher score' | 'highest grades' | 'lot'
  readonly left: readonly number[]
}

/** The finalists, best score first, how many papers grade each above the other, and the ties on the way. */
export type StarRun = {
  readonly sums: readonly number[]
  readonly finalists: readonly number[]
  /** Papers for the first finalist, for the second, and that grade both alike. */
  readonly runoff: readonly [number, number, number]
  readonly ties: readonly StarTie[]
  readonly winner: number
}

/** Papers that grade the row's candidate above the column's; no grade is the lowest. */
function above(profile: GradeProfile): readonly (readonly number[])[] {
  const n = profile.candidates.length
  const table = Array.from({ length: n }, () => Array.from({ length: n }, () => 0))
  for (const { weight, grades } of profile.papers) {
    const given = Array.from({ length: n }, () => profile.scale.lowest)
    for (const [candidate, grade] of grades) given[candidate] = grade
    for (const [a, row] of table.entries())
      for (const b of row.keys()) if ((given[a] ?? 0) > (given[b] ?? 0)) row[b] = (row[b] ?? 0) + weight
  }
  return table
}

/** Runs an election for one place. `draw` takes the first of some by the lot. */
export function starRun(profile: GradeProfile, draw: (tied: readonly number[]) => number): StarRun {
  const all = profile.candidates.map((_, c) => c)
  const grades = histograms(profile)
  const { lowest } = profile.scale
  const sums = grades.map(({ papers, none }) => papers.reduce((sum, n, i) => sum + n * (lowest + i), none * lowest))
  const tops = grades.map(({ papers }) => papers.at(-1) ?? 0)
  const table = above(profile)
  const beats = (a: number, b: number): boolean => (table[a]?.[b] ?? 0) > (table[b]?.[a] ?? 0)
  const ties: StarTie[] = []
  const most = (among: readonly number[], figure: (c: number) => number): readonly number[] => {
    const best = among.reduce((m, c) => (figure(c) > m ? figure(c) : m), -1)
    return among.filter((c) => figure(c) === best)
  }
  /** One of the tied, by each rule in turn; every step that narrows them is written down. */
  const settle = (
    where: StarTie['where'],
    tied: readonly number[],
    rules: readonly (readonly [StarTie['by'], (among: readonly number[]) => (c: number) => number])[],
  ): number => {
    let left = tied
    for (const [by, figure] of rules) {
      if (left.length < 2) break
      const narrowed = most(left, figure(left))
      if (narrowed.length < left.length) ties.push({ where, tied: left, by, left: narrowed })
      left = narrowed
    }
    if (left.length > 1) {
      const chosen = draw(left)
      ties.push({ where, tied: left, by: 'lot', left: [chosen] })
      return chosen
    }
    return left[0] ?? 0
  }
  const finalists: number[] = []
  while (finalists.length < 2 && finalists.length < all.length) {
    const tied = most(
      all.filter((c) => !finalists.includes(c)),
      (c) => sums[c] ?? 0,
    )
    finalists.push(
      settle('scores', tied, [
        ['head to head', (among) => (c) => among.filter((other) => beats(c, other)).length],
        ['highest grades', () => (c) => tops[c] ?? 0],
      ]),
    )
  }
  const [first = 0, second = first] = finalists
  const total = profile.papers.reduce((sum, { weight }) => sum + weight, 0)
  const [forFirst, forSecond] = [table[first]?.[second] ?? 0, table[second]?.[first] ?? 0]
  const winner =
    forFirst !== forSecond || first === second
      ? forFirst >= forSecond
        ? first
        : second
      : settle('runoff', finalists, [
          ['higher score', () => (c) => sums[c] ?? 0],
          ['highest grades', () => (c) => tops[c] ?? 0],
        ])
  return { sums, finalists, runoff: [forFirst, forSecond, total - forFirst - forSecond], ties, winner }
}
