import { concatBytes, fail, fromHex, ok, type Result, toHex, uintBytes, uintOf } from '@quorate/kernel'

import type { Election } from '../election.ts'
import { sha256Base64 } from '../hash.ts'
import { type AnyQuestion, choiceCount, isListQuestion, type Question } from './question.ts'
import { type AnswerMessage, type BallotMessage, ballotShape, isListAnswer } from './ballot.ts'
import type { CiphertextMessage } from '../proofs.ts'
import type { Proof } from '../schnorr.ts'
import { parseWire, wireText } from '../wire.ts'

/*
 * A ballot without what the election says anyway: the credential; for each answer α and β of every place, then the scalars of its proofs in
 * the order of the wire; c and z of the signature. Of n places and k overall branches in Ed25519 that is 192·n + 64·k + 96 bytes, so 544 for
 * yes or no and 2,720 for ten answers of which any may be approved, where the text has 1,719 and 7,693.
 */

/** How one election's ballots are packed: bytes of an element and of a scalar, and how an element is spelt. */
type Layout = { readonly element: number; readonly scalar: number; readonly hex: boolean }

/** Bytes of a residue in both groups of that kind, whose p has 2,048 bits. */
const residueBytes = 256

function layoutOf({ engine }: Election): Layout {
  const hex = engine.name === 'Ed25519'
  return { element: hex ? 32 : residueBytes, scalar: Math.ceil(engine.q.toString(16).length / 2), hex }
}

/** Reads numbers of fixed length one after the other. */
function reader(bytes: Uint8Array, { element, scalar, hex }: Layout) {
  let at = 0
  const take = (length: number): Uint8Array => bytes.subarray(at, (at += length))
  return {
    element: (): string => (hex ? toHex(take(element)) : uintOf(take(element)).toString()),
    proof: (): Proof => {
      const challenge = uintOf(take(scalar)).toString()
      return { challenge, response: uintOf(take(scalar)).toString() }
    },
  }
}

const times = <T>(n: number, make: () => T): readonly T[] => Array.from({ length: n }, make)

/** Number of proofs of the overall statement: one a sum, and one for blank. */
const overallCount = ({ min, max, blank }: Question): number => max - min + 1 + (blank === true ? 1 : 0)

function readAnswer(question: AnyQuestion, { element, proof }: ReturnType<typeof reader>): AnswerMessage {
  const ciphertext = (): CiphertextMessage => {
    const alpha = element()
    return { alpha, beta: element() }
  }
  if (isListQuestion(question)) return { choices: ciphertext(), proof: proof() }
  const places = choiceCount(question)
  const choices = times(places, ciphertext)
  const individual_proofs = times(places, () => [proof(), proof()])
  const overall_proof = times(overallCount(question), proof)
  return question.blank === true
    ? { choices, individual_proofs, overall_proof, blank_proof: [proof(), proof()] }
    : { choices, individual_proofs, overall_proof }
}

/** Bytes of a packed ballot of an election: the same for all of them. */
export function packedLength(election: Election): number {
  const { element, scalar } = layoutOf(election)
  const answers = election.message.questions.map((question) => {
    if (isListQuestion(question)) return 2 * element + 2 * scalar
    const proofs = 2 * choiceCount(question) + overallCount(question) + (question.blank === true ? 2 : 0)
    return 2 * choiceCount(question) * element + 2 * proofs * scalar
  })
  return element + answers.reduce((sum, length) => sum + length, 0) + 2 * scalar
}

/**
 * The exact text of a packed ballot, or that the bytes are none of this election. Cost: one hash, and a conversion to decimals for each scalar,
 * some 10 µs.
 */
export function unpackBallot(election: Election, packed: Uint8Array): Result<string, 'not of this length'> {
  if (packed.length !== packedLength(election)) return fail('not of this length')
  const read = reader(packed, layoutOf(election))
  const unsigned = {
    election_uuid: election.message.uuid,
    election_hash: election.fingerprint,
    credential: read.element(),
    answers: election.message.questions.map((question) => readAnswer(question, read)),
  }
  const signature = { hash: sha256Base64(wireText(unsigned)), proof: read.proof() }
  return ok(wireText({ ...unsigned, signature }))
}

function packed({ credential, answers, signature }: BallotMessage, { element, scalar, hex }: Layout): Uint8Array | null {
  const elements = (text: string): Uint8Array | null => {
    if (!hex) return /^[0-9]+$/.test(text) ? bytesOf(BigInt(text), element) : null
    const bytes = fromHex(text)
    return bytes.kind === 'ok' && bytes.value.length === element ? bytes.value : null
  }
  const proofs = ({ challenge, response }: Proof) => [challenge, response].map((text) => bytesOf(BigInt(text), scalar))
  const ciphertexts = ({ alpha, beta }: CiphertextMessage) => [elements(alpha), elements(beta)]
  const parts = [
    elements(credential),
    ...answers.flatMap((answer) =>
      isListAnswer(answer)
        ? [...ciphertexts(answer.choices), ...proofs(answer.proof)]
        : [
            ...answer.choices.flatMap(ciphertexts),
            ...[...answer.individual_proofs.flat(), ...answer.overall_proof, ...(answer.blank_proof ?? [])].flatMap(proofs),
          ],
    ),
    ...proofs(signature.proof),
  ]
  return parts.some((part) => part === null) ? null : concatBytes(...parts.flatMap((part) => (part === null ? [] : [part])))
}

const bytesOf = (n: bigint, length: number): Uint8Array | null => (n >> BigInt(8 * length) === 0n ? uintBytes(n, length) : null)

/**
 * Packs the exact text of a ballot. Null where its text could not be had again byte for byte: another election's, one that is not well formed,
 * one whose lengths are not those of its questions. Whoever stores ballots then keeps the text.
 */
export function packBallot(election: Election, text: string): Uint8Array | null {
  const message = parseWire(ballotShape, text)
  const bytes = message.kind === 'ok' ? packed(message.value, layoutOf(election)) : null
  const again = bytes === null ? null : unpackBallot(election, bytes)
  return again?.kind === 'ok' && again.value === text ? bytes : null
}
