import { sha256 } from '@noble/hashes/sha2.js'
import type { Engine } from './groups/engine.ts'
import { type Random, toBase64, toHex, uintOf, utf8 } from '@quorate/kernel'

const bytesOf = (of: string | Uint8Array): Uint8Array => (typeof of === 'string' ? utf8(of) : of)

/** SHA-256 in lower-case hex, as file names and events carry it. A text is hashed as UTF-8. */
export const sha256Hex = (of: string | Uint8Array): string => toHex(sha256(bytesOf(of)))

/** SHA-256 in unpadded Base64: fingerprints, ballot trackers and `signature.hash` (Belenios specification §4.15). */
export const sha256Base64 = (of: string | Uint8Array): string => toBase64(sha256(bytesOf(of)), false)

/** SHA-256 of bytes or of a text's UTF-8, by the engine's own arithmetic where it has a faster one. */
export const digestOf = ({ sha256: faster }: Pick<Engine, 'sha256'>, of: string | Uint8Array): Uint8Array =>
  faster?.(of) ?? sha256(bytesOf(of))

/** {@link sha256Base64} of a text, by the engine's own arithmetic: for texts that come by the thousand or on a slow phone. */
export const textHash = (engine: Pick<Engine, 'sha256'>, text: string): string => toBase64(digestOf(engine, text), false)

/** {@link sha256Hex} of a text, by the engine's own arithmetic. */
export const hexHash = (engine: Pick<Engine, 'sha256'>, text: string): string => toHex(digestOf(engine, text))

/** {@link challengeOf} a text, by the engine's own arithmetic: for texts as long as a box, or on a slow phone. */
export const longChallenge = (engine: Pick<Engine, 'sha256' | 'q'>, text: string): bigint =>
  uintOf(digestOf(engine, text)) % engine.q

/** A Fiat–Shamir challenge: SHA-256 of the text, read big-endian, modulo q. */
export const challengeOf = (text: string, q: bigint): bigint => uintOf(sha256(utf8(text))) % q

/** Length of q in bytes plus 32: the remainder modulo q is then uniform to within 2⁻²⁵⁶ (64 bytes for Ed25519). */
const scalarBytes = (q: bigint): number => Math.ceil(q.toString(16).length / 2) + 32

/** A uniform scalar modulo q; draws the same number of bytes every time, so that what is drawn says nothing of the value. */
export const randomScalar = (q: bigint, random: Random): bigint => uintOf(random(scalarBytes(q))) % q

/** H(`ggen|i`), big-endian: where the search for independent element number i starts (Belenios specification, table 8). */
export const generatorSeed = (i: number): bigint => uintOf(sha256(utf8(`ggen|${String(i)}`)))
