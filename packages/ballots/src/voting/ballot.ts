import { fail, ok, type Random, type Result } from '@quorate/kernel'

import type { Election } from '../election.ts'
import type { Engine, OneOf, Spelt } from '../groups/engine.ts'
import type { Element } from '../groups/groups.ts'
import { longChallenge, textHash } from '../hash.ts'
import { type CiphertextMessage, ciphertextShape, lockEach } from '../proofs.ts'
import { type ListAnswerMessage, listAnswerShape, type LockedAnswer, lockList } from './list-answer.ts'
import { type Answer, checkChoices, type Choice, type ChoiceFault, isListQuestion, type Question } from './question.ts'
import { type Proof, proofShape, proveKnowledge } from '../schnorr.ts'
import { base64Hash, elementText, list, oneOf, pair, record, text, wireText } from '../wire.ts'

/** The encrypted answer to one homomorphic question (Belenios specification §4.11), fields in their order. */
export type ChoiceAnswerMessage = {
  /** One a place of the {@link Choice}: the blank bit first where the question has one. */
  readonly choices: readonly CiphertextMessage[]
  /** For each place, two proofs: it holds 0, it holds 1. */
  readonly individual_proofs: readonly (readonly Proof[])[]
  /** One proof for each sum from min to max; before them, where blank is allowed, one for "blank". */
  readonly overall_proof: readonly Proof[]
  /** Not blank, or no answer chosen. */
  readonly blank_proof?: readonly [Proof, Proof]
}

/** The encrypted answer to one question. */
export type AnswerMessage = ChoiceAnswerMessage | ListAnswerMessage

/** Whether an answer is a list. */
export const isListAnswer = (answer: AnswerMessage): answer is ListAnswerMessage => 'proof' in answer

/** A ballot without its signature: what the voter's device commits to before it asks to cast or to test. */
type UnsignedBallotMessage = {
  readonly election_uuid: string
  readonly election_hash: string
  /** X, the voter's key on the public roll. */
  readonly credential: string
  readonly answers: readonly AnswerMessage[]
}

/** The `ballot` message of format v1. */
export type BallotMessage = UnsignedBallotMessage & { readonly signature: { readonly hash: string; readonly proof: Proof } }

// Bounds on lists are far above any election we open; they keep a hostile message from costing more than its bytes.
const answerShape = record(
  ['choices', 'individual_proofs', 'overall_proof', 'blank_proof'],
  {
    choices: list(ciphertextShape, 500),
    individual_proofs: list(list(proofShape, 2), 500),
    overall_proof: list(proofShape, 500),
  },
  { blank_proof: pair(proofShape, proofShape) },
)

/** Reads a signed ballot. */
export const ballotShape = record(['election_uuid', 'election_hash', 'credential', 'answers', 'signature'], {
  election_uuid: text,
  election_hash: base64Hash,
  credential: elementText,
  answers: list(oneOf(answerShape, listAnswerShape), 100),
  signature: record(['hash', 'proof'], { hash: base64Hash, proof: proofShape }),
})

/** Prefixes of what a ballot's challenges hash: S0 binds election and voter, S also all ciphertexts of the question. */
export type BallotContext = { readonly S0: string; readonly S: string }

/** S0 = φ`|`credential; S = S0`|α1,β1,α2,β2…` (Belenios specification §4.11). */
export function ballotContext(fingerprint: string, credential: string, ciphertextTexts: readonly string[]): BallotContext {
  const S0 = `${fingerprint}|${credential}`
  return { S0, S: `${S0}|${ciphertextTexts.join(',')}` }
}

/** The whole-number interval from min to max. */
export const interval = (min: number, max: number): readonly number[] => Array.from({ length: max - min + 1 }, (_, i) => min + i)

/** What a choice proves: of each place that it holds 0 or 1, then of all what the question asks (Belenios specification §4.12, §4.13). */
function proofsOf(question: Question, choice: Choice, S0: string): readonly OneOf[] {
  const S = ({ all }: Spelt): string => `${S0}|${all}`
  const individual = choice.map((m, i): OneOf => ({
    alternatives: [
      { from: i, to: i + 1, excess: m },
      { from: i, to: i + 1, excess: m - 1 },
    ],
    trueIndex: m,
    statement: ({ places }) => `prove|${S0}|${places[i] ?? ''}`,
  }))
  const first = question.blank === true ? 1 : 0
  const answers = { from: first, to: choice.length }
  const chosen = choice.slice(first).reduce<number>((sum, m) => sum + m, 0)
  const sums = interval(question.min, question.max).map((M) => ({ ...answers, excess: chosen - M }))
  if (question.blank !== true)
    return [
      ...individual,
      { alternatives: sums, trueIndex: chosen - question.min, statement: (spelt) => `prove|${S(spelt)}|${spelt.total}` },
    ]
  const blank = choice[0] ?? 0
  const notBlank = { from: 0, to: 1, excess: blank }
  const isBlank = { from: 0, to: 1, excess: blank - 1 }
  return [
    ...individual,
    {
      alternatives: [notBlank, { ...answers, excess: chosen }],
      trueIndex: blank,
      statement: (spelt) => `bproof0|${S(spelt)}`,
    },
    {
      alternatives: [isBlank, ...sums],
      trueIndex: (1 - blank) * (1 + chosen - question.min),
      statement: (spelt) => `bproof1|${S(spelt)}`,
    },
  ]
}

/** Encrypts the places of one answer and proves that they obey the question. Draws, in this order: every r, then the proofs' scalars. */
function lockChoice(
  { engine, key, fingerprint }: Election,
  credential: string,
  question: Question,
  choice: Choice,
  random: Random,
): LockedAnswer<ChoiceAnswerMessage> {
  const asked = proofsOf(question, choice, ballotContext(fingerprint, credential, []).S0)
  const { texts, proofs, ciphertexts, commitments } =
    engine.lock?.(key, choice, asked, random) ?? lockEach(engine, key, choice, asked, random)
  const choices = texts.map((text) => {
    const [alpha = '', beta = ''] = text.split(',')
    return { alpha, beta }
  })
  const individual_proofs = proofs.slice(0, choice.length)
  const [first = [], overall_proof] = proofs.slice(choice.length)
  const [notBlank, isEmpty] = first
  return {
    message:
      overall_proof === undefined || notBlank === undefined || isEmpty === undefined
        ? { choices, individual_proofs, overall_proof: first }
        : { choices, individual_proofs, overall_proof, blank_proof: [notBlank, isEmpty] },
    ciphertexts,
    commitments,
  }
}

/** A ballot as the voter's device first shows it: encrypted and proven, but not yet signed, so nobody can cast it. */
export type UnsignedBallot = {
  readonly message: UnsignedBallotMessage
  /** base64 SHA-256 of the unsigned text: the base of the ballot code, the fingerprint, and what the signature signs. */
  readonly digest: string
  /** Absent where the ballot was not locked here. */
  readonly points?: UnsignedPoints
}

/** What an unsigned ballot shows of the curve: the elements that its text holds, and those that its proofs hash. */
type UnsignedPoints = { readonly ciphertexts: readonly Element[]; readonly commitments: readonly Element[] }

/** A ballot ready to be cast. `tracker`: base64 SHA-256 of `text`, its name in the box. */
export type LockedBallot = {
  readonly text: string
  readonly tracker: string
  readonly digest: string
  /** What whoever checks the ballot works out: α and β of every place, then A of the signature and A and B of every proof. */
  readonly points?: readonly Element[]
}

/**
 * Encrypts a voter's choices and proves that they obey the rules. `credential` is the text of the voter's public key, `choices` holds one
 * {@link Answer} a question. All randomness is drawn from `random` in a fixed order and amount, so that a 32-byte seed rebuilds the
 * ballot byte for byte (the honesty test). Fails when the choices break a question's rules.
 */
export function prepareBallot(
  election: Election,
  choices: readonly Answer[],
  credential: string,
  random: Random,
): Result<UnsignedBallot, ChoiceFault> {
  const { questions, uuid } = election.message
  const allowed = checkChoices(questions, choices)
  if (allowed.kind === 'fail') return allowed
  const answers = questions.map((question, i) =>
    isListQuestion(question)
      ? lockList(election, credential, choices[i] ?? [], random)
      : // A choice that obeys its question holds zeros and ones.
        lockChoice(election, credential, question, (choices[i] ?? []) as Choice, random),
  )
  const message: UnsignedBallotMessage = {
    election_uuid: uuid,
    election_hash: election.fingerprint,
    credential,
    answers: answers.map((answer) => answer.message),
  }
  const points = {
    ciphertexts: answers.flatMap(({ ciphertexts }) => ciphertexts),
    commitments: answers.flatMap(({ commitments }) => commitments),
  }
  return ok({ message, digest: textHash(election.engine, wireText(message)), points })
}

/** Challenge of a ballot's signature: `sig|hash|A` (Belenios specification §4.14). */
export const signatureChallenge =
  (digest: string, engine: Pick<Engine, 'sha256' | 'q'>) =>
  (commitment: string): bigint =>
    longChallenge(engine, `sig|${digest}|${commitment}`)

/**
 * Signs an unsigned ballot with the credential's secret x. Its nonce is derived from x and the digest, never from the ballot's
 * randomness, which an honesty test reveals. A ballot that was tested must never come here.
 */
export function signBallot(election: Election, { message, digest, points }: UnsignedBallot, secret: bigint): LockedBallot {
  const { engine, fingerprint } = election
  const signed: Element[] = []
  const proof = proveKnowledge(engine, secret, `sig|${fingerprint}|${digest}`, signatureChallenge(digest, engine), (A) =>
    signed.push(A),
  )
  const ballotText = wireText({ ...message, signature: { hash: digest, proof } })
  const locked = { text: ballotText, tracker: textHash(engine, ballotText), digest }
  return points === undefined ? locked : { ...locked, points: [...points.ciphertexts, ...signed, ...points.commitments] }
}

/** {@link prepareBallot} and {@link signBallot} in one, for those who hold the secret and do not test. */
export function lockBallot(
  election: Election,
  choices: readonly Answer[],
  secret: bigint,
  random: Random,
): Result<LockedBallot, ChoiceFault> {
  const credential = election.engine.encode(election.engine.multiplyBaseSecret(secret))
  const unsigned = prepareBallot(election, choices, credential, random)
  return unsigned.kind === 'fail' ? fail(unsigned.error) : ok(signBallot(election, unsigned.value, secret))
}
