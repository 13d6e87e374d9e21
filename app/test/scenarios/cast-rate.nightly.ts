import {
  bindSecretOf,
  choiceOf,
  credentialOf,
  fastEd25519,
  lockBallot,
  makeCastStatement,
  noPreviousTracker,
  ownHints,
  parseElection,
  parseVotingCode,
  type Credential,
} from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { sql } from 'kysely'
import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { publicBox, type ElectionTable } from '#lib/features/elections/index.ts'
import { buildChanged, root } from '../../../tools/build.ts'
import { freePort } from '../../../tools/free-port.ts'
import { servers } from '../../../test/postgres.ts'
import { apiFetch } from '../api-fetch.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { openElection } from '../on-the-way.ts'

/*
 * How many ballots a second the server takes, each with every proof checked and on the disk before its receipt. Ballots are made beforehand,
 * one a member, and sent over loopback to the built server as phones would: a session, an address, a body. PostgreSQL flushes as it always
 * does. The clock starts when a ballot was due to be sent, so a server that falls behind cannot hide it.
 */

const [server] = servers
const processes = Number(process.env['QUORATE_CAST_PROCESSES'] ?? 2)
/** Ballots of each member, each replacing the one before; the first round warms the server up. */
const rounds = Number(process.env['QUORATE_CAST_ROUNDS'] ?? 4)
const perSecond = Number(process.env['QUORATE_CAST_RATE'] ?? 1000)
const note = (line: string): void => {
  process.stdout.write(`${line}\n`)
  const notes = process.env['QUORATE_NOTES']
  if (notes !== undefined) appendFileSync(notes, `${line}\n`)
}

type Sent = { readonly status: number; readonly seconds: number; readonly code: string }
type Letter = { readonly body: string; readonly voter: number }

describe.skipIf(server === undefined)('the server under a surge of ballots', () => {
  let lantern: Lantern
  let row: ElectionTable
  let letters: readonly Letter[]
  let rivals: readonly Letter[]
  const children: ChildProcess[] = []
  const ports: number[] = []

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    lantern = await startLantern(server, { worker: true })
    vi.stubGlobal('fetch', apiFetch(lantern))
    row = await openElection(lantern)
    ;({ letters, rivals } = await lockedLetters(lantern, row))
    const built = await buildChanged(() => undefined)
    assert(built.kind === 'ok', built.kind === 'fail' ? built.error : '')
    for (let i = 0; i < processes; i++) {
      const port = await freePort()
      children.push(started(lantern, port))
      ports.push(port)
    }
    await Promise.all(ports.map((port) => answers(port, row.uuid)))
  }, 900_000)
  afterAll(async () => {
    vi.unstubAllGlobals()
    for (const child of children) child.kill('SIGTERM')
    await Promise.all(
      children.map((child) => new Promise((gone) => (child.exitCode === null ? child.once('exit', gone) : gone(null)))),
    )
    await lantern.close()
  })

  test('takes ballots at the rate they are due, each durable before its receipt', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 256 })
    const members = letters.length / rounds
    const [warm, measured] = [letters.slice(0, members), letters.slice(members)]
    for (let i = 0; i < warm.length; i += 100)
      await Promise.all(
        warm.slice(i, i + 100).map((letter, j) => send(agent, ports[j % ports.length] ?? 0, row.uuid, letter, performance.now())),
      )
    const before = children.map(({ pid }) => cpuSeconds(pid))
    const backends = await backendsOf(lantern)
    const databaseBefore = backends.map(cpuSeconds)
    const began = performance.now()
    // A member's next ballot waits for the receipt of the one before, however late that comes.
    const own = new Map<number, Promise<unknown>>()
    const sent = await Promise.all(
      measured.map((letter, i) => {
        const due = began + (i * 1000) / perSecond
        const before = own.get(letter.voter) ?? Promise.resolve()
        const one = before.then(async () => {
          await new Promise((wake) => setTimeout(wake, Math.max(0, due - performance.now())))
          return send(agent, ports[i % ports.length] ?? 0, row.uuid, letter, due)
        })
        own.set(letter.voter, one)
        return one
      }),
    )
    const seconds = (performance.now() - began) / 1000
    agent.destroy()
    const used = children.reduce((sum, { pid }, i) => sum + cpuSeconds(pid) - (before[i] ?? 0), 0)
    const usedByDatabase = backends.reduce((sum, pid, i) => sum + cpuSeconds(pid) - (databaseBefore[i] ?? 0), 0)
    const each = (total: number): string => ((1000 * total) / sent.length).toFixed(2)
    const waits = sent.map((one) => one.seconds).toSorted((a, b) => a - b)
    const at = (share: number): string => `${(waits[Math.floor(share * (waits.length - 1))] ?? 0).toFixed(2)} s`
    const codes = Object.entries(Object.groupBy(sent, ({ status, code }) => `${String(status)} ${code}`.trim()))
    note(
      `${String(sent.length)} ballots due at ${String(perSecond)} a second to ${String(processes)} server processes: ${(sent.length / seconds).toFixed(0)} a second taken, ` +
        `receipt after ${at(0.5)} (median), ${at(0.99)} (99%); the servers used ${each(used)} ms of processor a ballot, their threads included, and PostgreSQL ${each(usedByDatabase)} ms; ${(sent.length / (await batchesIn(lantern, row, measured.length))).toFixed(0)} ballots a write; answers ${codes.map(([code, some]) => `${code}: ${String(some?.length ?? 0)}`).join(', ')}`,
    )
    expect(sent.every(({ status }) => status === 201)).toBe(true)
    const { n } = await lantern.platform.db
      .selectFrom('ballot')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('decision', '=', row.decision)
      .executeTakeFirstOrThrow()
    expect(n).toBe(letters.length)
  })

  test('takes one of ten thousand casts of one member, sent to all processes at once', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 512 })
    const began = performance.now()
    const sent = await Promise.all(
      Array.from({ length: 10_000 }, (_, i) => {
        const rival = rivals[i % rivals.length]
        assert(rival !== undefined, 'there are rivals')
        return send(agent, ports[i % ports.length] ?? 0, row.uuid, rival, began)
      }),
    )
    agent.destroy()
    const codes = Object.entries(
      Object.groupBy(sent, ({ status, code }) => (status === 200 ? '200' : `${String(status)} ${code}`.trim())),
    )
    note(
      `10,000 casts of one member through 512 connections to ${String(processes)} server processes, 40 different ballots, in ${((performance.now() - began) / 1000).toFixed(0)} s: answers ${codes.map(([code, some]) => `${code}: ${String(some?.length ?? 0)}`).join(', ')}`,
    )
    const { n } = await lantern.platform.db
      .selectFrom('ballot')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('decision', '=', row.decision)
      .executeTakeFirstOrThrow()
    expect(n).toBe(letters.length + 1)
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(1)
    const allowed = new Set(['201', '200', '409 stale-predecessor', '503 busy'])
    expect(codes.map(([code]) => code).filter((code) => !allowed.has(code))).toEqual([])
  })
})

/** Ballots of every member whose link arrived, round by round, each ready to be sent with its session. */
async function lockedLetters(
  lantern: Lantern,
  row: ElectionTable,
): Promise<{ readonly letters: readonly Letter[]; readonly rivals: readonly Letter[] }> {
  const { db } = lantern.platform
  const work = await lantern.work()
  const text = (await publicBox(db, row))?.election ?? ''
  const parsed = parseElection(text, { wasm: fastEd25519 })
  assert(parsed.kind === 'ok', 'the election parses')
  const election = parsed.value
  const [question] = election.message.questions
  assert(question !== undefined, 'there is a question')
  const mails = await db.selectFrom('demo_mail').select('body_text').execute()
  const links = mails.flatMap((mail) => new RegExp(`/vote/${row.uuid}#[\\w-]+`).exec(mail.body_text)?.[0] ?? []).toSorted()
  const voters: { readonly credential: Credential; readonly bind: string }[] = []
  for (const link of links) {
    const code = parseVotingCode(link)
    assert(code.kind === 'ok', 'a link of the mail holds a code')
    const credential = credentialOf(election.engine, row.uuid, code.value)
    const bind = bindSecretOf(row.uuid, code.value)
    voters.push({ credential, bind })
  }
  const last = new Map<string, string>()
  const lock = (
    { credential, bind }: (typeof voters)[number],
    voter: number,
    picked: number,
  ): Letter & { readonly tracker: string } => {
    const choice = choiceOf(question, { kind: 'answers', picked: [picked] })
    assert(choice !== undefined, 'the choice is one')
    const locked = lockBallot(election, [choice], credential.secret, work.random)
    assert(locked.kind === 'ok', 'the ballot locks')
    const { digest, text: ballot, tracker } = locked.value
    const previous = last.get(credential.publicKey) ?? noPreviousTracker
    const claim = { electionHash: election.fingerprint, credential: credential.publicKey, digest, previous }
    const statement = makeCastStatement(election.engine, credential.secret, claim)
    const hints = ownHints(election, locked.value)
    assert(hints !== undefined, 'the group has hints')
    return { body: JSON.stringify({ ballot, statement, bind, hints: Buffer.from(hints).toString('base64') }), voter, tracker }
  }
  const letters: Letter[] = []
  for (let round = 0; round < rounds; round++)
    for (const [i, voter] of voters.entries()) {
      const { tracker, ...letter } = lock(voter, i, (i + round) % 2)
      letters.push(letter)
      last.set(voter.credential.publicKey, tracker)
    }
  // Each of them would replace this member's last.
  const [one] = voters
  assert(one !== undefined, 'there are voters')
  return { letters, rivals: Array.from({ length: 40 }, (_, i) => lock(one, 0, i % 2)) }
}

function started(lantern: Lantern, port: number): ChildProcess {
  const { databaseUrl, dataFolder } = lantern.platform.settings
  const child = spawn(
    process.execPath,
    [...(process.env['QUORATE_CAST_NODE'] ?? '').split(' ').filter(Boolean), join(root, 'app/cli/serve.ts')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DATABASE_URL: databaseUrl,
        QUORATE_DATA: dataFolder,
        QUORATE_WORKER: 'off',
        PORT: String(port),
      },
    },
  )
  return child
}

/** PostgreSQL's own processes for those who are connected to this database. */
async function backendsOf({ platform }: Lantern): Promise<readonly number[]> {
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity where datname = current_database()`.execute(
    platform.db,
  )
  return rows.map(({ pid }) => pid)
}

/** In how many writes the last `ballots` of a box were made: those of one write have one instant. */
async function batchesIn({ platform }: Lantern, { decision }: ElectionTable, ballots: number): Promise<number> {
  const last = await platform.db
    .selectFrom('ballot')
    .select('at')
    .where('decision', '=', decision)
    .orderBy('number', 'desc')
    .limit(ballots)
    .execute()
  return new Set(last.map(({ at }) => at)).size
}

/** What a process has used of the processor, where the system says so (Linux). */
function cpuSeconds(pid: number | undefined): number {
  try {
    const fields =
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')[1]
        ?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}

/** Waits until the server answers for the election. */
async function answers(port: number, uuid: string): Promise<void> {
  const agent = new Agent()
  for (let i = 0; i < 300; i++) {
    const status = await new Promise<number>((settle) => {
      const asked = request({ agent, port, host: '127.0.0.1', path: `/api/elections/${uuid}` }, (response) => {
        response.resume().on('end', () => settle(response.statusCode ?? 0))
      })
      asked.on('error', () => settle(0)).end()
    })
    if (status === 200) return agent.destroy()
    await new Promise((wake) => setTimeout(wake, 200))
  }
  throw new Error('the server never answered')
}

const send = (agent: Agent, port: number, uuid: string, { body }: Letter, due: number): Promise<Sent> =>
  new Promise((settle) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      origin: `http://127.0.0.1:${String(port)}`,
    }
    const asked = request(
      { agent, port, host: '127.0.0.1', method: 'POST', path: `/api/elections/${uuid}/ballots`, headers },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => {
          const text = Buffer.concat(parts).toString()
          const code = response.statusCode === 201 ? '' : (/"code":"([\w-]+)"/.exec(text)?.[1] ?? text.slice(0, 100))
          settle({ status: response.statusCode ?? 0, seconds: (performance.now() - due) / 1000, code })
        })
      },
    )
    asked.on('error', (error) => settle({ status: 0, seconds: (performance.now() - due) / 1000, code: error.message }))
    asked.end(body)
  })
