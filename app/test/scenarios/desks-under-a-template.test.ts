// A movement under a rulebook that names no registrar has one all the same, and whoever sits on the body that may exclude finds its desk, whatever its name.
import { readFileSync } from 'node:fs'
import { assert, instant } from '@quorate/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRegistrar } from '#lib/features/membership/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { servers } from '../../../test/postgres.ts'
import * as deskRoute from '../../src/routes/desk/+page.server.ts'
import * as panelRoute from '../../src/routes/desk/panel/+page.server.ts'
import * as officesRoute from '../../src/routes/desk/registrar/offices/+page.server.ts'
import { action, answerTo, load } from '../ask-route.ts'
import { startLantern, type Lantern } from '../lantern.ts'

let lantern: Lantern

beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  const rules = readFileSync(new URL('../../../rulebooks/templates/co-op.md', import.meta.url), 'utf8')
  lantern = await startLantern(server, { worker: false, rules })
}, 300_000)
afterAll(() => lantern.close())

test('a registrar that no rule names has the power of the desk, and can make another', async () => {
  const { db, clock } = await lantern.work()
  const rulebook = await rulebookInForce(db)
  expect(rulebook.provisions.some(({ rule }) => rule.kind === 'office' && rule.id === 'registrar')).toBe(false)
  expect(await isRegistrar(db, await lantern.role('registrar'), clock.now())).toBe(true)
  const page = await answerTo(lantern, load(officesRoute), { role: 'registrar' })
  expect(page).toMatchObject({
    status: 200,
    data: { offices: expect.arrayContaining([{ id: 'registrar', title: expect.any(String) as string }]) as unknown },
  })
  const member = await lantern.role('member')
  const { membership_number } = await db
    .selectFrom('person')
    .select('membership_number')
    .where('id', '=', member)
    .executeTakeFirstOrThrow()
  const form = { office: 'registrar', number: String(membership_number) }
  expect(await answerTo(lantern, action(officesRoute, 'grant'), { role: 'registrar', form })).toMatchObject({ status: 303 })
  expect(await isRegistrar(db, member, clock.now())).toBe(true)
}, 60_000)

test('whoever sits on the board finds the desk for exclusions under the name of the board; nobody else does', async () => {
  const { db, clock } = await lantern.work()
  const desks = async (role: string) => (await answerTo(lantern, load(deskRoute), { role })).data
  expect(await desks('chair')).toMatchObject({ desks: expect.not.arrayContaining(['panel']) as unknown })
  expect(await answerTo(lantern, load(panelRoute), { role: 'chair' })).toMatchObject({ status: 403 })
  await db
    .insertInto('seat')
    .values({
      id: '0197a5d0-0000-7000-8000-000000000002',
      body: 'board',
      seat: 'member',
      number: 1,
      person_id: await lantern.role('chair'),
      from_at: instant(clock.now() - 1),
      until_at: null,
    })
    .execute()
  expect(await desks('chair')).toMatchObject({
    desks: expect.arrayContaining(['panel']) as unknown,
    excluder: expect.stringMatching(/board/i) as unknown,
  })
  expect(await answerTo(lantern, load(panelRoute), { role: 'chair' })).toMatchObject({ status: 200, data: { clause: '7.2' } })
}, 60_000)
