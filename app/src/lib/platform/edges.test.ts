import { instant } from '@quorate/kernel'
import { isHttpError } from '@sveltejs/kit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { seedOrder, type Feature } from './feature.ts'
import { readForm, readJson, readParams, readQuery } from './forms.ts'
import { newId } from './ids.ts'
import { problem } from './problem.ts'
import { systemRandom } from './random.ts'
import { readSettings } from './settings.ts'

const post = (body: BodyInit, type = 'application/x-www-form-urlencoded'): Request =>
  new Request('http://x/', { method: 'POST', body, headers: { 'content-type': type } })

const statusOf = async (run: () => unknown): Promise<number> => {
  try {
    await run()
    return 200
  } catch (error) {
    return isHttpError(error) ? error.status : 500
  }
}

describe('what comes from outside is read once, and what does not fit is a 4xx', () => {
  const schema = z.object({ name: z.string().min(1, 'Write a name'), tag: z.array(z.string()).default([]) })

  test('a form that fits, one that does not, lists', async () => {
    expect(await readForm(post('name=Nia&tag[]=a'), schema)).toEqual({ kind: 'ok', value: { name: 'Nia', tag: ['a'] } })
    expect(await readForm(post('name=Nia&tag=a&tag=b'), schema)).toEqual({ kind: 'ok', value: { name: 'Nia', tag: ['a', 'b'] } })
    expect(await readForm(post('name='), schema)).toEqual({ kind: 'fail', error: [{ field: 'name', message: 'Write a name' }] })
  })

  test('any bytes at all give a value, faults, or a 4xx; never a fault of ours', async () => {
    const types = [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      '',
      'multipart/form-data',
    ]
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.constantFrom(...types), async (bytes, type) => {
        const status = await statusOf(() => readForm(post(new Uint8Array(bytes), type), schema))
        expect(status).toBeLessThan(500)
      }),
    )
  })

  test('a character that no database text can hold is refused by name', async () => {
    expect(await statusOf(() => readForm(post('name=a%00b'), schema))).toBe(400)
    expect(await statusOf(() => readForm(post('na%00me=a'), schema))).toBe(400)
  })

  test('query 422, parameters 404, JSON 400 and 422', async () => {
    const n = z.object({ n: z.coerce.number().int() })
    expect(readQuery(new URL('http://x/?n=5'), n)).toEqual({ n: 5 })
    expect(await statusOf(() => readQuery(new URL('http://x/?n=five'), n))).toBe(422)
    expect(await statusOf(() => readParams({ n: 'five' }, n))).toBe(404)
    expect(await statusOf(() => readJson(post('{', 'application/json'), n))).toBe(400)
    expect(await statusOf(() => readJson(post('{}', 'application/json'), n))).toBe(422)
    expect(await readJson(post('{"n":5}', 'application/json'), n)).toEqual({ n: 5 })
  })
})

test('RFC 9457: a problem says its status twice and its media type, and an overload says when to come back', async () => {
  const response = problem({ status: 503, title: 'Busy.', queue: 5 })
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('retry-after')).toBe('5')
  expect(await response.json()).toEqual({ type: 'about:blank', status: 503, title: 'Busy.', queue: 5 })
})

test('RFC 9562: an id is a UUID of version 7 that sorts by its instant', () => {
  const ids = [1, 2, 1_800_000_000_000, 2 ** 47].map((at) => newId(instant(at), systemRandom))
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect([...ids].sort()).toEqual(ids)
  expect(ids[2]?.replace('-', '').slice(0, 12)).toBe((1_800_000_000_000).toString(16).padStart(12, '0'))
})

describe('settings', () => {
  const base = { DATABASE_URL: 'postgres://q@127.0.0.1:5432/q' }
  test('have safe defaults: loopback, demonstration when empty', () => {
    const read = readSettings(base)
    expect(read).toMatchObject({
      kind: 'ok',
      value: { publicAddress: 'http://127.0.0.1:3000', demoWhenEmpty: true, smtpUrl: null },
    })
  })
  test('a public address is an origin, without a path', () => {
    expect(readSettings({ ...base, QUORATE_PUBLIC_ADDRESS: 'https://lantern.example/x' })).toMatchObject({
      value: { publicAddress: 'https://lantern.example' },
    })
  })
  test('what is wrong is named, all of it', () => {
    const read = readSettings({ DATABASE_URL: 'mysql://x', PORT: '99999', QUORATE_PUBLIC_ADDRESS: 'lantern' })
    expect(
      read.kind === 'fail' && ['DATABASE_URL', 'PORT', 'QUORATE_PUBLIC_ADDRESS'].every((name) => read.error.includes(name)),
    ).toBe(true)
  })
})

test('seeds run after those they name, in an order of their own otherwise, and a ring is a bug that stops', () => {
  const seed = (name: string, ...after: string[]): Feature => ({ name, seed: { after, run: () => Promise.resolve() } })
  expect(seedOrder([seed('z'), seed('a', 'm'), seed('m', 'z', 'not there'), { name: 'none' }]).map((f) => f.name)).toEqual([
    'z',
    'm',
    'a',
  ])
  expect(() => seedOrder([seed('a', 'b'), seed('b', 'a')])).toThrow('wait for each other')
})
