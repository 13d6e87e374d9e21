import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { scrypt } from '@noble/hashes/scrypt.js'
import { assert, canonicalJson, fail, fromHex, isJson, ok, type Random, type Result, toHex, utf8 } from '@quorate/kernel'

import { checkedFile, parseCheckedFile } from '../checked-file.ts'
import { wordOf } from '../voting/phrase.ts'
import { parseTrusteeKeyFile, trusteeKeyFile, type TrusteeKey } from './trustee-key.ts'

/** How much work one guess of a passphrase costs: scrypt (RFC 7914) with N = 2^`log2N`, block size r, parallelisation p. */
export type KeyFileWork = { readonly log2N: number; readonly r: number; readonly p: number }

/**
 * The work of the files we write: N = 2¹⁶, r = 8, p = 2. It takes 64 MiB and about half a second on a desktop; with the six words we suggest (66 bits)
 * a search is hopeless. Source: OWASP Password Storage Cheat Sheet, the row for 64 MiB, which phones can give.
 */
export const keyFileWork: KeyFileWork = { log2N: 16, r: 8, p: 2 }

// What a file may ask of its reader: 256 MiB and a few seconds, so that a hostile one cannot stop a device.
const workMax: KeyFileWork = { log2N: 18, r: 8, p: 4 }

/** Fewest characters of a passphrase, after blanks are made single. */
export const passphraseLengthMin = 12

/** A passphrase of six words of the list of 2,048: 66 bits, to be written on paper, apart from the file. */
export function suggestPassphrase(random: Random): string {
  const bytes = random(12)
  const words = Array.from({ length: 6 }, (_, i) => wordOf((((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)) & 2047))
  return words.join(' ')
}

const format = 'quorate/trustee-key-locked/v1'

// One passphrase, however a keyboard or a hand writes it.
const plainPassphrase = (typed: string): string => typed.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase()

function cipherOf(passphrase: string, { log2N, r, p }: KeyFileWork, salt: Uint8Array, nonce: Uint8Array, header: string) {
  const key = scrypt(utf8(plainPassphrase(passphrase)), salt, { N: 2 ** log2N, r, p, dkLen: 32, maxmem: 2 ** 29 })
  return xchacha20poly1305(key, nonce, utf8(header))
}

/** Whether a text is a key file under a passphrase; which one it is, and whether it is whole, is found when it is opened. */
export const isLockedKeyFile = (text: string): boolean => text.includes('"quorate/trustee-key-locked/')

/**
 * Exact text of the key file under a passphrase: XChaCha20-Poly1305 under scrypt, its parameters, the election and the place in the open and
 * authenticated. Takes about half a second, on purpose.
 */
export function lockedKeyFile(
  key: TrusteeKey,
  passphrase: string,
  random: Random,
  work: KeyFileWork = keyFileWork,
): Result<string, 'passphrase too short'> {
  if (plainPassphrase(passphrase).length < passphraseLengthMin) return fail('passphrase too short')
  const salt = random(16)
  const nonce = random(24)
  assert(salt.length === 16 && nonce.length === 24, 'the source of randomness gives what it is asked for')
  const { uuid, index } = key.context
  const header = { uuid, index, kdf: { name: 'scrypt', ...work, salt: toHex(salt) }, nonce: toHex(nonce) }
  const box = cipherOf(passphrase, work, salt, nonce, canonicalJson({ format, ...header })).encrypt(utf8(trusteeKeyFile(key)))
  const body = { ...header, box: toHex(box) }
  return ok(checkedFile(format, body))
}

/** Why a locked key file does not open. */
export type LockedKeyFileFault =
  | { readonly kind: 'not a key file' }
  | { readonly kind: 'of a later version' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'wrong passphrase' }

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const bytesIn = (value: unknown, length: number | null): Uint8Array | null => {
  const bytes = typeof value === 'string' ? fromHex(value) : null
  return bytes?.kind === 'ok' && (length === null || bytes.value.length === length) ? bytes.value : null
}

function workIn({ log2N, r, p, name }: Fields): KeyFileWork | null {
  const within = (value: unknown, most: number): value is number =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most
  if (name !== 'scrypt' || !within(log2N, workMax.log2N) || !within(r, workMax.r) || !within(p, workMax.p)) return null
  return { log2N, r, p }
}

/** Opens a locked key file. A damaged file and a wrong passphrase are told apart: the first has a check of its own. */
export function unlockKeyFile(text: string, passphrase: string): Result<TrusteeKey, LockedKeyFileFault> {
  const read = parseCheckedFile(format, text)
  if (read.kind === 'fail') return fail({ kind: read.error === 'another kind of file' ? 'not a key file' : read.error })
  const { box, ...rest } = read.value
  const header = { format, ...rest } as Fields
  const { kdf } = header
  const work = isFields(kdf) ? workIn(kdf) : null
  const salt = isFields(kdf) ? bytesIn(kdf['salt'], 16) : null
  const nonce = bytesIn(header['nonce'], 24)
  const sealed = bytesIn(box, null)
  if (work === null || salt === null || nonce === null || sealed === null || sealed.length < 16 || !isJson(header))
    return fail({ kind: 'damaged' })
  const opened = decrypted(cipherOf(passphrase, work, salt, nonce, canonicalJson(header)), sealed)
  if (opened === null) return fail({ kind: 'wrong passphrase' })
  const key = parseTrusteeKeyFile(new TextDecoder().decode(opened))
  if (key.kind === 'fail') return fail({ kind: 'damaged' })
  const { uuid, index } = key.value.context
  return uuid === header['uuid'] && index === header['index'] ? key : fail({ kind: 'damaged' })
}

function decrypted(cipher: ReturnType<typeof cipherOf>, sealed: Uint8Array): Uint8Array | null {
  try {
    return cipher.decrypt(sealed)
  } catch {
    return null
  }
}
