import { assert } from '@quorate/kernel'

/** a⁻¹ mod a prime q, by Euclid. */
export function inverse(a: bigint, q: bigint): bigint {
  let [r, s, x, y] = [((a % q) + q) % q, q, 1n, 0n]
  while (s !== 0n) {
    const quotient = r / s
    ;[r, s] = [s, r - quotient * s]
    ;[x, y] = [y, x - quotient * y]
  }
  assert(r === 1n, 'q is prime')
  return ((x % q) + q) % q
}
