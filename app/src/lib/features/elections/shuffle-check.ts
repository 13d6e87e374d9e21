import { afterShuffle, checkShuffles, listCiphertexts, type EncryptedTally } from '@quorate/ballots'
import { fail, ok, type Result } from '@quorate/kernel'
import {
  shuffleThread,
  type ShufflesChecked,
  type ShuffleStep,
  type ShufflesToCheck,
  type ShufflesUnchecked,
  type ShuffleThread,
} from '#lib/platform/shuffle-threads.ts'
import { electionOf } from './engine.ts'

/** What is to be opened, and the hash of the last shuffle that led to it; null where nothing was shuffled. */
export type Mixed = { readonly tally: EncryptedTally; readonly lastShuffleHash: string | null; readonly turns: number }

/** A trustee's shuffle that is being checked, or waits for that: elements read so far, of how many. */
export type ShuffleUnderway = { readonly place: number; readonly done: number; readonly all: number }

let thread: ShuffleThread | null = null

/** Checks shuffles beside this thread; where points cannot be handed over, here. `surely`: however many wait. */
async function aside(
  asked: ShufflesToCheck,
  step: ShuffleStep | undefined,
  surely: boolean,
): Promise<Result<ShufflesChecked, ShufflesUnchecked>> {
  const { engine } = electionOf(asked.election)
  // noble's points would lose what they are.
  if (engine.name === 'Ed25519' && engine.bulk === undefined) return ok(here(asked))
  thread ??= shuffleThread()
  return thread.check(asked, step, surely)
}

function here({ election: text, tally, shuffles }: ShufflesToCheck): ShufflesChecked {
  const election = electionOf(text)
  const texts = shuffles.map((each) => ({ text: each }))
  const all = checkShuffles(election, listCiphertexts(election, tally.ciphertexts), texts)
  if (all.kind === 'fail') return all
  const last = all.value.at(-1)
  return ok({
    tally: last === undefined ? tally : afterShuffle(election, tally, last.rows),
    lastShuffleHash: last?.hash ?? null,
  })
}

/** What shuffles left of what those before had left. The error names the one that is none, or says why nothing was checked. */
async function mixedBy(
  election: string,
  { tally, lastShuffleHash, turns }: Mixed,
  shuffles: readonly string[],
  step: ShuffleStep | undefined,
  surely: boolean,
): Promise<Result<Mixed, ShufflesUnchecked | { readonly check: string }>> {
  const checked = await aside({ election, tally, shuffles }, step, surely)
  if (checked.kind === 'fail') return checked
  const found = checked.value
  if (found.kind === 'fail') return fail({ check: found.error.fault.kind })
  return ok({
    tally: found.value.tally,
    lastShuffleHash: found.value.lastShuffleHash ?? lastShuffleHash,
    turns: turns + shuffles.length,
  })
}

/** Follows shuffles that are on the record, however many others wait to be checked. Throws when that could not be done. */
export async function followed(election: string, mixed: Mixed, shuffles: readonly string[]): Promise<Mixed> {
  if (shuffles.length === 0) return mixed
  const done = await mixedBy(election, mixed, shuffles, undefined, true)
  if (done.kind === 'ok') return done.value
  throw new Error(
    typeof done.error === 'string'
      ? `the shuffles on the record were not checked: ${done.error}`
      : `a shuffle on the record does not hold: ${done.error.check}`,
  )
}

/** Hints for a shuffle that holds, made in a thread that ends with them; null where the group has no use for them, or there were none to be had. */
export async function hintsOfShuffle(election: string, shuffle: string): Promise<readonly Uint8Array[] | null> {
  if (electionOf(election).engine.hintsOf === undefined) return null
  const own = shuffleThread()
  try {
    const made = await own.hints({ election, shuffle })
    return made.kind === 'ok' ? made.value : null
  } finally {
    await own.end()
  }
}

const underway = new Map<number, ShuffleUnderway>()

/** The shuffle of a decision that this process is checking; null where none is. */
export const shuffleUnderway = (decision: number): ShuffleUnderway | null => underway.get(decision) ?? null

/** Checks what a trustee sent; meanwhile {@link shuffleUnderway} tells how far that has come. */
export async function checkSent(
  { decision, place, election }: { readonly decision: number; readonly place: number; readonly election: string },
  mixed: Mixed,
  shuffle: string,
): ReturnType<typeof mixedBy> {
  underway.set(decision, { place, done: 0, all: 0 })
  try {
    return await mixedBy(election, mixed, [shuffle], (done, all) => underway.set(decision, { place, done, all }), false)
  } finally {
    underway.delete(decision)
  }
}
