import { after } from '../calendar.ts'
import { factOf, moment, named, none, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { Pseudonym } from '../terms.ts'
import { actorOf, judgement, type Does, type Judgement, type Judging } from './judging.ts'
import { isGeneral, noMeeting, openReasons, presence, presentReasons, quorumReasons, sessionOf, type Session } from './session.ts'
import { knowsHolders, officeHeld } from './sitting.ts'

/** Opens a meeting at its time, when enough have come. Before that it waits, and then is held again or lapses. */
export function judgeOpen(j: Judging, does: Does<'open-meeting'>): Judgement {
  const found = sessionOf(j, does.meeting)
  if (found === null) return noMeeting(j)
  const { meeting, clause } = found
  const reasons: Reason[] = []
  if (meeting.state !== 'called') reasons.push(reason('wrong-stage', clause, named('stage', 'meeting'), none))
  if (j.now < meeting.at) reasons.push(reason('too-early', clause, moment(meeting.at), moment(j.now)))
  if (meeting.waitsUntil !== null && j.now > meeting.waitsUntil)
    reasons.push(reason('too-late', clause, moment(meeting.waitsUntil), moment(j.now)))
  reasons.push(...presentReasons(j, found, does))
  const present = presence(j, found, does)
  if (present !== null) reasons.push(...quorumReasons(j, found, present, 0))
  reasons.push(...presidingReasons(j, found, does))
  const { chair, persons, proxies } = does
  const event = { kind: 'meeting-opened', meeting: meeting.id, chair, persons, present: present ?? 0, proxies } as const
  return judgement(clause, reasons, event, [meeting.event], j.now < meeting.at ? meeting.at : null)
}

/**
 * Who presides: the holder of the office that does, and where that holder is not there, the next whom `else` names. Of a general meeting nobody is named
 * as present, so that somebody is away is stated: fact `absent` (office). Where nobody is known to hold the office, anybody may.
 */
function presidingReasons(j: Judging, { body, clause }: Session, does: Does<'open-meeting'>): readonly Reason[] {
  const rule = body.rule.chair
  if (rule === null) return []
  const holds = (office: string, person: Pseudonym): boolean =>
    officeHeld(j.rulebook, j.movement, office, null, person, j.now).length > 0
  const isThere = (office: string): boolean =>
    isGeneral(body)
      ? knowsHolders(j.movement, office, null) && factOf(j, 'absent', office)?.value !== true
      : does.persons.some((person) => holds(office, person))
  if (!knowsHolders(j.movement, rule.is, null) || holds(rule.is, does.chair)) return []
  const wrong = (office: string): readonly Reason[] => [reason('not-eligible', clause, named('office', office))]
  if (isThere(rule.is)) return wrong(rule.is)
  for (const next of rule.else ?? []) {
    if (next.kind === 'chosen by the meeting') return isGeneral(body) || does.persons.includes(does.chair) ? [] : wrong(rule.is)
    if (holds(next.office, does.chair)) return []
    if (isThere(next.office)) return wrong(next.office)
  }
  return rule.else === null ? [] : wrong(rule.is)
}

/** Counts anew who is there. */
export function judgePresent(j: Judging, does: Does<'count-present'>): Judgement {
  const found = sessionOf(j, does.meeting)
  if (found === null) return noMeeting(j)
  const { meeting, clause } = found
  const reasons = [...openReasons(j, found), ...presentReasons(j, found, does)]
  const present = presence(j, found, does) ?? 0
  const { persons, proxies } = does
  return judgement(clause, reasons, { kind: 'present-counted', meeting: meeting.id, persons, present, proxies }, [meeting.event])
}

/** Adjourns an open meeting to a later time: by its chair, with the items it has not resolved. */
export function judgeAdjourn(j: Judging, does: Does<'adjourn-meeting'>): Judgement {
  const found = sessionOf(j, does.meeting)
  if (found === null) return noMeeting(j)
  const { meeting, clause, body } = found
  const reasons = [...openReasons(j, found), ...chairReasons(j, found)]
  if (does.to <= j.now) reasons.push(reason('too-early', clause, moment(j.now), moment(does.to)))
  const waitsUntil = body.rule.adjourn === null ? null : after(does.to, body.rule.adjourn.inquorateAfter, j.reckoning)
  const event = {
    kind: 'meeting-adjourned',
    meeting: meeting.id,
    to: does.to,
    then: `${meeting.id}+`,
    quorum: meeting.quorum,
    waitsUntil,
  } as const
  return judgement(clause, reasons, event, [meeting.event])
}

/** Whether the one who acts is in the chair of this meeting. */
function chairReasons(j: Judging, { meeting, clause, body }: Session): readonly Reason[] {
  const person = actorOf(j)
  if (person !== null && person === meeting.chair) return []
  const office = body.rule.chair?.is ?? 'chair'
  const held =
    person === null || j.act.as !== `office ${office}` ? [] : officeHeld(j.rulebook, j.movement, office, null, person, j.now)
  return held.length > 0 ? [] : [reason('not-eligible', clause, named('office', office))]
}

/** Closes an open meeting. */
export function judgeClose(j: Judging, does: Does<'close-meeting'>): Judgement {
  const found = sessionOf(j, does.meeting)
  if (found === null) return noMeeting(j)
  return judgement(
    found.clause,
    [...openReasons(j, found), ...chairReasons(j, found)],
    { kind: 'meeting-closed', meeting: found.meeting.id },
    [found.meeting.event],
  )
}
