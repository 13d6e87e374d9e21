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
import type { Answered, Asked, BallotToCheck, BallotVerdict, RollLines } from './ballot-threads.ts'
import { modexp } from './modexp.ts'
import { endToEnd, exactEntry, valuesOf } from './packed-entry.ts'
import { systemRandom } from './random.ts'

/** Hints are never trusted: what is no base64 gives wrong ones, and the check takes longer. */
const unpacked = (packed: string | undefined): Uint8Array | undefined =>
  packed === undefined ? undefined : new Uint8Array(Buffer.from(packed, 'base64'))

function verdictsOf(election: Election, lines: RollLines, ballots: readonly BallotToCheck[]): readonly BallotVerdict[] {
  const roll: PublicRoll<Element> = { text: '', entries: lines, weightTotal: 0 }
  const hinted = ballots.map(({ text, hints, packed }): HintedBallot => {
    const own = hints ?? unpacked(packed)
    return own === undefined ? { text } : { text, hints: own }
  })
  const quick = new Set<number>()
  const checked = checkBallots(election, roll, hinted, systemRandom, (i) => quick.add(i))
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
  const quickStatements = new Set<number>()
  const held = statementsHold(
    election,
    stated.map(([, statement]) => statement),
    systemRandom,
    (at) => quickStatements.add(stated[at]?.[0] ?? -1),
  )
  const states = new Map(stated.map(([i], at) => [i, held[at] === true]))
  return checked.map((verdict, i): BallotVerdict => {
    const own = states.get(i) ?? verdict.kind === 'ok'
    if (verdict.kind === 'fail') return { verdict, states: own }
    const { answers, ...rest } = verdict.value
    const ballot = ballots[i]
    const packed = ballot?.pack === true ? packBallot(election, ballot.text, rest.digest) : null
    const lean = ok({ ...rest, text: '', answers: ballot?.lean === true ? [] : answers })
    const byHints = { ballot: quick.has(i), statement: quickStatements.has(i) }
    return { verdict: lean, states: own, byHints, ...(packed === null ? {} : { packed }) }
  })
}

const elections = new Map<string, Election>()

/** An election is parsed once a thread. */
function electionOf(text: string): Election {
  const held = elections.get(text)
  if (held !== undefined) return held
  const election = parseElection(text, { modexp, wasm: fastEd25519 })
  assert(election.kind === 'ok', 'whoever asks has parsed the election')
  elections.set(text, election.value)
  return election.value
}

function answerTo(asked: Asked): Answered {
  const { job } = asked
  const election = electionOf(asked.election)
  if (asked.kind === 'keys') return { job, kind: 'keys', keys: asked.texts.map((text) => election.engine.decode(text)) }
  if (asked.kind === 'entries') {
    const values = valuesOf(asked.kept)
    const exact = Array.from({ length: values.length / 2 }, (_, i) => {
      const [bytes, packed] = [values[2 * i], values[2 * i + 1]]
      assert(bytes !== undefined && packed !== undefined, 'an entry and its ballot come in turn')
      return exactEntry(election, { bytes, packed })
    })
    return { job, kind: 'entries', exact: endToEnd(exact) }
  }
  return { job, kind: 'verdicts', verdicts: verdictsOf(election, asked.lines, asked.ballots) }
}

parentPort?.on('message', (asked: Asked) => {
  const answered = answerTo(asked)
  parentPort?.postMessage(answered, answered.kind === 'entries' ? [answered.exact.bytes.buffer] : [])
})
