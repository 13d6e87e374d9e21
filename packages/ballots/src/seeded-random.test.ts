import { createHash } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { seededRandom } from './seeded-random.ts'

const seed = Uint8Array.from({ length: 32 }, (_, i) => i)
const block = (i: bigint): Buffer => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(i)
  return createHash('sha256').update(seed).update(counter).digest()
}

describe('SHA-256-CTR: block i = SHA-256(seed ‖ i as 8 bytes, big-endian)', () => {
  it('is the blocks in their order', () => {
    expect(Buffer.from(seededRandom(seed)(100))).toEqual(
      Buffer.concat([block(0n), block(1n), block(2n), block(3n)]).subarray(0, 100),
    )
  })

  it('is one stream, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(70), { maxLength: 20 }), (cuts) => {
        const draw = seededRandom(seed)
        const parts = Buffer.concat(cuts.map((n) => draw(n)))
        expect(parts).toEqual(Buffer.from(seededRandom(seed)(parts.length)))
      }),
      { numRuns: 50 },
    )
  })

  it('wants 32 bytes of seed', () => {
    expect(() => seededRandom(new Uint8Array(31))).toThrow()
  })
})
