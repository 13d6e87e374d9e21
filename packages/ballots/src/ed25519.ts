import { ed25519 } from '@noble/curves/ed25519.js'
import { fail, fromHex, ok, type Result, toHex } from '@quorate/kernel'

import type { ElementFault, Engine } from './engine.ts'

type Point = InstanceType<typeof ed25519.Point>

const { BASE, Fn, Fp, ZERO } = ed25519.Point
const signBit = 1n << 255n

/** Bytes of RFC 8032 §5.1.2 in the order of the wire, which is the reverse: the sign bit leads. */
const encode = (a: Point): string => toHex(a.toBytes().reverse())

function decode(text: string, allowIdentity = false): Result<Point, ElementFault> {
  const bytes = fromHex(text)
  if (bytes.kind === 'fail' || bytes.value.length !== 32) return fail('not canonical')
  const number = BigInt(`0x${text}`)
  const y = number & (signBit - 1n)
  // Both points with x = 0 have one spelling, without the sign bit (RFC 8032 §5.1.3 step 4).
  if (y >= Fp.ORDER || (number >= signBit && (y === 1n || y === Fp.ORDER - 1n))) return fail('not canonical')
  if (y === 1n) return allowIdentity ? ok(ZERO) : fail('identity')
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
  encode,
  decode,
}
