import { assert } from '@quorate/kernel'
import type { Db } from '#lib/platform/database.ts'
import type { KeptEntry } from '#lib/platform/packed-entry.ts'
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

/** The entry of a decision's ballot, which is kept packed. */
export type PackedEntry = KeptEntry & { readonly decision: number }

/**
 * Gives the exact bytes of entries whose ballots are packed, in their order; of one whose ballot is none of its decision any more, the bytes it has.
 * However many they are, nobody else of the process waits for long.
 */
export type Unpacker = (db: Db, kept: readonly PackedEntry[]) => Promise<readonly Buffer[]>

let unpacker: Unpacker | null = null

/** Told at the start by the feature that packs ballots how they are unpacked: the log itself knows nothing of them. */
export function unpackBallotsWith(own: Unpacker): void {
  unpacker = own
}

/** An entry with a packed ballot as it was written, and its exact bytes. */
type Written = StoredRow & { readonly exact: Buffer }

/**
 * The entries last written, so that the checkpoint over a batch, which reads it back from the disk, need not unpack it. Exact bytes are only had by
 * the bytes that were read: whatever was changed on the disk has none.
 */
const lastWritten: Written[] = []
/** Some four batches; 3 MB of yes/no ballots. */
const lastWrittenMax = 1024

/** Remembers an entry that is being written. */
export function noteWritten(written: Written): void {
  lastWritten[written.position % lastWrittenMax] = written
}

function writtenAs({ position, decision, bytes, packed }: StoredRow): Buffer | null {
  const held = lastWritten[position % lastWrittenMax]
  const same =
    held?.position === position &&
    held.decision === decision &&
    held.bytes.equals(bytes) &&
    packed !== null &&
    held.packed?.equals(packed)
  return same === true ? held.exact : null
}

/**
 * Rows with their entries' exact bytes, whose leaf hash is the log's. A row whose ballot is no ballot any more keeps the bytes it has: they hash to
 * another leaf, and naming what is wrong is the verifier's work. Cost: one query where a ballot is packed, and its unpacking.
 */
export async function exactRows<R extends StoredRow>(db: Db, rows: readonly R[]): Promise<readonly R[]> {
  const known = new Map<R, Buffer>()
  const unknown: (PackedEntry & { readonly row: R })[] = []
  for (const row of rows) {
    const { bytes, packed, decision } = row
    if (packed === null || decision === null) continue
    const exact = writtenAs(row)
    if (exact === null) unknown.push({ row, bytes, packed, decision })
    else known.set(row, exact)
  }
  assert(unpacker !== null || unknown.length === 0, 'whoever packs ballots has said how they are unpacked')
  const unpacked = unpacker === null || unknown.length === 0 ? [] : await unpacker(db, unknown)
  for (const [i, { row }] of unknown.entries()) known.set(row, unpacked[i] ?? row.bytes)
  return rows.map((row) => {
    const bytes = known.get(row)
    return bytes === undefined ? row : { ...row, bytes }
  })
}

/** Rows that are read at once where many are wanted: some 2 MB, and 20 ms until others have their turn. */
const pageSize = 2048

/** The entries of the log from a position up to another, exactly as they were hashed, page by page: the next is read while one is unpacked. */
export async function* exactPages(db: Db, from: number, to: number) {
  const page = (first: number) =>
    db
      .selectFrom('record_entry')
      .select([...storedColumns, 'leaf'])
      .where('position', '>=', first)
      .where('position', '<', Math.min(first + pageSize, to))
      .orderBy('position')
      .execute()
  let next = from < to ? await page(from) : []
  for (let first = from; first < to; first += pageSize) {
    const behind = first + pageSize
    const [exact, read] = await Promise.all([exactRows(db, next), behind < to ? page(behind) : []])
    yield exact
    next = read
  }
}
