// Field elements modulo 2^255 − 19: ten signed limbs of 26 and 25 bits in turn, 8 bytes each (Bernstein, Curve25519, 2006). Unrolled by hand:
// loops cost eight times as much.

import { BYTES, E, P2, Q0, Q1, Q2, Q3, Q4, UNREAD } from './places.ts'

export function fe_mul(h: usize, f: usize, g: usize): void {
  const f0 = load<i64>(f, 0),
    f1 = load<i64>(f, 8),
    f2 = load<i64>(f, 16),
    f3 = load<i64>(f, 24),
    f4 = load<i64>(f, 32),
    f5 = load<i64>(f, 40),
    f6 = load<i64>(f, 48),
    f7 = load<i64>(f, 56),
    f8 = load<i64>(f, 64),
    f9 = load<i64>(f, 72)
  const g0 = load<i64>(g, 0),
    g1 = load<i64>(g, 8),
    g2 = load<i64>(g, 16),
    g3 = load<i64>(g, 24),
    g4 = load<i64>(g, 32),
    g5 = load<i64>(g, 40),
    g6 = load<i64>(g, 48),
    g7 = load<i64>(g, 56),
    g8 = load<i64>(g, 64),
    g9 = load<i64>(g, 72)
  const n1 = g1 * 19,
    n2 = g2 * 19,
    n3 = g3 * 19,
    n4 = g4 * 19,
    n5 = g5 * 19,
    n6 = g6 * 19,
    n7 = g7 * 19,
    n8 = g8 * 19,
    n9 = g9 * 19
  const d1 = f1 * 2,
    d3 = f3 * 2,
    d5 = f5 * 2,
    d7 = f7 * 2,
    d9 = f9 * 2
  const h0 = f0 * g0 + d1 * n9 + f2 * n8 + d3 * n7 + f4 * n6 + d5 * n5 + f6 * n4 + d7 * n3 + f8 * n2 + d9 * n1
  const h1 = f0 * g1 + f1 * g0 + f2 * n9 + f3 * n8 + f4 * n7 + f5 * n6 + f6 * n5 + f7 * n4 + f8 * n3 + f9 * n2
  const h2 = f0 * g2 + d1 * g1 + f2 * g0 + d3 * n9 + f4 * n8 + d5 * n7 + f6 * n6 + d7 * n5 + f8 * n4 + d9 * n3
  const h3 = f0 * g3 + f1 * g2 + f2 * g1 + f3 * g0 + f4 * n9 + f5 * n8 + f6 * n7 + f7 * n6 + f8 * n5 + f9 * n4
  const h4 = f0 * g4 + d1 * g3 + f2 * g2 + d3 * g1 + f4 * g0 + d5 * n9 + f6 * n8 + d7 * n7 + f8 * n6 + d9 * n5
  const h5 = f0 * g5 + f1 * g4 + f2 * g3 + f3 * g2 + f4 * g1 + f5 * g0 + f6 * n9 + f7 * n8 + f8 * n7 + f9 * n6
  const h6 = f0 * g6 + d1 * g5 + f2 * g4 + d3 * g3 + f4 * g2 + d5 * g1 + f6 * g0 + d7 * n9 + f8 * n8 + d9 * n7
  const h7 = f0 * g7 + f1 * g6 + f2 * g5 + f3 * g4 + f4 * g3 + f5 * g2 + f6 * g1 + f7 * g0 + f8 * n9 + f9 * n8
  const h8 = f0 * g8 + d1 * g7 + f2 * g6 + d3 * g5 + f4 * g4 + d5 * g3 + f6 * g2 + d7 * g1 + f8 * g0 + d9 * n9
  const h9 = f0 * g9 + f1 * g8 + f2 * g7 + f3 * g6 + f4 * g5 + f5 * g4 + f6 * g3 + f7 * g2 + f8 * g1 + f9 * g0
  settle(h, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9)
}

export function fe_sq(h: usize, f: usize): void {
  const f0 = load<i64>(f, 0),
    f1 = load<i64>(f, 8),
    f2 = load<i64>(f, 16),
    f3 = load<i64>(f, 24),
    f4 = load<i64>(f, 32),
    f5 = load<i64>(f, 40),
    f6 = load<i64>(f, 48),
    f7 = load<i64>(f, 56),
    f8 = load<i64>(f, 64),
    f9 = load<i64>(f, 72)
  const d0 = f0 * 2,
    d1 = f1 * 2,
    d2 = f2 * 2,
    d3 = f3 * 2,
    d4 = f4 * 2,
    d5 = f5 * 2,
    d6 = f6 * 2,
    d7 = f7 * 2,
    d8 = f8 * 2,
    d9 = f9 * 2
  const n5 = f5 * 19,
    n6 = f6 * 19,
    n7 = f7 * 19,
    n8 = f8 * 19,
    n9 = f9 * 19,
    m5 = f5 * 38,
    m7 = f7 * 38,
    m9 = f9 * 38
  const h0 = f0 * f0 + d1 * m9 + d2 * n8 + d3 * m7 + d4 * n6 + f5 * m5
  const h1 = d0 * f1 + d2 * n9 + d3 * n8 + d4 * n7 + d5 * n6
  const h2 = d0 * f2 + f1 * d1 + d3 * m9 + d4 * n8 + d5 * m7 + f6 * n6
  const h3 = d0 * f3 + d1 * f2 + d4 * n9 + d5 * n8 + d6 * n7
  const h4 = d0 * f4 + d1 * d3 + f2 * f2 + d5 * m9 + d6 * n8 + f7 * m7
  const h5 = d0 * f5 + d1 * f4 + d2 * f3 + d6 * n9 + d7 * n8
  const h6 = d0 * f6 + d1 * d5 + d2 * f4 + f3 * d3 + d7 * m9 + f8 * n8
  const h7 = d0 * f7 + d1 * f6 + d2 * f5 + d3 * f4 + d8 * n9
  const h8 = d0 * f8 + d1 * d7 + d2 * f6 + d3 * d5 + f4 * f4 + f9 * m9
  const h9 = d0 * f9 + d1 * f8 + d2 * f7 + d3 * f6 + d4 * f5
  settle(h, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9)
}

// Carries between ten limbs, which sums of products made long, and writes them. Written into each of its three callers it would make products some
// 5% faster, and every voter load a kilobyte more.
function settle(h: usize, h0: i64, h1: i64, h2: i64, h3: i64, h4: i64, h5: i64, h6: i64, h7: i64, h8: i64, h9: i64): void {
  let c: i64
  c = (h0 + (1 << 25)) >> 26
  h1 += c
  h0 -= c << 26
  c = (h4 + (1 << 25)) >> 26
  h5 += c
  h4 -= c << 26
  c = (h1 + (1 << 24)) >> 25
  h2 += c
  h1 -= c << 25
  c = (h5 + (1 << 24)) >> 25
  h6 += c
  h5 -= c << 25
  c = (h2 + (1 << 25)) >> 26
  h3 += c
  h2 -= c << 26
  c = (h6 + (1 << 25)) >> 26
  h7 += c
  h6 -= c << 26
  c = (h3 + (1 << 24)) >> 25
  h4 += c
  h3 -= c << 25
  c = (h7 + (1 << 24)) >> 25
  h8 += c
  h7 -= c << 25
  c = (h4 + (1 << 25)) >> 26
  h5 += c
  h4 -= c << 26
  c = (h8 + (1 << 25)) >> 26
  h9 += c
  h8 -= c << 26
  c = (h9 + (1 << 24)) >> 25
  h0 += c * 19
  h9 -= c << 25
  c = (h0 + (1 << 25)) >> 26
  h1 += c
  h0 -= c << 26
  store<i64>(h, h0, 0)
  store<i64>(h, h1, 8)
  store<i64>(h, h2, 16)
  store<i64>(h, h3, 24)
  store<i64>(h, h4, 32)
  store<i64>(h, h5, 40)
  store<i64>(h, h6, 48)
  store<i64>(h, h7, 56)
  store<i64>(h, h8, 64)
  store<i64>(h, h9, 72)
}

// f − g with its limbs brought back to their size, which they outgrow where summands are more than a product has room for.
export function fe_less(h: usize, f: usize, g: usize): void {
  const h0 = load<i64>(f, 0) - load<i64>(g, 0),
    h1 = load<i64>(f, 8) - load<i64>(g, 8),
    h2 = load<i64>(f, 16) - load<i64>(g, 16),
    h3 = load<i64>(f, 24) - load<i64>(g, 24),
    h4 = load<i64>(f, 32) - load<i64>(g, 32),
    h5 = load<i64>(f, 40) - load<i64>(g, 40),
    h6 = load<i64>(f, 48) - load<i64>(g, 48),
    h7 = load<i64>(f, 56) - load<i64>(g, 56),
    h8 = load<i64>(f, 64) - load<i64>(g, 64),
    h9 = load<i64>(f, 72) - load<i64>(g, 72)
  settle(h, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9)
}

export function fe_add(h: usize, f: usize, g: usize): void {
  store<i64>(h, load<i64>(f, 0) + load<i64>(g, 0), 0)
  store<i64>(h, load<i64>(f, 8) + load<i64>(g, 8), 8)
  store<i64>(h, load<i64>(f, 16) + load<i64>(g, 16), 16)
  store<i64>(h, load<i64>(f, 24) + load<i64>(g, 24), 24)
  store<i64>(h, load<i64>(f, 32) + load<i64>(g, 32), 32)
  store<i64>(h, load<i64>(f, 40) + load<i64>(g, 40), 40)
  store<i64>(h, load<i64>(f, 48) + load<i64>(g, 48), 48)
  store<i64>(h, load<i64>(f, 56) + load<i64>(g, 56), 56)
  store<i64>(h, load<i64>(f, 64) + load<i64>(g, 64), 64)
  store<i64>(h, load<i64>(f, 72) + load<i64>(g, 72), 72)
}

// f + g and f − g at once: half the loads. Places may be the same.
export function fe_both(sum: usize, difference: usize, f: usize, g: usize): void {
  const f0 = load<i64>(f, 0),
    g0 = load<i64>(g, 0)
  store<i64>(sum, f0 + g0, 0)
  store<i64>(difference, f0 - g0, 0)
  const f1 = load<i64>(f, 8),
    g1 = load<i64>(g, 8)
  store<i64>(sum, f1 + g1, 8)
  store<i64>(difference, f1 - g1, 8)
  const f2 = load<i64>(f, 16),
    g2 = load<i64>(g, 16)
  store<i64>(sum, f2 + g2, 16)
  store<i64>(difference, f2 - g2, 16)
  const f3 = load<i64>(f, 24),
    g3 = load<i64>(g, 24)
  store<i64>(sum, f3 + g3, 24)
  store<i64>(difference, f3 - g3, 24)
  const f4 = load<i64>(f, 32),
    g4 = load<i64>(g, 32)
  store<i64>(sum, f4 + g4, 32)
  store<i64>(difference, f4 - g4, 32)
  const f5 = load<i64>(f, 40),
    g5 = load<i64>(g, 40)
  store<i64>(sum, f5 + g5, 40)
  store<i64>(difference, f5 - g5, 40)
  const f6 = load<i64>(f, 48),
    g6 = load<i64>(g, 48)
  store<i64>(sum, f6 + g6, 48)
  store<i64>(difference, f6 - g6, 48)
  const f7 = load<i64>(f, 56),
    g7 = load<i64>(g, 56)
  store<i64>(sum, f7 + g7, 56)
  store<i64>(difference, f7 - g7, 56)
  const f8 = load<i64>(f, 64),
    g8 = load<i64>(g, 64)
  store<i64>(sum, f8 + g8, 64)
  store<i64>(difference, f8 - g8, 64)
  const f9 = load<i64>(f, 72),
    g9 = load<i64>(g, 72)
  store<i64>(sum, f9 + g9, 72)
  store<i64>(difference, f9 - g9, 72)
}

// By way of the sum, which nobody reads: 200 bytes less for every voter, and doublings some 3% slower.
export function fe_sub(h: usize, f: usize, g: usize): void {
  fe_both(UNREAD, h, f, g)
}

export function fe_copy(h: usize, f: usize): void {
  memory.copy(h, f, 80)
}

export function fe_small(h: usize, n: i64): void {
  memory.fill(h, 0, 80)
  store<i64>(h, n)
}

export function fe_neg(h: usize, f: usize): void {
  for (let i: usize = 0; i < 80; i += 8) store<i64>(h + i, -load<i64>(f + i))
}

export function fe_from(h: usize, s: usize): void {
  const w0 = load<u64>(s),
    w1 = load<u64>(s, 8),
    w2 = load<u64>(s, 16),
    w3 = load<u64>(s, 24)
  const m26: u64 = 0x3ffffff,
    m25: u64 = 0x1ffffff
  store<u64>(h, w0 & m26)
  store<u64>(h, (w0 >> 26) & m25, 8)
  store<u64>(h, ((w0 >> 51) | (w1 << 13)) & m26, 16)
  store<u64>(h, (w1 >> 13) & m25, 24)
  store<u64>(h, (w1 >> 38) & m26, 32)
  store<u64>(h, w2 & m25, 40)
  store<u64>(h, (w2 >> 25) & m26, 48)
  store<u64>(h, ((w2 >> 51) | (w3 << 13)) & m25, 56)
  store<u64>(h, (w3 >> 12) & m26, 64)
  store<u64>(h, (w3 >> 38) & m25, 72)
}

export function fe_to(s: usize, h: usize): void {
  let h0 = load<i64>(h, 0),
    h1 = load<i64>(h, 8),
    h2 = load<i64>(h, 16),
    h3 = load<i64>(h, 24),
    h4 = load<i64>(h, 32),
    h5 = load<i64>(h, 40),
    h6 = load<i64>(h, 48),
    h7 = load<i64>(h, 56),
    h8 = load<i64>(h, 64),
    h9 = load<i64>(h, 72)
  let q = (19 * h9 + (1 << 24)) >> 25
  q = (h0 + q) >> 26
  q = (h1 + q) >> 25
  q = (h2 + q) >> 26
  q = (h3 + q) >> 25
  q = (h4 + q) >> 26
  q = (h5 + q) >> 25
  q = (h6 + q) >> 26
  q = (h7 + q) >> 25
  q = (h8 + q) >> 26
  q = (h9 + q) >> 25
  h0 += 19 * q
  let c: i64
  c = h0 >> 26
  h1 += c
  h0 -= c << 26
  c = h1 >> 25
  h2 += c
  h1 -= c << 25
  c = h2 >> 26
  h3 += c
  h2 -= c << 26
  c = h3 >> 25
  h4 += c
  h3 -= c << 25
  c = h4 >> 26
  h5 += c
  h4 -= c << 26
  c = h5 >> 25
  h6 += c
  h5 -= c << 25
  c = h6 >> 26
  h7 += c
  h6 -= c << 26
  c = h7 >> 25
  h8 += c
  h7 -= c << 25
  c = h8 >> 26
  h9 += c
  h8 -= c << 26
  c = h9 >> 25
  h9 -= c << 25
  store<i64>(s, h0 | (h1 << 26) | (h2 << 51))
  store<i64>(s, (h2 >> 13) | (h3 << 13) | (h4 << 38), 8)
  store<i64>(s, h5 | (h6 << 25) | (h7 << 51), 16)
  store<i64>(s, (h7 >> 13) | (h8 << 12) | (h9 << 38), 24)
}

export function same(a: usize, b: usize): bool {
  fe_less(P2, a, b)
  fe_to(BYTES, P2)
  return (load<u64>(BYTES) | load<u64>(BYTES, 8) | load<u64>(BYTES, 16) | load<u64>(BYTES, 24)) == 0
}

function squares(h: usize, n: i32): void {
  for (let i = 0; i < n; i++) fe_sq(h, h)
}

// h = f^(2^252 − 3); with `toInverse`, f^(p − 2) = 1/f. Powers of 2^n − 1 built up as usual.
export function power(h: usize, f: usize, toInverse: bool): void {
  fe_sq(Q0, f)
  fe_copy(Q1, Q0)
  squares(Q1, 2)
  fe_mul(Q1, f, Q1)
  fe_mul(Q0, Q0, Q1)
  fe_copy(Q4, Q0)
  fe_sq(Q2, Q0)
  fe_mul(Q1, Q1, Q2)
  fe_copy(Q2, Q1)
  squares(Q2, 5)
  fe_mul(Q1, Q2, Q1)
  fe_copy(Q2, Q1)
  squares(Q2, 10)
  fe_mul(Q2, Q2, Q1)
  fe_copy(Q3, Q2)
  squares(Q3, 20)
  fe_mul(Q2, Q3, Q2)
  squares(Q2, 10)
  fe_mul(Q1, Q2, Q1)
  fe_copy(Q2, Q1)
  squares(Q2, 50)
  fe_mul(Q2, Q2, Q1)
  fe_copy(Q3, Q2)
  squares(Q3, 100)
  fe_mul(Q2, Q3, Q2)
  squares(Q2, 50)
  fe_mul(Q1, Q2, Q1)
  if (toInverse) {
    squares(Q1, 5)
    fe_mul(h, Q1, Q4)
  } else {
    squares(Q1, 2)
    fe_mul(h, Q1, f)
  }
}
