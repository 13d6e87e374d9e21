import { assert, concatBytes, equalBytes, fail, ok, uintBytes, type Result } from '@quorate/kernel'
import type { HashReader } from './merkle.ts'

/** Hashes in a full tile: a tile is a subtree of height 8. */
export const tileWidth = 256
/** Largest entry: bundles prefix each with its length in two bytes. */
export const entryBytesMax = 65_535

/** Which tile: `level` 0 holds leaf hashes, each level above the roots of full tiles below; `entries` is a bundle. 1 ≤ width ≤ 256. */
export type TileName = { readonly level: number | 'entries'; readonly index: number; readonly width: number }

/** Path of a tile below the log's address, such as `tile/0/x001/067.p/12`. Source: c2sp.org/tlog-tiles, Merkle Tree. */
export function tilePath(tile: TileName): string {
  const groups = [(tile.index % 1000).toString().padStart(3, '0')]
  for (let rest = Math.floor(tile.index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${(rest % 1000).toString().padStart(3, '0')}`)
  return `tile/${String(tile.level)}/${groups.join('/')}${tile.width === tileWidth ? '' : `.p/${String(tile.width)}`}`
}

/** Reads the one right spelling of a tile's path; anything else is not a tile. */
export function parseTilePath(path: string): Result<TileName, 'not a tile path'> {
  const parts = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (parts === null) return fail('not a tile path')
  const tile: TileName = {
    level: parts[1] === 'entries' ? 'entries' : Number(parts[1]),
    index: Number((parts[2] ?? '').replace(/[x/]/g, '')),
    width: parts[3] === undefined ? tileWidth : Number(parts[3]),
  }
  const inRange = (tile.level === 'entries' || tile.level <= 63) && tile.width >= 1 && tile.width <= tileWidth
  return inRange && tilePath(tile) === path ? ok(tile) : fail('not a tile path')
}

/**
 * Names of all tiles and bundles that a tree of `size` leaves has and one of `oldSize` had not, in the order they must be written: entries
 * and lower levels first, so that a reader never meets a hash whose leaves are missing.
 */
export function tilesBetween(oldSize: number, size: number): readonly TileName[] {
  assert(oldSize >= 0 && oldSize <= size, 'a log only grows')
  const names: TileName[] = []
  let before = oldSize
  let after = size
  for (let level = 0; after > 0 && after > before; level++) {
    for (let index = Math.floor(before / tileWidth); index * tileWidth < after; index++) {
      const width = Math.min(tileWidth, after - index * tileWidth)
      if (level === 0) names.push({ level: 'entries', index, width })
      names.push({ level, index, width })
    }
    before = Math.floor(before / tileWidth)
    after = Math.floor(after / tileWidth)
  }
  return names
}

/** Bytes of a hash tile: its hashes one after another. Cost: one read a hash. */
export function tileBytes(
  tile: { readonly level: number; readonly index: number; readonly width: number },
  reader: HashReader,
): Uint8Array {
  return concatBytes(...Array.from({ length: tile.width }, (_, i) => reader(8 * tile.level, tile.index * tileWidth + i)))
}

/** An entry bundle: each entry behind its length in two bytes, big-endian. */
export function bundleBytes(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => {
      assert(entry.length <= entryBytesMax, 'an entry fits its length prefix')
      return [uintBytes(BigInt(entry.length), 2), entry]
    }),
  )
}

/** Why bytes are not a bundle of so many entries. */
export type BundleFault = 'bundle cut short' | 'bytes after the last entry'

/** Reads exactly `width` entries from a bundle. They are views of its bytes, not copies. */
export function parseBundle(bytes: Uint8Array, width: number): Result<readonly Uint8Array[], BundleFault> {
  const entries: Uint8Array[] = []
  let at = 0
  for (let i = 0; i < width; i++) {
    const [high, low] = [bytes[at], bytes[at + 1]]
    if (high === undefined || low === undefined) return fail('bundle cut short')
    const end = at + 2 + high * 256 + low
    if (end > bytes.length) return fail('bundle cut short')
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return at === bytes.length ? ok(entries) : fail('bytes after the last entry')
}

/**
 * The files that bring a mirror from `oldSize` to `size`: path to bytes, in writing order, without the checkpoint, which comes last and
 * separately. With `oldSize` 0 it is the whole directory. `entry` gives an entry's bytes by index, `reader` the hashes.
 */
export function tileFiles(
  oldSize: number,
  size: number,
  reader: HashReader,
  entry: (index: number) => Uint8Array,
): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (const tile of tilesBetween(oldSize, size)) {
    const { level, index, width } = tile
    const bytes =
      level === 'entries'
        ? bundleBytes(Array.from({ length: width }, (_, i) => entry(index * tileWidth + i)))
        : tileBytes({ level, index, width }, reader)
    files.set(tilePath(tile), bytes)
  }
  return files
}

/** Why a directory of tiles does not hold the log it should. `path` is the file at fault. */
export type TileFault =
  | { readonly kind: 'file missing'; readonly path: string }
  | { readonly kind: 'bundle malformed'; readonly path: string; readonly fault: BundleFault }
  | { readonly kind: 'tile of a wrong length'; readonly path: string }
  | { readonly kind: 'tile does not match its entries'; readonly path: string; readonly entry: number | null }

/**
 * Reads all entries of a log of `size` from its files. A partial file may have given way to the full one, as tlog-tiles allows; then only
 * the part inside the tree is read.
 */
export function readEntries(
  size: number,
  read: (path: string) => Uint8Array | undefined,
): Result<readonly Uint8Array[], TileFault> {
  const entries: Uint8Array[] = []
  for (const tile of tilesBetween(0, size)) {
    if (tile.level !== 'entries') continue
    const { bytes, path, width } = readTile(tile, read)
    if (bytes === undefined) return fail({ kind: 'file missing', path })
    const bundle = parseBundle(bytes, width)
    if (bundle.kind === 'fail') return fail({ kind: 'bundle malformed', path, fault: bundle.error })
    entries.push(...bundle.value.slice(0, tile.width))
  }
  return ok(entries)
}

/** Compares every hash tile of a directory with the tree of its entries and names the first that differs. */
export function checkTiles(
  size: number,
  reader: HashReader,
  read: (path: string) => Uint8Array | undefined,
): Result<number, TileFault> {
  let checked = 0
  for (const tile of tilesBetween(0, size)) {
    const { level, index } = tile
    if (level === 'entries') continue
    const { bytes, path, width } = readTile(tile, read)
    if (bytes === undefined) return fail({ kind: 'file missing', path })
    if (bytes.length !== 32 * width) return fail({ kind: 'tile of a wrong length', path })
    const expected = tileBytes({ level, index, width: tile.width }, reader)
    if (!equalBytes(bytes.slice(0, expected.length), expected)) {
      const at = Array.from({ length: tile.width }, (_, i) => i).find(
        (i) => !equalBytes(bytes.slice(32 * i, 32 * i + 32), expected.slice(32 * i, 32 * i + 32)),
      )
      const entry = level === 0 && at !== undefined ? index * tileWidth + at : null
      return fail({ kind: 'tile does not match its entries', path, entry })
    }
    checked++
  }
  return ok(checked)
}

function readTile(
  tile: TileName,
  read: (path: string) => Uint8Array | undefined,
): { readonly bytes: Uint8Array | undefined; readonly path: string; readonly width: number } {
  const path = tilePath(tile)
  const bytes = read(path)
  if (bytes !== undefined || tile.width === tileWidth) return { bytes, path, width: tile.width }
  const full = read(tilePath({ ...tile, width: tileWidth }))
  return { bytes: full, path, width: full === undefined ? tile.width : tileWidth }
}
