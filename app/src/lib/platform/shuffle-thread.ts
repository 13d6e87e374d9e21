import { parentPort } from 'node:worker_threads'
import {
  afterShuffle,
  checkShuffles,
  fastEd25519,
  listCiphertexts,
  parseElection,
  shuffleHints,
  type Election,
} from '@quorate/ballots'
import { assert, fail, ok } from '@quorate/kernel'
import { modexp } from './modexp.ts'
import type { ShufflesAnswered, ShufflesAsked, ShufflesChecked, ShufflesToCheck } from './shuffle-threads.ts'

/** How often whoever waits is told, ms: more often than anybody looks. */
const tellEveryMs = 200

function electionOf(text: string): Election {
  const election = parseElection(text, { modexp, wasm: fastEd25519 })
  assert(election.kind === 'ok', 'whoever asks has parsed the election')
  return election.value
}

function checked(
  { election: text, tally, shuffles }: ShufflesToCheck,
  step: (done: number, total: number) => void,
): ShufflesChecked {
  const election = electionOf(text)
  const before = listCiphertexts(election, tally.ciphertexts)
  const all = checkShuffles(
    election,
    before,
    shuffles.map((each) => ({ text: each })),
    step,
  )
  if (all.kind === 'fail') return fail(all.error)
  const last = all.value.at(-1)
  return last === undefined
    ? ok({ tally, lastShuffleHash: null })
    : ok({ tally: afterShuffle(election, tally, last.rows), lastShuffleHash: last.hash })
}

parentPort?.on('message', (asked: ShufflesAsked) => {
  const tell = (answered: ShufflesAnswered): void => parentPort?.postMessage(answered)
  if (asked.kind === 'hints') {
    tell({ kind: 'hints', hints: shuffleHints(electionOf(asked.election), asked.shuffle) ?? null })
    return
  }
  let told = -Infinity
  const found = checked(asked, (done, total) => {
    const now = performance.now()
    if (now - told < tellEveryMs) return
    told = now
    tell({ kind: 'progress', done, total })
  })
  tell({ kind: 'checked', found })
})
