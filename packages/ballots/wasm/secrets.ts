// Products by secret scalars, in constant time: no branch, index or early end depends on a secret.

import { fe_from, fe_less, fe_to } from './field.ts'
import { CACHED_IDENTITY, CHOSEN, E, FACTOR, IDENTITY, NAF, PICKED, POINT, SUM } from './places.ts'
import { add, cache, cacheThin, combineThin, double, eightfold, normalise } from './points.ts'
import { ct_times, wipeScalars } from './scalars.ts'

// A point with Z = 1 in a table: y+x, y−x, 2dxy, 32 bytes each.
const PACKED: usize = 96

// Tables for ct_fixed: for each of 32 bytes the multiples 1 … 8 of 256^i·p, packed: 24 KB at `at`. `room`: 256 points and as many elements.
export function table(at: usize, p: usize, room: usize): void {
  memory.copy(room, p, POINT)
  for (let w: usize = 0; w < 32; w++) {
    const first = room + w * 8 * POINT
    if (w > 0) {
      // 256 times the one before: its eighth multiple, doubled five times.
      double(first, first - POINT)
      for (let i = 0; i < 4; i++) double(first, first)
    }
    cache(CHOSEN, first)
    for (let i: usize = 1; i < 8; i++) add(first + i * POINT, first + (i - 1) * POINT, CHOSEN)
  }
  normalise(room, 256, room + 256 * POINT)
  for (let i: usize = 0; i < 256; i++) pack(at + i * PACKED, room + i * POINT)
}

function pack(at: usize, p: usize): void {
  cacheThin(CHOSEN, p)
  // Less 0, which stands in the identity: to bring the limbs back to their size.
  fe_less(CHOSEN, CHOSEN, IDENTITY)
  fe_less(CHOSEN + E, CHOSEN + E, IDENTITY)
  for (let i: usize = 0; i < 3; i++) fe_to(at + i * 32, CHOSEN + i * E)
}

// 16 cached multiples 0·p … 15·p.
function window(at: usize, p: usize): void {
  memory.copy(at, CACHED_IDENTITY, POINT)
  cache(at + POINT, p)
  memory.copy(SUM, p, POINT)
  for (let i: usize = 2; i < 16; i++) {
    add(SUM, SUM, at + POINT)
    cache(at + i * POINT, SUM)
  }
}

// CHOSEN = entry `digit` of 16: all are read, under a mask.
function ct_choose(at: usize, digit: u64): void {
  for (let j: usize = 0; j < POINT; j += 8) {
    let value: u64 = 0
    for (let i: u64 = 0; i < 16; i++) {
      const difference = i ^ digit
      // All ones where the difference is 0.
      const mask = ((difference | (0 - difference)) >> 63) - 1
      value |= load<u64>(at + <usize>i * POINT + j) & mask
    }
    store<u64>(CHOSEN + j, value)
  }
}

// CHOSEN = `digit` times the point whose multiples 1 … 8 are packed at `at`, for a digit from −8 to 8: all are read, under masks.
function ct_pick(at: usize, digit: i64): void {
  const sign = <u64>(digit >> 63)
  const size = ((<u64>digit) ^ sign) - sign
  // All ones where the size is that number: only 0 less 1 is negative.
  const m1 = <u64>((<i64>(size ^ 1) - 1) >> 63)
  const m2 = <u64>((<i64>(size ^ 2) - 1) >> 63)
  const m3 = <u64>((<i64>(size ^ 3) - 1) >> 63)
  const m4 = <u64>((<i64>(size ^ 4) - 1) >> 63)
  const m5 = <u64>((<i64>(size ^ 5) - 1) >> 63)
  const m6 = <u64>((<i64>(size ^ 6) - 1) >> 63)
  const m7 = <u64>((<i64>(size ^ 7) - 1) >> 63)
  const m8 = <u64>((<i64>(size ^ 8) - 1) >> 63)
  for (let j: usize = 0; j < 96; j += 8) {
    const low =
      (load<u64>(at + j, 0) & m1) | (load<u64>(at + j, 96) & m2) | (load<u64>(at + j, 192) & m3) | (load<u64>(at + j, 288) & m4)
    const high =
      (load<u64>(at + j, 384) & m5) |
      (load<u64>(at + j, 480) & m6) |
      (load<u64>(at + j, 576) & m7) |
      (load<u64>(at + j, 672) & m8)
    store<u64>(PICKED + j, low | high)
  }
  // 0 times it: y+x = y−x = 1, 2dxy = 0.
  const none = (<u64>((<i64>size - 1) >> 63)) & 1
  store<u64>(PICKED, load<u64>(PICKED) | none)
  store<u64>(PICKED, load<u64>(PICKED, 32) | none, 32)
  // The negative: y+x and y−x exchanged, 2dxy negated.
  for (let j: usize = 0; j < 32; j += 8) {
    const plus = load<u64>(PICKED + j, 0),
      minus = load<u64>(PICKED + j, 32)
    const change = (plus ^ minus) & sign
    store<u64>(PICKED + j, plus ^ change, 0)
    store<u64>(PICKED + j, minus ^ change, 32)
  }
  for (let i: usize = 0; i < 3; i++) fe_from(CHOSEN + i * E, PICKED + i * 32)
  for (let j: usize = 0; j < E; j += 8) {
    const limb = load<u64>(CHOSEN + 2 * E + j)
    store<u64>(CHOSEN + 2 * E + j, (limb ^ sign) - sign)
  }
}

// Digits from −8 to 8 to the base 16 of a scalar below 2^255: 64 signed bytes.
function ct_recode(digits: usize, scalar: usize): void {
  let borrow: i32 = 0
  for (let i: usize = 0; i < 64; i++) {
    const digit = <i32>((load<u8>(scalar + (i >> 1)) >> ((<u8>(i & 1)) << 2)) & 15) + borrow
    borrow = (digit + 8) >> 4
    store<i8>(digits + i, <i8>(digit - (borrow << 4)))
  }
}

// SUM += every second digit from `digits` on, times its power of 256, times the point whose tables lie at `at`.
function ct_half(at: usize, digits: usize): void {
  for (let w: usize = 0; w < 32; w++) {
    ct_pick(at + w * 8 * PACKED, load<i8>(digits + 2 * w))
    combineThin(SUM, CHOSEN, CHOSEN + E, CHOSEN + 2 * E, false)
  }
}

// r = scalar·p with the tables of p, for a scalar below 2^255: 64 additions and 4 doublings whatever the scalar. The odd digits first, times 16.
export function ct_fixed(r: usize, at: usize, scalar: usize): void {
  ct_recode(NAF, scalar)
  memory.copy(SUM, IDENTITY, POINT)
  ct_half(at, NAF + 1)
  for (let i = 0; i < 4; i++) double(SUM, SUM)
  ct_half(at, NAF)
  memory.copy(r, SUM, POINT)
  wipe()
}

// r = scalar·p + other·q in the same way.
function ct_both(r: usize, p: usize, scalar: usize, q: usize, other: usize): void {
  ct_recode(NAF, scalar)
  ct_recode(NAF + 64, other)
  memory.copy(SUM, IDENTITY, POINT)
  ct_half(p, NAF + 1)
  ct_half(q, NAF + 65)
  for (let i = 0; i < 4; i++) double(SUM, SUM)
  ct_half(p, NAF)
  ct_half(q, NAF + 64)
  memory.copy(r, SUM, POINT)
  wipe()
}

// Ciphertexts of n bits, a byte each: α = r·G and β = r·y + bit·G of every r at `scalars`. Tables are of G/8 and y/8, whose products go to `eighths`,
// and eight times those to `points`.
export function ct_encrypt(points: usize, eighths: usize, scalars: usize, bits: usize, n: usize, base: usize, key: usize): void {
  for (let i: usize = 0; i < n; i++) {
    const at = i * 2 * POINT
    ct_fixed(eighths + at, base, scalars + i * 32)
    ct_fixed(eighths + at + POINT, key, scalars + i * 32)
    ct_pick(base, <i64>load<u8>(bits + i))
    combineThin(eighths + at + POINT, CHOSEN, CHOSEN + E, CHOSEN + 2 * E, false)
    eightfold(points + at, eighths + at)
    eightfold(points + at + POINT, eighths + at + POINT)
  }
  wipe()
}

// Commitments of n alternatives: A = t·G and B = t·y + (excess·c)·G. t and c stand at `drawn`, 32 bytes each, the excess at `known`, 4 bytes of 8.
export function ct_commit(points: usize, eighths: usize, drawn: usize, known: usize, n: usize, base: usize, key: usize): void {
  for (let i: usize = 0; i < n; i++) {
    const at = i * 2 * POINT
    const t = drawn + i * 64
    ct_times(FACTOR, load<i32>(known + i * 8), t + 32)
    ct_fixed(eighths + at, base, t)
    ct_both(eighths + at + POINT, key, t, base, FACTOR)
    eightfold(points + at, eighths + at)
    eightfold(points + at + POINT, eighths + at + POINT)
  }
  wipe()
  wipeScalars()
}

// r = scalar·p: 252 doublings and 64 additions whatever the scalar. `at`: room for 16 cached points.
export function ct_multiply(r: usize, p: usize, scalar: usize, at: usize): void {
  window(at, p)
  memory.copy(SUM, IDENTITY, POINT)
  for (let w = 63; w >= 0; w--) {
    if (w < 63) for (let i = 0; i < 4; i++) double(SUM, SUM)
    ct_choose(at, ((<u64>load<u8>(scalar + <usize>(w >> 1))) >> ((w & 1) << 2)) & 15)
    add(SUM, SUM, CHOSEN)
  }
  memory.copy(r, SUM, POINT)
  wipe()
}

function wipe(): void {
  memory.fill(CHOSEN, 0, POINT)
  memory.fill(SUM, 0, POINT)
  memory.fill(NAF, 0, 128)
  memory.fill(PICKED, 0, PACKED)
}
