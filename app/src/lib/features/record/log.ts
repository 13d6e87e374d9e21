import { createHash } from 'node:crypto'
import { assert, instant, ok, utf8, type Instant, type Result } from '@quorate/kernel'
import {
  appendLeaf,
  encodeEntry,
  entryOf,
  leafHasher,
  parseEntry,
  type BodyOf,
  type Entry,
  type EntryFault,
  type EntryType,
  type Frontier,
} from '@quorate/record'
import { sql } from 'kysely'
import type { Db, Tx } from '#lib/platform/database.ts'
import { withoutBallot } from '#lib/platform/packed-entry.ts'
import { sha256 } from '#lib/platform/sha256.ts'
import { exactRows, noteWritten, storedColumns } from './packed-ballots.ts'
import './tables.ts'

/** An entry to write: all but the instant, which the log gives it. A ballot that comes with its packed form is stored in that. */
export type Draft = {
  readonly [T in EntryType]: {
    readonly type: T
    readonly decision: number | null
    readonly body: BodyOf<T>
  } & (T extends 'ballot' ? { readonly packed?: Uint8Array } : unknown)
}[EntryType]

/** An entry where it stands. */
export type Placed = { readonly position: number; readonly entry: Entry; readonly bytes: Uint8Array }

const hashBytes = 32
const leafHash = leafHasher(sha256)
/** The tree that stored peaks describe. */
export const frontierOf = (size: number, peaks: Buffer): Frontier => ({
  size,
  peaks: Array.from({ length: peaks.length / hashBytes }, (_, i) => peaks.subarray(i * hashBytes, (i + 1) * hashBytes)),
})

/**
 * Takes the log's one lock: its head row, until the transaction ends. Whoever reads state to judge an act takes it first, so that judging,
 * writing and numbering are one step and positions have no gaps. Returns the log's time: `now`, or the last entry's instant if that is later.
 */
export async function lockLog(tx: Tx, now: Instant): Promise<Instant> {
  const head = await tx.selectFrom('record_head').select('at').where('id', '=', 1).forUpdate().executeTakeFirstOrThrow()
  return instant(Math.max(now, head.at))
}

/**
 * Appends entries in order, in the caller's transaction: they stand or fall with the rows the caller writes. Fails, having written nothing,
 * when an entry that holds what somebody sent in does not fit the record.
 */
export async function append(tx: Tx, now: Instant, drafts: readonly Draft[]): Promise<Result<readonly Placed[], EntryFault>> {
  const head = await tx.selectFrom('record_head').selectAll().where('id', '=', 1).forUpdate().executeTakeFirstOrThrow()
  const at = instant(Math.max(now, head.at))
  let frontier = frontierOf(head.size, head.peaks)
  const placed: Placed[] = []
  const leaves: Uint8Array[] = []
  const stored: Stored[] = []
  for (const draft of drafts) {
    // One draft of the union at a time: its type and its body belong together.
    const entry = entryOf(draft.type, at, draft.decision, draft.body as never)
    const bytes = encodeEntry(entry)
    if (bytes.kind === 'fail') return bytes
    const leaf = leafHash(bytes.value)
    placed.push({ position: frontier.size, entry, bytes: bytes.value })
    leaves.push(leaf)
    stored.push(storedAs(draft, frontier.size, bytes.value))
    frontier = appendLeaf(frontier, leaf, sha256)
  }
  if (placed.length > 0) await insert(tx, placed, { stored, leaves: Buffer.concat(leaves) })
  await tx
    .updateTable('record_head')
    .set({ size: frontier.size, at, peaks: Buffer.concat(frontier.peaks) })
    .where('id', '=', 1)
    .execute()
  return ok(placed)
}

/** What a row holds of an entry: its bytes; or those but for its ballot, and the ballot packed. */
type Stored = { readonly bytes: Uint8Array; readonly packed: Buffer | null }

function storedAs(draft: Draft, position: number, bytes: Uint8Array): Stored {
  const { decision } = draft
  const rest = draft.type !== 'ballot' || draft.packed === undefined || decision === null ? null : withoutBallot(bytes)
  if (draft.type !== 'ballot' || draft.packed === undefined || rest === null) return { bytes, packed: null }
  const packed = Buffer.from(draft.packed)
  noteWritten({ position, decision, bytes: rest, packed, exact: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) })
  return { bytes: rest, packed }
}

/**
 * Writes entries in one statement, their bytes end to end in one value: as rows of parameters a thousand entries cost 40 ms more. Cost: some
 * 6 µs an entry beside its bytes.
 */
async function insert(
  tx: Tx,
  placed: readonly Placed[],
  { stored, leaves }: { readonly stored: readonly Stored[]; readonly leaves: Buffer },
): Promise<void> {
  const first = placed[0]
  assert(first !== undefined, 'there is something to write')
  const lengths = stored.map(({ bytes }) => bytes.length)
  const packed = stored.map((row) => row.packed?.length ?? 0)
  await sql`insert into record_entry (position, type, decision, at, bytes, leaf, packed)
    select ${first.position}::bigint + n - 1, type, decision, ${first.entry.at}::bigint,
      substring(${Buffer.concat(stored.map(({ bytes }) => bytes))}::bytea from start for length),
      substring(${leaves}::bytea from (${hashBytes}::int * (n - 1))::int + 1 for ${hashBytes}::int),
      case when packed_length > 0
        then substring(${Buffer.concat(stored.flatMap((row) => row.packed ?? []))}::bytea from packed_start for packed_length) end
    from unnest(${placed.map(({ entry }) => entry.type)}::text[], ${placed.map(({ entry }) => entry.decision)}::bigint[],
      ${startsOf(lengths)}::int[], ${lengths}::int[], ${startsOf(packed)}::int[], ${packed}::int[])
      with ordinality as entry (type, decision, start, length, packed_start, packed_length, n)`.execute(tx)
}

/** Where each of several values that stand end to end begins, counted from 1. */
function startsOf(lengths: readonly number[]): readonly number[] {
  let end = 0
  return lengths.map((length) => (end += length) - length + 1)
}

/** Like {@link append} for entries made by ourselves throughout: that they do not fit would be a bug. */
export async function appendOwn(tx: Tx, now: Instant, drafts: readonly Draft[]): Promise<readonly Placed[]> {
  const placed = await append(tx, now, drafts)
  assert(placed.kind === 'ok', `our own entries fit the record: ${placed.kind === 'fail' ? JSON.stringify(placed.error) : ''}`)
  return placed.value
}

/** SHA-256 of a text's UTF-8, lower-case hex: how the record cites a document. */
export const fingerprintOf = (content: string): string => createHash('sha256').update(utf8(content)).digest('hex')

/** Stores a document that the record cites; storing it again changes nothing. Returns its fingerprint. */
export async function storeDocument(tx: Tx, content: string): Promise<string> {
  const fingerprint = fingerprintOf(content)
  await tx
    .insertInto('record_document')
    .values({ fingerprint, content })
    .onConflict((c) => c.column('fingerprint').doNothing())
    .execute()
  return fingerprint
}

/** The document with this fingerprint, or null. */
export async function documentOf(db: Db, fingerprint: string): Promise<string | null> {
  const row = await db.selectFrom('record_document').select('content').where('fingerprint', '=', fingerprint).executeTakeFirst()
  return row?.content ?? null
}

/** Which entries to read. `from` is a position; all limits are optional. */
export type Selection = {
  readonly from?: number
  readonly count?: number
  readonly decision?: number
  readonly type?: EntryType
  /** Written at or after this instant, and before that one. */
  readonly since?: Instant
  readonly before?: Instant
  /** The capacity in which somebody acted, was refused or was granted a role, such as `office registrar`. */
  readonly capacity?: string
  /** Entries of one of these types, or that hold one of these texts word for word. */
  readonly search?: { readonly types: readonly EntryType[]; readonly texts: readonly string[] }
  readonly latestFirst?: boolean
}

/** Hexadecimal digits that may be an element of a packed ballot, or a part of one. */
const mayBeElement = /^[0-9a-f]{8,}$/

/**
 * Whether an entry's bytes hold a text. Canonical JSON has one spelling for it, so nothing need be parsed. Of a packed ballot the elements are found,
 * as they are spelt in its text; the digits of its proofs are not. Cost: a read of the bytes.
 */
const holds = (texts: readonly string[]) =>
  sql<boolean>`(${sql.join(
    texts.flatMap((text) => [
      sql`position(${Buffer.from(utf8(text))}::bytea in bytes) > 0`,
      ...(mayBeElement.test(text) ? [sql`(packed is not null and position(${text}::text in encode(packed, 'hex')) > 0)`] : []),
    ]),
    sql` or `,
  )})`

/** How a capacity is spelt in an entry: of who acted, or of the office that was granted. */
const capacityTexts = (capacity: string): readonly string[] => [
  `"as":${JSON.stringify(capacity)}`,
  ...(capacity.startsWith('office ') ? [`"office":${JSON.stringify(capacity.slice('office '.length))}`] : []),
]

/** Entries of the log as they are stored, in order. An entry that was damaged on disk is a broken invariant: `doctor` and the verifier name it. */
export async function entries(db: Db, selection: Selection = {}): Promise<readonly Placed[]> {
  let query = db.selectFrom('record_entry').select(storedColumns)
  if (selection.from !== undefined) query = query.where('position', selection.latestFirst === true ? '<=' : '>=', selection.from)
  if (selection.decision !== undefined) query = query.where('decision', '=', selection.decision)
  if (selection.type !== undefined) query = query.where('type', '=', selection.type)
  if (selection.since !== undefined) query = query.where('at', '>=', selection.since)
  if (selection.before !== undefined) query = query.where('at', '<', selection.before)
  if (selection.capacity !== undefined)
    query = query.where('type', 'in', ['act', 'refusal', 'role']).where(holds(capacityTexts(selection.capacity)))
  if (selection.search !== undefined) {
    const { types, texts } = selection.search
    if (types.length + texts.length === 0) return []
    query = query.where((e) =>
      e.or([...(types.length === 0 ? [] : [e('type', 'in', types)]), ...(texts.length === 0 ? [] : [holds(texts)])]),
    )
  }
  if (selection.count !== undefined) query = query.limit(selection.count)
  const rows = await query.orderBy('position', selection.latestFirst === true ? 'desc' : 'asc').execute()
  return (await exactRows(db, rows)).map(({ position, bytes }) => {
    const entry = parseEntry(bytes)
    assert(entry.kind === 'ok', `entry ${position} of the record can be read`)
    return { position, entry: entry.value, bytes }
  })
}

/** Which acts rest on what an entry of a type shows, each standing before its act. */
const restingOn: Readonly<Partial<Record<EntryType, string>>> = {
  delivery: 'notify',
  roll: 'freeze',
  setup: 'schedule',
  ballot: 'cast',
  'box-closed': 'declare',
  shuffle: 'declare',
  opening: 'declare',
  result: 'declare',
  edition: 'enact',
}

/**
 * For entries that show something (a roll, a ballot, a result): the act that rests on each, by its position. None for those no act has
 * followed yet. Cost: one index look-up an entry.
 */
export async function actsResting(db: Db, placed: readonly Placed[]): Promise<ReadonlyMap<number, Entry>> {
  const asked = placed.flatMap(({ position, entry }) => {
    const kind = restingOn[entry.type]
    return kind === undefined || entry.decision === null ? [] : [{ position, decision: entry.decision, kind }]
  })
  if (asked.length === 0) return new Map()
  const { rows } = await sql<{ shown: number; bytes: Buffer }>`
    select shown.position as shown, act.bytes
    from unnest(${asked.map((a) => a.position)}::bigint[], ${asked.map((a) => a.decision)}::bigint[],
      ${asked.map((a) => `"kind":"${a.kind}"`)}::text[]) as shown (position, decision, kind)
    cross join lateral (
      select bytes from record_entry
      where decision = shown.decision and position > shown.position and type = 'act' and position(convert_to(shown.kind, 'UTF8') in bytes) > 0
      order by position limit 1) as act`.execute(db)
  return new Map(
    rows.flatMap(({ shown, bytes }) => {
      const entry = parseEntry(bytes)
      return entry.kind === 'ok' ? [[shown, entry.value] as const] : []
    }),
  )
}

/** How many entries there are, and when the last was written. */
export async function logHead(db: Db): Promise<{ readonly size: number; readonly at: Instant }> {
  return db.selectFrom('record_head').select(['size', 'at']).where('id', '=', 1).executeTakeFirstOrThrow()
}
