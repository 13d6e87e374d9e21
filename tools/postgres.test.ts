import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { faultSentence, startPostgres, type LauncherFault, type RunningPostgres } from './postgres.ts'

const folders: string[] = []
const freshFolder = (): string => {
  const folder = join(mkdtempSync(join(tmpdir(), 'quorate pg ')), 'data')
  folders.push(folder)
  return folder
}
const started: RunningPostgres[] = []

async function start(folder: string): Promise<RunningPostgres> {
  const running = await startPostgres(folder)
  if (running.kind === 'fail') throw new Error(faultSentence(running.error))
  started.push(running.value)
  return running.value
}

async function faultOf(folder: string): Promise<LauncherFault> {
  const running = await startPostgres(folder)
  if (running.kind === 'ok') started.push(running.value)
  expect(running.kind).toBe('fail')
  return (running as { error: LauncherFault }).error
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

const serverPid = (folder: string): number =>
  Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

afterEach(async () => {
  for (const running of started.splice(0)) await running.stop()
  for (const folder of folders.splice(0)) rmSync(join(folder, '..'), { recursive: true, force: true })
})

describe('a cluster in a folder', () => {
  test('keeps its rows over a stop and a start', async () => {
    const folder = freshFolder()
    const first = await start(folder)
    await ask(first.url, 'create table kept (n int); insert into kept values (7)')
    const pid = serverPid(folder)
    expect(await first.stop()).toBe('stopped')
    expect(isAlive(pid)).toBe(false)
    const second = await start(folder)
    expect(second.reused).toBe(false)
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }])
  })

  test('keeps what was committed when the server is killed, and starts again by itself', async () => {
    const folder = freshFolder()
    const first = await start(folder)
    await ask(first.url, 'create table kept (n int); insert into kept select * from generate_series(1, 1000)')
    process.kill(serverPid(folder), 'SIGKILL')
    await first.stop()
    const second = await start(folder)
    expect(await ask(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }])
    expect(await ask(second.url, 'show fsync')).toEqual([{ fsync: 'on' }])
  })

  test('is used together by a second start, and stops with the last of the two', async () => {
    const folder = freshFolder()
    const first = await start(folder)
    const second = await start(folder)
    expect(second).toMatchObject({ url: first.url, reused: true })
    expect(await first.stop()).toBe('left running')
    await expect(ask(second.url, 'select 1 as n')).resolves.toEqual([{ n: 1 }])
    expect(await second.stop()).toBe('stopped')
  })

  test('two starts at the same moment make one cluster and one server', async () => {
    const folder = freshFolder()
    const both = await Promise.all([start(folder), start(folder), start(folder)])
    expect(new Set(both.map((each) => each.url)).size).toBe(1)
    expect(both.filter((each) => !each.reused)).toHaveLength(1)
  })

  test('is found again after its starter was killed without a word', async () => {
    const folder = freshFolder()
    const script = `import { startPostgres } from '${join(import.meta.dirname, 'postgres.ts')}'
      const running = await startPostgres(process.argv[2])
      console.log(running.value.url)
      setInterval(() => undefined, 1000)`
    const file = join(folder, '..', 'starter.ts')
    writeFileSync(file, script)
    const starter = spawn(process.execPath, [file, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const url = await new Promise<string>((resolve) =>
      starter.stdout.on('data', (bytes: Buffer) => resolve(String(bytes).trim())),
    )
    starter.kill('SIGKILL')
    await new Promise((resolve) => starter.on('exit', resolve))
    const next = await start(folder)
    expect(next).toMatchObject({ url, reused: true })
    expect(await next.stop()).toBe('stopped')
  })

  test('starts when the pid in a left-over pid file is by now a stranger', async () => {
    const folder = freshFolder()
    const first = await start(folder)
    const pidFile = join(folder, 'postgres', 'postmaster.pid')
    const content = readFileSync(pidFile, 'utf8')
    await first.stop()
    // This very test is alive and is no server. The port is one where nobody answers.
    writeFileSync(pidFile, content.replace(/^\d+/, String(process.ppid)), { mode: 0o600 })
    const second = await start(folder)
    expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  test('answers on loopback only, and only with its password', async () => {
    const running = await start(freshFolder())
    expect(await ask(running.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    const guess = new URL(running.url)
    guess.password = 'guess'
    await expect(ask(guess.href, 'select 1')).rejects.toThrow('password authentication failed')
  })
})

describe('a folder that cannot be used is refused in a sentence, never a throw', () => {
  test('no password beside the cluster', async () => {
    const folder = freshFolder()
    await (await start(folder)).stop()
    rmSync(join(folder, 'postgres.password'))
    const fault = await faultOf(folder)
    expect(fault.kind).toBe('no password')
    expect(existsSync(join(folder, 'postgres', 'PG_VERSION'))).toBe(true)
  })

  test('used by somebody whose server does not answer', async () => {
    const folder = freshFolder()
    const first = await start(folder)
    const pid = serverPid(folder)
    process.kill(pid, 'SIGKILL')
    // `first` still counts as a user: its server may be alive where we cannot see it.
    expect((await faultOf(folder)).kind).toBe('folder in use')
    await first.stop()
  })

  test('files that are no cluster', async () => {
    const folder = freshFolder()
    mkdirSync(join(folder, 'postgres'), { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, 'postgres.password'), 'x')
    const fault = await faultOf(folder)
    expect(fault.kind).toBe('cannot start')
    expect(faultSentence(fault)).toContain('postgresql.conf')
  })

  test('a path that is a file', async () => {
    const folder = freshFolder()
    writeFileSync(folder, '')
    expect((await faultOf(folder)).kind).toBe('read-only folder')
  })
})

/** Runs a start as another user and returns what it says: `ok`, or the fault. Root alone can become somebody else. */
function startAs(uid: number, folder: string, env: NodeJS.ProcessEnv = {}): string {
  const script = `import { faultSentence, startPostgres } from '${join(import.meta.dirname, 'postgres.ts')}'
    const running = await startPostgres(process.argv[2])
    console.log(running.kind === 'ok' ? 'ok' : running.error.kind + ': ' + faultSentence(running.error))
    if (running.kind === 'ok') await running.value.stop()`
  const file = join(folder, '..', 'as.ts')
  writeFileSync(file, script)
  chmodSync(join(folder, '..'), 0o755)
  const run = spawnSync(process.execPath, [file, folder], { uid, gid: uid, encoding: 'utf8', env: { ...process.env, ...env } })
  return run.stdout.trim() || run.stderr.trim()
}

describe.skipIf(process.getuid?.() !== 0)('different users (needs root to become one)', () => {
  test('an ordinary user, even one without a name, owns and runs its own cluster', () => {
    const folder = freshFolder()
    mkdirSync(folder)
    chownSync(folder, 1234, 1234)
    expect(startAs(1234, folder)).toBe('ok')
    expect(startAs(1234, folder)).toBe('ok')
  })

  test("root's folder is refused to an ordinary user, by name", async () => {
    const folder = freshFolder()
    await (await start(folder)).stop()
    expect(startAs(1234, folder)).toMatch(/^folder of another user: .* belongs to root; start as that user/)
  })

  test("an ordinary user's folder is refused to root", async () => {
    const folder = freshFolder()
    mkdirSync(folder)
    chownSync(folder, 1234, 1234)
    expect(startAs(1234, folder)).toBe('ok')
    expect(await faultOf(folder)).toMatchObject({ kind: 'folder of another user', detail: 'user 1234' })
  })

  test('with user namespaces blocked root hands the cluster to nobody, and finds it again', () => {
    const folder = freshFolder()
    const blocked = mkdtempSync(join(tmpdir(), 'blocked-'))
    onTestFinished(() => rmSync(blocked, { recursive: true }))
    writeFileSync(join(blocked, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    const env = { PATH: `${blocked}:${process.env['PATH'] ?? ''}` }
    expect(startAs(0, folder, env)).toBe('ok')
    expect(startAs(0, folder, env)).toBe('ok')
  })
})
