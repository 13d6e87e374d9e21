import { assert, type Branded, fail, ok, type Random, type Result } from '@quorate/kernel'

import type { Engine } from '../groups/engine.ts'
import { sha256Hex } from '../hash.ts'
import { markAtEnd } from './link-code.ts'

/** A voting code as it is mailed: 22 base58 characters, `XXXXX-XXXXXX-XXXXX-XXXXXX`, 128.8 bits. The whole text, hyphens too, is hashed. */
export type VotingCode = Branded<string, 'VotingCode'>

/** Why a text is not a voting code; `place` counts from 1 without spaces and hyphens. */
export type VotingCodeFault =
  | { readonly kind: 'wrong length'; readonly found: number; readonly expected: 22 }
  /** `I` may be 1 or i, `l` may be 1 or L: codes hold neither, and we do not guess. Other characters never occur. */
  | { readonly kind: 'wrong character'; readonly character: string; readonly place: number; readonly perhaps: readonly string[] }
  /** Typed in capitals or small letters throughout. Codes tell the two apart, and every code has both. */
  | { readonly kind: 'capitals and small letters lost' }

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const length = 22
const groups = [0, 5, 11, 16, length] as const

const hyphenated = (bare: string): string =>
  groups
    .slice(1)
    .map((end, i) => bare.slice(groups[i], end))
    .join('-')

const hasBothCases = (bare: string): boolean => /[a-z]/.test(bare) && /[A-Z]/.test(bare)

/** One base58 character, each equally likely: bytes from 232 (4 × 58) on are thrown away. */
function drawCharacter(random: Random): string {
  for (;;) {
    const byte = random(1)[0]
    assert(byte !== undefined, 'the source of randomness gives what it is asked for')
    if (byte < 4 * alphabet.length) return alphabet.charAt(byte % alphabet.length)
  }
}

/**
 * A fresh voting code. A code without capitals or without small letters (1 in 50,000) is drawn again, so that a reader who lost the
 * case can be told so. The format has no check character: all 22 are random, and a mistyped code is found by its absence from the roll.
 */
export function drawVotingCode(random: Random): VotingCode {
  for (;;) {
    let bare = ''
    for (let i = 0; i < length; i++) bare += drawCharacter(random)
    if (hasBothCases(bare)) return hyphenated(bare) as VotingCode
  }
}

/** What a hand or a camera may have meant by a character that no code holds. */
const meant: Readonly<Record<string, readonly string[]>> = { '0': ['o'], O: ['o'], I: ['1', 'i'], l: ['1', 'L'] }

/**
 * Reads a voting code as people type and paste it: with any spaces and dashes or none, or as the whole link that ends in `#<code>`, the mark of
 * the election behind it or not.
 * `0` and `O` are read as `o`, the only character they can stand for; everything else that is not plain is refused with the reason.
 */
export function parseVotingCode(typed: string): Result<VotingCode, VotingCodeFault> {
  const own = typed.slice(typed.lastIndexOf('#') + 1).trim()
  const given = own.replace(markAtEnd, '').replace(/[\s\p{Pd}\p{Cf}\u2212._]/gu, '')
  let bare = ''
  let place = 0
  for (const character of given) {
    place++
    const perhaps = alphabet.includes(character) ? [character] : (meant[character] ?? [])
    const [only] = perhaps
    if (only === undefined || perhaps.length > 1) return fail({ kind: 'wrong character', character, place, perhaps })
    bare += only
  }
  if (bare.length !== length) return fail({ kind: 'wrong length', found: bare.length, expected: length })
  return hasBothCases(bare) ? ok(hyphenated(bare) as VotingCode) : fail({ kind: 'capitals and small letters lost' })
}

/** A credential: the secret x that a voting code stands for in one election, and its public key X = x·G as text. */
export type Credential = { readonly secret: bigint; readonly publicKey: string }

/**
 * x = H(`derive_credential|uuid|0|c`) ‖ H(`derive_credential|uuid|1|c`), 512 bits big-endian, modulo q. Another election gives the same
 * code another key. Source: Belenios specification, Credentials (format v1 leaves the
 * derivation free: only X is public).
 */
export function credentialOf<P>(engine: Engine<P>, uuid: string, code: VotingCode): Credential {
  const half = (i: 0 | 1): string => sha256Hex(`derive_credential|${uuid}|${i}|${code}`)
  const secret = BigInt(`0x${half(0)}${half(1)}`) % engine.q
  return { secret, publicKey: engine.encode(engine.multiplyBaseSecret(secret)) }
}

/** Order of the public roll: by value of the number, which for the fixed-length texts of Ed25519 is their alphabetic order. */
export const compareKeys = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)

/** What the registrar makes: `codes[i]` and `publicKeys[i]` belong together and are secret together; only `roll`, sorted, is published. */
export type Issue = {
  readonly codes: readonly VotingCode[]
  readonly publicKeys: readonly string[]
  readonly roll: readonly string[]
}

/** Makes one voting code for each of `members` people. Cost: one product a member. */
export function issueCodes<P>(engine: Engine<P>, uuid: string, members: number, random: Random): Issue {
  const codes = Array.from({ length: members }, () => drawVotingCode(random))
  const publicKeys = codes.map((code) => credentialOf(engine, uuid, code).publicKey)
  const roll = [...publicKeys].sort(compareKeys)
  assert(new Set(roll).size === members, 'no two voting codes are alike')
  return { codes, publicKeys, roll }
}

/**
 * The name under which the record shows whoever casts with a voting key X: 32 hex digits of SHA-256(`quorate/voter/v1|X`). It is the same for
 * a re-vote, and links to no signature or other act of that person.
 */
export const voterPseudonymOf = (publicKey: string): string => sha256Hex(`quorate/voter/v1|${publicKey}`).slice(0, 32)
