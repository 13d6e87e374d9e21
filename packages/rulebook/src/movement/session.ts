import { seatsOf } from '../decision/body-vote.ts'
import { parseCondition } from '../language/expression.ts'
import { judgeCondition } from '../measure.ts'
import { provision, type Provision } from '../language/model.ts'
import { moment, named, none, people, reason, tooFew } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { Citation } from '../terms.ts'
import { bodyBases, type Votes } from './authority.ts'
import { noRule, type Judgement, type Judging } from './judging.ts'
import { meetingOf, type Meeting } from './meeting.ts'
import { sittingsOf } from './sitting.ts'
import { ordersOfBody } from './standing-orders.ts'

/** A meeting, and the rule of the body that holds it. */
export type Session = { readonly meeting: Meeting; readonly body: Provision<'body'>; readonly clause: Citation }

/** A meeting by its id, under the edition it was called under. */
export function sessionOf(j: Judging, id: string): Session | null {
  const meeting = meetingOf(j.movement.meetings, id)
  // A meeting goes on under the edition it was called under: its notice has told people those rules.
  const rulebook = meeting === null ? j.rulebook : (j.editions.byNumber.get(meeting.edition) ?? j.rulebook)
  const body = meeting === null ? null : provision(rulebook, 'body', meeting.body)
  return meeting === null || body === null ? null : { meeting, body, clause: meeting.clause }
}

/** There is no such meeting. */
export const noMeeting = (j: Judging): Judgement => noRule(j, 'call-meeting')

/** Seats of a body that the people named sit in: joint holders make one. */
export function seatsPresent(
  j: Judging,
  meeting: Meeting,
  persons: readonly string[],
): { readonly seats: number; readonly strangers: number } {
  const keys = new Set<string>()
  let strangers = 0
  for (const person of new Set(persons)) {
    const own = sittingsOf(j.rulebook, j.movement, person, meeting.body, meeting.group, j.now)
    if (own.length === 0) strangers += 1
    for (const { key } of own) keys.add(key)
  }
  return { seats: keys.size, strangers }
}

/** A meeting of everyone in an electorate, who are counted and not named. */
export const isGeneral = (body: Provision<'body'>): boolean => body.rule.seats.some((s) => s.everyoneIn !== null)

/** How many count as present, by name in a body of seats and by number in a general meeting; null when what is said does not add up. */
export function presence(
  j: Judging,
  found: Session,
  said: { readonly persons: readonly string[]; readonly present: number },
): number | null {
  const known = seatsPresent(j, found.meeting, said.persons)
  if (isGeneral(found.body)) return said.persons.length === 0 ? said.present : null
  // Seats nobody has told the movement of: then the number is a statement of the chair, like a show of hands.
  if (j.movement.seats.byKey.size === 0) return said.present
  return known.strangers === 0 && known.seats === said.present ? known.seats : null
}

/** Why there are too few to begin or to vote. */
export function quorumReasons(j: Judging, found: Session, present: number, recused: number): readonly Reason[] {
  const { meeting, clause } = found
  const orders = ordersOfBody(j.rulebook, j.movement, meeting.body, meeting.group)
  if (meeting.quorum === 'those present') return present > 0 ? [] : [tooFew('short-support', clause, 'people', 1, 0)]
  const own = meeting.quorum === null ? null : parseCondition(meeting.quorum)
  const quorum = own?.kind === 'ok' ? own.value : (orders?.quorum ?? found.body.rule.quorum)
  const votes: Votes = { for: 0, against: 0, present, recused, noticedAt: meeting.calledAt }
  const judged = judgeCondition(
    quorum,
    (m) => (m === 'present' ? present : null),
    bodyBases(j, j.rulebook, j.movement, meeting.body, meeting.group, votes),
  )
  if (judged === null) return [reason('missing-fact', clause, named('body', meeting.body))]
  return judged.holds
    ? []
    : [tooFew('short-support', clause, isGeneral(found.body) ? 'people' : 'seats', judged.needed, judged.actual)]
}

/** Why those said to be there cannot be, or vote for more people than they may. */
export function presentReasons(
  j: Judging,
  found: Session,
  said: { readonly persons: readonly string[]; readonly present: number; readonly proxies: number },
): readonly Reason[] {
  const { meeting, clause, body } = found
  const reasons: Reason[] = []
  const seats = seatsOf(j.rulebook, meeting.body)
  if (presence(j, found, said) === null) reasons.push(reason('not-eligible', clause, named('body', meeting.body)))
  if (seats !== null && !isGeneral(body) && said.present > seats)
    reasons.push(tooFew('short-support', clause, 'seats', said.present, seats))
  const { proxy } = body.rule
  const most = proxy === null || proxy.kind === 'none' ? 0 : proxy.kind === 'any number' ? Infinity : proxy.count * said.present
  if (said.proxies > most) reasons.push(reason('no-power', clause, none, people(said.proxies)))
  return reasons
}

/** Why a meeting is not open. */
export function openReasons(j: Judging, { meeting, clause }: Session): readonly Reason[] {
  if (meeting.state !== 'open') return [reason('wrong-stage', clause, named('stage', 'meeting'))]
  return meeting.openedAt !== null && j.now < meeting.openedAt
    ? [reason('too-early', clause, moment(meeting.openedAt), moment(j.now))]
    : []
}
