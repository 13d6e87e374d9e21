import { ed25519 } from '@noble/curves/ed25519.js'
import { canonicalJson, fail, fromHex, isJson, ok, parseCanonicalJson, type Result, toHex, utf8 } from '@quorate/kernel'

import { ballotCodeOf } from './ballot-code.ts'

/** What the server promises about one ballot: it stands at this index of the record, under this checkpoint. */
export type ReceiptBody = {
  /** φ. */
  readonly electionHash: string
  readonly code: string
  /** The unsigned digest: `signature.hash`. */
  readonly digest: string
  /** Fingerprint of the whole ballot. */
  readonly tracker: string
  /** Index of the ballot's entry in the record, from 0. */
  readonly index: number
  /** The signed tree head, its exact text, that covers the index. */
  readonly checkpoint: string
}

/** A ballot receipt. A receipt whose ballot is not in the box is proof of the operator's fault; it tells no choice. */
export type Receipt = ReceiptBody & {
  /** Ed25519 (RFC 8032) by the server over `quorate/receipt/v1` and the canonical JSON of the body; 128 hex digits. */
  readonly signature: string
}

/** Why a text is not this ballot's receipt. "NOT IN THE BOX YET" stands until there is none of these. */
export type ReceiptFault =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'signature fails' }
  /** `field` is not what the device computed of its own ballot. */
  | { readonly kind: 'about another ballot'; readonly field: 'electionHash' | 'code' | 'digest' | 'tracker' }

const bodyOf = ({ electionHash, code, digest, tracker, index, checkpoint }: ReceiptBody): ReceiptBody => ({
  electionHash,
  code,
  digest,
  tracker,
  index,
  checkpoint,
})

/** What the server signs of a receipt: `quorate/receipt/v1`, a line feed, and the canonical JSON of the body. */
export const receiptSignedBytes = (body: ReceiptBody): Uint8Array => utf8(`quorate/receipt/v1\n${canonicalJson(bodyOf(body))}`)

/**
 * Signs a receipt. `secretKey`: the server's 32-byte Ed25519 seed. Call it after the ballot is durable, never before. `sign`: the host's own
 * Ed25519 (RFC 8032 §5.1.6), which gives the same bytes some ten times faster.
 */
export const signReceipt = (
  secretKey: Uint8Array,
  body: ReceiptBody,
  sign: (message: Uint8Array, secretKey: Uint8Array) => Uint8Array = ed25519.sign,
): Receipt => ({ ...bodyOf(body), signature: toHex(sign(receiptSignedBytes(body), secretKey)) })

/** The public key (32 bytes) of a receipt-signing seed. */
export const receiptKeyOf = (secretKey: Uint8Array): Uint8Array => ed25519.getPublicKey(secretKey)

/** Exact text of a receipt, as it is sent and kept: canonical JSON. */
export const receiptText = ({ signature, ...body }: Receipt): string => canonicalJson({ ...bodyOf(body), signature })

/** Reads the exact text of a receipt. Whether it is true, {@link checkReceipt} tells. */
export function parseReceipt(text: string): Result<Receipt, { readonly kind: 'malformed' }> {
  const json = parseCanonicalJson(text)
  if (json.kind === 'fail' || !isJson(json.value) || json.value === null || typeof json.value !== 'object')
    return fail({ kind: 'malformed' })
  const { electionHash, code, digest, tracker, index, checkpoint, signature, ...rest } = json.value as Readonly<
    Record<string, unknown>
  >
  const isText = (v: unknown): v is string => typeof v === 'string'
  if (!isText(electionHash) || !isText(code) || !isText(digest) || !isText(tracker)) return fail({ kind: 'malformed' })
  if (!isText(checkpoint) || !isText(signature) || typeof index !== 'number' || index < 0) return fail({ kind: 'malformed' })
  if (Object.keys(rest).length > 0) return fail({ kind: 'malformed' })
  return ok({ electionHash, code, digest, tracker, index, checkpoint, signature })
}

/**
 * Checks a receipt against the ballot the device itself cast. Strict verification of RFC 8032 §5.1.7: canonical points and S < q, so one
 * body has one signature. That the checkpoint is the record's and covers the index, the record's own proofs tell.
 */
export function checkReceipt(
  serverKey: Uint8Array,
  receipt: Receipt,
  own: Pick<ReceiptBody, 'electionHash' | 'digest' | 'tracker'>,
): Result<null, ReceiptFault> {
  const signature = fromHex(receipt.signature)
  if (signature.kind === 'fail' || signature.value.length !== 64) return fail({ kind: 'malformed' })
  if (!ed25519.verify(signature.value, receiptSignedBytes(receipt), serverKey, { zip215: false }))
    return fail({ kind: 'signature fails' })
  const expected = { ...own, code: ballotCodeOf(own.digest) }
  for (const field of ['electionHash', 'digest', 'tracker', 'code'] as const)
    if (receipt[field] !== expected[field]) return fail({ kind: 'about another ballot', field })
  return ok(null)
}
