import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseElection, type Election } from '@quorate/ballots'
import { fail, ok, type Result } from '@quorate/kernel'
import type pg from 'pg'
import { exactEntry } from '#lib/platform/packed-entry.ts'
import { neededFor, tamper, type Dice, type TamperKind, type Tampering } from './tamper.ts'

/** Where the demonstration keeps its data, and how its database is reached. */
export type DemoData = { readonly folder: string; readonly url: string }

/** What was done, and how to undo it: the file `tamper.json` in the data folder. */
type Remembered = { readonly tampering: Tampering; readonly decision: number | null; readonly leaves: readonly string[] }

const memoryOf = (folder: string): string => join(folder, 'tamper.json')

/** Finds the running demonstration: `DATABASE_URL`, else the file its launcher keeps in the data folder. The error is a sentence. */
export function demoData(env: Readonly<Record<string, string | undefined>>): Result<DemoData, string> {
  const folder = env['QUORATE_DATA'] ?? 'data'
  const own = env['DATABASE_URL']
  if (own !== undefined && own !== '') return ok({ folder, url: own })
  try {
    const running: unknown = JSON.parse(readFileSync(join(folder, 'postgres.json'), 'utf8'))
    const url = typeof running === 'object' && running !== null && 'url' in running ? running.url : undefined
    if (typeof url === 'string') return ok({ folder, url })
  } catch {
    // Said below.
  }
  return fail(`no demonstration is running on ${folder}; start it with npm start`)
}

/** Where the demonstration's pages are: as the operator says, else as the launcher noted, else where it starts by default. No final slash. */
export function addressOf(env: Readonly<Record<string, string | undefined>>, { folder }: DemoData): string {
  const noted = join(folder, 'address')
  const text = env['QUORATE_PUBLIC_ADDRESS'] ?? (existsSync(noted) ? readFileSync(noted, 'utf8') : 'http://127.0.0.1:3000')
  return text.trim().replace(/\/$/, '')
}

/** What was done last and not yet undone, or null. */
export function remembered(folder: string): Remembered | null {
  const path = memoryOf(folder)
  // Written by this file alone, for itself.
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Remembered) : null
}

type Row = {
  readonly position: string
  readonly decision: string | null
  readonly bytes: Buffer
  readonly leaf: Buffer
  readonly packed: Buffer | null
}

/** The exact bytes of each row's entry as text. A ballot that is kept packed is written out, as the server does when it is asked for it. */
async function textsOf(client: pg.Client, rows: readonly Row[]): Promise<readonly string[]> {
  const elections = new Map<string | null, Election>()
  if (rows.some(({ packed }) => packed !== null)) {
    const found = await client.query<{ decision: string; content: string }>(
      'select decision, content from election join record_document on fingerprint = election.election',
    )
    for (const { decision, content } of found.rows) {
      const election = parseElection(content, {})
      if (election.kind === 'ok') elections.set(decision, election.value)
    }
  }
  return rows.map(({ bytes, packed, decision }) => {
    const election = elections.get(decision)
    return (packed === null || election === undefined ? bytes : exactEntry(election, { bytes, packed })).toString('utf8')
  })
}

/** Connects, makes sure that this is a demonstration, and does the work in one transaction. The error is a sentence. */
async function inDemo<T>(url: string, work: (client: pg.Client) => Promise<Result<T, string>>): Promise<Result<T, string>> {
  const { default: postgres } = await import('pg')
  const client = new postgres.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch {
    return fail('the database of the demonstration does not answer; start it with npm start')
  }
  try {
    const there = await client.query<{ found: boolean }>(
      `select to_regclass('record_entry') is not null and to_regclass('movement') is not null as found`,
    )
    if (there.rows[0]?.found !== true) return fail('this database holds no record')
    const movement = await client.query<{ demo: boolean }>('select demo from movement')
    if (movement.rows[0]?.demo !== true) return fail('this is no demonstration: its record is somebody’s')
    await client.query('begin')
    // What any owner of the table can do, and why the trigger is no protection but against accidents.
    await client.query('alter table record_entry disable trigger append_only')
    const done = await work(client)
    await client.query('alter table record_entry enable trigger append_only')
    await client.query(done.kind === 'ok' ? 'commit' : 'rollback')
    return done
  } finally {
    await client.end()
  }
}

/** An entry written out as text, whatever it was kept as. */
const written = 'update record_entry set bytes = $2, packed = null where position = $1'

/** The decision whose record has gone furthest, so that there is most to alter: the one with a result, else with most entries. */
const furthest = `select decision from record_entry where decision is not null and position < $1
  group by decision order by count(*) filter (where type = 'result') desc, count(*) desc, decision desc limit 1`

/**
 * Alters one thing in the demonstration's database behind the server's back, under the newest checkpoint so that a verifier sees it. Returns
 * the decision it belongs to. One thing at a time: what is altered is undone first.
 */
export async function tamperDatabase(
  data: DemoData,
  kind: TamperKind | null,
  dice: Dice,
): Promise<Result<number | null, string>> {
  if (remembered(data.folder) !== null)
    return fail('something has been altered already; put it back first with quorate demo tamper --undo')
  return inDemo(data.url, async (client) => {
    const head = await client.query<{ size: string }>('select max(size) as size from record_checkpoint')
    const size = Number(head.rows[0]?.size ?? 0)
    const { rows } = await client.query<Row>(
      'select position, decision, bytes, leaf, packed from record_entry where position < $1 order by position',
      [size],
    )
    const found = await client.query<{ decision: string }>(furthest, [size])
    const decision = found.rows[0] === undefined ? null : Number(found.rows[0].decision)
    const texts = await textsOf(client, rows)
    const entries = rows.map((row, i) => ({ index: Number(row.position), bytes: texts[i] ?? '' }))
    const done = tamper(entries, { kind, decision }, dice)
    if (done.kind === 'fail')
      return fail(
        kind === null ? 'there is nothing on the record to alter yet' : `there is no ${neededFor[kind]} on the record yet`,
      )
    const { value: tampering } = done
    const leaves = tampering.entries.map(
      ({ index }) => rows.find((row) => Number(row.position) === index)?.leaf.toString('hex') ?? '',
    )
    writeFileSync(memoryOf(data.folder), JSON.stringify({ tampering, decision, leaves } satisfies Remembered), {
      mode: 0o600,
      flag: 'wx',
    })
    for (const { index, after } of tampering.entries) {
      if (after === null) await client.query('delete from record_entry where position = $1', [index])
      else await client.query(written, [index, Buffer.from(after, 'utf8')])
    }
    return ok(decision)
  })
}

/** Puts back what was altered last. Returns what it was, in words. */
export async function undoDatabase(data: DemoData): Promise<Result<string, string>> {
  const memory = remembered(data.folder)
  if (memory === null) return fail('nothing has been altered')
  const { tampering, leaves } = memory
  const done = await inDemo(data.url, async (client) => {
    for (const [i, { index, before, after }] of tampering.entries.entries()) {
      const bytes = Buffer.from(before, 'utf8')
      if (after !== null) await client.query(written, [index, bytes])
      else {
        const head = /"at":(\d+)/.exec(before)?.[1] ?? '0'
        const [, decision, type] = /"decision":(\d+|null),"type":"([a-z-]+)","v":1\}$/.exec(before) ?? []
        await client.query(
          'insert into record_entry (position, type, decision, at, bytes, leaf) values ($1, $2, $3, $4, $5, $6)',
          [index, type, decision === 'null' ? null : decision, head, bytes, Buffer.from(leaves[i] ?? '', 'hex')],
        )
      }
    }
    return ok(tampering.did)
  })
  if (done.kind === 'ok') rmSync(memoryOf(data.folder))
  return done
}
