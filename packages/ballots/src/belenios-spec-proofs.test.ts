import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { nodeModExp } from '../testing/node-modexp.ts'
import { randomFrom } from '../testing/demo-election.ts'
import { type Element, engineOf } from './groups/groups.ts'
import { challengeOf, randomScalar } from './hash.ts'
import { type Alternative, encrypt, oneOfHolds, proveOneOf } from './proofs.ts'
import type { Proof } from './schnorr.ts'

// Belenios specification §4.12 and §4.13: proofs of interval membership and of possibly blank votes.
describe.each(['Ed25519', 'BELENIOS-2048'] as const)('one-of-several proofs in %s', (group) => {
  const engine = engineOf(group, { modexp: nodeModExp })
  const { q } = engine
  const key = engine.prepare(engine.multiply(engine.generator, 424242n))
  const challenge = (statement: string) => (commitments: string) => challengeOf(`${statement}|${commitments}`, q)

  const make = (seed: string, values: readonly number[], m: 0 | 1, trueIndex: number) => {
    const random = randomFrom(seed)
    const r = randomScalar(q, random)
    const ciphertext = encrypt(engine, key, r, m)
    const known = values.map((M) => ({ r, excess: m - M }))
    const proofs = proveOneOf(engine, key, known, trueIndex, challenge('s'), random)
    const alternatives: readonly Alternative<Element>[] = values.map((M) => ({ ciphertext, M }))
    return { ciphertext, alternatives, proofs }
  }
  const holds = (alternatives: readonly Alternative<Element>[], proofs: readonly Proof[], statement = 's', y = key): boolean =>
    oneOfHolds(engine, y, alternatives, proofs, challenge(statement))

  it('holds for whichever alternative is true, alone or among many', () => {
    fc.assert(
      fc.property(fc.constantFrom<0 | 1>(0, 1), fc.nat(3), fc.nat(2), fc.string(), (m, below, above, seed) => {
        const values = Array.from({ length: below + above + 1 }, (_, i) => m - below + i).filter((M) => M >= 0)
        const { alternatives, proofs } = make(seed, values, m, values.indexOf(m))
        expect(holds(alternatives, proofs)).toBe(true)
      }),
      { numRuns: 8 },
    )
  })

  it('fails when no alternative is true, whichever the prover claims', () => {
    for (const claimed of [0, 1]) {
      const { alternatives, proofs } = make('lie', [2, 3], 1, claimed)
      expect(holds(alternatives, proofs)).toBe(false)
    }
  })

  it('binds statement, key, ciphertext, order and number of proofs', () => {
    const { alternatives, proofs } = make('bound', [0, 1], 1, 1)
    const other = make('other', [0, 1], 1, 1)
    expect(holds(alternatives, proofs)).toBe(true)
    expect(holds(alternatives, proofs, 't')).toBe(false)
    expect(holds(alternatives, proofs, 's', engine.generator)).toBe(false)
    expect(holds(other.alternatives, proofs)).toBe(false)
    expect(holds(alternatives, [...proofs].reverse())).toBe(false)
    expect(holds([...alternatives].reverse(), proofs)).toBe(false)
    expect(holds(alternatives, proofs.slice(1))).toBe(false)
    expect(holds(alternatives, [...proofs, ...proofs.slice(1)])).toBe(false)
  })

  it('refuses every scalar but its own: ±1, + q, leading zero', () => {
    const { alternatives, proofs } = make('scalars', [0, 1], 0, 0)
    const changes = [(n: bigint) => `${n + 1n}`, (n: bigint) => `${n - 1n}`, (n: bigint) => `${n + q}`, (n: bigint) => `0${n}`]
    for (const field of ['challenge', 'response'] as const)
      for (const [i] of proofs.entries())
        for (const change of changes) {
          const changed = proofs.map((proof, j) => (i === j ? { ...proof, [field]: change(BigInt(proof[field])) } : proof))
          expect(holds(alternatives, changed)).toBe(false)
        }
  })

  it('does the same draws and products whatever is true', () => {
    const trace = (m: 0 | 1): string => {
      const calls: string[] = []
      const watched = new Proxy(engine, {
        get: (target, name: keyof typeof engine) => {
          const value = target[name]
          return typeof value === 'function'
            ? (...args: never[]) => {
                calls.push(name)
                return (value as (...a: never[]) => unknown)(...args)
              }
            : value
        },
      })
      const source = randomFrom('trace')
      const random = (n: number): Uint8Array => {
        calls.push(`draw ${String(n)}`)
        return source(n)
      }
      const r = randomScalar(q, random)
      const known = [0, 1, 2].map((M) => ({ r, excess: m - M }))
      proveOneOf(watched, key, known, m, challenge('s'), random)
      return calls.join()
    }
    expect(trace(1)).toBe(trace(0))
    expect(trace(0).match(/draw/g)?.length).toBe(7)
    expect(trace(0)).not.toContain('multiply,')
  })
})
