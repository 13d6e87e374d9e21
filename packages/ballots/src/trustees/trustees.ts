import { fail, ok, type Result } from '@quorate/kernel'

import {
  type CeremonyFault,
  inOrder,
  type KeyMessage,
  keyMessageShape,
  polynomialShape,
  unwrap,
  wrap,
} from './ceremony-messages.ts'
import { certificateOf, checkCertificates, checkOwnPlace, readCertificate, type Table } from './certificates.ts'
import { checkVerificationKey } from './commitments.ts'
import type { Engine } from '../groups/engine.ts'
import { sha256Hex } from '../hash.ts'
import { checkPolynomial, checkPolynomials, polynomialMessage, type Polynomials, receiveShares } from './polynomials.ts'
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
  for (const { body } of sent.value) {
    const key = checkKeyMessage(engine, table, polynomials, body)
    if (key.kind === 'fail') return key
  }
  return ok(sent.value.map(({ body }) => body))
}

function checkKeyMessage<P>(
  engine: Engine<P>,
  table: Table<P>,
  polynomials: Polynomials<P>,
  { uuid, index, polynomials: seen, key }: KeyMessage,
): Result<unknown, CeremonyFault> {
  if (uuid !== table.context.uuid) return fail({ kind: 'of another ceremony', trustee: index })
  if (seen !== polynomials.hash) return fail({ kind: 'saw other messages', trustee: index })
  const commitments = polynomials.each.map((polynomial) => polynomial.commitments)
  return checkVerificationKey(engine, table, commitments, index, key)
}

/** A message as a trustee hands it in, before others have answered the same step. `index`: who hands it in. */
export type HandedIn = { readonly step: 1 | 2 | 3; readonly index: number; readonly text: string }

/**
 * Checks one message by itself, so that whoever sent it hears what is wrong: checked only with the others, the rubbish of one would be laid at the door of the
 * last to answer. `messages` holds all of the earlier steps, and of this one what has come so far.
 */
export function checkHandedIn<P>(
  engine: Engine<P>,
  context: Omit<TrusteeContext, 'index'>,
  messages: CeremonyMessages,
  { step, index, text }: HandedIn,
): Result<unknown, CeremonyFault> {
  const own = <T>(sent: Result<{ readonly from: number; readonly body: T }, CeremonyFault>): Result<T, CeremonyFault> => {
    if (sent.kind === 'fail') return sent
    return sent.value.from === index ? ok(sent.value.body) : fail({ kind: 'not the sender’s own', trustee: index })
  }
  if (step === 1) {
    const certificate = own(readCertificate(engine, context, text, index - 1))
    if (certificate.kind === 'fail') return certificate
    const keys = ({ verification, encryption }: { readonly verification: P; readonly encryption: P }): readonly string[] =>
      [verification, encryption].map(engine.encode)
    for (const [place, earlier] of messages.certificates.entries()) {
      const other = readCertificate(engine, context, earlier, place)
      if (other.kind === 'ok' && keys(other.value.body).some((key) => keys(certificate.value).includes(key)))
        return fail({ kind: 'keys repeat those of another', trustee: index, other: other.value.from })
    }
    return certificate
  }
  const table = checkCertificates(engine, context, messages.certificates)
  if (table.kind === 'fail') return table
  if (step === 2) {
    const body = own(unwrap(engine, polynomialShape, table.value.signers, text, index - 1))
    return body.kind === 'fail' ? body : checkPolynomial(engine, table.value, body.value)
  }
  const polynomials = checkPolynomials(engine, table.value, messages.polynomials)
  if (polynomials.kind === 'fail') return polynomials
  const body = own(unwrap(engine, keyMessageShape, table.value.signers, text, index - 1))
  return body.kind === 'fail' ? body : checkKeyMessage(engine, table.value, polynomials.value, body.value)
}
