// Points X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z (Hisil et al., 2008), whose addition is complete: one formula for all points. Cached
// points: Y+X, Y−X, Z, 2dT.

import { fe_add, fe_both, fe_copy, fe_less, fe_mul, fe_neg, fe_small, fe_sq, fe_sub, power, same } from './field.ts'
import { A0, A1, A2, A3, A4, CHOSEN, D2, E, KEPT, P0, P1, POINT } from './places.ts'

// The four products that end every addition and doubling.
function finish(r: usize, x: usize, y: usize, z: usize, t: usize): void {
  fe_mul(r, x, t)
  fe_mul(r + E, y, z)
  fe_mul(r + 2 * E, z, t)
  fe_mul(r + 3 * E, x, y)
}

export function double(r: usize, p: usize): void {
  fe_sq(A0, p)
  fe_sq(A1, p + E)
  fe_sq(A2, p + 2 * E)
  fe_add(A2, A2, A2)
  fe_add(A3, p, p + E)
  fe_sq(A4, A3)
  fe_both(A3, A1, A1, A0)
  fe_sub(A0, A4, A3)
  // Four summands: more than a product has room for.
  fe_less(A2, A2, A1)
  finish(r, A0, A3, A1, A2)
}

export function eightfold(r: usize, p: usize): void {
  double(r, p)
  double(r, r)
  double(r, r)
}

export function cache(c: usize, p: usize): void {
  fe_both(c, c + E, p + E, p)
  fe_copy(c + 2 * E, p + 2 * E)
  fe_mul(c + 3 * E, p + 3 * E, D2)
}

function combine(r: usize, p: usize, plus: usize, minus: usize, c: usize, isMinus: bool): void {
  fe_both(A0, A1, p + E, p)
  fe_mul(A0, A0, plus)
  fe_mul(A1, A1, minus)
  fe_mul(A2, c + 3 * E, p + 3 * E)
  fe_mul(A3, p + 2 * E, c + 2 * E)
  fe_add(A3, A3, A3)
  fe_both(A1, A4, A0, A1)
  if (isMinus) fe_both(A2, A0, A3, A2)
  else fe_both(A0, A2, A3, A2)
  finish(r, A4, A1, A0, A2)
}

// r = p + c, r = p − c for a cached c.
export function add(r: usize, p: usize, c: usize): void {
  combine(r, p, c, c + E, c, false)
}
export function subtract(r: usize, p: usize, c: usize): void {
  combine(r, p, c + E, c, c, true)
}

// Addition of a point with Z = 1, cached as y+x, y−x, 2dxy: one product less.
export const THIN: usize = 240

export function cacheThin(c: usize, p: usize): void {
  fe_both(c, c + E, p + E, p)
  fe_mul(c + 2 * E, p + 3 * E, D2)
}

export function combineThin(r: usize, plus: usize, minus: usize, t: usize, isMinus: bool): void {
  fe_both(A0, A1, r + E, r)
  fe_mul(A0, A0, plus)
  fe_mul(A1, A1, minus)
  fe_mul(A2, t, r + 3 * E)
  fe_add(A3, r + 2 * E, r + 2 * E)
  fe_both(A1, A4, A0, A1)
  if (isMinus) fe_both(A2, A0, A3, A2)
  else fe_both(A0, A2, A3, A2)
  finish(r, A4, A1, A0, A2)
}

// The sums of the first and of the second of n pairs.
export function totals(out: usize, pairs: usize, n: usize): void {
  memory.copy(out, pairs, 2 * POINT)
  for (let i: usize = 2; i < 2 * n; i++) {
    const sum = out + (i & 1) * POINT
    cache(CHOSEN, pairs + i * POINT)
    add(sum, sum, CHOSEN)
  }
}

export function negate(r: usize, p: usize): void {
  fe_neg(r, p)
  fe_copy(r + E, p + E)
  fe_copy(r + 2 * E, p + 2 * E)
  fe_neg(r + 3 * E, p + 3 * E)
}

// Whether two points are the same: cross products, compared as bytes.
export function equal(p: usize, q: usize): bool {
  return sameProduct(p, q + 2 * E, q, p + 2 * E) && sameProduct(p + E, q + 2 * E, q + E, p + 2 * E)
}
function sameProduct(a: usize, b: usize, c: usize, d: usize): bool {
  fe_mul(P0, a, b)
  fe_mul(P1, c, d)
  return same(P0, P1)
}

// Whether all of n points stand with Z = 1 already.
export function areNormal(points: usize, n: usize): bool {
  for (let i: usize = 0; i < n; i++) {
    const z = points + i * POINT + 2 * E
    let rest = load<i64>(z) ^ 1
    for (let j: usize = 8; j < E; j += 8) rest |= load<i64>(z + j)
    if (rest != 0) return false
  }
  return true
}

// Brings n points to Z = 1 and T = xy, with one inversion for all (Montgomery's trick); `work`: n field elements. T is not read.
export function normalise(points: usize, n: usize, work: usize): void {
  fe_small(KEPT, 1)
  for (let i: usize = 0; i < n; i++) {
    fe_copy(work + i * E, KEPT)
    fe_mul(KEPT, KEPT, points + i * POINT + 2 * E)
  }
  power(KEPT, KEPT, true)
  for (let i = n; i-- > 0;) {
    const p = points + i * POINT
    fe_mul(P0, KEPT, work + i * E)
    fe_mul(KEPT, KEPT, p + 2 * E)
    fe_mul(p, p, P0)
    fe_mul(p + E, p + E, P0)
    fe_small(p + 2 * E, 1)
    fe_mul(p + 3 * E, p, p + E)
  }
}

// Doubles X, Y, Z; T is neither read nor written.
export function doubleOnly(p: usize): void {
  fe_sq(A0, p)
  fe_sq(A1, p + E)
  doubled(p, A0, A1)
}

// The rest of a doubling that needs no T, from the squares of X and Y.
export function doubled(p: usize, xx: usize, yy: usize): void {
  fe_sq(A2, p + 2 * E)
  fe_add(A2, A2, A2)
  fe_add(A3, p, p + E)
  fe_sq(A4, A3)
  fe_both(A3, A1, yy, xx)
  fe_sub(A0, A4, A3)
  // Four summands: more than a product has room for.
  fe_less(A2, A2, A1)
  fe_mul(p, A0, A2)
  fe_mul(p + E, A3, A1)
  fe_mul(p + 2 * E, A1, A2)
}
