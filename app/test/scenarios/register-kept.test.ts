// Whatever is done to the register stands on the record: offices, exclusions, addresses, data taken out. Each is said in words, and `verify` follows it.
import { assert, instant, startOfDay, civilDateOf, plusDays, type JsonObject } from '@quorate/kernel'
import {
  bodyOf,
  createTree,
  entryBytes,
  leafHash,
  parseEntry,
  rootAt,
  signCheckpoint,
  type BodyOf,
  type EntryType,
} from '@quorate/record'
import { parseDossier, dossierOf, dossierText, verify } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atFrozenAddress } from '#lib/features/elections/index.ts'
import { changeAddress, countDays, endOffice, grantOffice, takeOwnData } from '#lib/features/keeping/index.ts'
import { fullName, officesOf, personById, seatsOf, standingOf } from '#lib/features/membership/index.ts'
import { electorateAsOf, entryVoice, exercise } from '#lib/features/motions/index.ts'
import { dossierFor, entries, entryViews, fingerprintOf, lockLog, logSigner, signHead } from '#lib/features/record/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { transaction } from '#lib/platform/database.ts'
import { servers } from '../../../test/postgres.ts'
import * as panelRoute from '../../src/routes/desk/panel/+page.server.ts'
import * as officesRoute from '../../src/routes/desk/registrar/offices/+page.server.ts'
import * as addressRoute from '../../src/routes/you/address/+page.server.ts'
import * as heldRoute from '../../src/routes/you/held/file/+server.ts'
import { action, answerTo, load } from '../ask-route.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { frozenDecision, movedBy } from '../on-the-way.ts'

let lantern: Lantern
let decision = 0
const dayMs = 86_400_000

beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  lantern = await startLantern(server, { worker: true })
}, 300_000)
afterAll(() => lantern.close())

type Said<T extends EntryType> = { readonly position: number; readonly decision: number | null; readonly body: BodyOf<T> }
async function said<T extends EntryType>(type: T): Promise<readonly Said<T>[]> {
  const placed = await entries(lantern.platform.db, { type })
  return placed.flatMap(({ position, entry }) => {
    const body = bodyOf(entry, type)
    return body === null ? [] : [{ position, decision: entry.decision, body }]
  })
}
/** The sentence of an entry, in both languages, and the rule it rests on. */
async function inWords(position: number): Promise<readonly (string | null)[]> {
  const placed = await entries(lantern.platform.db, { from: position, count: 1 })
  const visit = await lantern.locals(null)
  const [en] = await entryViews(visit.db, placed, await entryVoice(visit))
  const [cy] = await entryViews(visit.db, placed, await entryVoice({ ...visit, locale: 'cy' }))
  return [en?.sentence ?? null, cy?.sentence ?? null, en?.clause ?? null]
}
/** What the verifier says of the whole record as it stands in the database. */
async function verdict(): Promise<readonly unknown[]> {
  const work = await lantern.work()
  await signHead(work)
  const { verdict: is, fault } = verify((await dossierFor(work, decision)) ?? '')
  return fault === null ? [is] : [fault.code, fault.entry, fault.expected, fault.found]
}
/** Members without an office, a seat or a part in the demonstration. */
async function somebody(n: number) {
  const work = await lantern.work()
  const now = work.clock.now()
  const everyone = await electorateAsOf(work.db, await rulebookInForce(work.db), 'members', { validAt: now, knownAt: now })
  const free = everyone.filter((person) => person.offices.length + person.bodies.length === 0)
  const person = free[100 + n]
  assert(person !== undefined, 'there are members enough')
  return person
}

describe('offices', () => {
  test('of the founding stand on the record, one entry each, in words; the verifier has nothing against them', async () => {
    const { db } = lantern.platform
    const { n } = await db
      .selectFrom('office')
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    const roles = await said('role')
    expect(roles).toHaveLength(n)
    expect(new Set(roles.map(({ body }) => body.holder)).size).toBe(n)
    expect(new Set(roles.map(({ body }) => body.office))).toEqual(
      new Set(['chair', 'returning-officer', 'registrar', 'panel-clerk', 'trustee', 'group-secretary']),
    )
    decision = await frozenDecision(lantern)
    expect(await verdict()).toEqual(['holds'])
  }, 240_000)

  test('are granted and ended by a registrar on a page, each with its entry; nobody does so for themselves', async () => {
    const { db } = lantern.platform
    const person = await somebody(0)
    const before = (await said('role')).length
    const grant = (form: Readonly<Record<string, string>>, role: string | null = 'registrar') =>
      answerTo(lantern, action(officesRoute, 'grant'), { role, form })
    const number = String(person.membershipNumber)
    expect(await grant({ office: 'trustee', number }, null)).toMatchObject({
      status: 303,
      said: expect.stringContaining('/signin') as string,
    })
    expect(await grant({ office: 'trustee', number }, 'chair')).toMatchObject({ status: 403 })
    expect(await grant({ office: 'emperor', number })).toMatchObject({ status: 404 })
    expect(await grant({ office: 'chair', number })).toMatchObject({ status: 409 })
    expect(await grant({ office: 'trustee', number: '999999999' })).toMatchObject({ status: 404 })
    expect(await grant({ office: 'trustee', number: 'x' })).toMatchObject({ status: 422 })
    const own = await personById(db, await lantern.role('registrar'))
    expect(await grant({ office: 'trustee', number: String(own?.membershipNumber) })).toMatchObject({ status: 403 })
    expect((await said('role')).length).toBe(before)

    expect(await grant({ office: 'trustee', number })).toMatchObject({ status: 303 })
    expect(await grant({ office: 'trustee', number })).toMatchObject({ status: 409 })
    const granted = (await said('role')).at(-1)
    assert(granted !== undefined, 'the grant is an entry')
    expect(granted.body).toMatchObject({ office: 'trustee', change: 'granted' })
    expect(await inWords(granted.position)).toEqual([
      expect.stringMatching(/granted/) as string,
      expect.stringMatching(/\S/) as string,
      null,
    ])
    const page = (await answerTo(lantern, load(officesRoute), { role: 'registrar' })).data as {
      readonly held: readonly { readonly id: string; readonly name: string; readonly entry: number; readonly own: boolean }[]
    } // the page's own data
    const line = page.held.find(({ name, entry }) => name === fullName(person) && entry === granted.position)
    const mine = page.held.find((held) => held.own)
    assert(line !== undefined && mine !== undefined, 'the page shows who holds what')
    const end = (id: string) => answerTo(lantern, action(officesRoute, 'end'), { role: 'registrar', form: { id } })
    expect(await end(mine.id)).toMatchObject({ status: 403 })
    expect(await end(line.id)).toMatchObject({ status: 303 })
    expect(await end(line.id)).toMatchObject({ status: 409 })
    const ended = (await said('role')).at(-1)
    expect(ended?.body).toMatchObject({ office: 'trustee', change: 'ended', holder: granted.body.holder })
    expect(await officesOf(db, person.id, (await lantern.work()).clock.now())).toEqual([])
    expect(await verdict()).toEqual(['holds'])
  }, 120_000)

  test('that somebody writes into the database give no power before the record says so, and then it does', async () => {
    const work = await lantern.work()
    const person = await somebody(1)
    const now = work.clock.now()
    const row = { id: '0197a5d0-0000-7000-8000-000000000001', office: 'trustee', of_group: null, person_id: person.id }
    await work.db
      .insertInto('office')
      .values({
        ...row,
        from_at: instant(now - 1000),
        until_at: null,
        holder: null,
        salt: null,
        granted_entry: null,
        ended_entry: null,
      })
      .execute()
    const held = await officesOf(work.db, person.id, now)
    const roles = await said('role')
    // The sweep may have been quicker than this line: then both are there.
    expect([0, 1]).toContain(held.length)
    for (let i = 0; i < 300 && (await officesOf(work.db, person.id, now)).length === 0; i++)
      await new Promise((wake) => setTimeout(wake, 100))
    expect((await said('role')).length).toBeGreaterThanOrEqual(roles.length)
    expect((await said('role')).at(-1)?.body).toMatchObject({ office: 'trustee', change: 'granted' })
    const registrar = await lantern.role('registrar')
    expect(await endOffice(await lantern.work(), registrar, row.id)).toEqual({ kind: 'ok', value: null })
    expect(await grantOffice(await lantern.work(), person.id, { number: person.membershipNumber, office: 'trustee' })).toEqual({
      kind: 'fail',
      error: 'not the registrar',
    })
  }, 60_000)
})

describe('a member who is excluded', () => {
  const send = action(panelRoute)
  const form = (number: string, change: Readonly<Record<string, string>> = {}) => ({
    number,
    again: number,
    for: '5',
    against: '0',
    kept: 'yes',
    ...change,
  })

  test('is so by the panel alone, by the vote that the rule asks for; a vote that falls short is a refusal on the record', async () => {
    const person = await somebody(2)
    const number = String(person.membershipNumber)
    expect(await answerTo(lantern, load(panelRoute), { role: 'chair' })).toMatchObject({ status: 403 })
    expect(await answerTo(lantern, send, { role: 'chair', form: form(number) })).toMatchObject({ status: 403 })
    expect(await answerTo(lantern, send, { role: null, form: form(number) })).toMatchObject({ status: 303 })
    const asked = (change: Readonly<Record<string, string>>) =>
      answerTo(lantern, send, { role: 'panel-clerk', form: form(number, change) })
    expect(await asked({ again: '1' })).toMatchObject({ status: 422 })
    expect(await asked({ for: 'all' })).toMatchObject({ status: 422 })
    expect(await asked({ against: '3' })).toMatchObject({ status: 422 })
    expect(await answerTo(lantern, send, { role: 'panel-clerk', form: form('999999999') })).toMatchObject({ status: 404 })
    const before = (await said('refusal')).length
    expect(await asked({ for: '3', against: '2' })).toMatchObject({ status: 403 })
    expect((await said('refusal')).length).toBe(before + 1)
    expect((await standingOf(lantern.platform.db, person.id))[0]?.standing).toBe('active')
    expect(await said('removal')).toEqual([])
  }, 60_000)

  test('has a receipt with rule, ground and appeal, and a letter whose hash it holds; standing, offices and seats end', async () => {
    const { db } = lantern.platform
    const person = await somebody(2)
    const registrar = await lantern.role('registrar')
    const number = String(person.membershipNumber)
    const made = await grantOffice(await lantern.work(), registrar, { number: person.membershipNumber, office: 'trustee' })
    expect(made.kind).toBe('ok')
    const roles = (await said('role')).length
    expect(await answerTo(lantern, send, { role: 'panel-clerk', form: form(number) })).toMatchObject({ status: 303 })
    const [removal] = await said('removal')
    assert(removal !== undefined, 'the removal is an entry')
    expect(removal.body).toMatchObject({ what: 'membership', clause: '6.2@1', as: 'body panel', ground: 'code' })
    const [en, cy, clause] = await inWords(removal.position)
    expect(en).toMatch(/^The panel excluded a member, because of .* may appeal until/)
    expect(cy).toMatch(/apelio tan/)
    expect(clause).toBe('6.2@1')
    const mail = await db.selectFrom('mail').selectAll().where('purpose', '=', 'exclusion').executeTakeFirstOrThrow()
    expect(mail.recipient).toBe(person.id)
    expect(fingerprintOf(mail.body_text)).toBe(removal.body.content)
    expect((await standingOf(db, person.id))[0]?.standing).toBe('excluded')
    const now = (await lantern.work()).clock.now()
    expect([await officesOf(db, person.id, now), await seatsOf(db, person.id, now)]).toEqual([[], []])
    expect((await said('role')).length).toBe(roles + 1)
    expect(await answerTo(lantern, send, { role: 'panel-clerk', form: form(number) })).toMatchObject({ status: 409 })
    const everything = (await entries(db)).map(({ bytes }) => Buffer.from(bytes).toString()).join('\n')
    for (const word of [person.id, person.familyName, person.email]) expect(everything).not.toContain(word)
    expect(await verdict()).toEqual(['holds'])
  }, 60_000)

  test('holds no office from then on: a registrar can grant them none', async () => {
    const { membershipNumber } = await somebody(2)
    const excluded = await lantern.platform.db.selectFrom('mail').select('recipient').where('purpose', '=', 'exclusion').execute()
    const person = await personById(lantern.platform.db, excluded[0]?.recipient ?? '')
    assert(person !== null, 'the one who was excluded is on the register')
    const grant = async (number: number) =>
      grantOffice(await lantern.work(), await lantern.role('registrar'), { number, office: 'trustee' })
    expect(await grant(person.membershipNumber)).toEqual({ kind: 'fail', error: 'not a member' })
    expect((await grant(membershipNumber)).kind).toBe('ok')
  }, 60_000)

  test('is so once, when the button is pressed twice at the same time, and what was typed stays after a fault', async () => {
    const { db } = lantern.platform
    const person = await somebody(6)
    const number = String(person.membershipNumber)
    const typed = await answerTo(lantern, send, { role: 'panel-clerk', form: form(number, { for: 'all' }) })
    expect(typed).toMatchObject({ status: 422, data: { values: form(number, { for: 'all' }), faults: [{ field: 'for' }] } })
    const count = async () => [
      (await said('removal')).length,
      (await db.selectFrom('decision').select('id').execute()).length,
      (await db.selectFrom('mail').select('id').where('purpose', '=', 'exclusion').execute()).length,
      (await db.selectFrom('pseudonym').select('pseudonym').execute()).length,
    ]
    const before = await count()
    const press = async () => (await answerTo(lantern, send, { role: 'panel-clerk', form: form(number) })).status
    expect((await Promise.all([press(), press(), press()])).toSorted()).toEqual([303, 409, 409])
    expect(await count()).toEqual(before.map((n) => n + 1))
    expect(await verdict()).toEqual(['holds'])
  }, 60_000)
})

describe('an address that changes', () => {
  test('is told to both addresses, and a voting link of a roll that is frozen goes to the old one', async () => {
    const { db } = lantern.platform
    const member = await personById(db, await lantern.role('member'))
    assert(member !== null, 'there is a member')
    const send = (email: string, role: string | null = 'member') =>
      answerTo(lantern, action(addressRoute), { role, form: { email } })
    expect(await send('new@home.example', null)).toMatchObject({ status: 303 })
    for (const email of ['', 'home', 'a@b', `${'x'.repeat(250)}@home.example`])
      expect(await send(email)).toMatchObject({ status: 422 })
    expect(await send(member.email.toUpperCase())).toMatchObject({ status: 409 })
    expect(await send(' New@Home.example ')).toMatchObject({ status: 303 })
    expect((await personById(db, member.id))?.email).toBe('new@home.example')
    const mails = await db.selectFrom('mail').select('address').where('purpose', '=', 'address').execute()
    expect(new Set(mails.map(({ address }) => address))).toEqual(new Set([member.email, 'new@home.example']))
    const now = await personById(db, member.id)
    assert(now !== null, 'they are still there')
    expect((await atFrozenAddress(db, decision, [now])).get(member.id)?.email).toBe(member.email)
  }, 60_000)

  test('is counted once at the end of its day, without a name, even when several count at the stroke of midnight', async () => {
    const work = await lantern.work()
    const person = await somebody(3)
    const zone = work.movement.zone
    expect((await changeAddress(work, person.id, 'one@home.example')).kind).toBe('ok')
    expect((await changeAddress(work, person.id, 'two@home.example')).kind).toBe('ok')
    expect((await changeAddress(work, person.id, 'three@home.example')).kind).toBe('ok')
    expect(await changeAddress(work, person.id, 'four@home.example')).toEqual({ kind: 'fail', error: 'too often' })
    expect(await said('contacts')).toEqual([])
    const today = civilDateOf(work.clock.now(), zone)
    const midnight = startOfDay(plusDays(today, 1), zone)
    const atMidnight = { ...work, clock: { now: () => midnight } }
    const told = await Promise.all([countDays(atMidnight), countDays(atMidnight), countDays(atMidnight)])
    expect(told.reduce((sum, n) => sum + n, 0)).toBe(1)
    expect(await countDays(atMidnight)).toBe(0)
    const [day, ...more] = await said('contacts')
    expect(more).toEqual([])
    assert(day !== undefined, 'the day is told')
    expect(day.body).toEqual({
      from: startOfDay(today, zone),
      to: midnight,
      changes: 4,
      people: 2,
      mostByOne: 0,
      onFrozenRolls: 4,
    })
    expect((await inWords(day.position))[0]).toMatch(/^Contact details changed 4 times, of 2 people/)
    expect((await inWords(day.position))[1]).toMatch(/4/)
    const keys = await work.db.selectFrom('contact_day').selectAll().execute()
    expect(keys).toEqual([{ day: today, position: day.position }])
    await movedBy(lantern, dayMs)
    expect(await said('contacts')).toHaveLength(1)
    expect(await verdict()).toEqual(['holds'])
  }, 60_000)
})

describe('what somebody takes out', () => {
  test('is everything that is held of them, without what opens a door; the record says that one person did, once a day', async () => {
    const { db } = lantern.platform
    const member = await personById(db, await lantern.role('member'))
    assert(member !== null, 'there is a member')
    const post = heldRoute.POST as (e: never) => unknown // an endpoint takes an event
    expect(await answerTo(lantern, post, { role: null })).toMatchObject({ status: 303 })
    const before = await said('export')
    const form = { take: 'file' }
    for (const wrong of [{}, { take: 'all' }, { ...form, who: 'somebody' }])
      expect(await answerTo(lantern, post, { role: 'member', form: wrong })).toMatchObject({ status: 422 })
    expect((await said('export')).length).toBe(before.length)
    const first = await answerTo(lantern, post, { role: 'member', form })
    expect(first.status).toBe(200)
    expect((await answerTo(lantern, post, { role: 'member', form })).status).toBe(200)
    const [taken, ...more] = (await said('export')).slice(before.length)
    expect(more).toEqual([])
    assert(taken !== undefined, 'the export is an entry')
    expect(taken.body).toMatchObject({ as: 'rule', second: null, purpose: 'subject-access', people: 1 })
    expect((await inWords(taken.position))[0]).toBe('A person took out what is held of them.')
    const data = JSON.parse(first.said) as JsonObject // our own answer
    expect(data).toMatchObject({
      format: 'quorate/own-data/v1',
      entry: taken.position,
      membership: { person: { email: 'new@home.example' } },
    })
    // Every table that names the person is in it.
    const salts = await db.selectFrom('pseudonym').select('salt').where('person_id', '=', member.id).execute()
    const lines = await db.selectFrom('roll_line').select(['salt', 'leaf']).where('person_id', '=', member.id).execute()
    expect(salts.length + lines.length).toBeGreaterThan(1)
    for (const { salt } of [...salts, ...lines]) expect(first.said).toContain(salt.toString('hex'))
    expect(first.said).not.toMatch(/\/vote\/\w+#|\/signin\/[\w-]{20}/)
    expect(await verdict()).toEqual(['holds'])
  }, 60_000)

  test('by two people stands under pseudonyms that share nothing with one another, nor with anything else', async () => {
    const work = await lantern.work()
    for (const n of [4, 5]) await takeOwnData(work, lantern.platform.features, (await somebody(n)).id)
    const by = (await said('export')).map(({ body }) => body.by)
    expect(new Set(by).size).toBe(by.length)
    const known = await work.db.selectFrom('pseudonym').select('pseudonym').where('pseudonym', 'in', by).execute()
    expect(known).toEqual([])
    expect(await takeOwnData(work, lantern.platform.features, '00000000-0000-4000-8000-000000000000')).toBeNull()
  }, 60_000)

  test('holds up nobody: of several at once one is said, and once it is said reading waits for no lock', async () => {
    const work = await lantern.work()
    const { id } = await somebody(7)
    const take = () => takeOwnData(work, lantern.platform.features, id)
    const before = (await said('export')).length
    const taken = await Promise.all([take(), take(), take()])
    expect(new Set(taken.map((data) => data?.position)).size).toBe(1)
    expect((await said('export')).length).toBe(before + 1)
    const again = await transaction(work.db, async (tx) => {
      await lockLog(tx, work.clock.now())
      return take()
    })
    expect(again?.position).toBe(taken[0]?.position)
  }, 60_000)
})

test('a power that nobody was given is refused to everybody, and each first attempt of a day is an entry', async () => {
  const work = await lantern.work()
  const chair = await lantern.role('chair')
  const rulebook = await rulebookInForce(work.db)
  const powers = [...new Set(rulebook.provisions.flatMap((p) => (p.rule.kind === 'power' ? [p.rule.act as string] : [])))]
  const before = (await said('refusal')).length
  let refused = 0
  for (const power of powers) {
    const tried = {
      power,
      body: 'committee',
      title: power,
      text: power,
      effectAt: work.clock.now(),
      vote: { for: 1, against: 11 },
    }
    if ((await exercise(await lantern.work(), chair, tried)).kind === 'fail') refused += 1
    expect((await exercise(await lantern.work(), chair, tried)).kind).toBe('fail')
  }
  expect(refused).toBe(powers.length)
  expect((await said('refusal')).length).toBe(before + refused)
  expect(await verdict()).toEqual(['holds'])
}, 120_000)

/** The record with entries changed, as the operator would sign it anew: only what it says is wrong, not how it is signed. */
async function signedAnew(change: (type: EntryType, body: JsonObject) => JsonObject): Promise<readonly unknown[]> {
  const work = await lantern.work()
  await signHead(work)
  const read = parseDossier((await dossierFor(work, decision)) ?? '')
  assert(read.kind === 'ok', 'our own dossier is one')
  const stored = await entries(work.db, {})
  const bytes = stored.map(({ entry }) => entryBytes({ ...entry, body: change(entry.type, entry.body) }))
  const leaves = bytes.map((each) => leafHash(each))
  const signer = logSigner(work)
  const root = rootAt(leaves.length, createTree(leaves).node)
  const checkpoint = signCheckpoint({ origin: signer.key.name, size: leaves.length, root, extensions: [] }, signer)
  const placed = bytes.map((each, index) => ({ index, bytes: each, leaf: leaves[index] ?? new Uint8Array() }))
  const text = dossierText(
    dossierOf({
      decision,
      logKey: signer.key,
      witnesses: [],
      checkpoint,
      size: leaves.length,
      entries: placed,
      documents: read.value.documents,
    }),
  )
  const { verdict: is, fault } = verify(text)
  return fault === null
    ? [is]
    : [
        fault.code,
        parseEntry(bytes[fault.entry ?? 0] ?? new Uint8Array()).kind === 'ok' ? stored[fault.entry ?? 0]?.entry.type : '',
      ]
}

describe('what an operator writes instead, and signs, is named', () => {
  const only =
    (wanted: EntryType, change: JsonObject) =>
    (type: EntryType, body: JsonObject): JsonObject =>
      type === wanted ? { ...body, ...change } : body
  test('signed anew without a change, it holds', async () => {
    expect(await signedAnew((_, body) => body)).toEqual(['holds'])
  }, 60_000)
  test.each<readonly [string, EntryType, JsonObject]>([
    ['a removal by another rule than its decision used', 'removal', { clause: '6.1@1' }],
    ['a removal without an appeal', 'removal', { appealBy: null }],
    ['more people whose address changed than changes', 'contacts', { people: 9 }],
    ['more changes by one than there were', 'contacts', { mostByOne: 9 }],
    ['one’s own data, of two people', 'export', { people: 2 }],
    ['an office the rulebook does not have', 'role', { office: 'emperor' }],
  ])(
    '%s',
    async (_, type, change) => {
      expect(await signedAnew(only(type, change))).toEqual(['not-borne-out', type])
    },
    60_000,
  )
})
