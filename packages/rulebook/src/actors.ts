import type { Capacity, Citation } from './act.ts'
import type { Actor, Actors, Condition } from './expression.ts'
import { judgeCondition, type Bases } from './measure.ts'
import { cite, provision, type Rulebook } from './model.ts'
import { knownResolution, knownToHold } from './movement/known.ts'
import { countFact, factOf, fieldsFact, named, none, people, reason, tooFew, type Case } from './reasons.ts'
import type { Quantity, Reason } from './refusal.ts'

/** The capacity an actor of the grammar stands for, or null where it is not one a single act can have. */
export function capacityOf(rulebook: Rulebook, actor: Actor): Capacity | null {
  switch (actor.kind) {
    case 'rule':
      return 'rule'
    case 'electorate':
      return `electorate ${actor.id}`
    case 'people':
      return `electorate ${actor.electorate}`
    case 'named':
      return provision(rulebook, 'body', actor.id) !== null ? `body ${actor.id}` : `office ${actor.id}`
    case 'seat on':
      return null
  }
}

/** A capacity as a quantity: `electorate members`, `body committee`, `office chair`. */
export function capacityQuantity(capacity: Capacity, size: number | null = null): Quantity {
  const [unit, id] = capacity.split(' ')
  if (id === undefined) return none
  return named(unit === 'electorate' || unit === 'body' ? unit : 'office', id, size)
}

/** Why the one who acts may not, under `by`; empty when they may. */
export function actorReasons(kase: Case, rulebook: Rulebook, clause: Citation, by: Actors): readonly Reason[] {
  const { act } = kase
  const actor = by.find((a) => capacityOf(rulebook, a) === act.as)
  if (actor === undefined) {
    const wanted = capacityOf(rulebook, by[0])
    const required = wanted === null ? none : capacityQuantity(wanted)
    const code = required.unit === 'office' ? 'not-eligible' : 'wrong-electorate'
    return [reason(code, clause, required, capacityQuantity(act.as))]
  }
  switch (actor.kind) {
    case 'rule':
      return act.by === 'rule' ? [] : [reason('no-power', clause, none, capacityQuantity(act.as))]
    case 'electorate':
      return electorReasons(kase, rulebook, actor.id)
    case 'people': {
      const count = countFact(kase, 'signers', actor.electorate) ?? 1
      const few = count < actor.count ? [tooFew('short-support', clause, 'people', actor.count, count)] : []
      return [...electorReasons(kase, rulebook, actor.electorate), ...few]
    }
    case 'named':
      return provision(rulebook, 'body', actor.id) !== null
        ? bodyReasons(kase, rulebook, actor.id, null, clause, true)
        : officeReasons(kase, rulebook, actor.id, clause)
    case 'seat on':
      return [reason('no-power', clause)]
  }
}

/** Why a person is not shown to be in an electorate. */
export function electorReasons(kase: Case, rulebook: Rulebook, electorate: string): readonly Reason[] {
  const found = provision(rulebook, 'electorate', electorate)
  const clause = cite(rulebook, found?.clause ?? '0')
  const required = named('electorate', electorate, countFact(kase, 'electorate-size', electorate))
  if (kase.act.by === 'rule') return [reason('not-eligible', clause, required)]
  const fact = factOf(kase, 'eligible', electorate)
  if (fact === null) return [reason('missing-fact', clause, required)]
  return fact.value === true ? [] : [reason('not-eligible', clause, required)]
}

/** Why a person is not shown to hold an office. */
export function officeReasons(kase: Case, rulebook: Rulebook, office: string, clause: Citation): readonly Reason[] {
  const found = provision(rulebook, 'office', office)
  const cited = found === null ? clause : cite(rulebook, found.clause)
  if (kase.act.by === 'rule') return [reason('not-eligible', cited, named('office', office))]
  const held = knownToHold(kase.state.movement, office, found?.rule.holders ?? 0, kase.act.by)
  if (held !== null) return held ? [] : [reason('not-eligible', cited, named('office', office))]
  const fact = factOf(kase, 'holds-office', office)
  if (fact === null) return [reason('missing-fact', cited, named('office', office))]
  return fact.value === true ? [] : [reason('not-eligible', cited, named('office', office))]
}

/** Seats a body has when full; null for a body of everyone. */
export function seatsOf(rulebook: Rulebook, body: string): number | null {
  const seats = provision(rulebook, 'body', body)?.rule.seats ?? []
  const counts = seats.map((seat) => seat.count)
  return counts.length > 0 && counts.every((n) => n !== null) ? counts.reduce((a, b) => a + b, 0) : null
}

/** How a body voted, as its `resolution` fact says, against its quorum and its own rule for deciding. */
export type BodyVote = { readonly reasons: readonly Reason[]; readonly carried: boolean }

/**
 * Judges a body's vote: its quorum and the conditions `pass` (default: the body's own `decides`). A condition that cannot be judged from the
 * facts is a missing fact, never a pass.
 */
export function bodyVote(
  kase: Case,
  rulebook: Rulebook,
  body: string,
  pass: readonly Condition[] | null,
  clause: Citation,
  votes: { readonly for: number; readonly against: number; readonly present: number } | null,
): BodyVote {
  const found = provision(rulebook, 'body', body)
  if (found === null || votes === null) return { reasons: [reason('missing-fact', clause, named('body', body))], carried: false }
  const own = cite(rulebook, found.clause)
  const established =
    found.rule.instances === 'many'
      ? countFact(kase, 'body-size', body)
      : (seatsOf(rulebook, body) ?? countFact(kase, 'body-size', body))
  const bases: Bases = (base) => {
    if (base.kind === 'seats')
      return base.ofClass !== null
        ? null
        : base.sitting
          ? (found.rule.sits?.of ?? null)
          : base.filled
            ? countFact(kase, 'body-size', body)
            : established
    if (base.kind === 'electorate') return countFact(kase, 'electorate-size', base.id)
    if (base.kind === 'bodies') return null
    return base.of === 'for-and-against' || base.of === 'votes-cast'
      ? votes.for + votes.against
      : base.of === 'present'
        ? votes.present
        : null
  }
  const measured = (measure: string): number | null =>
    measure === 'yes' ? votes.for : measure === 'present' ? votes.present : null
  const quorum = judgeCondition(found.rule.quorum, measured, bases)
  const reasons: Reason[] = []
  if (quorum === null) reasons.push(reason('missing-fact', own, named('body', body)))
  else if (!quorum.holds) reasons.push(tooFew('short-support', own, 'seats', quorum.needed, quorum.actual))
  const judged = (pass ?? found.rule.decides.pass).map((condition) => judgeCondition(condition, measured, bases))
  if (judged.some((j) => j === null)) reasons.push(reason('missing-fact', own, named('body', body)))
  const tied = votes.for === votes.against && found.rule.decides.tie === 'carried'
  return { reasons, carried: judged.every((j) => j !== null && j.holds) || (tied && judged.every((j) => j !== null)) }
}

/** The vote a `resolution` fact states, or null when it states none that adds up. */
function resolutionOf(
  kase: Case,
  body: string,
): { readonly for: number; readonly against: number; readonly present: number } | null {
  const fact = fieldsFact(kase, 'resolution', body)
  const inFavour = fact?.count('for') ?? null
  const against = fact?.count('against') ?? null
  if (fact === null || inFavour === null || against === null) return null
  const present = fact.count('present') ?? inFavour + against
  return present >= inFavour + against ? { for: inFavour, against, present } : null
}

/** Why a body has not resolved what the act says it did; `wanted`: the answer must be yes. */
export function bodyReasons(
  kase: Case,
  rulebook: Rulebook,
  body: string,
  pass: readonly Condition[] | null,
  clause: Citation,
  wanted: boolean,
): readonly Reason[] {
  const inMeeting = knownResolution(kase.state.movement, body, String(kase.act.decision))
  if (inMeeting === 'outside')
    return [
      reason(
        'wrong-stage',
        cite(rulebook, provision(rulebook, 'body', body)?.clause ?? '0'),
        named('stage', 'meeting'),
        named('body', body),
      ),
    ]
  const votes = inMeeting === null ? resolutionOf(kase, body) : inMeeting.resolution
  const { reasons, carried } = bodyVote(kase, rulebook, body, pass, clause, votes)
  if (votes === null || reasons.length > 0 || carried === wanted) return reasons
  const own = cite(rulebook, provision(rulebook, 'body', body)?.clause ?? '0')
  return [reason('not-carried', own, none, { unit: 'votes', count: votes.for }, none)]
}

/** How many holders of an office must do an act together. What the office does not list needs all of them. */
export function holdersNeeded(rulebook: Rulebook, office: string, action: string): number {
  const rule = provision(rulebook, 'office', office)?.rule
  if (rule === undefined || rule.acts === null) return 1
  if (rule.acts.any.includes(action)) return 1
  return rule.acts.both.includes(action) || rule.acts.rest === 'both' ? rule.holders : 1
}

/** Why the second of several officers cannot be the first again. */
export const samePerson = (clause: Citation, needed: number, acted: number): readonly Reason[] => [
  reason('already-done', clause),
  reason('second-person-needed', clause, people(needed), people(acted), people(needed - acted)),
]
