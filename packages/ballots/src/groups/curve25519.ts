import { assert, fromBase64 } from '@quorate/kernel'

import { curve25519Module } from './curve25519.generated.ts'

/** What the module exports: see packages/ballots/wasm. All arguments but counts are addresses. */
type CurveExports = {
  readonly memory: WebAssembly.Memory
  readonly init: () => void
  readonly add: (r: number, p: number, cached: number) => void
  readonly negate: (r: number, p: number) => void
  readonly cache: (cached: number, p: number) => void
  readonly equal: (p: number, q: number) => number
  readonly eightfold: (r: number, p: number) => void
  readonly totals: (out: number, pairs: number, n: number) => void
  readonly areNormal: (points: number, n: number) => number
  readonly normalise: (points: number, n: number, work: number) => void
  readonly affine: (out: number, points: number, n: number) => void
  readonly texts: (out: number, points: number, n: number) => void
  readonly table: (at: number, p: number, room: number) => void
  readonly ct_fixed: (r: number, table: number, scalar: number) => void
  readonly ct_multiply: (r: number, p: number, scalar: number, room: number) => void
  readonly ct_scalars: (out: number, random: number, n: number) => void
  readonly ct_sum: (r: number, a: number, b: number) => void
  readonly ct_encrypt: (
    points: number,
    eighths: number,
    scalars: number,
    bits: number,
    n: number,
    base: number,
    key: number,
  ) => void
  readonly ct_commit: (
    points: number,
    eighths: number,
    drawn: number,
    known: number,
    n: number,
    base: number,
    key: number,
  ) => void
  readonly ct_respond: (out: number, hash: number, drawn: number, known: number, n: number, chosen: number) => void
  readonly vt_decompress: (r: number, bytes: number) => number
  readonly vt_eightfold: (points: number, affine: number, n: number) => number
  readonly vt_eighth: (r: number, p: number) => number
  readonly vt_multiply: (r: number, p: number, scalar: number) => void
  readonly ct_hashStart: () => void
  readonly ct_hashBlocks: (at: number, n: number) => void
  readonly ct_hashEnd: (out: number, message: number, length: number, total: number) => void
  readonly ct_stream: (out: number, seed: number, first: number, n: number) => void
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

/**
 * A point, 320 bytes as the module has it; `table`: address of the tables of its eighth's multiples, if they were made; `eighth`: its eighth where
 * that is known.
 */
export type WasmPoint = { readonly bytes: Uint8Array; readonly table?: number; readonly eighth?: Uint8Array }

/** Bytes of a point. */
export const pointSize = 320
const tablePoints = 32 * 8
const tableSize = tablePoints * 96
/** Keys with tables, the base included, each 24 KB. A page prepares a few keys in its life; more are multiplied without. */
const tablesMax = 12
// Where what stands, above the module's own scratch.
const A = 16_384
const B = A + pointSize
const C = B + pointSize
// The eighth of the point last looked at.
const D = C + pointSize
const scalarAt = D + pointSize
const bytesAt = scalarAt + 32
const room = bytesAt + 64
const firstTable = room + 16 * pointSize
const message = firstTable + tablesMax * tableSize
/** Longest statement of a challenge: a ballot of 500 answers has some 400,000 bytes. Longer texts are hashed a piece at a time. */
const messageMax = 2 ** 19
const bulk = message + messageMax + 128

/** Characters of a point's wire text with the comma behind it. */
export const textSize = 65
/** `|`, which stands between a statement and its commitments. */
const bar = 124
const ascii = new TextDecoder('latin1')
const utf8 = new TextEncoder()

const shortBelow = 1n << 130n
/**
 * The width of Pippenger's windows that needs the fewest products of the field: 7 for each digit of a scalar, 18 for each bucket of each
 * window, 8 for each of 255 doublings. `long`, `short`: how many scalars have some 253 bits, and some 128.
 */
function widthFor(long: number, short: number): number {
  let [best, least] = [2, Infinity]
  for (let width = 2; width <= 14; width++) {
    const windows = Math.floor(255 / width) + 1
    const cost = 7 * (long * windows + short * Math.ceil(129 / width)) + 18 * windows * 2 ** (width - 1)
    if (cost < least) [best, least] = [width, cost]
  }
  return best
}

/** Writes a number as 32 bytes, little-endian. */
function setScalar(words: DataView, at: number, k: bigint): void {
  words.setBigUint64(at, k, true)
  words.setBigUint64(at + 8, k >> 64n, true)
  words.setBigUint64(at + 16, k >> 128n, true)
  words.setBigUint64(at + 24, k >> 192n, true)
}

/**
 * Starts the WebAssembly arithmetic of Curve25519, some ten times faster than noble's; undefined where there is no WebAssembly or a policy
 * forbids it. Synchronous: 9 KB are read in a millisecond or two, and each function is compiled when it is first called.
 */
export function startCurve() {
  const exports = instantiate()
  if (exports === undefined) return undefined
  const { memory } = exports
  let view = new Uint8Array(memory.buffer)
  let words = new DataView(memory.buffer)
  let messageView = view.subarray(message, message + messageMax)
  const reserve = (end: number): void => {
    if (end <= view.length) return
    memory.grow(Math.ceil((end - view.length) / 65_536))
    // Growing detaches every view, so none is held elsewhere.
    view = new Uint8Array(memory.buffer)
    words = new DataView(memory.buffer)
    messageView = view.subarray(message, message + messageMax)
  }
  reserve(bulk)
  exports.init()
  let tables = 0
  // Whose eighth stands at D.
  let divided: WasmPoint | undefined

  const put = (at: number, { bytes }: WasmPoint): void => {
    view.set(bytes, at)
  }
  const take = (at: number): WasmPoint => ({ bytes: view.slice(at, at + pointSize) })
  const putScalar = (at: number, k: bigint): void => {
    setScalar(words, at, k)
  }
  const forgetScalar = (): void => {
    view.fill(0, scalarAt, scalarAt + 32)
  }

  /** Whether a point is in the subgroup; its eighth goes to D. */
  const divide = (a: WasmPoint): boolean => {
    put(A, a)
    const isInSubgroup = exports.vt_eighth(D, A) !== 0
    divided = a
    return isInSubgroup
  }
  /** B = the scalar that was put, times the point that has these tables. */
  const fixed = (table: number): void => {
    exports.ct_fixed(A, table, scalarAt)
    exports.eightfold(B, A)
  }
  const laidOut = (points: readonly WasmPoint[]): number => {
    reserve(bulk + points.length * pointSize)
    for (const [i, point] of points.entries()) put(bulk + i * pointSize, point)
    return bulk
  }
  /** Brings n points at an address to Z = 1 and gives what lies behind them, from where on there is room for `more` bytes. */
  const normalised = (points: number, n: number, more = 0): number => {
    const work = points + n * pointSize
    reserve(work + Math.max(n * 80, more))
    exports.normalise(points, n, work)
    return work
  }
  const textAt = (points: number, n: number, out: number): string => {
    reserve(out + n * textSize)
    exports.texts(out, points, n)
    return ascii.decode(view.subarray(out, out + n * textSize))
  }
  /** The sum of n points with Z = 1 that lie at an address, and nothing behind them. */
  const sumAt = (points: number, n: number, scalars: readonly bigint[]): WasmPoint => {
    const long = scalars.reduce((count, k) => count + Number(k >= shortBelow), 0)
    const width = widthFor(long, n - long)
    const scalarsAt = points + n * pointSize
    const buckets = scalarsAt + n * 32
    const cached = buckets + 2 ** (width - 1) * pointSize
    const digits = cached + n * 240
    reserve(digits + n * 2 * (Math.floor(255 / width) + 1))
    for (const [i, k] of scalars.entries()) setScalar(words, scalarsAt + i * 32, k)
    exports.vt_sum(A, points, scalarsAt, n, width, buckets, cached, digits)
    return take(A)
  }

  const uint256 = (at: number): bigint =>
    (words.getBigUint64(at) << 192n) |
    (words.getBigUint64(at + 8) << 128n) |
    (words.getBigUint64(at + 16) << 64n) |
    words.getBigUint64(at + 24)
  /** Lays a text where messages are hashed; its length in bytes, or undefined where there is no room for it. */
  const putMessage = (text: string): number | undefined => {
    const { read, written } = utf8.encodeInto(text, messageView)
    return read === text.length ? written : undefined
  }

  /** Lays as much of a message as there is room for behind the first bytes of it: how much that is, as it was given and as bytes. */
  const putPiece = (of: string | Uint8Array, from: number): { readonly read: number; readonly written: number } => {
    const place = messageView.subarray(from)
    if (typeof of === 'string') return utf8.encodeInto(of, place)
    const part = of.subarray(0, place.length)
    place.set(part)
    return { read: part.length, written: part.length }
  }
  /** SHA-256 of `statement|` and the texts of `count` points that lie at an address, 32 bytes at the address given back. */
  const challengeAt = (statement: string, texts: number, count: number): number => {
    const length = putMessage(statement)
    assert(length !== undefined && length + count * textSize < messageMax, 'a message of the format bounds its statements')
    view[message + length] = bar
    view.copyWithin(message + length + 1, texts, texts + count * textSize - 1)
    const all = length + count * textSize
    exports.ct_hashStart()
    exports.ct_hashEnd(bytesAt, message, all, all)
    return bytesAt
  }
  const roomFor: CurveRoom = { exports, bulk, reserve, normalised, textAt, challengeAt, bytes: () => view, words: () => words }

  return {
    room: roomFor,
    /** SHA-256 of bytes or of a text's UTF-8, which are not left in memory: the same work for all of a length. */
    sha256: (of: string | Uint8Array): Uint8Array => {
      exports.ct_hashStart()
      let [total, kept] = [0, 0]
      for (let rest = of; ;) {
        const { read, written } = putPiece(rest, kept)
        total += written
        const length = kept + written
        if (read === rest.length) {
          exports.ct_hashEnd(bytesAt, message, length, total)
          view.fill(0, message, message + Math.min(total, messageMax) + 128)
          return view.slice(bytesAt, bytesAt + 32)
        }
        // What is left of the last block leads the next piece.
        kept = length % 64
        exports.ct_hashBlocks(message, (length - kept) / 64)
        view.copyWithin(message, message + length - kept, message + length)
        rest = rest.slice(read)
      }
    },
    /** `n` blocks of 32 bytes, from number `first` on, of the stream that a seed of 32 bytes gives: see `seededRandom`. */
    stream: (seed: Uint8Array, first: number, n: number): Uint8Array => {
      assert(n * 32 <= messageMax, 'so many blocks have room')
      view.set(seed, bytesAt)
      exports.ct_stream(message, bytesAt, first, n)
      return view.slice(message, message + n * 32)
    },
    identity: identityPoint(),
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
      reserve(bulk + tablePoints * (pointSize + 80))
      if (a.eighth !== undefined) put(D, { bytes: a.eighth })
      // A key was just found to be in the subgroup.
      else if (divided !== a) divide(a)
      exports.table(table, D, bulk)
      return { ...a, table }
    },
    /** k·a for a secret k below 2²⁵⁵: the same work whatever k. */
    multiplySecret: (a: WasmPoint, k: bigint): WasmPoint => {
      putScalar(scalarAt, k)
      if (a.table === undefined) {
        put(A, a)
        exports.ct_multiply(B, A, scalarAt, room)
      } else fixed(a.table)
      forgetScalar()
      return take(B)
    },
    /** k·a for a public k below 2²⁵⁵. */
    multiply: (a: WasmPoint, k: bigint): WasmPoint => {
      putScalar(scalarAt, k)
      if (a.table === undefined) {
        put(A, a)
        exports.vt_multiply(B, A, scalarAt)
      } else fixed(a.table)
      return take(B)
    },
    /** Σ k_i·a_i for public k_i below q. */
    sum: (points: readonly WasmPoint[], scalars: readonly bigint[]): WasmPoint => {
      const at = laidOut(points)
      if (exports.areNormal(at, points.length) === 0) normalised(at, points.length)
      return sumAt(at, points.length, scalars)
    },
    /** x and y, 32 bytes each, little-endian, of every point, one after the other. One inversion for all. */
    affine: (points: readonly WasmPoint[]): Uint8Array => {
      const [at, n] = [laidOut(points), points.length]
      const out = normalised(at, n)
      exports.affine(out, at, n)
      return view.slice(out, out + n * 64)
    },
    /** The wire text of every point, each followed by a comma: {@link textSize} characters. */
    texts: (points: readonly WasmPoint[]): string => {
      const at = laidOut(points)
      return textAt(at, points.length, normalised(at, points.length))
    },
    /** The point of the 32 bytes of RFC 8032, read as a number, whose y is below p, in the subgroup or not. */
    decompress: (number: bigint): WasmPoint | undefined => {
      setScalar(words, bytesAt, number)
      return exports.vt_decompress(A, bytesAt) === 0 ? undefined : take(A)
    },
    isInSubgroup: divide,
    /** Eight times a point, which carries that one with it. */
    eightTimes: (eighth: WasmPoint): WasmPoint => {
      put(A, eighth)
      exports.eightfold(B, A)
      return { ...take(B), eighth: eighth.bytes }
    },
    /** The point of the subgroup of which this one is eight times. */
    eighth: (a: WasmPoint): WasmPoint => {
      if (a.eighth !== undefined) return { bytes: a.eighth }
      divide(a)
      return take(D)
    },
    /**
     * Eight times each of n affine points (x, y, 32 bytes each, little-endian, below p), which are in the subgroup whatever the points were;
     * or the index of the first that is not on the curve. The answers hold until the next call
     * of any function here.
     */
    eightfold: (affine: Uint8Array): Eightfold | number => {
      const n = affine.length / 64
      // First the texts, which the challenges hash, then the points, then what comes and goes.
      const points = bulk + Math.ceil((n * textSize) / 16) * 16
      const hints = points + n * pointSize
      reserve(hints + affine.length)
      view.set(affine, hints)
      const bad = exports.vt_eightfold(points, hints, n)
      if (bad < n) return bad
      const end = normalised(points, n)
      const behind = (points: readonly WasmPoint[]): number => {
        reserve(end + points.length * pointSize)
        for (const [i, point] of points.entries()) put(end + i * pointSize, point)
        return normalised(end, points.length)
      }
      return {
        texts: textAt(points, n, bulk),
        challenge: (statement, from, count) => uint256(challengeAt(statement, bulk + from * textSize, count)),
        at: (i) => take(points + i * pointSize),
        textsOf: (points) => textAt(end, points.length, behind(points)),
        sum: (scalars, more) => {
          behind(more.map(([point]) => point))
          return sumAt(points, n + more.length, [...scalars, ...more.map(([, k]) => k)])
        },
      }
    },
  }
}

/** 0, 1, 1, 0: X, Y, Z and T in 80 bytes each, the lowest limb first. */
function identityPoint(): WasmPoint {
  const bytes = new Uint8Array(pointSize)
  bytes[80] = bytes[160] = 1
  return { bytes }
}

/** The module and its memory, for work that is laid out elsewhere. Views hold until the next `reserve`. */
export type CurveRoom = {
  readonly exports: CurveExports
  /** Where the room for work begins. */
  readonly bulk: number
  /** Sees to it that there is memory up to an address. */
  readonly reserve: (end: number) => void
  /** Brings n points at an address to Z = 1 and gives what lies behind them, which it writes over. */
  readonly normalised: (points: number, n: number) => number
  /** Writes the wire texts of n such points, {@link textSize} characters each, to `out`. */
  readonly textAt: (points: number, n: number, out: number) => string
  /** SHA-256 of `statement|` and the texts of `count` points that lie at an address, 32 bytes at the address given back. */
  readonly challengeAt: (statement: string, texts: number, count: number) => number
  readonly bytes: () => Uint8Array
  readonly words: () => DataView
}

/** Points eight times what hints said, in the module's memory. */
export type Eightfold = {
  /** The wire text of each, followed by a comma: {@link textSize} characters. */
  readonly texts: string
  /** SHA-256 of `statement|texts`, those of `count` points from number `from` on, as a number, the highest byte first. */
  readonly challenge: (statement: string, from: number, count: number) => bigint
  readonly at: (i: number) => WasmPoint
  /** Such texts of other points, these ones left where they are. */
  readonly textsOf: (points: readonly WasmPoint[]) => string
  /** Σ k_i·(point i) + Σ k·(more). */
  readonly sum: (scalars: readonly bigint[], more: readonly (readonly [WasmPoint, bigint])[]) => WasmPoint
}

/** The module's bytes: by the language itself where it can (ECMAScript 2026), as ours takes a slow phone twelve milliseconds. */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  // Not in the types of the language that we compile for.
  const { fromBase64: own } = Uint8Array as { readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }
  if (own !== undefined) return own.call(Uint8Array, curve25519Module)
  const bytes = fromBase64(curve25519Module)
  assert(bytes.kind === 'ok', 'the module was generated')
  return bytes.value
}

function instantiate(): CurveExports | undefined {
  try {
    // The module's exports are what the test that rebuilds it compiled them to be.
    return new WebAssembly.Instance(new WebAssembly.Module(moduleBytes())).exports as CurveExports
  } catch {
    return undefined
  }
}
