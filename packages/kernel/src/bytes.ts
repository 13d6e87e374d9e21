import { assert } from './invariant.ts'
import { fail, ok, type Result } from './result.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/** Text of UTF-8 bytes; refuses bytes that are not UTF-8 rather than replacing them. */
export function fromUtf8(bytes: Uint8Array): Result<string, 'not UTF-8'> {
  try {
    return ok(decoder.decode(bytes))
  } catch {
    return fail('not UTF-8')
  }
}

/** Lower-case hexadecimal, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  let out = ''
  for (let i = 0; i < bytes.length; i++) out += hexPairs[bytes[i] as number] as string
  return out
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Bytes of lower-case hexadecimal. Upper case is refused: one value has one spelling. */
export function fromHex(text: string): Result<Uint8Array<ArrayBuffer>, 'not lower-case hex'> {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return fail('not lower-case hex')
  const out = new Uint8Array(text.length / 2)
  for (let i = 0; i < out.length; i++) out[i] = (digitOf(text.charCodeAt(2 * i)) << 4) | digitOf(text.charCodeAt(2 * i + 1))
  return ok(out)
}

/** What a lower-case hexadecimal digit stands for, by its code. */
const digitOf = (code: number): number => (code < 0x3a ? code - 0x30 : code - 0x57)

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 of RFC 4648 §4. `padding: false` leaves the `=` out, as Belenios does. */
export function toBase64(bytes: Uint8Array, padding = true): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const n = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const digits = Math.min(bytes.length - i, 3) + 1
    for (let d = 0; d < 4; d++) out += d < digits ? alphabet.charAt((n >> (18 - 6 * d)) & 63) : padding ? '=' : ''
  }
  return out
}

const sextets = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, alphabet.indexOf(String.fromCharCode(code))))

/** Bytes of a canonical Base64 text: right padding, no blanks, no stray trailing bits (RFC 4648 §3.5). */
export function fromBase64(text: string, padding = true): Result<Uint8Array<ArrayBuffer>, 'not canonical base64'> {
  const bare = padding ? text.replace(/={1,2}$/, '') : text
  const isWhole = text.length === bare.length + (padding ? (4 - (bare.length % 4)) % 4 : 0)
  if (!/^[A-Za-z0-9+/]*$/.test(bare) || bare.length % 4 === 1 || !isWhole) return fail('not canonical base64')
  const out = new Uint8Array(Math.floor((bare.length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (let i = 0; i < bare.length; i++) {
    held = (held << 6) | (sextets[bare.charCodeAt(i)] ?? 0)
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out[at++] = (held >> bits) & 255
      held &= (1 << bits) - 1
    }
  }
  // Bits beyond the last byte must be zeros.
  return held === 0 ? ok(out) : fail('not canonical base64')
}

/** One array holding all parts in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const p of parts) {
    out.set(p, at)
    at += p.length
  }
  return out
}

/** Same length and same bytes. For public values: it stops at the first difference. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Lexicographic order of bytes, as `sort` wants it. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const d = (a[i] as number) - (b[i] as number)
    if (d !== 0) return d
  }
  return a.length - b.length
}

/** An unsigned integer as big-endian bytes of a fixed length. */
export function uintBytes(value: bigint, length: number): Uint8Array<ArrayBuffer> {
  assert(value >= 0n && value < 1n << BigInt(8 * length), 'the integer fits its bytes')
  const bytes = fromHex(length === 0 ? '' : value.toString(16).padStart(2 * length, '0'))
  assert(bytes.kind === 'ok', 'digits of a number are hexadecimal')
  return bytes.value
}

/** The unsigned integer of big-endian bytes. */
export const uintOf = (bytes: Uint8Array): bigint => BigInt(bytes.length === 0 ? 0 : `0x${toHex(bytes)}`)
