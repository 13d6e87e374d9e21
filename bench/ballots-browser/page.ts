import { timeLocking, type Timed, type ToTime } from './lock.ts'
import address from './worker.ts?worker&url'

declare global {
  interface Window {
    readonly inPage: (given: ToTime) => Timed
    readonly inWorker: (given: ToTime) => Promise<Timed>
  }
}

/** Loads a worker first, as the booth has when a voter marks the paper, then lets it time. */
function inWorker(given: ToTime): Promise<Timed> {
  const worker = new Worker(address, { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error('the worker stopped'))
    worker.onmessage = ({ data }: MessageEvent<Timed | 'ready'>) => {
      if (data === 'ready') worker.postMessage(given)
      else resolve(data)
    }
  })
}

Object.assign(window, { inPage: timeLocking, inWorker })
