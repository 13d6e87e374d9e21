// Numbers modulo the order q of the group, 32 bytes each, little-endian, in constant time: Montgomery's products (1985) of eight words of 32 bits.

import { FACTOR, HIGH, LOW, ORDER, PRODUCT, R1, R2, TERM } from './places.ts'

// Montgomery's product by R1 = 2^256 is by 1, and by R2 = 2^512 it is by 2^256.

const INVERSE: u64 = 0x12547e1b

// r = a, less q if that is not negative, for a below 2q: both differences are worked out and one is taken under a mask.
function ct_lower(r: usize, a: usize): void {
  let borrow: i64 = 0
  for (let i: usize = 0; i < 32; i += 4) {
    borrow += <i64>load<u32>(a + i) - <i64>load<u32>(ORDER + i)
    store<u32>(TERM + i, <u32>borrow)
    borrow >>= 32
  }
  const mask = <u32>borrow
  for (let i: usize = 0; i < 32; i += 4) {
    const lower = load<u32>(TERM + i)
    store<u32>(r + i, lower ^ ((lower ^ load<u32>(a + i)) & mask))
  }
}

// r = a·b/2^256 mod q, for a below 2^256 and b below q. Places may be the same.
function ct_product(r: usize, a: usize, b: usize): void {
  memory.fill(PRODUCT, 0, 40)
  for (let i: usize = 0; i < 32; i += 4) {
    const x = <u64>load<u32>(a + i)
    let c: u64 = 0
    for (let j: usize = 0; j < 32; j += 4) {
      c += <u64>load<u32>(PRODUCT + j) + x * <u64>load<u32>(b + j)
      store<u32>(PRODUCT + j, <u32>c)
      c >>= 32
    }
    store<u64>(PRODUCT, c + <u64>load<u32>(PRODUCT, 32), 32)
    // By −1/q modulo 2^32. Masked, as the compiler makes a product of 64 bits of one of 32 bits that is widened.
    const m = (<u64>load<u32>(PRODUCT) * INVERSE) & 0xffffffff
    c = (<u64>load<u32>(PRODUCT) + m * <u64>load<u32>(ORDER)) >> 32
    for (let j: usize = 4; j < 32; j += 4) {
      c += <u64>load<u32>(PRODUCT + j) + m * <u64>load<u32>(ORDER + j)
      store<u32>(PRODUCT + j - 4, <u32>c)
      c >>= 32
    }
    store<u64>(PRODUCT, c + load<u64>(PRODUCT, 32), 28)
  }
  ct_lower(r, PRODUCT)
}

// r = a + b and r = a − b mod q, for numbers below q.
export function ct_sum(r: usize, a: usize, b: usize): void {
  let c: u64 = 0
  for (let i: usize = 0; i < 32; i += 4) {
    c += <u64>load<u32>(a + i) + <u64>load<u32>(b + i)
    store<u32>(PRODUCT + i, <u32>c)
    c >>= 32
  }
  ct_lower(r, PRODUCT)
}
function ct_difference(r: usize, a: usize, b: usize): void {
  let c: i64 = 0
  for (let i: usize = 0; i < 32; i += 4) {
    c += <i64>load<u32>(a + i) + <i64>load<u32>(ORDER + i) - <i64>load<u32>(b + i)
    store<u32>(PRODUCT + i, <u32>c)
    c >>= 32
  }
  ct_lower(r, PRODUCT)
}

// r = small·b mod q, for a small number of either sign and b below q.
export function ct_times(r: usize, small: i32, b: usize): void {
  let c = <i64>small
  for (let i: usize = 0; i < 32; i += 4) {
    c += <i64>load<u32>(ORDER + i)
    store<u32>(PRODUCT + i, <u32>c)
    c >>= 32
  }
  ct_lower(LOW, PRODUCT)
  ct_product(LOW, LOW, b)
  ct_product(r, LOW, R2)
}

// r = 32 bytes the other way round.
function ct_turn(r: usize, a: usize): void {
  for (let i: usize = 0; i < 32; i += 8) store<u64>(r + 24 - i, bswap<u64>(load<u64>(a + i)))
}

// n numbers below q at `out`, from 64 random bytes each, the highest first.
export function ct_scalars(out: usize, random: usize, n: usize): void {
  for (let i: usize = 0; i < n; i++) {
    ct_turn(HIGH, random + i * 64)
    ct_turn(LOW, random + i * 64 + 32)
    ct_product(HIGH, HIGH, R2)
    ct_product(LOW, LOW, R1)
    ct_sum(out + i * 32, HIGH, LOW)
  }
  wipeScalars()
}

// Challenges and responses, 32 bytes each, of n alternatives of which number `chosen` is true. `hash`: the sum of the challenges, 32 bytes, the
// highest first. For each alternative stand t and the challenge it has if it is false at `drawn`, and at `known` 4 bytes that are not read here, then the
// address of its randomness. Every challenge is taken under a mask.
export function ct_respond(out: usize, hash: usize, drawn: usize, known: usize, n: usize, chosen: usize): void {
  ct_turn(HIGH, hash)
  ct_product(HIGH, HIGH, R1)
  for (let j: usize = 0; j < n; j++) {
    // All ones for the true one: only 0 less 1 is negative.
    const mask = <u64>((<i64>(<u64>(j ^ chosen)) - 1) >> 63)
    for (let i: usize = 0; i < 32; i += 8) store<u64>(LOW + i, load<u64>(drawn + j * 64 + 32 + i) & ~mask)
    ct_difference(HIGH, HIGH, LOW)
  }
  for (let j: usize = 0; j < n; j++) {
    const mask = <u64>((<i64>(<u64>(j ^ chosen)) - 1) >> 63)
    const own = drawn + j * 64
    const challenge = out + j * 64
    for (let i: usize = 0; i < 32; i += 8) {
      const other = load<u64>(own + 32 + i)
      store<u64>(challenge + i, other ^ ((other ^ load<u64>(HIGH + i)) & mask))
    }
    ct_product(LOW, load<u32>(known + j * 8, 4), challenge)
    ct_product(LOW, LOW, R2)
    ct_difference(challenge + 32, own, LOW)
  }
  wipeScalars()
}

export function wipeScalars(): void {
  memory.fill(PRODUCT, 0, 40)
  memory.fill(TERM, 0, 32)
  memory.fill(HIGH, 0, 32)
  memory.fill(LOW, 0, 32)
  memory.fill(FACTOR, 0, 32)
}
