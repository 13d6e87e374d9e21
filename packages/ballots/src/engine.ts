import type { Result } from '@quorate/kernel'

/** Groups of the wire format that we speak. RFC-3526-2048 is for ranked questions under Debian's verifier. */
export type GroupName = 'Ed25519' | 'BELENIOS-2048' | 'RFC-3526-2048'

/** Why a text is not an element. */
export type ElementFault = 'not canonical' | 'not in the group' | 'identity'

/**
 * A cyclic group of prime order q, written additively. `P` is opaque: only its engine makes or reads one. Everything above this line of
 * the package is generic in it; noble is the first engine, our WebAssembly the second, and both must pass one contract suite.
 */
export type Engine<P = unknown> = {
  readonly name: GroupName
  /** Order of the group. */
  readonly q: bigint
  readonly identity: P
  readonly generator: P
  readonly add: (a: P, b: P) => P
  readonly negate: (a: P) => P
  /** The same element carrying tables that make later `multiply` calls by it several times faster. For keys, not for ballots. */
  readonly prepare: (a: P) => P
  /** k·a for a public scalar 0 ≤ k < q; may take variable time. */
  readonly multiply: (a: P, k: bigint) => P
  /** k·G for a secret scalar 0 ≤ k < q. */
  readonly multiplyBaseSecret: (k: bigint) => P
  /** k·a for a secret scalar. */
  readonly multiplySecret: (a: P, k: bigint) => P
  readonly equal: (a: P, b: P) => boolean
  /** The wire text of an element: 64 hex digits (bytes of RFC 8032 reversed) or a decimal. */
  readonly encode: (a: P) => string
  /** Strict: canonical text, on the curve or in range, in the subgroup of order q, and not the identity unless `allowIdentity`. */
  readonly decode: (text: string, allowIdentity?: boolean) => Result<P, ElementFault>
}
