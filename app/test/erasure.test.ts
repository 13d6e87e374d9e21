import { assert, fromHex, utf8 } from '@quorate/kernel'
import {
  checkReceipt,
  createTree,
  isOnRoll,
  makeReceipt,
  parseRollList,
  proveOnRoll,
  commitRoll,
  receiptText,
  tileFiles,
} from '@quorate/record'
import { verify } from '@quorate/verifier'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeAddress, takeOwnData } from '#lib/features/keeping/index.ts'
import { personById } from '#lib/features/membership/index.ts'
import { electorateAsOf, eraseMember } from '#lib/features/motions/index.ts'
import { documentOf, dossierFor, entries, logSigner, signHead, bodyOfEntry } from '#lib/features/record/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { servers } from '../../test/postgres.ts'
import { heard } from '../cli/heard.ts'
import { main } from '../cli/main.ts'
import * as eraseRoute from '../src/routes/desk/registrar/erase/+page.server.ts'
import { action, answerTo, load } from './ask-route.ts'
import { startLantern, type Lantern } from './lantern.ts'
import { frozenDecision, until } from './on-the-way.ts'

// One member, who signed a proposal and stands on a frozen roll, asks to be erased.

let lantern: Lantern
let decision = 0
type Known = {
  readonly id: string
  readonly number: number
  readonly salts: readonly string[]
  readonly words: readonly string[]
}
let member: Known
/** What the member keeps: their leaf with its proof, and the receipt of an entry. */
let kept: { readonly leaf: Uint8Array; readonly receipt: string; readonly entry: Uint8Array; readonly dossier: string }

/** Every row of every table as text: what a dump holds. */
async function dump(): Promise<string> {
  const { db } = await lantern.work()
  const tables = await sql<{ name: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db)
  const parts: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(db)
    parts.push(...rows.map(({ row }) => `${name} ${row}`))
  }
  return parts.join('\n')
}

/** The log as plain files, and the dossier: what others hold. */
async function published(): Promise<string> {
  const work = await lantern.work()
  const placed = await entries(work.db)
  const rows = await work.db.selectFrom('record_entry').select('leaf').orderBy('position').execute()
  const tree = createTree(rows.map(({ leaf }) => new Uint8Array(leaf)))
  const files = tileFiles(0, placed.length, tree.node, (i) => placed[i]?.bytes ?? new Uint8Array())
  const bytes = [...files.values()].map((file) => Buffer.from(file).toString('latin1'))
  return [...bytes, (await dossierFor(work, decision)) ?? ''].join('\n')
}

/** Where any of the words stands in a text: as it is, or in hex, as bytes are dumped. */
const traces = (text: string, words: readonly string[]): readonly string[] => {
  const small = text.toLowerCase()
  return words.filter((word) => small.includes(word.toLowerCase()) || small.includes(Buffer.from(word).toString('hex')))
}

/** Runs `quorate erase` at the desk of this server. */
async function command(
  ...words: readonly string[]
): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  const h = heard({ env: { DATABASE_URL: lantern.platform.settings.databaseUrl } })
  return { exit: await main(['erase', ...words], h.io), out: h.out(), err: h.err() }
}
/** Membership numbers of the member and of the registrar. */
async function numbers(): Promise<{ readonly given: string; readonly registrar: string }> {
  const { db } = await lantern.work()
  const registrar = await personById(db, await lantern.role('registrar'))
  return { given: String(member.number), registrar: String(registrar?.membershipNumber ?? 0) }
}

beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  lantern = await startLantern(server, { worker: true })
  decision = await frozenDecision(lantern)
  const work = await lantern.work()
  const now = work.clock.now()
  const people = await electorateAsOf(work.db, await rulebookInForce(work.db), 'members', { validAt: now, knownAt: now })
  const offices = await work.db
    .selectFrom('office')
    .select('person_id')
    .union(work.db.selectFrom('seat').select('person_id'))
    .execute()
  const person = people.slice(10, 70).find(({ id }) => !offices.some(({ person_id }) => person_id === id))
  assert(person !== undefined, 'somebody without an office has signed')
  const row = await work.db.selectFrom('person').selectAll().where('id', '=', person.id).executeTakeFirstOrThrow()
  // They have moved, and taken out what is held of them: both leave rows of their own.
  const moved = 'moved-away@home.example'
  const changed = await changeAddress(work, person.id, moved)
  const taken = await takeOwnData(work, lantern.platform.features, person.id)
  assert(changed.kind === 'ok' && taken !== null, 'a member may do both')
  await until(lantern, 'mail to both addresses', async () => {
    const sent = await work.db.selectFrom('demo_mail').select('address').where('address', 'in', [row.email, moved]).execute()
    return new Set(sent.map(({ address }) => address)).size === 2
  })
  const exported = await work.db.selectFrom('data_export').select('salt').where('person_id', '=', person.id).execute()
  const lines = await work.db.selectFrom('roll_line').selectAll().where('person_id', '=', person.id).execute()
  const salts = await work.db.selectFrom('pseudonym').select('salt').where('person_id', '=', person.id).execute()
  const hex = [...lines, ...salts, ...exported].map(({ salt }) => salt.toString('hex'))
  const [line] = lines
  assert(line !== undefined && salts.length > 0, 'the member is on the roll and has signed')
  const leaf = fromHex(line.leaf)
  assert(leaf.kind === 'ok', 'a leaf is hex')
  member = {
    id: person.id,
    number: row.membership_number,
    salts: hex,
    words: [row.email, moved, `${row.given_name} ${row.family_name}`, person.id],
  }
  const placed = await entries(work.db)
  const head = await signHead(work)
  const first = placed[1]
  assert(head !== null && first !== undefined, 'the log is signed')
  const rows = await work.db.selectFrom('record_entry').select('leaf').orderBy('position').execute()
  const tree = createTree(rows.slice(0, head.size).map((r) => new Uint8Array(r.leaf)))
  kept = {
    leaf: leaf.value,
    receipt: receiptText(makeReceipt(1, head.size, head.note, tree.node)),
    entry: first.bytes,
    dossier: (await dossierFor(work, decision)) ?? '',
  }
}, 300_000)
afterAll(() => lantern.close())

describe('a member who is erased', () => {
  test('is there before: the search finds name, address, id and salts', async () => {
    expect(traces(await dump(), [...member.words, ...member.salts])).toEqual([...member.words, ...member.salts])
  })

  test('cannot be one who holds an office, nor one who is not there', async () => {
    const work = await lantern.work()
    const registrar = await lantern.role('registrar')
    const by = { personId: registrar, as: 'office registrar' }
    const { features } = lantern.platform
    expect(await eraseMember(work, features, registrar, by)).toEqual({ kind: 'fail', error: 'holds an office or a seat' })
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect(await eraseMember(work, features, nobody, by)).toEqual({ kind: 'fail', error: 'no such person' })
  })

  test('is not erased at a word that is no registrar’s, nor unless it is said twice', async () => {
    const { given, registrar } = await numbers()
    const shown = await command(given, '--by', registrar)
    expect(shown).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing has been done') as string })
    expect(shown.out).toContain(member.words[2])
    const chair = await lantern.work().then(async ({ db }) => personById(db, await lantern.role('chair')))
    const by = String(chair?.membershipNumber ?? 0)
    expect(await command(given, '--by', by, '--yes')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('registrar') as string,
    })
    expect(await command(registrar, '--by', registrar, '--yes')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('office or a seat') as string,
    })
    expect(await command('999999999', '--by', registrar, '--yes')).toMatchObject({ exit: 1 })
    expect(await command(given, '--yes')).toMatchObject({ exit: 2 })
    expect(await command('somebody', '--by', registrar)).toMatchObject({ exit: 2 })
    expect(traces(await dump(), member.words)).toEqual(member.words)
  })

  test('leaves no trace in any byte of database or export, erased by the command', async () => {
    const { given, registrar } = await numbers()
    const done = await command(given, '--by', registrar, '--yes')
    expect(done).toMatchObject({ exit: 0, err: '' })
    const [last] = await entries((await lantern.work()).db, { latestFirst: true, type: 'erasure', count: 1 })
    expect(done.out).toContain(`Entry ${String(last?.position)} `)
    await signHead(await lantern.work())
    const words = [...member.words, ...member.salts]
    expect(traces(await dump(), words)).toEqual([])
    expect(traces(await published(), words)).toEqual([])
    const { db } = await lantern.work()
    expect(await db.selectFrom('erasure_request').selectAll().execute()).toEqual([])
  })

  test('stands on the record as one erasure by an office, of nobody by name', async () => {
    const last = (await entries((await lantern.work()).db, { latestFirst: true, count: 1 }))[0]
    assert(last !== undefined, 'the log has entries')
    expect(bodyOfEntry(last.entry, 'erasure')).toMatchObject({ as: 'office registrar', people: 1 })
  })

  test('leaves every proof made before valid: the receipt, the place on the roll, the dossier, and the log goes on', async () => {
    const work = await lantern.work()
    const trust = { log: logSigner(work).key, witnesses: [], quorum: 0 }
    expect(checkReceipt(kept.receipt, kept.entry, trust).kind).toBe('ok')
    const election = await work.db.selectFrom('election').selectAll().where('decision', '=', decision).executeTakeFirstOrThrow()
    const list = parseRollList((await documentOf(work.db, election.roll_leaves)) ?? '')
    assert(list.kind === 'ok', 'the published list is as it was')
    const roll = commitRoll(list.value.leaves)
    assert(roll.kind === 'ok', 'no leaf comes twice')
    const proof = proveOnRoll(roll.value, kept.leaf)
    assert(proof.kind === 'ok', 'the leaf is still on the published list')
    expect(isOnRoll(list.value, kept.leaf, proof.value)).toBe(true)
    expect(Buffer.from(list.value.root).toString('hex')).toBe(election.roll_root)
    expect(verify(kept.dossier).verdict).toBe('holds')
    const after = (await dossierFor(work, decision)) ?? ''
    expect(verify(after, { copies: [utf8(kept.dossier)] })).toMatchObject({ verdict: 'holds', fault: null })
  })
})

describe('the page of the registrar', () => {
  const page = load(eraseRoute)
  const send = action(eraseRoute)
  /** Somebody without an office, who is still there. */
  async function somebody(): Promise<{ readonly id: string; readonly number: string; readonly name: string }> {
    const { db } = await lantern.work()
    const row = await db
      .selectFrom('person')
      .select(['id', 'membership_number', 'given_name', 'family_name'])
      .where('id', 'not in', db.selectFrom('office').select('person_id'))
      .where('id', 'not in', db.selectFrom('seat').select('person_id'))
      .orderBy('membership_number', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    return { id: row.id, number: String(row.membership_number), name: `${row.given_name} ${row.family_name}` }
  }

  test('is for registrars alone, to see and to send', async () => {
    const { number } = await somebody()
    const search = `?number=${number}`
    expect(await answerTo(lantern, page, { search })).toMatchObject({ status: 303, said: '/signin?next=/desk/registrar/erase' })
    expect(await answerTo(lantern, page, { role: 'chair', search })).toMatchObject({ status: 403 })
    const form = { number, again: number }
    expect(await answerTo(lantern, send, { role: null, form })).toMatchObject({ status: 303 })
    expect(await answerTo(lantern, send, { role: 'chair', form })).toMatchObject({ status: 403 })
    expect(await personById((await lantern.work()).db, (await somebody()).id)).not.toBeNull()
  })

  test('shows who it is first, and says what is wrong with a number', async () => {
    const { number, name } = await somebody()
    const shown = async (search: string): Promise<unknown> => (await answerTo(lantern, page, { role: 'registrar', search })).data
    expect(await shown(`?number=${number}`)).toMatchObject({ person: { name, number: Number(number) }, faults: [] })
    expect(await shown('')).toMatchObject({ person: null, faults: [] })
    expect(await shown('?number=12x')).toMatchObject({ person: null, faults: [{ field: 'number' }] })
    expect(await shown('?number=999999999')).toMatchObject({ person: null, faults: [{ field: 'number' }] })
  })

  test('erases when the number is typed twice, and tells where the record says so', async () => {
    const { id, number } = await somebody()
    const sent = (form: Readonly<Record<string, string>>) => answerTo(lantern, send, { role: 'registrar', form })
    expect(await sent({ number, again: '1' })).toMatchObject({ status: 422, said: expect.stringContaining('again') as string })
    expect(await sent({ number })).toMatchObject({ status: 422 })
    const registrar = await numbers().then((own) => own.registrar)
    expect(await sent({ number: registrar, again: registrar })).toMatchObject({ status: 409 })
    expect(await sent({ number: '999999999', again: '999999999' })).toMatchObject({ status: 404 })
    const done = await sent({ number, again: ` ${number} ` })
    expect(done.status).toBe(303)
    const position = Number(/done=(\d+)$/.exec(done.said)?.[1] ?? -1)
    const work = await lantern.work()
    expect(await personById(work.db, id)).toBeNull()
    const [entry] = await entries(work.db, { from: position, count: 1 })
    expect(entry?.entry.type).toBe('erasure')
    expect((await answerTo(lantern, page, { role: 'registrar', search: `?done=${String(position)}` })).data).toMatchObject({
      done: position,
    })
  })
})
