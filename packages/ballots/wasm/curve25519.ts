// Arithmetic of Curve25519 in Edwards form for bulk work, and the SHA-256 of its texts: AssemblyScript, compiled by tools/wasm.ts into
// src/groups/curve25519.generated.ts.
//
// Field elements modulo 2^255 − 19: ten signed limbs of 26 and 25 bits in turn, 8 bytes each (Bernstein, Curve25519, 2006). Points: X, Y, Z, T
// with x = X/Z, y = Y/Z, xy = T/Z (Hisil et al., 2008), whose addition is complete: one formula for all points. Cached points: Y+X, Y−X, Z, 2dT.
//
// ct_ functions run in constant time: no branch, index or early end depends on a secret. vt_ functions are for public values alone. All
// memory is laid out by the caller above SCRATCH_END; nothing is allocated.

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
  let h0 = f0 * g0 + d1 * n9 + f2 * n8 + d3 * n7 + f4 * n6 + d5 * n5 + f6 * n4 + d7 * n3 + f8 * n2 + d9 * n1
  let h1 = f0 * g1 + f1 * g0 + f2 * n9 + f3 * n8 + f4 * n7 + f5 * n6 + f6 * n5 + f7 * n4 + f8 * n3 + f9 * n2
  let h2 = f0 * g2 + d1 * g1 + f2 * g0 + d3 * n9 + f4 * n8 + d5 * n7 + f6 * n6 + d7 * n5 + f8 * n4 + d9 * n3
  let h3 = f0 * g3 + f1 * g2 + f2 * g1 + f3 * g0 + f4 * n9 + f5 * n8 + f6 * n7 + f7 * n6 + f8 * n5 + f9 * n4
  let h4 = f0 * g4 + d1 * g3 + f2 * g2 + d3 * g1 + f4 * g0 + d5 * n9 + f6 * n8 + d7 * n7 + f8 * n6 + d9 * n5
  let h5 = f0 * g5 + f1 * g4 + f2 * g3 + f3 * g2 + f4 * g1 + f5 * g0 + f6 * n9 + f7 * n8 + f8 * n7 + f9 * n6
  let h6 = f0 * g6 + d1 * g5 + f2 * g4 + d3 * g3 + f4 * g2 + d5 * g1 + f6 * g0 + d7 * n9 + f8 * n8 + d9 * n7
  let h7 = f0 * g7 + f1 * g6 + f2 * g5 + f3 * g4 + f4 * g3 + f5 * g2 + f6 * g1 + f7 * g0 + f8 * n9 + f9 * n8
  let h8 = f0 * g8 + d1 * g7 + f2 * g6 + d3 * g5 + f4 * g4 + d5 * g3 + f6 * g2 + d7 * g1 + f8 * g0 + d9 * n9
  let h9 = f0 * g9 + f1 * g8 + f2 * g7 + f3 * g6 + f4 * g5 + f5 * g4 + f6 * g3 + f7 * g2 + f8 * g1 + f9 * g0
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
  let h0 = f0 * f0 + d1 * m9 + d2 * n8 + d3 * m7 + d4 * n6 + f5 * m5
  let h1 = d0 * f1 + d2 * n9 + d3 * n8 + d4 * n7 + d5 * n6
  let h2 = d0 * f2 + f1 * d1 + d3 * m9 + d4 * n8 + d5 * m7 + f6 * n6
  let h3 = d0 * f3 + d1 * f2 + d4 * n9 + d5 * n8 + d6 * n7
  let h4 = d0 * f4 + d1 * d3 + f2 * f2 + d5 * m9 + d6 * n8 + f7 * m7
  let h5 = d0 * f5 + d1 * f4 + d2 * f3 + d6 * n9 + d7 * n8
  let h6 = d0 * f6 + d1 * d5 + d2 * f4 + f3 * d3 + d7 * m9 + f8 * n8
  let h7 = d0 * f7 + d1 * f6 + d2 * f5 + d3 * f4 + d8 * n9
  let h8 = d0 * f8 + d1 * d7 + d2 * f6 + d3 * d5 + f4 * f4 + f9 * m9
  let h9 = d0 * f9 + d1 * f8 + d2 * f7 + d3 * f6 + d4 * f5
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

function fe_add(h: usize, f: usize, g: usize): void {
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

function fe_sub(h: usize, f: usize, g: usize): void {
  store<i64>(h, load<i64>(f, 0) - load<i64>(g, 0), 0)
  store<i64>(h, load<i64>(f, 8) - load<i64>(g, 8), 8)
  store<i64>(h, load<i64>(f, 16) - load<i64>(g, 16), 16)
  store<i64>(h, load<i64>(f, 24) - load<i64>(g, 24), 24)
  store<i64>(h, load<i64>(f, 32) - load<i64>(g, 32), 32)
  store<i64>(h, load<i64>(f, 40) - load<i64>(g, 40), 40)
  store<i64>(h, load<i64>(f, 48) - load<i64>(g, 48), 48)
  store<i64>(h, load<i64>(f, 56) - load<i64>(g, 56), 56)
  store<i64>(h, load<i64>(f, 64) - load<i64>(g, 64), 64)
  store<i64>(h, load<i64>(f, 72) - load<i64>(g, 72), 72)
}

// f + g and f − g at once: half the loads. Places may be the same.
function fe_both(sum: usize, difference: usize, f: usize, g: usize): void {
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

function fe_copy(h: usize, f: usize): void {
  memory.copy(h, f, 80)
}

function fe_small(h: usize, n: i64): void {
  memory.fill(h, 0, 80)
  store<i64>(h, n)
}

function fe_neg(h: usize, f: usize): void {
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

// Scratch: field elements at fixed places below SCRATCH_END. No function calls another that uses its places.
const E: usize = 80
const POINT: usize = 320
// The constants of SHA-256 lie from 1024 on.
const BASE: usize = 1280
const A0: usize = BASE,
  A1: usize = BASE + E,
  A2: usize = BASE + 2 * E,
  A3: usize = BASE + 3 * E,
  A4: usize = BASE + 4 * E
const P0: usize = BASE + 5 * E,
  P1: usize = BASE + 6 * E,
  P2: usize = BASE + 7 * E,
  P3: usize = BASE + 8 * E
const Q0: usize = BASE + 9 * E,
  Q1: usize = BASE + 10 * E,
  Q2: usize = BASE + 11 * E,
  Q3: usize = BASE + 12 * E,
  Q4: usize = BASE + 13 * E
const D: usize = BASE + 14 * E,
  D2: usize = BASE + 15 * E,
  ROOT: usize = BASE + 16 * E,
  ONE: usize = BASE + 17 * E
const IDENTITY: usize = BASE + 18 * E,
  CACHED_IDENTITY: usize = BASE + 22 * E,
  CHOSEN: usize = BASE + 26 * E,
  SUM: usize = BASE + 30 * E
const BYTES: usize = BASE + 34 * E,
  ORDER: usize = BASE + 35 * E,
  ODD: usize = BASE + 40 * E,
  NAF: usize = BASE + 80 * E,
  KEPT: usize = BASE + 84 * E
export const SCRATCH_END: usize = 16384

// d, 2d, √−1 and the group's order stand as 32 bytes each, little-endian, from `at`.
export function init(at: usize): void {
  fe_from(D, at)
  fe_from(D2, at + 32)
  fe_from(ROOT, at + 64)
  memory.copy(ORDER, at + 96, 32)
  fe_small(ONE, 1)
  memory.fill(IDENTITY, 0, POINT)
  store<i64>(IDENTITY + E, 1)
  store<i64>(IDENTITY + 2 * E, 1)
  cache(CACHED_IDENTITY, IDENTITY)
}

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
  fe_sub(A2, A2, A1)
  carry(A2)
  finish(r, A0, A3, A1, A2)
}

// Brings limbs that grew in sums back to their size.
function carry(h: usize): void {
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
function same(a: usize, b: usize): bool {
  fe_sub(P2, a, b)
  carry(P2)
  fe_to(BYTES, P2)
  return (load<u64>(BYTES) | load<u64>(BYTES, 8) | load<u64>(BYTES, 16) | load<u64>(BYTES, 24)) == 0
}

function squares(h: usize, n: i32): void {
  for (let i = 0; i < n; i++) fe_sq(h, h)
}

// h = f^(2^252 − 3); with `toInverse`, f^(p − 2) = 1/f. Powers of 2^n − 1 built up as usual.
function power(h: usize, f: usize, toInverse: bool): void {
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

// Doubles X, Y, Z; T is neither read nor written.
function doubleOnly(p: usize): void {
  fe_sq(A0, p)
  fe_sq(A1, p + E)
  doubled(p, A0, A1)
}

// The rest of a doubling that needs no T, from the squares of X and Y.
function doubled(p: usize, xx: usize, yy: usize): void {
  fe_sq(A2, p + 2 * E)
  fe_add(A2, A2, A2)
  fe_add(A3, p, p + E)
  fe_sq(A4, A3)
  fe_both(A3, A1, yy, xx)
  fe_sub(A0, A4, A3)
  // Four summands: more than a product has room for.
  fe_sub(A2, A2, A1)
  carry(A2)
  fe_mul(p, A0, A2)
  fe_mul(p + E, A3, A1)
  fe_mul(p + 2 * E, A1, A2)
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

// Whether order·p is the identity: whether p is in the subgroup.
export function vt_isInSubgroup(p: usize): bool {
  vt_multiply(SUM, p, ORDER)
  return equal(SUM, IDENTITY)
}

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

// SHA-256 (FIPS 180-4, sections 4.1.2 to 6.2), for public texts. Constants of the rounds, the words of a block, the running hash.
const ROUNDS: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
  0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
  0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
  0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
  0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
])
const WORDS: usize = 8192,
  HASH: usize = WORDS + 256,
  BLOCK: usize = HASH + 32

function upper0(x: u32): u32 {
  return rotr<u32>(x, 2) ^ rotr<u32>(x, 13) ^ rotr<u32>(x, 22)
}
function upper1(x: u32): u32 {
  return rotr<u32>(x, 6) ^ rotr<u32>(x, 11) ^ rotr<u32>(x, 25)
}
function choice(x: u32, y: u32, z: u32): u32 {
  return z ^ (x & (y ^ z))
}
function majority(x: u32, y: u32, z: u32): u32 {
  return (x & y) | (z & (x | y))
}

function startHash(): void {
  store<u32>(HASH, 0x6a09e667)
  store<u32>(HASH, 0xbb67ae85, 4)
  store<u32>(HASH, 0x3c6ef372, 8)
  store<u32>(HASH, 0xa54ff53a, 12)
  store<u32>(HASH, 0x510e527f, 16)
  store<u32>(HASH, 0x9b05688c, 20)
  store<u32>(HASH, 0x1f83d9ab, 24)
  store<u32>(HASH, 0x5be0cd19, 28)
}

function hashBlock(at: usize): void {
  for (let i: usize = 0; i < 64; i += 4) store<u32>(WORDS + i, bswap<u32>(load<u32>(at + i)))
  for (let i: usize = 0; i < 192; i += 4) {
    const x = load<u32>(WORDS + i, 4),
      y = load<u32>(WORDS + i, 56)
    const lower0 = rotr<u32>(x, 7) ^ rotr<u32>(x, 18) ^ (x >> 3),
      lower1 = rotr<u32>(y, 17) ^ rotr<u32>(y, 19) ^ (y >> 10)
    store<u32>(WORDS + i, load<u32>(WORDS + i) + lower0 + load<u32>(WORDS + i, 36) + lower1, 64)
  }
  let a = load<u32>(HASH),
    b = load<u32>(HASH, 4),
    c = load<u32>(HASH, 8),
    d = load<u32>(HASH, 12),
    e = load<u32>(HASH, 16),
    f = load<u32>(HASH, 20),
    g = load<u32>(HASH, 24),
    h = load<u32>(HASH, 28)
  // Eight rounds a turn, so that no word is moved.
  for (let i: usize = 0; i < 256; i += 32) {
    h += upper1(e) + choice(e, f, g) + load<u32>(ROUNDS + i, 0) + load<u32>(WORDS + i, 0)
    d += h
    h += upper0(a) + majority(a, b, c)
    g += upper1(d) + choice(d, e, f) + load<u32>(ROUNDS + i, 4) + load<u32>(WORDS + i, 4)
    c += g
    g += upper0(h) + majority(h, a, b)
    f += upper1(c) + choice(c, d, e) + load<u32>(ROUNDS + i, 8) + load<u32>(WORDS + i, 8)
    b += f
    f += upper0(g) + majority(g, h, a)
    e += upper1(b) + choice(b, c, d) + load<u32>(ROUNDS + i, 12) + load<u32>(WORDS + i, 12)
    a += e
    e += upper0(f) + majority(f, g, h)
    d += upper1(a) + choice(a, b, c) + load<u32>(ROUNDS + i, 16) + load<u32>(WORDS + i, 16)
    h += d
    d += upper0(e) + majority(e, f, g)
    c += upper1(h) + choice(h, a, b) + load<u32>(ROUNDS + i, 20) + load<u32>(WORDS + i, 20)
    g += c
    c += upper0(d) + majority(d, e, f)
    b += upper1(g) + choice(g, h, a) + load<u32>(ROUNDS + i, 24) + load<u32>(WORDS + i, 24)
    f += b
    b += upper0(c) + majority(c, d, e)
    a += upper1(f) + choice(f, g, h) + load<u32>(ROUNDS + i, 28) + load<u32>(WORDS + i, 28)
    e += a
    a += upper0(b) + majority(b, c, d)
  }
  store<u32>(HASH, load<u32>(HASH) + a)
  store<u32>(HASH, load<u32>(HASH, 4) + b, 4)
  store<u32>(HASH, load<u32>(HASH, 8) + c, 8)
  store<u32>(HASH, load<u32>(HASH, 12) + d, 12)
  store<u32>(HASH, load<u32>(HASH, 16) + e, 16)
  store<u32>(HASH, load<u32>(HASH, 20) + f, 20)
  store<u32>(HASH, load<u32>(HASH, 24) + g, 24)
  store<u32>(HASH, load<u32>(HASH, 28) + h, 28)
}

// The hash as its 32 bytes.
function endHash(out: usize): void {
  for (let i: usize = 0; i < 32; i += 4) store<u32>(out + i, bswap<u32>(load<u32>(HASH + i)))
}

// SHA-256 of `length` bytes, 32 bytes at `out`. The padding is written behind the message: up to 72 bytes.
export function vt_sha256(out: usize, message: usize, length: usize): void {
  const end = message + length
  const padded = (length + 72) & ~63
  memory.fill(end, 0, padded - length)
  store<u8>(end, 0x80)
  store<u64>(message + padded - 8, bswap<u64>((<u64>length) << 3))
  startHash()
  for (let at = message; at < message + padded; at += 64) hashBlock(at)
  endHash(out)
}

// n blocks of 32 bytes at `out`: SHA-256 of the 32 bytes at `seed` and the block's number, from `first`, as 8 bytes, the highest first.
export function vt_stream(out: usize, seed: usize, first: usize, n: usize): void {
  memory.fill(BLOCK, 0, 64)
  memory.copy(BLOCK, seed, 32)
  store<u8>(BLOCK, 0x80, 40)
  store<u64>(BLOCK, bswap<u64>(320), 56)
  for (let i: usize = 0; i < n; i++) {
    store<u64>(BLOCK, bswap<u64>(<u64>(first + i)), 32)
    startHash()
    hashBlock(BLOCK)
    endHash(out + i * 32)
  }
}
