import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fastEd25519 } from './ed25519-wasm.ts'
import { ed25519Engine } from './ed25519.ts'
import type { Engine } from './engine.ts'
import { type Element, engineOf, isGroupName } from './groups.ts'
import { belenios2048, modExpWindows, rfc3526 } from './modp.ts'
import { nodeModExp } from '../../testing/node-modexp.ts'

const engines: readonly [string, Engine<Element>, number][] = [
  ['Ed25519 on noble', engineOf('Ed25519'), 12],
  ['Ed25519 on our WebAssembly', engineOf('Ed25519', { wasm: fastEd25519 }), 60],
  ['BELENIOS-2048 on BigInt', engineOf('BELENIOS-2048'), 6],
  ['BELENIOS-2048 on a lent modexp', engineOf('BELENIOS-2048', { modexp: nodeModExp }), 6],
  ['RFC-3526-2048 on a lent modexp', engineOf('RFC-3526-2048', { modexp: nodeModExp }), 2],
]

describe.each(engines)('the contract of an engine: %s', (_name, engine, runs) => {
  const { q, generator, identity, add, negate, multiply, multiplySecret, multiplyBaseSecret, prepare, equal, encode, decode } =
    engine
  const scalar = fc.oneof(
    { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: q - 1n }) },
    fc.constantFrom(0n, 1n, 2n, q - 1n, q - 2n, 1n << 252n).map((k) => k % q),
  )
  const holds = (law: (j: bigint, k: bigint) => void): void => {
    fc.assert(fc.property(scalar, scalar, law), { numRuns: runs })
  }
  const same = (a: Element, b: Element): void => {
    expect(encode(a)).toBe(encode(b))
    expect(equal(a, b)).toBe(true)
  }

  it('adds scalars as it adds elements', () => {
    holds((j, k) => {
      same(add(multiply(generator, j), multiply(generator, k)), multiply(generator, (j + k) % q))
    })
  })

  it('multiplies alike in public and in secret, prepared or not', () => {
    holds((j, k) => {
      const a = multiply(generator, j)
      const product = multiply(generator, (j * k) % q)
      same(multiply(a, k), product)
      same(multiply(prepare(a), k), product)
      same(multiplySecret(a, k), product)
      same(multiplySecret(prepare(a), k), product)
      same(multiplyBaseSecret((j * k) % q), product)
    })
  })

  it('negates, and knows its identity', () => {
    holds((j) => {
      const a = multiply(generator, j)
      same(add(a, negate(a)), identity)
      same(add(a, identity), a)
      same(negate(negate(a)), a)
      expect(equal(a, add(a, generator))).toBe(false)
    })
    same(multiply(generator, 0n), identity)
  })

  it('reads back what it writes, and nothing close to it', () => {
    holds((j) => {
      const text = encode(multiply(generator, j + (j === 0n ? 1n : 0n)))
      const back = decode(text)
      expect(back.kind === 'ok' && encode(back.value)).toBe(text)
      for (const other of [` ${text}`, `${text} `, `0${text}`, `+${text}`, `-${text}`, `${text}\n`, ''])
        expect(decode(other)).toEqual({ kind: 'fail', error: 'not canonical' })
    })
  })

  it('refuses the identity unless told otherwise', () => {
    expect(decode(encode(identity))).toEqual({ kind: 'fail', error: 'identity' })
    const allowed = decode(encode(identity), true)
    expect(allowed.kind === 'ok' && equal(allowed.value, identity)).toBe(true)
  })
})

const fault = (engine: Engine<Element>, text: string): unknown => {
  const r = engine.decode(text, true)
  return r.kind === 'fail' ? r.error : 'accepted'
}
const p25519 = (1n << 255n) - 19n
const hexOf = (n: bigint): string => n.toString(16).padStart(64, '0')

describe.each([false, true])('Ed25519 decoding (RFC 8032 §5.1.3, cofactor 8), in WebAssembly: %s', (wasm) => {
  const engine = engineOf('Ed25519', { wasm: wasm ? fastEd25519 : undefined })
  const sign = 1n << 255n
  type Point = typeof ed25519Engine.generator
  // q·P of a point outside the subgroup has order 8: its multiples are the torsion points.
  const torsion: Point[] = []
  for (let y = 2; torsion.length < 7; y++) {
    const bytes = new Uint8Array(32)
    bytes[0] = y
    let point: Point
    try {
      point = ed25519.Point.fromBytes(bytes, false)
    } catch {
      continue
    }
    const small = point.multiplyUnsafe(engine.q - 1n).add(point)
    if (small.double().double().is0()) continue
    for (let i = 1n; i < 8n; i++) torsion.push(small.multiplyUnsafe(i))
  }

  it('writes the bytes of RFC 8032 reversed', () => {
    expect(engine.encode(engine.generator)).toBe('6666666666666666666666666666666666666666666666666666666666666658')
    expect(engine.encode(engine.identity)).toBe(hexOf(1n))
  })
  it('refuses the seven torsion points, alone and added to a good element', () => {
    for (const t of torsion) {
      expect(fault(engine, ed25519Engine.encode(t))).toBe('not in the group')
      expect(fault(engine, ed25519Engine.encode(ed25519Engine.generator.multiply(77n).add(t)))).toBe('not in the group')
    }
    expect(new Set(torsion.map(ed25519Engine.encode)).size).toBe(7)
  })
  it('refuses y at or above p, in all 19 spellings, with either sign', () => {
    for (let extra = 0n; extra < 19n; extra++)
      for (const bit of [0n, sign]) expect(fault(engine, hexOf(bit | (p25519 + extra)))).toBe('not canonical')
  })
  it('refuses a sign bit on x = 0', () => {
    expect(fault(engine, hexOf(sign | 1n))).toBe('not canonical')
    expect(fault(engine, hexOf(sign | (p25519 - 1n)))).toBe('not canonical')
  })
  it('refuses a y that no point has, and upper case', () => {
    expect(fault(engine, hexOf(2n))).toBe('not in the group')
    const text = engine.encode(engine.multiply(engine.generator, 5n))
    expect(fault(engine, text.toUpperCase())).toBe('not canonical')
    expect(fault(engine, `${text}00`)).toBe('not canonical')
  })
})

describe.each([belenios2048, rfc3526])('decoding modulo p: $name', ({ name, p, q, g }) => {
  const engine = engineOf(name, { modexp: nodeModExp })
  it('has a generator of order q, which divides p − 1', () => {
    expect((p - 1n) % q).toBe(0n)
    expect(modExpWindows(g, q, p)).toBe(1n)
    expect(g).not.toBe(1n)
  })
  it('refuses 0, p − 1, p, p + g, a non-residue and 1', () => {
    expect(fault(engine, '0')).toBe('not canonical')
    expect(engine.decode('1')).toEqual({ kind: 'fail', error: 'identity' })
    expect(fault(engine, String(p - 1n))).toBe('not in the group')
    expect(fault(engine, String(p))).toBe('not canonical')
    expect(fault(engine, String(p + g))).toBe('not canonical')
    expect(fault(engine, String(p - g))).toBe('not in the group')
    expect(fault(engine, `0${String(g)}`)).toBe('not canonical')
    expect(fault(engine, `0x${g.toString(16)}`)).toBe('not canonical')
    expect(fault(engine, '9'.repeat(5000))).toBe('not canonical')
  })
})

it('knows its three groups by name', () => {
  expect(['Ed25519', 'BELENIOS-2048', 'RFC-3526-2048', 'ed25519', ''].map(isGroupName)).toEqual([true, true, true, false, false])
})
