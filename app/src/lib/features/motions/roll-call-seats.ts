import type { Instant } from '@quorate/kernel'
import { rollCallSeatKey, type RollCallSeat } from '@quorate/record'
import { seatedIn, seatsOf } from '#lib/features/membership/index.ts'
import type { Db } from '#lib/platform/database.ts'

/** A seat from its key. A class has no blank, so the last one parts it from the number. */
export function seatOfKey(key: string): RollCallSeat {
  const blank = key.lastIndexOf(' ')
  return { seat: key.slice(0, blank), number: Number(key.slice(blank + 1)) }
}

/** The seat that a person has in a body, as a key; null when they have none. Of two seats one votes: a roll-call is of people. */
export async function seatIn(db: Db, body: string, personId: string, now: Instant): Promise<string | null> {
  const own = (await seatsOf(db, personId, now)).find((seat) => seat.body === body)
  return own === undefined ? null : rollCallSeatKey(own)
}

/** Who votes for each seat of a body, by the seat's key. Whoever has two seats has one vote, from the first of them: the other is not called. */
export async function votingSeats(db: Db, body: string, now: Instant): Promise<ReadonlyMap<string, string>> {
  const first = new Map<string, string>()
  for (const seat of await seatedIn(db, body, now)) if (!first.has(seat.personId)) first.set(seat.personId, rollCallSeatKey(seat))
  return new Map([...first].map(([personId, seat]) => [seat, personId]))
}
