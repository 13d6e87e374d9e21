import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifierKeyText } from '@quorate/record'
import { dossierText, type CheckName, type FaultCode, type NotCheckedWhy } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { log } from '../../packages/verifier/testing/log.ts'
import { dossierFor, wholeDecision } from '../../packages/verifier/testing/whole-decision.ts'
import { hintsFileOf, hintsFor } from '../../packages/verifier/testing/hints.ts'
import type { Io } from './command.ts'
import { dossierSource } from './dossier-source.ts'
import { heard } from './heard.ts'
import { hintsAt } from './hints-source.ts'
import { main } from './main.ts'
import { checkWords, faultWords, notCheckedWords } from './verdict-words.ts'

let folder = ''
let source = ''
let server: Server
let address = ''
const at = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quorate verify '))
  source = dossierText(dossierFor(wholeDecision('Ed25519').log))
  writeFileSync(at('7.json'), source)
  server = createServer((request, response) => {
    const found = request.url === '/d/7/dossier.json'
    const stalls = request.url === '/d/9/dossier.json'
    if (stalls) return void response.writeHead(500).end('oops')
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(found ? source : '')
  })
  // A verdict takes seconds of one thread; a connection that is kept alive must not be closed meanwhile.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await new Promise((resolve) => server.close(resolve))
})

async function run(words: readonly string[], change: Partial<Io> = {}): Promise<{ exit: number; out: string; err: string }> {
  const h = heard(change)
  const exit = await main(['verify', ...words], h.io)
  return { exit, out: h.out(), err: h.err() }
}

describe('quorate verify', () => {
  it('says first that it holds, then every check with its figures, and what could not be checked', async () => {
    const { exit, out, err } = await run([at('7.json')])
    expect([exit, err]).toEqual([0, ''])
    const text = out.replace(/\s+/g, ' ')
    expect(text).toMatch(
      /^Holds\. Of decision 7, the record, the rules, the notice, the roll, 6 ballots and the count were re-checked\. /,
    )
    expect(text).toContain('4 for, 1 against, of 5 ballots; needed: 4 for, 1 to take part')
    expect(text).toContain('no protection against stuffing by the operator')
    expect(text).toContain('taken from the register as stated')
    expect(text).toContain(verifierKeyText(log.key))
    for (const line of out.split('\n')) if (!line.includes(verifierKeyText(log.key))) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('reads the dossier beside the page of a decision, and one sentence is enough with --quiet', async () => {
    for (const path of ['/d/7', '/d/7/', '/d/7/result', '/d/7/dossier.json', '/d/7?tab=text#top']) {
      const { exit, out } = await run([`${address}${path}`, '--quiet'])
      expect([path, exit, out]).toEqual([path, 0, expect.stringMatching(/^Holds\. [^\n]+\n$/) as string])
    }
  })

  it('prints the whole verdict as JSON', async () => {
    const { exit, out } = await run([at('7.json'), '--json'])
    expect(exit).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ verdict: 'holds', decision: 7, fault: null })
  })

  it('takes hints that stand beside the decision, or were saved, and says the same with any and with none', async () => {
    const large = dossierFor(wholeDecision('Ed25519', { people: 104, until: 'closed' }).log)
    writeFileSync(at('large.json'), dossierText(large))
    writeFileSync(at('large.hints'), hintsFileOf(hintsFor(large)))
    const plain = await run([at('large.json'), '--json', '--threads', '2'])
    expect(plain.exit).toBe(0)
    expect(await run([at('large.json'), '--json', '--threads', '1', '--hints', at('large.hints')])).toEqual(plain)
    const missing = await run([at('large.json'), '--json', '--threads', '1', '--hints', at('no.hints')])
    expect(missing).toEqual({ ...plain, err: expect.stringContaining('there are no hints at') as string })
    const asked: string[] = []
    const own = createServer((request, response) => {
      asked.push(request.url ?? '')
      const path = request.url === '/d/7/hints' ? 'large.hints' : 'large.json'
      response.writeHead(200).end(readFileSync(at(path)))
    })
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve))
    const page = `http://127.0.0.1:${String((own.address() as AddressInfo).port)}/d/7`
    expect(await run([page, '--json', '--threads', '1'])).toEqual(plain)
    expect(asked).toEqual(['/d/7/dossier.json', '/d/7/hints'])
    own.closeAllConnections()
    own.close()
  }, 120_000)

  it('waits for hints no longer than it said, and takes none for an answer', async () => {
    const bytesFrom = async (where: string | URL, patienceMs?: number): Promise<number> => {
      let length = 0
      for await (const piece of hintsAt(where, patienceMs)) length += piece.length
      return length
    }
    writeFileSync(at('some.hints'), new Uint8Array(100_000))
    expect(await bytesFrom(at('some.hints'))).toBe(100_000)
    // A server that sends a little and then nothing.
    const stalling = createServer((_, response) => void response.writeHead(200).write('quorate'))
    await new Promise<void>((resolve) => stalling.listen(0, '127.0.0.1', resolve))
    const stalled = new URL(`http://127.0.0.1:${String((stalling.address() as AddressInfo).port)}/d/7/hints`)
    expect(await bytesFrom(stalled, 500)).toBeLessThanOrEqual(7)
    stalling.closeAllConnections()
    stalling.close()
    for (const none of [at('no.hints'), folder, new URL(`${address}/d/7/hints`), new URL('http://127.0.0.1:1/d/7/hints')])
      expect(await bytesFrom(none)).toBe(0)
  }, 60_000)

  it('names the entry, the rule, what was expected and what was found', async () => {
    writeFileSync(at('changed.json'), source.replace('\\"served\\":6', '\\"served\\":5'))
    const { exit, out } = await run([at('changed.json')])
    expect(exit).toBe(1)
    expect(out).toMatch(/^Does not hold\. Entry 11: This entry was changed after it was written\.\n/)
    expect(out).toMatch(
      / {2}where {5}the record, entry 11 \(delivery\)\n {2}expected {2}[0-9a-f]{64}\n {2}found {5}[0-9a-f]{64}\n {2}code {6}entry-changed\n/,
    )
    expect(out).toContain('The other 17 checks build on this one and were not made.')
  })

  it('holds in part, with an exit code of its own, when entries were left out', async () => {
    const dossier = dossierFor(wholeDecision('Ed25519', { until: 'frozen' }).log)
    writeFileSync(at('part.json'), dossierText({ ...dossier, entries: dossier.entries.filter(({ index }) => index !== 9) }))
    const { exit, out } = await run([at('part.json'), '--quiet'])
    expect([exit, out]).toEqual([3, expect.stringMatching(/^Holds in part\. .* 1 entry of the log/) as string])
  })

  it('compares the key it is given', async () => {
    expect((await run([at('7.json'), '--quiet', '--key', verifierKeyText(log.key)])).exit).toBe(0)
    const other = 'lantern.example/record+5f3a90c1+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c'
    const { exit, err } = await run([at('7.json'), '--key', other])
    expect([exit, err]).toEqual([2, expect.stringContaining('--key takes the key of a log') as string])
  })

  it('draws progress for a person, and only for a person', async () => {
    const { err } = await run([at('7.json')], { watched: true })
    expect(err).toContain('Reading ')
    expect(err.endsWith('\r\u001b[2K')).toBe(true)
    expect((await run([at('7.json'), '--quiet'], { watched: true })).err).toBe('')
  })

  it.each([
    [['nowhere.json'], 1, 'cannot read nowhere.json: there is no such file'],
    [['/'], 1, 'cannot read /: it is a folder'],
    [[], 2, 'which dossier?'],
    [['a', 'b'], 2, 'one dossier at a time; left over: b'],
    [['--fast'], 2, "Unknown option '--fast'"],
    [['a', '--json', '--quiet'], 2, '--json or --quiet, not both'],
    [['ftp://lantern.example/d/1'], 2, 'addresses begin with https:// or http://, not ftp://'],
    [['https://lantern.example/rules'], 2, 'neither the page of a decision'],
    [['https://'], 2, 'is not an address'],
    [['http://127.0.0.1:1/d/1'], 1, 'cannot read http://127.0.0.1:1/d/1/dossier.json'],
  ] as const)('%j: exit code %i and a sentence', async (words, code, sentence) => {
    const { exit, out, err } = await run(words)
    expect([exit, out]).toEqual([code, ''])
    expect(err).toContain(sentence)
    expect(err).not.toMatch(/\n {4}at /)
  })

  it('says in a sentence that a server has no such decision, or is in trouble', async () => {
    expect(await run([`${address}/d/8`])).toMatchObject({
      exit: 1,
      err: expect.stringContaining('there is no decision with a dossier') as string,
    })
    expect(await run([`${address}/d/9`])).toMatchObject({ exit: 1, err: expect.stringContaining('it answered 500') as string })
  })

  it.each([
    ['', 'it is not JSON'],
    ['[1,2', 'it is not JSON'],
    ['{}', 'The file is not a dossier.'],
    ['{"a": 1}', 'not in the one spelling'],
    ['['.repeat(100_000), 'it is not JSON'],
    ['\u001b[31m"', 'it is not JSON'],
  ])('a file that is none, %j: exit code 1 and a sentence', async (text, sentence) => {
    writeFileSync(at('none.json'), text)
    const { exit, out, err } = await run([at('none.json')])
    expect([exit, err]).toEqual([1, ''])
    expect(out.replace(/\s+/g, ' ')).toContain(sentence)
    expect(out).not.toContain('\u001b')
  })
})

describe('words', () => {
  it('are there for every check, reason and fault, one each', () => {
    // Their types demand an entry for each; no two faults may read alike, or one could be taken for the other.
    const sentences: readonly [CheckName | NotCheckedWhy | FaultCode, string][] = Object.entries({
      ...checkWords,
      ...notCheckedWords,
      ...faultWords,
    }) as never
    expect(new Set(sentences.map(([, text]) => text)).size).toBe(sentences.length)
    for (const [, text] of Object.entries(faultWords)) expect(text).toMatch(/^[A-Z].*\.$/)
  })

  it('of an address: a file is a file', () => {
    expect(dossierSource('d/7')).toEqual({ kind: 'ok', value: { kind: 'file', path: 'd/7' } })
    expect(dossierSource('C:\\d.json')).toMatchObject({ value: { kind: 'file' } })
  })
})
