import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type {
  BallotFault,
  CastStatement,
  CheckedBallot,
  Element,
  ElementFault,
  HintedBallot,
  PublicRoll,
  RollEntry,
} from '@quorate/ballots'
import { assert, type Result } from '@quorate/kernel'
import { endToEnd, valuesOf, type EndToEnd, type KeptEntry } from './packed-entry.ts'

/**
 * A ballot to be checked, with the statement it was cast under if that is to be checked too. `packed`, `packedStatement`: hints of the two in
 * base64, as they came. `lean`: its ciphertexts are not wanted back; to hand them over costs about as much as all else that is handed over.
 * `pack`: its packed form is wanted.
 */
export type BallotToCheck = HintedBallot & {
  readonly statement?: CastStatement
  readonly packed?: string
  readonly packedStatement?: string
  readonly lean?: true
  readonly pack?: true
}

/**
 * How a ballot fared. `states`: the cast statement is by the ballot's own key and about this ballot; true where none was given. `packed`: what the
 * ballot's exact text can be had again from; none where it cannot, or nobody asked. `byHints`: which
 * of the two had good hints, so that it had not to be checked strictly; none where no thread
 * was at hand.
 */
export type BallotVerdict = {
  readonly verdict: Result<CheckedBallot, BallotFault>
  readonly states: boolean
  readonly packed?: Uint8Array
  readonly byHints?: { readonly ballot: boolean; readonly statement: boolean }
}

/** The lines of a public roll that some ballots name, by the text of the key: to hand over a roll of 40,000 takes 200 ms. */
export type RollLines = ReadonlyMap<string, RollEntry<Element>>

/**
 * What a thread is told; `election` is its text. `ballots` are checked against `lines`, `texts` are elements to be decoded, `kept` is of each entry
 * its bytes and its packed ballot in turn.
 */
export type Asked = { readonly job: number; readonly election: string } & (
  | { readonly kind: 'check'; readonly lines: RollLines; readonly ballots: readonly BallotToCheck[] }
  | { readonly kind: 'keys'; readonly texts: readonly string[] }
  | { readonly kind: 'entries'; readonly kept: EndToEnd }
)

/** What a thread answers. */
export type Answered = { readonly job: number } & (
  | { readonly kind: 'verdicts'; readonly verdicts: readonly BallotVerdict[] }
  | { readonly kind: 'keys'; readonly keys: readonly Result<Element, ElementFault>[] }
  | { readonly kind: 'entries'; readonly exact: EndToEnd }
)

/** An election and its public roll, as all ballots of one box share them. */
export type BoxToCheck = { readonly election: string; readonly roll: PublicRoll<Element> }

/** Threads that check ballots, and do what else of a whole box would hold up everybody in the thread that serves requests. */
export type BallotThreads = {
  /** Checks a ballot together with others that wait for the same box. Rejects when no thread can be had: check it yourself. */
  readonly check: (box: BoxToCheck, ballot: BallotToCheck) => Promise<BallotVerdict>
  /**
   * The exact bytes of entries whose ballots are kept packed, in their order. `election`: its text, which can be parsed. Rejects like `check`. Some
   * 2 µs an entry here, and 40 µs in a thread.
   */
  readonly entries: (election: string, kept: readonly KeptEntry[]) => Promise<readonly Buffer[]>
  /** Elements of an election's group by their texts, or why they are none. Rejects like `check`. Some 0.2 ms an element in a thread. */
  readonly keys: (election: string, texts: readonly string[]) => Promise<readonly Result<Element, ElementFault>[]>
  /** How many ballots wait or are being checked. */
  readonly pending: () => number
  readonly end: () => Promise<void>
}

/** Ballots that one thread takes at once. More save little for each and make the first of them wait for the last. */
const batchMax = 64

type Waiting = {
  readonly box: BoxToCheck
  readonly ballot: BallotToCheck
  readonly settle: (verdict: BallotVerdict) => void
  readonly spoil: (error: Error) => void
}
/** What one thread does at once. */
type Job = { readonly settle: (answered: Answered) => void; readonly spoil: (error: Error) => void }
/** A job of another kind than ballots to check, not yet given to a thread. */
type Errand = Job & { readonly asked: (job: number) => Asked; readonly transfer: readonly ArrayBuffer[] }
type Thread = { readonly worker: Worker; readonly jobs: Map<number, Job> }

/** Entries and keys of one errand: some ten milliseconds, for which a ballot may have to wait. */
const entriesAtOnce = 256
const keysAtOnce = 64

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
  const errands: Errand[] = []
  let [jobs, pending] = [0, 0]

  const lost = (thread: Thread, error: Error): void => {
    const at = threads.indexOf(thread)
    if (at >= 0) threads.splice(at, 1)
    for (const { spoil } of thread.jobs.values()) spoil(error)
    thread.jobs.clear()
    // What waits would wait for ever if no thread can be started at all.
    if (threads.length === 0) for (const { spoil } of [...waiting.splice(0), ...errands.splice(0)]) spoil(error)
  }
  const started = (): Thread => {
    const worker = new Worker(join(appFolder(), 'src/lib/platform/ballot-thread.ts'))
    worker.unref()
    const thread: Thread = { worker, jobs: new Map() }
    worker.on('message', (answered: Answered) => {
      const own = thread.jobs.get(answered.job)
      thread.jobs.delete(answered.job)
      if (thread.jobs.size === 0) worker.unref()
      own?.settle(answered)
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
  const give = (thread: Thread, job: Job, asked: (job: number) => Asked, transfer: readonly ArrayBuffer[] = []): void => {
    thread.jobs.set(++jobs, job)
    thread.worker.ref()
    thread.worker.postMessage(asked(jobs), transfer)
  }
  const giveBallots = (thread: Thread, first: Waiting): void => {
    const others = waiting.findIndex(({ box }) => box.roll !== first.box.roll)
    const own = waiting.splice(0, Math.min(batch, others < 0 ? waiting.length : others))
    const { election, roll } = first.box
    const ballots = own.map(({ ballot }) => ballot)
    give(thread, verdictsFor(own), (job) => ({ kind: 'check', job, election, lines: linesFor(roll, ballots), ballots }))
  }
  let errandsTurn = false
  const share = (): void => {
    while (waiting.length + errands.length > 0) {
      const thread = free()
      if (thread === undefined) return
      const [first] = waiting
      // In turn where both wait, so that neither holds up the other.
      errandsTurn = !errandsTurn
      const errand = first === undefined || errandsTurn ? errands.shift() : undefined
      if (errand !== undefined) give(thread, errand, errand.asked, errand.transfer)
      // A second job is only worth its wait when it is a full one.
      else if (first === undefined || (thread.jobs.size > 0 && waiting.length < batch)) return
      else giveBallots(thread, first)
    }
  }
  const run = (asked: Errand['asked'], transfer: readonly ArrayBuffer[] = []): Promise<Answered> =>
    new Promise((settle, spoil) => {
      errands.push({ asked, transfer, settle, spoil })
      share()
    })
  let planned = false
  return {
    check: (box, ballot) => {
      pending++
      const verdict = new Promise<BallotVerdict>((settle, spoil) => {
        waiting.push({ box, ballot, settle, spoil })
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
    entries: async (election, kept) => {
      const found = inPieces(kept, entriesAtOnce).map(async (some) => {
        const own = endToEnd(some.flatMap(({ bytes, packed }) => [bytes, packed]))
        const answered = await run((job) => ({ kind: 'entries', job, election, kept: own }), [own.bytes.buffer])
        assert(answered.kind === 'entries', 'a thread answers what it was asked')
        return valuesOf(answered.exact)
      })
      return (await Promise.all(found)).flat()
    },
    keys: async (election, texts) => {
      const found = inPieces(texts, keysAtOnce).map(async (some) => {
        const answered = await run((job) => ({ kind: 'keys', job, election, texts: some }))
        assert(answered.kind === 'keys', 'a thread answers what it was asked')
        return answered.keys
      })
      return (await Promise.all(found)).flat()
    },
    pending: () => pending,
    end: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}

/** The field of a ballot that names its voting key. In a text that is one, nothing before it can be spelt like this. */
const credentialField = '"credential":"'

/** The lines of a roll that ballots name. One that is no ballot may name any line, or none: it is refused for what it is. */
function linesFor({ entries }: PublicRoll<Element>, ballots: readonly BallotToCheck[]): RollLines {
  const lines = new Map<string, RollEntry<Element>>()
  for (const { text } of ballots) {
    const at = text.indexOf(credentialField) + credentialField.length
    const key = text.slice(at, text.indexOf('"', at))
    const line = entries.get(key)
    if (line !== undefined) lines.set(key, line)
  }
  return lines
}

/** Tells those who wait for ballots of one job how each fared. */
const verdictsFor = (own: readonly Waiting[]): Job => ({
  settle: (answered) => {
    assert(answered.kind === 'verdicts', 'a thread answers what it was asked')
    for (const [i, { ballot, settle, spoil }] of own.entries()) {
      const found = answered.verdicts[i]
      if (found === undefined) spoil(new Error('a thread left a ballot out'))
      // The text stays here.
      else if (found.verdict.kind === 'fail') settle(found)
      else settle({ ...found, verdict: { kind: 'ok', value: { ...found.verdict.value, text: ballot.text } } })
    }
  },
  spoil: (error) => {
    for (const { spoil } of own) spoil(error)
  },
})

const inPieces = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
