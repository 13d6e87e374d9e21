import { concatBytes, uintBytes, uintOf, utf8 } from '@quorate/kernel'

/** Bytes of a timestamped signature: 8 of time, 64 of Ed25519. */
const cosignatureBytes = 72

/**
 * What a witness signs: a header that keeps it apart from every other signature, the time in whole seconds since 1970, and the checkpoint's
 * text. Source: c2sp.org/tlog-cosignature, Ed25519 signed message.
 */
export const cosignatureMessage = (checkpointText: string, seconds: bigint): Uint8Array =>
  utf8(`cosignature/v1\ntime ${seconds.toString()}\n${checkpointText}`)

/** The `timestamped_signature` of a cosignature: big-endian seconds, then the signature. */
export const timestampedSignature = (seconds: bigint, signature: Uint8Array): Uint8Array =>
  concatBytes(uintBytes(seconds, 8), signature)

/** Takes a timestamped signature apart; null unless it has 72 bytes and a time below 2^63. */
export function parseTimestampedSignature(
  bytes: Uint8Array,
): { readonly seconds: bigint; readonly signature: Uint8Array } | null {
  if (bytes.length !== cosignatureBytes) return null
  const seconds = uintOf(bytes.slice(0, 8))
  return seconds >= 1n << 63n ? null : { seconds, signature: bytes.slice(8) }
}
