import { assert, type Random, uintOf } from '@quorate/kernel'

import type { Election } from '../election.ts'
import type { Element } from '../groups/groups.ts'
import { randomScalar, sha256Hex } from '../hash.ts'
import { type Ciphertext, ciphertextMessages } from '../proofs.ts'
import {
  listedCiphertexts,
  shuffleChallenge,
  shuffleGenerators,
  type ShuffleProofMessage,
  shuffleStatement,
  shuffleText,
  shuffleWeights,
} from './shuffle-proof.ts'

type Row = readonly Ciphertext<Element>[]

/** Papers as a trustee shuffled them, with the text that proves it. `hash`: hex SHA-256 of the text, its name in the archive. */
export type Shuffled = { readonly text: string; readonly hash: string; readonly rows: readonly Row[] }

/** A secret permutation ψ of 0 … n−1, each equally likely to within 2⁻⁹⁶ (Fisher–Yates; Belenios specification, table 2). */
function permutation(count: number, random: Random): readonly number[] {
  const left = Array.from({ length: count }, (_, i) => i)
  return left.map((_, i) => {
    const at = i + Number(uintOf(random(16)) % BigInt(count - i))
    const taken = left[at]
    assert(taken !== undefined && left[i] !== undefined, 'the place is within what is left')
    left[at] = left[i]
    return taken
  })
}

type Secrets = {
  /** ψ: place i holds what stood at ψ_i. */
  readonly order: readonly number[]
  /** By the place before the shuffle. */
  readonly reencryption: readonly bigint[]
}

/** Items by index, each of which must be there. */
function at<T>(items: readonly T[], i: number): T {
  const item = items[i]
  assert(item !== undefined, 'an index is within its list')
  return item
}

const dot = (a: readonly bigint[], b: readonly bigint[]): bigint => a.reduce((sum, x, i) => sum + x * at(b, i), 0n)

/** Commits to the permutation: c_{ψ_i} = r_{ψ_i}·G + h_i (table 9). */
function commitPermutation(
  { engine }: Election,
  order: readonly number[],
  generators: readonly Element[],
  random: Random,
): { readonly texts: readonly string[]; readonly randomness: readonly bigint[] } {
  const randomness = order.map(() => randomScalar(engine.q, random))
  const texts: string[] = new Array<string>(order.length)
  for (const [i, from] of order.entries())
    texts[from] = engine.encode(engine.add(engine.multiplyBaseSecret(at(randomness, from)), at(generators, i)))
  return { texts, randomness }
}

/**
 * The chain ĉ_i = r̂_i·G + u′_i·ĉ_{i−1} with ĉ_0 = h (table 12) and the commitments t̂_i = ω̂_i·G + ω′_i·ĉ_{i−1}, from the logarithms to
 * the two bases: ĉ_i = R_i·G + U_i·h, which needs no product by a new point.
 */
function chainOf({ engine }: Election, h: Element, weights: readonly bigint[], nonces: readonly bigint[], random: Random) {
  const { q } = engine
  const base = engine.prepare(h)
  const onBoth = (g: bigint, k: bigint): string =>
    engine.encode(engine.add(engine.multiplyBaseSecret(g % q), engine.multiplySecret(base, k % q)))
  const [randomness, stepNonces, links, steps] = [[], [], [], []] as [bigint[], bigint[], string[], string[]]
  let R = 0n
  let U = 1n
  for (const [i, u] of weights.entries()) {
    const r = randomScalar(q, random)
    const w = randomScalar(q, random)
    const nonce = at(nonces, i)
    steps.push(onBoth(w + nonce * R, nonce * U))
    R = (r + u * R) % q
    U = (U * u) % q
    links.push(onBoth(R, U))
    randomness.push(r)
    stepNonces.push(w)
  }
  return { randomness, stepNonces, links, steps, total: R }
}

/** Proves that `after` holds the plaintexts of `before`, every one once (table 4). Some 11 products by secret scalars a paper. */
function proveShuffle(
  election: Election,
  before: Row,
  after: Row,
  { order, reencryption }: Secrets,
  random: Random,
): ShuffleProofMessage {
  const { engine, key, fingerprint } = election
  const { add, encode, multiplyBaseSecret, multiplySecret, q } = engine
  const { h, each: generators } = shuffleGenerators(engine, before.length)
  const committed = commitPermutation(election, order, generators, random)
  const statement = shuffleStatement(
    listedCiphertexts(ciphertextMessages(engine, before)),
    listedCiphertexts(ciphertextMessages(engine, after)),
    committed.texts,
  )
  const u = shuffleWeights(engine, fingerprint, statement, before.length)
  const permuted = order.map((from) => at(u, from))
  const [w1, w2, w3, w4] = [0, 0, 0, 0].map(() => randomScalar(q, random)) as [bigint, bigint, bigint, bigint]
  const nonces = order.map(() => randomScalar(q, random))
  const chain = chainOf(election, h, permuted, nonces, random)
  const plus = (start: Element, points: readonly Element[]): string =>
    encode(points.reduce((sum, point, i) => add(sum, multiplySecret(point, at(nonces, i))), start))
  const commitments = [
    encode(multiplyBaseSecret(w1)),
    encode(multiplyBaseSecret(w2)),
    plus(multiplyBaseSecret(w3), generators),
    [
      plus(
        multiplySecret(key, q - w4),
        after.map(({ beta }) => beta),
      ),
      plus(
        multiplyBaseSecret(q - w4),
        after.map(({ alpha }) => alpha),
      ),
    ],
    chain.steps,
  ] as const
  const c = shuffleChallenge(engine, fingerprint, commitments, statement, chain.links, encode(key))
  const answer = (nonce: bigint, secret: bigint): string => ((nonce + c * (secret % q)) % q).toString()
  const responses = [
    answer(
      w1,
      committed.randomness.reduce((sum, r) => sum + r, 0n),
    ),
    answer(w2, chain.total),
    answer(w3, dot(committed.randomness, u)),
    answer(w4, dot(reencryption, u)),
    chain.stepNonces.map((w, i) => answer(w, at(chain.randomness, i))),
    nonces.map((w, i) => answer(w, at(permuted, i))),
  ] as const
  return [commitments, responses, committed.texts, chain.links]
}

/**
 * Shuffles the papers of every list question: re-encrypts each, puts them into a secret order, and proves that no paper was lost, added or
 * changed. `rows`: `listCiphertexts` of the tally, or the rows of the shuffle before. Forget the randomness: it alone links papers.
 */
export function shufflePapers(election: Election, rows: readonly Row[], random: Random): Shuffled {
  const { engine, key } = election
  const shuffled: Row[] = []
  const proofs: ShuffleProofMessage[] = []
  for (const before of rows) {
    const order = permutation(before.length, random)
    const reencryption = before.map(() => randomScalar(engine.q, random))
    const renewed = before.map(({ alpha, beta }, i) => ({
      alpha: engine.add(alpha, engine.multiplyBaseSecret(at(reencryption, i))),
      beta: engine.add(beta, engine.multiplySecret(key, at(reencryption, i))),
    }))
    const after = order.map((from) => at(renewed, from))
    shuffled.push(after)
    proofs.push(proveShuffle(election, before, after, { order, reencryption }, random))
  }
  const text = shuffleText({ ciphertexts: shuffled.map((row) => ciphertextMessages(engine, row)), proofs })
  return { text, hash: sha256Hex(text), rows: shuffled }
}
