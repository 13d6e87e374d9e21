import { assert } from '@quorate/kernel'
import { isHttpError, isRedirect } from '@sveltejs/kit'
import type { Lantern } from './lantern.ts'

/** A request of a test: who asks, for what. `from` is the network address it comes from. */
export type Asked = {
  readonly role?: string | null
  readonly params?: Readonly<Record<string, string>>
  readonly search?: string
  /** Fields of a form; one with files is given as the browser makes it. */
  readonly form?: Readonly<Record<string, string>> | FormData
  readonly from?: string
}

/** An event as the server makes one, with only what our routes read. */
export async function eventOf(lantern: Lantern, { role = null, params = {}, search = '', form, from }: Asked): Promise<never> {
  const url = new URL(`http://lantern.test/page${search}`)
  const body = form === undefined ? {} : { method: 'POST', body: form instanceof FormData ? form : new URLSearchParams(form) }
  return {
    params,
    url,
    locals: await lantern.locals(role),
    request: new Request(url, body),
    getClientAddress: () => from ?? '127.0.0.1',
    setHeaders: () => undefined,
  } as never
}

/** What a load, an action or an endpoint came to: a status, its sentence, and the data it gave. */
export async function answerTo(
  lantern: Lantern,
  run: (e: never) => unknown,
  asked: Asked,
): Promise<{ readonly status: number; readonly said: string; readonly data: unknown }> {
  try {
    const given: unknown = await run(await eventOf(lantern, asked))
    if (given instanceof Response) return { status: given.status, said: await given.text(), data: null }
    const failed = typeof given === 'object' && given !== null && 'status' in given && 'data' in given ? given : null
    return failed === null
      ? { status: 200, said: '', data: given }
      : { status: Number(failed.status), said: JSON.stringify(failed.data), data: failed.data }
  } catch (thrown) {
    if (isHttpError(thrown)) return { status: thrown.status, said: thrown.body.message, data: null }
    if (isRedirect(thrown)) return { status: thrown.status, said: thrown.location, data: null }
    throw thrown
  }
}

/** An action of a route's module, by name. */
export const action = (route: { readonly actions: unknown }, name = 'default'): ((e: never) => unknown) => {
  const found = (route.actions as Readonly<Record<string, (e: never) => unknown>>)[name] // the route's own table
  assert(found !== undefined, `the route has the action ${name}`)
  return found
}

/** The load of a route's module. */
export const load = (route: { readonly load: unknown }): ((e: never) => unknown) => route.load as (e: never) => unknown // a load takes an event
