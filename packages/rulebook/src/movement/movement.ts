import { appealOf, evolveAppeals, noAppeals, type AppealAct, type AppealEvent, type Appeals } from './appeal.ts'
import { evolveDelegations, noDelegations, type DelegationAct, type DelegationEvent, type Delegations } from './delegation.ts'
import { evolveEmergencies, noEmergency, type Emergencies, type EmergencyAct, type EmergencyEvent } from './emergency.ts'
import { evolveStatements, noStatements, type FactAct, type FactEvent, type Statements } from './fact.ts'
import { evolveLife, notFounded, type Life, type LifeAct, type LifeEvent } from './founding.ts'
import { evolveGroups, noGroups, type GroupAct, type GroupEvent, type Groups } from './group.ts'
import type { Head } from './head.ts'
import { evolveInterests, noInterests, type InterestAct, type InterestEvent, type Interests } from './interest.ts'
import { evolveMeetings, noMeetings, type MeetingAct, type MeetingEvent, type Meetings } from './meeting.ts'
import { evolveOrders, noOrders, type OrderAct, type OrderEvent, type Orders } from './order.ts'
import { evolveOutages, noOutages, type OutageAct, type OutageEvent, type Outages } from './outage.ts'
import { evolveSanctions, noSanctions, type SanctionAct, type SanctionEvent, type Sanctions } from './sanction.ts'
import { evolveSeats, noSeats, type SeatAct, type SeatEvent, type Seats } from './seat.ts'

/** What outlives any one decision: who sits where, meetings, groups, facts, orders, sanctions, appeals, and the beginning and the end. Plain JSON. */
export type Movement = {
  /** How many events it has had; the next is `0/(events + 1)`. */
  readonly events: number
  readonly seats: Seats
  readonly meetings: Meetings
  readonly groups: Groups
  readonly facts: Statements
  readonly orders: Orders
  readonly emergencies: Emergencies
  readonly interests: Interests
  readonly sanctions: Sanctions
  readonly appeals: Appeals
  readonly delegations: Delegations
  readonly outages: Outages
  readonly life: Life
}

/** Before anything. */
export const emptyMovement: Movement = {
  events: 0,
  seats: noSeats,
  meetings: noMeetings,
  groups: noGroups,
  facts: noStatements,
  orders: noOrders,
  emergencies: noEmergency,
  interests: noInterests,
  sanctions: noSanctions,
  appeals: noAppeals,
  delegations: noDelegations,
  outages: noOutages,
  life: notFounded,
}

/** What may be done outside any one decision. Closed; `kind` decides. */
export type MovementAct =
  | SeatAct
  | MeetingAct
  | GroupAct
  | FactAct
  | OrderAct
  | EmergencyAct
  | InterestAct
  | SanctionAct
  | AppealAct
  | DelegationAct
  | OutageAct
  | LifeAct

/** What happened outside any one decision. Closed; `kind` decides. */
export type MovementEvent =
  | SeatEvent
  | MeetingEvent
  | GroupEvent
  | FactEvent
  | OrderEvent
  | EmergencyEvent
  | InterestEvent
  | SanctionEvent
  | AppealEvent
  | DelegationEvent
  | OutageEvent
  | LifeEvent

/** The movement after an event. Total; reads no rule: a table of which part each kind of event belongs to. */
export function evolveMovement(before: Movement, event: MovementEvent, head: Head): Movement {
  const movement = { ...before, events: before.events + 1 }
  switch (event.kind) {
    case 'seat-filled':
    case 'seat-left':
    case 'vacancy-overdue':
    case 'acting-began':
    case 'substitute-named':
      return { ...movement, seats: evolveSeats(movement.seats, event, head) }
    case 'meeting-called':
    case 'items-added':
    case 'meeting-opened':
    case 'present-counted':
    case 'resolved':
    case 'meeting-adjourned':
    case 'meeting-closed':
    case 'meeting-lapsed':
    case 'meeting-postponed':
      return { ...movement, meetings: evolveMeetings(movement.meetings, event, head) }
    case 'group-recognised':
    case 'group-ended':
    case 'groups-merged':
    case 'standing-order-set':
      return { ...movement, groups: evolveGroups(movement.groups, event, head) }
    case 'fact-attested':
    case 'fact-challenged':
    case 'fact-answered':
    case 'fact-expired':
      return { ...movement, facts: evolveStatements(movement.facts, event, head) }
    case 'order-recorded':
    case 'review-listed':
    case 'order-ended':
      return { ...movement, orders: evolveOrders(movement.orders, event, head) }
    case 'emergency-declared':
    case 'emergency-ratified':
    case 'emergency-ended':
      return { ...movement, emergencies: evolveEmergencies(movement.emergencies, event, head) }
    case 'interest-noted':
    case 'interest-cleared':
      return { ...movement, interests: evolveInterests(movement.interests, event, head) }
    case 'sanctioned':
    case 'sanction-ended':
      return { ...movement, sanctions: evolveSanctions(movement.sanctions, event, head) }
    case 'appealed':
    case 'panel-drawn':
      return { ...movement, appeals: evolveAppeals(movement.appeals, event, head) }
    case 'appeal-decided':
      return decided(movement, event, head)
    case 'delegated':
    case 'delegation-ended':
      return { ...movement, delegations: evolveDelegations(movement.delegations, event, head) }
    case 'outage-recorded':
      return { ...movement, outages: evolveOutages(movement.outages, event, head) }
    case 'founding-noticed':
    case 'founding-frozen':
    case 'founding-closed':
    case 'founded':
    case 'founding-failed':
    case 'dissolved':
      return { ...movement, life: evolveLife(movement.life, event, head) }
  }
}

/** An appeal that is allowed, by its panel or by time, ends the sanction it was against in the same breath. */
function decided(movement: Movement, event: Extract<AppealEvent, { readonly kind: 'appeal-decided' }>, head: Head): Movement {
  const appeals = evolveAppeals(movement.appeals, event, head)
  const against = appealOf(movement.appeals, event.appeal)?.against
  if (event.outcome !== 'allowed' || against?.kind !== 'sanction') return { ...movement, appeals }
  const ended = { kind: 'sanction-ended', sanction: against.sanction, why: 'appeal allowed' } as const
  return { ...movement, appeals, sanctions: evolveSanctions(movement.sanctions, ended, head) }
}
