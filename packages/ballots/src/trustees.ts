import { assert, fail, ok, type Result } from '@quorate/kernel'

import {
  type CeremonyFault,
  inOrder,
  keyMessageShape,
  type KeyMessage,
  signedShape,
  unwrap,
  verificationKeyShape,
  wrap,
} from './ceremony-messages.ts'
import { certificateOf, checkCertificates, checkOwnPlace, readCertificates, type Table } from './certificates.ts'
import { checkCommitments, checkVerificationKey, verificationKeyText } from './commitments.ts'
import type { Engine } from './engine.ts'
import { sha256Hex } from './hash.ts'
import { checkPolynomials, polynomialMessage, type Polynomials, receiveShares } from './polynomials.ts'
import { proofShape, proveKey, signMessage } from './schnorr.ts'
import { type TrusteeContext, type TrusteeKey, trusteeSecret, trusteesMax } from './trustee-key.ts'
import { list, literal, natural, pair, parseWire, record, type Shape, wireText } from './wire.ts'

const pedersenShape = record(['threshold', 'certs', 'coefexps', 'signatures', 'verification_keys'], {
  threshold: natural,
  certs: list(signedShape, trusteesMax),
  coefexps: list(signedShape, trusteesMax),
  signatures: list(proofShape, trusteesMax),
  verification_keys: list(verificationKeyShape, trusteesMax),
})

/** The one form of `trustees` that we write: one threshold group, no single trustee beside it. */
const fileShape = list(pair(literal('Pedersen'), pedersenShape), 1)

type Pedersen = typeof pedersenShape extends Shape<infer T> ? T : never

/** A trustees file that was checked: t, the keys X_1 … X_n that openings are checked against, and the election key y. */
export type ThresholdTrustees<P> = {
  readonly threshold: number
  readonly verificationKeys: readonly P[]
  /** y = Σ_i A_i0. */
  readonly electionKey: P
}

/** Why a text is not a trustees file: its shape, or what is wrong with whose part. */
export type TrusteesFault = { readonly kind: 'not a trustees file' } | CeremonyFault

/** Checks everything in a trustees file strictly. Cost: about n·(n + t + 8) products. */
export function checkTrusteesFile<P>(engine: Engine<P>, text: string): Result<ThresholdTrustees<P>, TrusteesFault> {
  const file = parseWire(fileShape, text)
  const pedersen = file.kind === 'ok' ? file.value[0]?.[1] : undefined
  if (pedersen === undefined) return fail({ kind: 'not a trustees file' })
  const { threshold, certs, coefexps, signatures, verification_keys: keys } = pedersen
  const size = certs.length
  if (size === 0 || [coefexps, signatures, keys].some((part) => part.length !== size))
    return fail({ kind: 'not a trustees file' })
  if (threshold < 1 || threshold > size) return fail({ kind: 'not a trustees file' })
  const table = readCertificates(engine, { size, threshold }, certs.map(wireText))
  if (table.kind === 'fail') return table
  // Read in any order, but filed in that of the trustees: owner numbers count on it.
  const misfiled = table.value.certificates.findIndex(({ signed }, i) => signed.message !== certs[i]?.message)
  if (misfiled >= 0) return fail({ kind: 'own message replaced', trustee: misfiled + 1 })
  const commitments: (readonly P[])[] = []
  for (const [i, signed] of coefexps.entries()) {
    const signature = signatures[i]
    assert(signature !== undefined, 'as many signatures as commitments')
    const checked = checkCommitments(engine, table.value, threshold, i + 1, signed, signature)
    if (checked.kind === 'fail') return checked
    commitments.push(checked.value)
  }
  const verificationKeys: P[] = []
  for (const [i, key] of keys.entries()) {
    const checked = checkVerificationKey(engine, table.value, commitments, i + 1, key)
    if (checked.kind === 'fail') return checked
    verificationKeys.push(checked.value)
  }
  const electionKey = commitments.reduce((sum, [A0 = engine.identity]) => engine.add(sum, A0), engine.identity)
  return ok({ threshold, verificationKeys, electionKey })
}

/** Everything a trustee or the server holds of a ceremony so far: the messages of each step, in any order. */
export type CeremonyMessages = {
  readonly certificates: readonly string[]
  readonly polynomials: readonly string[]
  readonly keys: readonly string[]
}

/** Step 1: this trustee's certificate. */
export const answerStep1 = <P>(engine: Engine<P>, key: TrusteeKey): string => certificateOf(engine, key)

/** Step 2, once all certificates are in: this trustee's commitments and sealed shares. */
export function answerStep2<P>(
  engine: Engine<P>,
  key: TrusteeKey,
  certificates: readonly string[],
): Result<string, CeremonyFault> {
  const table = ownTable(engine, key, certificates)
  return table.kind === 'fail' ? table : ok(polynomialMessage(engine, key, table.value))
}

/** Step 3, once all second messages are in: checks every share and answers with this trustee's verification key. */
export function answerStep3<P>(
  engine: Engine<P>,
  key: TrusteeKey,
  { certificates, polynomials }: Omit<CeremonyMessages, 'keys'>,
): Result<string, CeremonyFault> {
  const table = ownTable(engine, key, certificates)
  if (table.kind === 'fail') return table
  const checked = ownPolynomials(engine, key, table.value, polynomials)
  if (checked.kind === 'fail') return checked
  const secret = receiveShares(engine, key, table.value, checked.value)
  return secret.kind === 'fail' ? secret : ok(keyMessage(engine, key, checked.value, secret.value))
}

/** Step 4, by anybody: the exact `trustees` file from all three rounds of messages, checked. */
export function assembleTrustees<P>(
  engine: Engine<P>,
  context: Omit<TrusteeContext, 'index'>,
  messages: CeremonyMessages,
): Result<string, CeremonyFault> {
  const table = checkCertificates(engine, context, messages.certificates)
  if (table.kind === 'fail') return table
  const polynomials = checkPolynomials(engine, table.value, messages.polynomials)
  if (polynomials.kind === 'fail') return polynomials
  const keys = checkKeyMessages(engine, table.value, polynomials.value, messages.keys)
  if (keys.kind === 'fail') return keys
  const pedersen: Pedersen = {
    threshold: context.threshold,
    certs: table.value.certificates.map(({ signed }) => signed),
    coefexps: polynomials.value.each.map(({ message }) => message.coefexps),
    signatures: polynomials.value.each.map(({ message }) => message.signature),
    verification_keys: keys.value.map(({ key }) => key),
  }
  return ok(wireText([['Pedersen', pedersen]]))
}

/**
 * Step 5, by each trustee before set-up: the file is what all the messages I hold give, byte for byte, with my own parts in their places.
 * Gives the key file to keep, which can now open. Compare {@link trusteesPhrase} by voice as well: only that tells two views apart.
 */
export function acceptTrustees<P>(
  engine: Engine<P>,
  key: TrusteeKey,
  messages: CeremonyMessages,
  file: string,
): Result<TrusteeKey, CeremonyFault | { readonly kind: 'file differs from the messages' }> {
  const table = ownTable(engine, key, messages.certificates)
  if (table.kind === 'fail') return table
  const polynomials = ownPolynomials(engine, key, table.value, messages.polynomials)
  if (polynomials.kind === 'fail') return polynomials
  const secret = receiveShares(engine, key, table.value, polynomials.value)
  if (secret.kind === 'fail') return secret
  const own = keyMessage(engine, key, polynomials.value, secret.value)
  if (!messages.keys.includes(own)) return fail({ kind: 'own message replaced', trustee: key.context.index })
  const expected = assembleTrustees(engine, key.context, messages)
  if (expected.kind === 'fail') return expected
  if (expected.value !== file) return fail({ kind: 'file differs from the messages' })
  return ok({ ...key, share: { secret: secret.value, trusteesHash: sha256Hex(file) } })
}

function ownTable<P>(engine: Engine<P>, key: TrusteeKey, certificates: readonly string[]): Result<Table<P>, CeremonyFault> {
  const table = checkCertificates(engine, key.context, certificates)
  if (table.kind === 'fail') return table
  const place = checkOwnPlace(engine, key, table.value)
  return place.kind === 'fail' ? place : table
}

function ownPolynomials<P>(
  engine: Engine<P>,
  key: TrusteeKey,
  table: Table<P>,
  texts: readonly string[],
): Result<Polynomials<P>, CeremonyFault> {
  const checked = checkPolynomials(engine, table, texts)
  if (checked.kind === 'fail') return checked
  const own = polynomialMessage(engine, key, table)
  return texts.includes(own) ? checked : fail({ kind: 'own message replaced', trustee: key.context.index })
}

function keyMessage<P>(engine: Engine<P>, key: TrusteeKey, polynomials: Polynomials<P>, secret: bigint): string {
  const { uuid, index } = key.context
  const signingSecret = trusteeSecret(engine, key, 'sign')
  const public_key = engine.encode(engine.multiplyBaseSecret(secret))
  const pok = proveKey(engine, secret, public_key)
  const signature = signMessage(engine, signingSecret, verificationKeyText({ pok, public_key }))
  return wrap(engine, signingSecret, {
    format: 'quorate/trustee-verification-key/v1',
    uuid,
    index,
    polynomials: polynomials.hash,
    key: { pok, public_key, signature },
  })
}

function checkKeyMessages<P>(
  engine: Engine<P>,
  table: Table<P>,
  polynomials: Polynomials<P>,
  texts: readonly string[],
): Result<readonly KeyMessage[], CeremonyFault> {
  const sent = inOrder(texts, table.context.size, (text, place) => unwrap(engine, keyMessageShape, table.signers, text, place))
  if (sent.kind === 'fail') return sent
  const commitments = polynomials.each.map((polynomial) => polynomial.commitments)
  for (const { body, from } of sent.value) {
    if (body.uuid !== table.context.uuid) return fail({ kind: 'of another ceremony', trustee: from })
    if (body.polynomials !== polynomials.hash) return fail({ kind: 'saw other messages', trustee: from })
    const key = checkVerificationKey(engine, table, commitments, from, body.key)
    if (key.kind === 'fail') return key
  }
  return ok(sent.value.map(({ body }) => body))
}
