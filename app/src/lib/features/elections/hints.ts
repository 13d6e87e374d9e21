import { fromBase64, concatBytes } from '@quorate/kernel'
import { hintsHeader, hintsLine, packHints, unpackHints } from '@quorate/verifier'
import { sql } from 'kysely'
import { transaction, type Db } from '#lib/platform/database.ts'
import type { BallotVerdict } from '#lib/platform/ballot-threads.ts'
import type { HintTable } from './tables.ts'

/** What a device sent beside its ballot, in base64. */
type SentHints = { readonly hints?: string | undefined; readonly statementHint?: string | undefined }

/** The hints of a cast that are worth keeping, packed: those with which it was checked. Undefined where none were of use. */
export function hintsToKeep({ hints, statementHint }: SentHints, byHints: BallotVerdict['byHints']): Uint8Array | undefined {
  if (byHints === undefined || !(byHints.ballot || byHints.statement)) return undefined
  const bytesOf = (text: string | undefined): Uint8Array => {
    const bytes = fromBase64(text ?? '')
    return bytes.kind === 'ok' ? bytes.value : new Uint8Array(0)
  }
  return packHints([bytesOf(byHints.ballot ? hints : ''), bytesOf(byHints.statement ? statementHint : '')])
}

type Waiting = { readonly db: Db; readonly row: HintTable }
const waiting: Waiting[] = []
let [waitingBytes, isWriting] = [0, false]

/** Rows of one write, and bytes that may wait for theirs: more come in only where the disk has stopped, and are let go. */
const [batchMax, waitingBytesMax] = [256, 32_000_000]

/**
 * Keeps hints beside the record, some time after this returns. Nobody waits for them and nothing rests on them: those that come too fast, or before a
 * crash, are lost, and cost whoever checks some milliseconds.
 */
export function keepHints(db: Db, rows: readonly HintTable[]): void {
  for (const row of rows) {
    if (waiting.length > 0 && waitingBytes + row.packed.length > waitingBytesMax) return
    waiting.push({ db, row })
    waitingBytes += row.packed.length
  }
  if (!isWriting) void writeAll()
}

async function writeAll(): Promise<void> {
  isWriting = true
  for (let [first] = waiting; first !== undefined; [first] = waiting) {
    const { db } = first
    const others = waiting.findIndex((each) => each.db !== db)
    const own = waiting.splice(0, Math.min(batchMax, others < 0 ? waiting.length : others)).map(({ row }) => row)
    waitingBytes -= own.reduce((sum, { packed }) => sum + packed.length, 0)
    await write(db, own).catch(() => undefined)
  }
  isWriting = false
}

/** One statement, and its bytes as one value: as a list they would be spelt in hex, here and there. It waits for no flush. */
const write = (db: Db, rows: readonly HintTable[]): Promise<void> =>
  transaction(db, async (tx) => {
    let end = 1
    const starts = rows.map(({ packed }) => (end += packed.length) - packed.length)
    const bytes = Buffer.from(concatBytes(...rows.map(({ packed }) => packed)).buffer)
    await sql`set local synchronous_commit = off`.execute(tx)
    await sql`insert into hint (decision, position, packed)
      select r.decision, r.position, substring(${bytes}::bytea from r.start for r.size)
      from unnest(${rows.map(({ decision }) => decision)}::int[], ${rows.map(({ position }) => position)}::bigint[],
        ${starts}::int[], ${rows.map(({ packed }) => packed.length)}::int[]) as r (decision, position, start, size)
      on conflict (decision, position) do update set packed = excluded.packed`.execute(tx)
  })

/** Rows and bytes of one decision's hints that are read from the disk at once: of ballots so many, of long shuffles one. */
const [pageRows, pageBytes] = [256, 4_000_000]

async function pageAfter(db: Db, decision: number, last: number): Promise<readonly Pick<HintTable, 'position' | 'packed'>[]> {
  // The length of what is stored apart is known without reading it.
  const found = await sql<Pick<HintTable, 'position' | 'packed'>>`select position, packed from (
      select position, packed, sum(octet_length(packed)) over (order by position) - octet_length(packed) as before
      from (select position, packed from hint where decision = ${decision} and position > ${last} order by position limit ${pageRows}) p
    ) q where before < ${pageBytes} order by position`.execute(db)
  return found.rows
}

/** The file of hints of a decision, page by page: see docs/spec/hints.md. */
export async function* hintsFile(db: Db, decision: number): AsyncGenerator<Uint8Array, void, undefined> {
  yield hintsHeader
  for (let last = -1; ;) {
    const rows = await pageAfter(db, decision, last)
    const end = rows.at(-1)
    if (end === undefined) return
    yield concatBytes(...rows.map(({ position, packed }) => hintsLine(position, packed)))
    last = end.position
  }
}

/** What is kept for some entries of a decision, by their positions. */
export async function hintsAt(
  db: Db,
  decision: number,
  positions: readonly number[],
): Promise<ReadonlyMap<number, readonly Uint8Array[]>> {
  const rows = await db
    .selectFrom('hint')
    .select(['position', 'packed'])
    .where('decision', '=', decision)
    .where('position', '=', sql<number>`any(${positions}::bigint[])`)
    .execute()
  return new Map(rows.map(({ position, packed }) => [position, unpackHints(packed) ?? []]))
}
