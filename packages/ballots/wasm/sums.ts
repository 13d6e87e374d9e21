// Sums of many products by public scalars (Pippenger 1976): variable time.

import { CHOSEN, E, IDENTITY, ODD, POINT, SUM } from './places.ts'
import { add, cache, cacheThin, combineThin, double, negate, THIN } from './points.ts'

// Stands in the lowest limb of Z where a bucket holds nothing yet: no limb is ever so large.
const EMPTY: i64 = i64.MIN_VALUE

function isEmpty(bucket: usize): bool {
  return load<i64>(bucket + 2 * E) == EMPTY
}

// r = r + bucket, where `chosen` is bucket's cached form; the first that comes is copied, which saves an addition.
function gather(r: usize, bucket: usize, chosen: usize): void {
  if (isEmpty(r)) memory.copy(r, bucket, POINT)
  else add(r, r, chosen)
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
    for (let i: usize = 0; i < half; i++) store<i64>(buckets + i * POINT + 2 * E, EMPTY)
    const own = digits + <usize>w * n * 2
    let highest: usize = 0
    for (let i: usize = 0; i < n; i++) {
      const digit = <i32>load<i16>(own + i * 2)
      if (digit == 0) continue
      const c = cached + i * THIN
      const number = <usize>(digit > 0 ? digit : -digit)
      const bucket = buckets + (number - 1) * POINT
      if (number > highest) highest = number
      if (isEmpty(bucket)) {
        if (digit > 0) memory.copy(bucket, points + i * POINT, POINT)
        else negate(bucket, points + i * POINT)
      } else if (digit > 0) combineThin(bucket, c, c + E, c + 2 * E, false)
      else combineThin(bucket, c + E, c, c + 2 * E, true)
    }
    if (highest == 0) continue
    // ODD = Σ i·(bucket i), as the sum of the sums from the top.
    store<i64>(SUM + 2 * E, EMPTY)
    store<i64>(ODD + 2 * E, EMPTY)
    for (let i = highest; i-- > 0;) {
      const bucket = buckets + i * POINT
      if (!isEmpty(bucket)) {
        cache(CHOSEN, bucket)
        gather(SUM, bucket, CHOSEN)
        cache(CHOSEN, SUM)
      }
      gather(ODD, SUM, CHOSEN)
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
