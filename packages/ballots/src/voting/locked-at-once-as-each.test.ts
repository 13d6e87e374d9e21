import { uintBytes } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { demoElection, good, randomFrom, withBlank, yesNo } from '../../testing/demo-election.ts'
import type { Election } from '../election.ts'
import { fastEd25519 } from '../groups/ed25519-wasm.ts'
import { ed25519Engine } from '../groups/ed25519.ts'
import type { Engine, OneOf } from '../groups/engine.ts'
import { type Element, engineOf } from '../groups/groups.ts'
import { ownHints } from '../own-hints.ts'
import { lockEach } from '../proofs.ts'
import { seededRandom } from '../seeded-random.ts'
import { lockBallot } from './ballot.ts'
import type { Question } from './question.ts'

/*
 * The WebAssembly encrypts and proves a whole answer at once. Whatever is asked of it, its bytes are those of noble's arithmetic and JavaScript's
 * numbers, one by one, from the same randomness: so whoever rebuilds a ballot from its seed finds the same.
 */

const noble = engineOf('Ed25519')
const ours = engineOf('Ed25519', { wasm: fastEd25519 })
const key = (engine: Engine<Element>): Element =>
  engine.prepare(good(engine.decode(noble.encode(noble.multiplyBaseSecret(4711n)))))
const [nobleKey, ourKey] = [key(noble), key(ours)]

/** Randomness whose every 64 bytes are one of these numbers, in turns. */
function randomOf(numbers: readonly bigint[]): (n: number) => Uint8Array {
  let [at, next, held] = [64, 0, new Uint8Array(64)]
  return (n) =>
    Uint8Array.from({ length: n }, () => {
      if (at === 64) [at, held] = [0, uintBytes(numbers[next++ % numbers.length] ?? 0n, 64)]
      return held[at++] ?? 0
    })
}

const { q } = ed25519Engine
const edges = [0n, 1n, q - 1n, q, q + 1n, 2n * q, (1n << 252n) - 1n, 1n << 252n, (1n << 256n) - 1n, 1n << 256n, (1n << 512n) - 1n]
const drawn = fc.oneof(fc.bigInt({ min: 0n, max: (1n << 512n) - 1n }), fc.constantFrom(...edges, ((1n << 512n) / q) * q))
const bit = fc.constantFrom(0 as const, 1 as const)

/** Any places, and proofs of any sums of neighbours with any excesses: the arithmetic does not ask whether they are true. */
const asked = fc.array(bit, { minLength: 1, maxLength: 4 }).chain((bits) => {
  const range = fc.tuple(fc.nat(bits.length - 1), fc.integer({ min: 1, max: bits.length }))
  const alternative = fc.tuple(range, fc.integer({ min: -200, max: 200 })).map(([[from, size], excess]) => ({
    from,
    to: Math.min(bits.length, from + size),
    excess,
  }))
  const proof = fc
    .tuple(fc.array(alternative, { minLength: 1, maxLength: 4 }), fc.nat(3), fc.string())
    .map(([alternatives, index, text]): OneOf => ({
      alternatives,
      trueIndex: index % alternatives.length,
      statement: ({ places, all, total }) => `${text}|${places[0] ?? ''}|${all}|${total}`,
    }))
  return fc.tuple(
    fc.constant(bits),
    fc.array(proof, { minLength: 1, maxLength: 3 }),
    fc.array(drawn, { minLength: 1, maxLength: 12 }),
  )
})

describe('an answer locked at once', () => {
  it('is locked by the WebAssembly here, so that something is tested', () => {
    expect(ours.lock?.(ourKey, [1], [], randomOf([1n]))).toBeDefined()
    expect(noble.lock).toBeUndefined()
  })

  it('has the bytes of one locked place by place, whatever is drawn, asked and true', () => {
    fc.assert(
      fc.property(asked, ([bits, proofs, numbers]) => {
        const each = lockEach(noble, nobleKey, bits, proofs, randomOf(numbers))
        const once = ours.lock?.(ourKey, bits, proofs, randomOf(numbers))
        expect(once?.texts).toEqual(each.texts)
        expect(once?.proofs).toEqual(each.proofs)
        expect(once?.ciphertexts.map(ours.encode)).toEqual(each.ciphertexts.map(noble.encode))
        expect(once?.commitments.map(ours.encode)).toEqual(each.commitments.map(noble.encode))
      }),
      { numRuns: 40 },
    )
  })

  it('draws nothing, and is locked place by place, under a key that has no tables', () => {
    const bare = good(ours.decode(ours.encode(ourKey)))
    expect(
      ours.lock?.(bare, [1], [], () => {
        throw new Error('drawn')
      }),
    ).toBeUndefined()
  })

  it('draws no more bytes at once than a browser gives', () => {
    const sizes: number[] = []
    const random = randomFrom('large')
    const bits = Array.from({ length: 1025 }, () => 1 as const)
    ours.lock?.(ourKey, bits, [], (n) => {
      sizes.push(n)
      return random(n)
    })
    expect(sizes).toEqual([65_536, 64])
  })
})

describe('a ballot locked at once', () => {
  const nobody: Question = { answers: ['A', 'B'], blank: true, min: 0, max: 2, question: 'Any?' }
  const demo = demoElection({ group: 'Ed25519', questions: [yesNo, withBlank, nobody], voters: 1, wasm: fastEd25519 })
  const { lock: _, ...engine } = demo.election.engine
  const each: Election = { ...demo.election, engine }
  const locked = (election: Election, seed: number) =>
    good(
      lockBallot(
        election,
        [[1, 0], seed % 2 === 0 ? [1, 0, 0, 0] : [0, 1, 0, 1], [0, 0, 0]],
        12345n,
        seededRandom(new Uint8Array(32).fill(seed)),
      ),
    )

  it('is the ballot locked place by place from the same seed', () => {
    for (const seed of [1, 2]) expect(locked(demo.election, seed).text).toBe(locked(each, seed).text)
  })

  it('has the hints that whoever checks it works out, though its device divides nothing', () => {
    for (const seed of [1, 2])
      expect(ownHints(demo.election, locked(demo.election, seed))).toEqual(ownHints(each, locked(each, seed)))
  })
})
