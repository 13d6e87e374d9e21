// Arithmetic of Curve25519 in Edwards form for bulk work, and the SHA-256 of its texts: AssemblyScript, compiled by tools/wasm.ts into
// src/groups/curve25519.generated.ts. This is its door: what the module exports, and how it starts.
//
// ct_ functions run in constant time: no branch, index or early end depends on a secret. vt_ functions are for public values alone. All
// memory is laid out by the caller above 16,384; nothing is allocated.

import { fe_from, fe_small } from './field.ts'
import { CACHED_IDENTITY, CONSTANTS, D, D2, E, IDENTITY, ONE, POINT, ROOT } from './places.ts'
import { cache } from './points.ts'

export { vt_eighth, vt_multiply } from './multiples.ts'
export { add, areNormal, cache, eightfold, equal, negate, normalise, totals } from './points.ts'
export { ct_sum, ct_respond, ct_scalars } from './scalars.ts'
export { ct_commit, ct_encrypt, ct_fixed, ct_multiply, table } from './secrets.ts'
export { ct_hashBlocks, ct_hashEnd, ct_hashStart, ct_stream } from './sha256.ts'
export { affine, texts, vt_decompress, vt_eightfold } from './spelling.ts'
export { vt_sum } from './sums.ts'

export function init(): void {
  fe_from(D, CONSTANTS)
  fe_from(D2, CONSTANTS + 32)
  fe_from(ROOT, CONSTANTS + 64)
  fe_small(ONE, 1)
  memory.fill(IDENTITY, 0, POINT)
  store<i64>(IDENTITY + E, 1)
  store<i64>(IDENTITY + 2 * E, 1)
  cache(CACHED_IDENTITY, IDENTITY)
}
