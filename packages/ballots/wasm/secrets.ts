// Products by secret scalars, in constant time: no branch, index or early end depends on a secret.

import { CACHED_IDENTITY, CHOSEN, IDENTITY, ODD, POINT, SUM } from './places.ts'
import { add, cache, double } from './points.ts'

// Tables for ct_fixed: for each of 64 hexadecimal digits the 16 cached multiples of 16^i·p. 64·16 cached points at `table`.
export function table(at: usize, p: usize): void {
  memory.copy(ODD, p, POINT)
  for (let w: usize = 0; w < 64; w++) {
    window(at + w * 16 * POINT, ODD)
    for (let i = 0; i < 4; i++) double(ODD, ODD)
  }
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

// r = scalar·p with the tables of p: 64 additions whatever the scalar.
export function ct_fixed(r: usize, at: usize, scalar: usize): void {
  memory.copy(SUM, IDENTITY, POINT)
  for (let w: usize = 0; w < 64; w++) {
    ct_choose(at + w * 16 * POINT, ((<u64>load<u8>(scalar + (w >> 1))) >> ((w & 1) << 2)) & 15)
    add(SUM, SUM, CHOSEN)
  }
  memory.copy(r, SUM, POINT)
  wipe()
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
}
