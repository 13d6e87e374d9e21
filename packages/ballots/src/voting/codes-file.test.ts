import { toHex } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'

import { checkedFile } from '../checked-file.ts'
import { lockedFile, unlockedFile } from '../passphrase-box.ts'
import { codesFile, parseCodesFile, registrarKeyOf } from './codes-file.ts'

const seed = new Uint8Array(32).fill(7)
const codes = { uuid: 'QuorateTest4242', roll: '["a"]', binds: '[["a","b"]]' }
const key = registrarKeyOf(seed)

describe('the file that a registrar carries to the server', () => {
  it('is read as it was written, by the key that signed it (RFC 8032)', () => {
    expect(key).toBe('ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c')
    expect(parseCodesFile(codesFile(codes, seed), key)).toEqual({
      kind: 'ok',
      value: { ...codes, signature: expect.stringMatching(/^[0-9a-f]{128}$/) as string },
    })
  })

  it('is refused under another key, and when any part was changed after it was signed', () => {
    const other = registrarKeyOf(new Uint8Array(32).fill(8))
    const unsigned = { kind: 'fail', error: 'not signed by this registrar' }
    const whole = codesFile(codes, seed)
    for (const wrong of [other, '', 'zz', '00'.repeat(32), 'ff'.repeat(32)])
      expect(parseCodesFile(whole, wrong)).toEqual(unsigned)
    const { signature } = JSON.parse(whole) as { readonly signature: string }
    const of = (more: Readonly<Record<string, string>>) =>
      parseCodesFile(checkedFile('quorate/registrar-codes/v1', { ...codes, signature, ...more }), key)
    expect(of({}).kind).toBe('ok')
    for (const change of [
      { uuid: 'QuorateTest4243' },
      { roll: '["b"]' },
      { binds: '[]' },
      { signature: '' },
      { signature: toHex(seed) },
    ])
      expect(of(change)).toEqual(unsigned)
    expect(parseCodesFile(checkedFile('quorate/registrar-codes/v1', codes), key)).toEqual({ kind: 'fail', error: 'damaged' })
    expect(parseCodesFile('hello', key)).toEqual({ kind: 'fail', error: 'another kind of file' })
  })
})

describe('a text under a passphrase', () => {
  const random = (n: number): Uint8Array => new Uint8Array(n).fill(3)
  const work = { log2N: 8, r: 8, p: 1 }
  it('opens with it alone, blanks and capitals aside, and shows what is in the open', () => {
    const file = lockedFile('quorate/x/v1', { whose: 'mine' }, 'a secret', 'twelve words of mine', random, work)
    const text = file.kind === 'ok' ? file.value : ''
    expect(text).not.toContain('a secret')
    expect(unlockedFile('quorate/x/v1', text, ' Twelve  words of MINE ')).toMatchObject({
      value: { secret: 'a secret', open: { whose: 'mine' } },
    })
    expect(unlockedFile('quorate/x/v1', text, 'twelve words of hers')).toEqual({ kind: 'fail', error: 'wrong passphrase' })
    expect(unlockedFile('quorate/x/v1', text.replace('mine', 'your'), 'twelve words of mine')).toEqual({
      kind: 'fail',
      error: 'damaged',
    })
    expect(unlockedFile('quorate/y/v1', text, 'twelve words of mine')).toEqual({ kind: 'fail', error: 'another kind of file' })
    expect(lockedFile('quorate/x/v1', {}, '', 'short', random, work)).toEqual({ kind: 'fail', error: 'passphrase too short' })
  })
})
