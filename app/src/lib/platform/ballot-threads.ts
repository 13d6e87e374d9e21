import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BallotFault, CastStatement, CheckedBallot, Element, HintedBallot, PublicRoll } from '@quorate/ballots'
import type { Result } from '@quorate/kernel'

/**
 * A ballot to be checked, with the statement it was cast under if that is to be checked too. `packed`, `packedStatement`: hints of the two in
 * base64, as they came. `lean`: its ciphertexts are not wanted back; to hand them over costs about as much as all else that is handed over.
 */
export type BallotToCheck = HintedBallot & {
  readonly statement?: CastStatement
  readonly packed?: string
  readonly packedStatement?: string
  readonly lean?: true
}

/** How a ballot fared. `states`: the cast statement is by the ballot's own key and about this ballot; true where none was given. */
export type BallotVerdict = { readonly verdict: Result<CheckedBallot, BallotFault>; readonly states: boolean }

/** What a thread is told. A box comes before its ballots. */
export type Asked =
  | { readonly kind: 'box'; readonly box: number; readonly election: string; readonly roll: PublicRoll<Element> }
  | { readonly kind: 'check'; readonly job: number; readonly box: number; readonly ballots: readonly BallotToCheck[] }

/** What a thread answers. */
export type Answered = { readonly job: number; readonly verdicts: readonly BallotVerdict[] }

/** An election and its public roll, as all ballots of one box share them. */
export type BoxToCheck = { readonly election: string; readonly roll: PublicRoll<Element> }

/** Threads that check ballots. */
export type BallotThreads = {
  /** Checks a ballot together with others that wait for the same box. Rejects when no thread can be had: check it yourself. */
  readonly check: (box: BoxToCheck, ballot: BallotToCheck) => Promise<BallotVerdict>
  /** How many ballots wait or are being checked. */
  readonly pending: () => number
  readonly end: () => Promise<void>
}

/** Ballots that one thread takes at once. More save little for each and make the first of them wait for the last. */
const batchMax = 64

type Waiting = {
  readonly box: number
  readonly ballot: BallotToCheck
  readonly settle: (verdict: BallotVerdict) => void
  readonly spoil: (error: Error) => void
}
type Thread = { readonly worker: Worker; readonly boxes: Set<number>; readonly jobs: Map<number, readonly Waiting[]> }

/** Jobs a thread holds: one that it works on and one that is there when it ends, so that it never waits for this thread. */
const jobsMax = 2

/** The folder that holds the sources of threads. */
export const appFolder = (): string => process.env['QUORATE_APP_FOLDER'] ?? join(import.meta.dirname, '../../..')

/**
 * Starts up to `count` threads, each when there is work for it. They do not keep a process alive. What waits while all are busy goes to the
 * next free one in one batch, so a lone ballot goes at once and in a surge the batches grow. Hints make a batch some five times faster; a
 * ballot without them, or with bad ones, is checked strictly by its thread.
 */
export function ballotThreads(count = Math.max(1, availableParallelism() - 1), batch = batchMax): BallotThreads {
  const threads: Thread[] = []
  const waiting: Waiting[] = []
  const boxes = new Map<BoxToCheck['roll'], { readonly number: number; readonly box: BoxToCheck }>()
  let [jobs, pending, boxNumber] = [0, 0, 0]

  const lost = (thread: Thread, error: Error): void => {
    const at = threads.indexOf(thread)
    if (at >= 0) threads.splice(at, 1)
    for (const job of thread.jobs.values()) for (const { spoil } of job) spoil(error)
    thread.jobs.clear()
    // What waits would wait for ever if no thread can be started at all.
    if (threads.length === 0) for (const { spoil } of waiting.splice(0)) spoil(error)
  }
  const started = (): Thread => {
    const worker = new Worker(join(appFolder(), 'src/lib/platform/ballot-thread.ts'))
    worker.unref()
    const thread: Thread = { worker, boxes: new Set(), jobs: new Map() }
    worker.on('message', ({ job, verdicts }: Answered) => {
      const own = thread.jobs.get(job) ?? []
      thread.jobs.delete(job)
      if (thread.jobs.size === 0) worker.unref()
      for (const [i, { ballot, settle, spoil }] of own.entries()) {
        const found = verdicts[i]
        if (found === undefined) spoil(new Error('a thread left a ballot out'))
        // The text stays here.
        else if (found.verdict.kind === 'fail') settle(found)
        else settle({ ...found, verdict: { kind: 'ok', value: { ...found.verdict.value, text: ballot.text } } })
      }
      share()
    })
    worker.on('error', (error: unknown) => lost(thread, error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => lost(thread, new Error('a thread ended')))
    threads.push(thread)
    return thread
  }
  const free = (): Thread | undefined => {
    const least = threads.toSorted((a, b) => a.jobs.size - b.jobs.size)[0]
    if (least !== undefined && (least.jobs.size === 0 || threads.length >= count))
      return least.jobs.size < jobsMax ? least : undefined
    return started()
  }
  const share = (): void => {
    while (waiting.length > 0) {
      const thread = free()
      const [first] = waiting
      if (thread === undefined || first === undefined) return
      // A second job is only worth its wait when it is a full one.
      if (thread.jobs.size > 0 && waiting.length < batch) return
      const others = waiting.findIndex(({ box }) => box !== first.box)
      const own = waiting.splice(0, Math.min(batch, others < 0 ? waiting.length : others))
      const known = [...boxes.values()].find(({ number }) => number === first.box)
      if (known !== undefined && !thread.boxes.has(first.box)) {
        thread.worker.postMessage({ kind: 'box', box: first.box, ...known.box } satisfies Asked)
        thread.boxes.add(first.box)
      }
      thread.jobs.set(++jobs, own)
      thread.worker.ref()
      thread.worker.postMessage({
        kind: 'check',
        job: jobs,
        box: first.box,
        ballots: own.map(({ ballot }) => ballot),
      } satisfies Asked)
    }
  }
  let planned = false
  return {
    check: (box, ballot) => {
      const known = boxes.get(box.roll) ?? { number: ++boxNumber, box }
      boxes.set(box.roll, known)
      pending++
      const verdict = new Promise<BallotVerdict>((settle, spoil) => {
        waiting.push({ box: known.number, ballot, settle, spoil })
      })
      // In a later step, so that ballots which come in the same one go together.
      if (!planned) {
        planned = true
        queueMicrotask(() => {
          planned = false
          share()
        })
      }
      return verdict.finally(() => pending--)
    },
    pending: () => pending,
    end: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}
