// Arithmetic of Curve25519 in Edwards form for bulk work, and the SHA-256 of its texts: AssemblyScript, compiled by tools/wasm.ts into
// src/groups/curve25519.generated.ts. This is its door: what the module exports, and how it starts.
//
// ct_ functions run in constant time: no branch, index or early end depends on a secret. vt_ functions are for public values alone. All
// memory is laid out by the caller above 16,384; nothing is allocated.

import { fe_from, fe_small } from './field.ts'
import { CACHED_IDENTITY, D, D2, E, IDENTITY, ONE, ORDER, POINT, ROOT } from './places.ts'
import { cache } from './points.ts'

export { vt_isInSubgroup, vt_multiply } from './multiples.ts'
export { add, areNormal, cache, equal, negate, normalise } from './points.ts'
export { ct_fixed, ct_multiply, table } from './secrets.ts'
export { vt_hashBlocks, vt_hashEnd, vt_hashStart, vt_stream } from './sha256.ts'
export { affine, texts, vt_decompress, vt_eightfold } from './spelling.ts'
export { vt_sum } from './sums.ts'

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
