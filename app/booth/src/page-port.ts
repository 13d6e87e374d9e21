import { checkDesk } from './check-worker.ts'
import type { World } from './http.ts'
import type { Order } from './orders.ts'

// The release files stand in for the worker's address with this module: a file opened from disk may start no worker of its own.
const world: World = {
  origin: 'null',
  // Nothing leaves a page opened from disk; its own policy forbids it too.
  fetch: () => Promise.reject(new TypeError('a page from disk asks no server')),
  random: (n) => crypto.getRandomValues(new Uint8Array(n)),
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}

/** Does the worker's work in the page itself, one order after another. */
export function startWorker(onNews: (news: unknown) => void, onBroken: () => void): (order: Order) => void {
  const desk = checkDesk(world, onNews)
  let turn: Promise<void> = Promise.resolve()
  return ({ page, order }) => {
    turn = turn.then(() => (page === 'check' ? desk.take(order) : onBroken())).catch(onBroken)
  }
}
