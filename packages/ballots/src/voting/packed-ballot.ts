import { fail, fromHex, ok, type Result, toHex } from '@quorate/kernel'

import type { Election } from '../election.ts'
import { textHash } from '../hash.ts'
import { type AnyQuestion, choiceCount, isListQuestion, type Question } from './question.ts'
import type { AnswerMessage, BallotMessage } from './ballot.ts'
import type { CiphertextMessage } from '../proofs.ts'
import type { Proof } from '../schnorr.ts'
import { wireText } from '../wire.ts'

/*
 * A ballot without what the election says anyway: the credential; for each answer α and β of every place, then the scalars of its proofs in
 * the order of the wire; c and z of the signature. Of n places and k overall branches in Ed25519 that is 192·n + 64·k + 96 bytes, so 544 for
 * yes or no and 2,720 for ten answers of which any may be approved, where the text has 1,719 and 7,693.
 *
 * All ballots of an election are one text but for those values: its form. To pack is to walk along the form and to read off the values, so
 * nothing is parsed, and whatever stands in no place of the form is not packed.
 */

/** What stands in a place of a form. */
type Kind = 'element' | 'scalar' | 'hash'

/** A place of a form: the text that stands before it, and, but for the hash, the digits in hexadecimal of what is kept of it. */
type Place = { readonly before: string; readonly kind: Kind; readonly digits: number }

/** The texts of one election's ballots. `hex`: elements are spelt in hexadecimal, not as decimals. */
type Form = { readonly places: readonly Place[]; readonly after: string; readonly hex: boolean; readonly digits: number }

/** What stands for each kind of value while a form is made; `#` is in no identifier and no hash. */
const marks: Readonly<Record<Kind, string>> = { element: '#e', scalar: '#s', hash: '#h' }

const kindOf = (mark: string | undefined): Kind => (mark === 'e' ? 'element' : mark === 's' ? 'scalar' : 'hash')

const proof: Proof = { challenge: marks.scalar, response: marks.scalar }
const ciphertext: CiphertextMessage = { alpha: marks.element, beta: marks.element }
const times = <T>(n: number, item: T): readonly T[] => Array.from({ length: n }, () => item)

/** Number of proofs of the overall statement: one a sum, and one for blank. */
const overallCount = ({ min, max, blank }: Question): number => max - min + 1 + (blank === true ? 1 : 0)

function markedAnswer(question: AnyQuestion): AnswerMessage {
  if (isListQuestion(question)) return { choices: ciphertext, proof }
  const places = choiceCount(question)
  const answer = {
    choices: times(places, ciphertext),
    individual_proofs: times(places, [proof, proof]),
    overall_proof: times(overallCount(question), proof),
  }
  return question.blank === true ? { ...answer, blank_proof: [proof, proof] } : answer
}

/** Bytes of a residue in both groups of that kind, whose p has 2,048 bits. */
const residueBytes = 256

function madeForm({ engine, fingerprint, message }: Election): Form {
  const marked: BallotMessage = {
    election_uuid: message.uuid,
    election_hash: fingerprint,
    credential: marks.element,
    answers: message.questions.map(markedAnswer),
    signature: { hash: marks.hash, proof },
  }
  const hex = engine.name === 'Ed25519'
  const digits: Readonly<Record<Kind, number>> = {
    element: 2 * (hex ? 32 : residueBytes),
    scalar: 2 * Math.ceil(engine.q.toString(16).length / 2),
    hash: 0,
  }
  const pieces = wireText(marked).split(/#([esh])/)
  const places = Array.from({ length: (pieces.length - 1) / 2 }, (_, i): Place => {
    const kind = kindOf(pieces[2 * i + 1])
    return { before: pieces[2 * i] ?? '', kind, digits: digits[kind] }
  })
  return { places, after: pieces.at(-1) ?? '', hex, digits: places.reduce((sum, place) => sum + place.digits, 0) }
}

const forms = new WeakMap<Election, Form>()

function formOf(election: Election): Form {
  const held = forms.get(election) ?? madeForm(election)
  forms.set(election, held)
  return held
}

/** Between a ballot's answers and the hash over all before it, which is taken as if the ballot ended there. */
const signatureStart = ',"signature":{"hash":"'

/** The hash that stands in a text's place for it, given all that stands before. */
const signedHash = ({ engine }: Election, before: string): string =>
  textHash(engine, `${before.slice(0, before.length - signatureStart.length)}}`)

/** Bytes of a packed ballot of an election: the same for all of them. */
export const packedLength = (election: Election): number => formOf(election).digits / 2

/**
 * The exact text of a packed ballot, or that the bytes are none of this election. Cost: one hash, and a conversion to decimals for each scalar;
 * some 25 µs for yes or no.
 */
export function unpackBallot(election: Election, packed: Uint8Array): Result<string, 'not of this length'> {
  const { places, after, hex, digits } = formOf(election)
  if (2 * packed.length !== digits) return fail('not of this length')
  const all = toHex(packed)
  let text = ''
  let at = 0
  for (const place of places) {
    text += place.before
    const own = all.slice(at, (at += place.digits))
    if (place.kind === 'hash') text += signedHash(election, text)
    else text += hex && place.kind === 'element' ? own : BigInt(`0x${own}`).toString()
  }
  return ok(text + after)
}

/** Decimal digits: of a number below 2²⁰⁴⁸ at most 617. */
const decimal = /^(?:0|[1-9][0-9]{0,616})$/

/** The digits that are kept of a value as it is spelt, or null where another spelling would give the same. */
function keptDigits(spelt: string, { kind, digits }: Place, hex: boolean): string | null {
  if (hex && kind === 'element') return spelt.length === digits ? spelt : null
  if (!decimal.test(spelt)) return null
  const own = BigInt(spelt).toString(16).padStart(digits, '0')
  return own.length === digits ? own : null
}

/**
 * Packs the exact text of a ballot. Null where its text could not be had again byte for byte: another election's, one that is not well formed,
 * one whose lengths are not those of its questions. Whoever stores ballots then keeps the text. `digest`: base64 SHA-256 of the ballot without its
 * signature, where somebody has checked it. Cost: that of {@link unpackBallot}, a third less with the digest.
 */
export function packBallot(election: Election, text: string, digest?: string): Uint8Array | null {
  const { places, after, hex } = formOf(election)
  let all = ''
  let at = 0
  for (const place of places) {
    if (!text.startsWith(place.before, at)) return null
    at += place.before.length
    const end = text.indexOf('"', at)
    if (end < 0) return null
    const spelt = text.slice(at, end)
    if (place.kind === 'hash') {
      if ((digest ?? signedHash(election, text.slice(0, at))) !== spelt) return null
    } else {
      const own = keptDigits(spelt, place, hex)
      if (own === null) return null
      all += own
    }
    at = end
  }
  // Elements whose digits are none, or are capitals, are refused here.
  const bytes = text.slice(at) === after ? fromHex(all) : null
  return bytes?.kind === 'ok' ? bytes.value : null
}
