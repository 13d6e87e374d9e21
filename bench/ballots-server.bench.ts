import { fork, spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { parseElection, unpackBallot } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import pg from 'pg'
import { createServer } from 'vite'
import { buildChanged, root } from '../tools/build.ts'
import { freePort } from '../tools/free-port.ts'
import type { Trial } from '../tools/measure.ts'
import { faultSentence, startPostgres, type RunningPostgres } from '../tools/postgres.ts'
import type { Answered, Said, ToCast } from './ballots-server/caster.ts'
import type { ToLock } from './ballots-server/lock-ballots.ts'
import { processorSeconds } from './ballots-server/processor-time.ts'

/** As many connections as a surge keeps busy; each has one ballot on its way. */
const lanes = Number(process.env['QUORATE_BENCH_LANES'] ?? 256)
/** The first ballots find a process that has compiled nothing yet; the last are under way when it is killed. */
const phases = [1, 999, Number(process.env['QUORATE_BENCH_BALLOTS'] ?? 17_000), 2_000]
const [first, warm, timed, killed] = [0, 1, 2, 3]
const ballots = phases.reduce((sum, count) => sum + count, 0)

type LargeBox = Pick<ToLock, 'uuid' | 'election' | 'voters'>

/** Loads a module of the application's tests as their runner does, and lets it prepare the database. */
async function openBox(databaseUrl: string, dataFolder: string, publicAddress: string): Promise<LargeBox> {
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    resolve: { alias: [{ find: '#lib', replacement: join(root, 'app/src/lib') }] },
  })
  try {
    // Its own type is the application's, which these tools are not compiled with.
    const { openLargeBox } = (await vite.ssrLoadModule(join(root, 'app/test/large-box.ts'))) as {
      openLargeBox: (settings: unknown, members: number) => Promise<LargeBox>
    }
    const settings = {
      ...{ databaseUrl, dataFolder, publicAddress, demoWhenEmpty: true, smtpUrl: null },
      ...{ mailFrom: 'no-reply@lantern.example', witnesses: '' },
    }
    return await openLargeBox(settings, ballots)
  } finally {
    await vite.close()
  }
}

/** Locks the ballots in threads; the files that hold them. */
async function lockAll({ uuid, election, voters }: LargeBox, folder: string): Promise<readonly string[]> {
  const threads = availableParallelism()
  const share = Math.ceil(voters.length / threads)
  return Promise.all(
    Array.from({ length: threads }, async (_, i) => {
      const file = join(folder, `ballots-${String(i)}`)
      const workerData: ToLock = { uuid, election, voters: voters.slice(i * share, (i + 1) * share), file }
      const worker = new Worker(join(import.meta.dirname, 'ballots-server/lock-ballots.ts'), { workerData })
      await new Promise<void>((resolve, reject) => {
        worker.once('error', reject)
        worker.once('exit', () => resolve())
      })
      return file
    }),
  )
}

async function database(dataFolder: string): Promise<RunningPostgres> {
  const running = await startPostgres(dataFolder)
  if (running.kind === 'fail') throw new Error(faultSentence(running.error))
  return running.value
}

/** The web process as `npm start` starts it. */
async function startWeb(port: number, databaseUrl: string, dataFolder: string): Promise<ChildProcess> {
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port), DATABASE_URL: databaseUrl, QUORATE_DATA: dataFolder }
  const options = (process.env['QUORATE_BENCH_NODE'] ?? '').split(' ').filter((word) => word !== '')
  const web = spawn(process.execPath, [...options, join(root, 'app/cli/serve.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env,
  })
  for (let tries = 0; tries < 300; tries++) {
    assert(web.exitCode === null, 'the web process goes on')
    const answers = await fetch(`http://127.0.0.1:${String(port)}/`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answers) return web
    await sleep(100)
  }
  throw new Error('the web process never answered')
}

/** Waits for a word of the process that casts. */
const heard = (caster: ChildProcess, isIt: (said: Said) => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => void caster.off('message', listen).off('exit', ended)
    const listen = (said: Said): void => {
      if (!isIt(said)) return
      stop()
      resolve()
    }
    const ended = (): void => {
      stop()
      reject(new Error('the process that casts ended'))
    }
    caster.on('message', listen).on('exit', ended)
  })

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * sorted.length)] ?? Number.NaN
const whole = (n: number): string => Math.round(n).toLocaleString('en-GB')
const ms = (n: number): string => `${n < 10 ? n.toFixed(2) : whole(n)} ms`

/**
 * Bytes of a ballot at rest on average: those of the ballot itself, as the design counts them; what PostgreSQL keeps of its entry beside it, which is
 * its cast statement, its code and its instant; and its whole row, with place, leaf hash and what PostgreSQL adds to any row.
 */
async function bytesAtRest(databaseUrl: string): Promise<readonly [ballot: number, beside: number, row: number]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ ballot: string; beside: string; row: string }>(
    `select avg(length(packed)) as ballot, avg(pg_column_size(bytes)) as beside, avg(pg_column_size(record_entry)) as row
     from record_entry where type = 'ballot'`,
  )
  await client.end()
  return [Number(rows[0]?.ballot), Number(rows[0]?.beside), Number(rows[0]?.row)]
}

/** How many receipts name an entry that is not on the disk, or holds another ballot. */
async function missing(databaseUrl: string, text: string, receipts: readonly Answered[]): Promise<number> {
  const election = parseElection(text, {})
  assert(election.kind === 'ok', 'the election parses')
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const entries = await client.query<{ position: string; packed: Buffer }>(
    "select position, packed from record_entry where type = 'ballot' and packed is not null",
  )
  const rows = await client.query<{ tracker: string }>('select tracker from ballot')
  await client.end()
  const inBox = new Set(rows.rows.map(({ tracker }) => tracker))
  const onRecord = new Map(
    entries.rows.map(({ position, packed }) => {
      const ballot = unpackBallot(election.value, packed)
      const hash = createHash('sha256').update(ballot.kind === 'ok' ? ballot.value : '')
      return [Number(position), hash.digest('base64').replace(/=+$/, '')]
    }),
  )
  return receipts.filter(({ index, tracker }) => index === null || onRecord.get(index) !== tracker || !inBox.has(tracker)).length
}

/** A surge of yes/no ballots, cast over HTTP at the real server, which is killed under it. */
export default async function ballotsServerBench(): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
  const dataFolder = join(folder, 'data')
  let server = await database(dataFolder)
  const children: ChildProcess[] = []
  return {
    title: 'Ballots at a server',
    about: `Yes/no ballots of as many members, locked beforehand, are cast by another process over HTTP through ${String(lanes)} connections, each with one ballot on its way, at the web process that \`npm start\` starts, with one PostgreSQL ${server.version} that waits for the disk. Every ballot is checked, is on the disk before its receipt is signed, and has its entries on the record. Clients, server and database share the machine; what each took of the processor stands beside. In the end web process and database are killed with SIGKILL under load. Goal: 1,000 a second on four cores with 99 of 100 answered within a second.`,
    run: async () => {
      const built = await buildChanged((line) => void process.stderr.write(`${line}\n`))
      assert(built.kind === 'ok', 'the pages are built')
      const port = await freePort()
      const box = await openBox(server.url, dataFolder, `http://127.0.0.1:${String(port)}`)
      const files = await lockAll(box, folder)
      const web = await startWeb(port, server.url, dataFolder)
      children.push(web)
      const answers = join(folder, 'answers.json')
      const told: ToCast = { port, uuid: box.uuid, files, lanes, phases, answers }
      const caster = fork(join(import.meta.dirname, 'ballots-server/caster.ts'), [JSON.stringify(told)])
      children.push(caster)
      const postmaster = Number(readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
      const goOn = async (phase: number, during?: () => Promise<void>): Promise<void> => {
        const ended = heard(caster, (said) => said.kind === 'ended' && said.phase === phase)
        caster.send('go')
        await during?.()
        await ended
      }
      await heard(caster, ({ kind }) => kind === 'ready')
      await goOn(first)
      await goOn(warm)
      const pids = [web.pid, postmaster, caster.pid].map((pid) => pid ?? 0)
      const before = pids.map(processorSeconds)
      const load = loadavg()[0] ?? 0
      const began = performance.now()
      await goOn(timed)
      const seconds = (performance.now() - began) / 1000
      const spent = pids.map((pid, i) => (processorSeconds(pid) ?? Number.NaN) - (before[i] ?? Number.NaN))
      const mid = ballots - (phases[killed] ?? 0) / 2
      const gone = new Promise((resolve) => caster.once('exit', resolve))
      await goOn(killed, async () => {
        await heard(caster, (said) => said.kind === 'answered' && said.count >= mid)
        web.kill('SIGKILL')
        process.kill(postmaster, 'SIGKILL')
      })
      await gone
      await server.stop()
      const answered = JSON.parse(readFileSync(answers, 'utf8')) as readonly Answered[]
      server = await database(dataFolder)
      const receipts = answered.filter(({ status }) => status === 201)
      const lost = await missing(server.url, box.election, receipts)
      const times = answered
        .filter(({ phase }) => phase === timed)
        .map((each) => each.ms)
        .sort((a, b) => a - b)
      const count = times.length
      const refused = answered.filter(({ phase, status }) => phase !== killed && status !== 201).length
      const perBallot = spent.map((each) => ms((each * 1000) / count))
      return [
        ['what', 'figure'],
        ['ballots a second', whole(count / seconds)],
        ['answered within, half of them', ms(quantile(times, 0.5))],
        ['answered within, 99 of 100', ms(quantile(times, 0.99))],
        ['processor a ballot: web process', perBallot[0] ?? ''],
        ['processor a ballot: PostgreSQL', perBallot[1] ?? ''],
        ['processor a ballot: the casting process', perBallot[2] ?? ''],
        ['cores in use by the three', (spent.reduce((sum, each) => sum + each, 0) / seconds).toFixed(2)],
        ['load of the machine before', load.toFixed(1)],
        ['ballots timed; refused', `${whole(count)}; ${whole(refused)}`],
        [
          'bytes at rest of a ballot; beside it in its entry; of the whole row',
          (await bytesAtRest(server.url)).map(whole).join('; '),
        ],
        ['receipts when killed; not in the box afterwards', `${whole(receipts.length)}; ${whole(lost)}`],
      ]
    },
    end: async () => {
      for (const child of children) child.kill('SIGKILL')
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
