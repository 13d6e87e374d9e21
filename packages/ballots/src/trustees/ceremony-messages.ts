import { fail, ok, type Result } from '@quorate/kernel'

import type { Engine } from '../groups/engine.ts'
import { sha256Hex } from '../hash.ts'
import { messageSigned, proofShape, signMessage } from '../schnorr.ts'
import { signedShape, trusteeKeyShape, trusteesMax } from './trustees-format.ts'
import { elementText, hexHash, list, literal, natural, parseWire, record, type Shape, textLike, wireText } from '../wire.ts'

/** A trustee's second message: the polynomial's commitments, and for each other trustee a share under seal. */
export const polynomialShape = record(['format', 'uuid', 'index', 'certs', 'coefexps', 'signature', 'shares'], {
  format: literal('quorate/trustee-polynomial/v1'),
  uuid: textLike(/^[1-9A-HJ-NP-Za-km-z]{14,64}$/),
  index: natural,
  /** SHA-256 of the certificates it answers, see {@link hashOfMessages}. */
  certs: hexHash,
  coefexps: signedShape,
  /** Signature over `certs_sig|{certs,coefexps}`, as it goes into the trustees file. */
  signature: proofShape,
  shares: list(
    record(['to', 'key', 'box'], { to: natural, key: elementText, box: textLike(/^[0-9a-f]{32,1024}$/) }),
    trusteesMax,
  ),
})

/** A trustee's third message: the verification key, and which second messages it was made from. */
export const keyMessageShape = record(['format', 'uuid', 'index', 'polynomials', 'key'], {
  format: literal('quorate/trustee-verification-key/v1'),
  uuid: textLike(/^[1-9A-HJ-NP-Za-km-z]{14,64}$/),
  index: natural,
  /** SHA-256 of the second messages it answers: two trustees who were shown different ones find out here. */
  polynomials: hexHash,
  key: trusteeKeyShape,
})

type Read<S> = S extends Shape<infer T> ? T : never
/** See {@link polynomialShape}. */
export type PolynomialMessage = Read<typeof polynomialShape>
/** See {@link keyMessageShape}. */
export type KeyMessage = Read<typeof keyMessageShape>

/** One hash over messages in the trustees' order. Each is hashed first, so that no two lists have one text. */
export const hashOfMessages = (texts: readonly string[]): string => sha256Hex(texts.map(sha256Hex).join('|'))

/** Why the ceremony cannot go on, and at whom it stopped: `trustee` is the index of the one whose message is at fault. */
export type CeremonyFault =
  | { readonly kind: 'absent'; readonly trustee: number }
  | { readonly kind: 'sent twice'; readonly trustee: number }
  /** Two different messages for one step, both signed. */
  | { readonly kind: 'equivocated'; readonly trustee: number }
  /** Not a message of this step at all; `place` counts from 0 in the list given, since no trustee can be named. */
  | { readonly kind: 'malformed'; readonly place: number }
  /** Another election, table, group or set of certificates. */
  | { readonly kind: 'of another ceremony'; readonly trustee: number }
  | {
      readonly kind: 'signature fails'
      readonly trustee: number
      readonly of: 'certificate' | 'coefexps' | 'certs' | 'message' | 'key'
    }
  | { readonly kind: 'keys repeat those of another'; readonly trustee: number; readonly other: number }
  | { readonly kind: 'wrong number of coefficients'; readonly trustee: number }
  | { readonly kind: 'wrong list of shares'; readonly trustee: number }
  | { readonly kind: 'not an element'; readonly trustee: number }
  /** A message in the name of another than whoever sent it. */
  | { readonly kind: 'not the sender’s own'; readonly trustee: number }
  /** The certificates shown to me have another in my place. */
  | { readonly kind: 'own message replaced'; readonly trustee: number }
  | { readonly kind: 'sealed share does not open'; readonly trustee: number }
  | { readonly kind: 'wrong share'; readonly trustee: number }
  | { readonly kind: 'wrong verification key'; readonly trustee: number }
  | { readonly kind: 'proof of the key fails'; readonly trustee: number }
  /** Made from other second messages than mine: somebody, most simply the server, showed us different ones. */
  | { readonly kind: 'saw other messages'; readonly trustee: number }

/** A message as it was sent and what it says. */
export type Sent<T> = { readonly text: string; readonly body: T; readonly from: number }

/**
 * Puts messages in the trustees' order, one from each of `size`. `read` gives the body and the sender, after checking the signature: only
 * then may two different messages be laid at the trustee's door.
 */
export function inOrder<T>(
  texts: readonly string[],
  size: number,
  read: (text: string, place: number) => Result<Omit<Sent<T>, 'text'>, CeremonyFault>,
): Result<readonly Sent<T>[], CeremonyFault> {
  const places = new Map<number, Sent<T>>()
  for (const [place, message] of texts.entries()) {
    const one = read(message, place)
    if (one.kind === 'fail') return one
    const { from, body } = one.value
    const earlier = places.get(from)
    if (earlier !== undefined) return fail({ kind: earlier.text === message ? 'sent twice' : 'equivocated', trustee: from })
    places.set(from, { text: message, body, from })
  }
  const ordered: Sent<T>[] = []
  for (let trustee = 1; trustee <= size; trustee++) {
    const one = places.get(trustee)
    if (one === undefined) return fail({ kind: 'absent', trustee })
    ordered.push(one)
  }
  return ok(ordered)
}

const signedText = (message: string): string => `quorate/trustee-message/v1|${message}`

/** Wraps a trustee's own message with the author's signature, domain-separated from what goes into the trustees file. */
export const wrap = <P>(engine: Engine<P>, signingSecret: bigint, body: object): string => {
  const message = wireText(body)
  return wireText({ message, signature: signMessage(engine, signingSecret, signedText(message)) })
}

/** Reads a wrapped message: shape, place at the table, signature. `signers[i]` is the verification key of trustee i + 1. */
export function unwrap<P, T extends { readonly index: number }>(
  engine: Engine<P>,
  shape: Shape<T>,
  signers: readonly P[],
  wrapped: string,
  place: number,
): Result<Omit<Sent<T>, 'text'>, CeremonyFault> {
  const outer = parseWire(signedShape, wrapped)
  if (outer.kind === 'fail') return fail({ kind: 'malformed', place })
  const inner = parseWire(shape, outer.value.message)
  const signer = inner.kind === 'ok' ? signers[inner.value.index - 1] : undefined
  if (inner.kind === 'fail' || signer === undefined) return fail({ kind: 'malformed', place })
  const from = inner.value.index
  if (!messageSigned(engine, signer, signedText(outer.value.message), outer.value.signature))
    return fail({ kind: 'signature fails', trustee: from, of: 'message' })
  return ok({ body: inner.value, from })
}
