import { ed25519 } from '@noble/curves/ed25519.js'
import { fromBase64, utf8 } from '@quorate/kernel'

/** What a registrar signs of one election: its UUID, and the SHA-256, in hex, of the exact public roll and of the exact bind list. */
export type SignedCodes = { readonly uuid: string; readonly roll: string; readonly binds: string }

/** The exact bytes under a registrar's signature (Ed25519, RFC 8032). */
export const codesSignedBytes = ({ uuid, roll, binds }: SignedCodes): Uint8Array =>
  utf8(`quorate/registrar-codes/v1\n${uuid}\n${roll}\n${binds}`)

/**
 * Whether a registrar signed just these codes. `key`: 32 bytes in base64url without padding, as RFC 8037 writes `x`; `signature`: 64 bytes in base64.
 * Strict (RFC 8032 §5.1.7), so one statement has one signature. Anything that is neither is false.
 */
export function areSignedCodes(
  codes: SignedCodes,
  { key, signature }: { readonly key: string; readonly signature: string },
): boolean {
  const point = fromBase64(key.replaceAll('-', '+').replaceAll('_', '/'), false)
  const bytes = fromBase64(signature)
  if (point.kind === 'fail' || bytes.kind === 'fail' || point.value.length !== 32 || bytes.value.length !== 64) return false
  try {
    return ed25519.verify(bytes.value, codesSignedBytes(codes), point.value, { zip215: false })
  } catch {
    return false
  }
}
