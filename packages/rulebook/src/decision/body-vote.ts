import type { Citation } from '../act.ts'
import type { Condition } from '../language/expression.ts'
import { judgeCondition, neededFor, type Bases, type Measured } from '../measure.ts'
import { cite, provision, type Provision, type Rulebook } from '../language/model.ts'
import { knownResolution } from '../movement/known.ts'
import type { Resolution } from '../movement/meeting.ts'
import { electorateKey, groupOfCase } from './this-group.ts'
import { countFact, factOf, fieldsFact, named, none, reason, tooFew, type Case, type FactFields } from '../reasons.ts'
import type { Reason } from '../refusal.ts'

/** Seats a body has when full, or those of one class; null for a body of everyone. */
export function seatsOf(rulebook: Rulebook, body: string, ofClass: string | null = null): number | null {
  const seats = (provision(rulebook, 'body', body)?.rule.seats ?? []).filter((seat) => ofClass === null || seat.id === ofClass)
  const counts = seats.map((seat) => seat.count ?? withOffice(rulebook, seat.by))
  return counts.length > 0 && counts.every((n) => n !== null) ? counts.reduce((a, b) => a + b, 0) : null
}

/** Seats that go with an office: as many as it has holders. */
const withOffice = (rulebook: Rulebook, by: Provision<'body'>['rule']['seats'][number]['by']): number | null =>
  by?.kind === 'ex-officio <office>' ? (provision(rulebook, 'office', by.office)?.rule.holders ?? null) : null

/** The number a body's quorum asks for, or null when a size it needs has not been stated. */
function quorumOf(kase: Case, rulebook: Rulebook, body: string): number | null {
  const quorum = provision(rulebook, 'body', body)?.rule.quorum
  return quorum?.kind === 'measure' ? neededFor(quorum.threshold, seatBases(kase, rulebook, body, null)) : null
}

/** Sizes that the rulebook and the facts state: seats of a body, electorates, bodies of a kind, a quorum. */
export const statedBases =
  (kase: Case, rulebook: Rulebook): Bases =>
  (base) => {
    switch (base.kind) {
      case 'electorate':
        return countFact(kase, 'electorate-size', base.thisGroup ? electorateKey(base.id, groupOfCase(kase)) : base.id)
      case 'bodies':
        return countFact(kase, 'bodies', base.id)
      case 'quorum':
        return quorumOf(kase, rulebook, base.body)
      default:
        return null
    }
  }

/** Votes in a body: for, against and present; `fields` holds them by class where a rule counts by class. */
type BodyVotes = { readonly for: number; readonly against: number; readonly present: number }

const seatBases =
  (kase: Case, rulebook: Rulebook, body: string, votes: BodyVotes | null): Bases =>
  (base) => {
    if (base.kind === 'seats') {
      const rule = provision(rulebook, 'body', body)?.rule
      const filled = countFact(kase, 'body-size', base.ofClass === null ? body : `${body} ${base.ofClass}`)
      if (base.sitting) return rule?.sits?.of ?? null
      if (base.filled || rule?.instances === 'many') return filled
      return seatsOf(rulebook, body, base.ofClass) ?? filled
    }
    if (base.kind !== 'votes') return statedBases(kase, rulebook)(base)
    if (votes === null) return null
    if (base.of === 'present') return votes.present
    return base.of === 'for-and-against' || base.of === 'votes-cast' ? votes.for + votes.against : null
  }

/** How a body voted, as its `resolution` fact says, against its quorum and its own rule for deciding. */
export type BodyVote = { readonly reasons: readonly Reason[]; readonly carried: boolean }

/** What a stage says about a vote in place of the body's own rules. */
export type VoteRules = { readonly quorum: boolean; readonly tie: string | null }

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
  votes: BodyVotes | null,
  rules: VoteRules | null = null,
): BodyVote {
  const found = provision(rulebook, 'body', body)
  if (found === null || votes === null) return { reasons: [reason('missing-fact', clause, named('body', body))], carried: false }
  const own = cite(rulebook, found.clause)
  const bases = seatBases(kase, rulebook, body, votes)
  const measured = measuredBy(votes, fieldsFact(kase, 'resolution', body))
  const quorum = judgeCondition(found.rule.quorum, measured, bases)
  const reasons: Reason[] = []
  const counts = rules?.quorum !== false
  if (counts && quorum === null) reasons.push(reason('missing-fact', own, named('body', body)))
  else if (counts && quorum?.holds === false) reasons.push(tooFew('short-support', own, 'seats', quorum.needed, quorum.actual))
  const judged = (pass ?? found.rule.decides.pass).map((condition) => judgeCondition(condition, measured, bases))
  const known = judged.every((j) => j !== null)
  if (!known) reasons.push(reason('missing-fact', own, named('body', body)))
  const tie = votes.for === votes.against ? tieOf(kase, body, rules?.tie ?? found.rule.decides.tie) : false
  if (tie === null) reasons.push(reason('missing-fact', own, named('body', body)))
  return { reasons, carried: known && (judged.every((j) => j.holds) || tie === true) }
}

/** What a tie comes to; null while the chair has not said. */
const tieOf = (kase: Case, body: string, tie: string): boolean | null => {
  if (tie !== 'casting vote' && tie !== 'lot in public') return tie === 'carried'
  const said = factOf(kase, tie === 'casting vote' ? 'casting-vote' : 'lot', body)?.value
  return typeof said === 'boolean' ? said : null
}

const measuredBy =
  (votes: BodyVotes, fields: FactFields | null): Measured =>
  (measure, ofClass) => {
    const word = measure === 'yes' ? 'for' : measure
    if (ofClass !== null) return fields?.count(`${word}-${ofClass}`) ?? null
    return measure === 'yes' ? votes.for : measure === 'present' ? votes.present : (fields?.count(word) ?? null)
  }

/** The vote a `resolution` fact states, or null when it states none that adds up. */
function resolutionOf(kase: Case, body: string): BodyVotes | null {
  const fact = fieldsFact(kase, 'resolution', body)
  const inFavour = fact?.count('for') ?? null
  const against = fact?.count('against') ?? null
  if (fact === null || inFavour === null || against === null) return null
  const present = fact.count('present') ?? inFavour + against
  return present >= inFavour + against ? { for: inFavour, against, present } : null
}

/** What a meeting came to by consensus; null where it voted. */
const consensusAt = ({ way, outcome }: Resolution): boolean | null => (way === 'consensus' ? outcome === 'carried' : null)

/**
 * What a body that first seeks consensus came to, where its `resolution` fact says how many were `objecting`: too few to block it, or so many that by
 * its rule the motion falls. Null: it came to a vote.
 */
function consensusIn(kase: Case, rulebook: Rulebook, body: string): boolean | null {
  const rule = provision(rulebook, 'body', body)?.rule.decides.consensus ?? null
  const objecting = fieldsFact(kase, 'resolution', body)?.count('objecting') ?? null
  if (rule === null || objecting === null) return null
  const blocking = neededFor(rule.blockedBy, seatBases(kase, rulebook, body, resolutionOf(kase, body)))
  if (blocking !== null && objecting < blocking) return true
  return rule.then === 'falls' ? false : null
}

/** Why a body has not resolved what the act says it did; `wanted`: the motion must have been carried, or lost. */
export function bodyReasons(
  kase: Case,
  rulebook: Rulebook,
  body: string,
  pass: readonly Condition[] | null,
  clause: Citation,
  wanted: boolean,
  rules: VoteRules | null = null,
): readonly Reason[] {
  const own = cite(rulebook, provision(rulebook, 'body', body)?.clause ?? '0')
  const inMeeting = knownResolution(kase.state.movement, body, String(kase.act.decision))
  if (inMeeting === 'outside') return [reason('wrong-stage', own, named('stage', 'meeting'), named('body', body))]
  const votes = inMeeting === null ? resolutionOf(kase, body) : inMeeting.resolution
  const agreed = inMeeting === null ? consensusIn(kase, rulebook, body) : consensusAt(inMeeting.resolution)
  if (agreed !== null)
    return agreed === wanted ? [] : [reason('not-carried', own, none, { unit: 'votes', count: votes?.for ?? 0 })]
  const { reasons, carried } = bodyVote(kase, rulebook, body, pass, clause, votes, rules)
  if (votes === null || reasons.length > 0 || carried === wanted) return reasons
  return [reason('not-carried', own, none, { unit: 'votes', count: votes.for }, none)]
}
