import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, InvariantBroken, isJson, parseCanonicalJson, type Json } from './index.ts'

/** Values of the record: any depth, keys and texts, safe integers. */
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value')),
  ),
})).value

const faultOf = (text: string): string => {
  const parsed = parseCanonicalJson(text)
  return parsed.kind === 'fail' ? parsed.error.kind : 'ok'
}

describe('RFC 8785', () => {
  test('§3.2.2: escapes only what JSON must escape, in the short form where there is one', () => {
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/')).toBe(String.raw`"€$\u000f\nA'B\"\\\\\"/"`)
    expect(canonicalJson('\b\t\n\f\r\u0000\u001f\u007f\u2028')).toBe('"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028"')
  })

  test('§3.2.2: prints literals', () => {
    expect(canonicalJson([null, true, false])).toBe('[null,true,false]')
  })

  test('§3.2.3: sorts names by UTF-16 code units, which puts an emoji before a Hebrew presentation form', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    const names = Object.values(JSON.parse(canonicalJson(sample)) as Record<string, string>)
    // JSON.parse moves the name `1` to the front of an object, so the text itself is looked at too.
    expect(canonicalJson(sample).indexOf('One')).toBeGreaterThan(canonicalJson(sample).indexOf('Carriage'))
    expect(names.filter((name) => name !== 'One')).toEqual([
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  test('§3.2.3: sorts at every depth and leaves arrays in their order', () => {
    expect(canonicalJson({ b: [3, 1, { d: 1, c: 2 }], a: {} })).toBe('{"a":{},"b":[3,1,{"c":2,"d":1}]}')
  })

  test('§3.2.3: numeric names sort as texts', () => {
    expect(canonicalJson({ '10': 1, '9': 2, '': 3 })).toBe('{"":3,"10":1,"9":2}')
  })

  test('§3.2.4: every value keeps its UTF-8 spelling, a name called __proto__ included', () => {
    const text = '{"__proto__":{"x":1},"é":"日本"}'
    expect(parseCanonicalJson(text)).toEqual({ kind: 'ok', value: JSON.parse(text) as Json })
    expect(canonicalJson(JSON.parse(text) as Json)).toBe(text)
  })
})

describe('one value, one spelling', () => {
  test('parse undoes print', () => {
    fc.assert(
      fc.property(json, (value) => {
        const parsed = parseCanonicalJson(canonicalJson(value))
        expect(parsed).toEqual({ kind: 'ok', value })
      }),
    )
  })

  test('the order in which an object was built does not show', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(object))
      }),
    )
  })

  test('a text that parses is the text that is printed', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (text) => {
        const parsed = parseCanonicalJson(text)
        if (parsed.kind === 'ok') expect(canonicalJson(parsed.value)).toBe(text)
      }),
    )
  })

  test.each([
    ['{"a":1,"a":1}', 'not canonical'],
    ['{"b":1,"a":1}', 'not canonical'],
    ['{ "a":1}', 'not canonical'],
    ['[1, 2]', 'not canonical'],
    ['1\n', 'not canonical'],
    ['1.0', 'not canonical'],
    ['1e3', 'not canonical'],
    ['"\\u0041"', 'not canonical'],
    ['"\\/"', 'not canonical'],
    ['"\\u001F"', 'not canonical'],
    ['-0', 'not a value of the record'],
    ['0.5', 'not a value of the record'],
    ['9007199254740992', 'not a value of the record'],
    ['1e400', 'not a value of the record'],
    ['"\\ud800"', 'not a value of the record'],
    ['{"\\udc00":1}', 'not a value of the record'],
    ['', 'not JSON'],
    ['{"a":1}}', 'not JSON'],
    ["{'a':1}", 'not JSON'],
    ['[1,]', 'not JSON'],
    ['01', 'not JSON'],
    ['NaN', 'not JSON'],
    ['\ufeff1', 'not JSON'],
  ])('%j is refused: %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })

  test('64 levels are read, 65 refused, and 100,000 do not exhaust the stack', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    expect(faultOf(nested(65))).toBe('ok') // 64 levels below the outermost.
    expect(faultOf(nested(66))).toBe('not a value of the record')
    expect(faultOf(nested(100_000))).toBe('not a value of the record')
  })
})

describe('what is no value of the record', () => {
  const sparse: unknown[] = []
  sparse[1] = 1
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['a member without a value', { a: undefined }],
    ['a hole in an array', sparse],
    ['a fraction', 0.1],
    ['an unsafe integer', 2 ** 53],
    ['negative zero', -0],
    ['not a number', Number.NaN],
    ['a bigint', 1n],
    ['half a surrogate pair', '\ud83d'],
    ['half a surrogate pair as a name', { '\ud83d': 1 }],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
    ['bytes', new Uint8Array(2)],
    ['a function', () => 1],
    ['a value deep inside', { a: [{ b: [-0] }] }],
  ])('%s is known as such, and printing it stops', (_, value) => {
    expect(isJson(value)).toBe(false)
    expect(() => canonicalJson(value as Json)).toThrow(InvariantBroken)
  })

  test('an object without a prototype is a value', () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 })
    expect(isJson(bare)).toBe(true)
  })
})

test('keys that look like whole numbers stand by their digits, although the engine keeps them by value', () => {
  for (const text of ['{"10":1,"9":2}', '{"a":{"1":0,"10":0,"2":0}}', '[{"9":{"10":0,"9":0},"a":0}]'])
    expect(parseCanonicalJson(text)).toEqual({ kind: 'ok', value: JSON.parse(text) as unknown })
  for (const text of ['{"9":2,"10":1}', '{"a":{"1":0,"2":0,"10":0}}', '{"a":0,"9":0}', '[{"b":0,"a":0}]'])
    expect(parseCanonicalJson(text)).toEqual({ kind: 'fail', error: { kind: 'not canonical' } })
  expect(canonicalJson({ 9: 2, 10: 1, a: [{ c: 0, b: 0 }] })).toBe('{"10":1,"9":2,"a":[{"b":0,"c":0}]}')
})
