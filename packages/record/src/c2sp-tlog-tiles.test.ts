import { equalBytes, toHex, utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bundleBytes,
  checkTiles,
  createTree,
  leafHash,
  parseBundle,
  parseTilePath,
  readEntries,
  tileFiles,
  tilePath,
  tilesBetween,
  type Hash,
} from './index.ts'

const entry = (i: number): Uint8Array => utf8(`entry ${String(i)}`)
const entries = Array.from({ length: 700 }, (_, i) => entry(i))
const tree = createTree(entries.map(leafHash))
const log = (size: number): Map<string, Uint8Array> => new Map(tileFiles(0, size, tree.node, entry))

describe('paths', () => {
  test('follow the examples of the specification', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(tilePath({ level: 0, index: 67, width: 256 })).toBe('tile/0/067')
    expect(tilePath({ level: 3, index: 1000, width: 1 })).toBe('tile/3/x001/000.p/1')
    expect(tilePath({ level: 'entries', index: 0, width: 255 })).toBe('tile/entries/000.p/255')
  })

  test('are read back, and every other spelling is refused', () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.integer({ min: 0, max: 63 }),
        fc.integer({ min: 1, max: 256 }),
        fc.boolean(),
        (index, level, width, data) => {
          const tile = { level: data ? ('entries' as const) : level, index, width }
          expect(parseTilePath(tilePath(tile))).toEqual({ kind: 'ok', value: tile })
        },
      ),
      { numRuns: 200 },
    )
    const wrong = [
      'tile/0/67',
      'tile/00/067',
      'tile/64/067',
      'tile/0/x000/067',
      'tile/0/001/067',
      'tile/0/067.p/0',
      'tile/0/067.p/256',
    ]
    wrong.push(
      'tile/0/067.p/01',
      'tile/0/067/',
      '/tile/0/067',
      'tile/data/067',
      'tile/-1/067',
      'tile/0/067\n',
      'tile/0/../067',
      '',
    )
    for (const path of wrong) expect(parseTilePath(path), path).toEqual({ kind: 'fail', error: 'not a tile path' })
  })

  test('a tree of 70,000 has the tiles the specification counts', () => {
    const names = tilesBetween(0, 70_000)
    const at = (level: number): readonly number[] => names.filter((t) => t.level === level).map((t) => t.width)
    expect(at(0)).toEqual([...Array<number>(273).fill(256), 112])
    expect(at(1)).toEqual([256, 17])
    expect(at(2)).toEqual([1])
    expect(at(3)).toEqual([])
    expect(tilesBetween(0, 256).map(tilePath)).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1'])
  })
})

describe('files', () => {
  test('hold the hashes of the tree', () => {
    const files = log(257)
    expect([...files.keys()]).toEqual([
      'tile/entries/000',
      'tile/0/000',
      'tile/entries/001.p/1',
      'tile/0/001.p/1',
      'tile/1/000.p/1',
    ])
    expect(files.get('tile/0/000')).toHaveLength(8192)
    expect(toHex(files.get('tile/0/001.p/1') as Hash)).toBe(toHex(leafHash(entry(256))))
    expect(toHex(files.get('tile/1/000.p/1') as Hash)).toBe(toHex(tree.node(8, 0)))
  })

  test('added step by step are the files written at once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 6 }), (stops) => {
        const sizes = [0, ...stops.toSorted((a, b) => a - b), 700]
        const mirror = new Map<string, Uint8Array>()
        for (const [i, size] of sizes.entries())
          for (const [path, bytes] of tileFiles(sizes[i - 1] ?? 0, size, tree.node, entry)) mirror.set(path, bytes)
        for (const [path, bytes] of log(700)) expect(equalBytes(mirror.get(path) ?? new Uint8Array(0), bytes), path).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  test('nothing is written when nothing was added', () => {
    expect(tileFiles(256, 256, tree.node, entry).size).toBe(0)
    expect(tileFiles(0, 0, tree.node, entry).size).toBe(0)
    expect(() => tilesBetween(2, 1)).toThrow('only grows')
  })

  test('are read back and checked at every size of interest', () => {
    for (const size of [0, 1, 2, 255, 256, 257, 512, 600]) {
      const files = log(size)
      const read = readEntries(size, (path) => files.get(path))
      expect(read.kind === 'ok' && read.value.map(toHex)).toEqual(entries.slice(0, size).map(toHex))
      expect(checkTiles(size, tree.node, (path) => files.get(path)).kind).toBe('ok')
    }
  })

  test('a full tile serves where the partial one was deleted', () => {
    const files = log(512)
    expect(readEntries(300, (path) => files.get(path))).toMatchObject({ kind: 'ok', value: { length: 300 } })
    expect(checkTiles(300, tree.node, (path) => (path === 'tile/1/000.p/1' ? tree.node(8, 0) : files.get(path)))).toEqual({
      kind: 'ok',
      value: 3,
    })
  })

  test('a damaged file is named', () => {
    const damaged = (
      path: string,
      change: (bytes: Uint8Array) => Uint8Array | undefined,
    ): ((p: string) => Uint8Array | undefined) => {
      const files = log(600)
      return (p) => (p === path ? change(files.get(p) as Uint8Array) : files.get(p))
    }
    const flip = (at: number) => (bytes: Uint8Array) => bytes.map((b, i) => (i === at ? b ^ 1 : b))
    expect(checkTiles(600, tree.node, damaged('tile/0/001', flip(32 * 7 + 3)))).toEqual({
      kind: 'fail',
      error: { kind: 'tile does not match its entries', path: 'tile/0/001', entry: 263 },
    })
    expect(checkTiles(600, tree.node, damaged('tile/1/000.p/2', flip(0)))).toMatchObject({
      error: { path: 'tile/1/000.p/2', entry: null },
    })
    expect(
      checkTiles(
        600,
        tree.node,
        damaged('tile/0/000', (b) => b.slice(1)),
      ),
    ).toMatchObject({ error: { kind: 'tile of a wrong length' } })
    expect(
      checkTiles(
        600,
        tree.node,
        damaged('tile/0/000', () => undefined),
      ),
    ).toMatchObject({ error: { kind: 'file missing' } })
    expect(
      readEntries(
        600,
        damaged('tile/entries/001', () => undefined),
      ),
    ).toMatchObject({ error: { kind: 'file missing', path: 'tile/entries/001' } })
    expect(
      readEntries(
        600,
        damaged('tile/entries/001', (b) => b.slice(0, -1)),
      ),
    ).toMatchObject({ error: { fault: 'bundle cut short' } })
  })
})

describe('bundles', () => {
  test('are read back exactly, and nothing else is', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), fc.nat(), (some, cut) => {
        const bytes = bundleBytes(some)
        expect(parseBundle(bytes, some.length)).toEqual({ kind: 'ok', value: some })
        expect(parseBundle(bytes, some.length + 1)).toEqual({ kind: 'fail', error: 'bundle cut short' })
        expect(parseBundle(Uint8Array.from([...bytes, 0]), some.length)).toEqual({
          kind: 'fail',
          error: 'bytes after the last entry',
        })
        if (bytes.length > 0) expect(parseBundle(bytes.slice(0, cut % bytes.length), some.length).kind).toBe('fail')
      }),
    )
  })

  test('hold entries of up to 65,535 bytes', () => {
    const large = new Uint8Array(65_535).fill(7)
    expect(parseBundle(bundleBytes([large]), 1)).toEqual({ kind: 'ok', value: [large] })
    expect(() => bundleBytes([new Uint8Array(65_536)])).toThrow('length prefix')
  })
})
