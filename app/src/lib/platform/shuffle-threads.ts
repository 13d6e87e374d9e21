import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { EncryptedTally, ShuffleFault } from '@quorate/ballots'
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { appFolder } from './ballot-threads.ts'

/** Shuffles that follow each other, and the tally whose papers the first of them took. */
export type ShufflesToCheck = { readonly election: string; readonly tally: EncryptedTally; readonly shuffles: readonly string[] }

/** What they left to be opened, and the hash of the last; or which of them is none, counted from 0, and why. */
export type ShufflesChecked = Result<
  { readonly tally: EncryptedTally; readonly lastShuffleHash: string | null },
  { readonly at: number; readonly fault: ShuffleFault }
>

/** What the thread is told: to check shuffles, or to make the hints of one that holds. */
export type ShufflesAsked =
  ({ readonly kind: 'check' } & ShufflesToCheck) | { readonly kind: 'hints'; readonly election: string; readonly shuffle: string }

/** What the thread says. `hints`: null where the text is no shuffle of elements. */
export type ShufflesAnswered =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'checked'; readonly found: ShufflesChecked }
  | { readonly kind: 'hints'; readonly hints: readonly Uint8Array[] | null }

/** Why shuffles were not checked. `busy`: too many wait. `lost`: the thread ended twice over them. `stopped`: the server is going down. */
export type ShufflesUnchecked = 'busy' | 'lost' | 'stopped'

/** Hears how many elements were read, of how many. The check goes on for a while after the last. */
export type ShuffleStep = (done: number, total: number) => void

/** The thread that checks shuffles. */
export type ShuffleThread = {
  /** Checks shuffles when those asked before are done. `surely`: however many wait. */
  readonly check: (
    asked: ShufflesToCheck,
    step?: ShuffleStep,
    surely?: boolean,
  ) => Promise<Result<ShufflesChecked, ShufflesUnchecked>>
  /** Hints of a shuffle that holds, made when what was asked before is done. Some 1.5 ms a paper. */
  readonly hints: (asked: {
    readonly election: string
    readonly shuffle: string
  }) => Promise<Result<readonly Uint8Array[] | null, ShufflesUnchecked>>
  /** How many wait or are being checked. */
  readonly pending: () => number
  /** Ends the thread. Whoever waits is told so. */
  readonly end: () => Promise<void>
}

/** Shuffles that may wait. Each is as long as a box; more trustees than these do not shuffle at once. */
const waitingMax = 8
/** A thread that ended over a job may have been ended by something else; one that ends again over the same job was ended by it. */
const triesMax = 2

type Done = Exclude<ShufflesAnswered, { readonly kind: 'progress' }>
type Job = {
  readonly asked: ShufflesAsked
  readonly step: ShuffleStep
  readonly settle: (done: Result<Done, ShufflesUnchecked>) => void
  tries: number
}

/**
 * Starts a thread when there is a shuffle to check. One of its own, beside those that check ballots: a shuffle of thousands of papers takes seconds, and
 * no ballot of another box should wait for it. It keeps no process alive: nothing is on the record before a shuffle was checked, and after a stop the
 * trustee sends it again.
 */
export function shuffleThread(max = waitingMax): ShuffleThread {
  const jobs: Job[] = []
  let worker: Worker | null = null
  let isStopped = false

  const settleFirst = (done: Result<Done, ShufflesUnchecked>): void => {
    jobs.shift()?.settle(done)
    begin()
  }
  const lost = (own: Worker): void => {
    // Both an error and the end that follows it come here.
    if (worker !== own) return
    worker = null
    const [first] = jobs
    if (first !== undefined && first.tries >= triesMax) settleFirst(fail('lost'))
    else begin()
  }
  const started = (): Worker => {
    const own = new Worker(join(appFolder(), 'src/lib/platform/shuffle-thread.ts'))
    own.unref()
    own.on('message', (answered: ShufflesAnswered) => {
      if (answered.kind === 'progress') jobs[0]?.step(answered.done, answered.total)
      else settleFirst(ok(answered))
    })
    own.on('error', () => lost(own))
    own.on('exit', () => lost(own))
    return own
  }
  const begin = (): void => {
    const [first] = jobs
    if (first === undefined || isStopped) return
    first.tries++
    worker ??= started()
    worker.postMessage(first.asked)
  }
  const done = (asked: ShufflesAsked, step: ShuffleStep, surely: boolean): Promise<Result<Done, ShufflesUnchecked>> => {
    if (isStopped) return Promise.resolve(fail('stopped'))
    if (!surely && jobs.length >= max) return Promise.resolve(fail('busy'))
    return new Promise((settle) => {
      jobs.push({ asked, step, settle, tries: 0 })
      if (jobs.length === 1) begin()
    })
  }
  return {
    check: async (asked, step = () => undefined, surely = false) => {
      const found = await done({ kind: 'check', ...asked }, step, surely)
      if (found.kind === 'fail') return found
      assert(found.value.kind === 'checked', 'the thread answers what it was asked')
      return ok(found.value.found)
    },
    hints: async (asked) => {
      const made = await done({ kind: 'hints', ...asked }, () => undefined, false)
      if (made.kind === 'fail') return made
      assert(made.value.kind === 'hints', 'the thread answers what it was asked')
      return ok(made.value.hints)
    },
    pending: () => jobs.length,
    end: async () => {
      isStopped = true
      for (const { settle } of jobs.splice(0)) settle(fail('stopped'))
      await worker?.terminate()
    },
  }
}
