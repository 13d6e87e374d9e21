import type { Movement } from './movement.ts'
import { bodyKey, meetingOf, resolutionOn, type Meeting, type Resolution } from './meeting.ts'
import { seatOf, seatsHeldBy, unitOf } from './seat.ts'
import { rowOf } from './table.ts'

/**
 * Whether the movement knows that a person holds an office: null where it knows of no holder of that office at all, so that a fact must say it.
 */
export function knownToHold(movement: Movement | undefined, office: string, holders: number, person: string): boolean | null {
  if (movement === undefined || rowOf(movement.seats.filled, unitOf({ of: 'office', id: office, group: null })) === null)
    return null
  const holds = seatsHeldBy(movement.seats, person).some((s) => s.place.of === 'office' && s.place.id === office)
  if (holds) return true
  return Array.from({ length: holders }, (_, i) =>
    seatOf(movement.seats, { of: 'office', id: office, group: null, seat: '', number: i + 1 }),
  ).some((seat) => seat !== null && seat.holders.length === 0 && seat.acting?.person === person)
}

/**
 * What a body resolved on an item in a lawful meeting. `null`: the movement knows of no meeting of that body, so that a fact must say it;
 * `outside`: the body has met, and not on this.
 */
export function knownResolution(
  movement: Movement | undefined,
  body: string,
  item: string,
): { readonly meeting: Meeting; readonly resolution: Resolution } | 'outside' | null {
  if (movement === undefined || rowOf(movement.meetings.lastHeld, bodyKey(body, null)) === null) return null
  const id = rowOf(movement.meetings.resolvedOn, `${bodyKey(body, null)} ${item}`)
  const meeting = id === null ? null : meetingOf(movement.meetings, id)
  const resolution = meeting === null ? null : resolutionOn(meeting, item)
  return meeting === null || resolution === null ? 'outside' : { meeting, resolution }
}
