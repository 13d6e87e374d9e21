import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../testing/arbitrary.ts'
import { isLotOrder, lotOrder, lotSeed, lotSeedOfWords } from './index.ts'
import { shuffled } from './lot.ts'

const fields = {
  contest: '12',
  roll: new Uint8Array(32).fill(1),
  ballotSet: new Uint8Array(32).fill(2),
  beacon: 'drand-quicknet',
  round: 7,
  output: new Uint8Array(48).fill(3),
}

describe('the lot order', () => {
  it('is what a rival would compute from the description (Node’s own SHA-256, step by step)', () => {
    const seed = lotSeedOfWords('three tellers, 4 1 6')
    const length = (n: number): Buffer => Buffer.from([0, 0, 0, n])
    const tag = Buffer.from('quorate/lot/words/v1')
    const words = Buffer.from('three tellers, 4 1 6')
    expect(Buffer.from(seed)).toEqual(
      createHash('sha256')
        .update(Buffer.concat([length(tag.length), tag, length(words.length), words]))
        .digest(),
    )
    const order = [0, 1, 2, 3, 4]
    let counter = 0n
    for (let last = 4; last > 0; last--) {
      const block = Buffer.alloc(8)
      block.writeBigUInt64BE(counter++)
      const word = BigInt(`0x${createHash('sha256').update(seed).update(block).digest('hex')}`)
      const index = Number(word % BigInt(last + 1))
      ;[order[last], order[index]] = [order[index] ?? -1, order[last] ?? -1]
    }
    expect(lotOrder(seed, 5)).toEqual(order)
  })
  it('depends on every field, and a byte moved from one field to the next is another seed', () => {
    const base = Buffer.from(lotSeed(fields)).toString('hex')
    const changes = [
      { contest: '13' },
      { roll: new Uint8Array(32) },
      { ballotSet: new Uint8Array(32) },
      { beacon: 'nist' },
      { round: 8 },
      { output: new Uint8Array(48) },
      { contest: '1', roll: Uint8Array.of(50, ...fields.roll) },
    ]
    const seeds = changes.map((change) => Buffer.from(lotSeed({ ...fields, ...change })).toString('hex'))
    expect(new Set([base, ...seeds]).size).toBe(changes.length + 1)
  })
  it('passes over words that would favour a place', () => {
    // 2^256 = 1 (mod 3), so the single word 2^256 − 1 is too many for three places.
    const words = [(1n << 256n) - 1n, 1n, 0n]
    expect(shuffled(3, () => words.shift() ?? 0n)).toEqual([2, 0, 1])
    expect(words).toEqual([])
  })
  it('is a full order for any seed, and each of three candidates is first about as often', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.integer({ min: 1, max: 40 }), (seed, n) =>
        isLotOrder(lotOrder(seed, n), n),
      ),
      runs(100),
    )
    const first = [0, 0, 0]
    for (let i = 0; i < 3000; i++) {
      const winner = lotOrder(lotSeedOfWords(`draw ${i}`), 3)[0] ?? 0
      first[winner] = (first[winner] ?? 0) + 1
    }
    // Standard deviation about 26: five of them.
    for (const times of first) expect(Math.abs(times - 1000)).toBeLessThan(130)
  })
  it('an order that is not one is told', () => {
    expect([
      isLotOrder([0, 1], 3),
      isLotOrder([0, 0, 1], 3),
      isLotOrder([0, 1, 3], 3),
      isLotOrder([0, 1, 1.5], 3),
      isLotOrder([2, 0, 1], 3),
    ]).toEqual([false, false, false, false, true])
  })
})
