import { assert, instant, type Instant } from '@quorate/kernel'
import type { Citation, EditionNumber } from '../terms.ts'
import { nextDeadline, type Agenda } from './agenda.ts'
import { appealOf } from './appeal.ts'
import { meetingOf, type Meeting } from './meeting.ts'
import type { Movement, MovementEvent } from './movement.ts'
import { sanctionOf } from './sanction.ts'
import type { Seat } from './seat.ts'
import { rowOf } from './table.ts'

/** What falls by time alone: when, under which clause, and what that does. Read from the state, which keeps every time-out it was told. */
export type MovementFall = {
  readonly at: Instant
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly did: MovementEvent
}

type Part = {
  readonly agenda: Agenda
  readonly fall: (movement: Movement, id: string, at: Instant) => Omit<MovementFall, 'at'> | null
}

/** The parts that have deadlines, in the order in which equal instants fall. */
const parts = (m: Movement): readonly Part[] => [
  { agenda: m.life.agenda, fall: foundingFall },
  { agenda: m.facts.agenda, fall: factFall },
  { agenda: m.emergencies.agenda, fall: emergencyFall },
  { agenda: m.orders.agenda, fall: orderFall },
  { agenda: m.appeals.agenda, fall: appealFall },
  { agenda: m.sanctions.agenda, fall: sanctionFall },
  { agenda: m.delegations.agenda, fall: delegationFall },
  { agenda: m.meetings.agenda, fall: meetingFall },
  { agenda: m.seats.agenda, fall: seatFall },
]

/** What has fallen must not fall again: else time alone would never be done. */
export function assertCleared(after: Movement, fall: MovementFall): void {
  const next = nextFall(after, fall.at)
  assert(
    next === null || next.at !== fall.at || JSON.stringify(next.did) !== JSON.stringify(fall.did),
    `what falls clears its deadline: ${fall.did.kind}`,
  )
}

/** The next thing that falls for the movement at or before `now`, or null. Costs a look at the first deadline of each part. */
export function nextFall(movement: Movement, now: Instant): MovementFall | null {
  let first: MovementFall | null = null
  for (const { agenda, fall } of parts(movement)) {
    const next = nextDeadline(agenda)
    if (next === null || next.at > now || (first !== null && first.at <= next.at)) continue
    const found = fall(movement, next.id, next.at)
    if (found !== null) first = { at: next.at, ...found }
  }
  return first
}

function foundingFall({ life }: Movement): Omit<MovementFall, 'at'> | null {
  const { founding } = life
  return founding === null ? null : { clause: founding.clause, edition: founding.edition, did: { kind: 'founding-closed' } }
}

function factFall({ facts }: Movement, id: string, at: Instant): Omit<MovementFall, 'at'> | null {
  const statement = rowOf(facts.byFact, id)
  if (statement === null) return null
  const { clause, edition, fact, challenge } = statement
  const answered = challenge !== null && challenge.answerBy === at
  return {
    clause,
    edition,
    did: answered ? { kind: 'fact-answered', fact, outcome: challenge.timeout } : { kind: 'fact-expired', fact },
  }
}

function emergencyFall({ emergencies }: Movement, _: string, at: Instant): Omit<MovementFall, 'at'> | null {
  const { last } = emergencies
  if (last === null) return null
  const why = at < last.lapsesAt ? 'not ratified' : 'lapsed'
  return { clause: last.clause, edition: last.edition, did: { kind: 'emergency-ended', why } }
}

function orderFall({ orders }: Movement, id: string): Omit<MovementFall, 'at'> | null {
  const order = rowOf(orders.byId, id)
  return order === null
    ? null
    : { clause: order.clause, edition: order.edition, did: { kind: 'order-ended', order: id, why: 'time' } }
}

function appealFall({ appeals }: Movement, id: string): Omit<MovementFall, 'at'> | null {
  const appeal = appealOf(appeals, id)
  return appeal === null
    ? null
    : { clause: appeal.clause, edition: appeal.edition, did: { kind: 'appeal-decided', appeal: id, outcome: appeal.timeout } }
}

function sanctionFall({ sanctions }: Movement, id: string): Omit<MovementFall, 'at'> | null {
  const sanction = sanctionOf(sanctions, id)
  return sanction === null
    ? null
    : { clause: sanction.clause, edition: sanction.edition, did: { kind: 'sanction-ended', sanction: id, why: 'time' } }
}

function delegationFall({ delegations }: Movement, id: string): Omit<MovementFall, 'at'> | null {
  const lent = rowOf(delegations.byId, id)
  return lent === null
    ? null
    : { clause: lent.clause, edition: lent.edition, did: { kind: 'delegation-ended', delegation: id, why: 'time' } }
}

function meetingFall({ meetings }: Movement, id: string): Omit<MovementFall, 'at'> | null {
  const meeting = meetingOf(meetings, id)
  return meeting === null ? null : { clause: meeting.clause, edition: meeting.edition, did: inquorate(meeting) }
}

/** Too few came in time: the meeting is held again on its second date, and after that not any more. */
function inquorate({ id, at, second, waitsUntil }: Meeting): MovementEvent {
  if (second === null) return { kind: 'meeting-lapsed', meeting: id }
  const waits = waitsUntil === null ? null : instant(second.at + (waitsUntil - at))
  return { kind: 'meeting-adjourned', meeting: id, to: second.at, then: `${id}+`, quorum: second.quorum, waitsUntil: waits }
}

function seatFall({ seats }: Movement, key: string, at: Instant): Omit<MovementFall, 'at'> | null {
  const seat = rowOf(seats.byKey, key)
  return seat === null ? null : { clause: seat.clause, edition: seat.edition, did: overdue(seat, at) }
}

function overdue(seat: Seat, at: Instant): MovementEvent {
  const ended = seat.holders.find((t) => t.leavesAt === at)
  if (ended === undefined) return { kind: 'vacancy-overdue', place: seat.place }
  return { kind: 'seat-left', place: seat.place, person: ended.person, why: 'term ended', fillBy: null }
}
