import { pippenger } from '@noble/curves/abstract/curve.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { assert, fail, fromHex, ok, type Result, toHex, uintBytes } from '@quorate/kernel'

import type { ElementFault, Embedding, Engine } from './engine.ts'
import { generatorSeed } from '../hash.ts'

type Point = InstanceType<typeof ed25519.Point>

const { BASE, Fn, Fp, ZERO } = ed25519.Point
const signBit = 1n << 255n

/** Bytes of RFC 8032 §5.1.2 in the order of the wire, which is the reverse: the sign bit leads. */
const encode = (a: Point): string => toHex(a.toBytes().reverse())

/** Whether a text is the one spelling of some y: 64 lower-case hex digits, y below p, and no sign where x = 0 (RFC 8032 §5.1.3 step 4). */
export function isCanonicalEd25519(text: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(text)) return false
  const number = BigInt(`0x${text}`)
  const y = number & (signBit - 1n)
  return y < Fp.ORDER && !(number >= signBit && (y === 1n || y === Fp.ORDER - 1n))
}

function decode(text: string, allowIdentity = false): Result<Point, ElementFault> {
  const bytes = fromHex(text)
  if (bytes.kind === 'fail' || !isCanonicalEd25519(text)) return fail('not canonical')
  if (BigInt(`0x${text}`) === 1n) return allowIdentity ? ok(ZERO) : fail('identity')
  let point: Point
  try {
    point = ed25519.Point.fromBytes(bytes.value.reverse(), false)
  } catch {
    return fail('not in the group')
  }
  // The curve has 8q points; only a product by q tells the subgroup from the rest.
  return point.isTorsionFree() ? ok(point) : fail('not in the group')
}

/** noble refuses the scalar 0. The true branch of a ballot proof multiplies by 0, so it must take as long as the others do. */
function multiplySecret(a: Point, k: bigint): Point {
  const product = a.is0() ? ZERO : a.multiply(k === 0n ? 1n : k)
  return k === 0n ? ZERO : product
}

/** Any point of the curve with this y and an even x, of the subgroup or not. */
function pointAt(y: bigint): Point | undefined {
  if (y >= Fp.ORDER) return undefined
  try {
    return ed25519.Point.fromBytes(uintBytes(y, 32).reverse(), false)
  } catch {
    return undefined
  }
}

const found = new Map<number, Point>()

/** 254 bits of H(`ggen|i`), then the next y that a point has, times 8 into the subgroup. Kept: elections of one size use the same ones. */
function independent(i: number): Point {
  const kept = found.get(i)
  if (kept !== undefined) return kept
  let y = generatorSeed(i) >> 2n
  let point = pointAt(y)
  while (point === undefined) point = pointAt(++y)
  const made = point.clearCofactor()
  assert(!made.is0() && !made.equals(BASE), 'a hash gives an independent element')
  found.set(i, made)
  return made
}

/** One number in 16 is an element's, so 256 tries miss once in 1.5·10⁷. 30 × 8 + 14 bits leave the sign bit clear. */
const embedding: Embedding<Point> = {
  bitsPerInt: 8,
  padding: 14,
  listMax: 30,
  tries: 256,
  lift: (number) => {
    const read = number < signBit ? decode(number.toString(16).padStart(64, '0'), true) : fail('not canonical')
    return read.kind === 'ok' ? read.value : undefined
  },
  numberOf: (element) => BigInt(`0x${encode(element)}`),
}

/** noble's Pippenger wants points other than the identity and scalars other than 0. */
function sumOfProducts(terms: readonly (readonly [Point, bigint])[]): Point {
  const real = terms.filter(([point, k]) => k !== 0n && !point.is0())
  if (real.length < 2) return real.reduce((sum, [point, k]) => sum.add(point.multiplyUnsafe(k)), ZERO)
  return pippenger(
    ed25519.Point,
    real.map(([point]) => point),
    real.map(([, k]) => k),
  )
}

const eighth = Fn.inv(8n)

/** x and y of each eighth, 32 bytes each, little-endian. */
function hintsOf(elements: readonly Point[]): Uint8Array {
  const hints = new Uint8Array(64 * elements.length)
  for (const [i, element] of elements.entries()) {
    const { x, y } = element.multiplyUnsafe(eighth).toAffine()
    hints.set(uintBytes(x, 32).reverse(), 64 * i)
    hints.set(uintBytes(y, 32).reverse(), 64 * i + 32)
  }
  return hints
}

/**
 * The prime-order subgroup of Curve25519 in Edwards form, on noble's arithmetic: the reference that any faster engine is checked
 * against, and the fallback where WebAssembly is missing. Secret products take noble's constant-time ladder; JavaScript's big integers
 * promise nothing below that. Source: RFC 8032 §5.1.
 */
export const ed25519Engine: Engine<Point> = {
  name: 'Ed25519',
  q: Fn.ORDER,
  identity: ZERO,
  generator: BASE,
  add: (a, b) => a.add(b),
  negate: (a) => a.negate(),
  prepare: (a) => (a.is0() ? a : a.precompute(8, true)),
  multiply: (a, k) => a.multiplyUnsafe(k),
  multiplyBaseSecret: (k) => multiplySecret(BASE, k),
  multiplySecret,
  equal: (a, b) => a.equals(b),
  sumOfProducts,
  independent,
  encode,
  decode,
  embedding,
  hintsOf,
}
