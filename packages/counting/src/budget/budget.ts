import { fail, fraction, ok, subtract, type Fraction, type Result } from '@quorate/kernel'
import { isLotOrder, type LotOrder } from '../lot.ts'
import { fundInOrder, type BudgetConstraints, type FundingStep, type Purse, type Ranking } from './funding.ts'
import { phragmenWithCosts } from './phragmen.ts'
import {
  backings,
  budgetHash,
  checkBudget,
  mergedBudgetPapers,
  type Backing,
  type BudgetFault,
  type BudgetPaper,
  type BudgetProfile,
} from './projects.ts'
import { equalSharesOf, type Shared, type Worth } from './shares.ts'

/** By what projects rank: papers that name them; their points; or points for the money, cheapest points first. */
export type RankBy = 'votes' | 'score' | 'score for cost'

/**
 * What equal shares do with money left over: nothing; raise every voter's share by `increment` for as long as the budget holds (Add1), and
 * then, for Add1U, fund by votes what still fits; fund by votes at once (utilitarian); or go on with Phragmén from what each has left.
 */
export type BudgetCompletion =
  | { readonly kind: 'none' | 'utilitarian' | 'phragmen' }
  /** `increment`: smallest units of money per voter, at least 1. */
  | { readonly kind: 'add1' | 'add1u'; readonly increment: bigint }

/** What each rule leaves to the rulebook. Nothing has a default. */
export type BudgetParams = {
  /** `ifTooDear`: pass over the first project that does not fit, or stop there. */
  'greedy-budget@1': { readonly rankBy: RankBy; readonly ifTooDear: 'skip' | 'stop'; readonly constraints: BudgetConstraints }
  'equal-shares-budget@1': {
    readonly worth: Worth
    readonly completion: BudgetCompletion
    readonly constraints: BudgetConstraints
  }
  'phragmen-budget@1': { readonly constraints: BudgetConstraints }
}
/** Id of a budget rule. */
export type BudgetRule = keyof BudgetParams

/** The outcome of a budget vote, with everything it rests on. */
export type BudgetCount = {
  readonly kind: 'budget'
  readonly method: BudgetRule
  readonly profileHash: string
  /** Money there was, and the cost of every project. */
  readonly budget: bigint
  readonly costs: readonly bigint[]
  readonly backing: readonly Backing[]
  /** Projects funded, in the order decided. */
  readonly funded: readonly number[]
  readonly spent: bigint
  readonly left: bigint
  readonly steps: readonly FundingStep[]
  /** Each voter's share of the money, as raised in the end; null for rules without shares. */
  readonly share: Fraction | null
  readonly lotOrder: LotOrder | null
}

/** Why there is no count. */
export type BudgetError =
  | { readonly kind: 'bad profile'; readonly fault: BudgetFault }
  | { readonly kind: 'bad lot order' }
  | { readonly kind: 'bad parameter'; readonly name: string }
  /** The rule cannot tell these projects apart, and no lot was given. */
  | { readonly kind: 'lot needed'; readonly tied: readonly number[] }

type Outcome = { readonly steps: readonly FundingStep[]; readonly funded: readonly number[]; readonly share: Fraction | null }

/** Shares out a budget. Pure; the order of the papers changes nothing. `lot` is an order of the projects. */
export function countBudget<R extends BudgetRule>(
  method: R,
  params: BudgetParams[R],
  profile: BudgetProfile,
  lot: LotOrder | null,
): Result<BudgetCount, BudgetError> {
  const checked = checkBudget(profile)
  if (checked.kind === 'fail') return fail({ kind: 'bad profile', fault: checked.error })
  if (lot !== null && !isLotOrder(lot, profile.projects.length)) return fail({ kind: 'bad lot order' })
  const rule = { method, params } as Rule // the signature pairs them
  const wrong = badParameter(rule, profile.projects.length)
  if (wrong !== null) return fail({ kind: 'bad parameter', name: wrong })
  const costs = profile.projects.map(({ cost }) => cost)
  const backing = backings(profile)
  const purse: Purse = { costs, budget: profile.budget, backing, constraints: rule.params.constraints }
  const order = lot ?? costs.map((_, p) => p)
  const { steps, funded, share } = outcomeOf(rule, purse, mergedBudgetPapers(profile.papers), order)
  const open = steps.find(({ tied }) => tied.length > 1)
  if (lot === null && open !== undefined) return fail({ kind: 'lot needed', tied: open.tied })
  const spent = funded.reduce((sum, p) => sum + (costs[p] ?? 0n), 0n)
  const head = { kind: 'budget', method, profileHash: budgetHash(profile), budget: profile.budget, costs, backing } as const
  return ok({ ...head, funded, spent, left: profile.budget - spent, steps, share, lotOrder: lot })
}

type Rule = { [R in BudgetRule]: { readonly method: R; readonly params: BudgetParams[R] } }[BudgetRule]

function badParameter(rule: Rule, projects: number): string | null {
  const { leastVotes, exclusive } = rule.params.constraints
  if (!Number.isSafeInteger(leastVotes) || leastVotes < 0) return 'leastVotes'
  const known = (p: number): boolean => Number.isInteger(p) && p >= 0 && p < projects
  if (!exclusive.every(([a, b]) => known(a) && known(b) && a !== b)) return 'exclusive'
  if (rule.method !== 'equal-shares-budget@1') return null
  const { completion } = rule.params
  return 'increment' in completion && completion.increment < 1n ? 'increment' : null
}

function outcomeOf(rule: Rule, purse: Purse, papers: readonly BudgetPaper[], order: LotOrder): Outcome {
  const nothing = { funded: [], left: purse.budget }
  switch (rule.method) {
    case 'greedy-budget@1': {
      const { rankBy, ifTooDear } = rule.params
      return { ...fundInOrder(purse, ranking(purse, rankBy), order, ifTooDear, nothing), share: null }
    }
    case 'phragmen-budget@1':
      return {
        ...phragmenWithCosts(
          purse,
          papers,
          papers.map(() => fraction(0)),
          order,
          nothing,
        ),
        share: null,
      }
    case 'equal-shares-budget@1':
      return shared(purse, papers, rule.params.worth, rule.params.completion, order)
  }
}

const sign = (n: bigint | number): number => (n > 0 ? 1 : n < 0 ? -1 : 0)

function ranking({ costs, backing }: Purse, by: RankBy): Ranking {
  const votes = (p: number): number => backing[p]?.votes ?? 0
  const score = (p: number): number => backing[p]?.score ?? 0
  switch (by) {
    case 'votes':
      return (a, b) => sign(votes(a) - votes(b))
    case 'score':
      return (a, b) => sign(score(a) - score(b))
    case 'score for cost':
      // score ÷ cost without dividing: a project that costs nothing comes before any that costs something.
      return (a, b) => sign(BigInt(score(a)) * (costs[b] ?? 0n) - BigInt(score(b)) * (costs[a] ?? 0n))
  }
}

function shared(
  purse: Purse,
  papers: readonly BudgetPaper[],
  worth: Worth,
  completion: BudgetCompletion,
  order: LotOrder,
): Outcome {
  const voters = papers.reduce((sum, { weight }) => sum + weight, 0)
  if (voters === 0) return { steps: [], funded: [], share: null }
  const share = fraction(purse.budget, BigInt(voters))
  const plain = equalSharesOf(purse, papers, worth, share, order)
  if (completion.kind === 'none') return { ...plain, share }
  const raised =
    'increment' in completion
      ? raise(purse, papers, worth, completion.increment, order, { ...plain, share })
      : { ...plain, share }
  if (completion.kind === 'add1') return raised
  const before = { funded: raised.funded, left: purse.budget - raised.spent }
  const more =
    completion.kind === 'phragmen'
      ? phragmenWithCosts(
          purse,
          papers,
          plain.left.map((l) => subtract(fraction(0), l)),
          order,
          before,
        )
      : fundInOrder(purse, ranking(purse, 'votes'), order, 'skip', before)
  return { steps: [...raised.steps, ...more.steps], funded: more.funded, share: raised.share }
}

/**
 * Add1: shares go up for as long as what they fund is within the budget, and end when nothing else would fit (Peters, Pierczyński, Skowron
 * 2021, section 3.4, there with one unit of money a step). What raised shares fund is not always more, so every step is a run of its own.
 */
function raise(
  purse: Purse,
  papers: readonly BudgetPaper[],
  worth: Worth,
  increment: bigint,
  order: LotOrder,
  plain: Shared & { readonly share: Fraction },
): Shared & { readonly share: Fraction } {
  const voters = papers.reduce((sum, { weight }) => sum + weight, 0)
  let last = plain
  for (let extra = increment; !isExhausted(purse, last); extra += increment) {
    const share = fraction(purse.budget + extra * BigInt(voters), BigInt(voters))
    const next = equalSharesOf(purse, papers, worth, share, order)
    if (next.spent > purse.budget) return last
    last = { ...next, share }
  }
  return last
}

/** Whether no project that anybody backs could still be paid for. */
const isExhausted = ({ costs, budget, backing, constraints }: Purse, { funded, spent }: Shared): boolean =>
  costs.every(
    (cost, p) =>
      funded.includes(p) ||
      cost > budget - spent ||
      (backing[p]?.votes ?? 0) === 0 ||
      (backing[p]?.votes ?? 0) < constraints.leastVotes ||
      constraints.exclusive.some(([a, b]) => (a === p && funded.includes(b)) || (b === p && funded.includes(a))),
  )

/** The first project about which a count and a record of somebody else differ, and what the count did about it. */
export type Departure = { readonly project: number; readonly recorded: boolean; readonly step: FundingStep | null }

/** Where a count first departs from what was recorded as funded: the explanation a reader of the record needs. Null: it does not. */
export function firstDeparture(count: BudgetCount, recorded: ReadonlySet<number>): Departure | null {
  const funded = new Set(count.funded)
  const step = count.steps.find(({ project }) => funded.has(project) !== recorded.has(project))
  if (step !== undefined) return { project: step.project, recorded: recorded.has(step.project), step }
  const untouched = [...recorded].find((p) => !funded.has(p))
  return untouched === undefined ? null : { project: untouched, recorded: true, step: null }
}
