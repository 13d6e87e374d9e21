import type { CheckedBallot } from '../voting/ballot-check.ts'
import { compareKeys } from '../voting/credential.ts'
import type { Election } from '../election.ts'
import type { Element } from '../groups/groups.ts'
import { sha256Hex } from '../hash.ts'
import { addCiphertexts, type Ciphertext, ciphertextMessage, zeroCiphertext } from '../proofs.ts'
import { choiceCount, isListQuestion } from '../voting/question.ts'
import { hexHash, natural, record, wireText } from '../wire.ts'

/** The sum of all counted ballots, still encrypted (Belenios specification §4.16). */
export type EncryptedTally = {
  readonly text: string
  /** hex SHA-256 of the text: its name in the archive. */
  readonly hash: string
  /** questions × places; of a list question one a counted ballot, sorted by the number that α's text stands for. */
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

/**
 * Folds counted ballots (`Box.counted`) into the encrypted tally; answers to list questions are
 * collected and sorted, as `belenios-tool` 2.0 does though its specification does not say so. Cost: two additions a place
 * and ballot; a heavier vote, two products.
 */
export function encryptedTally(election: Election, counted: Iterable<Pick<CheckedBallot, 'answers' | 'weight'>>): EncryptedTally {
  const { engine, message } = election
  const isList = message.questions.map(isListQuestion)
  const sums = message.questions.map((question) =>
    isListQuestion(question) ? [] : Array.from({ length: choiceCount(question) }, () => zeroCiphertext(engine)),
  )
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
      if (isList[i] === true) {
        row.push(...answer)
        continue
      }
      for (const [j, ciphertext] of answer.entries())
        row[j] = addCiphertexts(engine, row[j] ?? zeroCiphertext(engine), weighted(ciphertext))
    }
  }
  const rows = sums.map((row, i) => {
    const written = row.map((ciphertext) => ({ ciphertext, message: ciphertextMessage(engine, ciphertext) }))
    return isList[i] === true ? written.sort((a, b) => compareKeys(a.message.alpha, b.message.alpha)) : written
  })
  const text = wireText(rows.map((row) => row.map(({ message: each }) => each)))
  const ciphertexts = rows.map((row) => row.map(({ ciphertext }) => ciphertext))
  return { text, hash: sha256Hex(text), ciphertexts, ballots, weight }
}

/** The ciphertexts of the list questions, in their order: what is shuffled (Belenios specification §4.17). */
export const listCiphertexts = (
  { message }: Election,
  ciphertexts: EncryptedTally['ciphertexts'],
): EncryptedTally['ciphertexts'] => ciphertexts.filter((_, i) => message.questions.slice(i, i + 1).some(isListQuestion))

/** The tally with its list questions as a shuffle left them: what is opened. Text and hash stay those of the published tally. */
export function afterShuffle(
  { message }: Election,
  tally: EncryptedTally,
  shuffled: EncryptedTally['ciphertexts'],
): EncryptedTally {
  const rows = shuffled.values()
  const ciphertexts = message.questions.map((question, i) =>
    isListQuestion(question) ? (rows.next().value ?? []) : (tally.ciphertexts[i] ?? []),
  )
  return { ...tally, ciphertexts }
}
