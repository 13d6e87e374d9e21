import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineOf, publicRollText, revealOf } from '@quorate/ballots'
import { assert, instant } from '@quorate/kernel'
import type { DecisionId } from '@quorate/rulebook'
import { verify } from '@quorate/verifier'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeKeys } from '#lib/features/demo/index.ts'
import { electionOfDecision, issueVotingCodes, publicView, sendAgain, type ElectionTable } from '#lib/features/elections/index.ts'
import { personById } from '#lib/features/membership/index.ts'
import { takeStep } from '#lib/features/motions/index.ts'
import { bodyOfEntry, dossierFor, entries, fingerprintOf, signHead } from '#lib/features/record/index.ts'
import { openSession, sessionCookie } from '#lib/platform/sessions.ts'
import { torsionPoints } from '../../../packages/ballots/testing/torsion.ts'
import { servers } from '../../../test/postgres.ts'
import { lookAtTest } from '../../booth/src/check-worker.ts'
import { identify, loadElection, placesOf } from '../../booth/src/client.ts'
import { castVote } from '../../booth/src/headless.ts'
import { castTestable, lockForTest, openForTest } from '../../booth/src/honesty.ts'
import type { World } from '../../booth/src/http.ts'
import { signCodes } from '../../cli/registrar/codes.ts'
import { serverLink } from '../../cli/registrar/server-link.ts'
import { apiFetch } from '../api-fetch.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { frozenDecision, movedBy, until } from '../on-the-way.ts'

const command = join(import.meta.dirname, '../../cli/main.ts')
const folder = join(mkdtempSync(join(tmpdir(), 'quorate-registrar-')), 'registrar')

type Letter = { readonly id: string; readonly to: string; readonly text: string }
const letters: Letter[] = []
/** Every body that came over HTTP from the registrar. */
const heard: string[] = []
let lantern: Lantern
let web: Server
let post: SMTPServer
let program: ChildProcess | null = null
let said = ''
let decision: DecisionId

/** The registrar as a process of its own, with real SMTP and HTTP. */
function startRegistrar(): ChildProcess {
  const webPort = String((web.address() as AddressInfo).port) // listening on a port
  const postPort = String((post.server.address() as AddressInfo).port)
  const words = ['--server', `http://127.0.0.1:${webPort}`, '--smtp', `smtp://127.0.0.1:${postPort}`]
  const child = spawn(process.execPath, [
    command,
    'registrar',
    folder,
    ...words,
    '--from',
    'registrar@rival.example',
    '--every',
    '0.2',
  ])
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  return child
}

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => void child.once('exit', () => resolve()))

beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  const made = spawnSync(process.execPath, [command, 'registrar', folder, '--new'], { encoding: 'utf8' })
  expect(made.stderr).toBe('')
  lantern = await startLantern(server, { worker: true, registrarKey: made.stdout.trim() })
  const answer = apiFetch(lantern)
  vi.stubGlobal('fetch', answer) // the demonstration's trustees speak to the server over HTTP
  web = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      heard.push(body)
      const headers = { authorization: request.headers.authorization ?? '' }
      const init = body === '' ? { method: request.method ?? 'GET', headers } : { method: request.method ?? 'GET', headers, body }
      void answer(`http://lantern.test${request.url ?? '/'}`, init).then(async (given) => {
        response.writeHead(given.status, { 'content-type': 'application/json' }).end(await given.text())
      })
    })
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  post = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(parts)).then(({ messageId = '', to = [], text = '' }) => {
          letters.push({ id: messageId, to: to[0]?.address ?? '', text })
          done()
        })
      })
    },
  })
  post.on('error', () => undefined) // a registrar that is killed leaves its connections broken
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve))
  decision = await frozenDecision(lantern)
}, 240_000)
afterAll(async () => {
  vi.unstubAllGlobals()
  program?.kill('SIGKILL')
  web.close()
  web.closeAllConnections()
  await new Promise<void>((resolve) => post.close(resolve))
  await lantern.close()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

const election = async (): Promise<ElectionTable> => {
  const found = await electionOfDecision(lantern.platform.db, decision)
  assert(found !== null, 'the roll is frozen')
  return found
}
/** The bare code: behind it stands the mark of the paper. */
const codeIn = (letter: Letter): string => (/\/vote\/[^#]+#(\S+)/.exec(letter.text)?.[1] ?? '').replace(/-[0-9a-f]{20}$/, '')
const codes = (): readonly string[] => letters.map(codeIn).filter((code) => code !== '')

describe('the registrar is a process of its own, and the server never sees a voting code', () => {
  test('lists that are not one key for each line of the roll, each its own and in the group, are refused and leave nothing', async () => {
    const { uuid, roll_size: size, group_name: group } = await election()
    const privateKey = readFileSync(join(folder, 'registrar.key'), 'utf8')
    const link = serverLink('http://lantern.test', privateKey)
    const { generator, add, encode } = engineOf(group, {})
    const made = [generator]
    for (let last = generator; made.length <= size; made.push(last)) last = add(last, generator)
    const all = made.map((key) => encode(key))
    const keys = all.slice(0, size).toSorted()
    const bindsOf = (own: readonly string[]): string => JSON.stringify(own.map((key) => [key, 'a'.repeat(64)]))
    let sign = (lists: Parameters<typeof signCodes>[0]): string => signCodes(lists, privateKey)
    const said = async (lines: readonly string[], binds = bindsOf(lines.map((line) => line.split(',')[0] ?? ''))) => {
      const lists = { uuid, roll: publicRollText(lines), binds }
      const answer = await link.publish(uuid, { roll: lists.roll, binds, signature: sign(lists) })
      return answer.kind === 'ok' ? 'taken' : /"check":"([^"]+)"/.exec(answer.error)?.[1]
    }
    const [first = '', ...rest] = keys
    const instead = (key: string) => [...rest, key].toSorted()
    expect(await said(rest)).toBe('count differs')
    expect(await said(all.toSorted())).toBe('count differs')
    expect(await said([`${first},2`, ...rest])).toBe('count differs')
    expect(await said([first, first, ...rest.slice(1)])).toBe('roll malformed')
    expect(await said(instead(`${'0'.repeat(63)}1`))).toBe('roll malformed') // the identity
    for (const point of torsionPoints) expect(await said(instead(point))).toBe('roll malformed')
    expect(await said(keys.toReversed())).toBe('roll malformed')
    for (const binds of [bindsOf(rest), bindsOf(keys.toReversed()), bindsOf([...rest, first]), '[]', ''])
      expect(await said(keys, binds)).toBe('bind list malformed')
    const own = sign
    sign = (lists) => own({ ...lists, uuid: `${uuid.slice(0, -1)}${uuid.endsWith('1') ? '2' : '1'}` })
    expect(await said(keys)).toBe('not signed')
    expect((await election()).issued_at).toBeNull()
    expect(await lantern.platform.db.selectFrom('voting_key').selectAll().where('decision', '=', decision).execute()).toEqual([])
  }, 120_000)

  test('the server makes no codes; the registrar does, and publishes their public halves alone', async () => {
    expect(await issueVotingCodes(await lantern.work(), await lantern.role('registrar'), decision)).toEqual({
      kind: 'fail',
      error: 'another registrar',
    })
    program = startRegistrar()
    await until(lantern, 'voting codes', async () => (await election()).issued_at !== null)
    const { n } = await lantern.platform.db
      .selectFrom('voting_key')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('decision', '=', decision)
      .executeTakeFirstOrThrow()
    expect(n).toBe((await election()).roll_size)
    expect(await lantern.platform.db.selectFrom('sealed_code').selectAll().execute()).toEqual([])
  }, 120_000)

  test('that names and addresses went out is on the record once, before they did, and the verifier has nothing against it', async () => {
    const { db } = lantern.platform
    const said = await entries(db, { decision, type: 'export' })
    const { roll_size, registrar_key } = await election()
    expect(said.map(({ entry }) => bodyOfEntry(entry, 'export'))).toEqual([
      {
        by: fingerprintOf(registrar_key ?? '').slice(0, 32),
        as: 'office registrar',
        second: null,
        purpose: 'handover',
        people: roll_size,
      },
    ])
    const [roll] = await entries(db, { decision, type: 'roll' })
    expect(said[0]?.position).toBeGreaterThan(roll?.position ?? Infinity)
    await signHead(await lantern.work())
    expect(verify((await dossierFor(await lantern.work(), decision)) ?? '')).toMatchObject({ verdict: 'holds', fault: null })
  })

  test('killed in the middle of the mailing and started again: everybody has one mail, nobody another code', async () => {
    await makeKeys(await lantern.work(), await election(), null)
    await until(lantern, 'set-up', async () => (await election()).set_up_at !== null)
    const work = await lantern.work()
    const opensAt = instant(work.clock.now() + 3_600_000)
    const scheduled = await takeStep(work, await lantern.role('returning-officer'), decision, { kind: 'schedule', opensAt })
    expect(scheduled.kind).toBe('ok')
    await movedBy(lantern, 3_601_000)
    for (const enough of [15, 60]) {
      await until(lantern, `${String(enough)} mails`, () => Promise.resolve(letters.length >= enough))
      assert(program !== null, 'the registrar runs')
      const gone = ended(program)
      program.kill('SIGKILL')
      await gone
      program = startRegistrar()
    }
    const { roll_size } = await election()
    await until(lantern, 'all mails', async () => (await election()).mailed_sent === roll_size)
    const byId = Map.groupBy(letters, ({ id }) => id)
    expect(byId.size).toBe(roll_size)
    expect(new Set(codes()).size).toBe(roll_size)
    for (const same of byId.values()) expect(new Set(same.map(({ to, text }) => `${to} ${text}`)).size).toBe(1)
    // What was on its way when it was killed may come twice, as the same mail: eight at most, twice.
    expect(letters.length - byId.size).toBeLessThanOrEqual(16)
  }, 240_000)

  test('no code in the database, nor in anything the registrar sent to the server', async () => {
    const { db } = lantern.platform
    const some = codes().slice(0, 40)
    for (const code of some) expect(heard.some((body) => body.includes(code))).toBe(false)
    const mails = await db.selectFrom('mail').select('body_text').where('body_text', 'like', '%/vote/%').execute()
    expect(mails).toEqual([])
    expect(await db.selectFrom('sealed_code').selectAll().execute()).toEqual([])
  })

  test('the record and every page name the mode', async () => {
    const [entry] = await entries(lantern.platform.db, { decision, type: 'setup' })
    assert(entry !== undefined, 'it is set up')
    const { registrar_key: key, codes_signature: signature } = await election()
    expect(bodyOfEntry(entry.entry, 'setup')?.registrar).toEqual({ key, signature })
    const dossier = (await dossierFor(await lantern.work(), decision)) ?? ''
    const said = (registrar?: string) =>
      verify(dossier, registrar === undefined ? {} : { registrar }).checks.find(({ name }) => name === 'registrar')
    expect(said()).toMatchObject({ state: 'not-checked', why: 'no-registrar-given' })
    expect(said(key ?? '')).toMatchObject({ state: 'passed' })
    expect(said('A'.repeat(43))).toMatchObject({ state: 'failed', fault: { code: 'registrar-differs' } })
    for (const letter of letters) expect(letter.text).toMatch(/#\S+-[0-9a-f]{20}\s/)
    const visit = await lantern.locals(null)
    expect((await publicView(visit, await election())).singleOperator).toBe(false)
  })

  test('voting takes the code and a login: the code alone signs nobody in, another’s login does not help', async () => {
    const { db } = lantern.platform
    const { uuid } = await election()
    const letter = letters[0]
    assert(letter !== undefined, 'there are mails')
    const link = `http://lantern.test/vote/${uuid}#${codeIn(letter)}`
    const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n))
    const vote = (cookie: string) =>
      castVote({
        origin: 'http://lantern.test',
        random,
        link,
        choose: () => 0,
        fetch: (input, init) => {
          const headers = new Headers(init?.headers)
          if (cookie !== '') headers.set('cookie', cookie)
          return apiFetch(lantern)(input, { ...init, headers })
        },
      })
    const signIn = async (email: string, is: boolean): Promise<string> => {
      const rows = db.selectFrom('roll_line').innerJoin('person', 'person.id', 'person_id').select(['person_id', 'email'])
      const row = await rows
        .where('decision', '=', decision)
        .where('email', is ? '=' : '<>', email)
        .executeTakeFirstOrThrow()
      return `${sessionCookie}=${await openSession(await lantern.work(), row.person_id)}`
    }
    expect(await vote('')).toMatchObject({ kind: 'fail', error: { kind: 'refused', problem: { code: 'not-signed-in' } } })
    expect(await vote(await signIn(letter.to, false))).toMatchObject({ error: { problem: { code: 'wrong-voter' } } })
    expect(await vote(await signIn(letter.to, true))).toMatchObject({ kind: 'ok' })
  }, 60_000)

  test('a ballot opened to test the device is refused by the box for ever, and a fresh one is taken', async () => {
    const { db } = lantern.platform
    const letter = letters[2]
    assert(letter !== undefined, 'there are mails')
    const rows = db.selectFrom('roll_line').innerJoin('person', 'person.id', 'person_id').select('person_id')
    const row = await rows.where('decision', '=', decision).where('email', '=', letter.to).executeTakeFirstOrThrow()
    const session = `${sessionCookie}=${await openSession(await lantern.work(), row.person_id)}`
    const world: World = {
      origin: 'http://lantern.test',
      random: (n) => crypto.getRandomValues(new Uint8Array(n)),
      now: () => performance.now(),
      wait: () => Promise.resolve(),
      fetch: (input, init) => {
        const headers = new Headers(init?.headers)
        headers.set('cookie', session)
        return apiFetch(lantern)(input, { ...init, headers })
      },
    }
    const { uuid } = await election()
    const loaded = await loadElection(world, uuid)
    assert(loaded.kind === 'ok', 'it is open')
    const member = await identify(world, loaded.value, codeIn(letter))
    assert(member.kind === 'ok', 'login and code are one member’s')
    const places = placesOf(loaded.value, 0)
    const lock = () => (places === null ? null : lockForTest(world, loaded.value, member.value, places))
    const [tested, fresh] = [lock(), lock()]
    assert(tested !== null && fresh !== null, 'both lock')
    const { noted, fragment } = await openForTest(world, loaded.value, member.value, tested)
    expect(noted).toBe(true)
    expect(await lookAtTest(world, { kind: 'look', typed: fragment, election: null })).toMatchObject({ kind: 'same' })
    const watch = { progress: () => undefined, sealed: () => undefined }
    // A device that cheats and signs it all the same.
    expect(await castTestable(world, loaded.value, member.value, tested, watch)).toMatchObject({
      kind: 'fail',
      error: { kind: 'refused', problem: { code: 'tested-ballot' } },
    })
    expect(await castTestable(world, loaded.value, member.value, fresh, watch)).toMatchObject({ kind: 'ok' })
    const say = async (digest: string) =>
      (
        await apiFetch(lantern)(`http://lantern.test/api/elections/${uuid}/tests`, {
          method: 'POST',
          body: JSON.stringify({ reveal: revealOf(loaded.value.election, tested), digest }),
        })
      ).status
    expect(await say(tested.unsigned.digest)).toBe(200)
    expect(await say(fresh.unsigned.digest)).toBe(422)
  }, 60_000)

  test('asked for again: mailed once a request to the frozen address, three in an hour', async () => {
    const { db } = lantern.platform
    const letter = letters[1]
    assert(letter !== undefined, 'there are mails')
    const row = await db
      .selectFrom('roll_line')
      .innerJoin('person', 'person.id', 'person_id')
      .select('person_id')
      .where('decision', '=', decision)
      .where('email', '=', letter.to)
      .executeTakeFirstOrThrow()
    const person = await personById(db, row.person_id)
    assert(person !== null, 'on the register')
    const ask = async () => sendAgain(await lantern.work(), { ...(await election()), title: 'Three weeks’ notice' }, person)
    const before = letters.length
    expect(await ask()).toBe('sent')
    await until(lantern, 'the link again', () => Promise.resolve(letters.length > before))
    const again = letters[before]
    expect(again?.to).toBe(letter.to)
    expect(again === undefined ? '' : codeIn(again)).toBe(codeIn(letter))
    await until(lantern, 'the answer noted', async () => {
      const open = await db.selectFrom('link_request').selectAll().where('mailed_at', 'is', null).execute()
      return open.length === 0
    })
    expect([await ask(), await ask(), await ask()]).toEqual(['sent', 'sent', 'too often'])
    await until(lantern, 'two more', () => Promise.resolve(letters.length === before + 3))
  }, 60_000)

  test('the codes are destroyed when voting has closed; what was mailed is still known', async () => {
    const { uuid } = await election()
    const path = join(folder, `${uuid}.codes.json`)
    expect(existsSync(path)).toBe(true)
    await movedBy(lantern, 20 * 86_400_000)
    await until(lantern, 'destruction', () => Promise.resolve(!existsSync(path)))
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), 'utf8')
      for (const code of codes().slice(0, 40)) expect(text.includes(code)).toBe(false)
    }
    expect(said).toContain('its voting codes are destroyed')
  }, 120_000)

  test('a request that is not the registrar’s is not answered', async () => {
    const answer = await apiFetch(lantern)('http://lantern.test/api/registrar')
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'not-the-registrar', check: 'no signature' })
  })
})
