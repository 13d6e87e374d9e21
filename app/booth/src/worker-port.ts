import type { Order } from './orders.ts'
// `?worker&url` is the one form Vite both bundles and hands over as an address; a bare `new URL('./worker.ts')` copies raw TypeScript.
import address from './worker.ts?worker&url'

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
