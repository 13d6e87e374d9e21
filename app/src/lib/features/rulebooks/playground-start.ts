import address from './playground-worker.ts?worker&url'
import type { PlaygroundAnswer, StartWorker } from './playground-port.ts'

/** Starts the worker from a file of its own. */
export const startPlaygroundWorker: StartWorker = (hear, broke) => {
  const worker = new Worker(address)
  worker.onmessage = ({ data }: MessageEvent<PlaygroundAnswer>) => hear(data)
  worker.onerror = broke
  return { ask: (asked) => worker.postMessage(asked), stop: () => worker.terminate() }
}
