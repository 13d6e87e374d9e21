import { concatBytes, fail, fromBase64, fromHex, ok, toBase64, toHex, utf8, type Result } from '@quorate/kernel'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { cosignatureMessage, parseTimestampedSignature, timestampedSignature } from './cosignature.ts'

/**
 * Signature types of signed-note that we speak: 0x01 a log's Ed25519, 0x04 a witness's timestamped Ed25519. 0x06 (ML-DSA-44) is kept free: a
 * note may carry such lines, and they are read over as signatures of an unknown key.
 */
export type SignatureType = 1 | 4

/** A public key that may sign a note. `id` is 8 lower-case hex digits; name and id together tell keys apart. */
export type VerifierKey = {
  readonly name: string
  readonly id: string
  readonly type: SignatureType
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array
}

/** Why a text is not a key. */
export type KeyFault =
  'not a key' | 'not a key name' | 'not canonical base64' | 'unknown signature type' | 'wrong length' | 'key id does not match'

/** Whether a name may stand in a note: not empty, no blank of any script, no plus sign. Source: c2sp.org/signed-note. */
export const isKeyName = (name: string): boolean => name !== '' && name.isWellFormed() && !/[\p{White_Space}+\p{Cc}]/u.test(name)

/** Key id: the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), in hex. */
const keyId = (name: string, type: SignatureType, publicKey: Uint8Array): string =>
  toHex(sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4))

/** Makes a verifier key of a public key we hold. */
export const verifierKey = (name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey => ({
  name,
  id: keyId(name, type, publicKey),
  type,
  publicKey,
})

/** A verifier key as text, `name+id+base64(type ‖ key)`: what people publish and configure. */
export const verifierKeyText = (key: VerifierKey): string =>
  `${key.name}+${key.id}+${toBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`

/** Reads a verifier key and checks its id. */
export function parseVerifierKey(source: string): Result<VerifierKey, KeyFault> {
  const parts = parseKeyParts(source)
  if (parts.kind === 'fail') return parts
  const { name, id, type, material } = parts.value
  return keyId(name, type, material) === id ? ok({ name, id, type, publicKey: material }) : fail('key id does not match')
}

/** A key that signs. The secret is 32 bytes of RFC 8032 and never printed except by {@link signerText}. */
export type Signer = { readonly key: VerifierKey; readonly secret: Uint8Array }

/** Makes a signer of 32 secret bytes from a cryptographic source. */
export const signerOf = (name: string, type: SignatureType, secret: Uint8Array): Signer => ({
  key: verifierKey(name, type, ed25519.getPublicKey(secret)),
  secret,
})

/** A signer as text, `PRIVATE+KEY+name+id+base64(type ‖ secret)`: the form Go's note package writes. A secret: never log it. */
export const signerText = (signer: Signer): string =>
  `PRIVATE+KEY+${signer.key.name}+${signer.key.id}+${toBase64(concatBytes(Uint8Array.of(signer.key.type), signer.secret))}`

/** Reads a signer and checks that its id belongs to its public key. */
export function parseSigner(source: string): Result<Signer, KeyFault> {
  if (!source.startsWith('PRIVATE+KEY+')) return fail('not a key')
  const parts = parseKeyParts(source.slice('PRIVATE+KEY+'.length))
  if (parts.kind === 'fail') return parts
  const signer = signerOf(parts.value.name, parts.value.type, parts.value.material)
  return signer.key.id === parts.value.id ? ok(signer) : fail('key id does not match')
}

type KeyParts = { readonly name: string; readonly id: string; readonly type: SignatureType; readonly material: Uint8Array }

function parseKeyParts(source: string): Result<KeyParts, KeyFault> {
  const [, name = '', id = '', encoded = ''] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(source) ?? []
  if (id.length !== 8 || fromHex(id).kind === 'fail') return fail('not a key')
  if (!isKeyName(name)) return fail('not a key name')
  const bytes = fromBase64(encoded)
  if (bytes.kind === 'fail') return bytes
  const type = bytes.value[0]
  if (type !== 1 && type !== 4) return fail('unknown signature type')
  return bytes.value.length === 33 ? ok({ name, id, type, material: bytes.value.slice(1) }) : fail('wrong length')
}

/** Signs a note's text. A witness key needs the time, in whole seconds since 1970; a log key has none. */
export function signText(signer: Signer, text: string, seconds: bigint): Uint8Array {
  if (signer.key.type === 1) return ed25519.sign(utf8(text), signer.secret)
  return timestampedSignature(seconds, ed25519.sign(cosignatureMessage(text, seconds), signer.secret))
}

/** What a good signature says besides "I signed": a witness's time in seconds, null for a log key. */
export type SignatureClaim = { readonly seconds: bigint | null }

/** Checks a signature over a note's text; null when it does not hold. Strict RFC 8032: one signature has one spelling. */
export function checkSignature(key: VerifierKey, text: string, signature: Uint8Array): SignatureClaim | null {
  if (key.type === 1) return isSigned(signature, utf8(text), key) ? { seconds: null } : null
  const stamped = parseTimestampedSignature(signature)
  if (stamped === null) return null
  return isSigned(stamped.signature, cosignatureMessage(text, stamped.seconds), key) ? { seconds: stamped.seconds } : null
}

const isSigned = (signature: Uint8Array, message: Uint8Array, key: VerifierKey): boolean =>
  signature.length === 64 && ed25519.verify(signature, message, key.publicKey, { zip215: false })
