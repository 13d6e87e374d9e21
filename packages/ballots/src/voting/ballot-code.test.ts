import { createHash } from 'node:crypto'

import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64, utf8 } from '@quorate/kernel'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ballotCodeOf, fingerprintOf, parseBallotCode } from './ballot-code.ts'
import { tallyPhrase, trusteesPhrase, wordOf } from './phrase.ts'

const digestOf = (text: string): string => toBase64(sha256(utf8(text)), false)

describe('ballot codes: two words and four digits from the unsigned digest', () => {
  it('follow the definition: D = H(ballot-code|digest), words D[0..1], D[6..7] & 2047, number D[2..5] mod 10⁴', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const D = createHash('sha256')
          .update(`ballot-code|${digestOf(text)}`)
          .digest()
        const first = wordlist[D.readUInt16BE(0) & 2047] ?? ''
        const last = wordlist[D.readUInt16BE(6) & 2047] ?? ''
        const number = String(D.readUInt32BE(2) % 10_000).padStart(4, '0')
        expect(ballotCodeOf(digestOf(text))).toBe(`${first}–${number}–${last}`.toUpperCase())
      }),
      { numRuns: 100 },
    )
  })

  it('stand still: a known answer', () => {
    expect(ballotCodeOf(digestOf('a ballot'))).toMatchInlineSnapshot(`"BID–2836–CHICKEN"`)
    expect(fingerprintOf(digestOf('a ballot'))).toMatchInlineSnapshot(`
      {
        "kind": "ok",
        "value": "0d8a 9419 44d4 7d1f accd 45b0 16c6 5f7a",
      }
    `)
  })

  it('are read in any case, with any dashes, spaces or nothing between', () => {
    const code = ballotCodeOf(digestOf('typed'))
    for (const between of ['–', '-', ' ', ' — ', '', '.'])
      expect(parseBallotCode(`  ${code.toLowerCase().replaceAll('–', between)} `)).toEqual({ kind: 'ok', value: code })
  })

  it.each(['', 'CEDAR', 'able–4817', 'able–481–zoo', 'able–48171–zoo', 'zzzz–4817–zoo', 'able–4817–zoos', '4817–able–zoo'])(
    'refuse %s',
    (typed) => {
      expect(parseBallotCode(typed)).toEqual({ kind: 'fail', error: 'not a ballot code' })
    },
  )
})

describe('fingerprints: 128 bits of the unsigned digest in 8 groups of 4 hex digits', () => {
  it('are the first half of the digest', () => {
    const hex = createHash('sha256').update('x').digest('hex').slice(0, 32)
    expect(fingerprintOf(digestOf('x'))).toEqual({ kind: 'ok', value: hex.replace(/(.{4})(?=.)/g, '$1 ') })
  })

  it.each(['', 'AA', 'x'.repeat(43), `${digestOf('x')}=`, toBase64(new Uint8Array(31), false)])('refuse %s', (digest) => {
    expect(fingerprintOf(digest)).toEqual({ kind: 'fail', error: 'not a digest' })
  })
})

describe('twelve-word phrases: 132 bits to compare by voice', () => {
  const bitsOf = (phrase: readonly string[]): string =>
    phrase.map((word) => wordlist.indexOf(word).toString(2).padStart(11, '0')).join('')
  const hashBits = (text: string): string =>
    [...createHash('sha256').update(text).digest()].map((byte) => byte.toString(2).padStart(8, '0')).join('')

  it('are the first 132 bits of the hash', () => {
    expect(bitsOf(trusteesPhrase('[]'))).toBe(hashBits('quorate/trustees-phrase/v1|[]').slice(0, 132))
    expect(bitsOf(tallyPhrase('φ', '[[]]'))).toBe(hashBits('quorate/tally-phrase/v1|φ|[[]]').slice(0, 132))
  })

  it('tell files apart that differ in one character', () => {
    expect(trusteesPhrase('[]')).not.toEqual(trusteesPhrase('[] '))
    expect(trusteesPhrase('a')).not.toEqual(tallyPhrase('', 'a'))
  })

  it('have a word for every 11 bits, and none beyond', () => {
    expect([wordOf(0), wordOf(2047)]).toEqual(['abandon', 'zoo'])
    expect(() => wordOf(2048)).toThrow()
  })
})
