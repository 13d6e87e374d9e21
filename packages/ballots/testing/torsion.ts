import { ed25519 } from '@noble/curves/ed25519.js'
import { assert, concatBytes, uintBytes, uintOf } from '@quorate/kernel'

import { ed25519Engine } from '../src/groups/ed25519.ts'

type Point = typeof ed25519Engine.generator

/** A point of order 8, from which all eight torsion points come: q times a point outside the subgroup. */
function ofOrderEight(): Point {
  for (let y = 2; ; y++) {
    const bytes = new Uint8Array(32)
    bytes[0] = y
    let point: Point
    try {
      point = ed25519.Point.fromBytes(bytes, false)
    } catch {
      continue
    }
    const small = point.multiplyUnsafe(ed25519Engine.q - 1n).add(point)
    if (!small.double().double().is0()) return small
  }
}

const small = ofOrderEight()

/** Wire texts of the seven torsion points of Curve25519 other than the identity. */
export const torsionPoints: readonly string[] = [1n, 2n, 3n, 4n, 5n, 6n, 7n].map((i) =>
  ed25519Engine.encode(small.multiplyUnsafe(i)),
)

/** An element with a torsion point added: eight times either is the same. */
export function withTorsion(text: string, times = 1n): string {
  const element = ed25519Engine.decode(text)
  assert(element.kind === 'ok', 'an element')
  return ed25519Engine.encode(element.value.add(small.multiplyUnsafe(times)))
}

/** A hint (x and y, 32 bytes each, little-endian) of a point with a torsion point added: a hint of the same element. */
export function hintWithTorsion(hint: Uint8Array): Uint8Array {
  const [x, y] = [hint.slice(0, 32), hint.slice(32)].map((bytes) => uintOf(bytes.reverse()))
  assert(x !== undefined && y !== undefined, 'a hint is two numbers')
  const affine = ed25519.Point.fromAffine({ x, y }).add(small).toAffine()
  return concatBytes(uintBytes(affine.x, 32).reverse(), uintBytes(affine.y, 32).reverse())
}
