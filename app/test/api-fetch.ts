import { assert } from '@quorate/kernel'
import { isHttpError, type RequestHandler } from '@sveltejs/kit'
import { personById } from '#lib/features/membership/index.ts'
import { personOfSession, sessionCookie } from '#lib/platform/sessions.ts'
import * as ballots from '../src/routes/api/elections/[uuid]/ballots/+server.ts'
import * as boxPlace from '../src/routes/api/elections/[uuid]/box/[name]/+server.ts'
import * as box from '../src/routes/api/elections/[uuid]/box/+server.ts'
import * as ceremony from '../src/routes/api/elections/[uuid]/ceremony/+server.ts'
import * as identify from '../src/routes/api/elections/[uuid]/identify/+server.ts'
import * as openings from '../src/routes/api/elections/[uuid]/openings/+server.ts'
import * as shuffles from '../src/routes/api/elections/[uuid]/shuffles/+server.ts'
import * as tests from '../src/routes/api/elections/[uuid]/tests/+server.ts'
import * as registrarCodes from '../src/routes/api/registrar/[uuid]/codes/+server.ts'
import * as registrarMailing from '../src/routes/api/registrar/[uuid]/mailing/+server.ts'
import * as registrar from '../src/routes/api/registrar/+server.ts'
import * as dossier from '../src/routes/d/[number]/dossier.json/+server.ts'
import * as view from '../src/routes/api/elections/[uuid]/+server.ts'
import type { Lantern } from './lantern-at.ts'

const routes: readonly (readonly [RegExp, Readonly<Record<string, unknown>>])[] = [
  [/^\/api\/elections\/(?<uuid>[^/]+)$/, view],
  [/^\/api\/elections\/(?<uuid>[^/]+)\/identify$/, identify],
  [/^\/api\/elections\/(?<uuid>[^/]+)\/ballots$/, ballots],
  [/^\/api\/elections\/(?<uuid>[^/]+)\/box$/, box],
  [/^\/api\/elections\/(?<uuid>[^/]+)\/box\/(?<name>[^/]+)$/, boxPlace],
  [/^\/api\/elections\/(?<uuid>[^/]+)\/ceremony$/, ceremony],
  [/^\/api\/elections\/(?<uuid>[^/]+)\/openings$/, openings],
  [/^\/api\/elections\/(?<uuid>[^/]+)\/shuffles$/, shuffles],
  [/^\/api\/elections\/(?<uuid>[^/]+)\/tests$/, tests],
  [/^\/api\/registrar$/, registrar],
  [/^\/d\/(?<number>\d+)\/dossier\.json$/, dossier],
  [/^\/api\/registrar\/(?<uuid>[^/]+)\/codes$/, registrarCodes],
  [/^\/api\/registrar\/(?<uuid>[^/]+)\/mailing$/, registrarMailing],
]

/** A `fetch` that reaches the election API's own routes in this process, cookies and all: the client cannot tell it from a server. */
export const apiFetch =
  (lantern: Lantern): typeof globalThis.fetch =>
  async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const [found] = routes.flatMap(([pattern, route]) => {
      const match = pattern.exec(url.pathname)
      return match === null ? [] : [{ route, params: match.groups ?? {} }]
    })
    assert(found !== undefined, `a route answers ${url.pathname}`)
    const params = Object.fromEntries(Object.entries(found.params).map(([name, value]) => [name, decodeURIComponent(value)]))
    // A Request drops cookies it was given, as a browser's would; the headers as they were handed in have them.
    const sent = new Headers(init?.headers).get('cookie') ?? ''
    const jar = new Map(sent.split('; ').map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]))
    const set: string[] = []
    const cookies = {
      get: (name: string) => jar.get(name),
      set: (name: string, value: string) => set.push(`${name}=${value}; Path=/; HttpOnly`),
      delete: () => undefined,
    }
    const locals = await lantern.locals(null)
    const personId = await personOfSession(locals.db, locals.machine, jar.get(sessionCookie))
    const person = personId === null ? null : await personById(locals.db, personId)
    const handler = found.route[request.method] as RequestHandler | undefined // a route's own export
    assert(handler !== undefined, `the route takes ${request.method}`)
    const event = { params, url, request, cookies, locals: { ...locals, personId, person } } as never
    try {
      const response = await handler(event)
      for (const line of set) response.headers.append('set-cookie', line)
      return response
    } catch (thrown) {
      if (isHttpError(thrown)) return Response.json({ message: thrown.body.message }, { status: thrown.status })
      throw thrown
    }
  }
