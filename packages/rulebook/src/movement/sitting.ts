import type { Instant } from '@quorate/kernel'
import type { ClauseId } from '../act.ts'
import { onlyProvision, provision, type Provision, type Rulebook } from '../language/model.ts'
import { countFact, type Case } from '../reasons.ts'
import type { Movement } from './movement.ts'
import { seatKey, seatOf, seatsHeldBy, unitOf, type Place, type Seat } from './seat.ts'
import type { Editions } from '../state.ts'
import { rowOf, valuesOf } from './table.ts'

/** A seat somebody sits in, and the event by which they do. */
export type Sitting = { readonly key: string; readonly event: string }

/** Whether the movement knows who holds any seat of an office; where it does not, a fact must say. */
export const knowsHolders = (movement: Movement, office: string, group: string | null): boolean =>
  rowOf(movement.seats.filled, unitOf({ of: 'office', id: office, group })) !== null

/** The events by which a person holds an office at an instant, as holder, acting or substitute. Empty: they do not. */
export function officeHeld(
  rulebook: Rulebook,
  movement: Movement,
  office: string,
  group: string | null,
  person: string,
  at: Instant,
): readonly string[] {
  const own = seatsHeldBy(movement.seats, person)
    .filter((s) => s.place.of === 'office' && s.place.id === office && (group === null || s.place.group === group))
    .flatMap((s) => s.holders.filter((t) => t.person === person).map((t) => t.event))
  if (own.length > 0) return own
  const count = provision(rulebook, 'office', office)?.rule.holders ?? 0
  return numbered(movement, { of: 'office', id: office, group, seat: '' }, count).flatMap(({ acting, holders, substitute }) => {
    if (acting?.person === person && holders.length === 0) return [acting.event]
    // A substitute stands in for a holder who is away; where there is none, the office has somebody acting.
    const standsIn = holders.length > 0 && substitute?.person === person
    return standsIn && (substitute.until === null || at < substitute.until) ? [substitute.event] : []
  })
}

/**
 * Whether a change of the rules has ended a term: it was begun under an edition whose clause on that office reads otherwise than the one in force, and
 * the clause on transition ends offices at once.
 */
export function endedByChange(
  editions: Editions,
  rulebook: Rulebook,
  movement: Movement,
  office: string,
  group: string | null,
): boolean {
  if (onlyProvision(rulebook, 'transition')?.rule.offices !== 'end at once') return false
  const now = provision(rulebook, 'office', office)
  const count = now?.rule.holders ?? 0
  return numbered(movement, { of: 'office', id: office, group, seat: '' }, count).some((seat) => {
    const before = editions.byNumber.get(seat.edition)
    const then = before === undefined ? null : provision(before, 'office', office)
    return before !== undefined && then !== null && sourceOf(before, then.clause) !== sourceOf(rulebook, now?.clause)
  })
}

/**
 * The seats known of those a rule numbers from 1 to a count. A rule may say any number, and a seat is known only once it was filled: beyond a hundred
 * they are looked for among those that are known. In the order of their numbers.
 */
export function numbered(movement: Movement, place: Omit<Place, 'number'>, count: number): readonly Seat[] {
  if (count <= 100)
    return Array.from({ length: count }, (_, i) => seatOf(movement.seats, { ...place, number: i + 1 })).filter(
      (seat) => seat !== null,
    )
  const unit = unitOf(place)
  return valuesOf(movement.seats.byKey)
    .filter((seat) => unitOf(seat.place) === unit && seat.place.seat === place.seat && seat.place.number <= count)
    .toSorted((a, b) => a.place.number - b.place.number)
}

const sourceOf = (rulebook: Rulebook, clause: ClauseId | undefined): string | null =>
  clause === undefined ? null : (rulebook.clauses.get(clause)?.fingerprint ?? null)

type SeatClass = Provision<'body'>['rule']['seats'][number]
/** The office that a class of seats goes with, or null. */
const officeOf = ({ by }: SeatClass): string | null => (by?.kind === 'ex-officio <office>' ? by.office : null)

/** The group whose office goes with a seat: that of the body, where the office is one of each group. */
const officeGroup = (rulebook: Rulebook, office: string, group: string | null): string | null =>
  provision(rulebook, 'office', office)?.rule.per == null ? null : group

/**
 * The seats of a body that a person sits in with a vote: their own, that of a holder for whom they are the substitute, one that goes with an office
 * they hold, and one that stands empty and that `vacancy.meanwhile` lets them vote in.
 */
export function sittingsOf(
  rulebook: Rulebook,
  movement: Movement,
  person: string,
  body: string,
  group: string | null,
  at: Instant,
): readonly Sitting[] {
  const rule = provision(rulebook, 'body', body)?.rule
  const own = seatsHeldBy(movement.seats, person)
    .filter((s) => s.place.of === 'body' && s.place.id === body && s.place.group === group)
    .flatMap((s) => s.holders.filter((t) => t.person === person).map((t) => ({ key: seatKey(s.place), event: t.event })))
  const classes = rule?.seats ?? []
  const withOffice = classes.flatMap((seat): readonly Sitting[] => {
    const office = officeOf(seat)
    if (office === null) return []
    const held = officeHeld(rulebook, movement, office, officeGroup(rulebook, office, group), person, at)
    return held.slice(0, 1).map((event) => ({ key: `${unitOf({ of: 'body', id: body, group })}/${seat.id}/${person}`, event }))
  })
  const votes = rule?.vacancy?.meanwhile?.kind
  const meanwhile = votes === 'co-opt by <body>' || votes === 'substitute'
  const isStandIn = classes.some((seat) => seat.substitute !== null)
  const others = meanwhile || isStandIn ? seatsOfBody(movement, classes, body, group) : []
  const standing = others.flatMap((seat): readonly Sitting[] => {
    const { acting, substitute, holders, place } = seat
    if (holders.length === 0) return meanwhile && acting?.person === person ? [{ key: seatKey(place), event: acting.event }] : []
    const stands = substitute?.person === person && (substitute.until === null || at < substitute.until)
    return stands ? [{ key: seatKey(place), event: substitute.event }] : []
  })
  return [...own, ...withOffice, ...standing]
}

const seatsOfBody = (movement: Movement, classes: readonly SeatClass[], body: string, group: string | null): readonly Seat[] =>
  classes.flatMap(({ id, count }) => numbered(movement, { of: 'body', id: body, group, seat: id }, count ?? 0))

/** Seats of a body that are filled, with those that go with an office; where the movement knows of none, by fact `body-size`. */
export function seatedOf(
  kase: Pick<Case, 'facts' | 'act'>,
  rulebook: Rulebook,
  movement: Movement,
  body: string,
  group: string | null,
): number | null {
  const counts = (provision(rulebook, 'body', body)?.rule.seats ?? []).map((seat) => {
    const office = officeOf(seat)
    if (office === null) return null
    const filled = rowOf(movement.seats.filled, unitOf({ of: 'office', id: office, group: officeGroup(rulebook, office, group) }))
    return filled === null ? null : Math.min(filled, seat.count ?? filled)
  })
  const known = [rowOf(movement.seats.filled, unitOf({ of: 'body', id: body, group })), ...counts].filter((n) => n !== null)
  return known.length > 0
    ? known.reduce((a, b) => a + b, 0)
    : countFact(kase, 'body-size', group === null ? body : `${body}@${group}`)
}
