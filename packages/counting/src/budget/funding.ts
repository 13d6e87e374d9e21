import type { Fraction } from '@quorate/kernel'
import { firstInLot, type LotOrder } from '../lot.ts'
import type { Backing } from './projects.ts'

/** Constraints that the rulebook names beside the money. */
export type BudgetConstraints = {
  /** Votes a project needs to be funded at all; 0 for none. */
  readonly leastVotes: number
  /** Pairs of projects of which at most one is funded. */
  readonly exclusive: readonly (readonly [number, number])[]
}

/** What was decided about a project, in the order decided, with the figures it rested on. */
export type FundingStep = {
  readonly project: number
  readonly act: 'funded' | 'does not fit' | 'too few votes' | 'excluded by another' | 'stopped'
  readonly votes: number
  readonly score: number
  /** Money left before this step. */
  readonly left: bigint
  /** Others the rule could not tell apart from it, itself included; the lot chose. */
  readonly tied: readonly number[]
  /** For equal shares, the price of one unit of satisfaction; null elsewhere and in a completion. */
  readonly price: Fraction | null
  /** The funded project that excludes this one. */
  readonly excludedBy: number | null
}

/** Money, constraints and backing, as every rule meets them. */
export type Purse = {
  readonly costs: readonly bigint[]
  readonly budget: bigint
  readonly backing: readonly Backing[]
  readonly constraints: BudgetConstraints
}

/** Why a project cannot be funded now, or null when it can. */
export function hindrance(
  purse: Purse,
  funded: readonly number[],
  left: bigint,
  project: number,
): { readonly act: 'does not fit' | 'too few votes' | 'excluded by another'; readonly by: number | null } | null {
  if ((purse.backing[project]?.votes ?? 0) < purse.constraints.leastVotes) return { act: 'too few votes', by: null }
  const pair = purse.constraints.exclusive.find(
    ([a, b]) => (a === project && funded.includes(b)) || (b === project && funded.includes(a)),
  )
  if (pair !== undefined) return { act: 'excluded by another', by: pair[0] === project ? pair[1] : pair[0] }
  return (purse.costs[project] ?? 0n) > left ? { act: 'does not fit', by: null } : null
}

/** Positive where the first project ranks before the second. */
export type Ranking = (a: number, b: number) => number

/**
 * Takes projects in the order of a ranking, ties by lot. One that cannot be funded is passed over (`skip`), or ends it all when the money
 * does not reach (`stop`). What was funded before and what is left go in; every step comes out.
 */
export function fundInOrder(
  purse: Purse,
  ranking: Ranking,
  order: LotOrder,
  ifTooDear: 'skip' | 'stop',
  before: { readonly funded: readonly number[]; readonly left: bigint },
): { readonly steps: readonly FundingStep[]; readonly funded: readonly number[]; readonly left: bigint } {
  const steps: FundingStep[] = []
  const funded = [...before.funded]
  let left = before.left
  let rest = purse.costs.map((_, p) => p).filter((p) => !funded.includes(p))
  let stopped = false
  while (rest.length > 0) {
    const among = rest
    const tied = among.filter((p) => among.every((other) => ranking(p, other) >= 0))
    const project = firstInLot(order, tied)
    const hindered = hindrance(purse, funded, left, project)
    const step = { project, left, tied, price: null, excludedBy: hindered?.by ?? null, ...figures(purse, project) }
    if (stopped) steps.push({ ...step, act: 'stopped', excludedBy: null })
    else if (hindered !== null) {
      steps.push({ ...step, act: hindered.act })
      stopped = hindered.act === 'does not fit' && ifTooDear === 'stop'
    } else {
      steps.push({ ...step, act: 'funded' })
      funded.push(project)
      left -= purse.costs[project] ?? 0n
    }
    rest = among.filter((p) => p !== project)
  }
  return { steps, funded, left }
}

/** A project's votes and score, for a step. */
export const figures = (purse: Purse, project: number): Backing => purse.backing[project] ?? { votes: 0, score: 0 }
