import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { challengeOf, randomScalar, sha256Base64, sha256Hex } from './hash.ts'
import { list, literal, natural, oneOf, pair, parseWire, record, text, wireText } from './wire.ts'

const shape = record(['a', 'b', 'c'], { a: natural, c: list(text) }, { b: text })
const fault = (of: string): unknown => {
  const r = parseWire(shape, of)
  return r.kind === 'fail' ? r.error : 'accepted'
}

describe('canonical messages of the wire', () => {
  it('accepts the one spelling, with and without the optional field', () => {
    expect(fault('{"a":1,"b":"é \\"q\\" 🙂","c":["x"]}')).toBe('accepted')
    expect(fault('{"a":1,"c":[]}')).toBe('accepted')
  })
  it.each([
    ['blank', '{"a":1, "c":[]}'],
    ['trailing newline', '{"a":1,"c":[]}\n'],
    ['order', '{"c":[],"a":1}'],
    ['unknown field', '{"a":1,"c":[],"d":1}'],
    ['repeated field', '{"a":2,"a":1,"c":[]}'],
    ['number spelling', '{"a":1.0,"c":[]}'],
    ['exponent', '{"a":1e0,"c":[]}'],
    ['escaped letter', '{"a":1,"c":["\\u0078"]}'],
    ['escaped slash', '{"a":1,"c":["\\/"]}'],
    ['__proto__', '{"a":1,"__proto__":{"b":"x"},"c":[]}'],
  ])('refuses a difference: %s', (_what, of) => {
    expect(fault(of)).toBe('not canonical')
  })
  it.each([
    ['missing', '{"a":1}'],
    ['null', '{"a":1,"b":null,"c":[]}'],
    ['type', '{"a":"1","c":[]}'],
    ['negative', '{"a":-1,"c":[]}'],
    ['fraction', '{"a":0.5,"c":[]}'],
    ['unsafe', '{"a":9007199254740993,"c":[]}'],
    ['lone surrogate', '{"a":1,"c":["\\ud800"]}'],
    ['DEL', '{"a":1,"c":["\u007f"]}'],
    ['list', '[]'],
    ['bare', '1'],
  ])('refuses another shape: %s', (_what, of) => {
    expect(fault(of)).toBe('not of this shape')
  })
  it('refuses what is not JSON, however deep', () => {
    expect(fault('{')).toBe('not JSON')
    expect(fault('')).toBe('not JSON')
    expect(fault(`{"a":1,"c":[${'['.repeat(5000)}${']'.repeat(5000)}]}`)).toBe('not of this shape')
  })
  it('reads alternatives and pairs', () => {
    const either = oneOf(pair(literal('One'), natural), pair(literal('Two'), text))
    expect(parseWire(either, '["Two","x"]')).toEqual({ kind: 'ok', value: ['Two', 'x'] })
    expect(parseWire(either, '["Two",1]').kind).toBe('fail')
    expect(parseWire(either, '["One",1,2]').kind).toBe('fail')
    expect(parseWire(list(natural, 2), '[1,2,3]').kind).toBe('fail')
  })
  it('parse of print is identity', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.string({ unit: 'grapheme' })), (a, c) => {
        fc.pre(!c.some((s) => s.includes('\u007f')))
        expect(parseWire(shape, wireText({ a, c }))).toEqual({ kind: 'ok', value: { a, c } })
      }),
    )
  })
})

describe('hashes', () => {
  it('hashes UTF-8 to hex and to unpadded Base64', () => {
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(sha256Base64('')).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU')
    expect(sha256Hex('é')).toBe(sha256Hex(Uint8Array.of(0xc3, 0xa9)))
  })
  it('reads a challenge big-endian modulo q', () => {
    const n = BigInt(`0x${Buffer.from(sha256(new TextEncoder().encode('x'))).toString('hex')}`)
    expect(challengeOf('x', 1n << 256n)).toBe(n)
    expect(challengeOf('x', 997n)).toBe(n % 997n)
  })
  it('draws 32 bytes more than q has, and reduces', () => {
    const drawn: number[] = []
    const random = (n: number): Uint8Array => {
      drawn.push(n)
      return new Uint8Array(n).fill(255)
    }
    expect(randomScalar((1n << 252n) + 3n, random)).toBe(((1n << 512n) - 1n) % ((1n << 252n) + 3n))
    expect(drawn).toEqual([64])
  })
})
