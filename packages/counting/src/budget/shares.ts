// The Method of Equal Shares for budgets (D. Peters, G. Pierczyński, P. Skowron, Proportional Participatory Budgeting with Additive
// Utilities, NeurIPS 2021). Each voter has an equal share of the money. A project is paid for by its supporters, each in proportion to what
// it is worth to them but none more than they have left; of all that can be paid for, the one with the lowest price per unit of worth comes
// next. Exact fractions.
import { compare, divide, fraction, multiply, subtract, type Fraction } from '@quorate/kernel'
import { firstInLot, type LotOrder } from '../lot.ts'
import { figures, hindrance, type FundingStep, type Purse } from './funding.ts'
import type { BudgetPaper } from './projects.ts'

/** What a funded project is worth to somebody who backs it: 1; its cost; or the points they gave it. */
export type Worth = 'count' | 'cost' | 'score'

const zero = fraction(0)

type Backer = { readonly paper: number; readonly weight: number; readonly worth: bigint }

/** Per project, the papers that back it and what it is worth to each. */
function backers(papers: readonly BudgetPaper[], costs: readonly bigint[], worth: Worth): readonly (readonly Backer[])[] {
  const lists = costs.map((): Backer[] => [])
  for (const [paper, { weight, points }] of papers.entries())
    for (const [project, n] of points) {
      if (n === 0) continue
      const each = worth === 'count' ? 1n : worth === 'cost' ? (costs[project] ?? 0n) : BigInt(n)
      lists[project]?.push({ paper, weight, worth: each })
    }
  return lists
}

/**
 * The lowest price per unit of worth at which backers pay a cost together, none more than they have left; null when they cannot. A project
 * that costs nothing has price 0.
 */
function priceOf(list: readonly Backer[], left: readonly Fraction[], cost: bigint): Fraction | null {
  if (list.length === 0) return null
  if (cost === 0n) return zero
  // Those whose money runs out first, at the lowest price, come first.
  const byReach = list
    .map((backer) => ({ ...backer, has: left[backer.paper] ?? zero }))
    .map((backer) => ({ ...backer, reach: divide(backer.has, fraction(backer.worth)) }))
    .sort((a, b) => compare(a.reach, b.reach))
  let owed = fraction(cost)
  let worth = byReach.reduce((sum, backer) => sum + backer.worth * BigInt(backer.weight), 0n)
  for (const { has, weight, worth: each, reach } of byReach) {
    const price = divide(owed, fraction(worth))
    if (compare(price, reach) <= 0) return price
    owed = subtract(owed, multiply(has, fraction(weight)))
    worth -= each * BigInt(weight)
  }
  return null
}

/** What equal shares of some amount of money fund. `left` is what is left of that amount, by paper. */
export type Shared = {
  readonly steps: readonly FundingStep[]
  readonly funded: readonly number[]
  readonly spent: bigint
  readonly left: readonly Fraction[]
}

/**
 * One run with a given share for every voter. Constraints other than money hold a project back; its backers keep their money. Prices only
 * rise as money is spent, so a project is priced anew only when its old price would be the lowest (Peters, Pierczyński, Skowron 2021, the
 * remark on computing the rule).
 */
export function equalSharesOf(
  purse: Purse,
  papers: readonly BudgetPaper[],
  worth: Worth,
  share: Fraction,
  order: LotOrder,
): Shared {
  const lists = backers(papers, purse.costs, worth)
  const left = papers.map(() => share)
  const funded: number[] = []
  const steps: FundingStep[] = []
  let spent = 0n
  const prices = lists.map((list, p) => priceOf(list, left, purse.costs[p] ?? 0n))
  const stale = prices.map(() => false)
  for (;;) {
    const open = prices.flatMap((price, p) => (price === null || funded.includes(p) || hindered(purse, funded, p) ? [] : [p]))
    const next = cheapest(open, prices, stale, (p) => priceOf(lists[p] ?? [], left, purse.costs[p] ?? 0n))
    if (next === null) return { steps, funded, spent, left }
    const project = firstInLot(order, next.tied)
    steps.push({
      project,
      act: 'funded',
      left: purse.budget - spent,
      tied: next.tied,
      price: next.price,
      excludedBy: null,
      ...figures(purse, project),
    })
    for (const { paper, worth: each } of lists[project] ?? []) {
      const due = multiply(next.price, fraction(each))
      const has = left[paper] ?? zero
      left[paper] = compare(has, due) < 0 ? zero : subtract(has, due)
    }
    funded.push(project)
    spent += purse.costs[project] ?? 0n
    stale.fill(true)
  }
}

/** Held back by votes or by an exclusive pair; the money is the backers' affair here. */
const hindered = (purse: Purse, funded: readonly number[], project: number): boolean =>
  hindrance(purse, funded, purse.costs[project] ?? 0n, project) !== null

/** The projects with the lowest price, and that price, pricing anew only those whose old price does not already rule them out. */
function cheapest(
  open: readonly number[],
  prices: (Fraction | null)[],
  stale: boolean[],
  priceAgain: (project: number) => Fraction | null,
): { readonly tied: readonly number[]; readonly price: Fraction } | null {
  let best: Fraction | null = null
  let tied: number[] = []
  const byPrice = open.toSorted((a, b) => compare(prices[a] ?? zero, prices[b] ?? zero))
  for (const p of byPrice) {
    if (best !== null && compare(prices[p] ?? zero, best) > 0) break
    if (stale[p] === true) {
      prices[p] = priceAgain(p)
      stale[p] = false
    }
    const price = prices[p] ?? null
    if (price === null) continue
    const order: number = best === null ? -1 : compare(price, best)
    if (order < 0) [best, tied] = [price, [p]]
    else if (order === 0) tied.push(p)
  }
  return best === null ? null : { tied: tied.sort((a, b) => a - b), price: best }
}
