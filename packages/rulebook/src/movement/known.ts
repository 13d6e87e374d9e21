import type { Instant } from '@quorate/kernel'
import type { Rulebook } from '../language/model.ts'
import type { Editions } from '../state.ts'
import type { Movement } from './movement.ts'
import { bodyKey, meetingOf, resolutionOn, type Meeting, type Resolution } from './meeting.ts'
import { unitOf } from './seat.ts'
import { endedByChange, knowsHolders, officeHeld, sittingsOf } from './sitting.ts'
import { rowOf } from './table.ts'

/** Whether the movement knows that a person holds an office: null where it knows of no holder of that office at all, so that a fact must say it. */
export function knownToHold(
  editions: Editions,
  rulebook: Rulebook,
  movement: Movement | undefined,
  office: string,
  person: string,
  at: Instant,
): boolean | null {
  if (movement === undefined || !knowsHolders(movement, office, null)) return null
  if (endedByChange(editions, rulebook, movement, office, null)) return false
  return officeHeld(rulebook, movement, office, null, person, at).length > 0
}

/** Whether the movement knows that a person sits on a body: null where it knows of nobody who does, so that a fact must say it. */
export function knownToSit(
  rulebook: Rulebook,
  movement: Movement | undefined,
  body: string,
  group: string | null,
  person: string,
  at: Instant,
): boolean | null {
  if (movement === undefined) return null
  if (sittingsOf(rulebook, movement, person, body, group, at).length > 0) return true
  const anybody = rowOf(movement.seats.filled, unitOf({ of: 'body', id: body, group }))
  return anybody === null ? null : false
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
