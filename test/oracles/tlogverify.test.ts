import { instant, toHex, utf8 } from '@quorate/kernel'
import {
  checkReceipt,
  checkTiles,
  cosignCheckpoint,
  createTree,
  entryBytes,
  entryOf,
  isConsistent,
  consistencyProof,
  leafHash,
  makeReceipt,
  openCheckpoint,
  readEntries,
  receiptText,
  rootAt,
  rootOfLeaves,
  signCheckpoint,
  signerOf,
  tileFiles,
  verifierKeyText,
  type Entry,
  type Signer,
} from '@quorate/record'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// Foreign verifier: Go's own sumdb/tlog and note read what we write, and refuse what we refuse.
const shared = process.env['QUORATE_SHARED'] ?? join(import.meta.dirname, '../../../shared')
const source = join(shared, 'oracles/tlogverify')
const reason = !existsSync(join(source, 'main.go'))
  ? 'the folder oracles/tlogverify is not here; set QUORATE_SHARED'
  : spawnSync('go', ['version']).status !== 0
    ? 'Go is not installed: apt-get install golang-go golang-golang-x-mod-dev'
    : !existsSync('/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog')
      ? 'the Go package x/mod is not installed: apt-get install golang-golang-x-mod-dev'
      : null
const named = (what: string): string => (reason === null ? what : `${what} (skipped: ${reason})`)
const withOracle = reason === null ? describe : describe.skip

const origin = 'lantern.example/record'
const log = signerOf(origin, 1, new Uint8Array(32).fill(1))
const witnesses = [2, 3, 4].map((n) => signerOf(`witness${String(n)}.example`, 4, new Uint8Array(32).fill(n)))
const trust = (quorum: number): Parameters<typeof openCheckpoint>[1] => ({
  log: log.key,
  witnesses: witnesses.map((w) => w.key),
  quorum,
})

const entryAt = (i: number): Entry =>
  i === 0
    ? entryOf('opened', instant(1_795_294_341_000), null, {
        format: 'quorate/record/v1',
        origin,
        movement: 'lantern',
        software: '0.1.0',
        demonstration: true,
        singleOperator: true,
      })
    : entryOf('edition', instant(1_795_294_341_000 + i), null, {
        edition: i,
        text: toHex(leafHash(utf8(String(i)))),
        words: toHex(leafHash(utf8(`words ${String(i)}`))),
      })
const entries = Array.from({ length: 600 }, (_, i) => entryBytes(entryAt(i)))
const tree = createTree(entries.map(leafHash))
const checkpointAt = (size: number, signers: readonly Signer[] = []): string =>
  signers.reduce(
    (note, witness) => {
      const next = cosignCheckpoint(note, witness, 1_795_294_400n)
      if (next.kind === 'fail') throw new Error(next.error.kind)
      return next.value
    },
    signCheckpoint({ origin, size, root: rootAt(size, tree.node), extensions: [] }, log),
  )

let folder = ''
const place = (name: string): string => join(folder, name)
function write(name: string, bytes: Uint8Array | string): string {
  mkdirSync(dirname(place(name)), { recursive: true })
  writeFileSync(place(name), bytes)
  return place(name)
}
/** A log directory of this size; `change` may damage a file on its way to the disk. */
function writeLog(
  name: string,
  size: number,
  signers: readonly Signer[] = [],
  change = (_: string, bytes: Uint8Array) => bytes,
): string {
  for (const [path, bytes] of tileFiles(0, size, tree.node, (i) => entries[i] as Uint8Array))
    write(`${name}/${path}`, change(path, bytes))
  write(`${name}/checkpoint`, change('checkpoint', utf8(checkpointAt(size, signers))))
  return place(name)
}
const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((b, i) => (i === at ? b ^ 1 : b))

type Answer = { readonly ok: boolean; readonly output: string }
const oracle = (...args: readonly string[]): Answer => {
  const run = spawnSync(place('tlogverify'), ['-log', verifierKeyText(log.key), ...args], { encoding: 'utf8' })
  return { ok: run.status === 0, output: run.stdout }
}
const witnessFlags = (quorum: number): readonly string[] => [
  '-witness',
  witnesses.map((w) => verifierKeyText(w.key)).join(','),
  '-quorum',
  String(quorum),
]

/** Our own judgement of the same directory, from its files alone. */
function ours(directory: string, quorum = 0): boolean {
  const read = (path: string): Uint8Array | undefined => {
    const file = join(directory, path)
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined
  }
  const opened = openCheckpoint(readFileSync(join(directory, 'checkpoint'), 'utf8'), trust(quorum))
  if (opened.kind === 'fail') return false
  const { size, root } = opened.value.checkpoint
  const found = readEntries(size, read)
  if (found.kind === 'fail') return false
  const leaves = found.value.map(leafHash)
  return toHex(rootOfLeaves(leaves)) === toHex(root) && checkTiles(size, createTree(leaves).node, read).kind === 'ok'
}

withOracle(named("Go's sumdb reads our log"), () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'quorate-tlog-'))
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' }
    const build = spawnSync('go', ['build', '-o', place('tlogverify'), '.'], { cwd: source, env, encoding: 'utf8' })
    if (build.status !== 0) throw new Error(`tlogverify does not build: ${build.stderr}`)
  }, 180_000)
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test.each([1, 2, 255, 256, 257, 600])('a log of %i entries, every entry hashed again', (size) => {
    const directory = writeLog(`log-${String(size)}`, size)
    const answer = oracle('-full', directory)
    expect(answer.output).toContain(`ok full audit: ${String(size)} entries re-hashed`)
    expect(answer.ok).toBe(true)
    expect(ours(directory)).toBe(true)
  })

  test.each([
    [600, 0],
    [600, 255],
    [600, 256],
    [600, 599],
    [257, 256],
    [1, 0],
  ])('inclusion in a log of %i from its tiles, and a receipt offline: entry %i', (size, index) => {
    const directory = writeLog(`log-${String(size)}`, size)
    const entry = write('entry', entries[index] as Uint8Array)
    expect(oracle('-index', String(index), '-entry', entry, directory)).toMatchObject({ ok: true })
    const text = receiptText(makeReceipt(index, size, checkpointAt(size, witnesses), tree.node))
    const answer = oracle(...witnessFlags(3), '-proof', write('receipt.tlog-proof', text), '-entry', entry)
    expect(answer.output).toBe(`ok receipt: entry ${String(index)} in size ${String(size)}, 3 cosignatures\n`)
    expect(checkReceipt(text, entries[index] as Uint8Array, trust(3)).kind).toBe('ok')
  })

  test('consistency from older checkpoints', () => {
    const directory = writeLog('log-600', 600)
    for (const old of [1, 2, 3, 255, 256, 257, 599, 600]) {
      const answer = oracle('-old', write('old', checkpointAt(old)), directory)
      expect(answer.output).toContain(`ok consistency: ${String(old)} -> 600`)
    }
  })

  test('witnesses and their quorum', () => {
    const directory = writeLog('witnessed', 257, witnesses.slice(0, 2))
    expect(oracle(...witnessFlags(2), directory).output).toBe('ok checkpoint: size 257, 2 cosignatures\n')
    expect(ours(directory, 2)).toBe(true)
    expect(oracle(...witnessFlags(3), directory)).toEqual({ ok: false, output: 'FAIL: 2 known witness cosignatures, want 3\n' })
    expect(ours(directory, 3)).toBe(false)
  })

  describe('and refuses what we refuse', () => {
    test.each([
      ['one bit of an entry', 'tile/entries/001', 40],
      ['one bit of the last entry', 'tile/entries/002.p/88', 90],
      ['one bit of the root in the checkpoint', 'checkpoint', 35],
      ['one digit of the size in the checkpoint', 'checkpoint', 24],
      ['one letter of the origin', 'checkpoint', 2],
      ['one bit of the signature', 'checkpoint', 130],
    ])('%s', (name, path, at) => {
      const directory = writeLog(`damaged ${name}`, 600, [], (p, bytes) => (p === path ? flip(bytes, at) : bytes))
      expect(oracle('-full', directory).ok).toBe(false)
      expect(ours(directory)).toBe(false)
    })

    test('an entry dropped, two entries swapped', () => {
      const bundle = (p: string, bytes: Uint8Array, change: (b: Uint8Array) => Uint8Array): Uint8Array =>
        p === 'tile/entries/000.p/2' ? change(bytes) : bytes
      const first = (entries[0] as Uint8Array).length + 2
      const dropped = writeLog('dropped', 2, [], (p, b) => bundle(p, b, (x) => x.slice(0, first)))
      const swapped = writeLog('swapped', 2, [], (p, b) =>
        bundle(p, b, (x) => Uint8Array.from([...x.slice(first), ...x.slice(0, first)])),
      )
      for (const directory of [dropped, swapped]) {
        expect(oracle('-full', directory).ok).toBe(false)
        expect(ours(directory)).toBe(false)
      }
    })

    test('a hash tile that is not the tree of its entries', () => {
      // The neighbour of the changed hash is proved: x/mod reads a tile that nothing asks about without checking it at this size.
      const directory = writeLog('bad tile', 600, [], (p, bytes) => (p === 'tile/0/001' ? flip(bytes, 32 * 3) : bytes))
      expect(oracle('-index', '258', '-entry', write('entry', entries[258] as Uint8Array), directory).ok).toBe(false)
      expect(ours(directory)).toBe(false)
    })

    test('a cosignature under another text', () => {
      const other = checkpointAt(256, witnesses).split('\n\n')[1] ?? ''
      const own = checkpointAt(257)
      const directory = writeLog('crossed', 257, [], (p, b) =>
        p === 'checkpoint' ? utf8(own + other.split('\n').slice(1).join('\n')) : b,
      )
      expect(oracle(...witnessFlags(1), directory).ok).toBe(false)
      expect(ours(directory, 1)).toBe(false)
    })

    test('a receipt for another entry, and one with a hash changed', () => {
      const text = receiptText(makeReceipt(300, 600, checkpointAt(600), tree.node))
      const changed = text.replace(
        /\n([A-Za-z0-9+/])([A-Za-z0-9+/]{42}=)\n/,
        (_, a: string, rest: string) => `\n${a === 'A' ? 'B' : 'A'}${rest}\n`,
      )
      expect(changed).not.toBe(text)
      for (const [receipt, index] of [
        [text, 301],
        [changed, 300],
      ] as const) {
        const entry = entries[index] as Uint8Array
        expect(oracle('-proof', write('receipt', receipt), '-entry', write('entry', entry)).ok).toBe(false)
        expect(checkReceipt(receipt, entry, trust(0)).kind).toBe('fail')
      }
    })

    test('a forked log: the older checkpoint is of another history', () => {
      const forked = createTree(entries.slice(0, 300).map((bytes, i) => leafHash(i === 17 ? utf8('another') : bytes)))
      const root = rootAt(300, forked.node)
      const old = signCheckpoint({ origin, size: 300, root, extensions: [] }, log)
      const answer = oracle('-old', write('old', old), writeLog('log-600', 600))
      expect(answer.output).toContain('SPLIT VIEW')
      expect(isConsistent(300, root, 600, rootAt(600, tree.node), consistencyProof(300, 600, tree.node))).toBe(false)
    })
  })
})
