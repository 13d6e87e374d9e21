// Where what lies below 16,384. No function calls another that uses its places.

export const E: usize = 80
export const POINT: usize = 320
// The constants of SHA-256 lie from 1024 on.
const BASE: usize = 1280
export const A0: usize = BASE,
  A1: usize = BASE + E,
  A2: usize = BASE + 2 * E,
  A3: usize = BASE + 3 * E,
  A4: usize = BASE + 4 * E
export const P0: usize = BASE + 5 * E,
  P1: usize = BASE + 6 * E,
  P2: usize = BASE + 7 * E,
  P3: usize = BASE + 8 * E
export const Q0: usize = BASE + 9 * E,
  Q1: usize = BASE + 10 * E,
  Q2: usize = BASE + 11 * E,
  Q3: usize = BASE + 12 * E,
  Q4: usize = BASE + 13 * E
export const D: usize = BASE + 14 * E,
  D2: usize = BASE + 15 * E,
  ROOT: usize = BASE + 16 * E,
  ONE: usize = BASE + 17 * E
export const IDENTITY: usize = BASE + 18 * E,
  CACHED_IDENTITY: usize = BASE + 22 * E,
  CHOSEN: usize = BASE + 26 * E,
  SUM: usize = BASE + 30 * E
export const BYTES: usize = BASE + 34 * E,
  ORDER: usize = BASE + 35 * E,
  ODD: usize = BASE + 40 * E,
  NAF: usize = BASE + 80 * E,
  KEPT: usize = BASE + 84 * E,
  PICKED: usize = BASE + 85 * E
