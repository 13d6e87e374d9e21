import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson, fail, ok, toHex, utf8, type Result } from '@quorate/kernel'
import { merged } from '../papers/merge.ts'
import { isName } from '../papers/profile.ts'

/** Something that can be paid for. `cost` is in the smallest unit of money: pence, grosz. */
export type Project = { readonly id: string; readonly name: string; readonly cost: bigint }

/** What papers give a project: its place among the projects, and points (1 for a plain approval), never negative. */
export type Points = readonly [project: number, points: number]

/** Papers that say the same: how many, and the projects they name, in ascending order of project. */
export type BudgetPaper = { readonly weight: number; readonly points: readonly Points[] }

/** A budget to share out: projects in the order of the ballot paper, and the papers in any order. */
export type BudgetProfile = {
  readonly title: string
  readonly projects: readonly Project[]
  /** Money to spend, in the same unit as the costs. */
  readonly budget: bigint
  readonly papers: readonly BudgetPaper[]
}

/** Why something is not a budget profile. */
export type BudgetFault =
  | { readonly kind: 'no projects' }
  | { readonly kind: 'bad project'; readonly project: number }
  | { readonly kind: 'bad budget' }
  | { readonly kind: 'bad weight'; readonly paper: number }
  /** An unknown project, one twice, or points that are not a whole number from 0 up. */
  | { readonly kind: 'bad points'; readonly paper: number }
  | { readonly kind: 'too many papers' }

/** Checks everything a budget rule relies on. */
export function checkBudget(profile: BudgetProfile): Result<BudgetProfile, BudgetFault> {
  const { projects, papers } = profile
  if (projects.length === 0) return fail({ kind: 'no projects' })
  const ids = new Set<string>()
  for (const [project, { id, name, cost }] of projects.entries()) {
    if (!isName(id) || ids.has(id) || (name !== '' && !isName(name)) || cost < 0n) return fail({ kind: 'bad project', project })
    ids.add(id)
  }
  if (profile.budget < 0n) return fail({ kind: 'bad budget' })
  let total = 0
  for (const [paper, { weight, points }] of papers.entries()) {
    if (!Number.isSafeInteger(weight) || weight < 1) return fail({ kind: 'bad weight', paper })
    let last = -1
    let given = 0
    for (const [project, n] of points) {
      if (!Number.isInteger(project) || project <= last || project >= projects.length) return fail({ kind: 'bad points', paper })
      if (!Number.isSafeInteger(n) || n < 0) return fail({ kind: 'bad points', paper })
      last = project
      given += n
    }
    total += weight * (given > 1 ? given : 1)
  }
  return Number.isSafeInteger(total) ? ok(profile) : fail({ kind: 'too many papers' })
}

/** Equal papers added together, in the order of their text. */
export const mergedBudgetPapers = (papers: readonly BudgetPaper[]): readonly BudgetPaper[] =>
  merged(papers, ({ points }) => points.join(';'))

/** Fingerprint of what is counted, in lower-case hex: SHA-256 over `quorate/budget/v1`, a line feed and the canonical JSON. */
export function budgetHash({ projects, budget, papers }: BudgetProfile): string {
  const text = canonicalJson({
    budget: budget.toString(),
    papers: mergedBudgetPapers(papers).map(({ weight, points }) => [weight, points]),
    projects: projects.map(({ id, cost }) => [id, cost.toString()]),
  })
  return toHex(sha256(utf8(`quorate/budget/v1\n${text}`)))
}

/** What each project has: papers that name it with more than 0 points, and the points together. */
export type Backing = { readonly votes: number; readonly score: number }

/** The backing of every project, by index. */
export function backings({ projects, papers }: Pick<BudgetProfile, 'projects' | 'papers'>): readonly Backing[] {
  const sums = projects.map(() => ({ votes: 0, score: 0 }))
  for (const { weight, points } of papers)
    for (const [project, n] of points) {
      const sum = sums[project]
      if (sum === undefined || n === 0) continue
      sum.votes += weight
      sum.score += weight * n
    }
  return sums
}
