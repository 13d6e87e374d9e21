// A voting page to try by hand or by browser: `node app/booth/test/serve-fake.ts [port]` after a build of the booth. In-memory election,
// real packages, the headers of the real server. Never part of the product.
import { createServer, type ServerResponse } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { FakeServer } from './fake-server.ts'
import { openServer } from './world.ts'
import { castVote } from '../src/headless.ts'

const port = Number(process.argv[2] ?? 4180)
const folder = join(import.meta.dirname, '../../static/booth')
const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  txt: 'text/plain',
}
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types booth-worker"

let fake: FakeServer = openServer({ blank: true }).server
const origin = `http://127.0.0.1:${port}`

async function control(path: string, response: ServerResponse): Promise<void> {
  const url = new URL(path, origin)
  const members = Number(url.searchParams.get('members') ?? '12')
  if (url.pathname === '/fake/new') fake = openServer({ blank: true, members }).server
  if (url.pathname === '/fake/ceremony') fake = new FakeServer()
  if (url.pathname === '/fake/set-up') fake.setUp(fake.trusteesFile ?? '')
  if (url.pathname === '/fake/state') fake.state = url.searchParams.get('is') as typeof fake.state
  if (url.pathname === '/fake/drop') fake.drop = Array.from({ length: Number(url.searchParams.get('n')) }, () => 'after' as const)
  if (url.pathname === '/fake/lie')
    fake.tamper = (p, body) =>
      p === url.searchParams.get('at') ? { ...body, ...(JSON.parse(url.searchParams.get('say') ?? '{}') as object) } : body
  if (url.pathname === '/fake/vote')
    for (let i = 1; i < fake.options.members; i++)
      if (
        (await castVote({ origin: fake.origin, fetch: fake.fetch, random: fake.random, link: fake.link(i), choose: () => i % 2 }))
          .kind === 'fail'
      )
        throw new Error('a demo vote was refused')
  if (url.pathname === '/fake/trustee')
    response.setHeader('set-cookie', `${fake.trusteeCookie(Number(url.searchParams.get('is')))}; Path=/; SameSite=Lax`)
  response.end(
    JSON.stringify({
      link: `${origin}/vote/${fake.uuid}#${fake.codes[Number(url.searchParams.get('who') ?? 0)] ?? ''}`,
      uuid: fake.uuid,
      log: fake.log,
    }),
  )
}

createServer((request, response) => {
  void (async () => {
    const path = request.url ?? '/'
    if (path.startsWith('/fake/')) return control(path, response)
    if (path.startsWith('/api/')) {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const body = Buffer.concat(parts).toString()
      const headers = new Headers({
        cookie: request.headers.cookie ?? '',
        origin: request.headers.origin === origin ? fake.origin : 'other',
      })
      try {
        const answer = await fake.fetch(`${fake.origin}${path}`, {
          method: request.method ?? 'GET',
          headers,
          ...(body === '' ? {} : { body }),
        })
        const cookie = answer.headers.get('set-cookie')
        if (cookie !== null) response.setHeader('set-cookie', cookie)
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
      } catch {
        request.socket.destroy()
      }
      return
    }
    const page = /^\/(vote|trustee)\/([^/?]+)$/.exec(path)
    if (page !== null)
      return void response
        .writeHead(302, { location: `/booth/${page[1] === 'trustee' ? 'trustee.html' : ''}?${page[2] ?? ''}` })
        .end()
    const file = normalize(path.replace(/[?#].*$/, '').replace(/^\/booth\/?/, '') || 'index.html')
    const full = join(folder, file)
    if (!path.startsWith('/booth') || !full.startsWith(folder) || !existsSync(full))
      return void response.writeHead(404).end('not here')
    response
      .writeHead(200, {
        'content-type': `${types[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream'}; charset=utf-8`,
        'content-security-policy': policy,
        'referrer-policy': 'no-referrer',
      })
      .end(readFileSync(full))
  })()
}).listen(port, '127.0.0.1', () => process.stdout.write(`${origin}\n`))
