// Majority judgment (M. Balinski and R. Laraki, Majority Judgment, MIT Press 2010; A theory of measuring, electing, and ranking, PNAS 104,
// 2007): the highest majority grade wins, the majority grade being the median, the lower of the two middle ones. Level: the majority grade
// is taken away from each, one paper at a time, until the medians differ. (The majority gauge is another rule and not used.)
import { quotient } from '../arithmetic.ts'
import { histograms, type GradeProfile } from './grades.ts'
import type { Blank } from './score.ts'

/** A candidate's grades as counts from the lowest up, and their majority grade; null with no grade at all. */
export type Judgment = { readonly papers: readonly number[]; readonly median: number | null }

/** Two level candidates told apart: after how many papers taken from each, and the medians then. Null medians: never. */
export type Parting = {
  readonly between: readonly [number, number]
  readonly taken: number
  readonly medians: readonly [number, number] | null
}

/** Index of the lower median of counts by grade; null when there is none. */
function medianOf(papers: readonly number[], total: number): number | null {
  if (total === 0) return null
  const place = Number(quotient(BigInt(total - 1), 2n)) // the lower of the two middle ones when the number is even
  let below = 0
  for (const [grade, n] of papers.entries()) {
    below += n
    if (below > place) return grade
  }
  return null
}

/** Each candidate's grades and majority grade. */
export function judgments(profile: GradeProfile, blank: Blank): readonly Judgment[] {
  const { lowest } = profile.scale
  return histograms(profile).map(({ papers, none }) => {
    const counts = blank === 'lowest grade' ? papers.map((n, i) => (i === 0 ? n + none : n)) : papers
    const total = counts.reduce((sum, n) => sum + n, 0)
    const median = medianOf(counts, total)
    return { papers: counts, median: median === null ? null : lowest + median }
  })
}

/**
 * Positive where the first is judged higher: medians compared, and taken away one by one while they are the same. Whoever runs out of
 * grades first is the lower; 0 when both run out together.
 */
export function compareJudgments(
  a: Judgment,
  b: Judgment,
): { readonly order: number; readonly taken: number; readonly medians: readonly [number, number] | null } {
  const left = [...a.papers]
  const right = [...b.papers]
  let [n, m] = [left.reduce((sum, x) => sum + x, 0), right.reduce((sum, x) => sum + x, 0)]
  for (let taken = 0; ; taken++) {
    const x = medianOf(left, n)
    const y = medianOf(right, m)
    if (x === null || y === null) return { order: x === y ? 0 : x === null ? -1 : 1, taken, medians: null }
    if (x !== y) return { order: x - y, taken, medians: [x, y] }
    left[x] = (left[x] ?? 0) - 1
    right[y] = (right[y] ?? 0) - 1
    n -= 1
    m -= 1
  }
}
