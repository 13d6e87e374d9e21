import { utf8 } from '@quorate/kernel'
import { createTree, leafHash, rootAt, signCheckpoint, signerOf, tileFiles, verifierKeyText } from '@quorate/record'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { heard } from './heard.ts'
import { main } from './main.ts'

const log = signerOf('lantern.example/record', 1, new Uint8Array(32).fill(1))
const key = verifierKeyText(log.key)
const entriesOf = (size: number, fork: number): readonly Uint8Array[] =>
  Array.from({ length: size }, (_, i) => utf8(`${i >= fork ? 'other ' : ''}entry ${String(i)}`))

let served = new Map<string, Uint8Array>()
/** What the server shows from now on: a log of this size that parts from the honest one at `fork`. */
function serve(size: number, fork = 10_000): void {
  const entries = entriesOf(size, fork)
  const tree = createTree(entries.map(leafHash))
  served = new Map(tileFiles(0, size, tree.node, (i) => entries[i] ?? new Uint8Array()))
  served.set(
    'checkpoint',
    utf8(signCheckpoint({ origin: log.key.name, size, root: rootAt(size, tree.node), extensions: [] }, log)),
  )
}

let server: Server
let url = ''
let folder = ''
beforeAll(async () => {
  server = createServer((request, response) => {
    const file = served.get((request.url ?? '').replace(/^\/log\//, ''))
    response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/log`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-mirror-'))
  return () => {
    rmSync(folder, { recursive: true, force: true })
  }
})

async function run(...words: readonly string[]): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  const h = heard()
  const exit = await main(['mirror', ...words, '--key', key], h.io)
  return { exit, out: h.out(), err: h.err() }
}

describe('a mirror', () => {
  test('is made, grows by what is new, and is sound', async () => {
    serve(300)
    expect(await run(url, folder)).toMatchObject({ exit: 0, out: 'The copy has grown from 0 to 300 entries and is sound.\n' })
    expect(await run(url, folder)).toMatchObject({ exit: 0, out: 'The copy of 300 entries is sound and current.\n' })
    serve(700)
    expect((await run(url, folder)).out).toContain('from 300 to 700')
    expect(await run('--check', folder)).toMatchObject({ exit: 0, out: 'Sound: 700 entries, each hashed again.\n' })
  })

  test.each([
    ['grown', 700, 17],
    ['as large', 300, 299],
    ['smaller', 200, 17],
  ])('names a split view when the server shows a fork that is %s, and keeps the proof', async (_, size, fork) => {
    serve(300)
    await run(url, folder)
    const before = readFileSync(join(folder, 'checkpoint'), 'utf8')
    serve(size, fork)
    const { exit, err } = await run(url, folder)
    expect(exit).toBe(1)
    expect(err).toContain(`SPLIT VIEW: the server shows another history than this copy holds, from entry ${String(fork)} on`)
    expect(readFileSync(join(folder, `split-view-${String(size)}.checkpoint`))).toEqual(
      Buffer.from(served.get('checkpoint') ?? []),
    )
    expect(readFileSync(join(folder, 'checkpoint'), 'utf8')).toBe(before)
    expect((await run('--check', folder)).exit).toBe(0)
  })

  test('says that a server has gone back', async () => {
    serve(300)
    await run(url, folder)
    serve(200)
    expect((await run(url, folder)).err).toContain('the server shows 200 entries, fewer than the 300 it has shown before')
  })

  test('takes nothing that does not hold: a tile changed, missing, a checkpoint of another key', async () => {
    serve(300)
    const bundle = served.get('tile/entries/000') ?? new Uint8Array()
    served.set('tile/entries/000', bundle.with(40, 1))
    expect((await run(url, folder)).err).toContain('do not hold')
    served.delete('tile/entries/000')
    expect((await run(url, folder)).err).toContain('tile/entries/000: the server answered 404')
    serve(300)
    const other = verifierKeyText(signerOf(log.key.name, 1, new Uint8Array(32).fill(9)).key)
    const h = heard()
    expect(await main(['mirror', url, folder, '--key', other], h.io)).toBe(1)
    expect((await run('--check', folder)).err).toContain('holds no copy of a log')
  })

  test('that lacks entries is sound in part, says which, and has an exit code of its own', async () => {
    serve(700)
    await run(url, folder)
    rmSync(join(folder, 'tile/entries/001'))
    const part = await run('--check', folder)
    expect([part.exit, part.err]).toEqual([3, ''])
    expect(part.out).toContain('of 700 entries, 444 are here and were hashed again. Not here: 256 to 511.')
    rmSync(join(folder, 'tile/entries/000'))
    expect((await run('--check', folder)).out).toContain('188 are here and were hashed again. Not here: 0 to 511.')
    // A hash that stands for a missing entry cannot be changed either.
    const tile = readFileSync(join(folder, 'tile/0/001'))
    writeFileSync(join(folder, 'tile/0/001'), tile.with(40, (tile[40] ?? 0) ^ 1))
    expect((await run('--check', folder)).exit).toBe(1)
    // Nor can an entry that is here, with or without its tile.
    writeFileSync(join(folder, 'tile/0/001'), tile)
    const last = readFileSync(join(folder, 'tile/entries/002.p/188'))
    writeFileSync(join(folder, 'tile/entries/002.p/188'), last.with(10, (last[10] ?? 0) ^ 1))
    expect((await run('--check', folder)).exit).toBe(1)
    rmSync(join(folder, 'tile/0/002.p/188'))
    expect((await run('--check', folder)).exit).toBe(1)
    rmSync(join(folder, 'tile/entries/002.p/188'))
    expect(await run('--check', folder)).toMatchObject({ exit: 1 })
  })

  test('names the file that has rotted on the disk, and is not brought up to date over it', async () => {
    serve(300)
    await run(url, folder)
    const path = join(folder, 'tile/0/000')
    writeFileSync(path, new Uint8Array(readFileSync(path)).with(32 * 7, 1))
    expect((await run('--check', folder)).err).toContain('tile/0/000: tile does not match its entries, first at entry 7')
    serve(400)
    expect((await run(url, folder)).err).toContain('the mirror itself is damaged')
  })

  test.each([
    [['a'], 'give the URL'],
    [['--check'], 'give one FOLDER'],
    [['ftp://x', 'y'], 'is not the address of a log'],
  ])('says what is wrong with %j', async (words, said) => {
    const { exit, err } = await run(...words)
    expect([exit, err]).toEqual([2, expect.stringContaining(said)])
  })
})
