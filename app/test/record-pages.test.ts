import { assert, instant } from '@quorate/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendOwn, entries, searchOf, signHead, type Draft } from '#lib/features/record/index.ts'
import { servers } from '../../test/postgres.ts'
import * as decisionFeedRoute from '../src/routes/d/[number].atom/+server.ts'
import * as decisionJsonRoute from '../src/routes/d/[number].json/+server.ts'
import * as decisionsFeedRoute from '../src/routes/d.atom/+server.ts'
import * as decisionsJsonRoute from '../src/routes/d.json/+server.ts'
import * as groupJsonRoute from '../src/routes/g/[slug].json/+server.ts'
import * as groupsJsonRoute from '../src/routes/groups.json/+server.ts'
import * as recordRoute from '../src/routes/record/+page.server.ts'
import * as entryJsonRoute from '../src/routes/record/[position].json/+server.ts'
import * as healthRoute from '../src/routes/record/witnesses/+page.server.ts'
import * as healthFeedRoute from '../src/routes/record/witnesses.atom/+server.ts'
import * as healthJsonRoute from '../src/routes/record/witnesses.json/+server.ts'
import * as recordFeedRoute from '../src/routes/record.atom/+server.ts'
import * as recordJsonRoute from '../src/routes/record.json/+server.ts'
import * as rulesFeedRoute from '../src/routes/rules.atom/+server.ts'
import { answerTo, load, type Asked } from './ask-route.ts'
import { startLantern, type Lantern } from './lantern.ts'

// The record as a reader meets it: filtered, searched, as data and as a feed; and how it stands with its witnesses.

let lantern: Lantern
const holder = 'ab'.repeat(32)
const role = (office: string): Draft => ({
  type: 'role',
  decision: null,
  body: { office, holder, change: 'granted', effectAt: instant(0) },
})
async function write(...drafts: readonly Draft[]): Promise<readonly number[]> {
  const work = await lantern.work()
  return work.db.transaction().execute(async (tx) => {
    return (await appendOwn(tx, work.clock.now(), drafts)).map(({ position }) => position)
  })
}
beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  lantern = await startLantern(server, { worker: false })
  await write(role('registrar'), role('returning-officer'))
  await signHead(await lantern.work())
}, 120_000)
afterAll(() => lantern.close())

type Page = { readonly entries: readonly { readonly position: number; readonly type: string; readonly sentence: string }[] }
const page = async (search: string): Promise<Page> => (await answerTo(lantern, load(recordRoute), { search })).data as Page // the page's own data
const get = async (route: { readonly GET: unknown }, asked: Asked = {}) =>
  answerTo(lantern, route.GET as (e: never) => unknown, asked) // an endpoint takes an event
const json = async <T>(route: { readonly GET: unknown }, asked: Asked = {}): Promise<T> =>
  JSON.parse((await get(route, asked)).said) as T // our own answer

describe('the record, asked', () => {
  test('by kind, by office, by word and by day, and by all of them at once', async () => {
    const [registrar] = (await page('?capacity=office%20registrar')).entries
    expect(registrar).toMatchObject({ type: 'role' })
    expect((await page('?type=role&capacity=office%20registrar')).entries.every(({ type }) => type === 'role')).toBe(true)
    const both = await page('?search=returning-officer&type=role')
    expect(both.entries.length).toBeGreaterThan(0)
    expect((await page('?since=2999-01-01')).entries).toEqual([])
    expect((await page('?until=2000-01-01')).entries).toEqual([])
    expect((await page('?since=2000-01-01&until=2999-01-01')).entries.length).toBeGreaterThan(0)
    expect((await page('?search=nothing-like-this')).entries).toEqual([])
  })

  test('by a word of what entries say, in the language of the reader', async () => {
    const rulebook = await page('?search=rulebook')
    expect(rulebook.entries.map(({ type }) => type)).toContain('edition')
    const { db } = await lantern.work()
    const welsh = await entries(db, { search: searchOf('llyfr rheolau', 'cy') })
    expect(welsh.map(({ entry }) => entry.type)).toContain('edition')
    expect(await entries(db, { search: searchOf('  ', 'en') })).toEqual([])
  })

  test('what cannot be asked is refused in words', async () => {
    for (const search of ['?since=yesterday', '?capacity=nobody', '?decision=x', `?search=${'x'.repeat(101)}`, '?type=none']) {
      const { status, said } = await answerTo(lantern, load(recordRoute), { search })
      expect([search, status, said.split(' ').length > 5]).toEqual([search, 422, true])
    }
  })

  test('a word is data: neither quotes nor patterns reach the database', async () => {
    for (const word of [`'; drop table record_entry --`, '%', '_', '\\', '"', '{}'])
      expect((await answerTo(lantern, load(recordRoute), { search: `?search=${encodeURIComponent(word)}` })).status).toBe(200)
    expect((await entries((await lantern.work()).db)).length).toBeGreaterThan(2)
  })
})

describe('beside every page the same as data and as a feed', () => {
  test('the record, and one entry with the checkpoint that covers it', async () => {
    const { entries: listed } = await json<Page>(recordJsonRoute, { search: '?type=role' })
    expect(listed.every(({ type }) => type === 'role')).toBe(true)
    const position = String(listed[0]?.position)
    const one = await json<Record<string, unknown>>(entryJsonRoute, { params: { position } })
    expect(one).toMatchObject({ position: Number(position), type: 'role', entry: { v: 1, type: 'role' } })
    expect(one['checkpoint']).toContain('/record\n')
    expect((await get(entryJsonRoute, { params: { position: '999999' } })).status).toBe(404)
    expect((await get(recordFeedRoute, { search: '?type=role' })).said.match(/<entry>/g)?.length).toBe(listed.length)
  })

  test('decisions, groups, editions', async () => {
    const lists = await json<Record<string, readonly unknown[]>>(decisionsJsonRoute)
    expect(Object.keys(lists)).toEqual(['underWay', 'decided', 'attempts'])
    expect((await get(decisionsFeedRoute)).said).toContain('<feed ')
    expect((await get(rulesFeedRoute)).said).toContain('<entry>')
    const { groups } = await json<{ readonly groups: readonly { readonly page: string; readonly size: number }[] }>(
      groupsJsonRoute,
    )
    const first = groups[0]
    expect(first).toBeDefined()
    const slug = first?.page.slice('/g/'.length) ?? ''
    expect(await json(groupJsonRoute, { params: { slug } })).toEqual(first)
    expect((await get(groupJsonRoute, { params: { slug: 'nowhere' } })).status).toBe(404)
    for (const route of [decisionJsonRoute, decisionFeedRoute])
      expect((await get(route, { params: { number: '99999' } })).status).toBe(404)
  })
})

describe('how the record stands', () => {
  type Health = {
    readonly alarm: boolean
    readonly witnesses: readonly { readonly tag: string; readonly text: readonly string[] }[]
  }
  const health = async (): Promise<Health> => (await answerTo(lantern, load(healthRoute), {})).data as Health // the page's own data

  test('with nobody beside the operator it says so; its feed lists the checkpoints', async () => {
    expect((await health()).witnesses).toEqual([])
    expect((await get(healthFeedRoute)).said).toContain('Signed by us alone.')
    expect(await json(healthJsonRoute)).toMatchObject({ alarm: false, quorum: 0, witnesses: [] })
  })

  test('an entry that shows something has the rule of the act that rests on it', async () => {
    const { db } = await lantern.work()
    const { rows } = await sql<{ position: number }>`select position from record_entry where type = 'edition' limit 1`.execute(db)
    // The first edition rests on no act.
    const founding = await json<{ clause: string | null }>(entryJsonRoute, { params: { position: String(rows[0]?.position) } })
    expect(founding.clause).toBe(null)
  })
})
