import { canonicalJson, fromBase64, fromHex, toBase64, toHex } from '@quorate/kernel'
import { checkSignature, signerOf, signText, verifierKey } from './key.ts'
import { rollCallSeatKey, type RollCallSeat } from './roll-call.ts'

// A device on which a member signs what they say in roll-calls. On the record it is a public key and the seat it signs for: a roll-call says of each
// line which seat it is of, so a key that is bound to a seat tells no more of its holder than the lines themselves. Format: docs/spec/roll-call.md.

/** What a device signs when it is registered for a seat, or takes itself back. */
export type DeviceStatement = {
  /** Address of the log: a statement for one movement is none for another. */
  readonly origin: string
  readonly change: 'registered' | 'ended'
  readonly body: string
  readonly seat: RollCallSeat
  /** Its public key, 64 hex digits. */
  readonly key: string
}

/** The text a device signs: the domain, a zero byte, and canonical JSON. */
export const deviceStatementText = ({ origin, change, body, seat, key }: DeviceStatement): string =>
  `quorate/device/v1\0${canonicalJson({ body, change, key, origin, seat: { number: seat.number, seat: seat.seat } })}`

/**
 * Whether a device's key has signed a text: Ed25519, strictly by RFC 8032, the key of 64 hex digits and the signature in base64. False for a key that is
 * none, such as a point of small order.
 */
export function isDeviceSigned(key: string, text: string, signature: string): boolean {
  const [publicKey, bytes] = [fromHex(key), fromBase64(signature)]
  if (publicKey.kind === 'fail' || publicKey.value.length !== 32 || bytes.kind === 'fail') return false
  return checkSignature(verifierKey('device', 1, publicKey.value), text, bytes.value) !== null
}

/** A device of 32 secret bytes, where its host has no Ed25519 of its own: its public key in 64 hex digits, and how it signs a text, in base64. */
export function deviceOf(secret: Uint8Array): { readonly key: string; readonly sign: (text: string) => string } {
  const signer = signerOf('device', 1, secret)
  return { key: toHex(signer.key.publicKey), sign: (text) => toBase64(signText(signer, text, 0n)) }
}

/** Which seat of which body a key signs for, as one text. */
export const deviceSeatKey = (body: string, seat: RollCallSeat): string => `${body} ${rollCallSeatKey(seat)}`
