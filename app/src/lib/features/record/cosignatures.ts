import { assert, instant } from '@quorate/kernel'
import {
  bodyOf,
  createTree,
  noteText,
  parseEntry,
  parseNote,
  takeCosignatures,
  type Tree,
  type VerifierKey,
} from '@quorate/record'
import { witnessRule } from '@quorate/verifier'
import type { Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { sha256 } from '#lib/platform/sha256.ts'
import { latestCheckpoint, type SignedHead } from './checkpoint.ts'
import { documentOf } from './log.ts'
import './tables.ts'
import { askWitness, parseWitnesses, type WitnessFault, type WitnessPeer } from './witness-client.ts'

const timeoutMs = 3000
/** A witness that did not answer is asked again after this long, so that a dead one costs one wait in half a minute. */
const restMs = 30_000

/** The witnesses the operator has named; the setting was read at the start. */
export function witnessPeers({ settings }: Pick<Work, 'settings'>): readonly WitnessPeer[] {
  const peers = parseWitnesses(settings.witnesses)
  assert(peers !== null, 'the witnesses of the settings can be read')
  return peers
}

const quorums = new Map<string, number>()

/** How many witnesses must have signed before a state of the record is published, by the edition in force; 0 where it says nothing. */
export async function quorumInForce(db: Db): Promise<number> {
  const row = await db
    .selectFrom('record_entry')
    .select('bytes')
    .where('type', '=', 'edition')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  const entry = row === undefined ? null : parseEntry(row.bytes)
  const edition = entry?.kind === 'ok' ? bodyOf(entry.value, 'edition') : null
  if (edition === null) return 0
  const known = quorums.get(edition.text)
  if (known !== undefined) return known
  const quorum = witnessRule((await documentOf(db, edition.text)) ?? '', edition.edition).witnesses
  quorums.set(edition.text, quorum)
  return quorum
}

async function treeOf(db: Db, size: number): Promise<Tree> {
  const rows = await db.selectFrom('record_entry').select('leaf').where('position', '<', size).orderBy('position').execute()
  return createTree(
    rows.map((row) => row.leaf),
    sha256,
  )
}

const restingUntil = new Map<string, number>()

/**
 * Asks every witness that has not cosigned the newest checkpoint, all at once, and keeps what they say. One that is slow or dead holds nobody
 * back for longer than its time-out, and is then left alone for a while. Returns how many cosigned.
 */
export async function collectCosignatures(work: Work): Promise<number> {
  const peers = witnessPeers(work)
  const head = peers.length === 0 ? null : await latestCheckpoint(work.db)
  if (head === null) return 0
  const rows = await work.db.selectFrom('record_witness').selectAll().execute()
  const now = work.machine.now()
  const due = peers.filter((peer) => {
    const known = rows.find((row) => row.name === peer.key.name)
    return (known?.size ?? 0) < head.size && (restingUntil.get(peer.url) ?? 0) <= now
  })
  if (due.length === 0) return 0
  const tree = (await treeOf(work.db, head.size)).node
  const answers = await Promise.all(
    due.map(async (peer) => {
      const old = rows.find((row) => row.name === peer.key.name)?.size ?? 0
      const answer = await askWitness(peer, { note: head.note, size: head.size, tree }, old, timeoutMs)
      if (answer.kind === 'fail') restingUntil.set(peer.url, now + restMs)
      await noteAnswer(work, peer, head, answer.kind === 'ok' ? { line: lineOf(answer.value, peer.key) } : answer.error)
      return answer
    }),
  )
  return answers.filter((answer) => answer.kind === 'ok').length
}

/** The signature line of a key in a note. */
function lineOf(note: string, key: VerifierKey): string {
  const parsed = parseNote(note)
  assert(parsed.kind === 'ok', 'a cosigned checkpoint can be read')
  const signatures = parsed.value.signatures.filter((s) => s.name === key.name && s.id === key.id)
  return noteText({ text: parsed.value.text, signatures }).slice(parsed.value.text.length + 1)
}

async function noteAnswer(
  { db, machine }: Work,
  { key }: WitnessPeer,
  { size }: SignedHead,
  said: WitnessFault | { readonly line: string },
): Promise<void> {
  const now = machine.now()
  if (!('line' in said)) {
    const fault = JSON.stringify(said)
    await db
      .insertInto('record_witness')
      .values({ name: key.name, size: 0, answered_at: null, failing_since: now, fault })
      .onConflict((c) =>
        c
          .column('name')
          .doUpdateSet((e) => ({ fault, failing_since: e.fn.coalesce('record_witness.failing_since', e.val(now)) })),
      )
      .execute()
    return
  }
  await db
    .insertInto('record_cosignature')
    .values({ size, witness: key.name, line: said.line, signed_at: now })
    .onConflict((c) => c.columns(['size', 'witness']).doNothing())
    .execute()
  await db
    .insertInto('record_witness')
    .values({ name: key.name, size, answered_at: now, failing_since: null, fault: null })
    .onConflict((c) => c.column('name').doUpdateSet({ size, answered_at: now, failing_since: null, fault: null }))
    .execute()
}

/**
 * The newest checkpoint that as many witnesses have cosigned as the rulebook asks for, with their lines: what is published. Null while there is
 * none. A dead witness stops nothing as long as the others are enough.
 */
export async function publishedCheckpoint(work: Work): Promise<SignedHead | null> {
  const [peers, quorum] = [witnessPeers(work), await quorumInForce(work.db)]
  if (peers.length === 0 && quorum === 0) return latestCheckpoint(work.db)
  const keys = peers.map((peer) => peer.key)
  const rows = await work.db
    .selectFrom('record_checkpoint')
    .leftJoin('record_cosignature', 'record_cosignature.size', 'record_checkpoint.size')
    .select(['record_checkpoint.size', 'note', 'record_checkpoint.signed_at', 'witness', 'line'])
    .where('record_checkpoint.size', '>=', await leastToLookAt(work.db, quorum))
    .orderBy('record_checkpoint.size', 'desc')
    .orderBy('witness')
    .execute()
  for (const size of new Set(rows.map((row) => row.size))) {
    const lines = rows.filter((row) => row.size === size)
    const [first] = lines
    if (first === undefined) continue
    // What was altered in the database does not count.
    const answer = lines.map(({ line }) => line ?? '').join('')
    const { checkpoint: note, by } = takeCosignatures(first.note, answer, keys)
    if (new Set(by).size >= quorum) return { size, note, signedAt: instant(first.signed_at) }
  }
  return null
}

/** Checkpoints older than the newest that enough witnesses signed need not be looked at. */
async function leastToLookAt(db: Db, quorum: number): Promise<number> {
  const row = await db
    .selectFrom('record_cosignature')
    .select('size')
    .groupBy('size')
    .having((e) => e.fn.countAll(), '>=', quorum)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row !== undefined) return row.size
  return quorum > 0 ? Number.MAX_SAFE_INTEGER : ((await latestCheckpoint(db))?.size ?? 0)
}

/** A witness and how it is, for a page. `since`: since when it does not answer, or refuses; null when it is well. */
export type WitnessState = {
  readonly name: string
  readonly size: number
  readonly answeredAt: number | null
  readonly since: number | null
  readonly fault: string | null
}

/** Every witness of the settings with its health. */
export async function witnessStates(work: Work): Promise<readonly WitnessState[]> {
  const rows = await work.db.selectFrom('record_witness').selectAll().execute()
  return witnessPeers(work).map(({ key }) => {
    const row = rows.find((r) => r.name === key.name)
    return {
      name: key.name,
      size: row?.size ?? 0,
      answeredAt: row?.answered_at ?? null,
      since: row?.failing_since ?? null,
      fault: row?.fault ?? null,
    }
  })
}
