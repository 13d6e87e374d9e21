import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert, equalBytes, type Instant } from '@quorate/kernel'
import {
  appendLeaf,
  emptyFrontier,
  frontierRoot,
  leafHasher,
  parseSigner,
  signCheckpoint,
  signerOf,
  signerText,
  verifierKeyText,
  type Frontier,
  type Signer,
} from '@quorate/record'
import type { Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { sha256 } from '#lib/platform/sha256.ts'
import { frontierOf } from './log.ts'
import { exactPages } from './packed-ballots.ts'
import './tables.ts'

const leafHash = leafHasher(sha256)
const signers = new Map<string, Signer>()

/**
 * The key that signs the log, made at the first start and kept in the data folder beside the database, not in it: a copied database cannot
 * sign. Two first starts at once agree, because only one file can take the name.
 */
export function logSigner({ settings, movement }: Pick<Work, 'settings' | 'movement'>): Signer {
  const folder = join(settings.dataFolder, 'keys')
  const path = join(folder, 'record.key')
  const known = signers.get(path)
  if (known !== undefined) return known
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const fresh = `${path}.${randomBytes(6).toString('hex')}`
    writeFileSync(fresh, `${signerText(signerOf(`${movement.slug}/record`, 1, randomBytes(32)))}\n`, { mode: 0o600 })
    try {
      linkSync(fresh, path)
    } catch {
      // Another process was first; its key is the log's.
    }
    rmSync(fresh)
  }
  const signer = parseSigner(readFileSync(path, 'utf8').trim())
  assert(signer.kind === 'ok', 'the log key file holds a key')
  signers.set(path, signer.value)
  return signer.value
}

/** The log's public key as others type it (`name+id+key`). */
export const logKey = (work: Pick<Work, 'settings' | 'movement'>): string => verifierKeyText(logSigner(work).key)

/** A signed tree head and the size it is for. */
export type SignedHead = { readonly size: number; readonly note: string; readonly signedAt: Instant }

/** The newest checkpoint, or null before the first entry. */
export async function latestCheckpoint(db: Db): Promise<SignedHead | null> {
  const row = await db.selectFrom('record_checkpoint').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? null : { size: row.size, note: row.note, signedAt: row.signed_at }
}

const checkedWhole = new Set<string>()
/** Walks over the whole log that are under way: whoever comes meanwhile waits for the same. */
const walks = new Map<string, Promise<Frontier>>()

/** The tree that continues another by the stored entries up to a size; it ends before that where entries are missing. */
async function walkOn(db: Db, start: Frontier, size: number): Promise<Frontier> {
  let tree = start
  for await (const rows of exactPages(db, start.size, size))
    for (const { bytes } of rows) tree = appendLeaf(tree, leafHash(bytes), sha256)
  return tree
}

/** The tree over all that was signed before, from the stored entries themselves. */
function walkWhole({ db, settings }: Work, size: number): Promise<Frontier> {
  const key = `${settings.databaseUrl} ${String(size)}`
  const held = walks.get(key)
  if (held !== undefined) return held
  const walk = walkOn(db, emptyFrontier, size).finally(() => walks.delete(key))
  walks.set(key, walk)
  return walk
}

/**
 * Signs the log as it stands, unless that is done. The root is recomputed from the stored bytes before it is signed: a log that answered
 * from memory what its disk no longer held is how a public log was lost in 2022. Each process reads every entry once, before its first
 * signature; afterwards the entries since the last one, so that a ballot's receipt does not cost a walk over the whole box.
 */
export async function signHead(work: Work): Promise<SignedHead | null> {
  const { db, clock } = work
  const head = await db.selectFrom('record_head').selectAll().where('id', '=', 1).executeTakeFirstOrThrow()
  const last = await db.selectFrom('record_checkpoint').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst()
  if (head.size === 0) return null
  if (last !== undefined && last.size >= head.size) return { size: last.size, note: last.note, signedAt: last.signed_at }
  const signer = logSigner(work)
  const start =
    last === undefined
      ? emptyFrontier
      : checkedWhole.has(work.settings.databaseUrl)
        ? frontierOf(last.size, last.peaks)
        : await walkWhole(work, last.size)
  const frontier = await walkOn(db, start, head.size)
  const root = frontierRoot(frontier)
  if (frontier.size !== head.size || !equalBytes(root, frontierRoot(frontierOf(head.size, head.peaks))))
    throw new RecordDamaged(head.size)
  checkedWhole.add(work.settings.databaseUrl)
  const note = signCheckpoint({ origin: signer.key.name, size: head.size, root, extensions: [] }, signer)
  const signedAt = clock.now()
  await db
    .insertInto('record_checkpoint')
    .values({ size: head.size, note, peaks: Buffer.concat(frontier.peaks), signed_at: signedAt })
    .onConflict((c) => c.column('size').doNothing())
    .execute()
  return { size: head.size, note, signedAt }
}

/** The stored entries are not those whose tree we hold: nothing more is signed until somebody has looked. */
export class RecordDamaged extends Error {
  override readonly name = 'RecordDamaged'
  constructor(size: number) {
    super(`the record's ${String(size)} stored entries do not hash to its tree; nothing more is signed`)
  }
}
