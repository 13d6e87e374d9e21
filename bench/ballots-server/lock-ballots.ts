import { writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import {
  bindSecretOf,
  credentialOf,
  fastEd25519,
  lockBallot,
  makeCastStatement,
  noPreviousTracker,
  ownHints,
  parseElection,
  parseVotingCode,
} from '@quorate/ballots'
import { systemRandom } from '../../app/src/lib/platform/random.ts'
import { assert, toBase64 } from '@quorate/kernel'

/** Ballots for one thread to lock: who casts them, and the file that takes them. */
export type ToLock = {
  readonly uuid: string
  readonly election: string
  readonly voters: readonly { readonly code: string; readonly cookie: string }[]
  readonly file: string
}

// A thread of the bench: locks a ballot for each voter as their device would, and writes one line for each: cookie, tracker, body.
const { uuid, election: text, voters, file } = workerData as ToLock // handed over by the bench
const election = parseElection(text, { wasm: fastEd25519 })
assert(election.kind === 'ok', 'the election parses')
const lines = voters.map(({ code: typed, cookie }, i) => {
  const code = parseVotingCode(typed)
  assert(code.kind === 'ok', 'the code is one')
  const { engine, fingerprint: electionHash } = election.value
  const { secret, publicKey: credential } = credentialOf(engine, uuid, code.value)
  const locked = lockBallot(election.value, [[i % 2 === 0 ? 1 : 0, i % 2 === 0 ? 0 : 1]], secret, systemRandom)
  assert(locked.kind === 'ok', 'the choice is one')
  const { digest, tracker, text: ballot } = locked.value
  const claim = { electionHash, credential, digest, previous: noPreviousTracker }
  let statementHint = ''
  const statement = makeCastStatement(engine, secret, claim, (A) => {
    statementHint = toBase64(engine.hintsOf?.([A]) ?? new Uint8Array())
  })
  const hints = toBase64(ownHints(election.value, locked.value) ?? new Uint8Array())
  return `${cookie}\t${tracker}\t${JSON.stringify({ ballot, statement, bind: bindSecretOf(uuid, code.value), hints, statementHint })}\n`
})
writeFileSync(file, lines.join(''))
parentPort?.postMessage(lines.length)
