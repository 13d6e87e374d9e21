import type { Event } from '../event.ts'
import { seatKey } from './seat.ts'

/**
 * The events that relied on another, in the order of the record: what a court's quashing of it puts up for review. Followed by their citations, and
 * on from each event found:
 * - what names it among the events its right rests on (`relies`): an appointment on its meeting, a meeting's vote on its call;
 * - what came later in the same decision, each step of which rests on the one before;
 * - what was done under an edition it put in force (`clause@edition`);
 * - what was done by the person whom it gave a seat, as long as they had it.
 * The quashed event itself is not among them. Nothing is removed from the record.
 */
export function reliedOn(events: readonly Event[], quashed: string): readonly Event[] {
  const found = new Set<string>([quashed])
  const decisions = new Set<number>()
  const editions = new Set<number>()
  const seats = new Map<string, ReadonlySet<string>>()
  const list: Event[] = []
  for (const event of events) {
    const isQuashed = event.id === quashed
    const relies = event.kind === 'movement' ? event.relies : []
    const rests =
      relies.some((id) => found.has(id)) ||
      (event.kind !== 'movement' && decisions.has(event.decision)) ||
      editions.has(event.edition) ||
      (seats.get(event.by)?.size ?? 0) > 0
    noteSeats(seats, event, isQuashed || rests)
    if (!isQuashed && !rests) continue
    if (!isQuashed) list.push(event)
    found.add(event.id)
    if (event.kind !== 'movement') decisions.add(event.decision)
    if (event.kind === 'enacted') editions.add(event.newEdition)
  }
  return list
}

/** Whose acts rest on the events found: those they gave a seat, until they leave it, whoever brings that about. */
function noteSeats(seats: Map<string, ReadonlySet<string>>, event: Event, isFound: boolean): void {
  if (event.kind !== 'movement') return
  const { did } = event
  if (did.kind !== 'seat-left' && !(did.kind === 'seat-filled' && isFound)) return
  const key = seatKey(did.place)
  const others = [...(seats.get(did.person) ?? [])].filter((known) => known !== key)
  seats.set(did.person, new Set(did.kind === 'seat-filled' ? [...others, key] : others))
}
