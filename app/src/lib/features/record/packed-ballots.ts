import { setImmediate as breathe } from 'node:timers/promises'
import { assert } from '@quorate/kernel'
import type { Db } from '#lib/platform/database.ts'
import { withBallot } from '#lib/platform/packed-entry.ts'
import './tables.ts'

/** What is read of a row to have its entry's exact bytes: {@link exactRows}. */
export const storedColumns = ['position', 'decision', 'bytes', 'packed'] as const

/** A row of the log as it is stored. `packed`: its ballot, which `bytes` then lack. */
export type StoredRow = {
  readonly position: number
  readonly decision: number | null
  readonly bytes: Buffer
  readonly packed: Buffer | null
}

/** The exact text of a decision's packed ballot, or null when it is none. */
export type Unpacking = (decision: number, packed: Buffer) => string | null

/** Reads what the ballots of some decisions are unpacked with. */
export type Unpacker = (db: Db, decisions: readonly number[]) => Promise<Unpacking>

let unpacker: Unpacker | null = null

/** Told at the start by the feature that packs ballots how they are unpacked: the log itself knows nothing of them. */
export function unpackBallotsWith(own: Unpacker): void {
  unpacker = own
}

/**
 * Texts of the ballots last written, by their packed bytes: so the checkpoint over a batch, which reads it back from the disk, need not unpack it.
 * A text is only had by the bytes that were read; bytes that were changed on the disk have none.
 */
const justPacked = new Map<string, string>()
/** Some four batches; 2 MB of yes/no ballots. */
const justPackedMax = 1024
const keyOf = (decision: number, packed: Buffer): string => `${String(decision)} ${packed.toString('latin1')}`

/** Remembers a ballot that is being written. */
export function notePacked(decision: number, packed: Buffer, text: string): void {
  justPacked.set(keyOf(decision, packed), text)
  for (const oldest of justPacked.keys()) {
    if (justPacked.size <= justPackedMax) break
    justPacked.delete(oldest)
  }
}

/** Ballots unpacked in one go, some 60 µs each, before others of the process have their turn. */
const inOneGo = 200

/**
 * Rows with their entries' exact bytes, whose leaf hash is the log's. A row whose ballot is no ballot any more keeps the bytes it has: they hash to
 * another leaf, and naming what is wrong is the verifier's work. Cost: one query where a ballot is packed, and its unpacking.
 */
export async function exactRows<R extends StoredRow>(db: Db, rows: readonly R[]): Promise<readonly R[]> {
  const packed = rows.filter((row) => row.packed !== null)
  if (packed.length === 0) return rows
  const unknown = packed.filter((row) => !justPacked.has(keyOf(row.decision ?? 0, row.packed ?? row.bytes)))
  const decisions = [...new Set(unknown.map((row) => row.decision ?? 0))]
  assert(unpacker !== null, 'whoever packs ballots has said how they are unpacked')
  const unpack = decisions.length === 0 ? () => null : await unpacker(db, decisions)
  const exact: R[] = []
  let done = 0
  for (const row of rows) {
    if (row.packed === null) {
      exact.push(row)
      continue
    }
    const text = justPacked.get(keyOf(row.decision ?? 0, row.packed)) ?? unpack(row.decision ?? 0, row.packed)
    exact.push({ ...row, bytes: (text === null ? null : withBallot(row.bytes, text)) ?? row.bytes })
    if (++done % inOneGo === 0) await breathe()
  }
  return exact
}
