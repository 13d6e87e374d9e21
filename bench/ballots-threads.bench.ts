import {
  credentialOf,
  electionText,
  engineOf,
  fastEd25519,
  issueCodes,
  lockBallot,
  ownHints,
  parseElection,
  parsePublicRoll,
  publicRollText,
  seededRandom,
  type AnyQuestion,
  type HintedBallot,
} from '@quorate/ballots'
import { assert, type Result } from '@quorate/kernel'
import { ballotThreads } from '../app/src/lib/platform/ballot-threads.ts'
import type { Bench, Case } from '../tools/measure.ts'

const good = <T>(result: Result<T, unknown>): T => {
  assert(result.kind === 'ok', result.kind === 'fail' ? JSON.stringify(result.error) : '')
  return result.value
}
const uuid = 'QuorateThread42'
const question: AnyQuestion = { answers: ['Yes', 'No'], min: 1, max: 1, question: 'Adopt?' }

/** A box of yes/no ballots with their hints, checked by one to four threads, in whole boxes and as they come in to a server. */
export default function threadsBench(): Bench {
  const random = seededRandom(new Uint8Array(32).fill(5))
  const engine = engineOf('Ed25519', { wasm: fastEd25519 })
  const public_key = engine.encode(engine.multiplyBaseSecret(4711n))
  const text = electionText({
    version: 1,
    description: '',
    name: 'Bench',
    group: 'Ed25519',
    public_key,
    questions: [question],
    uuid,
  })
  const election = good(parseElection(text, { wasm: fastEd25519 }))
  const { codes, roll: lines } = issueCodes(engine, uuid, 2048, random)
  const roll = good(parsePublicRoll(engine, publicRollText(lines)))
  const ballots = codes.map((code, i): HintedBallot => {
    const { secret } = credentialOf(engine, uuid, code)
    const locked = good(lockBallot(election, [[i % 2, 1 - (i % 2)]], secret, random))
    const hints = ownHints(election, locked)
    return { text: locked.text, ...(hints === undefined ? {} : { hints }) }
  })
  const pools: ReturnType<typeof ballotThreads>[] = []
  const caseOf = (threads: number, batch: number): Case => {
    const pool = ballotThreads(threads, batch)
    pools.push(pool)
    return {
      name: `${String(threads)} ${threads === 1 ? 'thread' : 'threads'}, ${String(batch)} ballots at a time`,
      operations: ballots.length,
      run: async () => {
        const verdicts = await Promise.all(ballots.map((ballot) => pool.check({ election: text, roll }, ballot)))
        assert(
          verdicts.every(({ verdict }) => verdict.kind === 'ok'),
          'every ballot is valid',
        )
      },
    }
  }
  return {
    title: 'Ballots in threads',
    about:
      'A box of 2,048 yes/no ballots with hints, checked in worker threads, what they found handed back; the operation is one ballot. In a whole box 512 go together, at a server as many as wait, 64 at most. Goal: a million on four cores in two minutes, 8,400 a second.',
    cases: [caseOf(1, 512), caseOf(2, 512), caseOf(4, 512), caseOf(3, 64)],
    end: () => Promise.all(pools.map((pool) => pool.end())),
  }
}
