// Where what lies below 16,384. No function calls another that uses its places.

export const E: usize = 80
export const POINT: usize = 320
// 32 bytes each, little-endian: d, 2d, √−1, the order q of the group, 1/8 modulo q, 2^256 and 2^512 modulo q.
export const CONSTANTS: usize = memory.data<u32>([
  0x135978a3, 0x75eb4dca, 0x4141d8ab, 0x00700a4d, 0x7779e898, 0x8cc74079, 0x2b6ffe73, 0x52036cee, 0x26b2f159, 0xebd69b94,
  0x8283b156, 0x00e0149a, 0xeef3d130, 0x198e80f2, 0x56dffce7, 0x2406d9dc, 0x4a0ea0b0, 0xc4ee1b27, 0xad2fe478, 0x2f431806,
  0x3dfbd7a7, 0x2b4d0099, 0x4fc1df0b, 0x2b832480, 0x5cf5d3ed, 0x5812631a, 0xa2f79cd6, 0x14def9de, 0x00000000, 0x00000000,
  0x00000000, 0x10000000, 0xe2dc2f79, 0x6106e529, 0x7d1cdad0, 0x07d39db3, 0x00000000, 0x00000000, 0x00000000, 0x06000000,
  0x8d98951d, 0xd6ec3174, 0x737dcf70, 0xc6ef5bf4, 0xfffffffe, 0xffffffff, 0xffffffff, 0x0fffffff, 0x449c0f01, 0xa40611e3,
  0x68859347, 0xd00e1ba7, 0x17f5be65, 0xceec73d2, 0x7c309a3d, 0x0399411b,
])
export const ORDER: usize = CONSTANTS + 96,
  EIGHTH: usize = CONSTANTS + 128,
  R1: usize = CONSTANTS + 160,
  R2: usize = CONSTANTS + 192
// Constants, these and others, lie from 1024 on.
const BASE: usize = 1536
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
  ODD: usize = BASE + 35 * E,
  NAF: usize = BASE + 67 * E,
  KEPT: usize = BASE + 71 * E,
  PICKED: usize = BASE + 72 * E
export const PRODUCT: usize = BASE + 74 * E,
  TERM: usize = PRODUCT + 40,
  HIGH: usize = TERM + 32,
  LOW: usize = HIGH + 32,
  FACTOR: usize = LOW + 32
export const UNREAD: usize = BASE + 77 * E
