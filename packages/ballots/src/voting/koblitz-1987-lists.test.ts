import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { nodeModExp } from '../../testing/node-modexp.ts'
import { embed, isEmbeddable, unembed } from '../groups/embedding.ts'
import type { Embedding, Engine } from '../groups/engine.ts'
import { type Element, engineOf } from '../groups/groups.ts'
import { isSquare, modExpWindows, rfc3526 } from '../groups/modp.ts'

const held = (engine: Engine<Element>): Embedding<Element> => {
  if (engine.embedding === undefined) throw new Error('this group holds lists')
  return engine.embedding
}

const groups: readonly [string, Engine<Element>][] = [
  ['Ed25519', engineOf('Ed25519')],
  ['RFC-3526-2048', engineOf('RFC-3526-2048', { modexp: nodeModExp })],
]

describe.each(groups)('lists of numbers as elements of %s', (_name, engine) => {
  const embedding = held(engine)
  // Every try is made in the product; here the first that fits is enough.
  const quick = { ...embedding, tries: 0 }

  it('come back as they went, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 30 }), (list) => {
        const element = embed(quick, list)
        expect(unembed(embedding, list.length, element)).toEqual({ list, isPlain: true })
        expect(engine.decode(engine.encode(element), true).kind).toBe('ok')
      }),
      { numRuns: 8 },
    )
  })

  it('give the same element however many ε are tried after the first that fits', () => {
    expect(engine.equal(embed(embedding, [3, 1, 2]), embed(quick, [3, 1, 2]))).toBe(true)
  })

  it('stand highest first above ε: the number is (v1·2^8 + v2)·2^p + ε', () => {
    const number = embedding.numberOf(embed(quick, [1, 2]))
    expect(number >> BigInt(embedding.padding)).toBe(258n)
  })

  it('of zeros are the identity, which has the least number of all elements', () => {
    expect(engine.equal(embed(quick, [0, 0, 0]), engine.identity)).toBe(true)
    expect(unembed(embedding, 3, engine.identity)).toEqual({ list: [0, 0, 0], isPlain: true })
  })

  it('with another ε are read alike, and known by it', () => {
    const least = embedding.numberOf(embed(quick, [2, 1]))
    let other: Element | undefined
    for (let next = least + 1n; other === undefined; next++) other = embedding.lift(next)
    expect(unembed(embedding, 2, other)).toEqual({ list: [2, 1], isPlain: false })
  })

  it('with something in the bits above are read alike, and known by it', () => {
    expect(unembed(embedding, 2, embed(quick, [7, 2, 1]))).toEqual({ list: [2, 1], isPlain: false })
  })

  it('that do not fit are not embedded', () => {
    for (const list of [[256], [-1], [1.5], Array.from({ length: embedding.listMax + 1 }, () => 0)])
      expect(isEmbeddable(embedding, list)).toBe(false)
    expect(
      isEmbeddable(
        embedding,
        Array.from({ length: embedding.listMax }, () => 255),
      ),
    ).toBe(true)
    expect(() => embed(embedding, [256])).toThrow()
  })
})

describe('the longest list of Ed25519', () => {
  it('leaves the sign bit clear', () => {
    const embedding = { ...held(engineOf('Ed25519')), tries: 0 }
    const list = Array.from({ length: 30 }, () => 255)
    const element = embed(embedding, list)
    expect(embedding.numberOf(element) < 1n << 254n).toBe(true)
    expect(unembed(embedding, 30, element)).toEqual({ list, isPlain: true })
  })
})

describe('squares modulo the prime of RFC 3526', () => {
  const { p, q } = rfc3526
  it('are what a^q = 1 says they are', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: p - 1n }), (a) => {
        expect(isSquare(a, p)).toBe(modExpWindows(a, q, p) === 1n)
      }),
      { numRuns: 6 },
    )
  })
  it('are half of the small numbers, as Euler and Gauss say', () => {
    const small = Array.from({ length: 40 }, (_, i) => BigInt(i + 1))
    for (const a of small) expect(isSquare(a * a, p)).toBe(true)
    // p ≡ 7 mod 8: 2 is a square, −1 is none.
    expect(isSquare(2n, p)).toBe(true)
    expect(isSquare(p - 1n, p)).toBe(false)
  })
  it('agree with a table modulo 23', () => {
    const squares = new Set(Array.from({ length: 22 }, (_, i) => BigInt(((i + 1) * (i + 1)) % 23)))
    for (let a = 1n; a < 23n; a++) expect(isSquare(a, 23n)).toBe(squares.has(a))
  })
})

it('BELENIOS-2048 holds no lists', () => {
  expect(engineOf('BELENIOS-2048').embedding).toBeUndefined()
})

describe.each(groups)('independent elements of %s', (_name, engine) => {
  it('are in the group, all different, the same each time', () => {
    const made = [-1, 0, 1, 2, 3].map((i) => engine.encode(engine.independent(i)))
    expect(new Set(made).size).toBe(5)
    for (const text of made) expect(engine.decode(text).kind).toBe('ok')
    expect(made).toEqual([-1, 0, 1, 2, 3].map((i) => engine.encode(engine.independent(i))))
  })
})
