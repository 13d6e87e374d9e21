import { monthNames } from '../language/month-names.ts'
import { civilDateOf, civilTimeOf, type CivilTime, type Instant } from '@quorate/kernel'
import { after, before, latest, momentOf } from '../calendar.ts'
import { printCondition } from '../language/expression-print.ts'
import { neededFor } from '../measure.ts'
import { cite, provision, type Provision } from '../language/model.ts'
import { countFact, fieldsFact, moment, named, none, reason, tooFew } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { decisionOf } from '../state.ts'
import type { Citation } from '../terms.ts'
import { actorsAuthority, powerWays, seatAuthority, type Authority } from './authority.ts'
import { judgement, noRule, type Does, type Judgement, type Judging } from './judging.ts'
import { bodyKey, meetingOf, type SecondDate } from './meeting.ts'
import { noMeeting, sessionOf } from './session.ts'
import { ordersOfBody } from './standing-orders.ts'
import { rowOf } from './table.ts'

type Call = Does<'call-meeting'> | Does<'call-named-meeting'>

/** Calls a meeting: by whom the rule names, or by requisition; notice and agenda counted back from its date. */
export function judgeCall(j: Judging, does: Call): readonly Judgement[] {
  const found = provision(j.rulebook, 'body', does.body)
  const rule = found?.rule.meets ?? null
  if (found === null || rule === null || (found.rule.instances === 'many') !== (does.group !== null))
    return [noRule(j, 'call-meeting')]
  const clause = cite(j.rulebook, found.clause)
  const special = does.kind === 'call-meeting' ? null : provision(j.rulebook, 'meeting', does.named)
  if (does.kind === 'call-named-meeting' && special?.rule.of !== does.body) return [noRule(j, 'call-meeting')]
  const common = [
    ...(special === null ? [] : namedReasons(j, special, does)),
    ...(meetingOf(j.movement.meetings, does.meeting) === null ? [] : [reason('already-done', clause)]),
    ...noticeReasons(j, found, special, does, clause),
  ]
  const waits = found.rule.adjourn === null ? null : after(does.at, found.rule.adjourn.inquorateAfter, j.reckoning)
  const { meeting, body, group, at, items } = does
  const second = secondDate(j, found, does.at)
  const event = { kind: 'meeting-called', meeting, body, group, at, items, waitsUntil: waits, second } as const
  const earliest = earliestDate(j, found, does.group)
  const by = (own: Authority): Judgement =>
    judgement(clause, [...own.reasons, ...common], event, own.relies, common.length > 0 ? earliest : null)
  const own = [by(actorsAuthority(j, special?.rule.by ?? rule.by, group, does.under, clause))]
  const asked = rule.or === null ? [] : [by(requisition(j, rule.or, does, clause))]
  const instead = special?.rule.ifNotHeldBy ?? rule.ifNotHeldBy
  const late =
    instead === null || !isMissed(j, does, instead.date.day)
      ? []
      : [by(actorsAuthority(j, instead.then, group, does.under, clause))]
  const powers = powerWays(j, 'call-meeting', group, does.under).map((way) =>
    judgement(way.clause, [...way.reasons, ...common], event, way.relies),
  )
  const ways = [...own, ...asked, ...late, ...powers]
  return ways.length > 0 ? ways : [noRule(j, 'call-meeting')]
}

const calledFor = (j: Judging, at: Instant): CivilTime => civilTimeOf(at, j.reckoning.zone)

/** A named meeting is held in its month, at its hour, and has on its agenda what it must do: each as an item, such as `receive-accounts`. */
function namedReasons(j: Judging, { rule, clause }: Provision<'meeting'>, does: Call): readonly Reason[] {
  const cited = cite(j.rulebook, clause)
  const held = calledFor(j, does.at)
  const reasons: Reason[] = []
  const wrongMonth = rule.in !== null && Number(held.date.slice(5, 7)) !== monthNames.indexOf(rule.in) + 1
  const hour = `${String(held.hour).padStart(2, '0')}:${String(held.minute).padStart(2, '0')}`
  if (wrongMonth || (rule.at !== null && hour !== rule.at))
    reasons.push(reason('wrong-stage', cited, named('stage', rule.id), moment(does.at)))
  const missing = (rule.must ?? []).filter((must) => !does.items.includes(must.replaceAll(' ', '-')))
  if (missing.length > 0) reasons.push(reason('short-notice', cited, named('stage', 'agenda'), none))
  const last = rowOf(j.movement.meetings.lastHeld, bodyKey(does.body, does.group))
  const next = rule.every === null || last === null ? null : after(last, rule.every, j.reckoning)
  // Held at least so often: one that is called for later than that leaves too long between.
  if (next !== null && does.at > next) reasons.push(reason('too-late', cited, moment(next), moment(does.at)))
  return reasons
}

/** Whether the day by which the body had to meet this year has passed without a meeting since the one before. */
function isMissed(j: Judging, does: Call, date: { readonly day: number; readonly month: string }): boolean {
  const today = civilDateOf(j.now, j.reckoning.zone)
  const due = `${today.slice(0, 4)}-${String(monthNames.findIndex((name) => name === date.month) + 1).padStart(2, '0')}-${String(date.day).padStart(2, '0')}`
  const last = rowOf(j.movement.meetings.lastHeld, bodyKey(does.body, does.group))
  return today > due && (last === null || civilDateOf(last, j.reckoning.zone) < `${today.slice(0, 4)}-01-01`)
}

type Requisition = NonNullable<NonNullable<Provision<'body'>['rule']['meets']>['or']>

/** Enough of those entitled have asked for it. Fact `requisition` (meeting id): how many; the one who acts is one of them. */
function requisition(j: Judging, or: Requisition, does: Call, clause: Citation): Authority {
  const asked = countFact(j, 'requisition', does.meeting) ?? 0
  switch (or.kind) {
    case 'procedure <procedure>': {
      const decision = does.under.kind === 'decision' ? decisionOf(j.state, does.under.decision) : null
      const carried = decision?.procedure === or.procedure && decision.ended?.outcome === 'carried'
      return carried
        ? { reasons: [], relies: [`${decision.id}/${decision.events}`] }
        : { reasons: [reason('no-power', clause, named('procedure', or.procedure))], relies: [] }
    }
    case '<need>': {
      const needed = neededFor(or.need, (base) => (base.kind === 'electorate' ? countFact(j, 'electorate-size', base.id) : null))
      if (needed === null) return { reasons: [reason('missing-fact', clause)], relies: [] }
      return { reasons: asked < needed ? [tooFew('short-support', clause, 'people', needed, asked)] : [], relies: [] }
    }
    case '<count> people':
      return { reasons: asked < or.count ? [tooFew('short-support', clause, 'people', or.count, asked)] : [], relies: [] }
    case '<count> seated': {
      const own = seatAuthority(j, does.body, does.group, clause)
      const few = asked < or.count ? [tooFew('short-support', clause, 'seats', or.count, asked)] : []
      return { reasons: [...own.reasons, ...few], relies: own.relies }
    }
  }
}

/** Notice and agenda, counted back from the date of the meeting to when the call is deemed to have reached the last of those called. */
function noticeReasons(
  j: Judging,
  found: Provision<'body'>,
  special: Provision<'meeting'> | null,
  does: Call,
  clause: Citation,
): readonly Reason[] {
  const orders = ordersOfBody(j.rulebook, j.movement, found.rule.id, does.group)
  const reasons: Reason[] = []
  const received = receivedAt(j, does.meeting)
  const lengths = [special?.rule.notice ?? orders?.notice ?? null, special?.rule.agenda ?? orders?.agenda ?? null]
  for (const length of lengths) {
    if (length === null) continue
    // Clear days leave out the day of the notice and that of the meeting, so notice must be there before the first of them begins.
    const last = before(does.at, length, j.reckoning)
    const isClear = length.unit === 'clear days' || length.unit === 'working days'
    if (isClear ? received >= last : received > last) reasons.push(reason('short-notice', clause, moment(last), moment(received)))
  }
  if (does.at <= j.now) reasons.push(reason('too-early', clause, moment(j.now), moment(does.at)))
  return reasons
}

/** When the call is deemed received: the latest over the channels fact `notice` (meeting id) counts, or the service's first channel. */
function receivedAt(j: Judging, meeting: string): Instant {
  const service = provision(j.rulebook, 'service', 'notice')
  if (service === null) return j.now
  const fact = fieldsFact(j, 'notice', meeting)
  const used = service.rule.channels.filter((c) => (fact?.count(c) ?? 0) > 0)
  const channels: readonly string[] = used.length > 0 ? used : service.rule.channels.slice(0, 1)
  const rules = service.rule.deemedReceived.filter((row) => channels.includes(row.key))
  return latest(
    j.now,
    ...rules.map((row) => (row.value.kind === 'at sending' ? j.now : after(j.now, row.value.delay, j.reckoning))),
  )
}

/** The first instant a meeting called now could be held. */
function earliestDate(j: Judging, found: Provision<'body'>, group: string | null): Instant | null {
  const notice = ordersOfBody(j.rulebook, j.movement, found.rule.id, group)?.notice
  return notice == null ? null : after(j.now, notice, j.reckoning)
}

/** Where too few come: the same hour some days later, with the quorum the rule gives that meeting. */
export function secondDate(j: Pick<Judging, 'reckoning'>, found: Provision<'body'>, at: Instant): SecondDate | null {
  const rule = found.rule.adjourn
  if (rule === null) return null
  const { quorumThen, noticeThen } = rule
  const again = after(at, rule.to.length, j.reckoning)
  const waited = after(at, rule.inquorateAfter, j.reckoning)
  return {
    // Notice of the second date goes out when too few have come to the first.
    at: noticeThen === null ? again : latest(again, after(waited, noticeThen, j.reckoning)),
    quorum: quorumThen.kind === 'those present' ? 'those present' : printCondition(quorumThen.condition),
  }
}

/** Puts items on the agenda, as long as its time before the meeting has not begun. */
export function judgeAddItems(j: Judging, does: Does<'add-items'>): Judgement {
  const found = sessionOf(j, does.meeting)
  if (found === null) return noMeeting(j)
  const { meeting, clause, body } = found
  const agenda = ordersOfBody(j.rulebook, j.movement, meeting.body, meeting.group)?.agenda ?? null
  const last = agenda === null ? meeting.at : before(meeting.at, agenda, j.reckoning)
  const reasons: Reason[] = []
  const rule = body.rule.agenda
  const setters = [...(rule?.by ?? body.rule.meets?.by ?? []), ...(rule?.motionsFrom ?? [])]
  const [first, ...others] = setters
  const by =
    first === undefined
      ? { reasons: [], relies: [] }
      : actorsAuthority(j, [first, ...others], meeting.group, { kind: 'own' }, clause)
  const dueAt = rule?.due == null ? null : momentOf(rule.due, (anchor) => (anchor === 'meeting' ? meeting.at : null), j.reckoning)
  if (meeting.state !== 'called') reasons.push(reason('wrong-stage', clause, named('stage', 'meeting')))
  if (dueAt !== null && j.now >= dueAt) reasons.push(reason('too-late', clause, moment(dueAt), moment(j.now)))
  if (j.now > last) reasons.push(reason('too-late', clause, moment(last), moment(j.now)))
  // A meeting held again takes up only what it left, unless its rule lets it take up anything.
  const anything = meeting.inquorate === true && body.rule.adjourn?.mayThen?.some((may) => may.kind === 'any business') === true
  if (meeting.continues !== null && !anything) reasons.push(reason('not-a-ground', clause))
  return judgement(
    clause,
    [...by.reasons, ...reasons],
    { kind: 'items-added', meeting: meeting.id, items: does.items },
    by.relies,
  )
}
