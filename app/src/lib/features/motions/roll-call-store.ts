import { assert, type Instant } from '@quorate/kernel'
import {
  countedLines,
  countersignRollCallLine,
  signedRollCallText,
  type RollCallLine,
  type RollCallQuestion,
  type Signer,
} from '@quorate/record'
import { logSigner, storeDocument } from '#lib/features/record/index.ts'
import type { Db, Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { seatIn, seatOfKey } from './roll-call-seats.ts'
import type { RollCallTable, RollCallVoteTable } from './tables.ts'
import './tables.ts'

/** Why somebody may not do this to a roll-call. Nothing was written. */
export type RollCallFaultKind =
  | 'not seated'
  | 'no such roll-call'
  | 'closed'
  | 'voted already'
  | 'not in the chair'
  | 'still open'
  | 'acted already'
  | 'has a device'
  | 'no such device'
  | 'signature fails'
  | 'not the next'
  | 'too often'
  | 'not the minutes'
  | 'your own seat'

/** A roll-call by its id. */
export const rowOf = (db: Db, id: string): Promise<RollCallTable | undefined> =>
  db.selectFrom('roll_call').selectAll().where('id', '=', id).executeTakeFirst()

/** The roll-call, locked until the transaction ends: votes and the closing come one after the other. */
export const lockedRow = (tx: Tx, id: string): Promise<RollCallTable | undefined> =>
  tx.selectFrom('roll_call').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** Every line of a roll-call, by seat and in the order in which they were taken. */
export const linesOf = (db: Db, id: string): Promise<RollCallVoteTable[]> =>
  db.selectFrom('roll_call_vote').selectAll().where('roll_call', '=', id).orderBy('seat').orderBy('seq').execute()

/** What every line of a roll-call is about. */
export const questionOf = ({ id, body, power, document }: RollCallTable): RollCallQuestion => ({
  id,
  body,
  power,
  question: document,
})

/** Whoever opened it; once they have left the body, each of those who sit in it, or it could stay open for ever. */
export const inTheChair = async (db: Db, row: RollCallTable, personId: string, now: Instant): Promise<boolean> =>
  row.opened_by === personId || row.opened_by === null || (await seatIn(db, row.body, row.opened_by, now)) === null

type Stored = Pick<RollCallVoteTable, 'seat' | 'seq' | 'pseudonym' | 'vote' | 'at' | 'signed_by' | 'device' | 'device_signature'>

/**
 * A stored line as the document has it, signed by the service. Ed25519 gives the same text the same signature, so it is the one that the member has kept; of
 * a line that was taken before devices it is made here.
 */
export const signedLine = (question: RollCallQuestion, line: Stored, signer: Signer): RollCallLine =>
  countersignRollCallLine(
    question,
    {
      seat: seatOfKey(line.seat),
      member: line.pseudonym,
      vote: line.vote,
      at: line.at,
      seq: line.seq,
      signedBy: line.signed_by,
      device:
        line.device === null || line.device_signature === null ? null : { key: line.device, signature: line.device_signature },
    },
    signer,
  )

/** The last line of each seat, of lines by seat and `seq`. */
export const lastOfSeats = <T extends Pick<RollCallVoteTable, 'seat'>>(lines: readonly T[]): readonly T[] =>
  lines.filter((line, i) => lines[i + 1]?.seat !== line.seat)

/** Writes the document of a roll-call beside the record. */
export async function closeRow(work: Work, tx: Tx, row: RollCallTable, lines: readonly Stored[], now: Instant): Promise<void> {
  const question = questionOf(row)
  const signer = logSigner(work)
  const votes = lines.map((line) => signedLine(question, line, signer))
  const answered = countedLines(votes).length
  assert(answered <= row.seats.length, 'one vote a seat')
  const text = signedRollCallText({
    ...question,
    openedAt: row.opened_at,
    closedAt: now,
    closed: answered === row.seats.length ? 'all' : 'chair',
    seats: row.seats.map(seatOfKey),
    votes,
  })
  const result = await storeDocument(tx, text)
  await tx.updateTable('roll_call').set({ closed_at: now, result }).where('id', '=', row.id).execute()
}
