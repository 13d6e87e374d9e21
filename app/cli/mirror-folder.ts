import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { equalBytes, fail, ok, toBase64, type Result } from '@quorate/kernel'
import {
  checkTiles,
  compareViews,
  createTree,
  leafHasher,
  openCheckpoint,
  parseBundle,
  readEntries,
  rootAt,
  tilePath,
  tilesBetween,
  tileWidth,
  type Checkpoint,
  type Hash,
  type TileFault,
  type TileName,
  type Trust,
} from '@quorate/record'
import { sha256 } from '../src/lib/platform/sha256.ts'

const leafHash = leafHasher(sha256)

/** A log as plain files, read whole: its checkpoint, every entry and its hash. */
export type MirroredLog = {
  readonly checkpoint: Checkpoint
  readonly note: string
  readonly entries: readonly Uint8Array[]
  readonly leaves: readonly Hash[]
}

/** What reads a file of a log by its path, such as `tile/0/000.p/4`; undefined where there is none. */
export type ReadTile = (path: string) => Uint8Array | undefined

/** Reads files of a folder. */
export const filesOf =
  (folder: string): ReadTile =>
  (path) => {
    try {
      const { buffer, byteOffset, length } = readFileSync(join(folder, path))
      return new Uint8Array(buffer, byteOffset, length)
    } catch {
      return undefined
    }
  }

const tileSentence = (fault: TileFault): string =>
  fault.kind === 'tile does not match its entries' && fault.entry !== null
    ? `${fault.path}: ${fault.kind}, first at entry ${String(fault.entry)}`
    : `${fault.path}: ${fault.kind}${fault.kind === 'bundle malformed' ? ` (${fault.fault})` : ''}`

/**
 * Checks a log's files from their bytes: every entry is hashed again, every tile compared, and the root is the one that was signed. The error
 * names the first file at fault. Cost: linear in the log, some 7 s for a million entries.
 */
export function checkLogFiles(note: string, read: ReadTile, trust: Trust): Result<MirroredLog, string> {
  const opened = openCheckpoint(note, trust)
  if (opened.kind === 'fail') return fail(`checkpoint: ${opened.error.kind}`)
  const { checkpoint } = opened.value
  const entries = readEntries(checkpoint.size, read)
  if (entries.kind === 'fail') return fail(tileSentence(entries.error))
  const leaves = entries.value.map(leafHash)
  const tree = createTree(leaves, sha256)
  const tiles = checkTiles(checkpoint.size, tree.node, read)
  if (tiles.kind === 'fail') return fail(tileSentence(tiles.error))
  const root = rootAt(checkpoint.size, tree.node)
  if (!equalBytes(root, checkpoint.root))
    return fail(`the entries do not give the signed root: ${toBase64(root)}, not ${toBase64(checkpoint.root)}`)
  return ok({ checkpoint, note, entries: entries.value, leaves })
}

/** Entries from `from` up to `to`, `to` not among them. */
export type EntryRange = { readonly from: number; readonly to: number }

/** A copy that lacks entries: its checkpoint, how many entries were hashed again, and those that are not here. */
export type PartialLog = { readonly checkpoint: Checkpoint; readonly checked: number; readonly missing: readonly EntryRange[] }

/**
 * Checks a copy from which bundles of entries are missing: their hashes are taken from its tiles, so the signed root still says that nothing
 * else was changed, and the entries that are here are those that were signed. What the missing ones say is unknown. Null when none is missing.
 */
export function checkPartialLog(note: string, read: ReadTile, trust: Trust): Result<PartialLog | null, string> {
  const opened = openCheckpoint(note, trust)
  if (opened.kind === 'fail') return fail(`checkpoint: ${opened.error.kind}`)
  const { checkpoint } = opened.value
  const leaves: Hash[] = []
  const missing: EntryRange[] = []
  for (const tile of tilesBetween(0, checkpoint.size)) {
    if (tile.level !== 'entries') continue
    const hashes = { ...tile, level: 0 }
    const [bundle, stored] = [readPart(tile, read), readPart(hashes, read)]
    const entries = bundle === undefined ? null : parseBundle(bundle.bytes, bundle.width)
    if (entries?.kind === 'fail') return fail(`${tilePath(tile)}: bundle malformed (${entries.error})`)
    if (entries === null) {
      if (stored === undefined) return fail(`neither ${tilePath(tile)} nor ${tilePath(hashes)} is here`)
      const [from, to] = [leaves.length, leaves.length + tile.width]
      const last = missing.at(-1)
      if (last?.to === from) missing[missing.length - 1] = { from: last.from, to }
      else missing.push({ from, to })
      for (let i = 0; i < tile.width; i++) leaves.push(stored.bytes.slice(32 * i, 32 * i + 32))
    } else {
      for (const [i, entry] of entries.value.slice(0, tile.width).entries()) {
        const leaf = leafHash(entry)
        if (stored !== undefined && !equalBytes(leaf, stored.bytes.slice(32 * i, 32 * i + 32)))
          return fail(`${tilePath(hashes)}: tile does not match its entries, first at entry ${String(leaves.length)}`)
        leaves.push(leaf)
      }
    }
  }
  if (missing.length === 0) return ok(null)
  const short = leaves.findIndex((leaf) => leaf.length !== 32)
  if (short >= 0)
    return fail(`${tilePath({ level: 0, index: Math.floor(short / tileWidth), width: tileWidth })}: tile of a wrong length`)
  const root = rootAt(checkpoint.size, createTree(leaves, sha256).node)
  if (!equalBytes(root, checkpoint.root))
    return fail(`entries and hashes do not give the signed root: ${toBase64(root)}, not ${toBase64(checkpoint.root)}`)
  return ok({ checkpoint, checked: checkpoint.size - missing.reduce((sum, { from, to }) => sum + to - from, 0), missing })
}

/** A tile as it is here, or the full one that has taken its place; undefined where neither is. */
function readPart(tile: TileName, read: ReadTile): { readonly bytes: Uint8Array; readonly width: number } | undefined {
  const part = read(tilePath(tile))
  if (part !== undefined) return { bytes: part, width: tile.width }
  const full = read(tilePath({ ...tile, width: tileWidth }))
  return full === undefined ? undefined : { bytes: full, width: tileWidth }
}

/** What bringing a mirror up to date came to. */
export type MirrorOutcome =
  | { readonly kind: 'grown'; readonly from: number; readonly to: number }
  | { readonly kind: 'current'; readonly size: number }
  /** The server shows an older state than ours, of the same history. */
  | { readonly kind: 'behind'; readonly size: number; readonly ours: number }
  /** What the server shows and what we hold were both signed, and cannot both be true. `file`: where its checkpoint is kept. */
  | { readonly kind: 'split view'; readonly entry: number | null; readonly file: string }

/** Where a log is read from: its checkpoint, and a file by path. The error is a sentence without full stop. */
export type LogSource = {
  readonly checkpoint: () => Promise<Result<string, string>>
  readonly file: (path: string) => Promise<Result<Uint8Array, string>>
}

/**
 * Brings a mirror up to date. Nothing is written that does not continue what the mirror holds; tiles come first and the checkpoint last, so a
 * mirror that is stopped half way holds what it held.
 */
export async function updateMirror(folder: string, source: LogSource, trust: Trust): Promise<Result<MirrorOutcome, string>> {
  const held = filesOf(folder)
  const ownNote = held('checkpoint')
  const own = ownNote === undefined ? null : checkLogFiles(new TextDecoder().decode(ownNote), held, { ...trust, quorum: 0 })
  if (own?.kind === 'fail') return fail(`the mirror itself is damaged: ${own.error}`)
  const note = await source.checkpoint()
  if (note.kind === 'fail') return note
  const opened = openCheckpoint(note.value, trust)
  if (opened.kind === 'fail') return fail(`the server’s checkpoint: ${opened.error.kind}`)
  const { size } = opened.value.checkpoint
  const ours = own?.value ?? null
  const oldSize = ours?.checkpoint.size ?? 0
  const fetched = new Map<string, Uint8Array>()
  for (const tile of size > oldSize ? tilesBetween(oldSize, size) : []) {
    const path = tilePath(tile)
    const bytes = await source.file(path)
    if (bytes.kind === 'fail') return fail(`${path}: ${bytes.error}`)
    fetched.set(path, bytes.value)
  }
  const theirs = size >= oldSize ? checkLogFiles(note.value, (path) => fetched.get(path) ?? held(path), trust) : null
  const leaves = theirs?.kind === 'ok' ? theirs.value.leaves : null
  if (ours !== null) {
    const view = { who: 'mirror', checkpoint: ours.checkpoint, leaves: ours.leaves }
    const server = { who: 'server', checkpoint: opened.value.checkpoint, leaves: leaves ?? (await leavesFrom(source, size)) }
    const compared = compareViews(view, server)
    if (compared.kind === 'split view') {
      const file = `split-view-${String(size)}.checkpoint`
      await writeWhole(join(folder, file), new TextEncoder().encode(note.value))
      return ok({ kind: 'split view', entry: compared.entry, file })
    }
    if (size < oldSize) return ok({ kind: 'behind', size, ours: oldSize })
  }
  if (theirs?.kind === 'fail') return fail(`the server’s files do not hold: ${theirs.error}`)
  for (const [path, bytes] of fetched) await writeWhole(join(folder, path), bytes)
  await writeWhole(join(folder, 'checkpoint'), new TextEncoder().encode(note.value))
  return ok(size === oldSize ? { kind: 'current', size } : { kind: 'grown', from: oldSize, to: size })
}

/** The leaves of the server's own copy, for naming where two histories part; null where it does not show them. */
async function leavesFrom(source: LogSource, size: number): Promise<readonly Hash[] | null> {
  const files = new Map<string, Uint8Array>()
  for (const tile of tilesBetween(0, size)) {
    if (tile.level !== 'entries') continue
    const bytes = await source.file(tilePath(tile))
    if (bytes.kind === 'fail') return null
    files.set(tilePath(tile), bytes.value)
  }
  const entries = readEntries(size, (path) => files.get(path))
  return entries.kind === 'ok' ? entries.value.map(leafHash) : null
}

/** Writes a file so that it is there whole or not at all. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(`${path}.new`, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}

/** The checkpoint of a mirror as text, or null. */
export const mirrorNote = async (folder: string): Promise<string | null> =>
  readFile(join(folder, 'checkpoint'), 'utf8').catch(() => null)
