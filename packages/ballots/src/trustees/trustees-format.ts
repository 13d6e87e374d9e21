import { fail, ok, type Result } from '@quorate/kernel'

import type { ElementFault, Engine } from '../groups/engine.ts'
import { keyProved, messageSigned, type Proof, proofShape } from '../schnorr.ts'
import {
  elementText,
  list,
  literal,
  natural,
  oneOf,
  pair,
  parseWire,
  record,
  type Shape,
  text,
  type WireFault,
  wireText,
} from '../wire.ts'

/** A trustee's key and the proof that somebody knows its secret (Belenios specification §4.5). */
export type TrusteeKeyMessage = {
  readonly pok: Proof
  readonly public_key: string
  /** Of a Pedersen key: by its owner's certificate, over {@link verificationKeyText}. */
  readonly signature?: Proof
}

/** A message that its author signed (§4.6.1): challenge `sigmsg|M|A`. */
export type SignedMessage = { readonly message: string; readonly signature: Proof }

/** Which key-making a certificate was made for; without it a certificate could be moved to another place or another election's group. */
type CertificateContext = {
  readonly group: string
  readonly size: number
  readonly threshold: number
  /** From 1. */
  readonly index: number
}

/** What a certificate's message holds: the trustee's keys for signing and for being written to (§4.6.2). */
export type CertificateMessage = {
  readonly verification: string
  readonly encryption: string
  readonly context?: CertificateContext
}

/** A key of which `threshold` of its trustees can open, and fewer learn nothing (§4.6.7). */
export type PedersenMessage = {
  readonly threshold: number
  readonly certs: readonly SignedMessage[]
  /** Of each trustee, signed: commitments A_i0 … A_i(t−1) to the coefficients of its polynomial. */
  readonly coefexps: readonly SignedMessage[]
  /** By each trustee over {@link certificatesText}: that all saw the same certificates. */
  readonly signatures?: readonly Proof[]
  readonly verification_keys: readonly TrusteeKeyMessage[]
}

/** The `trustees` message (§4.7): every item is needed; inside a Pedersen item any `threshold` are enough. */
export type TrusteesMessage = readonly (readonly ['Single', TrusteeKeyMessage] | readonly ['Pedersen', PedersenMessage])[]

/** Largest table that we read. */
export const trusteesMax = 100

/** Reads a trustee's key. */
export const trusteeKeyShape = record(
  ['pok', 'public_key', 'signature'],
  { pok: proofShape, public_key: elementText },
  { signature: proofShape },
)
/** Reads a signed message. */
export const signedShape = record(['message', 'signature'], { message: text, signature: proofShape })
const pedersenShape = record(
  ['threshold', 'certs', 'coefexps', 'signatures', 'verification_keys'],
  {
    threshold: natural,
    certs: list(signedShape, trusteesMax),
    coefexps: list(signedShape, trusteesMax),
    verification_keys: list(trusteeKeyShape, trusteesMax),
  },
  { signatures: list(proofShape, trusteesMax) },
)
const contextShape: Shape<CertificateContext> = record(['group', 'size', 'threshold', 'index'], {
  group: text,
  size: natural,
  threshold: natural,
  index: natural,
})
/** Reads the message of a certificate. */
export const certificateShape: Shape<CertificateMessage> = record(
  ['verification', 'encryption', 'context'],
  { verification: elementText, encryption: elementText },
  { context: contextShape },
)
/** Reads the message of a trustee's commitments. */
export const coefexpsShape = record(['coefexps'], { coefexps: list(elementText, trusteesMax) })
const trusteesShape: Shape<TrusteesMessage> = list(
  oneOf(pair(literal('Single'), trusteeKeyShape), pair(literal('Pedersen'), pedersenShape)),
  trusteesMax,
)

/** The message of a certificate. */
export const certificateText = ({ verification, encryption, context }: CertificateMessage): string =>
  wireText({ verification, encryption, ...(context === undefined ? {} : { context }) })

/** The message of a trustee's commitments. */
export const coefexpsText = (coefexps: readonly string[]): string => wireText({ coefexps })

/** What each trustee signs before sending shares: all certificates, and its own commitments. */
export const certificatesText = (certs: readonly SignedMessage[], coefexps: readonly string[]): string =>
  `certs_sig|${wireText({ certs, coefexps })}`

/** What the owner of a verification key signs. */
export const verificationKeyText = ({ pok, public_key }: TrusteeKeyMessage): string => wireText({ pok, public_key })

/** Who must take part in an opening. Owners count from 1 through the flattened list of trustees. */
export type TrusteeItem =
  | { readonly kind: 'Single'; readonly owner: number }
  | { readonly kind: 'Pedersen'; readonly threshold: number; readonly owners: readonly number[] }

/** A trustees file that was checked. */
export type Trustees<P> = {
  readonly text: string
  readonly items: readonly TrusteeItem[]
  /** Of owner i at i − 1: the key that the trustee's openings are proven against. */
  readonly keys: readonly P[]
  /** y: the sum of the items' keys. */
  readonly publicKey: P
  /** Whether every Pedersen item carries contexts and both kinds of signatures, as ours do and those of belenios-tool 2.0 do not. */
  readonly isFullySigned: boolean
}

/** Why a trustees file is not valid. `item` counts from 0 in the file, `trustee` from 0 in its item. */
export type TrusteesFault =
  | { readonly kind: 'malformed'; readonly fault: WireFault }
  | { readonly kind: 'no trustees' }
  | { readonly kind: 'number of entries' | 'threshold'; readonly item: number }
  | {
      readonly kind:
        | 'certificate malformed'
        | 'certificate signature'
        | 'certificate context'
        | 'certificate twice'
        | 'commitments malformed'
        | 'commitments signature'
        | 'number of commitments'
        | 'certificates signature'
        | 'proof of knowledge'
        | 'verification key'
        | 'verification key signature'
      readonly item: number
      readonly trustee: number
    }
  | { readonly kind: 'element'; readonly item: number; readonly trustee: number; readonly fault: ElementFault }

/** Key of trustee j (from 1): Σ_i Σ_k j^k·A_ik, what it must be if every share matches its sender's commitments (§4.6.6). */
export function verificationKeyOf<P>(engine: Engine<P>, commitments: readonly (readonly P[])[], j: number): P {
  // Horner's rule on the sums over trustees: j is small, so each step costs a few additions.
  const degrees = commitments[0]?.length ?? 0
  let key = engine.identity
  for (let k = degrees - 1; k >= 0; k--) {
    key = engine.multiply(key, BigInt(j))
    for (const row of commitments) key = engine.add(key, row[k] ?? engine.identity)
  }
  return key
}

type Checked<P> = { readonly keys: readonly P[]; readonly publicKey: P; readonly isFullySigned: boolean }

function decodeAll<P>(engine: Engine<P>, texts: readonly string[]): Result<readonly P[], ElementFault> {
  const out: P[] = []
  for (const each of texts) {
    const element = engine.decode(each)
    if (element.kind === 'fail') return element
    out.push(element.value)
  }
  return ok(out)
}

/** Certificates: readable, signed by themselves, in their place, no two alike. */
function checkCertificates<P>(engine: Engine<P>, message: PedersenMessage, item: number): Result<readonly P[], TrusteesFault> {
  const size = message.certs.length
  const signers: P[] = []
  const seen = new Set<string>()
  for (const [trustee, cert] of message.certs.entries()) {
    const read = parseWire(certificateShape, cert.message)
    if (read.kind === 'fail') return fail({ kind: 'certificate malformed', item, trustee })
    const { verification, encryption, context } = read.value
    const keys = decodeAll(engine, [verification, encryption])
    if (keys.kind === 'fail') return fail({ kind: 'element', item, trustee, fault: keys.error })
    const [signer] = keys.value
    if (signer === undefined || !messageSigned(engine, signer, cert.message, cert.signature))
      return fail({ kind: 'certificate signature', item, trustee })
    const expected = wireText({ group: engine.name, size, threshold: message.threshold, index: trustee + 1 })
    if (context !== undefined && wireText(context) !== expected) return fail({ kind: 'certificate context', item, trustee })
    if ([verification, encryption].some((key) => seen.has(key))) return fail({ kind: 'certificate twice', item, trustee })
    seen.add(verification).add(encryption)
    signers.push(signer)
  }
  return ok(signers)
}

/** Commitments: signed by their trustee, one a coefficient; and that all signed the same certificates. */
function checkCommitments<P>(
  engine: Engine<P>,
  message: PedersenMessage,
  signers: readonly P[],
  item: number,
): Result<readonly (readonly P[])[], TrusteesFault> {
  const commitments: (readonly P[])[] = []
  for (const [trustee, signer] of signers.entries()) {
    const signed = message.coefexps[trustee]
    const read = parseWire(coefexpsShape, signed?.message ?? '')
    if (signed === undefined || read.kind === 'fail') return fail({ kind: 'commitments malformed', item, trustee })
    if (!messageSigned(engine, signer, signed.message, signed.signature))
      return fail({ kind: 'commitments signature', item, trustee })
    const { coefexps } = read.value
    if (coefexps.length !== message.threshold) return fail({ kind: 'number of commitments', item, trustee })
    const row = decodeAll(engine, coefexps)
    if (row.kind === 'fail') return fail({ kind: 'element', item, trustee, fault: row.error })
    const signature = message.signatures?.[trustee]
    if (signature !== undefined && !messageSigned(engine, signer, certificatesText(message.certs, coefexps), signature))
      return fail({ kind: 'certificates signature', item, trustee })
    commitments.push(row.value)
  }
  return ok(commitments)
}

function checkPedersen<P>(engine: Engine<P>, message: PedersenMessage, item: number): Result<Checked<P>, TrusteesFault> {
  const { threshold, certs, coefexps, signatures, verification_keys } = message
  const size = certs.length
  if ([coefexps, verification_keys, signatures ?? certs].some((entries) => entries.length !== size))
    return fail({ kind: 'number of entries', item })
  if (threshold < 1 || threshold > size) return fail({ kind: 'threshold', item })
  const signers = checkCertificates(engine, message, item)
  if (signers.kind === 'fail') return signers
  const commitments = checkCommitments(engine, message, signers.value, item)
  if (commitments.kind === 'fail') return commitments
  const keys: P[] = []
  for (const [trustee, signer] of signers.value.entries()) {
    const shown = verification_keys[trustee]
    const key = engine.decode(shown?.public_key ?? '')
    if (shown === undefined || key.kind === 'fail')
      return fail({ kind: 'element', item, trustee, fault: key.kind === 'fail' ? key.error : 'not canonical' })
    if (!engine.equal(key.value, verificationKeyOf(engine, commitments.value, trustee + 1)))
      return fail({ kind: 'verification key', item, trustee })
    if (!keyProved(engine, key.value, shown.pok)) return fail({ kind: 'proof of knowledge', item, trustee })
    if (shown.signature !== undefined && !messageSigned(engine, signer, verificationKeyText(shown), shown.signature))
      return fail({ kind: 'verification key signature', item, trustee })
    keys.push(key.value)
  }
  const publicKey = commitments.value.reduce((y, row) => engine.add(y, row[0] ?? engine.identity), engine.identity)
  const hasContexts = certs.every((cert) => cert.message.includes('"context":'))
  const isFullySigned = hasContexts && signatures !== undefined && verification_keys.every((key) => key.signature !== undefined)
  return ok({ keys, publicKey, isFullySigned })
}

function checkSingle<P>(engine: Engine<P>, message: TrusteeKeyMessage, item: number): Result<Checked<P>, TrusteesFault> {
  const key = engine.decode(message.public_key)
  if (key.kind === 'fail') return fail({ kind: 'element', item, trustee: 0, fault: key.error })
  if (!keyProved(engine, key.value, message.pok)) return fail({ kind: 'proof of knowledge', item, trustee: 0 })
  // A single trustee has no certificate that could have signed.
  if (message.signature !== undefined) return fail({ kind: 'verification key signature', item, trustee: 0 })
  return ok({ keys: [key.value], publicKey: key.value, isFullySigned: true })
}

/** Reads a trustees file and checks every proof and signature in it. Whether y is the election's key is for the caller to compare. */
export function parseTrustees<P>(engine: Engine<P>, trusteesText: string): Result<Trustees<P>, TrusteesFault> {
  const read = parseWire(trusteesShape, trusteesText)
  if (read.kind === 'fail') return fail({ kind: 'malformed', fault: read.error })
  if (read.value.length === 0) return fail({ kind: 'no trustees' })
  const items: TrusteeItem[] = []
  const keys: P[] = []
  let publicKey = engine.identity
  let isFullySigned = true
  for (const [i, item] of read.value.entries()) {
    const checked = item[0] === 'Single' ? checkSingle(engine, item[1], i) : checkPedersen(engine, item[1], i)
    if (checked.kind === 'fail') return checked
    const owners = checked.value.keys.map((_, j) => keys.length + 1 + j)
    const [owner = 0] = owners
    items.push(item[0] === 'Single' ? { kind: 'Single', owner } : { kind: 'Pedersen', threshold: item[1].threshold, owners })
    keys.push(...checked.value.keys)
    publicKey = engine.add(publicKey, checked.value.publicKey)
    isFullySigned = isFullySigned && checked.value.isFullySigned
  }
  return ok({ text: trusteesText, items, keys, publicKey, isFullySigned })
}

/** The text of a trustees file. */
export const trusteesText = (message: TrusteesMessage): string => wireText(message)
