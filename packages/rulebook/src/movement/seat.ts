import type { Instant } from '@quorate/kernel'
import type { Citation, EditionNumber, Pseudonym } from '../terms.ts'
import { withDeadline, withoutDeadline, type Agenda } from './agenda.ts'
import type { Head } from './head.ts'
import { emptyTable, rowOf, withoutRow, withRow, type Table } from './table.ts'
import type { Under } from './under.ts'

/**
 * A seat as a place that people come to and leave: of a body (`seat` is its class) or of an office (`seat` is empty). `group` names the
 * instance of a body of a kind or of an office `per: group`; else null. `number` counts from 1 within the class.
 */
export type Place = {
  readonly of: 'body' | 'office'
  readonly id: string
  readonly group: string | null
  readonly seat: string
  readonly number: number
}
/** How somebody came to a seat. */
export type Filling = 'elected' | 'appointed' | 'nominated' | 'drawn' | 'countback' | 'co-opted'
/** Why somebody left a seat. */
export type Leaving = 'term ended' | 'resigned' | 'removed' | 'ceased' | 'died' | 'quashed' | 'group closed'

/**
 * One person's time in a seat. `until`: the end of its term, null without one. `leavesAt`: when time alone ends it, which is later where the rule
 * lets the holder stay until somebody follows, at most so long; null where only a successor ends it.
 */
export type Tenure = {
  readonly person: Pseudonym
  readonly how: Filling
  readonly clause: Citation
  /** Id of the event that gave the seat: what is done in it relies on that. */
  readonly event: string
  readonly from: Instant
  readonly until: Instant | null
  readonly leavesAt: Instant | null
  readonly left: { readonly at: Instant; readonly why: Leaving } | null
}
/** Why and since when a seat is empty, and until when its rule wants it filled again. */
export type Vacancy = {
  readonly since: Instant
  readonly why: Leaving
  readonly restUntil: Instant | null
  readonly by: Instant | null
}

/** A seat with its holders over time. More than one holder only where the office is shared; they have one vote. */
export type Seat = {
  readonly place: Place
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly holders: readonly Tenure[]
  readonly past: readonly Tenure[]
  readonly vacancy: Vacancy | null
  readonly overdue: boolean
  /** Who does the duties while the seat is empty or its holder away. */
  readonly acting: { readonly person: Pseudonym; readonly event: string } | null
  readonly substitute: { readonly person: Pseudonym; readonly until: Instant | null; readonly event: string } | null
}

/** Terms begun in a row by one person on one body or office, and when the last ended or will. */
export type TermCount = { readonly terms: number; readonly endsAt: Instant | null }

/** All seats that ever had a holder; who holds what; how many seats of each body are filled; terms; deadlines. */
export type Seats = {
  readonly byKey: Table<Seat>
  readonly heldBy: Table<readonly string[]>
  readonly filled: Table<number>
  readonly terms: Table<TermCount>
  readonly agenda: Agenda
}

/** Before anybody has a seat. */
export const noSeats: Seats = { byKey: emptyTable, heldBy: emptyTable, filled: emptyTable, terms: emptyTable, agenda: emptyTable }

/** What may be done about seats. */
export type SeatAct =
  | {
      readonly kind: 'fill-seat'
      readonly place: Place
      readonly person: Pseudonym
      readonly how: Filling
      readonly under: Under
    }
  | { readonly kind: 'leave-seat'; readonly place: Place }
  | { readonly kind: 'remove-holder'; readonly place: Place; readonly person: Pseudonym; readonly under: Under }
  /** By rule: the person died, or meets the `ceases-when` of the office. Fact `ceases` (seat key). */
  | { readonly kind: 'cease'; readonly place: Place; readonly person: Pseudonym; readonly why: 'died' | 'ceased' }
  | { readonly kind: 'act-for'; readonly place: Place; readonly person: Pseudonym; readonly under: Under }
  | { readonly kind: 'name-substitute'; readonly place: Place; readonly person: Pseudonym; readonly until: Instant | null }

/** What happened to a seat. */
export type SeatEvent =
  | {
      readonly kind: 'seat-filled'
      readonly place: Place
      readonly person: Pseudonym
      readonly how: Filling
      readonly until: Instant | null
      readonly leavesAt: Instant | null
      /** Terms of this person in a row, this one included. */
      readonly terms: number
    }
  | {
      readonly kind: 'seat-left'
      readonly place: Place
      readonly person: Pseudonym
      readonly why: Leaving
      readonly fillBy: Instant | null
    }
  /** The time to fill a vacancy has run out: its fallback is open. */
  | { readonly kind: 'vacancy-overdue'; readonly place: Place }
  | { readonly kind: 'acting-began'; readonly place: Place; readonly person: Pseudonym }
  | { readonly kind: 'substitute-named'; readonly place: Place; readonly person: Pseudonym; readonly until: Instant | null }

/** A body or office with its group: `body committee`, `office group-secretary@cardiff`. */
export const unitOf = (place: Pick<Place, 'of' | 'id' | 'group'>): string =>
  `${place.of} ${place.id}${place.group === null ? '' : `@${place.group}`}`
/** A seat's key: `body committee/ordinary/3`, `office chair//1`. */
export const seatKey = (place: Place): string => `${unitOf(place)}/${place.seat}/${place.number}`
/** Key of a person's terms on a body or office. */
export const termKey = (place: Place, person: string): string => `${unitOf(place)} ${person}`

/** A seat by its place, or null while nobody has ever held it. */
export const seatOf = (seats: Seats, place: Place): Seat | null => rowOf(seats.byKey, seatKey(place))

/** Who held a seat at an instant, by what was written down since. */
export function holdersAt(seat: Seat, at: Instant): readonly Pseudonym[] {
  const held = [...seat.past, ...seat.holders].filter((t) => t.from <= at && (t.left === null || at < t.left.at))
  return held.map((t) => t.person)
}

/** All seats a person holds now. */
export const seatsHeldBy = (seats: Seats, person: string): readonly Seat[] =>
  (rowOf(seats.heldBy, person) ?? []).map((key) => rowOf(seats.byKey, key)).filter((seat) => seat !== null)

/** The seats after an event. Total; reads no rule. */
export function evolveSeats(seats: Seats, event: SeatEvent, head: Head): Seats {
  const known = seatOf(seats, event.place)
  switch (event.kind) {
    case 'seat-filled':
      return filled(seats, known, event, head)
    case 'seat-left':
      return known === null ? seats : left(seats, known, event, head.at)
    case 'vacancy-overdue':
      return known === null
        ? seats
        : settle(seats, { ...known, overdue: true, vacancy: known.vacancy && { ...known.vacancy, by: null } }, known)
    case 'acting-began':
      return settle(seats, { ...(known ?? bare(event.place, head)), acting: { person: event.person, event: head.id } }, known)
    case 'substitute-named': {
      const substitute = { person: event.person, until: event.until, event: head.id }
      return settle(seats, { ...(known ?? bare(event.place, head)), substitute }, known)
    }
  }
}

const bare = (place: Place, head: Head): Seat => ({
  place,
  clause: head.clause,
  edition: head.edition,
  holders: [],
  past: [],
  vacancy: null,
  overdue: false,
  acting: null,
  substitute: null,
})

type Filled = Extract<SeatEvent, { readonly kind: 'seat-filled' }>

function filled(seats: Seats, known: Seat | null, event: Filled, head: Head): Seats {
  const { person, how, until, leavesAt, terms } = event
  const before = known ?? bare(event.place, head)
  const { clause, edition } = head
  const tenure: Tenure = { person, how, clause, event: head.id, from: head.at, until, leavesAt, left: null }
  const seat: Seat = {
    ...before,
    clause,
    edition,
    holders: [...before.holders, tenure],
    vacancy: null,
    overdue: false,
    acting: null,
    // Whoever was elected or named to stand in for one holder does not for the next.
    substitute: before.holders.length > 0 ? before.substitute : null,
  }
  const key = seatKey(event.place)
  const held = rowOf(seats.heldBy, person) ?? []
  return {
    ...settle(seats, seat, known),
    heldBy: withRow(seats.heldBy, person, held.includes(key) ? held : [...held, key]),
    terms: withRow(seats.terms, termKey(event.place, person), { terms, endsAt: until }),
  }
}

function left(seats: Seats, known: Seat, event: Extract<SeatEvent, { readonly kind: 'seat-left' }>, at: Instant): Seats {
  const leaving = known.holders.find((t) => t.person === event.person)
  if (leaving === undefined) return seats
  const holders = known.holders.filter((t) => t !== leaving)
  const rest = leaving.until !== null && leaving.until > at ? leaving.until : null
  const vacancy = holders.length > 0 ? null : { since: at, why: event.why, restUntil: rest, by: event.fillBy }
  const past = [...known.past, { ...leaving, left: { at, why: event.why } }]
  const key = seatKey(event.place)
  const others = (rowOf(seats.heldBy, event.person) ?? []).filter((k) => k !== key)
  const term = rowOf(seats.terms, termKey(event.place, event.person))
  return {
    ...settle(seats, { ...known, holders, past, vacancy }, known),
    heldBy: others.length === 0 ? withoutRow(seats.heldBy, event.person) : withRow(seats.heldBy, event.person, others),
    terms: term === null ? seats.terms : withRow(seats.terms, termKey(event.place, event.person), { ...term, endsAt: at }),
  }
}

/** When the seat's next deadline falls: a term that runs out, a time to hold over, a vacancy that should be filled. */
function deadlineOf(seat: Seat | null): Instant | null {
  if (seat === null) return null
  const ends = seat.holders.map((t) => t.leavesAt).filter((at) => at !== null)
  const by = seat.vacancy?.by ?? null
  const all = by === null ? ends : [...ends, by]
  return all.length === 0 ? null : all.reduce((a, b) => (b < a ? b : a))
}

/** Puts a changed seat in its place, with its deadline and the count of filled seats of its body. */
function settle(seats: Seats, seat: Seat, before: Seat | null): Seats {
  const key = seatKey(seat.place)
  const unit = unitOf(seat.place)
  const change = (seat.holders.length > 0 ? 1 : 0) - ((before?.holders.length ?? 0) > 0 ? 1 : 0)
  return {
    ...seats,
    byKey: withRow(seats.byKey, key, seat),
    filled: withRow(seats.filled, unit, (rowOf(seats.filled, unit) ?? 0) + change),
    agenda: withDeadline(withoutDeadline(seats.agenda, deadlineOf(before), key), deadlineOf(seat), key),
  }
}
