import { sha256 } from '@noble/hashes/sha2.js'
import { utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { differenceFromNoble, operations } from '../../testing/as-noble.ts'
import { torsionPoints, withTorsion } from '../../testing/torsion.ts'
import { fastEd25519 } from './ed25519-wasm.ts'
import { ed25519Engine } from './ed25519.ts'
import type { Engine } from './engine.ts'
import { type Element, engineOf } from './groups.ts'

const noble = engineOf('Ed25519')
const ours = engineOf('Ed25519', { wasm: fastEd25519 })
const { q } = noble
const edges = [0n, 1n, 2n, 8n, 15n, 16n, q - 1n, q - 2n, 1n << 251n, (1n << 252n) - 1n, 1n << 252n]
const scalar = fc.oneof({ weight: 5, arbitrary: fc.bigInt({ min: 0n, max: q - 1n }) }, fc.constantFrom(...edges))

const both = (make: (engine: Engine<Element>) => Element): void => {
  expect(ours.encode(make(ours))).toBe(noble.encode(make(noble)))
}

// A tenth of what a night asks.
describe('our arithmetic of Curve25519 on 1,000 inputs an operation', { timeout: 120_000 }, () => {
  it.each(operations)('$name is as noble says', (operation) => {
    expect(differenceFromNoble(operation, 1_000)).toBeNull()
  })
})

describe('our arithmetic of Curve25519 gives what noble gives', () => {
  it('runs in WebAssembly here, so that something is tested', () => {
    expect(fastEd25519()).not.toBe(ed25519Engine)
  })

  it('for the hash of a text longer than there is room for at once, wherever a character or a block is cut', () => {
    for (const [text, length] of [
      ['a', 2 ** 19 - 1],
      ['a', 2 ** 19],
      ['a', 2 ** 19 + 65],
      ['a', 2 ** 20 + 7],
      ['é', 300_001],
      ['€', 400_001],
      ['🙂', 200_003],
    ] as const) {
      const long = `x${text.repeat(length)}`
      expect(ours.sha256?.(long)).toEqual(sha256(utf8(long)))
    }
  })

  it('for products by public and secret scalars, with tables and without', () => {
    fc.assert(
      fc.property(scalar, scalar, (j, k) => {
        both(({ multiply, generator }) => multiply(multiply(generator, j), k))
        both(({ multiply, multiplySecret, generator }) => multiplySecret(multiply(generator, j), k))
        both(({ multiplyBaseSecret }) => multiplyBaseSecret(k))
        expect(ours.encode(ours.multiplySecret(ours.prepare(ours.multiply(ours.generator, j)), k))).toBe(
          ours.encode(ours.multiply(ours.generator, (j * k) % q)),
        )
      }),
      { numRuns: 15 },
    )
  })

  it('for sums, differences and long sums of products', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(scalar, scalar), { maxLength: 40 }), (terms) => {
        const total = terms.reduce((sum, [j, k]) => (sum + j * k) % q, 0n)
        const points = terms.map(([j, k]) => [ours.multiply(ours.generator, j), k] as const)
        expect(ours.encode(ours.sumOfProducts(points))).toBe(noble.encode(noble.multiply(noble.generator, total)))
      }),
      { numRuns: 25 },
    )
    both(({ add, negate, generator }) => add(generator, negate(generator)))
    both(({ add, generator }) => add(generator, generator))
    both(({ add, generator, identity }) => add(identity, generator))
  })

  it('for a thousand products at once, whatever the window', () => {
    for (const n of [8, 31, 200, 1000]) {
      const terms = Array.from(
        { length: n },
        (_, i) => [ours.multiply(ours.generator, BigInt(i * i + 1)), q - BigInt(3 * i + 1)] as const,
      )
      const total = terms.reduce((sum, [, k], i) => (sum + BigInt(i * i + 1) * k) % q, 0n)
      expect(ours.equal(ours.sumOfProducts(terms), ours.multiply(ours.generator, total))).toBe(true)
    }
  })

  it('for which texts are elements', () => {
    const judged = (engine: Engine<Element>, text: string) => {
      const read = engine.decode(text, true)
      return read.kind === 'fail' ? read.error : engine.encode(read.value)
    }
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }), (n) => {
        const text = n.toString(16).padStart(64, '0')
        expect(judged(ours, text)).toBe(judged(noble, text))
      }),
      { numRuns: 60 },
    )
    for (let n = 0n; n < 40n; n++) {
      const text = n.toString(16).padStart(64, '0')
      expect(judged(ours, text), text).toBe(judged(noble, text))
    }
    const good = noble.encode(noble.multiply(noble.generator, 77n))
    for (const text of [...torsionPoints, ...[1n, 2n, 4n, 7n].map((i) => withTorsion(good, i))])
      expect(judged(ours, text)).toBe('not in the group')
  })

  it('for lists in elements and independent elements', () => {
    const lifted = (engine: Engine<Element>, n: bigint) => {
      const element = engine.embedding?.lift(n)
      return element === undefined ? null : engine.encode(element)
    }
    for (let n = 0n; n < 40n; n++) expect(lifted(ours, (5n << 14n) + n)).toBe(lifted(noble, (5n << 14n) + n))
    for (const i of [-1, 0, 7]) both(({ independent }) => independent(i))
  })
})
