import { parentPort } from 'node:worker_threads'
import {
  checkBallots,
  fastEd25519,
  packBallot,
  parseElection,
  statementsHold,
  type Election,
  type Element,
  type HintedBallot,
  type HintedStatement,
  type PublicRoll,
} from '@quorate/ballots'
import { assert, ok } from '@quorate/kernel'
import type { Answered, Asked, BallotToCheck, BallotVerdict } from './ballot-threads.ts'
import { modexp } from './modexp.ts'
import { systemRandom } from './random.ts'

type Box = { readonly election: Election; readonly roll: PublicRoll<Element> }
const boxes = new Map<number, Box>()

/** Hints are never trusted: what is no base64 gives wrong ones, and the check takes longer. */
const unpacked = (packed: string | undefined): Uint8Array | undefined =>
  packed === undefined ? undefined : new Uint8Array(Buffer.from(packed, 'base64'))

function verdictsOf({ election, roll }: Box, ballots: readonly BallotToCheck[]): readonly BallotVerdict[] {
  const hinted = ballots.map(({ text, hints, packed }): HintedBallot => {
    const own = hints ?? unpacked(packed)
    return own === undefined ? { text } : { text, hints: own }
  })
  const checked = checkBallots(election, roll, hinted, systemRandom)
  const stated = ballots.flatMap(({ statement, packedStatement }, i): readonly (readonly [number, HintedStatement])[] => {
    const verdict = checked[i]
    if (verdict?.kind !== 'ok' || statement === undefined) return []
    const { credential, digest } = verdict.value
    const key = roll.entries.get(credential)?.key
    assert(key !== undefined, 'a checked ballot is on the roll')
    const hint = unpacked(packedStatement)
    const claim = { electionHash: election.fingerprint, credential, digest }
    return [[i, { key, claim, statement, ...(hint === undefined ? {} : { hint }) }]]
  })
  const held = statementsHold(
    election,
    stated.map(([, statement]) => statement),
    systemRandom,
  )
  const states = new Map(stated.map(([i], at) => [i, held[at] === true]))
  return checked.map((verdict, i): BallotVerdict => {
    const own = states.get(i) ?? verdict.kind === 'ok'
    if (verdict.kind === 'fail') return { verdict, states: own }
    const { answers, ...rest } = verdict.value
    const ballot = ballots[i]
    const packed = ballot?.pack === true ? packBallot(election, ballot.text) : null
    const lean = ok({ ...rest, text: '', answers: ballot?.lean === true ? [] : answers })
    return packed === null ? { verdict: lean, states: own } : { verdict: lean, states: own, packed }
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
