// Sequential Phragmén with costs (M. Los, Z. Christoff, D. Grossi, Proportional Budget Allocations, IJCAI 2022; as a completion of equal
// shares, Peters and Skowron 2020): backers of a project share its cost so that all of them carry alike; next comes the project that leaves
// the lightest heaviest load.
import { add, compare, divide, fraction, multiply, type Fraction } from '@quorate/kernel'
import { firstInLot, type LotOrder } from '../lot.ts'
import { figures, hindrance, type FundingStep, type Purse } from './funding.ts'
import type { BudgetPaper } from './projects.ts'

/** Funds projects until none that fits is left. `loads` are what each paper's voters carry to begin with. */
export function phragmenWithCosts(
  purse: Purse,
  papers: readonly BudgetPaper[],
  start: readonly Fraction[],
  order: LotOrder,
  before: { readonly funded: readonly number[]; readonly left: bigint },
): { readonly steps: readonly FundingStep[]; readonly funded: readonly number[]; readonly left: bigint } {
  const loads = [...start]
  const funded = [...before.funded]
  const steps: FundingStep[] = []
  let left = before.left
  const backers = purse.costs.map((_, p) =>
    papers.flatMap(({ points }, paper) => (points.some(([project, n]) => project === p && n > 0) ? [paper] : [])),
  )
  const loadWith = (p: number): Fraction | null => {
    const list = backers[p] ?? []
    if (list.length === 0) return null
    const weight = list.reduce((sum, paper) => sum + (papers[paper]?.weight ?? 0), 0)
    const carried = list.reduce(
      (sum, paper) => add(sum, multiply(fraction(papers[paper]?.weight ?? 0), loads[paper] ?? fraction(0))),
      fraction(purse.costs[p] ?? 0n),
    )
    return divide(carried, fraction(weight))
  }
  for (;;) {
    let best: Fraction | null = null
    let tied: number[] = []
    for (const p of purse.costs.keys()) {
      if (funded.includes(p) || hindrance(purse, funded, left, p) !== null) continue
      const load = loadWith(p)
      if (load === null) continue
      const way: number = best === null ? -1 : compare(load, best)
      if (way < 0) [best, tied] = [load, [p]]
      else if (way === 0) tied.push(p)
    }
    if (best === null) return { steps, funded, left }
    const project = firstInLot(order, tied)
    steps.push({ project, act: 'funded', left, tied, price: null, excludedBy: null, ...figures(purse, project) })
    for (const paper of backers[project] ?? []) loads[paper] = best
    funded.push(project)
    left -= purse.costs[project] ?? 0n
  }
}
