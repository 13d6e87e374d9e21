// Points from bytes and hints, and to bytes and texts.

import { fe_add, fe_copy, fe_from, fe_mul, fe_neg, fe_small, fe_sq, fe_sub, fe_to, power, same } from './field.ts'
import { A0, A1, BYTES, D, E, ONE, P0, P1, P2, P3, POINT, Q0, Q1, ROOT } from './places.ts'
import { doubled, doubleOnly } from './points.ts'

// Writes x and y, 32 bytes each, of n points with Z = 1.
export function affine(out: usize, points: usize, n: usize): void {
  for (let i: usize = 0; i < n; i++) {
    fe_to(out + i * 64, points + i * POINT)
    fe_to(out + i * 64 + 32, points + i * POINT + E)
  }
}

// Eight hexadecimal digits of a word, the most significant first, as 8 bytes of ASCII: digits spread to bytes, then 39 more for those
// above 9.
function hex(word: u64): u64 {
  let v = word & 0xffffffff
  v = (v | (v << 16)) & 0x0000ffff0000ffff
  v = (v | (v << 8)) & 0x00ff00ff00ff00ff
  v = (v | (v << 4)) & 0x0f0f0f0f0f0f0f0f
  const above = ((v + 0x0606060606060606) >> 4) & 0x0101010101010101
  return bswap<u64>(v + 0x3030303030303030 + above * 39)
}

// Writes the wire text of n points with Z = 1, 64 digits and a comma each: y from the top, with the sign of x in its highest bit.
export function texts(out: usize, points: usize, n: usize): void {
  for (let i: usize = 0; i < n; i++) {
    const at = out + i * 65
    fe_to(BYTES, points + i * POINT)
    const sign = load<u64>(BYTES) << 63
    fe_to(BYTES, points + i * POINT + E)
    store<u64>(BYTES, load<u64>(BYTES, 24) | sign, 24)
    for (let w: usize = 0; w < 8; w++) store<u64>(at + w * 8, hex(<u64>load<u32>(BYTES + 28 - w * 4)))
    store<u8>(at, 44, 64)
  }
}

// Reads 32 bytes of RFC 8032 (y below p, checked by the caller); false if no point has this y, or x = 0 with a sign.
export function vt_decompress(r: usize, bytes: usize): bool {
  const sign = load<u64>(bytes, 24) >> 63
  fe_from(r + E, bytes)
  fe_small(r + 2 * E, 1)
  fe_sq(P0, r + E)
  fe_mul(P1, P0, D)
  fe_sub(P0, P0, ONE)
  fe_add(P1, P1, ONE)
  // x = u·v³·(u·v⁷)^((p−5)/8)
  fe_sq(P2, P1)
  fe_mul(P2, P2, P1)
  fe_sq(P3, P2)
  fe_mul(P3, P3, P1)
  fe_mul(P3, P3, P0)
  power(P3, P3, false)
  fe_mul(P3, P3, P2)
  fe_mul(P3, P3, P0)
  fe_copy(r, P3)
  fe_sq(Q0, r)
  fe_mul(Q0, Q0, P1)
  fe_copy(Q1, P0)
  if (!same(Q0, Q1)) {
    fe_neg(Q1, Q1)
    if (!same(Q0, Q1)) return false
    fe_mul(r, r, ROOT)
  }
  fe_to(BYTES, r)
  const isZero = (load<u64>(BYTES) | load<u64>(BYTES, 8) | load<u64>(BYTES, 16) | load<u64>(BYTES, 24)) == 0
  if (isZero && sign == 1) return false
  if ((load<u64>(BYTES) & 1) != sign) fe_neg(r, r)
  fe_mul(r + 3 * E, r, r + E)
  return true
}

// Reads n affine points (x, y, 32 bytes each), checks each against the curve's equation and writes eight times it, without T. Gives the
// index of the first that is not on the curve, or n. Coordinates below p are the caller's to check.
export function vt_eightfold(points: usize, affine: usize, n: usize): usize {
  for (let i: usize = 0; i < n; i++) {
    const r = points + i * POINT
    fe_from(r, affine + i * 64)
    fe_from(r + E, affine + i * 64 + 32)
    fe_small(r + 2 * E, 1)
    // y² − x² = 1 + d·x²·y²
    fe_sq(A0, r)
    fe_sq(A1, r + E)
    fe_mul(P0, A0, A1)
    fe_mul(P0, P0, D)
    fe_add(P0, P0, ONE)
    fe_sub(P1, A1, A0)
    if (!same(P1, P0)) return i
    doubled(r, A0, A1)
    doubleOnly(r)
    doubleOnly(r)
  }
  return n
}
