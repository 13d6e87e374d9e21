import { fail, ok, type Result } from '@quorate/kernel'

import { type CeremonyFault, inOrder, type KeyMessage, keyMessageShape, unwrap, wrap } from './ceremony-messages.ts'
import { certificateOf, checkCertificates, checkOwnPlace, type Table } from './certificates.ts'
import { checkVerificationKey } from './commitments.ts'
import type { Engine } from '../groups/engine.ts'
import { sha256Hex } from '../hash.ts'
import { checkPolynomials, polynomialMessage, type Polynomials, receiveShares } from './polynomials.ts'
import { proveKey, signMessage } from '../schnorr.ts'
import { type TrusteeContext, type TrusteeKey, trusteeSecret } from './trustee-key.ts'
import { type PedersenMessage, trusteesText, verificationKeyText } from './trustees-format.ts'

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
  const pedersen: PedersenMessage = {
    threshold: context.threshold,
    certs: table.value.certificates.map(({ signed }) => signed),
    coefexps: polynomials.value.each.map(({ message }) => message.coefexps),
    signatures: polynomials.value.each.map(({ message }) => message.signature),
    verification_keys: keys.value.map(({ key }) => key),
  }
  return ok(trusteesText([['Pedersen', pedersen]]))
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
