import { sha256 } from '@noble/hashes/sha2.js'
import { assert, concatBytes, uintBytes, uintOf, utf8 } from '@quorate/kernel'
import { indexFromWord } from './arithmetic.ts'

/**
 * One full order of the candidates, each index once, drawn once per contest and used for every tie that the rule leaves to lot. Earlier
 * is preferred: the earlier of two is kept rather than excluded, and its surplus is transferred first.
 */
export type LotOrder = readonly number[]

/** What the seed is bound to, so that nobody could have drawn again or chosen after seeing the ballots. */
export type LotSeedFields = {
  readonly contest: string
  /** Commitment to the frozen roll. */
  readonly roll: Uint8Array
  /** Fingerprint of the closed set of ballots. */
  readonly ballotSet: Uint8Array
  /** The public source of randomness, and its round, named before polls open. */
  readonly beacon: string
  readonly round: number
  readonly output: Uint8Array
}

/** Each field after its length in 4 bytes, big-endian: no two different lists of fields give the same bytes. */
const prefixed = (fields: readonly Uint8Array[]): Uint8Array =>
  concatBytes(...fields.flatMap((field) => [uintBytes(BigInt(field.length), 4), field]))

/**
 * The 32-byte seed of a contest's lot: SHA-256 over the length-prefixed fields `quorate/lot/v1`, contest, roll, ballot set, beacon,
 * round (8 bytes, big-endian) and output, in this order.
 */
export function lotSeed(fields: LotSeedFields): Uint8Array {
  const { contest, roll, ballotSet, beacon, round, output } = fields
  assert(Number.isSafeInteger(round) && round >= 0, 'a beacon round is a whole number')
  return sha256(
    prefixed([utf8('quorate/lot/v1'), utf8(contest), roll, ballotSet, utf8(beacon), uintBytes(BigInt(round), 8), output]),
  )
}

/** The seed from words agreed in public (dice, tellers' numbers): SHA-256 over the length-prefixed `quorate/lot/words/v1` and words. */
export const lotSeedOfWords = (words: string): Uint8Array => sha256(prefixed([utf8('quorate/lot/words/v1'), utf8(words)]))

/**
 * The order a seed gives: Fisher–Yates over 0 … candidates − 1 from the last place down. The word for each attempt is SHA-256(seed,
 * counter) with an 8-byte big-endian counter from 0, read as a 256-bit number; a word that would favour anyone is passed over.
 */
export function lotOrder(seed: Uint8Array, candidates: number): LotOrder {
  let counter = 0n
  return shuffled(candidates, () => uintOf(sha256(concatBytes(seed, uintBytes(counter++, 8)))))
}

/** Fisher–Yates with words from anywhere: apart from {@link lotOrder} so that the passing over can be tested. */
export function shuffled(candidates: number, nextWord: () => bigint): LotOrder {
  const order = Array.from({ length: candidates }, (_, i) => i)
  for (let last = candidates - 1; last > 0; last--) {
    let index = indexFromWord(nextWord(), last + 1)
    while (index === null) index = indexFromWord(nextWord(), last + 1)
    const moved = order[last] as number // both are below `candidates`
    order[last] = order[index] as number
    order[index] = moved
  }
  return order
}

/** Whether an order names every candidate once. */
export const isLotOrder = (order: readonly number[], candidates: number): boolean =>
  order.length === candidates &&
  new Set(order).size === candidates &&
  order.every((c) => Number.isInteger(c) && c >= 0 && c < candidates)

/** Of some whom a rule cannot tell apart, the one who stands first in the order. `tied` must not be empty. */
export function firstInLot(order: LotOrder, tied: readonly number[]): number {
  const first = order.find((c) => tied.includes(c))
  assert(first !== undefined, 'the lot order names everybody who can be tied')
  return first
}
