import {
  afterShuffle,
  checkShuffle,
  isListQuestion,
  listCiphertexts,
  shufflesNeeded,
  type EncryptedTally,
} from '@quorate/ballots'
import type { Evidence, Logged } from './check.ts'
import { textIn } from './citations.ts'
import type { SetUp } from './election-setup.ts'
import { faultOf, type Fault } from './verdict.ts'

/** What is to be opened: the tally, its papers as the last shuffle left them. */
export type Mixed = { readonly fault: null; readonly tally: EncryptedTally; readonly lastShuffleHash: string | null }

/**
 * Every shuffle by a trustee, each of what the one before it left: no paper lost, added or changed, every one encrypted anew. No trustee shuffles
 * twice, and before anything is opened as many have shuffled as could open the box together. A question whose totals alone are opened has nothing to
 * shuffle. Cost: some 3 ms a paper and shuffle in Ed25519 with WebAssembly.
 */
export function checkShuffles(
  { dossier }: Evidence,
  { election, trustees }: SetUp,
  tally: EncryptedTally,
  { shuffles, isOver }: { readonly shuffles: readonly Logged<'shuffle'>[]; readonly isOver: boolean },
): Mixed | { readonly fault: Fault } {
  const hasPapers = election.message.questions.some(isListQuestion)
  const owners = new Set<number>()
  let mixed: Mixed = { fault: null, tally, lastShuffleHash: null }
  for (const { index, body } of shuffles) {
    const { trustee: owner } = body
    const stop = (expected: string, found: string): { readonly fault: Fault } => ({
      fault: faultOf('shuffle-invalid', { entry: index, expected, found }),
    })
    if (!hasPapers) return stop('no shuffle: only totals are opened', `one by ${String(owner)}`)
    if (trustees.keys[owner - 1] === undefined) return stop(`a trustee from 1 to ${String(trustees.keys.length)}`, String(owner))
    if (owners.has(owner)) return stop('one shuffle a trustee', `a second by ${String(owner)}`)
    const before = listCiphertexts(election, mixed.tally.ciphertexts)
    const shuffle = checkShuffle(election, before, textIn(dossier.documents, body.shuffle))
    if (shuffle.kind === 'fail') return stop('a proven shuffle of these papers', JSON.stringify(shuffle.error))
    owners.add(owner)
    const { rows, hash } = shuffle.value
    mixed = { fault: null, tally: afterShuffle(election, mixed.tally, rows), lastShuffleHash: hash }
  }
  const needed = hasPapers ? shufflesNeeded(trustees) : 0
  if (isOver && owners.size < needed) return { fault: faultOf('too-few-shuffles', { expected: needed, found: owners.size }) }
  return mixed
}
