import * as fc from '../../node_modules/fast-check/lib/fast-check.js'

// Stands in for fast-check when QUORATE_RUNS is set (see vitest.config.ts): every property is asked that many times as often, also where
// a test names its own number. A failure prints its seed as ever. With QUORATE_SEED every property is asked the same each time: a mutant must not
// be noticed, or missed, by luck.

const factor = Number(process.env['QUORATE_RUNS'])
const seed = process.env['QUORATE_SEED']

/** fast-check's `assert`, with more runs. */
export function assert<Ts>(property: fc.IRawProperty<Ts>, parameters: fc.Parameters<Ts> = {}): Promise<void> | void {
  const usual = parameters.numRuns ?? fc.readConfigureGlobal().numRuns ?? 100
  const fixed = seed === undefined ? {} : { seed: Number(seed) }
  return fc.assert(property, { ...parameters, ...fixed, numRuns: Math.ceil(usual * factor) })
}

export * from '../../node_modules/fast-check/lib/fast-check.js'
export default { ...fc, assert }
