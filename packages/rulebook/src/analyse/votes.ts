import type { Condition } from '../language/expression.ts'
import { judgeCondition, neededFor, type Bases } from '../measure.ts'
import type { RuleOf } from '../language/model.ts'
import type { StageOf } from '../schema/stages.ts'
import { ballotBases } from '../decision/standard.ts'
import type { Attendance, Turnout } from './inputs.ts'

/** Votes that carry: how many of the attempt, how many of each class among them, how many others against, counted among how many. */
export type Carries = {
  readonly inFavour: number
  readonly ofClass: Readonly<Record<string, number>>
  readonly against: number
  readonly of: number
}

/** Looks up the size of an electorate; null when nobody has stated it. */
export type SizeOf = (electorate: string) => number | null

/** What a body vote is reckoned with. */
export type BodyCase = {
  readonly id: string
  readonly rule: RuleOf<'body'>
  /** Seats established and filled; filled never above established. */
  readonly established: number
  readonly seated: number
  readonly byClass: Readonly<Record<string, number>>
  readonly attendance: Attendance
  /** Whether opponents can first be put off it, so that any number of them may be gone. */
  readonly cleared: boolean
  readonly sizeOf: SizeOf
}

/** How many other people come besides `own` people of the attempt, when `seated` seats are filled and the quorum is `quorum`. */
function othersPresent(body: BodyCase, own: number, seated: number, quorum: number): number {
  const rest = seated - own
  if (body.attendance === 'all') return rest
  if (body.attendance === 'bare quorum') return Math.max(0, Math.min(rest, quorum - own))
  const known = Object.hasOwn(body.attendance, body.id) ? body.attendance[body.id] : undefined
  return known === undefined ? rest : Math.max(0, Math.min(rest, known - own))
}

type Vote = {
  readonly own: number
  readonly ownOfClass: (id: string) => number
  readonly present: number
  readonly seated: number
}

function bodyBases(body: BodyCase, vote: Vote): Bases {
  return (base) => {
    if (base.kind === 'seats') {
      if (base.ofClass !== null) return classSeats(body, base.ofClass)
      if (base.sitting) return body.rule.sits?.of ?? null
      return base.filled ? vote.seated : body.established
    }
    if (base.kind === 'electorate') return body.sizeOf(base.id)
    if (base.kind === 'bodies') return null
    if (base.kind === 'quorum') return ownQuorum(body, vote.seated)
    // Nobody of the attempt abstains, and nobody against it gains by abstaining.
    return base.of === 'for-and-against' || base.of === 'votes-cast' || base.of === 'present' || base.of === 'valid'
      ? vote.present
      : null
  }
}

const classSeats = (body: BodyCase, ofClass: string): number =>
  Object.hasOwn(body.byClass, ofClass) ? (body.byClass[ofClass] ?? 0) : 0

/** Whether one condition holds. Where nobody of a class is seated a condition on the class holds only if the rule says so. */
function holds(condition: Condition, body: BodyCase, vote: Vote): boolean {
  if (condition.kind === 'winner beats') return vote.own > vote.present - vote.own
  const { ofClass } = condition
  if (ofClass !== null) {
    const seats = classSeats(body, ofClass)
    if (seats === 0) return condition.orNoneSeated
    const bases: Bases = (base) => (base.kind === 'seats' || base.kind === 'votes' ? seats : null)
    const needed = neededFor(condition.threshold, bases)
    return needed !== null && vote.ownOfClass(ofClass) >= needed
  }
  const measured = (measure: string): number | null =>
    measure === 'yes' ? vote.own : measure === 'present' || measure === 'turnout' ? vote.present : null
  return judgeCondition(condition, measured, bodyBases(body, vote))?.holds === true
}

/** The body's own quorum as a base; a quorum cannot be a share of itself. */
function ownQuorum(body: BodyCase, seated: number): number | null {
  const { quorum } = body.rule
  if (quorum.kind !== 'measure' || quorum.threshold.amount.kind === 'quorum') return null
  return quorumOf(body, seated)
}

/** The fewest seats present that make a quorum when `seated` are filled. */
export function quorumOf(body: BodyCase, seated = body.seated): number {
  const { quorum } = body.rule
  if (quorum.kind !== 'measure') return 0
  return (
    neededFor(quorum.threshold, bodyBases(body, { own: 0, ownOfClass: () => 0, present: seated, seated })) ??
    Number.POSITIVE_INFINITY
  )
}

/** Seats of each class that the conditions of a vote ask for. */
function classDemands(conditions: readonly Condition[], body: BodyCase): Readonly<Record<string, number>> | null {
  const demands: Record<string, number> = {}
  for (const c of conditions) {
    if (c.kind !== 'measure' || c.ofClass === null) continue
    const seats = classSeats(body, c.ofClass)
    if (seats === 0) {
      if (!c.orNoneSeated) return null
      continue
    }
    const needed = neededFor(c.threshold, (base) => (base.kind === 'seats' || base.kind === 'votes' ? seats : null))
    if (needed === null || needed > seats) return null
    demands[c.ofClass] = Math.max(demands[c.ofClass] ?? 0, needed)
  }
  return demands
}

/** A tie that carries makes up for a majority of those who vote; it is no two thirds, and no share of all seats. */
const isBareMajority = (c: Condition): boolean =>
  c.kind === 'measure' &&
  c.measure === 'yes' &&
  c.ofClass === null &&
  c.threshold.amount.kind === 'share' &&
  c.threshold.amount.base.kind === 'votes' &&
  2 * c.threshold.amount.share.numerator === c.threshold.amount.share.denominator

// Bodies of everyone can have a million seats; only the ends of the range of opponents put off matter there.
const triedMax = 200

/**
 * The fewest seats, and no fewer than `atLeast`, with which a vote of a body carries against all who come, or null when no number does. Linear in the seats, quadratic
 * where opponents can be put off the body first (both up to {@link triedMax}).
 */
export function carriesInBody(body: BodyCase, pass: readonly Condition[], atLeast = 1): Carries | null {
  const ofClass = classDemands(pass, body)
  if (ofClass === null) return null
  const floor = Math.max(
    1,
    Math.min(atLeast, body.seated),
    Object.values(ofClass).reduce((a, b) => a + b, 0),
  )
  const ownOfClass = (id: string): number => ofClass[id] ?? 0
  const tie = body.rule.decides.tie
  const at = (own: number, seated: number): Carries | null => {
    const quorum = quorumOf(body, seated)
    const others = othersPresent(body, own, seated, quorum)
    const vote: Vote = { own, ownOfClass, present: own + others, seated }
    if (vote.present < quorum || (own === others && tie === 'falls')) return null
    const passes = pass.every((c) => holds(c, body, vote) || (own === others && tie === 'carried' && isBareMajority(c)))
    return passes ? { inFavour: own, ofClass, against: others, of: seated } : null
  }
  const many = body.seated > triedMax
  for (let own = floor; own <= body.seated; own = many ? stepUp(own, body, at) : own + 1) {
    const seatings = !body.cleared ? [body.seated] : many ? [body.seated, own] : range(own, body.seated)
    for (const seated of seatings) {
      const found = at(own, seated)
      if (found !== null) return found
    }
  }
  return null
}

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, i) => to - i)

/** In a body of everyone the next number to try: more of the attempt never carry less, so the search halves. */
function stepUp(own: number, body: BodyCase, at: (own: number, seated: number) => Carries | null): number {
  const carried = (n: number): boolean => at(n, body.seated) !== null || (body.cleared && at(n, n) !== null)
  let [low, high] = [own, body.seated]
  if (!carried(high)) return body.seated + 1
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (carried(middle)) high = middle
    else low = middle
  }
  return high
}

/** What a ballot is reckoned with. */
export type BallotCase = {
  readonly stage: StageOf<'ballot'>
  readonly electorate: string
  readonly size: number
  readonly turnout: Turnout
  /** Where opponents were put off the roll first: how many of the attempt are on it at least. Null: nobody was put off. */
  readonly shrunkTo: number | null
  readonly sizeOf: SizeOf
}

/** The fewest votes with which a ballot carries while others vote no as stated, or null when no number does. Logarithmic in the roll. */
export function carriesBallot(kase: BallotCase): Carries | null {
  if (kase.shrunkTo === null) return fewest(kase, kase.size)
  // With every opponent off the roll the people of the attempt are the roll.
  const least = Math.max(1, kase.shrunkTo)
  for (let own = least; own <= Math.min(kase.size, least + triedMax); own++) {
    const found = votesAt(kase, own, own)
    if (found !== null) return found
  }
  return null
}

function fewest(kase: BallotCase, roll: number): Carries | null {
  if (votesAt(kase, roll, roll) === null) return null
  let [low, high] = [0, roll]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (votesAt(kase, middle, roll) !== null) high = middle
    else low = middle
  }
  return votesAt(kase, high, roll)
}

/** Whether `own` votes of a roll carry, with the fewest others that a turnout rule lets help. */
function votesAt(kase: BallotCase, own: number, roll: number): Carries | null {
  const { stage, turnout } = kase
  const rest = roll - own
  const sizes = (votes: number): Bases =>
    ballotBases(
      stage.abstain,
      { size: roll, electorate: kase.electorate },
      { for: own, against: votes, blank: 0, cast: own + votes },
      (base) => (base.kind === 'electorate' ? kase.sizeOf(base.id) : null),
    )
  const wanted = stage.pass.map((c) =>
    c.kind === 'measure' && c.measure === 'turnout' ? (neededFor(c.threshold, sizes(0)) ?? Number.POSITIVE_INFINITY) : 0,
  )
  const helped = Math.max(0, ...wanted) - own
  const others =
    turnout.kind === 'all against'
      ? rest
      : turnout.kind === 'returned'
        ? Math.max(0, Math.min(turnout.count, roll) - own)
        : Math.min(rest, turnout.to, Math.max(turnout.from, helped, 0))
  const tied = own === others
  if (tied && stage.tie !== 'carried') return null
  const bases = sizes(others)
  const measured = (measure: string): number | null => (measure === 'yes' ? own : measure === 'turnout' ? own + others : null)
  const passes = stage.pass.every((c) =>
    c.kind === 'winner beats' ? own > others : judgeCondition(c, measured, bases)?.holds === true,
  )
  return passes && own > 0 ? { inFavour: own, ofClass: {}, against: others, of: roll } : null
}

/**
 * How many defeat a ballot in which so many vote for: by voting against, counted with those who do already, and, where a turnout rule needs
 * their votes, by not voting at all. Null where they cannot.
 */
export function defeatsBallot(
  stage: StageOf<'ballot'>,
  electorate: string,
  votes: Pick<Carries, 'against' | 'of'> & { readonly for: number },
  sizeOf: SizeOf,
): { readonly against: number | null; readonly away: number | null } {
  const carriedAgainst = (others: number): boolean => {
    const turnout = { kind: 'range', from: others, to: others } as const
    return votesAt({ stage, electorate, size: votes.of, turnout, shrunkTo: null, sizeOf }, votes.for, votes.of) !== null
  }
  const rest = votes.of - votes.for
  const away = votes.against > 0 && !carriedAgainst(votes.against - 1) ? rest - votes.against + 1 : null
  if (carriedAgainst(rest)) return { against: null, away }
  let [low, high] = [votes.against, rest]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (carriedAgainst(middle)) low = middle
    else high = middle
  }
  return { against: high, away }
}

/** How many seats outside the attempt defeat a vote of `own`: by voting no, and by staying away; null when they cannot. */
export function defeatsInBody(
  body: BodyCase,
  pass: readonly Condition[],
  own: number,
): { readonly against: number | null; readonly quorum: number | null } {
  const rest = body.seated - own
  const quorum = quorumOf(body)
  const fails = (others: number): boolean => {
    const vote: Vote = { own, ownOfClass: () => own, present: own + others, seated: body.seated }
    return !pass.every((c) => holds(c, body, vote))
  }
  let against: number | null = null
  for (let others = 1; others <= Math.min(rest, 10 * triedMax) && against === null; others++)
    if (own + others >= quorum && fails(others)) against = others
  const away = own >= quorum ? null : rest - (quorum - own) + 1
  return { against, quorum: away !== null && away <= rest ? away : null }
}

/** Seats of each class whose no, or absence, defeats a vote that asks for a share of the class. */
export function vetoesInBody(
  body: BodyCase,
  pass: readonly Condition[],
): readonly { readonly ofClass: string; readonly count: number }[] {
  return Object.entries(classDemands(pass, body) ?? {}).map(([ofClass, needed]) => ({
    ofClass,
    count: classSeats(body, ofClass) - needed + 1,
  }))
}
