import type { Instant } from '@quorate/kernel'
import type { Citation, EditionNumber, Pseudonym } from '../terms.ts'
import { withDeadline, withoutDeadline, type Agenda } from './agenda.ts'
import type { Head } from './head.ts'
import { emptyTable, rowOf, withRow, type Table } from './table.ts'
import type { Under } from './under.ts'

/**
 * How a meeting decides: by show of hands, by a poll (each vote counted, proxies with it), in secret, or by consensus: `against` then counts those who
 * object, and `fallen` says that there was none.
 */
export type VotingWay = 'hands' | 'poll' | 'secret' | 'consensus'

/** What a meeting resolved on one item. `present` is who counted for its quorum: those with an interest in it do not. */
export type Resolution = {
  readonly item: string
  readonly at: Instant
  readonly way: VotingWay
  readonly for: number
  readonly against: number
  readonly abstain: number
  readonly present: number
  readonly casting: 'for' | 'against' | null
  readonly outcome: 'carried' | 'fallen'
  readonly clause: Citation
  readonly event: string
}

/** What becomes of a meeting that stays without a quorum: held again when, and with which quorum. Null: it lapses. */
export type SecondDate = { readonly at: Instant; readonly quorum: QuorumThen }
/** The quorum of a meeting held again: a condition of its own as the grammar prints it, `those present`, or (null) that of the body. */
export type QuorumThen = string | null

/** A meeting of a body. `items`: what may be resolved, by id, with when its notice went out. */
export type Meeting = {
  readonly id: string
  readonly body: string
  readonly group: string | null
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly event: string
  readonly calledAt: Instant
  readonly at: Instant
  readonly items: readonly string[]
  readonly state: 'called' | 'open' | 'adjourned' | 'closed' | 'lapsed'
  readonly openedAt: Instant | null
  readonly chair: Pseudonym | null
  /** Those present by name, in a body of seats; empty in a general meeting, where `present` counts them. */
  readonly persons: readonly Pseudonym[]
  readonly present: number
  readonly proxies: number
  /** Until when it waits for a quorum, and then. */
  readonly waitsUntil: Instant | null
  readonly second: SecondDate | null
  /** The meeting it continues, and its own quorum if that is not the body's. */
  readonly continues: string | null
  /** Held again because too few came. */
  readonly inquorate?: true
  readonly quorum: QuorumThen
  readonly resolutions: readonly Resolution[]
}

/** All meetings by id; those that wait for a quorum; when each body last met; what resolved what. */
export type Meetings = {
  readonly byId: Table<Meeting>
  readonly agenda: Agenda
  readonly lastHeld: Table<Instant>
  /** The meeting that resolved last on an item, by body and item. */
  readonly resolvedOn: Table<string>
}

/** Before any meeting. */
export const noMeetings: Meetings = { byId: emptyTable, agenda: emptyTable, lastHeld: emptyTable, resolvedOn: emptyTable }

/** What may be done about meetings. */
export type MeetingAct =
  /** By whoever `meets.by` names, or by requisition (`meets.or`: fact `requisition` of the meeting id, how many). Notice goes out now. */
  | {
      readonly kind: 'call-meeting'
      readonly meeting: string
      readonly body: string
      readonly group: string | null
      readonly at: Instant
      readonly items: readonly string[]
      readonly under: Under
    }
  /** The same for a meeting that a rule names, such as the `agm`. */
  | {
      readonly kind: 'call-named-meeting'
      readonly named: string
      readonly meeting: string
      readonly body: string
      readonly group: string | null
      readonly at: Instant
      readonly items: readonly string[]
      readonly under: Under
    }
  | { readonly kind: 'add-items'; readonly meeting: string; readonly items: readonly string[] }
  | {
      readonly kind: 'open-meeting'
      readonly meeting: string
      readonly chair: Pseudonym
      readonly persons: readonly Pseudonym[]
      readonly present: number
      readonly proxies: number
    }
  /** People came or went: the quorum of what follows is counted anew. */
  | {
      readonly kind: 'count-present'
      readonly meeting: string
      readonly persons: readonly Pseudonym[]
      readonly present: number
      readonly proxies: number
    }
  | {
      readonly kind: 'resolve'
      readonly meeting: string
      readonly item: string
      readonly way: VotingWay
      readonly for: number
      readonly against: number
      readonly abstain: number
      readonly casting: 'for' | 'against' | null
    }
  | { readonly kind: 'adjourn-meeting'; readonly meeting: string; readonly to: Instant }
  | { readonly kind: 'close-meeting'; readonly meeting: string }

/** What happened to a meeting. */
export type MeetingEvent =
  | {
      readonly kind: 'meeting-called'
      readonly meeting: string
      readonly body: string
      readonly group: string | null
      readonly at: Instant
      readonly items: readonly string[]
      readonly waitsUntil: Instant | null
      readonly second: SecondDate | null
    }
  | { readonly kind: 'items-added'; readonly meeting: string; readonly items: readonly string[] }
  | {
      readonly kind: 'meeting-opened'
      readonly meeting: string
      readonly chair: Pseudonym
      readonly persons: readonly Pseudonym[]
      readonly present: number
      readonly proxies: number
    }
  | {
      readonly kind: 'present-counted'
      readonly meeting: string
      readonly persons: readonly Pseudonym[]
      readonly present: number
      readonly proxies: number
    }
  | ({ readonly kind: 'resolved'; readonly meeting: string } & Omit<Resolution, 'at' | 'clause' | 'event'>)
  /** To a later time, as `then`, a meeting of its own; `quorum` null: the body's own. */
  | {
      readonly kind: 'meeting-adjourned'
      readonly meeting: string
      readonly to: Instant
      readonly then: string
      readonly quorum: QuorumThen
      readonly waitsUntil: Instant | null
    }
  | { readonly kind: 'meeting-closed'; readonly meeting: string }
  | {
      readonly kind: 'meeting-postponed'
      readonly meeting: string
      readonly to: Instant
      readonly waitsUntil: Instant | null
      readonly second: SecondDate | null
    }
  /** Nobody, or too few, came, and it is not held again. */
  | { readonly kind: 'meeting-lapsed'; readonly meeting: string }

/** A body, or one instance of a body of a kind: `committee`, `group@cardiff`. */
export const bodyKey = (body: string, group: string | null): string => (group === null ? body : `${body}@${group}`)

/** A meeting by its id, or null. */
export const meetingOf = (meetings: Meetings, id: string): Meeting | null => rowOf(meetings.byId, id)

/** What a meeting resolved last on an item, or null: a poll after a show of hands replaces it. */
export const resolutionOn = (meeting: Meeting, item: string): Resolution | null =>
  meeting.resolutions.findLast((r) => r.item === item) ?? null

/** The meetings after an event. Total; reads no rule. */
export function evolveMeetings(meetings: Meetings, event: MeetingEvent, head: Head): Meetings {
  const { at, clause } = head
  if (event.kind === 'meeting-called') return put(meetings, called(event, head), null)
  const known = meetingOf(meetings, event.meeting)
  if (known === null) return meetings
  switch (event.kind) {
    case 'items-added':
      return put(meetings, { ...known, items: [...known.items, ...event.items] }, known)
    case 'meeting-opened': {
      const { chair, persons, present, proxies } = event
      const open = put(meetings, { ...known, state: 'open', openedAt: at, chair, persons, present, proxies }, known)
      return { ...open, lastHeld: withRow(open.lastHeld, bodyKey(known.body, known.group), at) }
    }
    case 'present-counted':
      return put(meetings, { ...known, persons: event.persons, present: event.present, proxies: event.proxies }, known)
    case 'resolved': {
      const { kind: _, meeting: __, ...said } = event
      const made = put(
        meetings,
        { ...known, resolutions: [...known.resolutions, { ...said, at, clause, event: head.id }] },
        known,
      )
      return { ...made, resolvedOn: withRow(made.resolvedOn, `${bodyKey(known.body, known.group)} ${event.item}`, known.id) }
    }
    case 'meeting-adjourned': {
      const { then, to, quorum, waitsUntil } = event
      const again: Meeting = {
        ...known,
        id: then,
        at: to,
        state: 'called',
        openedAt: null,
        persons: [],
        present: 0,
        proxies: 0,
        waitsUntil,
        second: null,
        continues: known.id,
        quorum,
        resolutions: [],
        ...(known.state === 'called' ? { inquorate: true } : {}),
      }
      return put(put(meetings, { ...known, state: 'adjourned' }, known), again, null)
    }
    case 'meeting-postponed':
      return put(meetings, { ...known, at: event.to, waitsUntil: event.waitsUntil, second: event.second }, known)
    case 'meeting-closed':
      return put(meetings, { ...known, state: 'closed' }, known)
    case 'meeting-lapsed':
      return put(meetings, { ...known, state: 'lapsed' }, known)
  }
}

function called(event: Extract<MeetingEvent, { readonly kind: 'meeting-called' }>, head: Head): Meeting {
  const { meeting, body, group, items, waitsUntil, second } = event
  return {
    id: meeting,
    body,
    group,
    clause: head.clause,
    edition: head.edition,
    event: head.id,
    calledAt: head.at,
    at: event.at,
    items,
    state: 'called',
    openedAt: null,
    chair: null,
    persons: [],
    present: 0,
    proxies: 0,
    waitsUntil,
    second,
    continues: null,
    quorum: null,
    resolutions: [],
  }
}

const waiting = (meeting: Meeting | null): Instant | null => (meeting?.state === 'called' ? meeting.waitsUntil : null)

const put = (meetings: Meetings, meeting: Meeting, before: Meeting | null): Meetings => ({
  ...meetings,
  byId: withRow(meetings.byId, meeting.id, meeting),
  agenda: withDeadline(withoutDeadline(meetings.agenda, waiting(before), meeting.id), waiting(meeting), meeting.id),
})
