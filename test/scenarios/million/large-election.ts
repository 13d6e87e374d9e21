import { join } from 'node:path'
import { hash } from 'node:crypto'
import { assert, type Result } from '@quorate/kernel'
import {
  electionText,
  engineOf,
  fastEd25519,
  parseElection,
  parseTrustees,
  rehearseCeremony,
  seededRandom,
} from '@quorate/ballots'

/** The value of what must have worked. */
export const good = <T>(result: Result<T, unknown>): T => {
  assert(result.kind === 'ok', result.kind === 'fail' ? JSON.stringify(result.error) : '')
  return result.value
}

/** The files of a large box: what is public about an election, as a verifier reads it. Ballots and their hints stand in shards, in the order of casting. */
export const filesOf = (folder: string) => ({
  election: join(folder, 'election.json'),
  trustees: join(folder, 'trustees.json'),
  roll: join(folder, 'credentials.json'),
  rollHints: join(folder, 'credentials.hints'),
  tally: join(folder, 'tally.json'),
  openings: join(folder, 'openings.json'),
  result: join(folder, 'result.json'),
  ballots: (shard: number) => join(folder, `ballots-${String(shard).padStart(3, '0')}.jsonl`),
  hints: (shard: number) => join(folder, `ballots-${String(shard).padStart(3, '0')}.hints`),
  /** What whoever made the box knows of a shard: keys with their hints, and what its ballots add up to. */
  keys: (shard: number) => join(folder, `made-${String(shard).padStart(3, '0')}.keys`),
  sums: (shard: number) => join(folder, `made-${String(shard).padStart(3, '0')}.json`),
})

/** Ballots of one shard. */
export const shardSize = 10_000
/** Bytes of a hint, and hints of a yes/no ballot: α and β of both places, A of the signature, A and B of five branches. */
export const [hintSize, hintsEach] = [64, 15]

const uuid = 'QuorateGrandBox42'
/** A number of the election that follows from its name and some words: always the same, so that what was begun can be gone on with. */
export const scalarOf = (q: bigint, ...words: readonly (string | number)[]): bigint =>
  BigInt(`0x${hash('sha512', [uuid, ...words].join('|'), 'hex')}`) % q

/** A yes/no election of three trustees, two of whom open it; always the same one. */
export function largeElection() {
  const [group, wasm] = ['Ed25519', fastEd25519] as const
  const engine = engineOf(group, { wasm })
  const ceremony = rehearseCeremony(engine, { uuid, group, size: 3, threshold: 2 }, seededRandom(new Uint8Array(32).fill(42)))
  const trustees = good(parseTrustees(engine, ceremony.file))
  const text = electionText({
    version: 1,
    description: 'A million ballots',
    name: 'Million',
    group,
    public_key: engine.encode(trustees.publicKey),
    questions: [{ answers: ['Yes', 'No'], min: 1, max: 1, question: 'Are you prepared to take part in strike action?' }],
    uuid,
  })
  return { uuid, text, election: good(parseElection(text, { wasm })), ceremony, trustees }
}
