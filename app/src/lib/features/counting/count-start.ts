import address from './count-worker.ts?worker&url'
import type { WorkAnswer, WorkAsked } from './count-port.ts'

/** A worker as the page sees it. */
export type CountWorker = { readonly ask: (asked: WorkAsked) => void; readonly stop: () => void }

/** Starts the worker from a file of its own: `hear` gets its answers, `broke` is told when it ends by a fault. */
export function startCountWorker(hear: (answer: WorkAnswer) => void, broke: () => void): CountWorker {
  const worker = new Worker(address)
  worker.onmessage = ({ data }: MessageEvent<WorkAnswer>) => hear(data)
  worker.onerror = broke
  return { ask: (asked) => worker.postMessage(asked), stop: () => worker.terminate() }
}
