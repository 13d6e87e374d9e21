import type { Instant } from '@quorate/kernel'
import {
  rollCallFigures,
  rollCallSeatKey,
  type RollCallFigures,
  type RollCallLine as RecordedLine,
  type RollCallSeat,
  type RollCallVote,
} from '@quorate/record'
import { fullName, personsById, seatedIn } from '#lib/features/membership/index.ts'
import { logSigner } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { keepsMinutes } from './roll-call-cast.ts'
import { devicesOfSeat } from './roll-call-devices.ts'
import { seatIn, seatOfKey } from './roll-call-seats.ts'
import { inTheChair, lastOfSeats, linesOf, rowOf } from './roll-call-store.ts'
import type { RollCallTable, RollCallVoteTable } from './tables.ts'

/** One seat of a roll-call as everybody of the body sees it: who has it, by name while they are on the register, and what they said. */
export type RollCallLine = {
  readonly seat: RollCallSeat
  readonly name: string | null
  readonly vote: RollCallVote['vote'] | null
  readonly at: Instant | null
  /** Who vouches for it; null while the seat is silent. */
  readonly signedBy: RecordedLine['signedBy'] | null
  /** How often the seat has spoken. */
  readonly times: number
  /** Whether whoever keeps the minutes may enter what it called aloud. */
  readonly mayBeEntered: boolean
}

/** What whoever looks may do in a roll-call: their seat, what they have said, and which devices sign for it. */
export type OwnSeat = {
  readonly voted: boolean
  readonly seat: RollCallSeat
  readonly said: RollCallVote['vote'] | null
  readonly signedBy: RecordedLine['signedBy'] | null
  /** The `seq` of what they say next. */
  readonly next: number
  /** Keys of the devices that sign for their seat. */
  readonly devices: readonly string[]
}

/** A roll-call with its lines. `mine`: the seat of whoever looks; null when they may not vote in it. */
export type RollCallPage = Pick<RollCallTable, 'id' | 'power' | 'way' | 'title' | 'reasons' | 'decision'> & {
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  readonly actedAt: Instant | null
  readonly result: string | null
  readonly figures: RollCallFigures
  readonly lines: readonly RollCallLine[]
  readonly mine: OwnSeat | null
  readonly inTheChair: boolean
  /** Whether they enter what is called aloud. */
  readonly keepsMinutes: boolean
  /** Address of the log, which a device signs together with the line. */
  readonly origin: string
}

/** A roll-call of a body as a member of it sees it; null when there is none of this id. */
export async function rollCallPage(work: Work, personId: string, body: string, id: string): Promise<RollCallPage | null> {
  const row = await rowOf(work.db, id)
  if (row === undefined || row.body !== body) return null
  const now = work.clock.now()
  const votes = await linesOf(work.db, id)
  const holders = new Map((await seatedIn(work.db, body, now)).map((seat) => [rollCallSeatKey(seat), seat.personId]))
  for (const { seat, person_id } of votes)
    if (person_id === null) holders.delete(seat)
    else holders.set(seat, person_id)
  const people = await personsById(work.db, [...holders.values()])
  const own = await seatIn(work.db, body, personId, now)
  const last = lastOfSeats(votes)
  const guarded = await seatsWithDevices(work.db, body, holders)
  const lines = row.seats.map((key) => {
    const line = last.find(({ seat }) => seat === key)
    const person = people.get(holders.get(key) ?? '')
    return {
      seat: seatOfKey(key),
      name: person === undefined ? null : fullName(person),
      vote: line?.vote ?? null,
      at: line?.at ?? null,
      signedBy: line?.signed_by ?? null,
      times: line?.seq ?? 0,
      mayBeEntered:
        row.closed_at === null && key !== own && (line?.signed_by ?? 'secretary') === 'secretary' && !guarded.has(key),
    }
  })
  const { power, way, title, reasons, decision, result } = row
  return {
    ...{ id, power, way, title, reasons, decision, result, lines },
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    actedAt: row.acted_at,
    figures: rollCallFigures({ votes: last }),
    mine: own === null || !row.seats.includes(own) ? null : await ownSeat(work.db, row, { personId, own, votes }),
    inTheChair: own !== null && (await inTheChair(work.db, row, personId, now)),
    keepsMinutes: own !== null && row.closed_at === null && (await keepsMinutes(work.db, row, personId, now)),
    origin: logSigner(work).key.name,
  }
}

/** Seats for which a device of their present holder signs. */
async function seatsWithDevices(db: Db, body: string, holders: ReadonlyMap<string, string>): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('roll_call_device')
    .select(['seat', 'person_id'])
    .where('body', '=', body)
    .where('ended_at', 'is', null)
    .execute()
  return new Set(rows.flatMap(({ seat, person_id }) => (holders.get(seat) === person_id ? [seat] : [])))
}

async function ownSeat(
  db: Db,
  { body }: RollCallTable,
  { personId, own, votes }: { readonly personId: string; readonly own: string; readonly votes: readonly RollCallVoteTable[] },
): Promise<OwnSeat> {
  const ofSeat = votes.filter(({ seat }) => seat === own)
  const last = ofSeat.at(-1)
  const devices = await devicesOfSeat(db, body, own)
  return {
    // What somebody else entered of it does not keep the member from speaking.
    voted: votes.some(({ seat, person_id, signed_by }) => (seat === own || person_id === personId) && signed_by !== 'secretary'),
    seat: seatOfKey(own),
    said: last?.vote ?? null,
    signedBy: last?.signed_by ?? null,
    next: ofSeat.length + 1,
    devices: devices.filter((device) => device.person_id === personId).map(({ key }) => key),
  }
}

/** The roll-calls of a body, latest first, at most 100. */
export async function rollCallsListed(
  db: Db,
  body: string,
): Promise<readonly { readonly id: string; readonly title: string; readonly openedAt: Instant; readonly open: boolean }[]> {
  const rows = await db
    .selectFrom('roll_call')
    .select(['id', 'title', 'opened_at', 'closed_at'])
    .where('body', '=', body)
    .orderBy('opened_at', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({ id: row.id, title: row.title, openedAt: row.opened_at, open: row.closed_at === null }))
}
