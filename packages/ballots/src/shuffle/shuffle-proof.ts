import type { Engine } from '../groups/engine.ts'
import { hexHash, longChallenge } from '../hash.ts'
import { type CiphertextMessage, ciphertextShape } from '../proofs.ts'
import { elementText, list, record, scalarText, type Shape, tuple, wireText } from '../wire.ts'

type Texts = readonly string[]

/**
 * The proof of one shuffle (Terelius–Wikström 2010 as in CHVote 1.3.2; Belenios specification §4.17), in the order of the wire: the
 * commitments t1, t2, t3, (t4,1, t4,2), t̂; the responses s1 … s4, ŝ, s′; the permutation's commitments c; the chain ĉ.
 */
export type ShuffleProofMessage = readonly [
  readonly [string, string, string, readonly [string, string], Texts],
  readonly [string, string, string, string, Texts, Texts],
  Texts,
  Texts,
]

/** The `shuffle` message: for each list question the shuffled ciphertexts, and the proof. */
export type ShuffleMessage = {
  readonly ciphertexts: readonly (readonly CiphertextMessage[])[]
  readonly proofs: readonly ShuffleProofMessage[]
}

const elements = list(elementText)
const scalars = list(scalarText)
const proofShape: Shape<ShuffleProofMessage> = tuple<ShuffleProofMessage>(
  tuple<ShuffleProofMessage[0]>(
    elementText,
    elementText,
    elementText,
    tuple<readonly [string, string]>(elementText, elementText),
    elements,
  ),
  tuple<ShuffleProofMessage[1]>(scalarText, scalarText, scalarText, scalarText, scalars, scalars),
  elements,
  elements,
)

/** Reads a shuffle. */
export const shuffleShape: Shape<ShuffleMessage> = record(['ciphertexts', 'proofs'], {
  ciphertexts: list(list(ciphertextShape), 50),
  proofs: list(proofShape, 50),
})

/** The text of a shuffle. */
export const shuffleText = ({ ciphertexts, proofs }: ShuffleMessage): string => wireText({ ciphertexts, proofs })

/** Every item followed by a comma (Belenios specification, table 10). */
const listed = (texts: Texts): string => texts.map((text) => `${text},`).join('')

/** ⟦e⟧: α and β of every ciphertext, each followed by a comma. */
export const listedCiphertexts = (ciphertexts: readonly CiphertextMessage[]): string =>
  ciphertexts.map(({ alpha, beta }) => `${alpha},${beta},`).join('')

/** What a shuffle's challenges hash before its commitments: ⟦e⟧⟦e′⟧⟦c⟧. */
export const shuffleStatement = (before: string, after: string, permutation: Texts): string =>
  `${before}${after}${listed(permutation)}`

/** u_i = H(hex H(`shuffle-challenges|φ|`statement) ‖ hex H(i)) mod q, for i from 0 (table 11). */
export function shuffleWeights(
  engine: Pick<Engine, 'sha256' | 'q'>,
  fingerprint: string,
  statement: string,
  count: number,
): readonly bigint[] {
  const seed = hexHash(engine, `shuffle-challenges|${fingerprint}|${statement}`)
  return Array.from({ length: count }, (_, i) => longChallenge(engine, `${seed}${hexHash(engine, String(i))}`))
}

/** c = H(`shuffle-challenge|φ|`⟦t⟧⟦t̂⟧ statement ⟦ĉ⟧ y) mod q (tables 4 and 13). */
export function shuffleChallenge(
  engine: Pick<Engine, 'sha256' | 'q'>,
  fingerprint: string,
  [t1, t2, t3, [t41, t42], steps]: ShuffleProofMessage[0],
  statement: string,
  chain: Texts,
  key: string,
): bigint {
  const commitments = `${listed([t1, t2, t3, t41, t42])}${listed(steps)}`
  return longChallenge(engine, `shuffle-challenge|${fingerprint}|${commitments}${statement}${listed(chain)}${key}`)
}

/** h and h_0 … h_{n−1}: elements whose logarithms nobody knows (tables 6 and 7). */
export function shuffleGenerators<P>(engine: Engine<P>, count: number): { readonly h: P; readonly each: readonly P[] } {
  return { h: engine.independent(-1), each: Array.from({ length: count }, (_, i) => engine.independent(i)) }
}
