import { sha256 } from '@noble/hashes/sha2.js'
import { fail, ok, type Result, toHex, uintOf, utf8 } from '@quorate/kernel'

import type { ElementFault, Engine } from './engine.ts'
import { equalLogsHold, type Proof, proveEqualLogs } from './schnorr.ts'
import { seededRandom } from './seeded-random.ts'

/** What an opening is an opening of. Hashes of events are those of the archive, 64 hex digits. */
export type OpeningStatement = {
  /** φ. */
  readonly electionHash: string
  /** Hash of the EncryptedTally event's payload. */
  readonly encryptedTallyHash: string
  /** Hash of the last Shuffle's payload, or null where nothing was shuffled. */
  readonly lastShuffleHash: string | null
  /** 1-based index in the flattened trustees list. */
  readonly owner: number
  /** X, that owner's verification key. */
  readonly publicKey: string
  /** Hash of the partial decryption that this proof stands beside. */
  readonly payloadHash: string
}

/** Why an opening does not hold; `index` counts factors from 0 in the order of the tally, row by row. */
export type OpeningFault =
  | { readonly kind: 'factor count differs'; readonly found: number; readonly expected: number }
  | { readonly kind: 'factor not an element'; readonly index: number; readonly fault: ElementFault }
  /** Some factor is not x·α: the trustee's opening shifts the result. */
  | { readonly kind: 'proof fails' }

const seedOf = (s: OpeningStatement): Uint8Array =>
  sha256(
    utf8(
      `quorate/decrypt/v1|${s.electionHash}|${s.encryptedTallyHash}|${s.lastShuffleHash ?? ''}|${s.owner}|${s.publicKey}|${s.payloadHash}`,
    ),
  )

const domainOf = (seed: Uint8Array): string => `quorate/decrypt/v1|${toHex(seed)}`

/** Σ ρ_i·(element i), with ρ_i the i-th 16 bytes of SHA-256-CTR(seed), big-endian. */
function weighted<P>(engine: Engine<P>, seed: Uint8Array, elements: readonly P[]): P {
  const draw = seededRandom(seed)
  let sum = engine.identity
  for (const element of elements) sum = engine.add(sum, engine.multiply(element, uintOf(draw(16))))
  return sum
}

/**
 * The companion of one partial decryption: one Chaum–Pedersen proof that log_G X = log_U V for U = Σρα and V = ΣρF. Format v1 hashes
 * neither α nor F (`decrypt|φ|X|A,B`), so a trustee who casts the last ballot can shift counts by amounts of their choice; here the
 * weights ρ are drawn from a seed over tally, shuffle, key and payload, so every α and F is fixed before. A false factor passes with
 * probability ≤ 2⁻¹²⁸. `alphas`: every α of the tally, row by row. Cost: one product an α, and three.
 */
export function proveOpening<P>(engine: Engine<P>, statement: OpeningStatement, share: bigint, alphas: readonly P[]): Proof {
  const seed = seedOf(statement)
  const U = weighted(engine, seed, alphas)
  const V = engine.multiplySecret(U, share)
  return proveEqualLogs(engine, share, { X: engine.multiplyBaseSecret(share), U, V, domain: domainOf(seed) })
}

/**
 * Checks the companion. `key` is the decoded X of the statement, `alphas` the decoded tally, `factors` the texts of the payload whose
 * hash the statement names; each is checked to be in the group.
 */
export function checkOpening<P>(
  engine: Engine<P>,
  statement: OpeningStatement,
  key: P,
  alphas: readonly P[],
  factors: readonly string[],
  proof: Proof,
): Result<null, OpeningFault> {
  if (factors.length !== alphas.length)
    return fail({ kind: 'factor count differs', found: factors.length, expected: alphas.length })
  const decoded: P[] = []
  for (const [index, text] of factors.entries()) {
    // An α is never the identity, but the sum of a tally may be: an empty box opens to it.
    const factor = engine.decode(text, true)
    if (factor.kind === 'fail') return fail({ kind: 'factor not an element', index, fault: factor.error })
    decoded.push(factor.value)
  }
  const seed = seedOf(statement)
  const U = weighted(engine, seed, alphas)
  const V = weighted(engine, seed, decoded)
  return equalLogsHold(engine, { X: key, U, V, domain: domainOf(seed) }, proof) ? ok(null) : fail({ kind: 'proof fails' })
}
