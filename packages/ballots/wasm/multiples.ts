// Products by public scalars, one at a time: variable time.

import { CHOSEN, EIGHTH, IDENTITY, NAF, ODD, POINT, SUM } from './places.ts'
import { add, cache, double, eightfold, equal, subtract } from './points.ts'

// Signed 5-bit digits of a scalar, without neighbours (w-NAF): 256 signed bytes at NAF.
function digits(scalar: usize): i32 {
  for (let i: usize = 0; i < 264; i++) store<u8>(NAF + i, 0)
  let last = -1
  let position: i32 = 0
  let borrow: u32 = 0
  while (position < 256) {
    const bit = (((<u32>load<u8>(scalar + <usize>(position >> 3))) >> (position & 7)) & 1) ^ borrow
    if (bit == 0) {
      position++
      continue
    }
    let window: u32 = 0
    for (let i = 0; i < 5 && position + i < 256; i++)
      window |= (((<u32>load<u8>(scalar + <usize>((position + i) >> 3))) >> ((position + i) & 7)) & 1) << i
    let digit = <i32>(window + borrow)
    borrow = 0
    if (digit > 16) {
      digit -= 32
      borrow = 1
    }
    store<i8>(NAF + <usize>position, <i8>digit)
    last = position
    position += 5
  }
  return last
}

// r = scalar·p for public values. Tables of p, 3p … 15p.
export function vt_multiply(r: usize, p: usize, scalar: usize): void {
  cache(ODD, p)
  double(SUM, p)
  cache(CHOSEN, SUM)
  memory.copy(SUM, p, POINT)
  for (let i: usize = 1; i < 8; i++) {
    add(SUM, SUM, CHOSEN)
    cache(ODD + i * POINT, SUM)
  }
  const last = digits(scalar)
  memory.copy(SUM, IDENTITY, POINT)
  for (let i = last; i >= 0; i--) {
    double(SUM, SUM)
    const digit = <i32>load<i8>(NAF + <usize>i)
    if (digit > 0) add(SUM, SUM, ODD + <usize>(digit >> 1) * POINT)
    else if (digit < 0) subtract(SUM, SUM, ODD + <usize>(-digit >> 1) * POINT)
  }
  memory.copy(r, SUM, POINT)
}

// r = (1/8 modulo the order)·p; whether eight times it is p again, which holds for the points of the subgroup and for no other.
export function vt_eighth(r: usize, p: usize): bool {
  vt_multiply(r, p, EIGHTH)
  eightfold(SUM, r)
  return equal(SUM, p)
}
