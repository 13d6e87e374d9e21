import { parentPort } from 'node:worker_threads'
import {
  checkBallots,
  fastEd25519,
  parseElection,
  statementHolds,
  type Election,
  type Element,
  type HintedBallot,
  type PublicRoll,
} from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import type { Answered, Asked, BallotToCheck, BallotVerdict } from './ballot-threads.ts'
import { modexp } from './modexp.ts'
import { systemRandom } from './random.ts'

type Box = { readonly election: Election; readonly roll: PublicRoll<Element> }
const boxes = new Map<number, Box>()

function verdictsOf({ election, roll }: Box, ballots: readonly BallotToCheck[]): readonly BallotVerdict[] {
  const hinted = ballots.map(({ text, hints, packed }): HintedBallot => {
    // Hints are never trusted: what is no base64 gives wrong ones, and the check takes longer.
    const unpacked = packed === undefined ? hints : new Uint8Array(Buffer.from(packed, 'base64'))
    return unpacked === undefined ? { text } : { text, hints: unpacked }
  })
  const checked = checkBallots(election, roll, hinted, systemRandom)
  return checked.map((verdict, i): BallotVerdict => {
    const statement = ballots[i]?.statement
    if (verdict.kind === 'fail' || statement === undefined) return { verdict, states: verdict.kind === 'ok' }
    const { credential, digest } = verdict.value
    const key = roll.entries.get(credential)?.key
    assert(key !== undefined, 'a checked ballot is on the roll')
    const claim = { electionHash: election.fingerprint, credential, digest }
    return { verdict, states: statementHolds(election.engine, key, claim, statement) }
  })
}

parentPort?.on('message', (asked: Asked) => {
  if (asked.kind === 'box') {
    const election = parseElection(asked.election, { modexp, wasm: fastEd25519 })
    assert(election.kind === 'ok', 'whoever asks has parsed the election')
    boxes.set(asked.box, { election: election.value, roll: asked.roll })
    return
  }
  const box = boxes.get(asked.box)
  assert(box !== undefined, 'a box is named before its ballots')
  const answered: Answered = { job: asked.job, verdicts: verdictsOf(box, asked.ballots) }
  parentPort?.postMessage(answered)
})
