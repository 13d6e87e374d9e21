import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  assert,
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  fromUtf8,
  InvariantBroken,
  toBase64,
  toHex,
  uintBytes,
  uintOf,
  unreachable,
  utf8,
} from './index.ts'

const bytes = fc.uint8Array({ maxLength: 64 })

describe('RFC 4648', () => {
  test.each([
    ['', '', ''],
    ['f', 'Zg==', '66'],
    ['fo', 'Zm8=', '666f'],
    ['foo', 'Zm9v', '666f6f'],
    ['foob', 'Zm9vYg==', '666f6f62'],
    ['fooba', 'Zm9vYmE=', '666f6f6261'],
    ['foobar', 'Zm9vYmFy', '666f6f626172'],
  ])('§10: the vector %j', (text, base64, hex) => {
    expect(toBase64(utf8(text))).toBe(base64)
    expect(toBase64(utf8(text), false)).toBe(base64.replaceAll('=', ''))
    expect(toHex(utf8(text))).toBe(hex)
    expect(fromBase64(base64)).toEqual({ kind: 'ok', value: utf8(text) })
    expect(fromHex(hex)).toEqual({ kind: 'ok', value: utf8(text) })
  })

  test('§4: reading undoes writing, with and without padding, as the platform writes it', () => {
    fc.assert(
      fc.property(bytes, fc.boolean(), (value, padding) => {
        const text = toBase64(value, padding)
        expect(text).toBe(
          Buffer.from(value)
            .toString('base64')
            .replace(padding ? /$^/ : /=+$/, ''),
        )
        expect(fromBase64(text, padding)).toEqual({ kind: 'ok', value })
      }),
    )
  })

  test('§3.5: one value has one spelling, so that no text but the written one is read', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/]{0,8}={0,3}$/), fc.boolean(), (text, padding) => {
        const read = fromBase64(text, padding)
        if (read.kind === 'ok') expect(toBase64(read.value, padding)).toBe(text)
      }),
    )
  })

  test.each(['Zg', 'Zg=', 'Zh==', 'Zm9=', 'Zg===', '=', 'Z', 'Zm9v\n', ' Zm9v', 'Zm-_', 'Zm9vYg==Zg==', 'Zm9é'])(
    '§3: the padded text %j is refused',
    (text) => {
      expect(fromBase64(text)).toEqual({ kind: 'fail', error: 'not canonical base64' })
    },
  )

  test.each(['Zg==', 'Zh', 'Z', 'Zm9v='])('§3.2: the unpadded text %j is refused', (text) => {
    expect(fromBase64(text, false).kind).toBe('fail')
  })

  test('§8: hexadecimal has whole bytes and lower case', () => {
    for (const text of ['0', 'FF', '0g', ' 00', '00\n', '0x00']) expect(fromHex(text).kind).toBe('fail')
    fc.assert(
      fc.property(bytes, (value) => {
        expect(fromHex(toHex(value))).toEqual({ kind: 'ok', value })
      }),
    )
  })
})

describe('UTF-8 (RFC 3629)', () => {
  test('reading undoes writing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fromUtf8(utf8(text))).toEqual({ kind: 'ok', value: text })
      }),
    )
  })

  test.each([
    ['an overlong slash', 'c0af'],
    ['half a surrogate pair', 'eda080'],
    ['a cut sequence', 'e282'],
    ['a lone continuation', '80'],
    ['above U+10FFFF', 'f4908080'],
  ])('%s is refused, not replaced', (_, hex) => {
    const read = fromHex(hex)
    expect(read.kind === 'ok' && fromUtf8(read.value)).toEqual({ kind: 'fail', error: 'not UTF-8' })
  })

  test('a byte order mark is a character like another', () => {
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toEqual({ kind: 'ok', value: '\ufeffa' })
  })
})

describe('bytes', () => {
  test('sort as the platform sorts them, and equal only themselves', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b))
        expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0)
        expect(equalBytes(a, a.slice())).toBe(true)
      }),
    )
  })

  test('join in order', () => {
    fc.assert(
      fc.property(fc.array(bytes), (parts) => {
        expect(toHex(concatBytes(...parts))).toBe(parts.map(toHex).join(''))
      }),
    )
  })

  test('an unsigned integer is big-endian and comes back', () => {
    expect(toHex(uintBytes(258n, 4))).toBe('00000102')
    expect(uintOf(new Uint8Array())).toBe(0n)
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 128n) - 1n), (n) => {
        expect(uintOf(uintBytes(n, 16))).toBe(n)
      }),
    )
  })

  test('an integer that does not fit its bytes is our bug', () => {
    for (const [value, length] of [
      [256n, 1],
      [-1n, 4],
      [1n, 0],
    ] as const)
      expect(() => uintBytes(value, length)).toThrow(InvariantBroken)
  })
})

describe('broken invariants', () => {
  test('throw, and name the invariant or the kind but never the value', () => {
    expect(() => assert(false, 'the roll is frozen')).toThrow('the roll is frozen')
    expect(() => assert(true, 'never seen')).not.toThrow()
    expect(() => unreachable({ kind: 'new-case', choice: 'For' } as never)).toThrow(/^unreachable: new-case$/)
    expect(() => unreachable('secret' as never)).toThrow(/^unreachable: string$/)
  })
})
