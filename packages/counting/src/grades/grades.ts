import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson, fail, ok, toHex, utf8, type Result } from '@quorate/kernel'
import { merged } from '../papers/merge.ts'
import { checkContest, type ContestFault } from '../papers/profile.ts'

/** A candidate and what a paper gives them: a grade on the scale, or points out of a sum. */
export type Grade = readonly [candidate: number, grade: number]

/** Papers that grade alike: how many, and the grades in ascending order of candidate. Whoever is left out has no grade. */
export type GradedPaper = { readonly weight: number; readonly grades: readonly Grade[] }

/** Candidates in nomination order, places to fill, the scale of whole numbers that grades are from, and the papers in any order. */
export type GradeProfile = {
  readonly title: string
  readonly candidates: readonly string[]
  readonly seats: number
  readonly scale: { readonly lowest: number; readonly highest: number }
  readonly papers: readonly GradedPaper[]
}

/** Why something is not a grade profile. */
export type GradeFault =
  | ContestFault
  /** Not two whole numbers from 0 up, the higher above the lower. */
  | { readonly kind: 'bad scale' }
  | { readonly kind: 'bad weight'; readonly paper: number }
  /** Somebody unknown or graded twice, or a grade off the scale. */
  | { readonly kind: 'bad grade'; readonly paper: number }
  | { readonly kind: 'too many papers' }

/** Checks everything a method of grades relies on. */
export function checkGrades(profile: GradeProfile): Result<GradeProfile, GradeFault> {
  const { candidates, seats, scale, papers } = profile
  const contest = checkContest({ ...profile, withdrawn: [] })
  if (contest.kind === 'fail') return contest
  if (seats > candidates.length) return fail({ kind: 'bad seats', seats })
  const { lowest, highest } = scale
  if (!Number.isSafeInteger(lowest) || !Number.isSafeInteger(highest) || lowest < 0 || highest <= lowest)
    return fail({ kind: 'bad scale' })
  let total = 0
  for (const [paper, { weight, grades }] of papers.entries()) {
    if (!Number.isSafeInteger(weight) || weight < 1) return fail({ kind: 'bad weight', paper })
    let last = -1
    for (const [candidate, grade] of grades) {
      const known = Number.isInteger(candidate) && candidate > last && candidate < candidates.length
      if (!known || !Number.isInteger(grade) || grade < lowest || grade > highest) return fail({ kind: 'bad grade', paper })
      last = candidate
    }
    total += weight * highest
  }
  return Number.isSafeInteger(total) ? ok(profile) : fail({ kind: 'too many papers' })
}

/** Equal papers added together, in the order of their text: the same for every order and every splitting of the papers. */
export const mergedGrades = (papers: readonly GradedPaper[]): readonly GradedPaper[] =>
  merged(papers, ({ grades }) => grades.join(';'))

/** Fingerprint of what is counted, in lower-case hex: SHA-256 over `quorate/grades/v1`, a line feed and the canonical JSON. */
export function gradesHash({ candidates, seats, scale, papers }: GradeProfile): string {
  const merged = mergedGrades(papers).map(({ weight, grades }) => [weight, grades])
  return toHex(sha256(utf8(`quorate/grades/v1\n${canonicalJson({ candidates, papers: merged, scale, seats })}`)))
}

/** How many papers give each grade of the scale, from the lowest up, and how many give none: for each candidate. */
export type Histogram = { readonly papers: readonly number[]; readonly none: number }

/** The grades of every candidate, counted. */
export function histograms({ candidates, scale, papers }: GradeProfile): readonly Histogram[] {
  const counts = candidates.map(() => Array.from({ length: scale.highest - scale.lowest + 1 }, () => 0))
  let total = 0
  for (const { weight, grades } of papers) {
    total += weight
    for (const [candidate, grade] of grades) {
      const row = counts[candidate] ?? []
      row[grade - scale.lowest] = (row[grade - scale.lowest] ?? 0) + weight
    }
  }
  return counts.map((row) => ({ papers: row, none: total - row.reduce((sum, n) => sum + n, 0) }))
}
