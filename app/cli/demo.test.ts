import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fastEd25519, packBallot, parseElection } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { dossierOf, dossierText, verify } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { log as logSigner, stored } from '../../packages/verifier/testing/log.ts'
import { exactEntry, withoutBallot } from '#lib/platform/packed-entry.ts'
import { decision, dossierFor, wholeDecision } from '../../packages/verifier/testing/whole-decision.ts'
import { createDatabase, onEveryServer, type TestDatabase } from '../../test/postgres.ts'
import { heard } from './heard.ts'
import { main } from './main.ts'
import { tamper, tamperKinds, type TamperKind } from './tamper.ts'

const { log } = wholeDecision('Ed25519')
const honest = dossierFor(log)

/** The election of the ballots of the log, by the document that its set-up cites. */
const elections = log.entries.flatMap(({ type, body }) =>
  type === 'setup' && typeof body['election'] === 'string' ? [body['election']] : [],
)
const [cited = ''] = elections
const election = parseElection(log.documents[cited] ?? '', { wasm: fastEd25519 })
assert(elections.length === 1 && election.kind === 'ok', 'the log has one ballot')

/** An entry as the server keeps it: its bytes, and its ballot packed where it has one. */
function keptAs(bytes: Uint8Array, ballot: unknown): readonly [bytes: Buffer, packed: Buffer | null] {
  assert(election.kind === 'ok', 'the election parses')
  const packed = typeof ballot === 'string' ? packBallot(election.value, ballot) : null
  const rest = typeof ballot === 'string' ? withoutBallot(bytes) : null
  return packed === null || rest === null ? [Buffer.from(bytes), null] : [rest, Buffer.from(packed)]
}

async function run(
  words: readonly string[],
  env: Record<string, string> = {},
): Promise<{ exit: number; out: string; err: string }> {
  const h = heard({ env })
  const exit = await main(words, h.io)
  return { exit, out: h.out(), err: h.err() }
}

describe('an alteration', () => {
  it.each(tamperKinds)('of kind %s is made in many places, and is always found and named', (kind) => {
    const places = new Set<number>()
    for (let seed = 0; seed < 12; seed++) {
      let state = seed * 7919 + 1
      const dice = (below: number): number => (state = (state * 48271) % 2147483647) % below
      const done = tamper(honest.entries, { kind, decision }, dice)
      if (done.kind === 'fail') throw new Error(done.error)
      const after = new Map(done.value.entries.map((e) => [e.index, e.after]))
      const entries = honest.entries.flatMap((e) => {
        const bytes = after.has(e.index) ? (after.get(e.index) ?? null) : e.bytes
        return bytes === null ? [] : [{ ...e, bytes }]
      })
      const leaves = honest.leaves.map((leaf, i) => (after.get(i) === null ? null : leaf))
      const { fault } = verify(dossierText({ ...honest, entries, leaves }))
      const first = Math.min(...after.keys())
      expect(fault).toMatchObject({ entry: first, code: kind === 'delete' ? 'entry-missing' : 'entry-changed' })
      places.add(first)
    }
    if (kind === 'ballot' || kind === 'delete' || kind === 'reorder') expect(places.size).toBeGreaterThan(2)
  })

  it('needs something to alter', () => {
    const { entries } = dossierFor(wholeDecision('Ed25519', { until: 'proposed' }).log)
    for (const kind of ['ballot', 'total', 'notice', 'roll'] as const)
      expect(tamper(entries, { kind, decision }, () => 0)).toEqual({ kind: 'fail', error: 'nothing of that kind' })
    expect(tamper([], { kind: null, decision: null }, () => 0).kind).toBe('fail')
    expect(tamper([{ index: 1, bytes: 'not an entry' }], { kind: null, decision: null }, () => 0).kind).toBe('fail')
  })
})

describe('quorate demo tamper FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quorate tamper '))
  const file = join(folder, '7.json')
  beforeAll(() => writeFileSync(file, dossierText(honest)))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('alters a copy, tells only on request what, and the verifier names it', async () => {
    const { exit, out } = await run(['demo', 'tamper', file, '--kind', 'total'])
    expect([exit, out]).toEqual([0, expect.not.stringContaining('votes') as string])
    const copy = join(folder, '7.tampered.json')
    expect(out).toContain(`npx quorate verify ${copy}`)
    expect(readFileSync(file, 'utf8')).toBe(dossierText(honest))
    expect(await run(['verify', copy, '--quiet'])).toMatchObject({ exit: 1, out: expect.stringContaining('Entry 42') as string })
    expect((await run(['demo', 'tamper', file, '--kind', 'total', '--show'])).out).toContain(
      'the votes for and against changed places in entry 42.',
    )
  })

  it.each([
    [['demo'], 2, 'what about it?'],
    [['demo', 'destroy'], 2, 'there is no "demo destroy"'],
    [['demo', 'tamper', 'a', 'b'], 2, 'left over: b'],
    [['demo', 'tamper', '--kind', 'all'], 2, '--kind takes one of ballot, total'],
    [['demo', 'tamper', 'a', '--undo'], 2, '--undo stands alone'],
    [['demo', 'tamper', '/nowhere/7.json'], 1, 'cannot read /nowhere/7.json'],
    [['demo', 'tamper'], 1, 'no demonstration is running on /nowhere'],
  ] as const)('%j: exit code %i and a sentence', async (words, code, sentence) => {
    const { exit, out, err } = await run(words, { QUORATE_DATA: '/nowhere' })
    expect([exit, out]).toEqual([code, ''])
    expect(err).toContain(sentence)
  })
})

onEveryServer('quorate demo tamper, on a running demonstration', (server) => {
  let database: TestDatabase
  let folder = ''
  const own = stored(log.entries)

  const query = async <T extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly T[]> => {
    const { default: pg } = await import('pg')
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    try {
      return (await client.query<T>(sql, [...values])).rows
    } finally {
      await client.end()
    }
  }

  beforeAll(async () => {
    database = await createDatabase(server.url)
    folder = mkdtempSync(join(tmpdir(), 'quorate data '))
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'postgres.json'), JSON.stringify({ url: database.url, pid: 1 }))
    // The tables of the record as its migration makes them, and the one row that says what kind of movement this is.
    await query('create table movement (id smallint primary key, demo boolean not null)')
    await query('insert into movement values (1, true)')
    await query(
      'create table record_entry (position bigint primary key, type text not null, decision bigint, at bigint not null, bytes bytea not null, leaf bytea not null, packed bytea)',
    )
    await query(
      'create table record_checkpoint (size bigint primary key, note text not null, peaks bytea not null, signed_at bigint not null)',
    )
    await query(
      `create function record_is_append_only() returns trigger language plpgsql as $$ begin raise exception 'append-only'; end $$`,
    )
    await query(
      'create trigger append_only before update or delete on record_entry for each row execute function record_is_append_only()',
    )
    for (const { index, bytes, leaf } of own) {
      const entry = log.entries[index]
      const [kept, packed] = keptAs(Buffer.from(bytes), entry?.type === 'ballot' ? entry.body['ballot'] : null)
      const row = [index, entry?.type, entry?.decision, entry?.at, kept, Buffer.from(leaf), packed]
      await query('insert into record_entry values ($1, $2, $3, $4, $5, $6, $7)', row)
    }
    await query('create table election (decision bigint primary key, election text)')
    await query('create table record_document (fingerprint text primary key, content text not null)')
    await query('insert into election values ($1, $2)', [decision, cited])
    await query('insert into record_document values ($1, $2)', [cited, log.documents[cited]])
    await query('insert into record_checkpoint values ($1, $2, $3, 0)', [own.length, honest.checkpoint, Buffer.alloc(0)])
  })
  afterAll(async () => {
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  type Row = { position: string; bytes: Buffer; leaf: Buffer; packed: Buffer | null }
  /** What the server would hand out: everything from its tables. */
  const dossier = async (): Promise<string> => {
    const rows = await query<Row>('select position, bytes, leaf, packed from record_entry order by position')
    const entries = rows.map(({ position, bytes, leaf, packed }) => {
      const exact = packed === null ? bytes : exactEntry(election.value, { bytes, packed })
      return { index: Number(position), bytes: exact, leaf }
    })
    const head = { decision, logKey: logSigner.key, witnesses: [], checkpoint: honest.checkpoint, documents: log.documents }
    return dossierText(dossierOf({ ...head, size: own.length, entries }))
  }
  const env = (): Record<string, string> => ({ QUORATE_DATA: folder })

  it('keeps its ballots packed, as the server does', async () => {
    const [row] = await query<{ packed: string; all: string }>(
      `select count(packed) as packed, count(*) as all from record_entry where type = 'ballot'`,
    )
    expect(Number(row?.packed)).toBeGreaterThan(0)
    expect(row?.packed).toBe(row?.all)
  })

  it.each([...tamperKinds, null])(
    '%s: the verifier names the entry, and --undo puts every byte back',
    async (kind: TamperKind | null) => {
      expect(await dossier()).toBe(dossierText(honest))
      const { exit, out, err } = await run(['demo', 'tamper', ...(kind === null ? [] : ['--kind', kind])], env())
      expect([exit, err]).toEqual([0, ''])
      expect(out).toContain(`npx quorate verify http://127.0.0.1:3000/d/${decision}`)
      const verdict = verify(await dossier())
      expect(verdict).toMatchObject({ verdict: 'fails', fault: { check: 'log', entry: expect.any(Number) as number } })
      const told = await run(['demo', 'tamper', '--show'], env())
      expect(told.out).toContain(String(verdict.fault?.entry))
      expect((await run(['demo', 'tamper'], env())).err).toContain('something has been altered already')
      expect(await run(['demo', 'tamper', '--undo'], env())).toMatchObject({
        exit: 0,
        out: expect.stringContaining('Put back.') as string,
      })
      expect(await dossier()).toBe(dossierText(honest))
      expect(verify(await dossier()).verdict).toBe('holds')
      expect(existsSync(join(folder, 'tamper.json'))).toBe(false)
      expect((await run(['demo', 'tamper', '--undo'], env())).err).toContain('nothing has been altered')
      await expect(query('delete from record_entry')).rejects.toThrow('append-only')
    },
  )

  it('never touches a movement that is no demonstration', async () => {
    await query('update movement set demo = false')
    const { exit, err } = await run(['demo', 'tamper'], env())
    expect([exit, err]).toEqual([1, expect.stringContaining('this is no demonstration') as string])
    expect(await dossier()).toBe(dossierText(honest))
    await query('update movement set demo = true')
  })

  it('says so when the database does not answer', async () => {
    const { exit, err } = await run(['demo', 'tamper'], {
      DATABASE_URL: 'postgres://quorate@127.0.0.1:1/none',
      QUORATE_DATA: folder,
    })
    expect([exit, err]).toEqual([1, expect.stringContaining('does not answer') as string])
  })
})
