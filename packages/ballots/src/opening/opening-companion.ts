import { sha256 } from '@noble/hashes/sha2.js'
import { fail, ok, type Result, toHex, uintOf, utf8 } from '@quorate/kernel'

import type { Opening } from './decryption.ts'
import type { Election } from '../election.ts'
import type { Engine } from '../groups/engine.ts'
import type { Element } from '../groups/groups.ts'
import { sha256Hex } from '../hash.ts'
import { equalLogsHold, type EqualLogs, type Proof, proofShape, proveEqualLogs } from '../schnorr.ts'
import { seededRandom } from '../seeded-random.ts'
import type { EncryptedTally } from './tally.ts'
import { parseWire, type WireFault, wireText } from '../wire.ts'

/** What is opened, by whom. */
export type OpeningClaim = {
  readonly tally: Pick<EncryptedTally, 'hash' | 'ciphertexts'>
  /** hex SHA-256 of the last shuffle's payload; null where nothing was shuffled. */
  readonly lastShuffleHash: string | null
  /** 1-based, in the flattened trustees list. */
  readonly owner: number
  /** Exact text of the partial decryption that the companion stands beside. */
  readonly openingText: string
}

/** H(`quorate/decrypt/v1`|φ|tally hash|last shuffle hash or nothing|owner|X|payload hash): fixes every α and F before any weight is drawn. */
function seedOf(
  { engine, fingerprint }: Election,
  key: Element,
  { tally, lastShuffleHash, owner, openingText }: OpeningClaim,
): Uint8Array {
  const parts = [fingerprint, tally.hash, lastShuffleHash ?? '', owner, engine.encode(key), sha256Hex(openingText)]
  return sha256(utf8(['quorate/decrypt/v1', ...parts].join('|')))
}

/** Σ ρ_i·(element i), with ρ_i the i-th 16 bytes of SHA-256-CTR(seed), big-endian. */
function weighted<P>(engine: Engine<P>, seed: Uint8Array, elements: readonly P[]): P {
  const draw = seededRandom(seed)
  return elements.reduce((sum, element) => engine.add(sum, engine.multiply(element, uintOf(draw(16)))), engine.identity)
}

const alphasOf = ({ tally }: OpeningClaim): readonly Element[] =>
  tally.ciphertexts.flatMap((row) => row.map(({ alpha }) => alpha))

const statement = (seed: Uint8Array, X: Element, U: Element, V: Element): EqualLogs<Element> => ({
  X,
  U,
  V,
  domain: `quorate/decrypt/v1|${toHex(seed)}`,
})

/**
 * The companion of one partial decryption: one Chaum–Pedersen proof that log_G X = log_U V for U = Σρα and V = ΣρF. Format v1 hashes
 * neither α nor F (`decrypt|φ|X|A,B`), so a trustee who casts the last ballot can shift counts by amounts of their choice and foreign
 * tools accept it; here a false factor passes with probability ≤ 2⁻¹²⁸. Cost: one product a place of the tally, and four.
 */
export function companionOf(election: Election, claim: OpeningClaim, secret: bigint): Proof {
  const { engine } = election
  const X = engine.multiplyBaseSecret(secret)
  const seed = seedOf(election, X, claim)
  const U = weighted(engine, seed, alphasOf(claim))
  return proveEqualLogs(engine, secret, statement(seed, X, U, engine.multiplySecret(U, secret)))
}

/** Exact text of a companion. */
export const companionText = ({ challenge, response }: Proof): string => wireText({ challenge, response })

/** Reads the exact text of a companion. Whether it holds, {@link checkCompanion} tells. */
export const parseCompanion = (text: string): Result<Proof, WireFault> => parseWire(proofShape, text)

/** Why a partial decryption must not enter a result. */
export type CompanionFault =
  | { readonly kind: 'opening not of the shape of the tally' }
  /** Some factor is not x·α, or the companion is about another tally, owner, key or text. */
  | { readonly kind: 'companion fails' }

/**
 * Checks a companion. `opening` is the partial decryption as `checkOpening` gave it (every factor in the group), `key` the owner's
 * verification key from the trustees file. No companion, no result: also for openings that the result does not need.
 */
export function checkCompanion(
  election: Election,
  claim: Omit<OpeningClaim, 'openingText'>,
  key: Element,
  opening: Opening,
  companion: Proof,
): Result<null, CompanionFault> {
  const { engine } = election
  const full = { ...claim, openingText: opening.text }
  const alphas = alphasOf(full)
  const factors = opening.factors.flat()
  if (factors.length !== alphas.length) return fail({ kind: 'opening not of the shape of the tally' })
  const seed = seedOf(election, key, full)
  const claimed = statement(seed, key, weighted(engine, seed, alphas), weighted(engine, seed, factors))
  return equalLogsHold(engine, claimed, companion) ? ok(null) : fail({ kind: 'companion fails' })
}
