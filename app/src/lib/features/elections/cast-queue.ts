import { fail } from '@quorate/kernel'
import { signHead, type SignedHead } from '#lib/features/record/index.ts'
import type { Work } from '#lib/platform/feature.ts'
import { areOwnKeys, closingOf } from './box.ts'
import { putTogether, type Candidate, type Put } from './cast-together.ts'
import { keepHints } from './hints.ts'
import type { ElectionTable, HintTable } from './tables.ts'

/** How a queued ballot fared; and when it went in, the checkpoint over it and when the box closes. */
export type Queued = { readonly put: Put; readonly head: SignedHead | null; readonly closesAt: number }

type Waiting = {
  readonly candidate: Candidate
  readonly settle: (queued: Queued) => void
  readonly spoil: (error: unknown) => void
}
/** `settled`: ends when every batch that went in has its checkpoint; it never fails. */
type Queue = { readonly waiting: Waiting[]; running: boolean; settled: Promise<void> }

// One queue a box and process. While one batch is on its way to the disk the next collects, so nobody waits for a timer: a single voter
// goes at once, and in a surge the batches grow until the disk keeps up.
const queues = new Map<string, Queue>()

/** Ballots that go in together. Larger ones held the lock for longer than they saved. */
const batchMax = 256
/** Ballots that may wait in one process. At 1,000 a second the last of them would wait four seconds. */
const waitingMax = 4_000

/** Puts a ballot in the box with others that came at the same time. Null when too many wait: nothing was written, and the device tries again. */
export function enqueue(work: Work, election: ElectionTable, candidate: Candidate): Promise<Queued> | null {
  const key = `${work.settings.databaseUrl} ${String(election.decision)}`
  const queue = queues.get(key) ?? { waiting: [], running: false, settled: Promise.resolve() }
  queues.set(key, queue)
  if (queue.waiting.length >= waitingMax) return null
  return new Promise((settle, spoil) => {
    queue.waiting.push({ candidate, settle, spoil })
    if (queue.running) return
    queue.running = true
    void drain(work, election, queue)
  })
}

async function drain(work: Work, election: ElectionTable, queue: Queue): Promise<void> {
  while (queue.waiting.length > 0) {
    const batch = queue.waiting.splice(0, batchMax)
    try {
      const candidates = batch.map(({ candidate }) => candidate)
      const put = await putOwn(work, election, candidates)
      // The next batch goes in while this one's checkpoint is signed and flushed.
      queue.settled = queue.settled.then(() => settleAll(work, election, batch, put))
    } catch (error) {
      for (const { spoil } of batch) spoil(error)
    }
  }
  // In the same step as the last look at the queue, or a ballot that came in between would wait for nobody.
  queue.running = false
}

/**
 * Tells each of a batch how it fared. After the commit: a receipt names a checkpoint over what is on the disk. One signature for the batch,
 * or for this and those that have gone in since.
 */
async function settleAll(work: Work, election: ElectionTable, batch: readonly Waiting[], put: readonly Put[]): Promise<void> {
  try {
    const isIn = put.some(({ kind }) => kind === 'ok')
    const head = isIn ? await signHead(work) : null
    const closesAt = isIn ? ((await closingOf(work.db, election.decision)) ?? 0) : 0
    for (const [i, { settle }] of batch.entries()) {
      const own = put[i]
      if (own !== undefined) settle({ put: own, head, closesAt })
    }
    keepHints(
      work.db,
      batch.flatMap(({ candidate: { hints } }, i): readonly HintTable[] => {
        const own = put[i]
        if (own?.kind !== 'ok' || hints === undefined) return []
        return [{ decision: own.value.decision, position: own.value.position, packed: hints }]
      }),
    )
  } catch (error) {
    for (const { spoil } of batch) spoil(error)
  }
}

/** Puts in those whose voting key is their sender's own; a stolen code cannot be bound to the thief's login. */
async function putOwn(work: Work, election: ElectionTable, candidates: readonly Candidate[]): Promise<readonly Put[]> {
  const claims = candidates.map(({ ballot, bind, personId }) => ({ votingKey: ballot.credential, bind, personId }))
  const own = await areOwnKeys(work.db, election, claims)
  const put = (
    await putTogether(
      work,
      election,
      candidates.filter((_, i) => own[i]),
    )
  ).values()
  return own.map((isOwn): Put => {
    const next = isOwn ? put.next().value : undefined
    return next ?? fail({ kind: 'wrong-voter' })
  })
}
