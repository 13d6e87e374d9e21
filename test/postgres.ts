import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { describe, inject, test } from 'vitest'
import { faultSentence, startPostgres } from '../tools/postgres.ts'

/** A PostgreSQL that tests may use. */
export type TestServer = { readonly name: string; readonly url: string }
/** One that this machine lacks, and why. */
type MissingServer = { readonly name: string; readonly reason: string }

const found: TestServer[] = []
const missing: MissingServer[] = []

async function embedded(): Promise<void> {
  const url = process.env['QUORATE_TEST_DATABASE_URL']
  if (url !== undefined) return void found.push({ name: 'the server of QUORATE_TEST_DATABASE_URL', url })
  const running = await startPostgres(inject('embeddedFolder'), { settings: { max_connections: '200' } })
  if (running.kind === 'fail') throw new Error(faultSentence(running.error))
  found.push({ name: `PostgreSQL ${Number.parseInt(running.value.version)}, embedded`, url: running.value.url })
}

async function another(): Promise<void> {
  const url = process.env['QUORATE_TEST_SERVER_URL']
  if (url !== undefined) return void found.push({ name: 'the server of QUORATE_TEST_SERVER_URL', url })
  const server = inject('systemServer')
  const name = 'PostgreSQL of the system'
  if (server === null)
    return void missing.push({ name, reason: 'needs /usr/lib/postgresql/15 or newer, or QUORATE_TEST_SERVER_URL' })
  const running = await startPostgres(server.folder, { binFolder: server.binFolder, settings: { max_connections: '200' } })
  if (running.kind === 'fail') missing.push({ name, reason: `needs one that starts: ${faultSentence(running.error)}` })
  else found.push({ name: `PostgreSQL ${Number.parseInt(running.value.version)}, of the system`, url: running.value.url })
}

await Promise.all([embedded(), another()])
found.sort((a, b) => Number(b.name.includes('embedded')) - Number(a.name.includes('embedded')))

/** The servers there are; the first is the embedded one. Importing this file starts them. */
export const servers: readonly TestServer[] = found

/** Registers the same tests on every server, and one skipped test with its reason for each server that is missing. */
export function onEveryServer(title: string, body: (server: TestServer) => void): void {
  for (const server of servers) describe(`${title} (${server.name})`, () => body(server))
  for (const { name, reason } of missing) test(`${title} (${name})`, (context) => context.skip(reason))
}

/** A database of a test file's own: an empty one, and how to get rid of it. */
export type TestDatabase = { readonly url: string; readonly drop: () => Promise<void> }

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Creates an empty database on a server. Call `drop` in `afterAll`; it ends connections that a test forgot. */
export async function createDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await run(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(serverUrl, `drop database if exists ${name} with (force)`) }
}
