import { fail, ok, type Result } from '@quorate/kernel'

import {
  type AnswerMessage,
  ballotContext,
  type BallotMessage,
  ballotShape,
  type ChoiceAnswerMessage,
  interval,
  isListAnswer,
  signatureChallenge,
} from './ballot.ts'
import type { Election } from '../election.ts'
import type { ElementFault } from '../groups/engine.ts'
import type { Element } from '../groups/groups.ts'
import { challengeOf, textHash } from '../hash.ts'
import { addCiphertexts, type Alternative, type Ciphertext, ciphertextText, oneOfHolds, zeroCiphertext } from '../proofs.ts'
import { type AnyQuestion, choiceCount, isListQuestion, type Question } from './question.ts'
import { listProofHolds } from './list-answer.ts'
import type { PublicRoll, RollEntry } from './roll.ts'
import { isScalarBelow, knowledgeHolds, type Proof } from '../schnorr.ts'
import { parseWire, type WireFault, wireText } from '../wire.ts'

/** A ballot whose every proof holds. What it shares with others in the box (a repeated α, a second copy) is the box's to judge. */
export type CheckedBallot = {
  readonly text: string
  /** base64 SHA-256 of the text. */
  readonly tracker: string
  /** base64 SHA-256 of the ballot without its signature. */
  readonly digest: string
  readonly credential: string
  readonly weight: number
  /** questions × places. */
  readonly answers: readonly (readonly Ciphertext<Element>[])[]
  /** Texts of every α, none twice: no other ballot in the box may hold one of them. */
  readonly alphas: readonly string[]
}

/** Why a ballot is not valid. Questions and places count from 0. */
export type BallotFault =
  | { readonly kind: 'malformed'; readonly fault: WireFault }
  | { readonly kind: 'another election'; readonly field: 'election_uuid' | 'election_hash' }
  | { readonly kind: 'not on the roll' }
  | { readonly kind: 'number of answers' }
  /** A list where places are asked for, or the other way about. */
  | { readonly kind: 'kind of answer'; readonly question: number }
  | { readonly kind: 'number of choices' | 'number of proofs' | 'scalar not below q'; readonly question: number }
  | { readonly kind: 'signature not below q' | 'signature hash' | 'signature' }
  /** One randomness used twice in one ballot: the two plaintexts could be compared. */
  | { readonly kind: 'repeated alpha'; readonly question: number; readonly place: number }
  | {
      readonly kind: 'element'
      readonly question: number
      readonly place: number
      readonly part: 'alpha' | 'beta'
      readonly fault: ElementFault
    }
  | { readonly kind: 'individual proof'; readonly question: number; readonly place: number }
  | { readonly kind: 'overall proof' | 'blank proof' | 'list proof'; readonly question: number }

/** Everything that can be judged by counting, before any curve arithmetic. */
function countFault(answer: AnswerMessage, asked: AnyQuestion, question: number, q: bigint): BallotFault | undefined {
  const inRange = (proof: Proof): boolean => isScalarBelow(proof.challenge, q) && isScalarBelow(proof.response, q)
  if (isListAnswer(answer) !== isListQuestion(asked)) return { kind: 'kind of answer', question }
  if (isListAnswer(answer) || isListQuestion(asked))
    return isListAnswer(answer) && inRange(answer.proof) ? undefined : { kind: 'scalar not below q', question }
  const places = choiceCount(asked)
  const blank = asked.blank === true
  if (answer.choices.length !== places) return { kind: 'number of choices', question }
  const proofs = [...answer.individual_proofs, answer.overall_proof, answer.blank_proof ?? []]
  const counts = answer.individual_proofs.length === places && answer.individual_proofs.every((p) => p.length === 2)
  const sums = asked.max - asked.min + 1 + (blank ? 1 : 0)
  if (!counts || answer.overall_proof.length !== sums || (answer.blank_proof !== undefined) !== blank)
    return { kind: 'number of proofs', question }
  return proofs.every((p) => p.every(inRange)) ? undefined : { kind: 'scalar not below q', question }
}

/** Decodes an answer's ciphertexts strictly. `seen` collects the α of the whole ballot. */
function readCiphertexts(
  { engine }: Election,
  answer: AnswerMessage,
  question: number,
  seen: Set<string>,
): Result<readonly Ciphertext<Element>[], BallotFault> {
  const read: Ciphertext<Element>[] = []
  const choices = isListAnswer(answer) ? [answer.choices] : answer.choices
  for (const [place, choice] of choices.entries()) {
    if (seen.has(choice.alpha)) return fail({ kind: 'repeated alpha', question, place })
    seen.add(choice.alpha)
    const alpha = engine.decode(choice.alpha)
    if (alpha.kind === 'fail') return fail({ kind: 'element', question, place, part: 'alpha', fault: alpha.error })
    const beta = engine.decode(choice.beta)
    if (beta.kind === 'fail') return fail({ kind: 'element', question, place, part: 'beta', fault: beta.error })
    read.push({ alpha: alpha.value, beta: beta.value })
  }
  return ok(read)
}

/** Checks the proofs of one answer; its kind, lengths and scalars have been checked. */
function proofFault(
  election: Election,
  credential: string,
  answer: AnswerMessage,
  ciphertexts: readonly Ciphertext<Element>[],
  question: number,
): BallotFault | undefined {
  const asked = election.message.questions[question]
  const [only] = ciphertexts
  if (asked === undefined) return { kind: 'number of answers' }
  if (!isListAnswer(answer) && !isListQuestion(asked))
    return choiceProofFault(election, credential, answer, ciphertexts, { asked, question })
  return only !== undefined && isListAnswer(answer) && listProofHolds(election, credential, only, answer.proof)
    ? undefined
    : { kind: 'list proof', question }
}

function choiceProofFault(
  { engine, key, fingerprint }: Election,
  credential: string,
  answer: ChoiceAnswerMessage,
  ciphertexts: readonly Ciphertext<Element>[],
  { asked, question }: { readonly asked: Question; readonly question: number },
): BallotFault | undefined {
  const texts = ciphertexts.map((c) => ciphertextText(engine, c))
  const { S0, S } = ballotContext(fingerprint, credential, texts)
  const holds = (alternatives: readonly Alternative<Element>[], proofs: readonly Proof[], statement: string): boolean =>
    oneOfHolds(engine, key, alternatives, proofs, (commitments) => challengeOf(`${statement}|${commitments}`, engine.q))

  for (const [place, ciphertext] of ciphertexts.entries()) {
    const alternatives = [0, 1].map((M) => ({ ciphertext, M }))
    const statement = `prove|${S0}|${texts[place] ?? ''}`
    if (!holds(alternatives, answer.individual_proofs[place] ?? [], statement))
      return { kind: 'individual proof', question, place }
  }
  const total = (asked.blank === true ? ciphertexts.slice(1) : ciphertexts).reduce(
    (t, c) => addCiphertexts(engine, t, c),
    zeroCiphertext(engine),
  )
  const sums = interval(asked.min, asked.max).map((M) => ({ ciphertext: total, M }))
  const [blank] = ciphertexts
  if (asked.blank !== true || blank === undefined)
    return holds(sums, answer.overall_proof, `prove|${S}|${ciphertextText(engine, total)}`)
      ? undefined
      : { kind: 'overall proof', question }
  const notBlankOrEmpty = [blank, total].map((ciphertext) => ({ ciphertext, M: 0 }))
  if (!holds(notBlankOrEmpty, answer.blank_proof ?? [], `bproof0|${S}`)) return { kind: 'blank proof', question }
  return holds([{ ciphertext: blank, M: 1 }, ...sums], answer.overall_proof, `bproof1|${S}`)
    ? undefined
    : { kind: 'overall proof', question }
}

/** All counts of all questions. */
function countsFault(election: Election, { answers }: BallotMessage): BallotFault | undefined {
  const { questions } = election.message
  if (answers.length !== questions.length) return { kind: 'number of answers' }
  for (const [i, asked] of questions.entries()) {
    const answer = answers[i]
    const fault = answer === undefined ? undefined : countFault(answer, asked, i, election.engine.q)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Checks answers whose counts are right, in the order of cost: all elements, then all proofs. */
function checkAnswers(
  election: Election,
  { answers, credential }: BallotMessage,
): Result<Pick<CheckedBallot, 'answers' | 'alphas'>, BallotFault> {
  const alphas = new Set<string>()
  const ciphertexts: (readonly Ciphertext<Element>[])[] = []
  for (const [i, answer] of answers.entries()) {
    const read = readCiphertexts(election, answer, i, alphas)
    if (read.kind === 'fail') return read
    ciphertexts.push(read.value)
  }
  for (const [i, answer] of answers.entries()) {
    const fault = proofFault(election, credential, answer, ciphertexts[i] ?? [], i)
    if (fault !== undefined) return fail(fault)
  }
  return ok({ answers: ciphertexts, alphas: [...alphas] })
}

/**
 * Checks a ballot alone, strictly: canonical text, this election, a key of the roll, its signature, every point and every proof. The
 * cheap checks come first. The box must still be asked (`openBox`): copies, repeated α and the order of re-votes need the others.
 */
export function checkBallot(
  election: Election,
  roll: PublicRoll<Element>,
  ballotText: string,
): Result<CheckedBallot, BallotFault> {
  const read = readBallot(election, roll, ballotText)
  if (read.kind === 'fail') return read
  const { message, entry, digest } = read.value
  if (!knowledgeHolds(election.engine, entry.key, message.signature.proof, signatureChallenge(digest, election.engine)))
    return fail({ kind: 'signature' })
  const answers = checkAnswers(election, message)
  return answers.kind === 'fail' ? answers : ok(checkedBallot(read.value, textHash(election.engine, ballotText), answers.value))
}

/** A ballot of which everything is right that can be judged without the curve. */
export type ReadBallot = {
  readonly text: string
  readonly message: BallotMessage
  readonly entry: RollEntry<Element>
  readonly digest: string
}

/** A checked ballot of what was read and what its answers hold. */
export const checkedBallot = (
  { text, message: { credential }, entry: { weight }, digest }: ReadBallot,
  tracker: string,
  answers: Pick<CheckedBallot, 'answers' | 'alphas'>,
): CheckedBallot => ({ text, tracker, digest, credential, weight, ...answers })

/** Everything of {@link checkBallot} that needs no curve: text, election, roll, hash, counts, scalars below q. */
export function readBallot(election: Election, roll: PublicRoll<Element>, ballotText: string): Result<ReadBallot, BallotFault> {
  const read = parseWire(ballotShape, ballotText)
  if (read.kind === 'fail') return fail({ kind: 'malformed', fault: read.error })
  const { signature, ...unsigned } = read.value
  const { engine, fingerprint, message } = election
  if (unsigned.election_uuid !== message.uuid) return fail({ kind: 'another election', field: 'election_uuid' })
  if (unsigned.election_hash !== fingerprint) return fail({ kind: 'another election', field: 'election_hash' })
  const entry = roll.entries.get(unsigned.credential)
  if (entry === undefined) return fail({ kind: 'not on the roll' })
  // The text is canonical and its signature stands last: what was signed is the rest of it.
  const signed = `${ballotText.slice(0, ballotText.length - `,"signature":${wireText(signature)}}`.length)}}`
  const digest = textHash(engine, signed)
  if (signature.hash !== digest) return fail({ kind: 'signature hash' })
  const { challenge, response } = signature.proof
  if (!isScalarBelow(challenge, engine.q) || !isScalarBelow(response, engine.q)) return fail({ kind: 'signature not below q' })
  const counts = countsFault(election, read.value)
  return counts === undefined ? ok({ text: ballotText, message: read.value, entry, digest }) : fail(counts)
}
