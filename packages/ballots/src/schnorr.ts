import { sha512 } from '@noble/hashes/sha2.js'
import { uintOf, utf8 } from '@quorate/kernel'

import type { Engine } from './groups/engine.ts'
import { challengeOf, digestOf, randomScalar } from './hash.ts'
import { seededRandom } from './seeded-random.ts'
import { record, scalarText, type Shape } from './wire.ts'

/** Challenge c and response z; the commitment A = z·G + c·X is recomputed, never sent. Both base 10 on the wire, both below q. */
export type Proof = { readonly challenge: string; readonly response: string }

/** Reads a proof from a message. */
export const proofShape: Shape<Proof> = record(['challenge', 'response'], { challenge: scalarText, response: scalarText })

/** The challenge of our own proofs: SHA-512 of the text, read big-endian, modulo q. */
export const wideChallenge = (text: string, q: bigint): bigint => uintOf(sha512(utf8(text))) % q

/**
 * A uniform scalar that is a function of a text holding 256 bits of secret. Drawn as wide as q needs (2,304 bits for RFC-3526-2048):
 * a nonce shorter than q gives the secret away after a few proofs.
 */
export const derivedScalar = (secretText: string, engine: Pick<Engine, 'sha256' | 'q'>): bigint =>
  randomScalar(
    engine.q,
    seededRandom(digestOf(engine, secretText), (block) => digestOf(engine, block)),
  )

/**
 * A nonce that is a function of the secret and of everything the challenge hashes (RFC 6979 §3.2 in spirit): a failing or cloned source
 * of randomness then cannot give two proofs one nonce, and the same step done twice gives the same bytes. `statement` names the domain.
 */
export const nonceOf = (secret: bigint, statement: string, engine: Pick<Engine, 'sha256' | 'q'>): bigint =>
  derivedScalar(`quorate/nonce/v1|${secret}|${statement}`, engine)

/** A scalar text below q, or null. */
export const scalarBelow = (text: string, q: bigint): bigint | null => (isScalarBelow(text, q) ? BigInt(text) : null)

const decimals = new Map<bigint, string>()

/** Whether a text is a scalar below q. Texts without leading zeros compare as their numbers do, so none need be read to be refused. */
export function isScalarBelow(text: string, q: bigint): boolean {
  if (scalarText(text) === undefined) return false
  const limit = decimals.get(q) ?? q.toString()
  decimals.set(q, limit)
  return text.length < limit.length || (text.length === limit.length && text < limit)
}

/** Response z = w − x·c mod q, the sign convention of format v1. */
export const responseOf = (nonce: bigint, secret: bigint, challenge: bigint, q: bigint): bigint => {
  const z = (nonce - secret * challenge) % q
  return z < 0n ? z + q : z
}

/** How a challenge is computed from the text of the commitment A. */
type Challenge = (commitment: string) => bigint

/**
 * Proves knowledge of x with X = x·G (Schnorr 1991, Fiat–Shamir). `domain` must hold everything that the challenge hashes besides A. `show`
 * is given A, which whoever has the proof can work out.
 */
export function proveKnowledge<P>(
  engine: Engine<P>,
  secret: bigint,
  domain: string,
  challenge: Challenge,
  show?: (commitment: P) => void,
): Proof {
  const nonce = nonceOf(secret, `${engine.name}|${domain}`, engine)
  const commitment = engine.multiplyBaseSecret(nonce)
  show?.(commitment)
  const c = challenge(engine.encode(commitment))
  return { challenge: c.toString(), response: responseOf(nonce, secret, c, engine.q).toString() }
}

/** Whether a proof of knowledge of the logarithm of X holds. X must have been decoded strictly. */
export function knowledgeHolds<P>(engine: Engine<P>, X: P, proof: Proof, challenge: Challenge): boolean {
  const c = scalarBelow(proof.challenge, engine.q)
  const z = scalarBelow(proof.response, engine.q)
  if (c === null || z === null) return false
  const A = engine.add(engine.multiply(engine.generator, z), engine.multiply(X, c))
  return challenge(engine.encode(A)) === c
}

/** Two pairs (G, X) and (U, V) with one logarithm, and the text, free of secrets, that the proof is bound to. */
export type EqualLogs<P> = { readonly X: P; readonly U: P; readonly V: P; readonly domain: string }

const equalityChallenge = <P>(engine: Engine<P>, { X, U, V, domain }: EqualLogs<P>, A: P, B: P): bigint =>
  wideChallenge([domain, ...[X, U, V, A, B].map(engine.encode)].join('|'), engine.q)

/** Proves log_G X = log_U V = x (Chaum–Pedersen 1992): challenge SHA-512(`domain|X|U|V|A|B`) mod q, the whole statement hashed. */
export function proveEqualLogs<P>(engine: Engine<P>, secret: bigint, claim: EqualLogs<P>): Proof {
  const statement = [claim.domain, ...[claim.X, claim.U, claim.V].map(engine.encode)].join('|')
  const w = nonceOf(secret, `${engine.name}|${statement}`, engine)
  const c = equalityChallenge(engine, claim, engine.multiplyBaseSecret(w), engine.multiplySecret(claim.U, w))
  return { challenge: c.toString(), response: responseOf(w, secret, c, engine.q).toString() }
}

/** Whether a proof of {@link proveEqualLogs} holds. All elements must have been decoded strictly. */
export function equalLogsHold<P>(engine: Engine<P>, claim: EqualLogs<P>, proof: Proof): boolean {
  const c = scalarBelow(proof.challenge, engine.q)
  const z = scalarBelow(proof.response, engine.q)
  if (c === null || z === null) return false
  const A = engine.add(engine.multiply(engine.generator, z), engine.multiply(claim.X, c))
  const B = engine.add(engine.multiply(claim.U, z), engine.multiply(claim.V, c))
  return equalityChallenge(engine, claim, A, B) === c
}

/** Signs a message in format v1: challenge `sigmsg|M|A`. It does not hash the key, so a signature may fit a second, chosen key. */
export const signMessage = <P>(engine: Engine<P>, secret: bigint, message: string): Proof =>
  proveKnowledge(engine, secret, `sigmsg|${message}`, (A) => challengeOf(`sigmsg|${message}|${A}`, engine.q))

/** Whether a signature of {@link signMessage} holds under the key X. */
export const messageSigned = <P>(engine: Engine<P>, X: P, message: string, signature: Proof): boolean =>
  knowledgeHolds(engine, X, signature, (A) => challengeOf(`sigmsg|${message}|${A}`, engine.q))

/** Proof of knowledge of a trustee's key in format v1: challenge `pok|group|X|A`. */
export const proveKey = <P>(engine: Engine<P>, secret: bigint, X: string): Proof =>
  proveKnowledge(engine, secret, `pok|${X}`, (A) => challengeOf(`pok|${engine.name}|${X}|${A}`, engine.q))

/** Whether a proof of {@link proveKey} holds. */
export const keyProved = <P>(engine: Engine<P>, X: P, proof: Proof): boolean =>
  knowledgeHolds(engine, X, proof, (A) => challengeOf(`pok|${engine.name}|${engine.encode(X)}|${A}`, engine.q))
