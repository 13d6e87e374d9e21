import { fail, ok, type Instant, type Result } from '@quorate/kernel'
import { deviceLineText, isDeviceSigned, rollCallLinesMax, rollCallReceiptText, type RollCallVote } from '@quorate/record'
import { officesOf } from '#lib/features/membership/index.ts'
import { lockLog, logSigner } from '#lib/features/record/index.ts'
import { transaction, type Db, type Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { freshPseudonym } from './pseudonym.ts'
import { devicesOfSeat, endStaleDevices } from './roll-call-devices.ts'
import { seatIn, seatOfKey, votingSeats } from './roll-call-seats.ts'
import {
  closeRow,
  inTheChair,
  lastOfSeats,
  linesOf,
  lockedRow,
  questionOf,
  rowOf,
  signedLine,
  type RollCallFaultKind,
} from './roll-call-store.ts'
import type { RollCallTable, RollCallVoteTable } from './tables.ts'

type Vote = RollCallVote['vote']

/** A member's own signature over what they say: by which device, and as their how-manieth word. */
export type SignedOnDevice = { readonly key: string; readonly seq: number; readonly signature: string }

/** The office that keeps the minutes where a rulebook has it. */
const minutesOffice = 'secretary'

/** Who enters what was called aloud: the secretary, or whoever opened the roll-call. */
export const keepsMinutes = async (db: Db, row: RollCallTable, personId: string, now: Instant): Promise<boolean> =>
  (await inTheChair(db, row, personId, now)) ||
  (await officesOf(db, personId, now)).some(({ office }) => office === minutesOffice)

/**
 * A seated member says for, against or abstain. Signed on a device of theirs it replaces what they said before, as often as they like until it closes; taken by
 * the service, for a member without a device, it stands as it is, for nobody could show afterwards who changed it. The last seat to answer closes the roll-call.
 */
export async function castRollCall(
  work: Work,
  personId: string,
  id: string,
  vote: Vote,
  signed: SignedOnDevice | null = null,
): Promise<Result<{ readonly closed: boolean }, RollCallFaultKind>> {
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    const row = await lockedRow(tx, id)
    if (row === undefined) return fail('no such roll-call')
    const key = await seatIn(tx, row.body, personId, now)
    if (key === null || !row.seats.includes(key)) return fail('not seated')
    const lines = await linesOf(tx, id)
    const own = lines.filter(({ seat }) => seat === key)
    if (spokenFor(lines, own, personId, key) || (signed === null && own.some(({ signed_by }) => signed_by !== 'secretary')))
      return fail('voted already')
    if (row.closed_at !== null) return fail('closed')
    await endStaleDevices(tx, row.body, now)
    const refused = await signatureFault(work, tx, { row, personId, key, own, vote, signed })
    if (refused !== null) return fail(refused)
    const device = signed === null ? null : signed.key
    const by = { device, device_signature: signed === null ? null : signed.signature, entered_by: null }
    const line = { vote, at: now, signed_by: signed === null ? ('service' as const) : ('device' as const), ...by }
    return ok(await take(work, tx, { row, lines, key, personId, line }))
  })
}

/** Whether somebody else has spoken for the seat, or this person for another. */
const spokenFor = (
  lines: readonly RollCallVoteTable[],
  own: readonly RollCallVoteTable[],
  personId: string,
  key: string,
): boolean =>
  own.some(({ person_id }) => person_id !== personId) || lines.some((line) => line.person_id === personId && line.seat !== key)

type Casting = {
  readonly row: RollCallTable
  readonly personId: string
  readonly key: string
  readonly own: readonly RollCallVoteTable[]
  readonly vote: Vote
  readonly signed: SignedOnDevice | null
}

/** What is wrong with how a vote is signed; null when nothing is. Where a seat has a device, the service signs nothing for it. */
async function signatureFault(
  work: Work,
  tx: Tx,
  { row, personId, key, own, vote, signed }: Casting,
): Promise<RollCallFaultKind | null> {
  const devices = await devicesOfSeat(tx, row.body, key)
  if (signed === null) return devices.length === 0 ? null : 'has a device'
  if (!devices.some((device) => device.key === signed.key && device.person_id === personId)) return 'no such device'
  if (own.length >= rollCallLinesMax) return 'too often'
  if (signed.seq !== own.length + 1) return 'not the next'
  const said = { seat: seatOfKey(key), vote, seq: signed.seq, key: signed.key }
  const text = deviceLineText(logSigner(work).key.name, questionOf(row), said)
  return isDeviceSigned(signed.key, text, signed.signature) ? null : 'signature fails'
}

type Taken = {
  readonly row: RollCallTable
  readonly lines: readonly RollCallVoteTable[]
  readonly key: string
  readonly personId: string
  readonly line: Pick<RollCallVoteTable, 'vote' | 'at' | 'signed_by' | 'device' | 'device_signature' | 'entered_by'>
}

/** Writes a line after those of its seat, under the pseudonym of its member in this roll-call, and closes the roll-call when it was the last seat. */
async function take(work: Work, tx: Tx, { row, lines, key, personId, line }: Taken): Promise<{ readonly closed: boolean }> {
  const own = lines.filter(({ seat }) => seat === key)
  const [first] = own
  const known = first === undefined ? null : { salt: first.salt, pseudonym: first.pseudonym }
  const { salt, pseudonym } = known ?? freshPseudonym(work.random, personId)
  const unsigned = { ...line, seat: key, seq: own.length + 1, pseudonym }
  const { signature } = signedLine(questionOf(row), unsigned, logSigner(work))
  const stored = { ...unsigned, roll_call: row.id, person_id: personId, salt, signature }
  await tx.insertInto('roll_call_vote').values(stored).execute()
  const answered = new Set([...lines.map(({ seat }) => seat), key])
  const closed = answered.size === row.seats.length
  if (closed) await closeRow(work, tx, row, [...lines, stored], line.at)
  return { closed }
}

/**
 * Whoever keeps the minutes enters what a member called aloud. It is marked so for good, stands for no seat that has a device or has spoken for itself, and gives
 * way to what its member says later.
 */
export async function enterRollCall(
  work: Work,
  personId: string,
  id: string,
  { seat, vote }: { readonly seat: string; readonly vote: Vote },
): Promise<Result<{ readonly closed: boolean }, RollCallFaultKind>> {
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    const row = await lockedRow(tx, id)
    if (row === undefined) return fail('no such roll-call')
    const mine = await seatIn(tx, row.body, personId, now)
    if (mine === null) return fail('not seated')
    if (!(await keepsMinutes(tx, row, personId, now))) return fail('not the minutes')
    if (row.closed_at !== null) return fail('closed')
    if (seat === mine) return fail('your own seat')
    const holder = (await votingSeats(tx, row.body, now)).get(seat)
    if (holder === undefined || !row.seats.includes(seat)) return fail('not seated')
    const lines = await linesOf(tx, id)
    const own = lines.filter((line) => line.seat === seat)
    if (spokenFor(lines, own, holder, seat) || own.some(({ signed_by }) => signed_by !== 'secretary'))
      return fail('voted already')
    if (own.length >= rollCallLinesMax) return fail('too often')
    await endStaleDevices(tx, row.body, now)
    if ((await devicesOfSeat(tx, row.body, seat)).length > 0) return fail('has a device')
    const line = { vote, at: now, signed_by: 'secretary', device: null, device_signature: null, entered_by: personId } as const
    return ok(await take(work, tx, { row, lines, key: seat, personId: holder, line }))
  })
}

/** What a member keeps of what they said last in a roll-call: their line as the service signed it, a file; null when they have said nothing. */
export async function rollCallReceipt(work: Work, personId: string, body: string, id: string): Promise<string | null> {
  const row = await rowOf(work.db, id)
  if (row?.body !== body) return null
  const own = lastOfSeats((await linesOf(work.db, id)).filter((line) => line.person_id === personId)).at(-1)
  if (own === undefined) return null
  const signer = logSigner(work)
  const question = questionOf(row)
  return rollCallReceiptText(signer.key.name, question, signedLine(question, own, signer))
}
