import type { Random } from '@quorate/kernel'
import { assert } from '@quorate/kernel'

import type { Election } from '../election.ts'
import { embed } from '../groups/embedding.ts'
import type { Element } from '../groups/groups.ts'
import { challengeOf, randomScalar } from '../hash.ts'
import type { Paper } from './list-question.ts'
import { type Ciphertext, type CiphertextMessage, ciphertextMessage, ciphertextShape, ciphertextText } from '../proofs.ts'
import { knowledgeHolds, type Proof, proofShape, responseOf } from '../schnorr.ts'
import { record } from '../wire.ts'

/** The encrypted answer to one list question (Belenios specification §4.11.2), fields in their order: one ciphertext holds the whole list. */
export type ListAnswerMessage = { readonly choices: CiphertextMessage; readonly proof: Proof }

/** A locked answer and the elements that it shows to whoever checks it: α and β of each place; A and B of each proof. */
export type LockedAnswer<M> = {
  readonly message: M
  readonly ciphertexts: readonly Element[]
  readonly commitments: readonly Element[]
}

/** Reads the answer to a list question. */
export const listAnswerShape = record(['choices', 'proof'], { choices: ciphertextShape, proof: proofShape })

/** `raweg|S0|y,α,β|A`, S0 = φ`|`credential: nobody else can claim a copy or a re-encryption of the ciphertext as theirs. */
const challengeFor =
  ({ engine, fingerprint, key }: Election, credential: string, ciphertext: Ciphertext<Element>) =>
  (commitment: string): bigint =>
    challengeOf(
      `raweg|${fingerprint}|${credential}|${engine.encode(key)},${ciphertextText(engine, ciphertext)}|${commitment}`,
      engine.q,
    )

/**
 * Encrypts a paper: α = r·G, β = r·y + ξ, and proves that the voter knows r. The numbers are not proven to obey the question: that is
 * judged when the paper is opened. Draws r, then the proof's nonce.
 */
export function lockList(election: Election, credential: string, paper: Paper, random: Random): LockedAnswer<ListAnswerMessage> {
  const { engine, key } = election
  assert(engine.embedding !== undefined, 'an election with list questions is in a group that holds lists')
  const r = randomScalar(engine.q, random)
  const w = randomScalar(engine.q, random)
  const ciphertext = {
    alpha: engine.multiplyBaseSecret(r),
    beta: engine.add(engine.multiplySecret(key, r), embed(engine.embedding, paper)),
  }
  const commitment = engine.multiplyBaseSecret(w)
  const c = challengeFor(election, credential, ciphertext)(engine.encode(commitment))
  const proof = { challenge: c.toString(), response: responseOf(w, r, c, engine.q).toString() }
  const message = { choices: ciphertextMessage(engine, ciphertext), proof }
  return { message, ciphertexts: [ciphertext.alpha, ciphertext.beta], commitments: [commitment] }
}

/** Whether the proof of an encrypted paper holds: its caster knows the randomness. Points must have been decoded strictly. */
export const listProofHolds = (election: Election, credential: string, ciphertext: Ciphertext<Element>, proof: Proof): boolean =>
  knowledgeHolds(election.engine, ciphertext.alpha, proof, challengeFor(election, credential, ciphertext))
