import { canonicalJson, utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endToEnd, valuesOf, withBallot, withoutBallot } from './packed-entry.ts'

/** The bytes of an entry of a ballot, with any code and previous tracker. */
const entry = (ballot: string, code: string, previous: string): Uint8Array =>
  utf8(canonicalJson({ at: 1, body: { ballot, cast: { previous }, code }, decision: 1, type: 'ballot', v: 1 }))
const texts = fc.string({ unit: 'grapheme' })

describe('an entry without its ballot', () => {
  test('is the entry again with it, whatever the ballot and what stands beside it say', () => {
    // Ballots that look like what stands around one, and as they are, full of quotation marks.
    const hostile = fc.oneof(texts, fc.constantFrom(',"cast":', '","cast":"', '\\', '\\","cast":', '"body":{"ballot":""', '""'))
    fc.assert(
      fc.property(hostile, hostile, hostile, (ballot, code, previous) => {
        const bytes = entry(ballot, code, previous)
        expect(withoutBallot(bytes)).toEqual(Buffer.from(entry('', code, previous)))
        expect(withBallot(Buffer.from(entry('', code, previous)), ballot)).toEqual(Buffer.from(bytes))
      }),
    )
  })

  test('is none where no ballot stands; and no ballot goes in where one does', () => {
    for (const text of [
      '',
      '{"at":1,"body":{"cast":1}}',
      '"body":{"ballot":',
      '"body":{"ballot":,"cast":',
      '"body":{"ballot":","cast":',
      '"body":{"ballot":1,"cast":',
    ])
      expect(withoutBallot(utf8(text)), text).toBeNull()
    for (const text of ['', '{"at":1,"body":{"cast":1}}', '"body":{"ballot":', '"body":{"ballot":"a","cast":'])
      expect(withBallot(Buffer.from(text), 'x'), text).toBeNull()
  })

  test('lies in a larger buffer as well', () => {
    const bytes = entry('"x"', 'c', 'p')
    const larger = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')])
    expect(withoutBallot(larger.subarray(6, 6 + bytes.length))).toEqual(Buffer.from(entry('', 'c', 'p')))
  })
})

test('values laid end to end are the same values in the same order, the empty ones too', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 9 })), (values) => {
      const laid = endToEnd(values)
      expect(laid.bytes.length).toBe(values.reduce((sum, { length }) => sum + length, 0))
      expect(valuesOf(laid).map((value) => [...value])).toEqual(values.map((value) => [...value]))
    }),
  )
})
