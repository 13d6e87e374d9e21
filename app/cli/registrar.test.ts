import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { areSignedCodes, electionFingerprint, engineOf, linkFits, parseBindList, parsePublicRoll } from '@quorate/ballots'
import { assert, fail, instant, ok, toHex } from '@quorate/kernel'
import { commitRoll, rollLeaf } from '@quorate/record'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { rollEntry, type RegistrarElection } from '#lib/features/elections/words.ts'
import { publicKeyText } from '#lib/platform/signed-request.ts'
import type { Transport } from '#lib/platform/mail/transport.ts'
import type { Io } from './command.ts'
import { command } from './registrar.ts'
import { checkFrozenRoll } from '../registrar/src/frozen-roll.ts'
import { makeRegistrarFolder, openRegistrarFolder, type RegistrarFolder } from './registrar/folder.ts'
import { listHashes } from './registrar/codes.ts'
import type { OnRecord } from './registrar/on-record.ts'
import { lookOnce, type Desk } from './registrar/round.ts'

const home = mkdtempSync(join(tmpdir(), 'quorate-registrar-'))
afterAll(() => {
  rmSync(home, { recursive: true, force: true })
})

const members = 20
const salt = (i: number): string => toHex(new Uint8Array(32).fill(i))
function frozen(uuid: string, email: (member: number) => string = (n) => `m${String(n)}@members.example`): RegistrarElection {
  const lines = Array.from({ length: members }, (_, i) => {
    const member = i + 1
    const leaf = toHex(rollLeaf(new Uint8Array(32).fill(member), rollEntry(12, 'members@1', member)))
    return {
      leaf,
      salt: salt(member),
      member,
      name: `Member ${String(member)}`,
      givenName: 'M',
      email: email(member),
      locale: 'en' as const,
    }
  })
  const roll = commitRoll(
    lines.map(({ member }) => rollLeaf(new Uint8Array(32).fill(member), rollEntry(12, 'members@1', member))),
  )
  assert(roll.kind === 'ok', 'the leaves differ')
  return {
    decision: 12,
    uuid,
    title: 'A motion',
    group: 'Ed25519',
    electorate: 'members@1',
    size: members,
    root: toHex(roll.value.root),
    state: 'to-issue',
    closesAt: instant(Date.UTC(2026, 10, 30, 17)),
    officer: 'Ruth Adeyemi',
    lines,
    again: [],
  }
}

let folder: RegistrarFolder
let place: string
let election: RegistrarElection
let sent: { id: string; address: string; text: string }[]
let said: string[]
let published: { roll: string; binds: string; signature: string }[]
/** What the record has of the election. */
let onRecord: OnRecord
let halted: Set<string>
let reports: unknown[]
let now: number
/** What the mail server does with the next mail. */
let post: (address: string) => Awaited<ReturnType<Transport['send']>>
let made = 0

const desk = (): Desk => ({
  folder,
  address: 'https://lantern.example',
  halted,
  onRecord: () => Promise.resolve(ok(onRecord)),
  now: () => now,
  random: (n) => crypto.getRandomValues(new Uint8Array(n)),
  say: (sentence) => said.push(sentence),
  transport: {
    close: () => undefined,
    send: (mail) => {
      const outcome = post(mail.address)
      if (outcome.kind === 'sent') sent.push({ id: mail.id, address: mail.address, text: mail.body_text })
      return Promise.resolve(outcome)
    },
  },
  server: {
    work: () =>
      Promise.resolve(
        ok({ movement: 'Lantern', zone: 'Europe/London', address: 'https://foreign.example', elections: [election] }),
      ),
    publish: (_, lists) => {
      published.push(lists)
      election = { ...election, state: 'open', lines: [] }
      return Promise.resolve(ok(null))
    },
    dossier: () => Promise.resolve(fail('nobody asks')),
    report: (_, figures) => {
      reports.push(figures)
      return Promise.resolve(ok(null))
    },
  },
})
const open = async (): Promise<void> => {
  const opened = await openRegistrarFolder(place)
  assert(opened.kind === 'ok', 'it opens')
  folder = opened.value
}

beforeEach(async () => {
  place = join(home, String(made++))
  const key = await makeRegistrarFolder(place)
  expect(key).toMatchObject({ kind: 'ok', value: expect.stringMatching(/^[\w-]{43}$/) as string })
  await open()
  election = frozen('LanternRegistrar1')
  onRecord = { kind: 'own', election: 'an election', closed: false }
  halted = new Set()
  sent = []
  said = []
  published = []
  reports = []
  now = Date.UTC(2026, 10, 20)
  post = () => ({ kind: 'sent' })
})

const codeIn = (text: string): string => (/#(\S+)/.exec(text)?.[1] ?? '').replace(/-[0-9a-f]{20}$/, '')

describe('codes', () => {
  test('one for each line; only public halves are published, in the form the server demands', async () => {
    await lookOnce(desk())
    const [lists] = published
    assert(lists !== undefined, 'published')
    const roll = parsePublicRoll(engineOf('Ed25519'), lists.roll)
    assert(roll.kind === 'ok', 'a public roll')
    expect(parseBindList(lists.binds, [...roll.value.entries.keys()])).toMatchObject({ kind: 'ok' })
    await lookOnce(desk())
    const codes = sent.map(({ text }) => codeIn(text))
    expect(new Set(codes).size).toBe(members)
    for (const code of codes) expect(JSON.stringify([published, reports, said])).not.toContain(code)
    // Each mail tells its reader which line of the public list is theirs.
    for (const { text } of sent) expect([...roll.value.entries.keys()].some((key) => text.includes(key))).toBe(true)
  })

  test('made once: an answer that was lost is asked for again with the same lists', async () => {
    const lost = desk()
    await lookOnce({
      ...lost,
      server: {
        ...lost.server,
        publish: (_, lists) => (published.push(lists), Promise.resolve({ kind: 'fail', error: 'no answer' })),
      },
    })
    await lookOnce(desk())
    expect(published.length).toBe(2)
    expect(published[1]).toEqual(published[0])
  })

  test.each([
    ['a line too few', (e: RegistrarElection) => ({ ...e, lines: e.lines.slice(1) })],
    ['a member twice', (e: RegistrarElection) => ({ ...e, lines: [...e.lines.slice(1), ...e.lines.slice(1, 2)] })],
    [
      'a line of somebody else',
      (e: RegistrarElection) => ({ ...e, lines: e.lines.map((line, i) => (i === 3 ? { ...line, member: 99 } : line)) }),
    ],
    ['a salt that is none', (e: RegistrarElection) => ({ ...e, lines: e.lines.map((line) => ({ ...line, salt: 'ab' })) })],
    ['another root', (e: RegistrarElection) => ({ ...e, root: '00'.repeat(32) })],
    ['another roll', (e: RegistrarElection) => ({ ...e, electorate: 'members@2' })],
  ])('%s: no codes at all', async (_, change) => {
    expect(checkFrozenRoll(election)).toEqual({ kind: 'ok', value: null })
    election = change(election)
    expect(checkFrozenRoll(election).kind).toBe('fail')
    await lookOnce(desk())
    expect(published).toEqual([])
    expect(said.join()).toContain('no voting codes')
  })
})

describe('mailing', () => {
  test('cut short after any mail and taken up again: everybody has one mail, and always the same', async () => {
    await lookOnce(desk())
    for (let cut = 1; cut <= members; cut += 3) {
      let left = cut
      const killed = desk()
      const dies: Transport['send'] = (mail) => (left-- > 0 ? killed.transport.send(mail) : Promise.reject(new Error('killed')))
      await lookOnce({ ...killed, transport: { ...killed.transport, send: dies } }).catch(() => undefined)
      await folder.close()
      await open()
    }
    await lookOnce(desk())
    expect(new Set(sent.map(({ id }) => id)).size).toBe(members)
    expect(new Set(sent.map(({ id, address, text }) => `${id} ${address} ${text}`)).size).toBe(members)
    const before = sent.length
    await lookOnce(desk())
    expect(sent.length).toBe(before)
    expect(reports.at(-1)).toMatchObject({ total: members, sent: members, bounced: 0 })
  })

  test('refused for good is counted and not tried again; refused for now is', async () => {
    await lookOnce(desk())
    post = (address) =>
      address === 'm3@members.example' ? { kind: 'bounced', fault: '550' } : { kind: 'retry', fault: '451 later' }
    expect(await lookOnce(desk())).toBe(false)
    post = () => ({ kind: 'sent' })
    await lookOnce(desk())
    expect(sent.map(({ address }) => address)).not.toContain('m3@members.example')
    expect(reports.at(-1)).toMatchObject({ total: members, sent: members - 1, bounced: 1 })
  })

  test('asked for again: once a request, three an hour, whatever the server says', async () => {
    await lookOnce(desk())
    await lookOnce(desk())
    const leaf = frozen('x').lines[4]?.leaf ?? ''
    for (let number = 1; number <= 6; number++) {
      election = { ...election, again: [{ leaf, number }] }
      await lookOnce(desk())
      await lookOnce(desk())
    }
    expect(sent.length).toBe(members + 3)
    expect(new Set(sent.slice(members).map(({ address, text }) => `${address} ${codeIn(text)}`)).size).toBe(1)
    now += 3_600_001
    await lookOnce(desk())
    expect(sent.length).toBe(members + 4)
    expect(reports.at(-1)).toMatchObject({ answered: [{ leaf, number: 6 }] })
  })

  test('a line that a crash cut short in the journal says nothing', async () => {
    await lookOnce(desk())
    await lookOnce(desk())
    const journal = await folder.journalOf(election.uuid)
    expect(journal.filter(({ state }) => state === 'sent').length).toBe(members)
    await folder.note(election.uuid, [])
    expect((await folder.journalOf(election.uuid)).length).toBe(journal.length)
  })
})

describe('the registrar’s own list of addresses', () => {
  test('another address that the server shows is not used until it is confirmed at the old one', async () => {
    await lookOnce(desk())
    election = frozen('LanternRegistrar2', (n) => (n === 7 ? 'thief@server.example' : `m${String(n)}@members.example`))
    await lookOnce(desk())
    await lookOnce(desk())
    expect(sent.map(({ address }) => address)).toContain('m7@members.example')
    expect(sent.map(({ address }) => address)).not.toContain('thief@server.example')
    expect(said.join()).toContain('--confirm 7')
    await folder.close()
    expect(await run([place, '--confirm', '7'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('thief@server.example') as string,
    })
    expect(await run([place, '--confirm', '7'])).toMatchObject({ code: 1 })
    await open()
    election = frozen('LanternRegistrar3', (n) => (n === 7 ? 'thief@server.example' : `m${String(n)}@members.example`))
    sent = []
    await lookOnce(desk())
    await lookOnce(desk())
    expect(sent.map(({ address }) => address)).toContain('thief@server.example')
  })
})

describe('the record is looked at before anybody is mailed, and before codes are destroyed', () => {
  test('what is published is signed, for this election and these lists', async () => {
    await lookOnce(desk())
    const [lists] = published
    assert(lists !== undefined, 'published')
    const key = publicKeyText(folder.privateKey)
    expect(areSignedCodes({ uuid: election.uuid, ...listHashes(lists) }, { key, signature: lists.signature })).toBe(true)
  })

  test('other lists on the record: nobody is mailed, a person is told, once, and it stays so until the program is started again', async () => {
    onRecord = { kind: 'differs', why: 'the voting keys on the record are not the ones that I made' }
    await lookOnce(desk())
    expect(await lookOnce(desk())).toBe(false)
    onRecord = { kind: 'own', election: 'an election', closed: false }
    await lookOnce(desk())
    expect(sent).toEqual([])
    expect(said.filter((sentence) => sentence.startsWith('STOP.') && sentence.includes('not the ones that I made'))).toHaveLength(
      1,
    )
    halted = new Set()
    await lookOnce(desk())
    expect(sent.length).toBe(members)
  })

  test('not there yet: nobody is mailed until it is', async () => {
    onRecord = { kind: 'not yet' }
    await lookOnce(desk())
    await lookOnce(desk())
    expect(sent).toEqual([])
    onRecord = { kind: 'own', election: 'an election', closed: false }
    await lookOnce(desk())
    expect(sent.length).toBe(members)
  })

  test('links lead where the program was told that the server is, and carry the mark of the paper on the record', async () => {
    await lookOnce(desk())
    await lookOnce(desk())
    for (const { text } of sent) {
      const link = /\S+\/vote\/\S+/.exec(text)?.[0] ?? ''
      expect(link.startsWith('https://lantern.example/vote/')).toBe(true)
      expect(link).toMatch(/-[0-9a-f]{20}$/)
      expect(linkFits(link, electionFingerprint('an election'))).toBe(true)
      expect(linkFits(link, electionFingerprint('another election'))).toBe(false)
    }
  })

  test('closed by the server’s word alone: the codes stay', async () => {
    await lookOnce(desk())
    election = { ...election, state: 'closed' }
    await lookOnce(desk())
    expect(await folder.codesOf(election.uuid)).not.toBeNull()
    onRecord = { kind: 'differs', why: 'the bind list on the record is not the one that I made' }
    await lookOnce(desk())
    expect(await folder.codesOf(election.uuid)).not.toBeNull()
    expect(said.join()).toContain('destroy nothing')
  })

  test.each(['../../elsewhere', 'a/b', '', 'LanternRegistrar1/../x'])('an election called %j reaches no file', async (uuid) => {
    election = { ...election, uuid }
    await expect(lookOnce(desk())).rejects.toThrow('as none is named')
  })
})

test('closed: the codes are gone, the journal stays', async () => {
  await lookOnce(desk())
  await lookOnce(desk())
  election = { ...election, state: 'closed' }
  onRecord = { kind: 'own', election: 'an election', closed: true }
  await lookOnce(desk())
  expect(readdirSync(place).filter((name) => name.endsWith('.codes.json'))).toEqual([])
  expect((await folder.journalOf(election.uuid)).length).toBe(2 * members)
  expect(await folder.codesOf(election.uuid)).toBeNull()
  await lookOnce(desk())
  expect(said.filter((sentence) => sentence.includes('destroyed')).length).toBe(1)
})

test('one process at a time, one folder once', async () => {
  expect((await openRegistrarFolder(place)).kind).toBe('fail')
  expect((await makeRegistrarFolder(place)).kind).toBe('fail')
  expect((await openRegistrarFolder(home)).kind).toBe('fail')
})

async function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const io: Io = { out: (t) => void (out += t), err: (t) => void (err += t), env: {}, columns: 80, colour: false, watched: false }
  return { code: await command.run(args, io), out, err }
}

describe('the command', () => {
  test.each([
    [[], 'where does the registrar live'],
    [['a', 'b'], 'one folder'],
    [['a', '--server', 'x'], '--server takes'],
    [['a', '--server', 'https://x.example'], '--smtp takes'],
    [['a', '--server', 'https://x.example', '--smtp', 'http://y'], '--smtp takes'],
    [['a', '--server', 'https://x.example', '--smtp', 'smtp://y'], '--from takes'],
    [['a', '--server', 'https://x.example', '--smtp', 'smtp://y', '--from', 'a@b.example', '--every', '0'], '--every takes'],
    [['a', '--confirm', 'x'], '--confirm takes'],
    [['a', '--wrong'], 'wrong'],
  ])('%j is wrong use', async (args, words) => {
    const done = await run(args)
    expect(done.code).toBe(2)
    expect(done.err).toContain(words)
  })

  test('a folder that is none', async () => {
    const words = [join(home, 'none'), '--server', 'https://x.example', '--smtp', 'smtp://y', '--from', 'a@b.example', '--once']
    expect(await run(words)).toMatchObject({ code: 1, err: expect.stringContaining('--new') as string })
  })

  test('a server that does not answer: said once, exit 1 with --once', async () => {
    await folder.close()
    const words = [place, '--server', 'http://127.0.0.1:9', '--smtp', 'smtp://127.0.0.1:9', '--from', 'a@b.example', '--once']
    expect(await run(words)).toMatchObject({ code: 1, err: expect.stringContaining('did not answer') as string })
    await open()
  })
})
