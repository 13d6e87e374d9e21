import { randomUUID } from 'node:crypto'
import { brotliCompress, constants } from 'node:zlib'
import { promisify } from 'node:util'
import { assert } from '@quorate/kernel'
import type { RequestEvent } from '@sveltejs/kit'
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks'
import { features, migrations } from '#lib/assembly.ts'
import { foundLantern } from '#lib/features/demo/index.ts'
import { personById } from '#lib/features/membership/index.ts'
import { problem, problemTitle, type ProblemStatus } from '#lib/platform/problem.ts'
import { personOfSession, sessionCookie, sessionOpenedAt } from '#lib/platform/sessions.ts'
import { readSettings } from '#lib/platform/settings.ts'
import { startPlatform, type Platform } from '#lib/platform/start.ts'
import { lateSweeps } from '#lib/platform/sweeper.ts'
import { localeOfHeader, parseLocale, type Locale } from '#lib/platform/words.ts'

let platform: Platform | null = null

/** Starts the platform once per process, before the first request. A reason it cannot start ends the process with one sentence. */
export const init: ServerInit = async () => {
  const settings = readSettings(process.env)
  const started =
    settings.kind === 'fail'
      ? settings
      : await startPlatform({
          settings: settings.value,
          features,
          migrations,
          found: foundLantern,
          worker: process.env['QUORATE_WORKER'] !== 'off',
        })
  if (started.kind === 'fail') {
    process.stderr.write(`quorate: ${started.error}\n`)
    process.exit(1)
  }
  platform = started.value
  const { stop } = started.value
  process.once('sveltekit:shutdown' as 'exit', () => void stop()) // adapter-node's own event, which Node's types do not list
}

const lateForMs = 1_000
let late: { readonly at: number; readonly names: Promise<readonly string[]> } | null = null
/** Which sweeps are late, asked at most once a second however many pages want to know. */
function lateNow({ db, machine }: Platform): Promise<readonly string[]> {
  const now = machine.now()
  if (late === null || now - late.at >= lateForMs) late = { at: now, names: lateSweeps(db, machine) }
  return late.names
}

const localeOf = (event: RequestEvent): Locale =>
  parseLocale(event.cookies.get('lang')) ?? localeOfHeader(event.request.headers.get('accept-language'))

async function localsOf(event: RequestEvent, at: Platform): Promise<App.Locals> {
  const work = await at.work()
  const personId = await personOfSession(at.db, at.machine, event.cookies.get(sessionCookie))
  const person = personId === null ? null : await personById(at.db, personId)
  return {
    ...work,
    personId: person?.id ?? null,
    person,
    locale: localeOf(event),
    zone: work.movement.zone,
    features: at.features,
    sweeps: at.sweeps,
    late: await lateNow(at),
    signedInAt: () => sessionOpenedAt(at.db, event.cookies.get(sessionCookie)),
  }
}

const brotli = promisify(brotliCompress)

/** Compresses a page. Quality 5: on a page of 12 KB a third of a millisecond, and within 3% of the best. */
async function compressed(event: RequestEvent, response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? ''
  const accepts = /\bbr\b/.test(event.request.headers.get('accept-encoding') ?? '')
  if (!accepts || !type.startsWith('text/html') || response.headers.has('content-encoding')) return response
  const body = Buffer.from(await response.arrayBuffer())
  const packed = await brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
  const headers = new Headers(response.headers)
  headers.set('content-encoding', 'br')
  headers.set('content-length', String(packed.length))
  headers.append('vary', 'accept-encoding')
  headers.delete('etag')
  return new Response(new Uint8Array(packed), { status: response.status, headers })
}

const malformed: ReadonlySet<number> = new Set([400, 413, 415, 422])

/** Gives every request its clock, its person and its language. */
export const handle: Handle = async ({ event, resolve }) => {
  assert(platform !== null, 'the platform is started before the first request')
  if (/%00/.test(event.url.href)) return problem({ status: 400, title: problemTitle(400) })
  Object.assign(event.locals, await localsOf(event, platform))
  const lang = event.locals.locale === 'en' ? 'en-GB' : 'cy'
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%quorate.lang%', lang),
    preload: ({ type }) => type === 'css',
  })
  if (response.status >= 400 && response.headers.get('content-type') === 'application/json') {
    const body: unknown = await response.json()
    const message: unknown = typeof body === 'object' && body !== null && 'message' in body ? body.message : null
    return problem({
      status: response.status as ProblemStatus, // any status is printed as it is; the type only lists those we choose
      title: problemTitle(response.status),
      ...(typeof message === 'string' ? { detail: message } : {}),
      // A request that does not fit its schema is refused with a code of the closed list, as any other (docs/spec/http.md).
      ...(event.url.pathname.startsWith('/api/') && malformed.has(response.status) ? { code: 'malformed' } : {}),
    })
  }
  // Pages are made for one person and one moment.
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store')
  return compressed(event, response)
}

/** A fault of ours gets a number that finds it in the log, and tells the reader nothing else. */
export const handleError: HandleServerError = (caught) => {
  if (caught.kind !== 'unknown') return { message: caught.error.message }
  const reference = randomUUID().slice(0, 8)
  const { error, event } = caught
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(
    `quorate: fault ${reference} at ${event.request.method} ${event.route.id ?? event.url.pathname}: ${text}\n`,
  )
  return { message: problemTitle(500), reference }
}
