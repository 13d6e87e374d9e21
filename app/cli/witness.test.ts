import { utf8 } from '@quorate/kernel'
import {
  addCheckpointText,
  createTree,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  rootAt,
  signCheckpoint,
  signerOf,
  verifierKeyText,
  type Tree,
  type VerifierKey,
} from '@quorate/record'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { askWitness, parseWitnesses, type WitnessPeer } from '#lib/features/record/witness-client.ts'
import { heard } from './heard.ts'
import { main } from './main.ts'
import { makeWitnessFolder, openWitnessFolder, type WitnessFolder } from './witness-folder.ts'
import { witnessServer, type WitnessHealth } from './witness-server.ts'

const log = signerOf('lantern.example/record', 1, new Uint8Array(32).fill(1))
const treeOf = (fork: number): Tree =>
  createTree(Array.from({ length: 60 }, (_, i) => leafHash(utf8(`${i >= fork ? 'other ' : ''}${String(i)}`))))
const [honest, forked] = [treeOf(99), treeOf(7)]
const noteAt = (size: number, tree = honest): string =>
  signCheckpoint({ origin: log.key.name, size, root: rootAt(size, tree.node), extensions: [] }, log)
const toCosign = (size: number, tree = honest) => ({ note: noteAt(size, tree), size, tree: tree.node })

const temporary: string[] = []
const stops: (() => Promise<unknown>)[] = []
const place = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-witness-'))
  temporary.push(folder)
  return folder
}
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  for (const folder of temporary.splice(0)) rmSync(folder, { recursive: true, force: true })
})

type Running = {
  readonly peer: WitnessPeer
  readonly key: VerifierKey
  readonly folder: WitnessFolder
  readonly stop: () => Promise<void>
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

/** Starts a witness on a folder, which is made when it is new. */
async function start(path: string, name = 'rival.example/w1', now: () => number = Date.now): Promise<Running> {
  // A folder that is a witness already stays one.
  const made = await makeWitnessFolder(path, name)
  const opened = await openWitnessFolder(path, (origin) => (origin === log.key.name ? log.key : null))
  if (opened.kind === 'fail') throw new Error(`${opened.error} (${made.kind})`)
  const folder = opened.value
  const server = witnessServer({ folder, logs: [log.key], now, say: () => undefined })
  const url = await listening(server)
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await folder.close()
  }
  stops.push(stop)
  const { key } = folder.signer
  return { peer: { key, url }, key, folder, stop }
}
const ask = (witness: Running, size: number, old = 0, tree = honest) => askWitness(witness.peer, toCosign(size, tree), old, 2000)
const post = (url: string, body: string) => fetch(`${url}/add-checkpoint`, { method: 'POST', body })

describe('a witness over HTTP', () => {
  test('cosigns what continues, tells its size to a log that does not know it, and remembers across a restart', async () => {
    const path = place()
    const first = await start(path)
    const answer = await ask(first, 12)
    if (answer.kind === 'fail') throw new Error(answer.error.kind)
    const trust = { log: log.key, witnesses: [first.key], quorum: 1 }
    expect(openCheckpoint(answer.value, trust)).toMatchObject({ kind: 'ok', value: { unknown: 0 } })
    const stale = await post(first.peer.url, addCheckpointText({ old: 0, proof: [], checkpoint: noteAt(20) }))
    expect([stale.status, stale.headers.get('content-type'), await stale.text()]).toEqual([409, 'text/x.tlog.size', '12\n'])
    expect((await ask(first, 20)).kind).toBe('ok')
    await first.stop()
    const again = await start(path)
    expect(again.key).toEqual(first.key)
    expect(again.folder.last.get(log.key.name)?.size).toBe(20)
    expect((await ask(again, 33)).kind).toBe('ok')
  })

  test('refuses a fork and a rollback after a restart too, and keeps the evidence', async () => {
    const path = place()
    const first = await start(path)
    expect((await ask(first, 20)).kind).toBe('ok')
    await first.stop()
    const again = await start(path)
    expect(await ask(again, 33, 20, forked)).toEqual({ kind: 'fail', error: { kind: 'refused', status: 422 } })
    const twin = await post(again.peer.url, addCheckpointText({ old: 20, proof: [], checkpoint: noteAt(20, forked) }))
    expect([twin.status, twin.headers.get('content-type')]).toEqual([409, 'text/plain; charset=utf-8'])
    expect(await ask(again, 12)).toEqual({ kind: 'fail', error: { kind: 'ahead', size: 20 } })
    const kept = readdirSync(join(path, 'evidence'))
    expect(kept).toHaveLength(2)
    const signed = kept.map((name) => readFileSync(join(path, 'evidence', name), 'utf8'))
    expect(signed.some((text) => text.includes(noteAt(20, forked)))).toBe(true)
    expect((await ask(again, 33)).kind).toBe('ok')
  })

  test('of many requests at once never signs a smaller tree after a larger one', async () => {
    const witness = await start(place())
    const sizes = Array.from({ length: 40 }, (_, i) => 1 + ((i * 17) % 60))
    const answers = await Promise.all(
      sizes.map(async (size) => {
        const answer = await post(witness.peer.url, addCheckpointText({ old: 0, proof: [], checkpoint: noteAt(size) }))
        return answer.status
      }),
    )
    // All reckon from nothing: one is the first, and every other is told so.
    expect(answers.filter((status) => status === 200)).toHaveLength(1)
    expect(answers.filter((status) => status === 409)).toHaveLength(39)
  })

  test('answers what is no request in the words of the specification', async () => {
    const { peer } = await start(place())
    expect((await post(peer.url, 'hello')).status).toBe(400)
    expect((await post(peer.url, 'x'.repeat(70_000))).status).toBe(413)
    const other = signerOf('other.example', 1, new Uint8Array(32).fill(5))
    const theirs = signCheckpoint({ origin: 'other.example', size: 1, root: new Uint8Array(32), extensions: [] }, other)
    expect((await post(peer.url, addCheckpointText({ old: 0, proof: [], checkpoint: theirs }))).status).toBe(404)
    const forger = signerOf(log.key.name, 1, new Uint8Array(32).fill(6))
    const forged = signCheckpoint({ origin: log.key.name, size: 1, root: new Uint8Array(32), extensions: [] }, forger)
    expect((await post(peer.url, addCheckpointText({ old: 0, proof: [], checkpoint: forged }))).status).toBe(403)
    expect((await fetch(`${peer.url}/add-checkpoint`)).status).toBe(405)
    expect((await fetch(`${peer.url}/elsewhere`)).status).toBe(404)
  })

  test('shows its health: what it signed, and whether a log ever showed it two histories', async () => {
    const witness = await start(place(), 'rival.example/w1', () => 1_795_294_341_000)
    const health = async () => (await (await fetch(`${witness.peer.url}/health.json`)).json()) as WitnessHealth
    expect(await health()).toMatchObject({ name: 'rival.example/w1', evidence: 0, logs: [{ origin: log.key.name, size: null }] })
    expect([(await ask(witness, 12)).kind, (await ask(witness, 33, 12, forked)).kind]).toEqual(['ok', 'fail'])
    expect(await health()).toMatchObject({ evidence: 1, logs: [{ size: 12, at: '2026-11-21T20:52:21.000Z' }] })
    const page = await (await fetch(witness.peer.url)).text()
    expect(page).toContain('12 entries')
    expect(page).toContain('A log has signed what cannot both be true')
  })
})

describe('a witness’s folder', () => {
  test('is used by one process at a time, and by nobody when it has forgotten or is damaged', async () => {
    const path = place()
    const witness = await start(path)
    const open = () => openWitnessFolder(path, () => log.key)
    expect(await open()).toMatchObject({ kind: 'fail', error: expect.stringContaining('in use') as string })
    expect((await ask(witness, 12)).kind).toBe('ok')
    await witness.stop()
    const state = join(path, 'cosigned.json')
    const whole = readFileSync(state, 'utf8')
    writeFileSync(state, whole.replace('\\n12\\n', '\\n11\\n'))
    expect(await open()).toMatchObject({ kind: 'fail', error: expect.stringContaining('damaged') as string })
    writeFileSync(state, whole.slice(0, 40))
    expect(await open()).toMatchObject({ kind: 'fail', error: expect.stringContaining('damaged') as string })
    rmSync(state)
    expect(await open()).toMatchObject({ kind: 'fail', error: expect.stringContaining('must not sign again') as string })
    expect(await openWitnessFolder(place(), () => null)).toMatchObject({ kind: 'fail' })
  })

  test('left behind by a process that died is taken over; what a power cut left half written does not matter', async () => {
    const path = place()
    const witness = await start(path)
    expect((await ask(witness, 12)).kind).toBe('ok')
    await witness.stop()
    writeFileSync(join(path, 'in-use'), '999999999')
    writeFileSync(join(path, 'cosigned.json.new'), '{"half')
    const again = await start(path)
    expect(again.folder.last.get(log.key.name)?.size).toBe(12)
  })

  test('remembers logs it no longer watches', async () => {
    const path = place()
    const witness = await start(path)
    expect((await ask(witness, 12)).kind).toBe('ok')
    await witness.stop()
    const opened = await openWitnessFolder(path, () => null)
    if (opened.kind === 'fail') throw new Error(opened.error)
    expect(opened.value.last.get(log.key.name)?.size).toBe(12)
    await opened.value.close()
  })
})

describe('a log that asks', () => {
  const strange = async (handle: Parameters<typeof createServer>[1]): Promise<WitnessPeer> => {
    const server = createServer(handle as never)
    const url = await listening(server)
    stops.push(() => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    })
    return { key: signerOf('rival.example/w1', 4, new Uint8Array(32).fill(2)).key, url }
  }
  test.each([
    ['no cosignature', 200, 'Certainly!'],
    ['no cosignature', 200, ''],
    ['no answer', 200, '— '.repeat(20_000)],
    ['refused', 500, ''],
    ['refused', 409, '12\n'],
    ['no answer', 302, ''],
  ] as const)('takes nothing from a witness that lies: %s', async (kind, status, text) => {
    const peer = await strange((_, response) => {
      ;(response as unknown as { writeHead: (s: number, h: object) => { end: (t: string) => void } })
        .writeHead(status, { location: 'http://127.0.0.1:1/' })
        .end(text)
    })
    expect(await askWitness(peer, toCosign(12), 0, 2000)).toMatchObject({ kind: 'fail', error: { kind } })
  })

  test('does not wait for one that is dead or silent, nor ask for ever', async () => {
    const silent = await strange(() => undefined)
    expect(await askWitness(silent, toCosign(12), 0, 50)).toMatchObject({ kind: 'fail', error: { kind: 'no answer' } })
    const dead = { ...silent, url: 'http://127.0.0.1:1' }
    expect(await askWitness(dead, toCosign(12), 0, 2000)).toMatchObject({ kind: 'fail', error: { kind: 'no answer' } })
    let asked = 0
    const fickle = await strange((_, response) => {
      asked++
      ;(response as unknown as { writeHead: (s: number, h: object) => { end: (t: string) => void } })
        .writeHead(409, { 'content-type': 'text/x.tlog.size' })
        .end(`${String(asked)}\n`)
    })
    expect(await askWitness(fickle, toCosign(12), 0, 2000)).toMatchObject({ error: { kind: 'refused', status: 409 } })
    expect(asked).toBe(2)
  })

  test('reads its setting, or says that it is none', () => {
    const [a, b] = [2, 3].map((n) => signerOf(`w${String(n)}.example`, 4, new Uint8Array(32).fill(n)).key)
    if (a === undefined || b === undefined) throw new Error('two keys')
    const text = `${verifierKeyText(a)} https://w2.example/\n${verifierKeyText(b)} http://127.0.0.1:8447`
    expect(parseWitnesses(text)).toEqual([
      { key: a, url: 'https://w2.example' },
      { key: b, url: 'http://127.0.0.1:8447' },
    ])
    expect(parseWitnesses('')).toEqual([])
    expect(parseWitnesses(text.replace('https://w2.example/', ''))).toBeNull()
    expect(parseWitnesses(`${verifierKeyText(log.key)} https://w2.example`)).toBeNull()
    expect(parseWitnesses(text.replace('http:', 'gopher:'))).toBeNull()
  })
})

describe('quorate witness', () => {
  test('makes a witness once, and prints its key', async () => {
    const path = place()
    const h = heard()
    expect(await main(['witness', path, '--new', 'rival.example/w1'], h.io)).toBe(0)
    expect(parseVerifierKey(h.out().trim())).toMatchObject({ kind: 'ok', value: { name: 'rival.example/w1', type: 4 } })
    const twice = heard()
    expect(await main(['witness', path, '--new', 'rival.example/w2'], twice.io)).toBe(1)
    expect(twice.err()).toContain('is a witness already')
  })

  test.each([
    [['witness'], 'Give a folder'],
    [['witness', 'a', 'b'], 'left over: b'],
    [['witness', 'a', '--new', 'two words'], 'a name without blanks'],
    [['witness', 'a', '--port', '70000', '--log', 'x'], '--port takes'],
    [['witness', 'a'], '--log takes the key of a log'],
    [['witness', 'a', '--log', 'nonsense'], '--log takes the key of a log'],
    [['witness', 'a', '--what'], "Unknown option '--what'"],
  ])('says what is wrong with %j', async (words, said) => {
    const h = heard()
    expect(await main(words, h.io)).toBe(2)
    expect(h.err()).toContain(said)
  })
})
