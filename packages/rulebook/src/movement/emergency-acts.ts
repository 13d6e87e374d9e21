import type { Instant } from '@quorate/kernel'
import { after } from '../calendar.ts'
import { cite, onlyProvision, provision, type Provision } from '../language/model.ts'
import { moment, named, none, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { decisionOf, marksOf } from '../state.ts'
import { bodyAuthority, powerWays, voteAuthority } from './authority.ts'
import { emergencyAt } from './emergency.ts'
import { factHolds } from './fact.ts'
import { done, judgement, noRule, type Does, type Effect, type Judgement, type Judging } from './judging.ts'
import { secondDate } from './call-acts.ts'
import { meetingOf } from './meeting.ts'

/** Declares an emergency: its fact holds, its vote is there, and none went before within the time the rule leaves between. */
export function judgeEmergency(j: Judging, does: Does<'declare-emergency'>): Judgement {
  const found = onlyProvision(j.rulebook, 'emergency')
  if (found === null) return noRule(j, 'emergency-measure')
  const { rule } = found
  const clause = cite(j.rulebook, found.clause)
  const by = voteAuthority(j, rule.by, null, does.under, ['emergency-measure'], clause)
  const reasons: Reason[] = [...by.reasons]
  if (!factHolds(j.movement.facts, rule.when.fact, j.now))
    reasons.push(reason('missing-fact', clause, named('stage', rule.when.fact)))
  const { last } = j.movement.emergencies
  if (last !== null && last.endedAt === null) reasons.push(reason('already-done', clause, moment(last.lapsesAt)))
  const free =
    last?.endedAt == null ? null : rule.again === null ? last.endedAt : after(last.endedAt, rule.again.length, j.reckoning)
  if (free !== null && j.now < free) reasons.push(reason('too-early', clause, moment(free), moment(j.now)))
  const lapsesAt = after(j.now, rule.lapses, j.reckoning)
  const ratifyBy = after(j.now, rule.ratify.within, j.reckoning)
  const event = { kind: 'emergency-declared', lapsesAt, ratifyBy, timeout: rule.ratify.timeout } as const
  return judgement(clause, reasons, event, by.relies, reasons.length === 1 ? free : null)
}

/** Ratifies an emergency in time. That makes it last no longer than its clause says. */
export function judgeRatify(j: Judging, does: Does<'ratify-emergency'>): Judgement {
  const found = onlyProvision(j.rulebook, 'emergency')
  const emergency = emergencyAt(j.movement.emergencies, j.now)
  if (found === null) return noRule(j, 'emergency-measure')
  const clause = cite(j.rulebook, found.clause)
  const by = bodyAuthority(j, found.rule.ratify.by, null, does.under, clause)
  const reasons: Reason[] = [...by.reasons]
  if (emergency === null) reasons.push(reason('wrong-stage', clause))
  else {
    if (emergency.ratifiedAt !== null) reasons.push(reason('already-done', clause))
    if (j.now >= emergency.ratifyBy) reasons.push(reason('too-late', clause, moment(emergency.ratifyBy), moment(j.now)))
  }
  return judgement(clause, reasons, { kind: 'emergency-ratified' }, [
    ...by.relies,
    ...(emergency === null ? [] : [emergency.event]),
  ])
}

const measures = {
  'ballot opening': 'postpone opening of ballot',
  'ballot closing': 'postpone closing of ballot',
  meeting: 'postpone meeting',
} as const

/** Puts off a meeting or a ballot: under the power to postpone, or as a measure of an emergency, where its short list has it. */
export function judgePostpone(j: Judging, does: Does<'postpone'>): readonly Judgement[] {
  const wanted = measures[does.what.kind]
  const found = onlyProvision(j.rulebook, 'emergency')
  const moved = movedTo(j, does)
  const byPower = powerWays(j, 'postpone', null, does.under).map((way) =>
    judgement(way.clause, [...way.reasons, ...moved.reasons(way.clause)], moved.effects, way.relies),
  )
  return found === null
    ? byPower.length > 0
      ? byPower
      : [noRule(j, 'postpone')]
    : [...byPower, inEmergency(j, does, found, wanted, moved)]
}

type Moved = { readonly reasons: (clause: Judgement['clause']) => readonly Reason[]; readonly effects: readonly Effect[] }

function inEmergency(j: Judging, does: Does<'postpone'>, found: Provision<'emergency'>, wanted: string, moved: Moved): Judgement {
  const clause = cite(j.rulebook, found.clause)
  const emergency = emergencyAt(j.movement.emergencies, j.now)
  const by = voteAuthority(j, found.rule.by, null, does.under, ['emergency-measure'], clause)
  const reasons: Reason[] = [...by.reasons, ...moved.reasons(clause)]
  if (emergency === null) reasons.push(reason('wrong-stage', clause, named('stage', 'emergency')))
  const may: readonly string[] = found.rule.may
  const never: readonly string[] = found.rule.never
  if (!may.includes(wanted) || never.includes(wanted)) reasons.push(reason('no-power', clause, named('power', 'postpone'), none))
  // Nothing that an emergency does may outlast it.
  if (emergency !== null && does.to > emergency.lapsesAt)
    reasons.push(reason('too-late', clause, moment(emergency.lapsesAt), moment(does.to)))
  return judgement(clause, reasons, moved.effects, [...by.relies, ...(emergency === null ? [] : [emergency.event])])
}

function movedTo(j: Judging, { what, to }: Does<'postpone'>): Moved {
  if (what.kind === 'meeting') return movedMeeting(j, what.meeting, to)
  const decision = decisionOf(j.state, what.decision)
  const stage = Object.entries(decision?.stages ?? {}).find(
    ([, marks]) => marks.box.opensAt !== null && marks.box.closedAt === null,
  )?.[0]
  if (decision === null || stage === undefined)
    return { reasons: (clause) => [reason('wrong-stage', clause, named('stage', 'ballot'))], effects: [] }
  const { box } = marksOf(decision, stage)
  const [from, until] = [box.opensAt, box.closesAt]
  const isOpening = what.kind === 'ballot opening'
  const limit = isOpening ? from : until
  const reasons = (clause: Judgement['clause']): readonly Reason[] => {
    if (from === null || until === null || limit === null || to <= limit)
      return [reason('too-early', clause, limit === null ? none : moment(limit), moment(to))]
    return isOpening && box.openedAt !== null ? [reason('too-late', clause, moment(box.openedAt), moment(j.now))] : []
  }
  if (from === null || until === null) return { reasons, effects: [] }
  // The period stays what it was: nobody loses a day to vote in.
  const closesAt = isOpening ? ((to + (until - from)) as Instant) : to // an instant moved by whole milliseconds is one
  const body = isOpening ? ({ kind: 'scheduled', opensAt: to, closesAt } as const) : ({ kind: 'extended', closesAt } as const)
  return { reasons, effects: [{ on: decision.id, stage, body }] }
}

function movedMeeting(j: Judging, id: string, to: Instant): Moved {
  const meeting = meetingOf(j.movement.meetings, id)
  const body = meeting === null ? null : provision(j.rulebook, 'body', meeting.body)
  const waits = body?.rule.adjourn?.inquorateAfter
  const waitsUntil = waits === undefined ? null : after(to, waits, j.reckoning)
  const second = body === null ? null : secondDate(j, body, to)
  return {
    reasons: (clause) => {
      if (meeting?.state !== 'called') return [reason('wrong-stage', clause, named('stage', 'meeting'))]
      return to <= meeting.at ? [reason('too-early', clause, moment(meeting.at), moment(to))] : []
    },
    effects: [done({ kind: 'meeting-postponed', meeting: id, to, waitsUntil, second })],
  }
}
