import { assert, instant, plusDays, civilDateOf, parseZone } from '@quorate/kernel'
import { editionWordsText, parseEditionWords, type EditionNumber } from '@quorate/rulebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addEdition, draftEdition, editionsListed, editionText } from '#lib/features/rulebooks/index.ts'
import { documentOf, storeDocument } from '#lib/features/record/index.ts'
import { servers } from '../../test/postgres.ts'
import * as compareRoute from '../src/routes/rules/compare/+page.server.ts'
import * as compareData from '../src/routes/rules/compare.json/+server.ts'
import * as playgroundRoute from '../src/routes/rules/playground/+page.server.ts'
import * as powersData from '../src/routes/rules/powers.json/+server.ts'
import * as ruleRoute from '../src/routes/rules/[clause]/+page.server.ts'
import * as ruleData from '../src/routes/rules/[clause]/rule.json/+server.ts'
import * as whatIfRoute from '../src/routes/rules/what-if/+page.server.ts'
import * as whatIfData from '../src/routes/rules/what-if.json/+server.ts'
import * as rulesRoute from '../src/routes/rules/+page.server.ts'
import * as rulesData from '../src/routes/rules.json/+server.ts'
import { answerTo, load, type Asked } from './ask-route.ts'
import { startLantern, type Lantern } from './lantern.ts'

// The rulebook as people read it: by day, by edition, side by side; and its data beside every page.

let lantern: Lantern
/** The civil day on which edition 2 comes into force; edition 1 does ten days before. */
let day: string
const asSaidThen = 'As the templates of that day said it.'
const zone = parseZone('Europe/London')

beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined && zone.kind === 'ok', 'there is a server, and the zone is known')
  lantern = await startLantern(server, { worker: false })
  const { db } = lantern.platform
  const [first] = await editionsListed(db)
  assert(first !== undefined, 'Lantern has a first edition')
  const text = (await editionText(db, first)).replace('clear: 14 clear days', 'clear: 21 clear days')
  const inForceAt = instant(first.inForceAt + 10 * 86_400_000)
  day = civilDateOf(inForceAt, zone.value)
  await db.transaction().execute(async (tx) => {
    const { edition } = await draftEdition(tx, 2 as EditionNumber, null, text)
    // As if older templates had made the words of rule 2.1.
    const said = parseEditionWords((await documentOf(tx, edition.words)) ?? '')
    assert(said.kind === 'ok', 'an edition has its words')
    const { words } = said.value
    const older = { ...said.value, words: { ...words, en: { ...words.en, '2.1': asSaidThen } } }
    await addEdition(tx, { ...edition, words: await storeDocument(tx, editionWordsText(older)), inForceAt })
  })
}, 120_000)
afterAll(() => lantern.close())

const get = (route: { readonly GET: unknown }): ((e: never) => unknown) => route.GET as (e: never) => unknown // a handler takes an event
const ask = (run: (e: never) => unknown, asked: Asked = {}) => answerTo(lantern, run, asked)
const dataOf = async (run: (e: never) => unknown, asked: Asked = {}): Promise<unknown> => {
  const { status, said } = await ask(run, asked)
  expect(status).toBe(200)
  return JSON.parse(said) as unknown
}
const before = (days: number): string => plusDays(day as Parameters<typeof plusDays>[0], -days)

describe('the rulebook as it stood', () => {
  test('now: the last edition, without a banner', async () => {
    const { data } = await ask(load(rulesRoute))
    expect(data).toMatchObject({ number: 2, old: null, note: null, at: '' })
  })
  test('on the day it came into force and after: edition 2; the day before: edition 1, with a banner that says from when to when', async () => {
    expect((await ask(load(rulesRoute), { search: `?at=${day}` })).data).toMatchObject({ number: 2, old: null })
    const { data } = await ask(load(rulesRoute), { search: `?at=${before(1)}` })
    expect(data).toMatchObject({ number: 1, at: before(1) })
    expect((data as { readonly old: string }).old).toMatch(
      /^You are reading edition 1\. It was in force from .+ to .+, and it is no longer\.$/,
    )
  })
  test('before there were rules: said, with the day of the first', async () => {
    const { data } = await ask(load(rulesRoute), { search: '?at=2001-01-01' })
    expect(data).toMatchObject({ number: 1 })
    expect((data as { readonly note: string }).note).toMatch(/^There were no rules yet on 1 January 2001\./)
  })
  test('in the words stored with it, whatever today’s templates would say', async () => {
    const saysThen = async (edition: number): Promise<boolean> =>
      JSON.stringify((await ask(load(rulesRoute), { search: `?edition=${String(edition)}` })).data).includes(asSaidThen)
    expect(await saysThen(2)).toBe(true)
    expect(await saysThen(1)).toBe(false)
  })
  test('by its number; one that is not there is a 404', async () => {
    expect((await ask(load(rulesRoute), { search: '?edition=1' })).data).toMatchObject({ number: 1 })
    expect(await ask(load(rulesRoute), { search: '?edition=3' })).toMatchObject({
      status: 404,
      said: 'There is no such edition.',
    })
  })
  test.each(['?at=soon', '?at=2026-02-30', '?at=0026-01-01', '?edition=0', '?edition=x', '?at=2026-01-01T00:00'])(
    '%s: 422 with a sentence, beside the page too',
    async (search) => {
      for (const run of [load(rulesRoute), get(rulesData)]) {
        const { status, said } = await ask(run, { search })
        expect(status).toBe(422)
        expect(said).toMatch(/A day is written as|An edition is a number/)
      }
    },
  )
  test('as data: every rule with its words, its block and the fingerprint of the whole', async () => {
    const data = await dataOf(get(rulesData), { search: '?edition=1' })
    expect(data).toMatchObject({ edition: 1, inForce: false, editions: [{ number: 2 }, { number: 1 }] })
    const { rules, fingerprint } = data as {
      readonly rules: readonly { readonly id: string; readonly words: readonly string[] }[]
      readonly fingerprint: string
    }
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(rules.find(({ id }) => id === '4.2')?.words.join(' ')).toContain('14 clear days')
  })
})

describe('one rule', () => {
  test('what it leans on and what leans on it, linked within the edition that is read', async () => {
    const now = (await ask(load(ruleRoute), { params: { clause: '4.2' } })).data
    expect(now).toMatchObject({ edition: 2, usedBy: [{ id: '4.1', href: '/rules/4.1' }, { id: '4.3' }, { id: '4.4' }] })
    const old = (await ask(load(ruleRoute), { params: { clause: '4.2@1' } })).data
    expect(old).toMatchObject({ edition: 1, usedBy: [{ id: '4.1', href: '/rules/4.1@1' }, { id: '4.3' }, { id: '4.4' }] })
  })
  test('as data, of now and of an edition', async () => {
    expect(await dataOf(get(ruleData), { params: { clause: '4.2' } })).toMatchObject({
      id: '4.2',
      edition: 2,
      inForce: true,
      changedThrough: '4.2@2',
      usedBy: ['4.1', '4.3', '4.4'],
      changedIn: [2, 1],
    })
    expect(await dataOf(get(ruleData), { params: { clause: '4.2@1' } })).toMatchObject({ edition: 1, inForce: false })
    expect((await ask(get(ruleData), { params: { clause: '99.9' } })).status).toBe(404)
  })
})

describe('two editions side by side', () => {
  test('without a question: the last two', async () => {
    const { data } = await ask(load(compareRoute))
    expect(data).toMatchObject({ from: 1, to: 2, heading: 'Edition 1 and edition 2', fault: null })
    const [difference, ...rest] = (
      data as { readonly differences: readonly { readonly clause: string; readonly before: string; readonly after: string }[] }
    ).differences
    expect(rest).toEqual([])
    expect(difference?.clause).toBe('4.2')
    expect(difference?.before).toContain('14 clear days')
    expect(difference?.after).toContain('21 clear days')
    expect(data).toHaveProperty('powers.0.change', 'harder')
  })
  test('as data', async () => {
    expect(await dataOf(get(compareData), { search: '?from=2&to=1' })).toMatchObject({
      from: 2,
      to: 1,
      decision: null,
      differences: [{ clause: '4.2', kind: 'changed' }],
    })
  })
  test('an edition that is not there: said on the page, 404 as data; a decision that is none: 404', async () => {
    expect((await ask(load(compareRoute), { search: '?from=1&to=9' })).data).toMatchObject({
      fault: 'There is no such edition.',
      differences: [],
    })
    expect((await ask(get(compareData), { search: '?from=1&to=9' })).status).toBe(404)
    expect((await ask(load(compareRoute), { search: '?decision=999' })).status).toBe(404)
    expect((await ask(load(compareRoute), { search: '?decision=-1' })).status).toBe(422)
  })
})

describe('could it be done without us', () => {
  type Page = {
    readonly title: string
    readonly body: string
    readonly sizes: readonly { readonly name: string; readonly value: number }[]
    readonly result: {
      readonly answer: string
      readonly can: boolean | null
      readonly ways: readonly { readonly steps: readonly unknown[] }[]
    }
  }
  const page = async (search = ''): Promise<Page> => (await ask(load(whatIfRoute), { search })).data as Page // what the load gives
  test('without a question: the committee and the rules, under the register’s figures', async () => {
    const { title, body, result, sizes } = await page()
    expect(title).toBe('Could the committee do this without us?')
    expect(body).toBe('committee')
    expect(result.can).toBe(false)
    expect(result.answer).toMatch(/^No: the committee of 12 cannot change these rules/)
    expect(result.ways.length).toBeGreaterThan(0)
    expect(sizes.find(({ name }) => name === 'size.members')?.value).toBeGreaterThan(1000)
  })
  test('what it can do alone; for anybody; with other figures', async () => {
    expect((await page('?power=spend&body=committee')).result).toMatchObject({ can: true })
    expect((await page('?power=spend&body=')).result.can).toBeNull()
    const asked = await page('?power=spend&body=committee&seated.committee=9&size.members=500')
    expect(asked.sizes).toEqual(
      expect.arrayContaining([{ name: 'seated.committee', label: 'Seats filled on the committee', value: 9 }]),
    )
    expect(asked.result.answer).toContain('the committee of 9')
  })
  test.each([
    ['?power=fly', 404],
    ['?body=senate', 404],
    ['?power=spend&size.members=many', 422],
    ['?size.members=-1', 422],
    ['?size.members=99999999999', 422],
    ['?turnout=none', 422],
    ['?officers=', 422],
  ])('%s: %i with a sentence', async (search, status) => {
    for (const run of [load(whatIfRoute), get(whatIfData)]) {
      const answer = await ask(run, { search })
      expect(answer.status).toBe(status)
      expect(answer.said.length).toBeGreaterThan(20)
    }
  })
  test.each([
    '?size.__proto__=3',
    '?without.nobody=yes',
    '?size.nobody=4',
    '?turnout=returned',
    '?turnout=returned&returned=0',
    '?size.members=0',
  ])('%s: an answer all the same', async (search) => {
    expect((await ask(load(whatIfRoute), { search })).status).toBe(200)
  })
  test('as data', async () => {
    expect(await dataOf(get(whatIfData), { search: '?power=spend' })).toMatchObject({
      edition: 2,
      power: 'spend',
      body: 'committee',
      result: { can: true },
    })
  })
})

describe('powers and the playground', () => {
  test('powers as data: the whole catalogue', async () => {
    const { powers, edition } = (await dataOf(get(powersData))) as {
      readonly powers: readonly unknown[]
      readonly edition: number
    }
    expect(edition).toBe(2)
    expect(powers.length).toBeGreaterThan(20)
  })
  test('a text to start from; one that is not there is a 404, and no path leads out of the folder', async () => {
    expect((await ask(load(playgroundRoute))).data).toMatchObject({ start: 'lantern', chosen: false })
    expect((await ask(load(playgroundRoute), { search: '?start=lantern' })).data).toMatchObject({ chosen: true })
    for (const start of ['nothing', '../package', 'constructor', '__proto__'])
      expect((await ask(load(playgroundRoute), { search: `?start=${start}` })).status).toBe(404)
  })
})
