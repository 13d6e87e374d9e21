import type { CodeFault, Event, Choice, Pending } from './booth-state.ts'
import type { TrusteeEvent, TrusteeOrder } from './trustee-state.ts'
// `?worker&url` is the one form Vite both bundles and hands over as an address; a bare `new URL('./worker.ts')` copies raw TypeScript.
import address from './worker.ts?worker&url'

/** What the voting page asks of the worker. The voting code goes in here and is kept nowhere else. */
export type BoothOrder =
  | { readonly kind: 'open'; readonly uuid: string; readonly code: string | null; readonly pending: Pending | null }
  | { readonly kind: 'cast'; readonly choice: Choice }
  | { readonly kind: 'resend' }
  | { readonly kind: 'use-code'; readonly typed: string }

/** Any order. */
export type Order = { readonly page: 'booth'; readonly order: BoothOrder } | { readonly page: 'trustee'; readonly order: TrusteeOrder }

/** What the worker tells a page: events of its state machine. */
export type BoothNews = Extract<Event, { readonly kind: 'opened' | 'progress' | 'sealed' | 'in-box' | 'failed' }>
export type { CodeFault, TrusteeEvent }

type Policy = { createScriptURL(url: string): string }
type Types = { createPolicy(name: string, rules: Policy): Policy }

/** Starts the one worker. `onBroken` is called when it cannot start or stops by a fault. */
export function startWorker(onNews: (news: unknown) => void, onBroken: () => void): (order: Order) => void {
  const types = (globalThis as { trustedTypes?: Types }).trustedTypes // not in every browser, hence not in the DOM's types
  const href = new URL(address, import.meta.url).href
  // Trusted Types: a worker's address is a script sink, so it passes a policy that knows one address only.
  const policy = types?.createPolicy('booth-worker', {
    createScriptURL: (url) => {
      if (url !== href) throw new TypeError('not our worker')
      return url
    },
  })
  const worker = new Worker(policy?.createScriptURL(href) ?? href, { type: 'module' })
  worker.onmessage = (event: MessageEvent<unknown>) => onNews(event.data)
  worker.onerror = onBroken
  worker.onmessageerror = onBroken
  return (order) => worker.postMessage(order)
}
