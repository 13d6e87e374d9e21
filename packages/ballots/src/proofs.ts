import type { Random } from '@quorate/kernel'

import { type Engine, type LockedPlaces, type OneOf, type Spelt, textsOf } from './groups/engine.ts'
import { longChallenge, randomScalar } from './hash.ts'
import { type Proof, responseOf, scalarBelow } from './schnorr.ts'
import { elementText, record } from './wire.ts'

/** ElGamal: α = r·G, β = r·y + m·G under the election key y. */
export type Ciphertext<P> = { readonly alpha: P; readonly beta: P }

/** A ciphertext on the wire. */
export type CiphertextMessage = { readonly alpha: string; readonly beta: string }

/** Reads a ciphertext. */
export const ciphertextShape = record(['alpha', 'beta'], { alpha: elementText, beta: elementText })

/** Text of the commitments `A0,B0,A1,B1…` to the challenge that the statement and they give. */
export type CommitmentChallenge = (commitments: string) => bigint

/** One alternative of a statement: "this ciphertext holds M". */
export type Alternative<P> = { readonly ciphertext: Ciphertext<P>; readonly M: number }

/** What a prover knows of one alternative: the ciphertext's randomness r, and how far its plaintext m lies from M. */
export type KnownAlternative = { readonly r: bigint; readonly excess: number }

const modulo = (a: bigint, q: bigint): bigint => ((a % q) + q) % q

/** Component-wise sum of ciphertexts: it holds the sum of what they hold. */
export const addCiphertexts = <P>(engine: Engine<P>, a: Ciphertext<P>, b: Ciphertext<P>): Ciphertext<P> => ({
  alpha: engine.add(a.alpha, b.alpha),
  beta: engine.add(a.beta, b.beta),
})

/** The ciphertext of 0 with r = 0. */
export const zeroCiphertext = <P>(engine: Engine<P>): Ciphertext<P> => ({ alpha: engine.identity, beta: engine.identity })

/** `α,β` as the challenges hash it. */
export const ciphertextText = <P>(engine: Engine<P>, c: Ciphertext<P>): string =>
  `${engine.encode(c.alpha)},${engine.encode(c.beta)}`

/** A ciphertext as the wire has it. */
export const ciphertextMessage = <P>(engine: Engine<P>, c: Ciphertext<P>): CiphertextMessage => ({
  alpha: engine.encode(c.alpha),
  beta: engine.encode(c.beta),
})

/** α and β of every ciphertext as they stand on the wire, by one inversion for all where the engine can. */
export function ciphertextMessages<P>(engine: Engine<P>, ciphertexts: readonly Ciphertext<P>[]): readonly CiphertextMessage[] {
  const texts = textsOf(
    engine,
    ciphertexts.flatMap(({ alpha, beta }) => [alpha, beta]),
  )
  return ciphertexts.map((_, i) => ({ alpha: texts[2 * i] ?? '', beta: texts[2 * i + 1] ?? '' }))
}

/** Encrypts m with randomness r. Two products by secret scalars. */
export function encrypt<P>(engine: Engine<P>, y: P, r: bigint, m: 0 | 1): Ciphertext<P> {
  const shared = engine.multiplySecret(y, r)
  return { alpha: engine.multiplyBaseSecret(r), beta: engine.add(shared, engine.multiplyBaseSecret(BigInt(m))) }
}

/**
 * Proves that one of several alternatives is true without telling which: intervals (Belenios specification §4.12) and both proofs of
 * blank votes (§4.13) are this with different alternatives.
 *
 * Every alternative does the same work, so that neither time nor the amount of randomness tells the true one: t_j and c_j are drawn for
 * all, A_j = t_j·G, B_j = t_j·y + (excess_j·c_j)·G (the last term vanishes for the true one), the true challenge is what remains of the
 * hash, and z_j = t_j − r_j·c_j. Draws 2n scalars. `trueIndex` is secret; it only enters arithmetic masks. `show` is given A_0, B_0, A_1 …, which
 * whoever has the proof can work out.
 */
export function proveOneOf<P>(
  engine: Engine<P>,
  y: P,
  alternatives: readonly KnownAlternative[],
  trueIndex: number,
  challenge: CommitmentChallenge,
  random: Random,
  show?: (...commitments: readonly P[]) => void,
): readonly Proof[] {
  const { q } = engine
  const branches = alternatives.map(({ r, excess }, j) => {
    const t = randomScalar(q, random)
    const drawn = randomScalar(q, random)
    const A = engine.multiplyBaseSecret(t)
    const B = engine.add(engine.multiplySecret(y, t), engine.multiplyBaseSecret(modulo(BigInt(excess) * drawn, q)))
    show?.(A, B)
    return { r, t, drawn, isTrue: BigInt(Number(j === trueIndex)), pair: [A, B] }
  })
  const hash = challenge(
    textsOf(
      engine,
      branches.flatMap(({ pair }) => pair),
    ).join(','),
  )
  const simulated = branches.reduce((sum, { drawn, isTrue }) => sum + drawn * (1n - isTrue), 0n)
  const remaining = modulo(hash - simulated, q)
  return branches.map(({ r, t, drawn, isTrue }) => {
    const c = drawn * (1n - isTrue) + remaining * isTrue
    return { challenge: c.toString(), response: responseOf(t, r, c, q).toString() }
  })
}

/**
 * An answer encrypted and proven place by place and proof by proof; what `lock` of an engine does at once. Draws, in this order: every r, then the
 * proofs' scalars.
 */
export function lockEach<P>(
  engine: Engine<P>,
  y: P,
  bits: readonly (0 | 1)[],
  proofs: readonly OneOf[],
  random: Random,
): LockedPlaces<P> {
  const randomness = bits.map(() => randomScalar(engine.q, random))
  const encrypted = bits.map((m, i) => encrypt(engine, y, randomness[i] ?? 0n, m))
  const places = ciphertextMessages(engine, encrypted).map(({ alpha, beta }) => `${alpha},${beta}`)
  const total = encrypted.reduce((t, ciphertext) => addCiphertexts(engine, t, ciphertext), zeroCiphertext(engine))
  const spelt: Spelt = { places, all: places.join(','), total: ciphertextText(engine, total) }
  const commitments: P[] = []
  const sumOf = (from: number, to: number): bigint => randomness.slice(from, to).reduce((sum, r) => sum + r, 0n) % engine.q
  return {
    texts: places,
    ciphertexts: encrypted.flatMap(({ alpha, beta }) => [alpha, beta]),
    commitments,
    proofs: proofs.map(({ alternatives, trueIndex, statement }) =>
      proveOneOf(
        engine,
        y,
        alternatives.map(({ from, to, excess }) => ({ r: sumOf(from, to), excess })),
        trueIndex,
        (texts) => longChallenge(engine, `${statement(spelt)}|${texts}`),
        random,
        (...shown) => void commitments.push(...shown),
      ),
    ),
  }
}

/** One commitment pair of {@link proveOneOf}, recomputed: A = z·G + c·α, B = z·y + c·(β − M·G). */
function commitments<P>(engine: Engine<P>, y: P, { ciphertext, M }: Alternative<P>, c: bigint, z: bigint): string {
  const { add, generator, multiply, q } = engine
  const excess = M === 0 ? ciphertext.beta : add(ciphertext.beta, multiply(generator, q - BigInt(M)))
  const A = add(multiply(generator, z), multiply(ciphertext.alpha, c))
  const B = add(multiply(y, z), multiply(excess, c))
  return `${engine.encode(A)},${engine.encode(B)}`
}

/**
 * Whether a proof of {@link proveOneOf} holds. All points must have been decoded strictly. Exactly one proof an alternative, scalars
 * below q, and the challenges must add up to the hash.
 */
export function oneOfHolds<P>(
  engine: Engine<P>,
  y: P,
  alternatives: readonly Alternative<P>[],
  proofs: readonly Proof[],
  challenge: CommitmentChallenge,
): boolean {
  if (proofs.length !== alternatives.length) return false
  const texts: string[] = []
  let sum = 0n
  for (const [j, alternative] of alternatives.entries()) {
    const proof = proofs[j]
    const c = proof === undefined ? null : scalarBelow(proof.challenge, engine.q)
    const z = proof === undefined ? null : scalarBelow(proof.response, engine.q)
    if (c === null || z === null) return false
    texts.push(commitments(engine, y, alternative, c, z))
    sum += c
  }
  return challenge(texts.join(',')) === sum % engine.q
}
