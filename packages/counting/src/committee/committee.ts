import { add, compare, fail, fraction, ok, type Fraction, type Result } from '@quorate/kernel'
import { firstInLot, isLotOrder, type LotOrder } from '../lot.ts'
import {
  approvalsHash,
  approving,
  checkApprovals,
  support,
  type ApprovalFault,
  type ApprovalProfile,
  type Approving,
} from './approvals.ts'
import { equalShare, equalShares, raisedShares, type Completion } from './equal-shares.ts'
import {
  bestOfAll,
  enestromPhragmen,
  maximinSupport,
  optimalPhragmen,
  sequentialPhragmen,
  type TooManyCommittees,
} from './phragmen.ts'
import { compareCoverage, compareDistances, coverage, distances, farthest, represented } from './represented.ts'
import { bestOf, bestThiele, reverseThiele, sequentialThiele, worth, type SearchTooLong, type ThieleFunction } from './thiele.ts'
import {
  allOutcomes,
  committeeByLot,
  lastByLot,
  oneOutcome,
  sortedCommittees,
  combinations,
  type Committee,
  type Step,
  type Stepwise,
  type TooManyTies,
} from './ties.ts'

/** Rules that elect a committee from approvals. An id names one version of one rule for ever. */
export const committeeRules = [
  'approval@1',
  'satisfaction-approval@1',
  'pav@1',
  'slav@1',
  'geometric-2@1',
  'chamberlin-courant@1',
  'lexicographic-chamberlin-courant@1',
  'sequential-pav@1',
  'reverse-sequential-pav@1',
  'sequential-slav@1',
  'sequential-chamberlin-courant@1',
  'sequential-phragmen@1',
  'minimax-phragmen@1',
  'leximax-phragmen@1',
  'phragmen-enestrom@1',
  'maximin-support@1',
  'equal-shares@1',
  'equal-shares-utilitarian@1',
  'equal-shares-add1@1',
  'equal-shares-add1u@1',
  'monroe@1',
  'minimax-approval@1',
  'lexicographic-minimax-approval@1',
] as const
/** Id of a committee rule. */
export type CommitteeRule = (typeof committeeRules)[number]

/** One choice in the counting by lot, with the figure that decided it: points, a load or a payment; null where nobody had one. */
export type CommitteeStep = Step<Fraction | null>

/** The outcome of a committee rule. */
export type CommitteeCount = {
  readonly kind: 'committee'
  readonly method: CommitteeRule
  readonly profileHash: string
  readonly seats: number
  /** All papers, and how many of them approve each candidate. */
  readonly papers: number
  readonly support: readonly number[]
  /** Every committee the rule leaves tied, each ascending, in lexicographic order; for the Add1 rules, the one that this lot gives. */
  readonly committees: readonly Committee[]
  /** The committee the lot settles on; where only one is left, that one. Smaller than `seats` only where Add1 without completion fills no more. */
  readonly elected: Committee
  /** The choices that led to it, for rules that work step by step. */
  readonly steps: readonly CommitteeStep[]
  /** Partial committees looked at, for rules that search; 0 otherwise. */
  readonly looked: number
  readonly lotOrder: LotOrder | null
}

/** Why there is no count. */
export type CommitteeError =
  | { readonly kind: 'bad profile'; readonly fault: ApprovalFault }
  | { readonly kind: 'bad lot order' }
  /** The rule leaves these committees tied and no lot was given: draw one and count again. */
  | { readonly kind: 'lot needed'; readonly committees: readonly Committee[] }
  | TooManyTies
  | TooManyCommittees
  | SearchTooLong

/** `committees` null: they are not known before there is a lot. */
type Found = { readonly committees: readonly Committee[] | null; readonly looked: number; readonly rule: AnyStepwise | null }
/** A step-by-step rule whose figures are already fractions. */
type AnyStepwise = { readonly run: (pick: Pick) => { readonly committee: Committee; readonly steps: readonly CommitteeStep[] } }
type Pick = { readonly take: (tied: readonly number[]) => number; readonly drop: (tied: readonly number[]) => number }

/** Elects a committee. Pure; the order of the papers changes nothing. */
export function countCommittee(
  method: CommitteeRule,
  profile: ApprovalProfile,
  lot: LotOrder | null,
): Result<CommitteeCount, CommitteeError> {
  const checked = checkApprovals(profile)
  if (checked.kind === 'fail') return fail({ kind: 'bad profile', fault: checked.error })
  if (lot !== null && !isLotOrder(lot, profile.candidates.length)) return fail({ kind: 'bad lot order' })
  const election = approving(profile)
  const found = committeesOf(method, election)
  if (found.kind === 'fail') return found
  const { looked, rule } = found.value
  const order = lot ?? Array.from({ length: election.candidates }, (_, c) => c)
  const led = rule?.run({ take: (tied) => firstInLot(order, tied), drop: lastByLot(order) }) ?? null
  const committees = found.value.committees ?? (led === null ? [] : [led.committee])
  const open = found.value.committees === null ? led?.steps.some(({ tied }) => tied.length > 1) : committees.length > 1
  if (open === true && lot === null) return fail({ kind: 'lot needed', committees })
  const elected = led?.committee ?? committeeByLot(order, committees)
  const head = {
    kind: 'committee',
    method,
    profileHash: approvalsHash(profile),
    seats: profile.seats,
    papers: election.total,
    support: profile.candidates.map((_, c) => support(election, c)),
  } as const
  return ok({ ...head, committees, elected, steps: led?.steps ?? [], looked, lotOrder: lot })
}

/** One line a rule: a table. */
function committeesOf(method: CommitteeRule, election: Approving): Result<Found, CommitteeError> {
  switch (method) {
    case 'approval@1':
      return ok(byPoints(election, (c) => fraction(support(election, c))))
    case 'satisfaction-approval@1':
      return ok(byPoints(election, (c) => satisfaction(election, c)))
    case 'pav@1':
      return exactly(election, 'pav')
    case 'slav@1':
      return exactly(election, 'slav')
    case 'geometric-2@1':
      return exactly(election, 'geom2')
    case 'chamberlin-courant@1':
      return exactly(election, 'cc')
    case 'lexicographic-chamberlin-courant@1':
      return searched(bestOfAll(election, (w) => coverage(election, w), compareCoverage))
    case 'sequential-pav@1':
      return stepwise(sequentialThiele(election, 'pav'), inPoints('pav', election.seats))
    case 'reverse-sequential-pav@1':
      return stepwise(reverseThiele(election, 'pav'), inPoints('pav', election.candidates), 'drop')
    case 'sequential-slav@1':
      return stepwise(sequentialThiele(election, 'slav'), inPoints('slav', election.seats))
    case 'sequential-chamberlin-courant@1':
      return stepwise(sequentialThiele(election, 'cc'), inPoints('cc', election.seats))
    case 'sequential-phragmen@1':
      return stepwise(sequentialPhragmen(election), same)
    case 'minimax-phragmen@1':
      return searched(optimalPhragmen(election, 'minimax'))
    case 'leximax-phragmen@1':
      return searched(optimalPhragmen(election, 'leximax'))
    case 'phragmen-enestrom@1':
      return stepwise(enestromPhragmen(election), same)
    case 'maximin-support@1':
      return stepwise(maximinSupport(election), same)
    case 'equal-shares@1':
      return shares(election, 'phragmen')
    case 'equal-shares-utilitarian@1':
      return shares(election, 'utilitarian')
    case 'equal-shares-add1@1':
      return raised(election, 'none')
    case 'equal-shares-add1u@1':
      return raised(election, 'utilitarian')
    case 'monroe@1':
      return searched(
        bestOfAll(
          election,
          (w) => represented(election, w),
          (a, b) => b - a,
        ),
      )
    case 'minimax-approval@1':
      return searched(
        bestOfAll(
          election,
          (w) => farthest(distances(election, w)),
          (a, b) => a - b,
        ),
      )
    case 'lexicographic-minimax-approval@1':
      return searched(bestOfAll(election, (w) => distances(election, w), compareDistances))
  }
}

/** Points as the rule's paper counts them: a search adds them up in a unit that divides them all. */
function inPoints(rule: ThieleFunction, size: number): (points: bigint) => Fraction {
  const { unit } = worth(rule, size)
  return (points) => fraction(points, unit)
}
const same = (figure: Fraction | null): Fraction | null => figure

function stepwise<State, Figure>(
  rule: Stepwise<State, Figure>,
  figure: (f: Figure) => Fraction | null,
  way: 'take' | 'drop' = 'take',
): Result<Found, CommitteeError> {
  const all = allOutcomes(rule)
  if (all.kind === 'fail') return all
  const run: AnyStepwise['run'] = (pick) => {
    const { committee, steps } = oneOutcome(rule, pick[way])
    return { committee, steps: steps.map((step) => ({ ...step, figure: figure(step.figure) })) }
  }
  return ok({ committees: all.value, looked: 0, rule: { run } })
}

const shares = (election: Approving, completion: Completion): Result<Found, CommitteeError> =>
  stepwise(equalShares(election, completion, equalShare(election)), same)

/** Add1 depends on the lot at every amount of money, so a tie anywhere asks for one; `committees` is then what that order gives. */
function raised(election: Approving, completion: 'none' | 'utilitarian'): Result<Found, CommitteeError> {
  const run = (pick: Pick): { readonly committee: Committee; readonly steps: readonly CommitteeStep[] } => {
    const { committee, steps } = raisedShares(election, pick.take)
    if (completion === 'none') return { committee, steps }
    const members = [...committee]
    const more: CommitteeStep[] = []
    while (members.length < election.seats) {
      const rest = Array.from({ length: election.candidates }, (_, c) => c).filter((c) => !members.includes(c))
      const { tied, figure } = bestOf(rest, (c) => fraction(support(election, c)), compare)
      const chosen = pick.take(tied)
      members.push(chosen)
      more.push({ tied, chosen, figure })
    }
    return { committee: members.sort((a, b) => a - b), steps: [...steps, ...more] }
  }
  return ok({ committees: null, looked: 0, rule: { run } })
}

function exactly(election: Approving, rule: ThieleFunction): Result<Found, CommitteeError> {
  const best = bestThiele(election, rule)
  return best.kind === 'fail' ? best : ok({ ...best.value, rule: null })
}

const searched = (
  result: Result<{ readonly committees: readonly Committee[]; readonly looked: number }, TooManyCommittees>,
): Result<Found, CommitteeError> => (result.kind === 'fail' ? result : ok({ ...result.value, rule: null }))

/** Satisfaction approval voting (Brams and Kilgour, 2014): a paper's one vote is shared among all it approves. */
const satisfaction = (election: Approving, candidate: number): Fraction =>
  (election.supporters[candidate] ?? []).reduce((sum, index) => {
    const paper = election.papers[index]
    return add(sum, fraction(paper?.weight ?? 0, paper?.approved.length ?? 1))
  }, fraction(0))

/** The candidates with most points, whoever else is in. */
function byPoints(election: Approving, points: (candidate: number) => Fraction): Found {
  const figures = Array.from({ length: election.candidates }, (_, c) => ({ c, points: points(c) }))
  const ranked = figures.toSorted((a, b) => compare(b.points, a.points))
  const line = ranked[election.seats - 1]?.points ?? fraction(0)
  const above = figures.filter((f) => compare(f.points, line) > 0).map(({ c }) => c)
  const level = figures.filter((f) => compare(f.points, line) === 0).map(({ c }) => c)
  const committees = [...combinations(level, election.seats - above.length)].map((some) =>
    [...above, ...some].sort((a, b) => a - b),
  )
  return { committees: sortedCommittees(committees), looked: 0, rule: null }
}
