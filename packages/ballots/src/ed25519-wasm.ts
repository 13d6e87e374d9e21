import { assert, fail, fromHex, ok, type Result, toHex } from '@quorate/kernel'

import { startCurve, type WasmPoint } from './curve25519.ts'
import { ed25519Engine } from './ed25519.ts'
import type { ElementFault, Embedding, Engine } from './engine.ts'
import { isCanonicalEd25519 } from './ed25519.ts'

let engine: Engine<WasmPoint> | undefined

/**
 * The engine of Ed25519 on our WebAssembly arithmetic, or noble's where there is none. Secret products take the constant-time functions
 * (`ct_`), public ones the variable-time (`vt_`); noble is the oracle of every one. Started once.
 */
export const fastEd25519 = (): Engine<WasmPoint> | typeof ed25519Engine => (engine ??= makeEngine()) ?? ed25519Engine

function makeEngine(): Engine<WasmPoint> | undefined {
  const { q } = ed25519Engine
  const curve = startCurve(q)
  if (curve === undefined) return undefined
  const encode = (a: WasmPoint): string => toHex(curve.compress([a]).reverse())

  function decode(text: string, allowIdentity = false): Result<WasmPoint, ElementFault> {
    const canonical = isCanonicalEd25519(text)
    const bytes = fromHex(text)
    if (!canonical || bytes.kind === 'fail') return fail('not canonical')
    const point = curve?.decompress(bytes.value.reverse())
    if (point === undefined) return fail('not in the group')
    if (curve?.equal(point, identity) === true) return allowIdentity ? ok(identity) : fail('identity')
    return curve?.isInSubgroup(point) === true ? ok(point) : fail('not in the group')
  }
  const oracleText = (text: string): WasmPoint => {
    const bytes = fromHex(text)
    const point = bytes.kind === 'ok' ? curve.decompress(bytes.value.reverse()) : undefined
    assert(point !== undefined, 'noble and our arithmetic have the same points')
    return point
  }
  const identity = oracleText(ed25519Engine.encode(ed25519Engine.identity))
  const generator = curve.prepare(oracleText(ed25519Engine.encode(ed25519Engine.generator)))
  const independents = new Map<number, WasmPoint>()
  const held = ed25519Engine.embedding
  assert(held !== undefined, 'Ed25519 holds lists')
  const embedding: Embedding<WasmPoint> = {
    bitsPerInt: held.bitsPerInt,
    padding: held.padding,
    listMax: held.listMax,
    tries: held.tries,
    lift: (number) => {
      const read = number < 1n << 255n ? decode(number.toString(16).padStart(64, '0'), true) : fail('not canonical')
      return read.kind === 'ok' ? read.value : undefined
    },
    numberOf: (element) => BigInt(`0x${encode(element)}`),
  }
  return {
    name: 'Ed25519',
    q,
    identity,
    generator,
    add: curve.add,
    negate: curve.negate,
    prepare: curve.prepare,
    multiply: curve.multiply,
    multiplyBaseSecret: (k) => curve.multiplySecret(generator, k),
    multiplySecret: curve.multiplySecret,
    equal: curve.equal,
    sumOfProducts: (terms) =>
      terms.length < 8
        ? terms.reduce((sum, [a, k]) => curve.add(sum, curve.multiply(a, k)), identity)
        : curve.sum(
            terms.map(([a]) => a),
            terms.map(([, k]) => k),
          ),
    independent: (i) => {
      const kept = independents.get(i) ?? oracleText(ed25519Engine.encode(ed25519Engine.independent(i)))
      independents.set(i, kept)
      return kept
    },
    encode,
    decode,
    embedding,
  }
}
