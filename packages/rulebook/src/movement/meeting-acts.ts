import { civilDateOf, type Instant } from '@quorate/kernel'
import { seatsOf } from '../body-vote.ts'
import { after, before, latest } from '../calendar.ts'
import { parseCondition, type Threshold } from '../expression.ts'
import { printCondition } from '../expression-print.ts'
import { judgeCondition, neededFor } from '../measure.ts'
import { cite, provision, type Provision } from '../model.ts'
import { countFact, fieldsFact, moment, named, none, people, reason, tooFew } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { decisionOf } from '../state.ts'
import type { Citation } from '../terms.ts'
import {
  actorsAuthority,
  bodyBases,
  meets,
  officeHeld,
  powerWays,
  seatAuthority,
  type Authority,
  type Votes,
} from './authority.ts'
import { recusedFrom } from './interest.ts'
import { actorOf, judgement, noRule, type Does, type Judgement, type Judging } from './judging.ts'
import { bodyKey, meetingOf, type Meeting, type SecondDate } from './meeting.ts'
import { emptySeatReasons } from './seat-acts.ts'
import { seatKey, seatsHeldBy } from './seat.ts'
import { ordersOfBody } from './standing-orders.ts'
import { rowOf } from './table.ts'

/** Calls a meeting: by whom the rule names, or by requisition; notice and agenda counted back from its date. */
export function judgeCall(j: Judging, does: Does<'call-meeting'>): readonly Judgement[] {
  const found = provision(j.rulebook, 'body', does.body)
  const rule = found?.rule.meets ?? null
  if (found === null || rule === null || (found.rule.instances === 'many') !== (does.group !== null))
    return [noRule(j, 'call-meeting')]
  const clause = cite(j.rulebook, found.clause)
  const common = [
    ...(meetingOf(j.movement.meetings, does.meeting) === null ? [] : [reason('already-done', clause)]),
    ...noticeReasons(j, found, does, clause),
  ]
  const waits = found.rule.adjourn === null ? null : after(does.at, found.rule.adjourn.inquorateAfter, j.reckoning)
  const { meeting, body, group, at, items } = does
  const second = secondDate(j, found, does.at)
  const event = { kind: 'meeting-called', meeting, body, group, at, items, waitsUntil: waits, second } as const
  const earliest = earliestDate(j, found, does.group)
  const by = (own: Authority): Judgement =>
    judgement(clause, [...own.reasons, ...common], event, own.relies, common.length > 0 ? earliest : null)
  const own = [by(actorsAuthority(j, rule.by, group, does.under, clause))]
  const asked = rule.or === null ? [] : [by(requisition(j, rule.or, does, clause))]
  const late =
    rule.ifNotHeldBy === null || !isMissed(j, does, rule.ifNotHeldBy.date.day)
      ? []
      : [by(actorsAuthority(j, rule.ifNotHeldBy.then, group, does.under, clause))]
  const powers = powerWays(j, 'call-meeting', group, does.under).map((way) =>
    judgement(way.clause, [...way.reasons, ...common], event, way.relies),
  )
  const ways = [...own, ...asked, ...late, ...powers]
  return ways.length > 0 ? ways : [noRule(j, 'call-meeting')]
}

/** Whether the day by which the body had to meet this year has passed without a meeting since the one before. */
function isMissed(j: Judging, does: Does<'call-meeting'>, date: { readonly day: number; readonly month: string }): boolean {
  const today = civilDateOf(j.now, j.reckoning.zone)
  const due = `${today.slice(0, 4)}-${String(months.indexOf(date.month) + 1).padStart(2, '0')}-${String(date.day).padStart(2, '0')}`
  const last = rowOf(j.movement.meetings.lastHeld, bodyKey(does.body, does.group))
  return today > due && (last === null || civilDateOf(last, j.reckoning.zone) < `${today.slice(0, 4)}-01-01`)
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

type Requisition = NonNullable<NonNullable<Provision<'body'>['rule']['meets']>['or']>

/** Enough of those entitled have asked for it. Fact `requisition` (meeting id): how many; the one who acts is one of them. */
function requisition(j: Judging, or: Requisition, does: Does<'call-meeting'>, clause: Citation): Authority {
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
function noticeReasons(j: Judging, found: Provision<'body'>, does: Does<'call-meeting'>, clause: Citation): readonly Reason[] {
  const orders = ordersOfBody(j.rulebook, j.movement, found.rule.id, does.group)
  const reasons: Reason[] = []
  const received = receivedAt(j, does.meeting)
  for (const length of [orders?.notice ?? null, orders?.agenda ?? null]) {
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
  const { quorumThen } = rule
  return {
    at: after(at, rule.to.length, j.reckoning),
    quorum: quorumThen.kind === 'those present' ? 'those present' : printCondition(quorumThen.condition),
  }
}

type Found = { readonly meeting: Meeting; readonly body: Provision<'body'>; readonly clause: Citation }

function find(j: Judging, id: string): Found | null {
  const meeting = meetingOf(j.movement.meetings, id)
  // A meeting goes on under the edition it was called under: its notice has told people those rules.
  const rulebook = meeting === null ? j.rulebook : (j.editions.byNumber.get(meeting.edition) ?? j.rulebook)
  const body = meeting === null ? null : provision(rulebook, 'body', meeting.body)
  return meeting === null || body === null ? null : { meeting, body, clause: meeting.clause }
}

const noMeeting = (j: Judging): Judgement => noRule(j, 'call-meeting')

/** Puts items on the agenda, as long as its time before the meeting has not begun. */
export function judgeAddItems(j: Judging, does: Does<'add-items'>): Judgement {
  const found = find(j, does.meeting)
  if (found === null) return noMeeting(j)
  const { meeting, clause, body } = found
  const agenda = ordersOfBody(j.rulebook, j.movement, meeting.body, meeting.group)?.agenda ?? null
  const last = agenda === null ? meeting.at : before(meeting.at, agenda, j.reckoning)
  const reasons: Reason[] = []
  const meetsBy = body.rule.meets?.by ?? null
  const by = meetsBy === null ? { reasons: [], relies: [] } : actorsAuthority(j, meetsBy, meeting.group, { kind: 'own' }, clause)
  if (meeting.state !== 'called') reasons.push(reason('wrong-stage', clause, named('stage', 'meeting')))
  if (j.now > last) reasons.push(reason('too-late', clause, moment(last), moment(j.now)))
  if (meeting.continues !== null) reasons.push(reason('not-a-ground', clause)) // an adjourned meeting takes up only what it left
  return judgement(
    clause,
    [...by.reasons, ...reasons],
    { kind: 'items-added', meeting: meeting.id, items: does.items },
    by.relies,
  )
}

/** Seats of a body that the people named sit in: joint holders make one. */
function seatsPresent(
  j: Judging,
  meeting: Meeting,
  persons: readonly string[],
): { readonly seats: number; readonly strangers: number } {
  const keys = new Set<string>()
  let strangers = 0
  for (const person of new Set(persons)) {
    const own = seatsHeldBy(j.movement.seats, person).filter(
      (s) => s.place.of === 'body' && s.place.id === meeting.body && s.place.group === meeting.group,
    )
    if (own.length === 0) strangers += 1
    for (const seat of own) keys.add(seatKey(seat.place))
  }
  return { seats: keys.size, strangers }
}

const isGeneral = (body: Provision<'body'>): boolean => body.rule.seats.some((s) => s.everyoneIn !== null)

/** How many count as present, by name in a body of seats and by number in a general meeting; null when what is said does not add up. */
function presence(
  j: Judging,
  found: Found,
  said: { readonly persons: readonly string[]; readonly present: number },
): number | null {
  const known = seatsPresent(j, found.meeting, said.persons)
  if (isGeneral(found.body)) return said.persons.length === 0 ? said.present : null
  // Seats nobody has told the movement of: then the number is a statement of the chair, like a show of hands.
  if (j.movement.seats.byKey.size === 0) return said.present
  return known.strangers === 0 && known.seats === said.present ? known.seats : null
}

function quorumReasons(j: Judging, found: Found, present: number, recused: number): readonly Reason[] {
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

/** Opens a meeting at its time, when enough have come. Before that it waits, and then is held again or lapses. */
export function judgeOpen(j: Judging, does: Does<'open-meeting'>): Judgement {
  const found = find(j, does.meeting)
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
  const { chair, persons, proxies } = does
  const event = { kind: 'meeting-opened', meeting: meeting.id, chair, persons, present: present ?? 0, proxies } as const
  return judgement(clause, reasons, event, [meeting.event], j.now < meeting.at ? meeting.at : null)
}

function presentReasons(
  j: Judging,
  found: Found,
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

/** Counts anew who is there. */
export function judgePresent(j: Judging, does: Does<'count-present'>): Judgement {
  const found = find(j, does.meeting)
  if (found === null) return noMeeting(j)
  const { meeting, clause } = found
  const reasons = [...openReasons(j, found), ...presentReasons(j, found, does)]
  const present = presence(j, found, does) ?? 0
  const { persons, proxies } = does
  return judgement(clause, reasons, { kind: 'present-counted', meeting: meeting.id, persons, present, proxies }, [meeting.event])
}

function openReasons(j: Judging, { meeting, clause }: Found): readonly Reason[] {
  if (meeting.state !== 'open') return [reason('wrong-stage', clause, named('stage', 'meeting'))]
  return meeting.openedAt !== null && j.now < meeting.openedAt
    ? [reason('too-early', clause, moment(meeting.openedAt), moment(j.now))]
    : []
}

/** Takes a vote in an open meeting: on an item of its agenda, with a quorum of those without an interest in it. */
export function judgeResolve(j: Judging, does: Does<'resolve'>): Judgement {
  const found = find(j, does.meeting)
  if (found === null) return noMeeting(j)
  const { meeting, clause, body } = found
  const reasons: Reason[] = [...openReasons(j, found)]
  if (!meeting.items.includes(does.item)) reasons.push(reason('short-notice', clause, named('stage', 'agenda'), none))
  const out = recusedFrom(j.movement.interests, does.item).filter((i) => meeting.persons.includes(i.person))
  const outOfQuorum = seatsPresent(
    j,
    meeting,
    out.filter((i) => i.effect === 'leaves vote and quorum').map((i) => i.person),
  ).seats
  const outOfVote = seatsPresent(
    j,
    meeting,
    out.map((i) => i.person),
  ).seats
  const present = meeting.present - outOfQuorum
  reasons.push(...quorumReasons(j, found, present, outOfQuorum), ...emptySeatReasons(j, meeting.body, meeting.group))
  const cast = does.for + does.against + does.abstain
  const most = meeting.present - outOfVote + (does.way === 'hands' ? 0 : meeting.proxies)
  if (cast > most && !weighs(body)) reasons.push(reason('conflicted', clause, people(most), people(cast), people(cast - most)))
  if (Math.min(does.for, does.against, does.abstain) < 0) reasons.push(reason('missing-fact', clause))
  reasons.push(...wayReasons(j, found, does))
  const noted = { for: does.for, against: does.against, present, recused: outOfQuorum, noticedAt: meeting.calledAt }
  const outcome = outcomeOf(j, found, does, noted)
  if (outcome === null) reasons.push(reason('missing-fact', clause, named('body', meeting.body)))
  const { item, way, abstain, casting } = does
  const event = {
    kind: 'resolved',
    meeting: meeting.id,
    item,
    way,
    for: does.for,
    against: does.against,
    abstain,
    present,
    casting,
    outcome: outcome ?? 'fallen',
  } as const
  return judgement(clause, reasons, event, [meeting.event])
}

/** Seats of different weight: then the votes do not count heads. */
const weighs = (body: Provision<'body'>): boolean => body.rule.seats.some((s) => s.weight !== null)

/**
 * A casting vote is there only for a tie, only where the rule gives one, and not the chair's to use for a change where it is `for the status quo`. A
 * secret rule is not met by hands. Where hands are usual, a poll or a secret vote may be asked for: fact `asked` (meeting id) says by how many.
 */
function wayReasons(j: Judging, { body, clause, meeting }: Found, does: Does<'resolve'>): readonly Reason[] {
  const reasons: Reason[] = []
  const tied = does.for === does.against
  const chair = body.rule.chair?.castingVote ?? (body.rule.decides.tie === 'casting vote' ? 'as the chair decides' : 'none')
  const allowed = tied && body.rule.decides.tie === 'casting vote' && chair !== 'none'
  if (does.casting !== null && (!allowed || (chair === 'for the status quo' && does.casting === 'for')))
    reasons.push(reason('no-power', clause))
  const rule = body.rule.vote
  if (rule === 'secret' && does.way !== 'secret') reasons.push(reason('wrong-stage', clause, named('stage', 'ballot')))
  if (rule !== null && typeof rule === 'object') {
    const asked = fieldsFact(j, 'asked', meeting.id)
    const met = (need: Threshold | null, by: number): boolean => {
      const needed =
        need === null
          ? null
          : neededFor(need, (base) => (base.kind === 'votes' && base.of === 'present' ? meeting.present : null))
      return needed !== null && by >= needed
    }
    const secret = met(rule.secretIf, asked?.count('secret') ?? 0)
    const poll = met(rule.pollIf, asked?.count('poll') ?? 0)
    if (secret && does.way !== 'secret') reasons.push(reason('wrong-stage', clause, named('stage', 'ballot')))
    if ((poll || rule.hands === 'never') && does.way === 'hands')
      reasons.push(reason('wrong-stage', clause, named('stage', 'poll')))
  }
  return reasons
}

function outcomeOf(j: Judging, { meeting, body }: Found, does: Does<'resolve'>, votes: Votes): 'carried' | 'fallen' | null {
  if (does.for === does.against) {
    if (body.rule.decides.tie === 'carried') return 'carried'
    return does.casting === 'for' ? 'carried' : 'fallen'
  }
  const carried = meets(body.rule.decides.pass, votes, bodyBases(j, j.rulebook, j.movement, meeting.body, meeting.group, votes))
  return carried === null ? null : carried ? 'carried' : 'fallen'
}

/** Adjourns an open meeting to a later time: by its chair, with the items it has not resolved. */
export function judgeAdjourn(j: Judging, does: Does<'adjourn-meeting'>): Judgement {
  const found = find(j, does.meeting)
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
function chairReasons(j: Judging, { meeting, clause }: Found): readonly Reason[] {
  const person = actorOf(j)
  if (person !== null && person === meeting.chair) return []
  const held =
    person === null || !j.act.as.startsWith('office ')
      ? []
      : officeHeld(j.rulebook, j.movement, j.act.as.slice('office '.length), meeting.group, person, j.now)
  return held.length > 0 && j.act.as === 'office chair' ? [] : [reason('not-eligible', clause, named('office', 'chair'))]
}

/** Closes an open meeting. */
export function judgeClose(j: Judging, does: Does<'close-meeting'>): Judgement {
  const found = find(j, does.meeting)
  if (found === null) return noMeeting(j)
  return judgement(
    found.clause,
    [...openReasons(j, found), ...chairReasons(j, found)],
    { kind: 'meeting-closed', meeting: found.meeting.id },
    [found.meeting.event],
  )
}
