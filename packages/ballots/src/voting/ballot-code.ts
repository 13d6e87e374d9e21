import { sha256 } from '@noble/hashes/sha2.js'
import { type Branded, fail, fromBase64, ok, type Result, toHex, uintOf, utf8 } from '@quorate/kernel'

import { wordOf } from './phrase.ts'
import { words } from './words.generated.ts'

/** Words that name a ballot in the box: `CEDAR–4817–LARK`, about 35 bits. A handle for people, never evidence. */
export type BallotCode = Branded<string, 'BallotCode'>

/**
 * The ballot code of an unsigned digest (`signature.hash`, unpadded Base64): D = H(`ballot-code|`digest), words D[0..1] & 2047 and
 * D[6..7] & 2047, between them D[2..5] mod 10⁴. Two ballots with one code took about 2¹⁸ tries to make, so a box refuses a code it has
 * (then the device locks afresh) and no program looks a ballot up by it: use the digest.
 */
export function ballotCodeOf(digest: string): BallotCode {
  const D = sha256(utf8(`ballot-code|${digest}`))
  const number = (from: number, to: number): number => Number(uintOf(D.subarray(from, to)))
  const middle = String(number(2, 6) % 10_000).padStart(4, '0')
  return `${wordOf(number(0, 2) & 2047)}–${middle}–${wordOf(number(6, 8) & 2047)}`.toUpperCase() as BallotCode
}

/** First 128 bits of the unsigned digest, in 8 groups of 4 hex digits: what the eye compares where no second device can scan. */
export function fingerprintOf(digest: string): Result<string, 'not a digest'> {
  const bytes = fromBase64(digest, false)
  if (bytes.kind === 'fail' || bytes.value.length !== 32) return fail('not a digest')
  return ok((toHex(bytes.value.subarray(0, 16)).match(/.{4}/g) ?? []).join(' '))
}

/** Reads a ballot code as people type it: any case, any dashes or spaces between the parts. */
export function parseBallotCode(typed: string): Result<BallotCode, 'not a ballot code'> {
  const parts = /^([a-z]+)[^\p{L}\p{N}]*(\d{4})[^\p{L}\p{N}]*([a-z]+)$/u.exec(typed.trim().toLowerCase())
  const [, first = '', number = '', last = ''] = parts ?? []
  if (!words().includes(first) || !words().includes(last)) return fail('not a ballot code')
  return ok(`${first}–${number}–${last}`.toUpperCase() as BallotCode)
}
