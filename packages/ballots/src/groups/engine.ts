import type { Random, Result } from '@quorate/kernel'

/** Groups of the wire format that we speak. RFC-3526-2048 is for ranked questions under Debian's verifier. */
export type GroupName = 'Ed25519' | 'BELENIOS-2048' | 'RFC-3526-2048'

/** Why a text is not an element. */
export type ElementFault = 'not canonical' | 'not in the group' | 'identity'

/**
 * How a group holds a short list of small numbers in one element (Koblitz 1987; Belenios specification §4.11.2): the numbers, `bitsPerInt`
 * bits each, then `padding` bits ε, chosen so that the whole is the wire number of an element.
 */
export type Embedding<P> = {
  readonly bitsPerInt: number
  readonly padding: number
  /** Longest list that fits. */
  readonly listMax: number
  /** So many ε are always tried, from 0: the number of tries would tell of the list. One more than these is needed once in 10⁷ lists or less. */
  readonly tries: number
  /** The element whose wire number this is, the identity included; undefined where there is none. */
  readonly lift: (number: bigint) => P | undefined
  readonly numberOf: (element: P) => bigint
}

/** The wire texts of elements, by one inversion for all where the engine can. */
export const textsOf = <P>(engine: Engine<P>, elements: readonly P[]): readonly string[] =>
  engine.bulk?.textsOf(elements) ?? elements.map(engine.encode)

/** Points eight times what hints said, so elements of the group whatever the hints were. Holds until the engine's next operation. */
export type OpenedHints<P> = {
  /** The wire texts of n of them from number i on, with commas between them. */
  readonly textsFrom: (i: number, n: number) => string
  /** SHA-256 of `statement|` and {@link textsFrom}, read big-endian, before it is reduced modulo q. */
  readonly challenge: (statement: string, i: number, n: number) => bigint
  readonly at: (i: number) => P
  /** Wire texts of other elements. */
  readonly textsOf: (elements: readonly P[]) => readonly string[]
  /** Whether Σ k_i·(element i) + Σ k·(more) is the identity, for public scalars below q. */
  readonly cancel: (scalars: readonly bigint[], more: readonly (readonly [P, bigint])[]) => boolean
}

/**
 * Arithmetic for many elements at once. A hint of P is the affine point P/8, 64 bytes; anybody may write one. What is eight times any point
 * of the curve is in the group, so neither a square root nor a product by q is needed to know it.
 */
export type Bulk<P> = {
  /** The wire texts of many elements. */
  readonly textsOf: (elements: readonly P[]) => readonly string[]
  /** `n` blocks of 32 bytes, from number `first` on, of the stream that `seededRandom` reads; 16,384 at most. */
  readonly stream: (seed: Uint8Array, first: number, n: number) => Uint8Array
  /** Or the index of the first hint that is no point in its one spelling. */
  readonly open: (hints: Uint8Array) => OpenedHints<P> | number
}

/** The wire texts of an answer's ciphertexts, `α,β` each. `all`: those of every place, with commas between them. */
export type Spelt = { readonly places: readonly string[]; readonly all: string; readonly total: string }

/**
 * One proof of an answer: that one of several alternatives is true, without telling which (see `proveOneOf`). An alternative is that the sum
 * of the places `from` up to `to`, that one not included, is `excess` less than it is. `trueIndex` and all excesses are secret.
 */
export type OneOf = {
  readonly alternatives: readonly { readonly from: number; readonly to: number; readonly excess: number }[]
  readonly trueIndex: number
  /** What its challenge hashes before `|` and the commitments. */
  readonly statement: (spelt: Spelt) => string
}

/** An encrypted answer with its proofs. */
export type LockedPlaces<P> = {
  /** `α,β` of every place. */
  readonly texts: readonly string[]
  /** α and β of every place. */
  readonly ciphertexts: readonly P[]
  /** A and B of every alternative of every proof. */
  readonly commitments: readonly P[]
  /** Of every proof the challenge and the response of every alternative, base 10. */
  readonly proofs: readonly (readonly { readonly challenge: string; readonly response: string }[])[]
}

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
  /** Σ k_i·a_i for public scalars 0 ≤ k_i < q; variable time. `terms`: pairs (a_i, k_i); none give the identity. */
  readonly sumOfProducts: (terms: readonly (readonly [P, bigint])[]) => P
  /** Element number i ≥ −1 of a sequence whose logarithms nobody knows: made from H(`ggen|i`) (Belenios specification, table 8). */
  readonly independent: (i: number) => P
  /** The wire text of an element: 64 hex digits (bytes of RFC 8032 reversed) or a decimal. */
  readonly encode: (a: P) => string
  /** Strict: canonical text, on the curve or in range, in the subgroup of order q, and not the identity unless `allowIdentity`. */
  readonly decode: (text: string, allowIdentity?: boolean) => Result<P, ElementFault>
  /** Absent where a group cannot hold lists of numbers: BELENIOS-2048, too few of whose residues are elements. */
  readonly embedding?: Embedding<P>
  /** The hints of elements, 64 bytes each (see {@link Bulk}); absent where nobody has a use for them. For public elements. Cost: a product each. */
  readonly hintsOf?: (elements: readonly P[]) => Uint8Array
  /**
   * Encrypts an answer under a prepared key and proves what it is asked to, all at once: the very bytes that `lockEach` makes one by one, and
   * as many drawn. Undefined, before anything is drawn, for a key without tables; absent where nothing is faster done at once.
   */
  readonly lock?: (y: P, bits: readonly (0 | 1)[], proofs: readonly OneOf[], random: Random) => LockedPlaces<P> | undefined
  /** SHA-256 of bytes or of a text's UTF-8, some three times faster than noble's; secrets are not left in memory. Absent where there is nothing faster. */
  readonly sha256?: (of: string | Uint8Array) => Uint8Array
  /** Absent where nothing is faster done at once. */
  readonly bulk?: Bulk<P>
}
