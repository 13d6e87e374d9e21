import { toHex, uintBytes, type Instant, type Random } from '@quorate/kernel'

/** A UUID of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits. Sorts by time; no sequence, no coordination. */
export function newId(at: Instant, random: Random): string {
  const bytes = new Uint8Array(16)
  bytes.set(uintBytes(BigInt(at), 6), 0)
  bytes.set(random(10), 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = toHex(bytes)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
