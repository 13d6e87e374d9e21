import { type Ceremony, engineOf, rehearseCeremony, seededRandom, type TrusteeKey } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { sessionFetch, type World } from '../src/http.ts'
import { keepRecord } from '../src/record-evidence.ts'
import { FakeServer, type FakeOptions } from './fake-server.ts'

/** A world whose pauses take no time. `cookie` starts it with a session. */
export function testWorld(server: FakeServer, cookie: string | null = null): World & { readonly pauses: number[] } {
  const pauses: number[] = []
  let clock = 0
  const withCookie: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    if (cookie !== null) headers.set('cookie', cookie)
    return server.fetch(input, { ...init, headers })
  }
  return {
    origin: server.origin,
    fetch: sessionFetch(cookie === null ? server.fetch : withCookie, server.origin),
    random: server.random,
    now: () => (clock += 10),
    wait: (ms) => {
      if (ms > 0) pauses.push(ms)
      return Promise.resolve()
    },
    pauses,
  }
}

// A ceremony takes most of a second, and the same seed always gives the same one.
const ceremonies = new Map<string, Ceremony>()
function rehearsed(of: string, make: () => Ceremony): Ceremony {
  const known = ceremonies.get(of) ?? make()
  ceremonies.set(of, known)
  return known
}

/** A server whose ceremony has been held, open for votes, and the trustees' keys. */
export function openServer(options: FakeOptions = {}): { readonly server: FakeServer; readonly keys: readonly TrusteeKey[] } {
  const server = new FakeServer(options)
  const { group, trustees, threshold } = server.options
  const context = { uuid: server.uuid, group, size: trustees.length, threshold }
  const ceremony = rehearsed(JSON.stringify(context), () =>
    rehearseCeremony(engineOf(group), context, seededRandom(new Uint8Array(32).fill(3))),
  )
  const { certificates, polynomials, keys } = ceremony.messages
  for (const [i, messages] of [certificates, polynomials, keys].entries())
    server.steps.push(...messages.map((message, j) => ({ step: i + 1, index: j + 1, message })))
  // As if each had made the key while the record stood as it does now.
  const record = keepRecord(server.terms())
  assert(record.kind === 'ok', 'the record is signed')
  server.setUp(ceremony.file)
  return { server, keys: ceremony.keys.map((key) => ({ ...key, record: record.value })) }
}
