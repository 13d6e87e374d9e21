import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { scrypt } from '@noble/hashes/scrypt.js'
import { assert, canonicalJson, fail, fromHex, type JsonObject, ok, type Random, type Result, toHex, utf8 } from '@quorate/kernel'

import { checkedFile, type CheckedFileFault, parseCheckedFile } from './checked-file.ts'

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

// One passphrase, however a keyboard or a hand writes it.
const plainPassphrase = (typed: string): string => typed.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase()

function cipherOf(passphrase: string, { log2N, r, p }: KeyFileWork, salt: Uint8Array, nonce: Uint8Array, header: string) {
  const key = scrypt(utf8(plainPassphrase(passphrase)), salt, { N: 2 ** log2N, r, p, dkLen: 32, maxmem: 2 ** 29 })
  return xchacha20poly1305(key, nonce, utf8(header))
}

/**
 * Exact text of a file that holds a secret text under a passphrase: XChaCha20-Poly1305 under scrypt, its parameters and the `open` fields in the clear and
 * authenticated. Takes about half a second, on purpose.
 */
export function lockedFile(
  format: string,
  open: JsonObject,
  secret: string,
  passphrase: string,
  random: Random,
  work: KeyFileWork = keyFileWork,
): Result<string, 'passphrase too short'> {
  if (plainPassphrase(passphrase).length < passphraseLengthMin) return fail('passphrase too short')
  const salt = random(16)
  const nonce = random(24)
  assert(salt.length === 16 && nonce.length === 24, 'the source of randomness gives what it is asked for')
  const header = { ...open, kdf: { name: 'scrypt', ...work, salt: toHex(salt) }, nonce: toHex(nonce) }
  const box = cipherOf(passphrase, work, salt, nonce, canonicalJson({ format, ...header })).encrypt(utf8(secret))
  return ok(checkedFile(format, { ...header, box: toHex(box) }))
}

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

/** Opens a file of {@link lockedFile}. A damaged file and a wrong passphrase are told apart: the first has a check of its own. */
export function unlockedFile(
  format: string,
  text: string,
  passphrase: string,
): Result<{ readonly open: JsonObject; readonly secret: string }, CheckedFileFault | 'wrong passphrase'> {
  const read = parseCheckedFile(format, text)
  if (read.kind === 'fail') return read
  const { box, ...open } = read.value
  const { kdf } = open
  const work = isFields(kdf) ? workIn(kdf) : null
  const salt = isFields(kdf) ? bytesIn(kdf['salt'], 16) : null
  const nonce = bytesIn(open['nonce'], 24)
  const sealed = bytesIn(box, null)
  if (work === null || salt === null || nonce === null || sealed === null || sealed.length < 16) return fail('damaged')
  const opened = decrypted(cipherOf(passphrase, work, salt, nonce, canonicalJson({ format, ...open })), sealed)
  return opened === null ? fail('wrong passphrase') : ok({ open, secret: new TextDecoder().decode(opened) })
}

function decrypted(cipher: ReturnType<typeof cipherOf>, sealed: Uint8Array): Uint8Array | null {
  try {
    return cipher.decrypt(sealed)
  } catch {
    return null
  }
}
