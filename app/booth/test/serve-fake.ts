// The built pages before an in-memory election with the real packages, under the headers of the real server: for browser tests of states
// that the demonstration does not reach (a lying server, no connection, a ballot that has closed).
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { boothPages, headersFor } from '../../cli/door.ts'
import type { FakeServer } from './fake-server.ts'

const built = join(import.meta.dirname, '../../static')
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', woff2: 'font/woff2', txt: 'text/plain' }

/** A running page server; `fake` may be exchanged between tests. */
export type Served = { readonly address: string; fake: FakeServer; readonly close: () => void }

async function answerApi(served: Served, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer) // http gives bytes unless told an encoding
  const body = Buffer.concat(parts).toString()
  const { fake } = served
  const ours = request.headers.origin === served.address ? fake.origin : 'http://elsewhere.test'
  const headers = new Headers({ cookie: request.headers.cookie ?? '', origin: ours })
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
}

function answerFile(path: string, response: ServerResponse): void {
  const file = normalize(join(built, path))
  if (!path.startsWith('/booth/') || !file.startsWith(built) || !existsSync(file)) {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Home</title>')
    return
  }
  response.writeHead(200, { 'content-type': types[file.split('.').at(-1) ?? ''] ?? 'text/html' }).end(readFileSync(file))
}

/** Serves the built booth in front of `fake` on a free port of this machine. */
export async function serveFake(fake: FakeServer): Promise<Served> {
  const pages = boothPages(join(built, 'booth'))
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    const path = url.split('?')[0] ?? '/'
    for (const [name, value] of headersFor(path, false)) response.setHeader(name, value)
    if (url.startsWith('/api/')) void answerApi(served, url, request, response)
    else if (!pages.serve(path, request, response)) answerFile(path, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on a port, so never a pipe's name
  const served: Served = { address: `http://127.0.0.1:${String(port)}`, fake, close: () => server.close() }
  return served
}
