import { seatedIn } from '#lib/features/membership/index.ts'
import {
  actOnRollCall,
  castRollCall,
  closeRollCall,
  devicesPage,
  endDevice,
  enterRollCall,
  openRollCall,
  proposalText,
  registerDevice,
  rollCallPage,
  rollCallReceipt,
  type OpenedRollCall,
  type SignedOnDevice,
} from '#lib/features/motions/index.ts'
import { rollCallQuestionText } from '#lib/features/motions/roll-call-question.ts'
import { heldByMotions } from '#lib/features/motions/held.ts'
import { eraseFromMotions } from '#lib/features/motions/erase.ts'
import { documentOf, dossierFor, entries, fingerprintOf, signHead } from '#lib/features/record/index.ts'
import { transaction } from '#lib/platform/database.ts'
import { assert, instant } from '@quorate/kernel'
import { deviceLineText, deviceOf, deviceStatementText, type RollCallSeat } from '@quorate/record'
import { verify, type Verdict } from '@quorate/verifier'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { servers } from '../../../test/postgres.ts'
import * as deviceRoute from '../../src/routes/desk/committee/device/+page.server.ts'
import * as receiptRoute from '../../src/routes/desk/committee/roll-call/[id]/receipt/+server.ts'
import * as rollCallRoute from '../../src/routes/desk/committee/roll-call/[id]/+page.server.ts'
import { action, answerTo, eventOf, load } from '../ask-route.ts'
import { startLantern, type Lantern } from '../lantern.ts'

// Members of Lantern's committee sign a roll-call on devices of their own; others are taken by the service, and one is called aloud.

let lantern: Lantern
let members: readonly string[]
beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  lantern = await startLantern(server, { worker: true })
  const { db, clock } = await lantern.work()
  members = (await seatedIn(db, 'committee', clock.now())).map(({ personId }) => personId)
}, 120_000)
afterAll(() => lantern.close())

const body = 'committee'
const endorse: OpenedRollCall = { body, power: 'endorse', way: 'call', title: 'Whom for Porthgain?', reasons: 'It is vacant.' }
const member = (n: number): string => {
  const id = members[n]
  assert(id !== undefined, 'the committee has that many members')
  return id
}
type Device = ReturnType<typeof deviceOf>
const newDevice = (): Device => deviceOf(new Uint8Array(randomBytes(32)))

async function statement(n: number, device: Device, change: 'registered' | 'ended'): Promise<string> {
  const work = await lantern.work()
  const { seat, origin } = await devicesPage(work, member(n), body)
  assert(seat !== null, 'a member of the committee has a seat')
  return device.sign(deviceStatementText({ origin, change, body, seat, key: device.key }))
}
async function registered(n: number, name = 'my phone'): Promise<Device> {
  const device = newDevice()
  const signature = await statement(n, device, 'registered')
  const done = await registerDevice(await lantern.work(), member(n), { body, key: device.key, name, signature })
  assert(done.kind === 'ok', done.kind === 'fail' ? done.error : '')
  return device
}
async function opened(question = endorse): Promise<string> {
  const done = await openRollCall(await lantern.work(), member(0), question)
  assert(done.kind === 'ok', done.kind === 'fail' ? done.error : '')
  return done.value
}
type Vote = 'for' | 'against' | 'abstain'
/** What a member's page signs, over the words that it shows. */
async function signature(
  n: number,
  id: string,
  vote: Vote,
  device: Device,
  told: { readonly seq?: number; readonly title?: string; readonly seat?: RollCallSeat } = {},
): Promise<SignedOnDevice> {
  const page = await rollCallPage(await lantern.work(), member(n), body, id)
  assert(page?.mine !== null && page?.mine !== undefined, 'a seated member sees their seat')
  const question = fingerprintOf(rollCallQuestionText({ title: told.title ?? page.title, reasons: page.reasons }))
  const seq = told.seq ?? page.mine.next
  const said = { seat: told.seat ?? page.mine.seat, vote, seq, key: device.key }
  return {
    seq,
    key: device.key,
    signature: device.sign(deviceLineText(page.origin, { id, body, power: page.power, question }, said)),
  }
}
const sign = async (n: number, id: string, vote: Vote, device: Device, told: Parameters<typeof signature>[4] = {}) =>
  castRollCall(await lantern.work(), member(n), id, vote, await signature(n, id, vote, device, told))
const verdictOf = async (decision: number, copies: readonly string[] = []): Promise<Verdict> => {
  const work = await lantern.work()
  await signHead(work)
  return verify((await dossierFor(work, decision)) ?? '', { copies })
}
const seatKey = async (n: number): Promise<string> => {
  const { seat } = await devicesPage(await lantern.work(), member(n), body)
  assert(seat !== null, 'a member of the committee has a seat')
  return `${seat.seat} ${String(seat.number)}`
}

let phone: Device
let id: string

describe('a device', () => {
  test('is registered for the seat of its owner: on the record a key and a seat, by e-mail to them, its name on neither', async () => {
    phone = await registered(1, 'the blue phone')
    const work = await lantern.work()
    const [entry] = await entries(work.db, { type: 'device' })
    const { seat } = await devicesPage(work, member(1), body)
    expect(entry?.entry.body).toMatchObject({ change: 'registered', body, seat, key: phone.key })
    expect(JSON.stringify(entry?.entry)).not.toContain('blue')
    const mails = await work.db.selectFrom('mail').selectAll().where('purpose', '=', 'device').execute()
    expect(mails.map(({ recipient }) => recipient)).toEqual([member(1)])
    expect(JSON.stringify(mails)).toContain('the blue phone')
  })

  test('is not registered by somebody without a seat, without a name, twice, or without its own signature', async () => {
    const work = await lantern.work()
    const device = newDevice()
    const good = { body, key: device.key, name: 'a phone', signature: await statement(2, device, 'registered') }
    const outsider = await lantern.role('registrar')
    const tried = async (by: string, change: Partial<typeof good>) => registerDevice(work, by, { ...good, ...change })
    expect(await tried(outsider, {})).toMatchObject({ error: 'not seated' })
    expect(await tried(member(2), { name: '  ' })).toMatchObject({ error: 'name' })
    expect(await tried(member(2), { name: 'x'.repeat(61) })).toMatchObject({ error: 'name' })
    expect(await tried(member(2), { body: 'panel' })).toMatchObject({ error: 'not seated' })
    expect(await tried(member(3), {})).toMatchObject({ error: 'signature fails' })
    expect(await tried(member(2), { signature: 'none' })).toMatchObject({ error: 'signature fails' })
    expect(await tried(member(2), { key: '0'.repeat(64) })).toMatchObject({ error: 'signature fails' })
    expect(await tried(member(2), { key: phone.key })).toMatchObject({ error: 'known already' })
    expect(await entries(work.db, { type: 'device' })).toHaveLength(1)
  })

  test('is ended by its owner alone, by its own signature or without, and never again after', async () => {
    const work = await lantern.work()
    const lost = await registered(2, 'lost')
    expect(await endDevice(work, member(3), { body, key: lost.key, signature: null })).toMatchObject({ error: 'no such device' })
    const other = await statement(2, phone, 'ended')
    expect(await endDevice(work, member(2), { body, key: lost.key, signature: other })).toMatchObject({
      error: 'signature fails',
    })
    expect(await endDevice(work, member(2), { body, key: lost.key, signature: null })).toMatchObject({ kind: 'ok' })
    expect(await endDevice(work, member(2), { body, key: lost.key, signature: null })).toMatchObject({ error: 'no such device' })
    const own = await registered(2, 'given away')
    const signature = await statement(2, own, 'ended')
    expect(await endDevice(work, member(2), { body, key: own.key, signature })).toMatchObject({ kind: 'ok' })
    const told = await entries(work.db, { type: 'device' })
    expect(told.map(({ entry: { body: said } }) => [said['change'], said['signature'] === null])).toEqual([
      ...[
        ['registered', false],
        ['registered', false],
        ['ended', true],
        ['registered', false],
        ['ended', false],
      ],
    ])
  })
})

describe('a roll-call with devices', () => {
  test('words its question alike on the page and on the server', () => {
    const { title, reasons } = endorse
    expect(rollCallQuestionText({ title, reasons })).toBe(proposalText({ title, reasons, changes: [] }))
  })

  test('takes what a device signed over what its page showed, and the last of it counts', async () => {
    id = await opened()
    expect(await sign(1, id, 'for', phone, { title: 'Whom for Abergwaun?' })).toMatchObject({ error: 'signature fails' })
    expect(await sign(1, id, 'for', phone, { seq: 2 })).toMatchObject({ error: 'not the next' })
    expect(await sign(1, id, 'for', newDevice())).toMatchObject({ error: 'no such device' })
    const first = await signature(1, id, 'for', phone)
    expect(await castRollCall(await lantern.work(), member(1), id, 'against', first)).toMatchObject({ error: 'signature fails' })
    expect(await castRollCall(await lantern.work(), member(2), id, 'for', first)).toMatchObject({ error: 'no such device' })
    expect(await castRollCall(await lantern.work(), member(1), id, 'for', first)).toMatchObject({ kind: 'ok' })
    expect(await castRollCall(await lantern.work(), member(1), id, 'for', first)).toMatchObject({ error: 'not the next' })
    expect(await sign(1, id, 'against', phone)).toMatchObject({ kind: 'ok' })
    const page = await rollCallPage(await lantern.work(), member(3), body, id)
    expect(page?.figures).toEqual({ for: 0, against: 1, abstain: 0, present: 1 })
    expect(page?.lines.filter(({ times }) => times > 0)).toMatchObject([{ vote: 'against', signedBy: 'device', times: 2 }])
  })

  test('of two changes at once takes one', async () => {
    const both = await Promise.all((['abstain', 'for'] as const).map((vote) => sign(1, id, vote, phone, { seq: 3 })))
    expect(both.filter(({ kind }) => kind === 'ok')).toHaveLength(1)
    expect(await sign(1, id, 'against', phone)).toMatchObject({ kind: 'ok' })
  })

  test('takes nothing for the seat that the device did not sign, from the service or the secretary', async () => {
    const work = await lantern.work()
    const fresh = await opened()
    expect(await castRollCall(work, member(1), fresh, 'for')).toMatchObject({ error: 'has a device' })
    expect(await enterRollCall(work, member(0), fresh, { seat: await seatKey(1), vote: 'for' })).toMatchObject({
      error: 'has a device',
    })
    expect(await castRollCall(work, member(1), id, 'for')).toMatchObject({ error: 'voted already' })
    expect(await closeRollCall(work, member(0), fresh)).toMatchObject({ kind: 'ok' })
  })

  test('has what was called aloud entered by whoever keeps the minutes, marked, until the member speaks', async () => {
    const work = await lantern.work()
    const [seat, own] = [await seatKey(4), await seatKey(0)]
    const enter = (by: number, of: string, vote: Vote) => enterRollCall(work, member(by), id, { seat: of, vote })
    expect(await enter(3, seat, 'for')).toMatchObject({ error: 'not the minutes' })
    expect(await enter(0, own, 'for')).toMatchObject({ error: 'your own seat' })
    expect(await enter(0, 'ordinary 99', 'for')).toMatchObject({ error: 'not seated' })
    expect(await enter(0, seat, 'for')).toMatchObject({ kind: 'ok' })
    expect(await enter(0, seat, 'abstain')).toMatchObject({ kind: 'ok' })
    const entered = await rollCallPage(work, member(4), body, id)
    expect(entered?.mine).toMatchObject({ voted: false, said: 'abstain', signedBy: 'secretary', next: 3 })
    expect(await castRollCall(work, member(4), id, 'against')).toMatchObject({ kind: 'ok' })
    expect(await enter(0, seat, 'for')).toMatchObject({ error: 'voted already' })
    expect(await enter(0, await seatKey(5), 'abstain')).toMatchObject({ kind: 'ok' })
    for (const n of [0, 2, 3, 7, 8]) expect(await castRollCall(work, member(n), id, 'for')).toMatchObject({ kind: 'ok' })
  })

  test('gives each member their line to keep, by which a stranger finds it in the dossier', async () => {
    const work = await lantern.work()
    expect(await closeRollCall(work, member(0), id)).toMatchObject({ kind: 'ok' })
    expect(await sign(1, id, 'for', phone)).toMatchObject({ error: 'closed' })
    const acted = await actOnRollCall(work, member(0), id)
    assert(acted.kind === 'ok', acted.kind === 'fail' ? JSON.stringify(acted.error) : '')
    const { decision } = acted.value
    const receipts = await Promise.all([1, 4, 5].map((n) => rollCallReceipt(work, member(n), body, id)))
    expect(await rollCallReceipt(work, member(6), body, id)).toBeNull()
    expect(await rollCallReceipt(work, member(1), 'panel', id)).toBeNull()
    const verdict = await verdictOf(
      decision,
      receipts.map((text) => `${text ?? ''}\n`),
    )
    expect([verdict.verdict, verdict.fault]).toEqual(['holds', null])
    expect(verdict.checks.find(({ name }) => name === 'copies')).toMatchObject({ detail: [{ name: 'own lines', count: 3 }] })
    const register = verdict.checks.find(({ name }) => name === 'register')
    for (const [name, count] of [
      ['roll-call', 1],
      ['roll-call-device', 1],
      ['roll-call-service', 6],
      ['roll-call-secretary', 1],
      // Of the seat whose devices were ended before.
      ['roll-call-past-device', 1],
    ] as const)
      expect(JSON.stringify(register)).toContain(JSON.stringify({ name, count }))
    const text = (await documentOf(work.db, (await rollCallPage(work, member(0), body, id))?.result ?? '')) ?? ''
    expect(text).toContain('"format":"quorate/rollcall/v2"')
    for (const hidden of [...members, 'blue phone']) expect(text).not.toContain(hidden)
    const other = await opened()
    expect(await sign(1, other, 'for', phone)).toMatchObject({ kind: 'ok' })
    const elsewhere = (await rollCallReceipt(work, member(1), body, other)) ?? ''
    expect((await verdictOf(decision, [elsewhere])).fault).toMatchObject({ code: 'line-missing' })
    expect((await verdictOf(decision, [(receipts[0] ?? '').replace('"vote":"against"', '"vote":"for"')])).fault).toMatchObject({
      code: 'copy-unreadable',
    })
    expect(await closeRollCall(work, member(0), other)).toMatchObject({ kind: 'ok' })
  })

  test('ends the device of whoever has left the seat before it is opened', async () => {
    const work = await lantern.work()
    const old = await registered(6, 'of another holder')
    await work.db
      .updateTable('roll_call_device')
      .set({ person_id: member(7) })
      .where('key', '=', old.key)
      .execute()
    await opened()
    const [last] = await entries(work.db, { type: 'device', latestFirst: true, count: 1 })
    expect(last?.entry.body).toMatchObject({ change: 'ended', key: old.key, signature: null })
    expect((await devicesPage(work, member(7), body)).devices).toMatchObject([
      { key: old.key, endedAt: expect.any(Number) as number },
    ])
  })

  test('is told to a member who asks what is held of them, and cut from them when they are erased', async () => {
    const work = await lantern.work()
    const person = { id: member(1) } as Parameters<typeof heldByMotions>[1] // no more of a person is read
    expect(JSON.stringify(await heldByMotions(work.db, person))).toContain('the blue phone')
    await transaction(work.db, (tx) => eraseFromMotions(tx, person))
    const rows = await work.db.selectFrom('roll_call_device').select(['key', 'name', 'person_id']).execute()
    expect(rows.find(({ key }) => key === phone.key)).toEqual({ key: phone.key, name: null, person_id: null })
    const stale = await opened()
    const [last] = await entries(work.db, { type: 'device', latestFirst: true, count: 1 })
    expect(last?.entry.body).toMatchObject({ change: 'ended', key: phone.key })
    expect(await castRollCall(work, member(1), stale, 'for')).toMatchObject({ kind: 'ok' })
  })
})

describe('its pages', () => {
  const device = newDevice()
  test('register a device by what a script filled in, and end it; without a script they say what is missing', async () => {
    const listed = await answerTo(lantern, load(deviceRoute), { role: 'chair' })
    expect(listed).toMatchObject({ status: 200, data: { body, devices: [] } })
    const { origin, seat } = listed.data as { readonly origin: string; readonly seat: RollCallSeat }
    const asked = { role: 'chair', form: { name: 'my phone', key: '', signature: '' } }
    expect(await answerTo(lantern, action(deviceRoute, 'register'), asked)).toMatchObject({
      status: 422,
      said: expect.stringContaining('Signing needs JavaScript') as string,
    })
    const text = deviceStatementText({ origin, change: 'registered', body, seat, key: device.key })
    const form = { name: 'my phone', key: device.key, signature: device.sign(text) }
    expect((await answerTo(lantern, action(deviceRoute, 'register'), { ...asked, form: { ...form, name: '' } })).status).toBe(422)
    expect((await answerTo(lantern, action(deviceRoute, 'register'), { role: 'registrar', form })).status).toBe(403)
    expect((await answerTo(lantern, action(deviceRoute, 'register'), { role: 'chair', form })).status).toBe(303)
    expect((await answerTo(lantern, action(deviceRoute, 'register'), { role: 'chair', form })).status).toBe(409)
    const ends = (key: string) => answerTo(lantern, action(deviceRoute, 'end'), { role: 'chair', form: { key, signature: '' } })
    expect((await ends('nonsense')).status).toBe(404)
    expect((await ends(device.key)).status).toBe(303)
    expect((await ends(device.key)).status).toBe(404)
  })

  test('register nothing on a sign-in of more than half an hour ago', async () => {
    for (const minutes of [31, null]) {
      const form = { name: 'a phone', key: '', signature: '' }
      const event: { locals: App.Locals } = await eventOf(lantern, { role: 'chair', form })
      const at = minutes === null ? null : instant(event.locals.machine.now() - minutes * 60_000)
      event.locals = { ...event.locals, signedInAt: () => Promise.resolve(at) }
      const said = await action(deviceRoute, 'register')(event as never) // an event, but for its sign-in
      expect(said).toMatchObject({ status: 403, data: { again: true } })
    }
  })

  test('take what was called aloud, refuse what is malformed, and give the receipt as a file', async () => {
    const work = await lantern.work()
    const done = await openRollCall(work, await lantern.role('chair'), endorse)
    assert(done.kind === 'ok', 'the chair has a seat')
    const asked = { role: 'chair', params: { id: done.value } }
    expect((await answerTo(lantern, receiptRoute.GET as (e: never) => unknown, asked)).status).toBe(404)
    const chair = await lantern.role('chair')
    const other = members.findIndex((each) => each !== chair)
    const enter = (form: Record<string, string>) => answerTo(lantern, action(rollCallRoute, 'enter'), { ...asked, form })
    expect((await enter({ seat: await seatKey(other), aloud: 'maybe' })).status).toBe(422)
    expect((await enter({ seat: 'x'.repeat(90), aloud: 'for' })).status).toBe(422)
    expect((await enter({ seat: 'ordinary', aloud: 'for' })).status).toBe(403)
    expect((await enter({ seat: await seatKey(other), aloud: 'for' })).status).toBe(303)
    const odd = { vote: 'for', seq: '-1', key: 'a key', signature: 'a signature' }
    expect((await answerTo(lantern, action(rollCallRoute, 'vote'), { ...asked, form: odd })).status).toBe(403)
    expect((await answerTo(lantern, action(rollCallRoute, 'vote'), { ...asked, form: { vote: 'for' } })).status).toBe(303)
    const given = await answerTo(lantern, receiptRoute.GET, asked)
    expect([given.status, JSON.parse(given.said)]).toMatchObject([200, { format: 'quorate/rollcall-line/v1', id: done.value }])
  })
})
