import { assert, fail, ok, type Result, uintBytes, uintOf } from '@quorate/kernel'

import {
  type CeremonyFault,
  hashOfMessages,
  inOrder,
  type PolynomialMessage,
  polynomialShape,
  unwrap,
  wrap,
} from './ceremony-messages.ts'
import type { Table } from './certificates.ts'
import { checkCommitments, tableSignatureText } from './commitments.ts'
import type { Engine } from '../groups/engine.ts'
import { signMessage } from '../schnorr.ts'
import { openSealed, type Sealed, seal } from './seal.ts'
import { type TrusteeKey, trusteeSecret } from './trustee-key.ts'
import { coefexpsText, verificationKeyOf } from './trustees-format.ts'

/** A share under seal, and the sender's one-time key R decoded. */
type Box<P> = Sealed & { readonly to: number; readonly oneTimeKey: P }

/** One trustee's second message, checked: the commitments A_0 … A_{t−1}, the boxes, and what goes into the trustees file. */
export type Polynomial<P> = {
  readonly message: PolynomialMessage
  readonly commitments: readonly P[]
  readonly boxes: readonly Box<P>[]
}

/** All second messages in the trustees' order. */
export type Polynomials<P> = { readonly each: readonly Polynomial<P>[]; readonly hash: string }

const coefficients = <P>(engine: Engine<P>, key: TrusteeKey, table: Table<P>): readonly bigint[] =>
  Array.from({ length: table.context.threshold }, (_, k) => trusteeSecret(engine, key, `coefficient|${table.hash}|${k}`))

/** Which share a seal holds. */
export const sealContext = <P>(table: Table<P>, from: number, to: number): string =>
  `${table.context.uuid}|${table.hash}|${from}|${to}`

/** The share s_ij = f_i(j) mod q that trustee i makes for trustee j. */
export const shareFor = <P>(engine: Engine<P>, key: TrusteeKey, table: Table<P>, j: number): bigint =>
  coefficients(engine, key, table).reduceRight((sum, a) => (sum * BigInt(j) + a) % engine.q, 0n)

/** Bytes of a share: fixed length, so that a box does not tell how large the number in it is. */
const shareBytes = <P>(engine: Engine<P>): number => Math.ceil(engine.q.toString(2).length / 8)

/**
 * Step 2: the polynomial f_i of degree t − 1, as commitments A_k = a_k·G for all to see and a sealed share f_i(j) for each other trustee
 * j. The table must have been checked, with one's own place in it. Source: Pedersen 1991; Belenios specification, Polynomials.
 */
export function polynomialMessage<P>(engine: Engine<P>, key: TrusteeKey, table: Table<P>): string {
  const { uuid, index } = key.context
  const signingSecret = trusteeSecret(engine, key, 'sign')
  const commitments = coefficients(engine, key, table).map((a) => engine.encode(engine.multiplyBaseSecret(a)))
  const coefexps = coefexpsText(commitments)
  const shares = table.certificates.flatMap(({ encryption }, i) => {
    const to = i + 1
    if (to === index) return []
    const share = uintBytes(shareFor(engine, key, table, to), shareBytes(engine))
    const oneTime = trusteeSecret(engine, key, `seal|${table.hash}|${to}`)
    return [{ to, ...seal(engine, oneTime, encryption, sealContext(table, index, to), share) }]
  })
  return wrap(engine, signingSecret, {
    format: 'quorate/trustee-polynomial/v1',
    uuid,
    index,
    certs: table.hash,
    coefexps: { message: coefexps, signature: signMessage(engine, signingSecret, coefexps) },
    signature: signMessage(engine, signingSecret, tableSignatureText(table, commitments)),
    shares,
  })
}

/** Checks all that is public in one trustee's second message. */
export function checkPolynomial<P>(
  engine: Engine<P>,
  table: Table<P>,
  message: PolynomialMessage,
): Result<Polynomial<P>, CeremonyFault> {
  const trustee = message.index
  if (message.uuid !== table.context.uuid || message.certs !== table.hash) return fail({ kind: 'of another ceremony', trustee })
  const commitments = checkCommitments(engine, table, trustee, message.coefexps, message.signature)
  if (commitments.kind === 'fail') return commitments
  const others = table.certificates.map((_, i) => i + 1).filter((to) => to !== trustee)
  if (message.shares.map(({ to }) => to).join() !== others.join()) return fail({ kind: 'wrong list of shares', trustee })
  const boxes: Box<P>[] = []
  for (const share of message.shares) {
    const oneTimeKey = engine.decode(share.key)
    if (oneTimeKey.kind === 'fail') return fail({ kind: 'not an element', trustee })
    boxes.push({ ...share, oneTimeKey: oneTimeKey.value })
  }
  return ok({ message, commitments: commitments.value, boxes })
}

/** Checks all that is public in the second messages; whether one's own shares are right, {@link receiveShares} tells. Any order. */
export function checkPolynomials<P>(
  engine: Engine<P>,
  table: Table<P>,
  texts: readonly string[],
): Result<Polynomials<P>, CeremonyFault> {
  const sent = inOrder(texts, table.context.size, (text, place) => unwrap(engine, polynomialShape, table.signers, text, place))
  if (sent.kind === 'fail') return sent
  const each: Polynomial<P>[] = []
  for (const { body } of sent.value) {
    const polynomial = checkPolynomial(engine, table, body)
    if (polynomial.kind === 'fail') return polynomial
    each.push(polynomial.value)
  }
  return ok({ each, hash: hashOfMessages(sent.value.map(({ text }) => text)) })
}

/** The box that one trustee sealed for another. */
export const boxFor = <P>(polynomial: Polynomial<P>, to: number): Box<P> | undefined =>
  polynomial.boxes.find((box) => box.to === to)

/**
 * Looks into a box with the shared point K = dk_j·R and checks the share against the sender's commitments: s_ij·G = Σ_k j^k·A_ik.
 * Whoever knows K can do it: the recipient always, everybody once the recipient has published it in a complaint.
 */
export function shareInBox<P>(
  engine: Engine<P>,
  table: Table<P>,
  polynomial: Polynomial<P>,
  to: number,
  shared: P,
): Result<bigint, CeremonyFault> {
  const trustee = polynomial.message.index
  const box = boxFor(polynomial, to)
  const recipient = table.certificates[to - 1]?.encryption
  if (box === undefined || recipient === undefined) return fail({ kind: 'wrong list of shares', trustee })
  const opened = openSealed(engine, box, shared, recipient, sealContext(table, trustee, to))
  if (opened.kind === 'fail') return fail({ kind: 'sealed share does not open', trustee })
  const share = uintOf(opened.value)
  if (opened.value.length !== shareBytes(engine) || share >= engine.q) return fail({ kind: 'wrong share', trustee })
  const claimed = verificationKeyOf(engine, [polynomial.commitments], to)
  return engine.equal(engine.multiplyBaseSecret(share), claimed) ? ok(share) : fail({ kind: 'wrong share', trustee })
}

/** Opens and checks every share made for this trustee, and adds them up to its key S_j = Σ_i s_ij mod q. Names whose share is wrong. */
export function receiveShares<P>(
  engine: Engine<P>,
  key: TrusteeKey,
  table: Table<P>,
  polynomials: Polynomials<P>,
): Result<bigint, CeremonyFault> {
  const { index } = key.context
  const decryptionSecret = trusteeSecret(engine, key, 'decrypt')
  let sum = shareFor(engine, key, table, index)
  for (const polynomial of polynomials.each) {
    const trustee = polynomial.message.index
    if (trustee === index) continue
    const box = boxFor(polynomial, index)
    assert(box !== undefined, 'a checked message has a box for every other trustee')
    const share = shareInBox(engine, table, polynomial, index, engine.multiplySecret(box.oneTimeKey, decryptionSecret))
    if (share.kind === 'fail') return share
    sum = (sum + share.value) % engine.q
  }
  return ok(sum)
}
