import { timeStep, type Paper, type Step } from './lock.ts'

declare global {
  interface Window {
    readonly inPage: (step: Step, paper: Paper) => number
    readonly inWorker: (step: Step, paper: Paper) => Promise<number>
  }
}

let worker: Worker | null = null

function inWorker(step: Step, paper: Paper): Promise<number> {
  const own = (worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))
  return new Promise((resolve, reject) => {
    own.onerror = () => reject(new Error('the worker stopped'))
    own.onmessage = ({ data }: MessageEvent<number>) => resolve(data)
    own.postMessage([step, paper])
  })
}

Object.assign(window, { inPage: timeStep, inWorker })
