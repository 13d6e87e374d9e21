import { sha256 } from '@noble/hashes/sha2.js'
import { assert, concatBytes, type Random } from '@quorate/kernel'

/**
 * SHA-256 in counter mode: block i = SHA-256(seed ‖ i as 8 bytes, big-endian), i = 0, 1, 2 …, read as one stream. A function of the
 * seed alone, so that anybody who has the seed draws the same bytes in the same order. `seed`: 32 bytes. `hash`: SHA-256, if there is a faster one.
 */
export function seededRandom(seed: Uint8Array, hash: (of: Uint8Array) => Uint8Array = sha256): Random {
  assert(seed.length === 32, 'a seed has 32 bytes')
  const input = concatBytes(seed, new Uint8Array(8))
  const counter = new DataView(input.buffer, 32)
  let next = 0
  let block: Uint8Array = new Uint8Array(0)
  let used = 0
  return (n) => {
    const out = new Uint8Array(n)
    for (let at = 0; at < n;) {
      if (used === block.length) {
        counter.setUint32(0, Math.floor(next / 2 ** 32))
        counter.setUint32(4, next++ % 2 ** 32)
        block = hash(input)
        used = 0
      }
      const taken = block.subarray(used, used + n - at)
      out.set(taken, at)
      used += taken.length
      at += taken.length
    }
    return out
  }
}
