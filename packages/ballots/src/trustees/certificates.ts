import { fail, ok, type Result } from '@quorate/kernel'

import { type CeremonyFault, hashOfMessages, inOrder, type Sent } from './ceremony-messages.ts'
import type { Engine } from '../groups/engine.ts'
import { messageSigned, signMessage } from '../schnorr.ts'
import { type TrusteeContext, type TrusteeKey, trusteeSecret } from './trustee-key.ts'
import { certificateShape, certificateText, signedShape, type SignedMessage } from './trustees-format.ts'
import { parseWire, wireText } from '../wire.ts'

/** What a certificate gives the others: where to check this trustee's signatures, where to seal messages to. */
type Certificate<P> = { readonly signed: SignedMessage; readonly verification: P; readonly encryption: P }

/** The table: all certificates in the trustees' order. */
export type Table<P> = {
  readonly context: Omit<TrusteeContext, 'index'>
  readonly certificates: readonly Certificate<P>[]
  /** Verification keys: `signers[i]` is that of trustee i + 1. */
  readonly signers: readonly P[]
  /** Hash of the certificates, see {@link hashOfMessages}: polynomials, seals and signatures depend on it. */
  readonly hash: string
}

/** Step 1: this trustee's certificate, exactly as it goes into the trustees file. Source: Belenios specification, Certificates. */
export function certificateOf<P>(engine: Engine<P>, key: TrusteeKey): string {
  const { size, threshold, index } = key.context
  const signingSecret = trusteeSecret(engine, key, 'sign')
  const message = certificateText({
    verification: engine.encode(engine.multiplyBaseSecret(signingSecret)),
    encryption: engine.encode(engine.multiplyBaseSecret(trusteeSecret(engine, key, 'decrypt'))),
    context: { group: engine.name, size, threshold, index },
  })
  return wireText({ message, signature: signMessage(engine, signingSecret, message) })
}

/** Reads one certificate: shape, table, keys, signature. `place` counts from 0 in a list of texts. */
export function readCertificate<P>(
  engine: Engine<P>,
  { size, threshold }: Pick<TrusteeContext, 'size' | 'threshold'>,
  text: string,
  place: number,
): Result<Omit<Sent<Certificate<P>>, 'text'>, CeremonyFault> {
  const signed = parseWire(signedShape, text)
  if (signed.kind === 'fail') return fail({ kind: 'malformed', place })
  const said = parseWire(certificateShape, signed.value.message)
  if (said.kind === 'fail') return fail({ kind: 'malformed', place })
  const { context, verification, encryption } = said.value
  const trustee = context?.index ?? 0
  if (context === undefined || trustee < 1 || trustee > size) return fail({ kind: 'malformed', place })
  if (context.group !== engine.name || context.size !== size || context.threshold !== threshold)
    return fail({ kind: 'of another ceremony', trustee })
  const signer = engine.decode(verification)
  const recipient = engine.decode(encryption)
  if (signer.kind === 'fail' || recipient.kind === 'fail') return fail({ kind: 'not an element', trustee })
  if (!messageSigned(engine, signer.value, signed.value.message, signed.value.signature))
    return fail({ kind: 'signature fails', trustee, of: 'certificate' })
  return ok({ from: trustee, body: { signed: signed.value, verification: signer.value, encryption: recipient.value } })
}

/** Checks the certificates of a table: one from each place, for this group, size and threshold, signed, no key twice. Any order. */
export function checkCertificates<P>(
  engine: Engine<P>,
  { uuid, group, size, threshold }: Omit<TrusteeContext, 'index'>,
  texts: readonly string[],
): Result<Table<P>, CeremonyFault> {
  const sent = inOrder(texts, size, (text, place) => readCertificate(engine, { size, threshold }, text, place))
  if (sent.kind === 'fail') return sent
  const owners = new Map<string, number>()
  for (const { from, body } of sent.value) {
    for (const key of [body.verification, body.encryption].map(engine.encode)) {
      const other = owners.get(key)
      if (other !== undefined) return fail({ kind: 'keys repeat those of another', trustee: from, other })
      owners.set(key, from)
    }
  }
  const certificates = sent.value.map(({ body }) => body)
  const signers = certificates.map(({ verification }) => verification)
  const hash = hashOfMessages(sent.value.map(({ text }) => text))
  return ok({ context: { uuid, group, size, threshold }, certificates, signers, hash })
}

/** Whether the table holds this trustee's own certificate in its place. A server could otherwise sit in for anybody. */
export function checkOwnPlace<P>(engine: Engine<P>, key: TrusteeKey, table: Table<P>): Result<null, CeremonyFault> {
  const { uuid, index } = key.context
  const own = table.certificates[index - 1]
  if (own === undefined || uuid !== table.context.uuid) return fail({ kind: 'of another ceremony', trustee: index })
  return wireText(own.signed) === certificateOf(engine, key) ? ok(null) : fail({ kind: 'own message replaced', trustee: index })
}
