import {
  checkResult,
  combineResult,
  credentialOf,
  electionText,
  encryptedTally,
  engineOf,
  fastEd25519,
  issueCodes,
  lockBallot,
  openBox,
  openTally,
  checkOpening,
  ownHints,
  parseElection,
  parsePublicRoll,
  parseTrustees,
  publicRollText,
  rehearseCeremony,
  resultText,
  seededRandom,
  type HintedBallot,
  type OwnedOpening,
} from '@quorate/ballots'
import { assert, type Result } from '@quorate/kernel'
import { availableParallelism } from 'node:os'
import { ballotThreads } from '../../app/src/lib/platform/ballot-threads.ts'

const good = <T>(result: Result<T, unknown>): T => {
  assert(result.kind === 'ok', result.kind === 'fail' ? JSON.stringify(result.error) : '')
  return result.value
}

/** Hears a line that is worth keeping. */
export type Note = (line: string) => void
/** A number as it is read. */
export const figure = (n: number): string => n.toLocaleString('en-GB')

/** Tells every tenth of the way how far it has come. */
export function teller(what: string, total: number, note: Note): (done: number) => void {
  const began = performance.now()
  let told = 0
  return (done) => {
    const tenth = Math.floor((10 * done) / total)
    if (tenth === told) return
    told = tenth
    const seconds = (performance.now() - began) / 1000
    process.stdout.write(`${what}: ${figure(done)} of ${figure(total)}, ${seconds.toFixed(0)} s\n`)
    if (tenth === 10)
      note(`${what}: ${figure(total)} in ${seconds.toFixed(0)} s, ${figure(Math.round(total / seconds))} a second`)
  }
}

/**
 * A union's yes/no vote: every ballot locked as a device does, checked in threads with the hints it came with, and the box tallied, opened by two
 * trustees of three, and its result verified. Every third voter says no. Gives the result.
 */
export async function unionVote(voters: number, note: Note): Promise<readonly unknown[]> {
  const random = seededRandom(new Uint8Array(32).fill(42))
  const wasm = fastEd25519
  const [uuid, group] = ['QuorateUnion42', 'Ed25519'] as const
  const engine = engineOf(group, { wasm })
  const ceremony = rehearseCeremony(engine, { uuid, group, size: 3, threshold: 2 }, random)
  const trustees = good(parseTrustees(engine, ceremony.file))
  const { codes, roll: lines } = issueCodes(engine, uuid, voters, random)
  const text = electionText({
    version: 1,
    description: 'Strike ballot',
    name: 'Union',
    group,
    public_key: engine.encode(trustees.publicKey),
    questions: [{ answers: ['Yes', 'No'], min: 1, max: 1, question: 'Are you prepared to take part in strike action?' }],
    uuid,
  })
  const election = good(parseElection(text, { wasm }))
  const roll = good(parsePublicRoll(engine, publicRollText(lines)))

  const cast = teller('ballots locked, on one core', voters, note)
  const ballots: HintedBallot[] = []
  for (const [i, code] of codes.entries()) {
    const choice = i % 3 === 0 ? [0, 1] : [1, 0]
    const locked = good(lockBallot(election, [choice], credentialOf(engine, uuid, code).secret, random))
    const hints = ownHints(election, locked)
    ballots.push({ text: locked.text, ...(hints === undefined ? {} : { hints }) })
    cast(i + 1)
  }

  const threads = availableParallelism()
  const pool = ballotThreads(threads, 1024)
  const verified = teller(`ballots verified with hints, in ${String(threads)} threads`, voters, note)
  const box = openBox()
  // Some thousands at once: their points are handed over, and must not all wait in memory.
  for (let from = 0; from < ballots.length; from += 8192) {
    const some = ballots.slice(from, from + 8192)
    const verdicts = await Promise.all(some.map((ballot) => pool.check({ election: text, roll }, ballot)))
    for (const { verdict } of verdicts) good(box.admit(good(verdict)))
    verified(from + some.length)
  }
  await pool.end()

  const began = performance.now()
  const tally = encryptedTally(election, box.counted())
  const openings = [1, 3].map((owner): OwnedOpening => {
    const key = trustees.keys[owner - 1]
    const share = ceremony.keys[owner - 1]?.share
    assert(key !== undefined && share != null, 'a trustee has a key and a share')
    return { owner, opening: good(checkOpening(election, tally, key, openTally(election, tally, share.secret))) }
  })
  const result = good(combineResult(election, trustees, tally, openings))
  good(checkResult(election, trustees, tally, openings, resultText(result)))
  note(`tally, two openings and the result: ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return result.result
}
