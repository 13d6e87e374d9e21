import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { companionOf, encryptedTally, openTally, resultText, type EncryptedTally } from '@quorate/ballots'
import { assert, fromHex } from '@quorate/kernel'
import { teller, type Note } from '../union-vote.ts'
import { crewOf } from './in-threads.ts'
import { filesOf, hintSize, largeElection, shardSize } from './large-election.ts'
import type { ShardSums, ToMake } from './make-shard.ts'

/** Numbers of the shards of so many ballots. */
export const shardsOf = (voters: number): readonly number[] =>
  Array.from({ length: Math.ceil(voters / shardSize) }, (_, shard) => shard)

/**
 * Makes a box of so many ballots, one a voter, every third of them No, and all that is public about it. Goes on where an earlier run of the same number
 * stopped.
 */
export async function makeBox(folder: string, voters: number, threads: number, note: Note): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const files = filesOf(folder)
  const { uuid, text, election, ceremony } = largeElection()
  const { engine, fingerprint } = election
  const { q } = engine
  const shares = [1, 3].map((owner) => ceremony.keys[owner - 1]?.share?.secret ?? 0n)
  // Lagrange at 0 of shares 1 and 3: 3/2 and −1/2. Half is (q + 1)/2.
  const key = ((((3n * (shares[0] ?? 0n) - (shares[1] ?? 0n)) * ((q + 1n) / 2n)) % q) + q) % q
  assert(engine.encode(engine.multiplyBaseSecret(key)) === election.message.public_key, 'two shares give the key')
  const generator = fromHex(engine.encode(engine.generator))
  assert(generator.kind === 'ok', 'the generator has a text')
  const toMake: ToMake = { folder, voters, uuid, fingerprint, q, generator: generator.value.reverse(), key }
  const missing = shardsOf(voters).filter((shard) => !existsSync(files.sums(shard)))
  const crew = crewOf<number, number>('make-shard.ts', threads, toMake)
  const told = teller('ballots made', Math.min(voters, missing.length * shardSize), note)
  let made = 0
  try {
    await crew.all(missing, (shard) => told((made += Math.min(shardSize, voters - shard * shardSize))))
  } finally {
    await crew.end()
  }
  writeFileSync(files.election, text)
  writeFileSync(files.trustees, ceremony.file)
  writeRoll(folder, voters)
  writeCount(folder, voters, shares)
}

/** The public roll in its order, and the hint of each key. */
function writeRoll(folder: string, voters: number): void {
  const files = filesOf(folder)
  const each = 32 + hintSize
  const made = Buffer.concat(shardsOf(voters).map((shard) => readFileSync(files.keys(shard))))
  const places = Array.from({ length: voters }, (_, i) => i)
  const keys = places.map((i) => made.toString('hex', i * each, i * each + 32))
  const inOrder = places.sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1))
  writeFileSync(files.roll, JSON.stringify(inOrder.map((i) => keys[i])))
  writeFileSync(files.rollHints, Buffer.concat(inOrder.map((i) => made.subarray(i * each + 32, (i + 1) * each))))
}

/** The sum, two openings with their companions, and the result. */
function writeCount(folder: string, voters: number, shares: readonly bigint[]): void {
  const files = filesOf(folder)
  const { election } = largeElection()
  const { engine, key } = election
  const { q } = engine
  const sums = shardsOf(voters).map((shard) => JSON.parse(readFileSync(files.sums(shard), 'utf8')) as ShardSums) // of our own making
  const votes = [0, 1].map((j) => sums.reduce((total, sum) => total + (sum.votes[j] ?? 0), 0))
  const answers = votes.map((count, j) => {
    const r = sums.reduce((total, sum) => (total + BigInt(sum.r[j] ?? '0')) % q, 0n)
    return {
      alpha: engine.multiplyBaseSecret(r),
      beta: engine.add(engine.multiply(key, r), engine.multiplyBaseSecret(BigInt(count))),
    }
  })
  const tally = sumOf(election, answers, voters)
  const openings = shares.map((secret, i) => {
    const [owner, payload] = [2 * i + 1, openTally(election, tally, secret)]
    const { challenge, response } = companionOf(election, { tally, lastShuffleHash: null, owner, openingText: payload }, secret)
    return { owner, payload, proof: { challenge, response } }
  })
  writeFileSync(files.tally, tally.text)
  writeFileSync(files.openings, JSON.stringify(openings))
  writeFileSync(files.result, resultText({ result: [votes] }))
}

/** The encrypted tally of so many ballots of weight 1 whose ciphertexts add up to these. */
export const sumOf = (
  election: Parameters<typeof encryptedTally>[0],
  sums: EncryptedTally['ciphertexts'][number],
  ballots: number,
): EncryptedTally => ({ ...encryptedTally(election, [{ answers: [sums], weight: 1 }]), ballots, weight: ballots })
