import { fail, type Result } from '@quorate/kernel'
import { type Problem, parseProblem } from './protocol.ts'

/** What the client needs of the world. In the browser these are the worker's own; headless voters and tests bring theirs. */
export type World = {
  /** Scheme, host and port, without a final slash. */
  readonly origin: string
  readonly fetch: typeof globalThis.fetch
  /** `n` fresh bytes from a cryptographic source. */
  readonly random: (n: number) => Uint8Array
  /** Milliseconds of a steady clock, for progress and pauses only: deadlines are the server's. */
  readonly now: () => number
  /** Resolves after a pause. */
  readonly wait: (ms: number) => Promise<void>
}

/** Nothing usable came back: no connection, a fault of the server, or words we cannot read. The caller may send the same bytes again. */
export type NoAnswer = { readonly kind: 'no-answer'; readonly why: string }
/** The server refused, for a reason of the closed list. */
export type Refused = { readonly kind: 'refused'; readonly problem: Problem }

/** One request, one answer: the parsed body of a 2xx, a refusal, or no answer. */
export type Ask = <T>(request: {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
  readonly read: (value: unknown) => Result<T, string>
}) => Promise<Result<T, NoAnswer | Refused>>

/** Pauses before asking again when nothing came back, ms. About eight seconds in all, then the member is asked to press. */
export const pausesMs: readonly number[] = [300, 1000, 2500, 4500]

/** Asks without trying again. Same origin, nothing kept in a cache, redirects refused: the API never redirects. */
export const asker =
  (world: World): Ask =>
  async ({ method, path, body, read }) => {
    let response: Response
    let value: unknown
    try {
      response = await world.fetch(`${world.origin}${path}`, {
        method,
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        cache: 'no-store',
        redirect: 'error',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      value = await response.json()
    } catch {
      return fail({ kind: 'no-answer', why: 'no connection' })
    }
    if (response.ok) {
      const parsed = read(value)
      return parsed.kind === 'ok' ? parsed : fail({ kind: 'no-answer', why: `unreadable answer: ${parsed.error}` })
    }
    if (response.status === 429)
      return fail({ kind: 'refused', problem: { code: 'busy', status: 429, at: null, clause: null, check: null } })
    if (response.status >= 500) return fail({ kind: 'no-answer', why: `status ${response.status}` })
    const problem = parseProblem(response.status, value)
    return problem.kind === 'ok'
      ? fail({ kind: 'refused', problem: problem.value })
      : fail({ kind: 'no-answer', why: `status ${response.status} without a reason we know` })
  }

/**
 * Asks until an answer comes, with the pauses of {@link pausesMs}. Every request of the protocol is safe to repeat: reads change nothing,
 * and the same ballot bytes always get the same receipt.
 */
export const persistent = (world: World, onRetry: (attempt: number) => void = () => {}): Ask => {
  const ask = asker(world)
  return async (request) => {
    for (let attempt = 0; ; attempt++) {
      const answer = await ask(request)
      const pause = pausesMs[attempt]
      const again = answer.kind === 'fail' && (answer.error.kind === 'no-answer' || answer.error.problem.code === 'busy')
      if (!again || pause === undefined) return answer
      onRetry(attempt + 1)
      await world.wait(pause)
    }
  }
}

/** A `fetch` for Node that keeps cookies and says its origin, as a browser does by itself: each headless voter needs its own. */
export function sessionFetch(fetch: typeof globalThis.fetch, origin: string): typeof globalThis.fetch {
  const jar = new Map<string, string>()
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    headers.set('origin', origin)
    const response = await fetch(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (at > 0) jar.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim())
    }
    return response
  }
}
