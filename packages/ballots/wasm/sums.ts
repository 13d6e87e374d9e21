// Sums of many products by public scalars (Pippenger 1976): variable time.

import { fe_add, fe_both, fe_mul } from './field.ts'
import { A0, A1, A2, A3, A4, CHOSEN, D2, E, IDENTITY, ODD, POINT, SUM } from './places.ts'
import { add, cache, double, finish } from './points.ts'

// Addition of a point with Z = 1, cached as y+x, y−x, 2dxy: one product less.
const THIN: usize = 240

function cacheThin(c: usize, p: usize): void {
  fe_both(c, c + E, p + E, p)
  fe_mul(c + 2 * E, p + 3 * E, D2)
}

function combineThin(r: usize, plus: usize, minus: usize, t: usize, isMinus: bool): void {
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

// Σ scalar_i·p_i of points with Z = 1 (Pippenger): signed digits of `width` bits; `buckets`: 2^(width−1) points, `cached`: n·240 bytes,
// `digits`: 2 bytes for each of n scalars and each of ⌊255/width⌋ + 1 windows. Scalars have 32 bytes and are below 2^255.
export function vt_sum(
  r: usize,
  points: usize,
  scalars: usize,
  n: usize,
  width: i32,
  buckets: usize,
  cached: usize,
  digits: usize,
): void {
  const half: usize = 1 << (width - 1)
  const windows = 255 / width + 1
  for (let i: usize = 0; i < n; i++) cacheThin(cached + i * THIN, points + i * POINT)
  // Windows go from the top, but carries from the bottom: recode first. All digits of one window lie together.
  for (let i: usize = 0; i < n; i++) recode(digits + i * 2, n * 2, scalars + i * 32, width, windows)
  memory.copy(r, IDENTITY, POINT)
  for (let w = windows - 1; w >= 0; w--) {
    for (let i = 0; i < width; i++) double(r, r)
    for (let i: usize = 0; i < half; i++) memory.copy(buckets + i * POINT, IDENTITY, POINT)
    const own = digits + <usize>w * n * 2
    let highest: usize = 0
    for (let i: usize = 0; i < n; i++) {
      const digit = <i32>load<i16>(own + i * 2)
      if (digit == 0) continue
      const c = cached + i * THIN
      const number = <usize>(digit > 0 ? digit : -digit)
      const bucket = buckets + (number - 1) * POINT
      if (number > highest) highest = number
      if (digit > 0) combineThin(bucket, c, c + E, c + 2 * E, false)
      else combineThin(bucket, c + E, c, c + 2 * E, true)
    }
    if (highest == 0) continue
    memory.copy(SUM, IDENTITY, POINT)
    memory.copy(ODD, IDENTITY, POINT)
    for (let i = highest; i-- > 0;) {
      cache(CHOSEN, buckets + i * POINT)
      add(SUM, SUM, CHOSEN)
      cache(CHOSEN, SUM)
      add(ODD, ODD, CHOSEN)
    }
    cache(CHOSEN, ODD)
    add(r, r, CHOSEN)
  }
}

function recode(out: usize, step: usize, scalar: usize, width: i32, windows: i32): void {
  const full = 1 << width
  let borrow = 0
  for (let w = 0; w < windows; w++) {
    const from = w * width
    let digit = borrow
    const byte = from >> 3
    if (byte < 32) {
      let bits: u32 = load<u8>(scalar + <usize>byte)
      if (byte < 31) bits |= (<u32>load<u8>(scalar + <usize>byte + 1)) << 8
      if (byte < 30) bits |= (<u32>load<u8>(scalar + <usize>byte + 2)) << 16
      digit += <i32>((bits >> (from & 7)) & (<u32>(full - 1)))
    }
    borrow = 0
    if (digit > full >> 1) {
      digit -= full
      borrow = 1
    }
    store<i16>(out, <i16>digit)
    out += step
  }
}
