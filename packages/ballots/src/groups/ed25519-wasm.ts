import { assert, fail, ok, type Result } from '@quorate/kernel'

import { answerLock } from './answer-lock.ts'
import { startCurve, textSize, type WasmPoint } from './curve25519.ts'
import { ed25519Engine, isCanonicalEd25519 } from './ed25519.ts'
import type { Bulk, ElementFault, Embedding, Engine } from './engine.ts'

/** Texts that stand behind each other, each with a comma. */
const textsIn = (texts: string): readonly string[] =>
  Array.from({ length: texts.length / textSize }, (_, i) => texts.slice(i * textSize, (i + 1) * textSize - 1))

/** Whether 32 bytes, little-endian, are a number below p = 2²⁵⁵ − 19. */
function isBelowP(bytes: Uint8Array, at: number): boolean {
  const top = bytes[at + 31] ?? 255
  if (top !== 127) return top < 127
  for (let i = at + 30; i > at; i--) if (bytes[i] !== 255) return true
  return (bytes[at] ?? 255) < 237
}

/** The point of the subgroup eight times which is the generator of RFC 8032 §5.1: so no start has to divide. */
const eighthOfGenerator = '3d9390a2c053afc0dea48c9001849191a146a16791732e2f35d1e156463d379b'

let engine: Engine<WasmPoint> | undefined

/**
 * The engine of Ed25519 on our WebAssembly arithmetic, or noble's where there is none. Secret products take the constant-time functions
 * (`ct_`), public ones the variable-time (`vt_`); noble is the oracle of every one. Started once.
 */
export const fastEd25519 = (): Engine<WasmPoint> | typeof ed25519Engine => (engine ??= makeEngine()) ?? ed25519Engine

function makeEngine(): Engine<WasmPoint> | undefined {
  const { q } = ed25519Engine
  const curve = startCurve()
  if (curve === undefined) return undefined
  const encode = (a: WasmPoint): string => curve.texts([a]).slice(0, -1)

  function decode(text: string, allowIdentity = false): Result<WasmPoint, ElementFault> {
    if (!isCanonicalEd25519(text)) return fail('not canonical')
    const point = curve?.decompress(BigInt(`0x${text}`))
    if (point === undefined) return fail('not in the group')
    if (curve?.equal(point, identity) === true) return allowIdentity ? ok(identity) : fail('identity')
    return curve?.isInSubgroup(point) === true ? ok(point) : fail('not in the group')
  }
  const oracleText = (text: string): WasmPoint => {
    const point = curve.decompress(BigInt(`0x${text}`))
    assert(point !== undefined, 'noble and our arithmetic have the same points')
    return point
  }
  const { identity } = curve
  const generator = curve.prepare(curve.eightTimes(oracleText(eighthOfGenerator)))
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
  const bulk: Bulk<WasmPoint> = {
    textsOf: (elements) => textsIn(curve.texts(elements)),
    stream: curve.stream,
    open: (hints) => {
      for (let at = 0; at < hints.length; at += 32) if (!isBelowP(hints, at)) return Math.floor(at / 64)
      const opened = curve.eightfold(hints)
      if (typeof opened === 'number') return opened
      const { texts, at, challenge, sum, textsOf: textsFor } = opened
      return {
        textsFrom: (i, n) => texts.slice(i * textSize, (i + n) * textSize - 1),
        challenge,
        at,
        textsOf: (elements) => textsIn(textsFor(elements)),
        cancel: (scalars, more) => curve.equal(sum(scalars, more), identity),
      }
    },
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
    sha256: curve.sha256,
    hintsOf: (elements) => curve.affine(elements.map(curve.eighth)),
    lock: answerLock(curve.room, generator),
    bulk,
  }
}
