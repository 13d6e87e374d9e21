import { engineOf, fastEd25519, seededRandom } from '@quorate/ballots'
import { appendFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/*
 * Welch's t-test on running times (Reparaz, Balasch, Verbauwhede: Dude, is my code constant time?, 2017): one fixed secret against random
 * ones, in an order drawn anew. The slowest tenth of all is left out: interruptions, not secrets. |t| above 4.5 would be a leak that can be
 * seen from outside. A just-in-time compiler promises nothing, so this says what was seen and no more.
 */

const engine = engineOf('Ed25519', { wasm: fastEd25519 })
const { q } = engine
const measurements = Number(process.env['QUORATE_TIMINGS'] ?? 40_000)

function welch(a: readonly number[], b: readonly number[]): number {
  const moments = (x: readonly number[]): readonly [number, number] => {
    const mean = x.reduce((sum, each) => sum + each, 0) / x.length
    return [mean, x.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (x.length - 1) / x.length]
  }
  const [[meanA, errorA], [meanB, errorB]] = [moments(a), moments(b)]
  return (meanA - meanB) / Math.sqrt(errorA + errorB)
}

function t(fixed: bigint, run: (k: bigint) => unknown): number {
  const random = seededRandom(new Uint8Array(32).fill(3))
  const draw = (): bigint => random(32).reduce((n, byte) => (n << 8n) | BigInt(byte), 0n) % q
  for (let i = 0; i < 2_000; i++) run(draw())
  const timed: { readonly isFixed: boolean; readonly took: number }[] = []
  for (let i = 0; i < measurements; i++) {
    const isFixed = ((random(1)[0] ?? 0) & 1) === 1
    const drawn = draw()
    // The same copying for both, so that neither is nearer to the processor.
    const k = isFixed ? (drawn ^ drawn) + fixed : drawn + (fixed ^ fixed)
    const began = performance.now()
    run(k)
    timed.push({ isFixed, took: performance.now() - began })
  }
  const cut = timed.map(({ took }) => took).toSorted((x, y) => x - y)[Math.floor(0.9 * timed.length)] ?? Infinity
  const kept = (wanted: boolean): readonly number[] =>
    timed.filter(({ isFixed, took }) => isFixed === wanted && took < cut).map(({ took }) => took)
  return welch(kept(true), kept(false))
}

const point = engine.multiply(engine.generator, 4711n)
const secrets: readonly (readonly [string, bigint])[] = [
  ['digits all fifteen', (1n << 252n) - 1n],
  ['one bit at the top', 1n << 252n],
  ['a random one', 0x1234_5678_9abc_def0_fedc_ba98_7654_3210_0f1e_2d3c_4b5a_6978_8796_a5b4_c3d2_e1f0n % q],
]
describe.each([
  ['a product of the base', (k: bigint) => engine.multiplyBaseSecret(k)],
  ['a product of another element', (k: bigint) => engine.multiplySecret(point, k)],
] as const)('%s by a secret', (name, run) => {
  it.each(secrets)('takes as long for %s as for random ones', (which, fixed) => {
    const found = t(fixed, run)
    const notes = process.env['QUORATE_NOTES']
    if (notes !== undefined) appendFileSync(notes, `${name} by a secret, ${which} against random ones: t = ${found.toFixed(2)}\n`)
    expect(Math.abs(found)).toBeLessThan(4.5)
  })
})
