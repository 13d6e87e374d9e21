import { globSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { castVote } from '../app/booth/src/headless.ts'
import { root } from '../tools/build.ts'
import { startDemonstration, type Demonstration } from './demonstration.ts'

// Whatever is sent to the running application, by whomever: never a 500, always a reason in words, and nothing is written. Every route is
// found in the source tree, so that a new one is asked too.

type Answer = {
  readonly status: number
  readonly type: string
  readonly location: string
  readonly cookie: string
  readonly text: string
}
type Asked = {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Sends the body without saying how long it is. */
  readonly inChunks?: boolean
}

let demo: Demonstration
let database: pg.Client
const agent = new Agent({ keepAlive: true, maxSockets: 4 })
/** Cookies of everyone who takes part, by role. */
const cookies = new Map<string, string>()
const place = { decision: '', uuid: '' }

/** Asks below `fetch`, which would tidy up addresses and headers. */
function ask({ method = 'GET', path, headers = {}, body, inChunks = false }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined || inChunks ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const all = { accept: 'text/html', origin: demo.address, ...length, ...headers }
    const sent = request(`${demo.address}/`, { path, method, agent, headers: all })
    sent.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          location: response.headers.location ?? '',
          cookie: (response.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '').join('; '),
          text: Buffer.concat(parts).toString(),
        }),
      )
    })
    // A body that is cut off because it is too large may break the pipe after the answer.
    sent.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET'
        ? resolve({ status: 413, type: 'text/plain', location: '', cookie: '', text: 'The connection was closed.' })
        : reject(error),
    )
    sent.end(body)
  })
}

const form = 'application/x-www-form-urlencoded'
const cookieOf = (role: string): Readonly<Record<string, string>> => {
  const cookie = cookies.get(role)
  return cookie === undefined ? {} : { cookie }
}

/** Posts a form as a role; a redirect is what success looks like. */
const post = (role: string, path: string, fields: Readonly<Record<string, string>>): Promise<Answer> =>
  ask({
    method: 'POST',
    path,
    headers: { 'content-type': form, ...cookieOf(role) },
    body: new URLSearchParams(fields).toString(),
  })

async function done(role: string, path: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const answer = await post(role, path, fields)
  expect(answer.status, `${path}: ${answer.text.slice(0, 2_000)}`).toBe(303)
  return answer.location
}

async function until(what: string, there: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (await there()) return
    await new Promise((wake) => setTimeout(wake, 200))
  }
  throw new Error(`never came: ${what}`)
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
const plain = (html: string): string => html.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
const written = async (kind: string, words: string): Promise<boolean> =>
  (await ask({ path: `/record?type=${kind}` })).text.includes(words)

/** Takes the demonstration to an open ballot, by its forms. */
async function openBallot(): Promise<void> {
  for (const role of ['member', 'chair', 'returning-officer', 'registrar', 'trustee-1']) {
    const answer = await post('nobody', '/demo/become', { role, back: '/' })
    cookies.set(role, answer.cookie)
  }
  const page = await ask({ path: '/d/new?clause=4.2&example=notice' })
  const [, text = ''] = /<textarea[^>]*name="text"[^>]*>([\s\S]*?)<\/textarea>/.exec(page.text) ?? []
  const fields = { clause: '4.2', title: 'Three weeks of notice', reasons: 'Two are short.', text: plain(text) }
  place.decision = (await done('member', '/d/new?/file', fields)).split('?')[0] ?? ''
  const decision = place.decision.slice('/d/'.length)
  await done('member', '/demo/support', { decision })
  await done('returning-officer', `${place.decision}?/check`, { outcome: 'passed' })
  await until('notice', () => written('act', 'Notice to every member was complete'))
  await until('roll', async () => {
    await post('member', '/demo/clock', { by: 'next', back: '/' })
    return written('roll', 'The roll of voters was fixed')
  })
  await done('registrar', '/desk/registrar', { decision })
  await done('member', '/demo/ballots?/keys', { decision })
  await until('key', () => written('setup', 'The ballot was set up'))
  const timetable = await ask({ path: place.decision, headers: cookieOf('returning-officer') })
  const options = [...timetable.text.matchAll(/name="opensAt"[^>]*?value="(\d+)"/g)].map(([, at = '']) => at)
  await done('returning-officer', `${place.decision}?/schedule`, { opensAt: options[0] ?? '' })
  await until('opening', async () => {
    await post('member', '/demo/clock', { by: 'next', back: '/' })
    return written('act', 'Voting opened')
  })
  await until('links', async () => (await links()).length > 0)
  place.uuid = /\/vote\/(\w+)#/.exec((await links())[0] ?? '')?.[1] ?? ''
  await until('all mail', async () => {
    const { rows } = await database.query<{ n: string }>(
      `select count(*) as n from mail where state not in ('sent', 'bounced', 'failed')`,
    )
    return rows[0]?.n === '0'
  })
}

/** Voting links in the demonstration's mailbox, of Owen, whom nobody else plays here. */
async function links(): Promise<readonly string[]> {
  const { rows } = await database.query<{ body_text: string }>(
    `select m.body_text from demo_mail m join person p on p.email = m.address join demo_role r on r.person_id = p.id
     where r.id = 'second-member' and m.body_text like '%/vote/%'`,
  )
  return rows.flatMap(({ body_text }) => /http:\S+\/vote\/\S+#\S+/.exec(body_text)?.[0] ?? [])
}

let counting = ''
/** Rows of every table that holds what members did; sessions, counters and the work of the machine itself are left out. */
async function rows(): Promise<unknown> {
  if (counting === '') {
    const apart = /^(?:session|sweep|sign_in_link|refused_attempt|lost_ballot|mail|demo_mail|record_checkpoint)$/
    const tables = await database.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`)
    const names = tables.rows.map(({ name }) => name).filter((name) => !apart.test(name))
    const counts = names.map((name) => `(select count(*) from ${pg.escapeIdentifier(name)}) as ${pg.escapeIdentifier(name)}`)
    counting = `select ${counts.join(', ')}`
  }
  return (await database.query<Record<string, string>>(counting)).rows[0]
}

let before: unknown = null

beforeAll(async () => {
  demo = await startDemonstration()
  const running = JSON.parse(readFileSync(join(demo.dataFolder, 'postgres.json'), 'utf8')) as { readonly url: string } // our own file
  database = new pg.Client({ connectionString: running.url })
  await database.connect()
  await openBallot()
  before = await rows()
}, 300_000)
afterAll(async () => {
  agent.destroy()
  await database.end()
  await demo.stop()
}, 60_000)

/** A route of the application: its address with parameters in brackets, and whether it answers as a page. */
type Route = { readonly pattern: string; readonly page: boolean }
const routes: readonly Route[] = [
  ...new Map(
    globSync('**/+{page.svelte,page.server.ts,server.ts}', { cwd: join(root, 'app/src/routes') })
      .map((file) => ({ pattern: `/${file.replace(/\/?\+[^/]+$/, '')}`, page: file.includes('+page') }))
      .toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1))
      .map((route) => [route.pattern, route] as const),
  ).values(),
]

/** The address of a route with parameters that name something. */
const addressOf = ({ pattern }: Route): string =>
  pattern
    .replace('[number]', place.decision.slice('/d/'.length))
    .replace('[uuid]', place.uuid)
    .replace('[clause]', '4.2')
    .replace('[position]', '1')
    .replace('[slug]', 'riverside')
    .replace('[...path]', '0/000')
    .replace(/\[\w+\]/, 'x')

/** A refusal is a 4xx; what it says is a sentence for people, in the page, in the problem or as plain text. */
function expectWords(answer: Answer, asked: Asked): void {
  const name = `${asked.method ?? 'GET'} ${asked.path.slice(0, 200)}: ${String(answer.status)}`
  expect(answer.status, `${name} ${answer.text.slice(0, 500)}`).toBeLessThan(500)
  if (answer.status < 400 || asked.method === 'HEAD') return
  if (answer.type.startsWith('text/html')) {
    const main = /<main[^>]*>([\s\S]*?)<\/main>/.exec(answer.text)?.[1] ?? answer.text
    expect(main.replaceAll(/<[^>]*>/g, ' ').trim().length, name).toBeGreaterThan(20)
  } else if (answer.type.includes('json')) {
    const said = JSON.parse(answer.text) as Readonly<Record<string, unknown>> // a problem, looked at below
    expect(String(said['title']), name).toMatch(/\w+ \w+/)
    expect(said['status'], name).toBe(answer.status)
  } else expect(answer.text, name).toMatch(/\w+ \w+/)
}

/** Sends four at a time, expects words for each refusal, no fault in the server's own words and no row anywhere; returns the answers. */
async function sendAll(all: readonly Asked[]): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (let i = 0; i < all.length; i += 4) answers.push(...(await Promise.all(all.slice(i, i + 4).map(ask))))
  for (const [i, answer] of answers.entries()) expectWords(answer, all[i] ?? { path: '' })
  expect(demo.said(), 'a fault of ours').not.toMatch(/fault [0-9a-f]{8}/)
  expect(await rows()).toEqual(before)
  return answers
}

const nul = '\0'
const hugeBytes = 700_000
/** Who may do something at an address: their bad input goes furthest. */
const actorOf = (pattern: string): string =>
  /committee/.test(pattern)
    ? 'chair'
    : /registrar/.test(pattern)
      ? 'registrar'
      : /trustee|ceremony|openings/.test(pattern)
        ? 'trustee-1'
        : /officer|^\/d\/\[number\]$/.test(pattern)
          ? 'returning-officer'
          : 'member'

test('there are routes to ask, and a ballot is open', () => {
  expect(routes.length).toBeGreaterThan(40)
  expect(place.uuid).toMatch(/^\w{14,}$/)
})

describe.each(routes.map((route) => [route.pattern, route] as const))('%s', (pattern, route) => {
  test('parameters and queries that are nonsense: 4xx in words, or a page as if nothing had been asked', async () => {
    const nonsense = [
      ...['00', '-1', '1e3', '9'.repeat(40), '1.5', '%20', '%2e%2e%2f%2e%2e', '%ff', '%00', "'%20or%201=1--", '<script>'],
      ...['__proto__', 'constructor', '%F0%9F%92%A9', '%E2%80%AE', 'x'.repeat(6_000), '4.2@', '@1'],
    ]
    const named = pattern.includes('[') ? nonsense.map((value) => ({ path: pattern.replaceAll(/\[[^\]]+\]/g, () => value) })) : []
    const answers = await sendAll(named)
    const found = named.filter((_, i) => (answers[i]?.status ?? 0) < 400).map(({ path }) => path.slice(0, 100))
    // The page behind a link from a mail spends nothing by being opened, so it cannot know yet whether the link is good.
    if (pattern !== '/signin/[token]') expect(found, 'nonsense that names something').toEqual([])

    const names = [
      'clause',
      'example',
      'to',
      'decision',
      'type',
      'from',
      'page',
      'code',
      'next',
      'back',
      'done',
      'n',
      'who',
      'before',
    ]
    const values = [
      '__proto__',
      'constructor',
      '-1',
      '1e309',
      'NaN',
      '%ff',
      '%F0%9F%92%A9',
      "'",
      '%22%3E%3Cscript%3E',
      'x'.repeat(800),
      '',
      '%00',
    ]
    const path = addressOf(route)
    const asked = [
      ...values.map((value) => names.map((name) => `${name}=${value}`).join('&')),
      ...[names.map((name) => `${name}=1&${name}=2`).join('&'), '__proto__[x]=1&constructor=2', 'a&'.repeat(2_000), '/nothing'],
    ]
    await sendAll(asked.map((query) => ({ path: `${path}?${query}`, headers: cookieOf(actorOf(pattern)) })))
  })

  test('methods that it does not take: 4xx', async () => {
    const path = addressOf(route)
    const headers = { 'content-type': 'text/plain', ...cookieOf('member') }
    const methods = ['PUT', 'PATCH', 'DELETE', 'PROPFIND']
    const answers = await sendAll(methods.map((method) => ({ method, path, headers, body: 'x' })))
    expect(answers.filter(({ status }) => status < 400)).toEqual([])
    await sendAll([
      { method: 'HEAD', path },
      { method: 'OPTIONS', path },
    ])
  })

  test('bodies that cannot be read or do not fit: 4xx, and nothing is written', async () => {
    const bodies: readonly (readonly [string, string])[] = [
      ['', ''],
      [form, ''],
      [form, '%00=%00&decision=%00&who=%00'],
      [form, `decision=${nul}`],
      [form, '__proto__=1&constructor=2&toString=3&__proto__[]=4&prototype[x]=5'],
      [form, 'decision=1&decision=2&clause=4.2&clause=4.3&role=member&role=chair'],
      [form, `title=${'x'.repeat(300_000)}&reasons=y&text=z&clause=4.2`],
      [form, '%'],
      ['multipart/form-data', 'no boundary'],
      ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="role"\r\n\r\ncut off'],
      [
        'multipart/form-data; boundary=x',
        `--x\r\nContent-Disposition: form-data; name="who"; filename="a"\r\n\r\n${nul}\r\n--x--\r\n`,
      ],
      ['application/json', '{'],
      ['application/json', 'null'],
      ['application/json', '[]'],
      ['application/json', '"text"'],
      ['application/json', '{"__proto__":{"step":1},"constructor":1}'],
      [
        'application/json',
        `{"ballot":"\\u0000","statement":{},"bind":"\\ud800","credential":"\\u0000","step":1e309,"message":"\\u0000"}`,
      ],
      ['application/json', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
      ['text/plain', 'hello'],
      ['application/xml', '<a/>'],
      ['text/html; charset=utf-99', 'hello'],
    ]
    const all = ['nobody', actorOf(pattern)].flatMap((role) =>
      bodies.map(([type, body]) => ({
        method: 'POST',
        path: addressOf(route),
        headers: { ...(type === '' ? {} : { 'content-type': type }), ...cookieOf(role) },
        body,
      })),
    )
    // Signing out is what its button does, whatever comes with it.
    await sendAll(pattern === '/signout' ? all.slice(0, bodies.length) : all)
  })

  test('a body that is too large: 4xx', async () => {
    const bodies: readonly (readonly [string, string])[] = [
      [form, `x=${'y'.repeat(hugeBytes)}`],
      ['application/json', `{"ballot":"${'x'.repeat(hugeBytes)}"}`],
    ]
    const path = addressOf(route)
    const all = bodies.map(([type, body]) => ({
      method: 'POST',
      path,
      headers: { 'content-type': type, ...cookieOf('member') },
      body,
    }))
    const answers = await sendAll(pattern === '/signout' ? [] : all)
    expect(answers.filter(({ status }) => status < 400)).toEqual([])
  })

  test('a post from another site: 403', async () => {
    const path = addressOf(route)
    const all = ['https://elsewhere.example', 'null', ''].map((origin) => ({
      method: 'POST',
      path,
      headers: { ...cookieOf('member'), origin, 'content-type': form },
      body: 'a=1',
    }))
    for (const { status } of await sendAll(all)) expect([403, 404, 405, 415]).toContain(status)
  })
})

// Who does not say how much they bring could bring any amount: only what trustees hand in is large enough to be sent in chunks.
test('a body in chunks, whose length nobody says: 413 in words, except where large bodies are taken', async () => {
  const headers = { 'transfer-encoding': 'chunked', 'content-type': 'application/json' }
  const chunked = (path: string): Promise<Answer> => ask({ method: 'POST', path, headers, body: '{}', inChunks: true })
  for (const path of ['/', '/count', `/api/elections/${place.uuid}/ballots`])
    expect(await chunked(path), path).toMatchObject({ status: 413, text: 'The request is too large.\n' })
  for (const name of ['shuffles', 'openings'])
    expect((await chunked(`/api/elections/${place.uuid}/${name}`)).status, name).not.toBe(413)
})

test('a ballot beyond the limit that comes in chunks: 413, and nothing of it is kept', async () => {
  const kept = await rows()
  const path = `/api/elections/${place.uuid}/ballots`
  const headers = { 'transfer-encoding': 'chunked', 'content-type': 'application/json', ...cookieOf('member') }
  const body = JSON.stringify({ ballot: 'x'.repeat(hugeBytes) })
  expect((await ask({ method: 'POST', path, headers, body, inChunks: true })).status).toBe(413)
  expect(await rows()).toEqual(kept)
})

test('actions that a page does not have: 4xx', async () => {
  const pages = routes.filter(({ page }) => page)
  await sendAll(
    pages.flatMap((route) =>
      ['?/nothing', '?/__proto__', '?/constructor', '?/toString', '?/'].map((action) => ({
        method: 'POST',
        path: `${addressOf(route)}${action}`,
        headers: { ...cookieOf('member'), 'content-type': form },
        body: 'a=1',
      })),
    ),
  )
})

test('addresses and headers that no browser sends: 4xx', async () => {
  const all: Asked[] = [
    { path: '//elsewhere.example/d' },
    { path: '/%' },
    { path: '/%E0%A4%A' },
    { path: '/..%2f..%2fetc%2fpasswd' },
    { path: '/../../etc/passwd' },
    { path: '/d/1/../../../x' },
    { path: `/${'x'.repeat(10_000)}` },
    { path: `/?${'x'.repeat(40_000)}` },
    { path: '/', headers: { 'x-long': 'x'.repeat(40_000) } },
    { path: '/booth/../../package.json' },
    { path: '/log/tile/../../../etc/passwd' },
    { path: '/vote/__proto__' },
    { path: '/vote/%00' },
    { path: '/_app/version.json/../../x' },
    { path: '/', headers: { host: 'elsewhere.example' } },
    { path: '/', headers: { cookie: `session=${'x'.repeat(5_000)}; lang=__proto__` } },
    { path: '/', headers: { cookie: '=; ;;;=;__proto__=1; lang=%ff' } },
    { path: '/', headers: { 'accept-language': `${'x-'.repeat(2_000)};q=NaN` } },
    { path: '/', headers: { 'x-forwarded-for': '__proto__', 'x-quorate-host': 'evil', 'x-quorate-scheme': 'gopher' } },
    { path: '/', headers: { 'content-type': 'x', 'content-length': '0', accept: '*/*;q=x' } },
  ]
  await sendAll(all)
})

describe('ballots that were tampered with on the way', () => {
  type Body = { readonly ballot: string; readonly statement: Readonly<Record<string, unknown>>; readonly bind: string }
  const flip = (text: string): string => `${text.slice(0, -4)}${text.at(-4) === '1' ? '2' : '1'}${text.slice(-3)}`
  const altered = (body: Body, path: readonly string[], change: (old: string) => unknown): string => {
    const ballot = JSON.parse(body.ballot) as Record<string, unknown> // the voter's own
    let at = ballot
    for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>
    const last = path.at(-1) ?? ''
    at[last] = change(String(at[last]))
    return JSON.stringify({ ...body, ballot: JSON.stringify(ballot) })
  }
  const cases: readonly (readonly [string, (body: Body) => string])[] = [
    ['no ballot', (body) => JSON.stringify({ ...body, ballot: '' })],
    ['a ballot that is no text', (body) => JSON.stringify({ ...body, ballot: { a: 1 } })],
    ['a ballot cut off', (body) => JSON.stringify({ ...body, ballot: body.ballot.slice(0, -10) })],
    ['a ballot with spaces', (body) => JSON.stringify({ ...body, ballot: ` ${body.ballot}` })],
    ['an empty object', (body) => JSON.stringify({ ...body, ballot: '{}' })],
    ['another election', (body) => altered(body, ['election_uuid'], flip)],
    ['another voting key', (body) => altered(body, ['credential'], flip)],
    ['no signature', (body) => altered(body, ['signature'], () => null)],
    ['a number beyond the group', (body) => altered(body, ['signature', 'proof', 'response'], () => '9'.repeat(400))],
    ['another signature', (body) => altered(body, ['signature', 'proof', 'response'], flip)],
    ['another proof', (body) => altered(body, ['answers', '0', 'overall_proof', '0', 'response'], flip)],
    ['another choice under the old proof', (body) => altered(body, ['answers', '0', 'choices', '0', 'alpha'], flip)],
    ['no answers', (body) => altered(body, ['answers'], () => [])],
    ['no statement', (body) => JSON.stringify({ ...body, statement: null })],
    ['a statement of nothing', (body) => JSON.stringify({ ...body, statement: {} })],
    [
      'a statement of another ballot',
      (body) => JSON.stringify({ ...body, statement: { ...body.statement, digest: '0'.repeat(64) } }),
    ],
    ['another secret', (body) => JSON.stringify({ ...body, bind: '0'.repeat(64) })],
    ['prototype keys', (body) => JSON.stringify(body).replace('{', '{"__proto__":{"ballot":"x"},')],
  ]

  test.each(cases)('%s is refused by name of the check, and nothing is written', async (_, tamper) => {
    const [link] = await links()
    const answers: { readonly status: number; readonly text: string }[] = []
    const tampering: typeof fetch = async (input, init) => {
      const isCast = String(input instanceof Request ? input.url : input).endsWith('/ballots')
      if (!isCast) return fetch(input, init)
      const body = tamper(JSON.parse(typeof init?.body === 'string' ? init.body : '') as Body) // the client's own
      const response = await fetch(input, { ...init, body })
      answers.push({ status: response.status, text: await response.clone().text() })
      return response
    }
    const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size))
    const cast = await castVote({ origin: demo.address, fetch: tampering, random, link: link ?? '', choose: () => 0 })
    if (_ === 'prototype keys') {
      // Known keys are read, unknown ones are not: at worst the vote that was meant.
      expect(answers[0]?.status).toBeLessThan(500)
      if (cast.kind === 'ok') before = await rows()
      return
    }
    expect(cast.kind).toBe('fail')
    expect(answers.map(({ status }) => status)).not.toContain(201)
    const [answer] = answers
    expect([400, 403, 409, 422]).toContain(answer?.status)
    const problem = JSON.parse(answer?.text ?? '{}') as Readonly<Record<string, unknown>> // looked at on the next lines
    expect(String(problem['title'])).toMatch(/\w+ \w+/)
    expect(['malformed', 'bad-proof', 'not-on-roll', 'wrong-voter']).toContain(problem['code'])
    expect(demo.said()).not.toMatch(/fault [0-9a-f]{8}/)
    expect(await rows()).toEqual(before)
  })
})

test('the server still answers, and its record holds', async () => {
  expect((await ask({ path: '/' })).status).toBe(200)
  const dossier = await ask({ path: `${place.decision}/dossier.json` })
  expect(dossier.status).toBe(200)
})
