import { assert, fromBase64, uintBytes } from '@quorate/kernel'

import { curve25519Module } from './curve25519.generated.ts'

/** What the module exports: see packages/ballots/wasm/curve25519.ts. All arguments but counts are addresses. */
type CurveExports = {
  readonly memory: WebAssembly.Memory
  readonly init: (at: number) => void
  readonly add: (r: number, p: number, cached: number) => void
  readonly negate: (r: number, p: number) => void
  readonly cache: (cached: number, p: number) => void
  readonly equal: (p: number, q: number) => number
  readonly affine: (out: number, points: number, n: number, work: number) => void
  readonly table: (at: number, p: number) => void
  readonly ct_fixed: (r: number, table: number, scalar: number) => void
  readonly ct_multiply: (r: number, p: number, scalar: number, room: number) => void
  readonly vt_decompress: (r: number, bytes: number) => number
  readonly vt_eightfold: (points: number, affine: number, n: number) => number
  readonly vt_isInSubgroup: (p: number) => number
  readonly vt_multiply: (r: number, p: number, scalar: number) => void
  readonly vt_sum: (
    r: number,
    points: number,
    scalars: number,
    n: number,
    width: number,
    buckets: number,
    cached: number,
    digits: number,
  ) => void
}

/** A point, 320 bytes as the module has it; `table`: address of the tables of its multiples, if they were made. */
export type WasmPoint = { readonly bytes: Uint8Array; readonly table?: number }

const pointSize = 320
const tableSize = 64 * 16 * pointSize
/** Keys with tables, the base included, each 320 KB. A page prepares a few keys in its life; more are multiplied without. */
const tablesMax = 12
// Where what stands, above the module's own scratch.
const A = 16_384
const B = A + pointSize
const C = B + pointSize
const scalarAt = C + pointSize
const bytesAt = scalarAt + 32
const room = bytesAt + 64
const firstTable = room + 16 * pointSize
const bulk = firstTable + tablesMax * tableSize

const p = 2n ** 255n - 19n
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n
const root = 19681161376707505956807079304988542015446066515923890162744021073123829784752n

/**
 * Starts the WebAssembly arithmetic of Curve25519, some ten times faster than noble's; undefined where there is no WebAssembly or a policy
 * forbids it. `order`: q. Synchronous: 7 KB compile in a millisecond or two.
 */
export function startCurve(order: bigint) {
  const exports = instantiate()
  if (exports === undefined) return undefined
  const { memory } = exports
  let view = new Uint8Array(memory.buffer)
  const reserve = (end: number): void => {
    if (end > view.length) memory.grow(Math.ceil((end - view.length) / 65_536))
    // Growing detaches every view, so none is held elsewhere.
    view = new Uint8Array(memory.buffer)
  }
  reserve(bulk)
  const littleEndian = (n: bigint): Uint8Array => uintBytes(n, 32).reverse()
  for (const [i, n] of [d, (2n * d) % p, root, order].entries()) view.set(littleEndian(n), C + 32 * i)
  exports.init(C)
  let tables = 0

  const put = (at: number, { bytes }: WasmPoint): void => {
    view.set(bytes, at)
  }
  const take = (at: number): WasmPoint => ({ bytes: view.slice(at, at + pointSize) })
  const putScalar = (at: number, k: bigint): void => {
    const words = new DataView(memory.buffer, at, 32)
    for (let i = 0; i < 4; i++) words.setBigUint64(8 * i, (k >> BigInt(64 * i)) & 0xffff_ffff_ffff_ffffn, true)
  }
  const forgetScalar = (): void => {
    view.fill(0, scalarAt, scalarAt + 32)
  }

  const laidOut = (points: readonly WasmPoint[]): number => {
    reserve(bulk + points.length * pointSize)
    for (const [i, point] of points.entries()) put(bulk + i * pointSize, point)
    return bulk
  }
  const affineAt = (points: number, n: number): Uint8Array => {
    const out = points + n * pointSize
    reserve(out + n * 144)
    exports.affine(out, points, n, out + n * 64)
    return view.slice(out, out + n * 64)
  }
  // Pippenger's cost is (n + 2^w)·255/w additions: the window goes by the size of the sum.
  const sumAt = (points: number, n: number, scalars: readonly bigint[]): WasmPoint => {
    const width = Math.max(3, Math.min(13, Math.floor(Math.log2(n + 1)) - 2))
    const scalarsAt = points + n * pointSize
    const buckets = scalarsAt + n * 32
    const cached = buckets + 2 ** (width - 1) * pointSize
    const digits = cached + n * pointSize
    reserve(digits + n * 2 * (Math.floor(255 / width) + 1))
    for (const [i, k] of scalars.entries()) putScalar(scalarsAt + i * 32, k)
    exports.vt_sum(A, points, scalarsAt, n, width, buckets, cached, digits)
    return take(A)
  }

  return {
    add: (a: WasmPoint, b: WasmPoint): WasmPoint => {
      put(A, a)
      put(B, b)
      exports.cache(C, B)
      exports.add(A, A, C)
      return take(A)
    },
    negate: (a: WasmPoint): WasmPoint => {
      put(A, a)
      exports.negate(B, A)
      return take(B)
    },
    equal: (a: WasmPoint, b: WasmPoint): boolean => {
      put(A, a)
      put(B, b)
      return exports.equal(A, B) !== 0
    },
    /** The same point with tables, while there is room for them. */
    prepare: (a: WasmPoint): WasmPoint => {
      if (a.table !== undefined || tables === tablesMax) return a
      const table = firstTable + tables++ * tableSize
      put(A, a)
      exports.table(table, A)
      return { ...a, table }
    },
    /** k·a for a secret k below 2²⁵⁶: the same work whatever k. */
    multiplySecret: (a: WasmPoint, k: bigint): WasmPoint => {
      putScalar(scalarAt, k)
      if (a.table === undefined) {
        put(A, a)
        exports.ct_multiply(B, A, scalarAt, room)
      } else exports.ct_fixed(B, a.table, scalarAt)
      forgetScalar()
      return take(B)
    },
    /** k·a for a public k below 2²⁵⁵. */
    multiply: (a: WasmPoint, k: bigint): WasmPoint => {
      putScalar(scalarAt, k)
      if (a.table === undefined) {
        put(A, a)
        exports.vt_multiply(B, A, scalarAt)
      } else exports.ct_fixed(B, a.table, scalarAt)
      return take(B)
    },
    /** Σ k_i·a_i for public k_i below q. */
    sum: (points: readonly WasmPoint[], scalars: readonly bigint[]): WasmPoint => {
      const at = laidOut(points)
      return sumAt(at, points.length, scalars)
    },
    /** x and y, 32 bytes each, little-endian, of every point, one after the other. One inversion for all. */
    affine: (points: readonly WasmPoint[]): Uint8Array => affineAt(laidOut(points), points.length),
    /** The point of 32 bytes of RFC 8032 whose y is below p, in the subgroup or not. */
    decompress: (bytes: Uint8Array): WasmPoint | undefined => {
      view.set(bytes, bytesAt)
      return exports.vt_decompress(A, bytesAt) === 0 ? undefined : take(A)
    },
    isInSubgroup: (a: WasmPoint): boolean => {
      put(A, a)
      return exports.vt_isInSubgroup(A) !== 0
    },
    /**
     * Eight times each of n affine points (x, y, 32 bytes each, little-endian, below p), which are in the subgroup whatever the points were;
     * or the index of the first that is not on the curve. The answers hold until the next call
     * of any function here.
     */
    eightfold: (affine: Uint8Array): Eightfold | number => {
      const n = affine.length / 64
      const hints = bulk + n * pointSize
      reserve(hints + affine.length)
      view.set(affine, hints)
      const bad = exports.vt_eightfold(bulk, hints, n)
      return bad < n
        ? bad
        : {
            affine: affineAt(bulk, n),
            at: (i) => take(bulk + i * pointSize),
            affineOf: (points) => {
              const at = bulk + n * pointSize
              reserve(at + points.length * pointSize)
              for (const [i, point] of points.entries()) put(at + i * pointSize, point)
              return affineAt(at, points.length)
            },
            sum: (scalars, more) => {
              reserve(bulk + (n + more.length) * pointSize)
              for (const [i, [point]] of more.entries()) put(bulk + (n + i) * pointSize, point)
              return sumAt(bulk, n + more.length, [...scalars, ...more.map(([, k]) => k)])
            },
          }
    },
  }
}

/** Points eight times what hints said, in the module's memory. */
export type Eightfold = {
  /** x and y of each. */
  readonly affine: Uint8Array
  readonly at: (i: number) => WasmPoint
  /** x and y of other points, these ones left where they are. */
  readonly affineOf: (points: readonly WasmPoint[]) => Uint8Array
  /** Σ k_i·(point i) + Σ k·(more). */
  readonly sum: (scalars: readonly bigint[], more: readonly (readonly [WasmPoint, bigint])[]) => WasmPoint
}

function instantiate(): CurveExports | undefined {
  const bytes = fromBase64(curve25519Module)
  assert(bytes.kind === 'ok', 'the module was generated')
  try {
    // The module's exports are what the test that rebuilds it compiled them to be.
    return new WebAssembly.Instance(new WebAssembly.Module(bytes.value)).exports as CurveExports
  } catch {
    return undefined
  }
}
