import type { CiphertextMessage } from './ballot.ts'
import type { CheckedBallot } from './ballot-check.ts'
import type { Election } from './election.ts'
import type { Element } from './groups.ts'
import { sha256Hex } from './hash.ts'
import { addCiphertexts, type Ciphertext, zeroCiphertext } from './proofs.ts'
import { choiceCount } from './question.ts'
import { hexHash, natural, record, wireText } from './wire.ts'

/** The sum of all counted ballots, still encrypted (Belenios specification §4.16). */
export type EncryptedTally = {
  readonly text: string
  /** hex SHA-256 of the text: its name in the archive. */
  readonly hash: string
  /** questions × places. */
  readonly ciphertexts: readonly (readonly Ciphertext<Element>[])[]
  /** Number of counted ballots, and the sum of their weights, which bounds every result. */
  readonly ballots: number
  readonly weight: number
}

/** The payload of an `EncryptedTally` event. */
export type SizedTallyMessage = { readonly num_tallied: number; readonly total_weight: number; readonly encrypted_tally: string }

/** Reads the payload of an `EncryptedTally` event. */
export const sizedTallyShape = record(['num_tallied', 'total_weight', 'encrypted_tally'], {
  num_tallied: natural,
  total_weight: natural,
  encrypted_tally: hexHash,
})

/** Folds counted ballots (`Box.counted`) into the encrypted tally. Cost: two additions a place and ballot; a heavier vote, two products. */
export function encryptedTally(election: Election, counted: Iterable<Pick<CheckedBallot, 'answers' | 'weight'>>): EncryptedTally {
  const { engine, message } = election
  const sums = message.questions.map((question) => Array.from({ length: choiceCount(question) }, () => zeroCiphertext(engine)))
  let ballots = 0
  let weight = 0
  for (const ballot of counted) {
    ballots += 1
    weight += ballot.weight
    const times = BigInt(ballot.weight)
    const weighted = ({ alpha, beta }: Ciphertext<Element>): Ciphertext<Element> =>
      times === 1n ? { alpha, beta } : { alpha: engine.multiply(alpha, times), beta: engine.multiply(beta, times) }
    for (const [i, answer] of ballot.answers.entries()) {
      const row = sums[i]
      if (row === undefined) continue
      for (const [j, ciphertext] of answer.entries())
        row[j] = addCiphertexts(engine, row[j] ?? zeroCiphertext(engine), weighted(ciphertext))
    }
  }
  const messages = sums.map((row) =>
    row.map(({ alpha, beta }): CiphertextMessage => ({ alpha: engine.encode(alpha), beta: engine.encode(beta) })),
  )
  const text = wireText(messages)
  return { text, hash: sha256Hex(text), ciphertexts: sums, ballots, weight }
}
