import { scrypt } from '@noble/hashes/scrypt.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { assert, canonicalJson, type JsonObject, toHex, utf8 } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'

import { keyFileWork } from '../passphrase-box.ts'
import { isLockedKeyFile, lockedKeyFile, suggestPassphrase, unlockKeyFile } from './locked-key-file.ts'
import { seededRandom } from '../seeded-random.ts'
import { newTrusteeKey, parseTrusteeKeyFile } from './trustee-key.ts'

const random = seededRandom(sha256(utf8('locked key files')))
const key = newTrusteeKey({ uuid: 'QuorateTest4242', group: 'Ed25519', size: 3, threshold: 2, index: 2 }, random)
const quick = { log2N: 8, r: 8, p: 1 }
const passphrase = 'ginger table lorry moon arch seven'
const written = lockedKeyFile(key, passphrase, random, quick)
assert(written.kind === 'ok', 'long enough')
const text = written.value

/** The file with changed fields and a check that fits them. */
const rewritten = (change: JsonObject): string => {
  const fields = { ...(JSON.parse(text) as JsonObject), ...change }
  const body = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'check'))
  return canonicalJson({ ...body, check: toHex(sha256(utf8(canonicalJson(body)))).slice(0, 16) })
}
const fault = (of: string, typed = passphrase) => {
  const opened = unlockKeyFile(of, typed)
  return opened.kind === 'fail' ? opened.error.kind : 'opens'
}

describe('a key file under a passphrase', () => {
  it('rests on scrypt as RFC 7914 §12 has it', () => {
    const derived = scrypt(utf8('pleaseletmein'), utf8('SodiumChloride'), { N: 16384, r: 8, p: 1, dkLen: 64 })
    expect(toHex(derived)).toBe(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    )
  })

  it('opens with the passphrase, and with the ways a hand or keyboard writes the same', () => {
    for (const typed of [passphrase, `  ${passphrase.replaceAll(' ', '  ')}\n`, passphrase.toUpperCase()])
      expect(unlockKeyFile(`\n${text} `, typed)).toEqual({ kind: 'ok', value: key })
    expect(isLockedKeyFile(text)).toBe(true)
    expect(parseTrusteeKeyFile(text)).toEqual({ kind: 'fail', error: { kind: 'not a key file' } })
  })

  it('shows nothing of the key, and no two files of one key are alike', () => {
    expect(text).not.toContain(key.seed)
    const again = lockedKeyFile(key, passphrase, random, quick)
    assert(again.kind === 'ok', 'long enough')
    const open = (file: string) =>
      JSON.parse(file) as { readonly box: string; readonly nonce: string; readonly kdf: { readonly salt: string } }
    expect(open(again.value).kdf.salt).not.toBe(open(text).kdf.salt)
    expect(open(again.value).nonce).not.toBe(open(text).nonce)
    expect(open(again.value).box).not.toBe(open(text).box)
  })

  it('states its work, and ours is 64 MiB', () => {
    const file = lockedKeyFile(key, passphrase, random)
    assert(file.kind === 'ok', 'long enough')
    expect(JSON.parse(file.value)).toMatchObject({ kdf: { name: 'scrypt', log2N: 16, r: 8, p: 2 } })
    expect(128 * 2 ** keyFileWork.log2N * keyFileWork.r).toBe(64 * 2 ** 20)
    expect(unlockKeyFile(file.value, passphrase)).toEqual({ kind: 'ok', value: key })
  })

  it('tells a wrong passphrase from a damaged file and from something else', () => {
    expect(fault(text, 'ginger table lorry moon arch eight')).toBe('wrong passphrase')
    expect(fault(text.replace(/"box":"./, '"box":"g'))).toBe('damaged')
    expect(fault(text.slice(0, -3))).toBe('damaged')
    for (const other of ['', '{}', '[]', '7', 'null', '{"format":7}']) expect(fault(other)).toBe('not a key file')
    expect(fault(rewritten({ format: 'quorate/trustee-key-locked/v2' }))).toBe('of a later version')
  })

  it('binds election, place and work: a changed header opens nothing', () => {
    expect(fault(rewritten({ uuid: 'QuorateTest4243' }))).toBe('wrong passphrase')
    expect(fault(rewritten({ index: 1 }))).toBe('wrong passphrase')
    const { kdf } = JSON.parse(text) as { readonly kdf: JsonObject }
    expect(fault(rewritten({ kdf: { ...kdf, log2N: 9 } }))).toBe('wrong passphrase')
  })

  it('refuses a file that asks for more than a device should give, or for something unknown, before doing any of it', () => {
    const { kdf } = JSON.parse(text) as { readonly kdf: JsonObject }
    for (const change of [{ log2N: 40 }, { log2N: 0 }, { r: 9 }, { p: 5 }, { name: 'none' }, { salt: 'ab' }, { salt: 7 }])
      expect(fault(rewritten({ kdf: { ...kdf, ...change } }))).toBe('damaged')
    for (const change of [{ kdf: null }, { nonce: 'ab' }, { box: '' }, { box: 7 }])
      expect(fault(rewritten(change))).toBe('damaged')
  })

  it('refuses a short passphrase', () => {
    expect(lockedKeyFile(key, '  eleven    ch ', random, quick)).toEqual({ kind: 'fail', error: 'passphrase too short' })
    expect(lockedKeyFile(key, 'twelve chars', random, quick).kind).toBe('ok')
  })

  it('suggests six words of the list, fresh each time', () => {
    expect(suggestPassphrase(() => new Uint8Array(12))).toMatch(/^(\w+)( \1){5}$/)
    expect(suggestPassphrase(random)).toMatch(/^[a-z]{3,8}( [a-z]{3,8}){5}$/)
    expect(suggestPassphrase(random)).not.toBe(suggestPassphrase(random))
  })
})
