import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** A thread that takes one question at a time, and the answer to each. */
export type Crew<Q, A> = {
  /** Asks every question of some thread; `heard` is told of each answer, in the order in which they come. */
  readonly all: (questions: readonly Q[], heard: (answer: A) => void) => Promise<void>
  readonly end: () => Promise<void>
}

/** Starts threads of a source in this folder. Rejects what is asked when one of them ends. */
export function crewOf<Q, A>(source: string, threads: number, workerData: unknown): Crew<Q, A> {
  const workers = Array.from({ length: threads }, () => new Worker(join(import.meta.dirname, source), { workerData }))
  const run = (worker: Worker, waiting: Q[], heard: (answer: A) => void): Promise<void> =>
    new Promise((done, fail) => {
      const stop = (): void => void worker.off('message', listen).off('error', fail)
      const next = (): void => {
        const question = waiting.shift()
        if (question === undefined) {
          stop()
          done()
        } else worker.postMessage(question)
      }
      const listen = (answer: A): void => {
        heard(answer)
        next()
      }
      worker.on('message', listen).on('error', fail)
      next()
    })
  return {
    all: async (questions, heard) => {
      const waiting = [...questions]
      await Promise.all(workers.map((worker) => run(worker, waiting, heard)))
    },
    end: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
