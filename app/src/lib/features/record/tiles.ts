import { assert } from '@quorate/kernel'
import {
  bundleBytes,
  consistencyProof,
  createTree,
  frontierAt,
  makeReceipt,
  parseTilePath,
  receiptText,
  tileBytes,
  type Frontier,
  type Hash,
  type TileName,
  type Tree,
} from '@quorate/record'
import type { Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { sha256 } from '#lib/platform/sha256.ts'
import type { SignedHead } from './checkpoint.ts'
import { exactRows, storedColumns } from './packed-ballots.ts'
import './tables.ts'

/** The tree over the first `size` leaves. Cost: one row a leaf; 32 bytes each, so a million entries are 32 MB. */
async function treeOf(db: Db, size: number): Promise<Tree> {
  const rows = await db.selectFrom('record_entry').select('leaf').where('position', '<', size).orderBy('position').execute()
  assert(rows.length === size, 'the log has every leaf its checkpoint counts')
  return createTree(
    rows.map((row) => row.leaf),
    sha256,
  )
}

const fits = (tile: TileName, size: number): boolean => {
  const below = tile.level === 'entries' ? size : Math.floor(size / 256 ** tile.level)
  return tile.index * 256 + tile.width <= below
}

/** The bytes of a tile or bundle under a checkpoint, by its C2SP path; null when there is no such tile. */
export async function tileAt(db: Db, head: SignedHead, path: string): Promise<Uint8Array | null> {
  const tile = parseTilePath(path)
  if (tile.kind === 'fail' || !fits(tile.value, head.size)) return null
  const { level, index, width } = tile.value
  if (level !== 'entries') return tileBytes({ level, index, width }, (await treeOf(db, head.size)).node)
  const rows = await db
    .selectFrom('record_entry')
    .select(storedColumns)
    .where('position', '>=', index * 256)
    .where('position', '<', index * 256 + width)
    .orderBy('position')
    .execute()
  return bundleBytes((await exactRows(db, rows)).map((row) => row.bytes))
}

/** The receipt of one entry under a checkpoint: a file anybody checks offline. */
export async function receiptOf(db: Db, head: SignedHead, position: number): Promise<string> {
  assert(position < head.size, 'an entry with a receipt lies under the checkpoint')
  return receiptText(makeReceipt(position, head.size, head.note, (await treeOf(db, head.size)).node))
}

const grown = new Map<string, Tree>()

/**
 * Proof that the tree of `to` leaves continues that of `from`. Every browser asks for one as the log grows, so this process keeps the tree and
 * reads only the leaves that are new: 64 bytes of memory a leaf.
 */
export async function consistencyOf(
  { db, settings }: Pick<Work, 'db' | 'settings'>,
  from: number,
  to: number,
): Promise<readonly Hash[]> {
  assert(from <= to, 'a log only grows')
  return consistencyProof(from, to, (await grownTree({ db, settings }, to)).node)
}

/** The tree that this process keeps, of `size` leaves or more. */
async function grownTree({ db, settings }: Pick<Work, 'db' | 'settings'>, size: number): Promise<Tree> {
  const tree = grown.get(settings.databaseUrl) ?? createTree([], sha256)
  grown.set(settings.databaseUrl, tree)
  if (tree.size() < size) {
    const rows = await db
      .selectFrom('record_entry')
      .select(['position', 'leaf'])
      .where('position', '>=', tree.size())
      .where('position', '<', size)
      .orderBy('position')
      .execute()
    // Another request may have read the same rows meanwhile.
    for (const { position, leaf } of rows) if (position === tree.size()) tree.append(leaf)
    assert(tree.size() >= size, 'the log has every leaf its checkpoint counts')
  }
  return tree
}

/** The tree of the first `size` entries, as who appends to it needs it. */
export const frontierOfFirst = async (work: Pick<Work, 'db' | 'settings'>, size: number): Promise<Frontier> =>
  frontierAt(size, (await grownTree(work, size)).node)
