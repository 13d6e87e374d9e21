import * as fc from '../../node_modules/fast-check/lib/fast-check.js'

// Stands in for fast-check when QUORATE_RUNS is set (see vitest.config.ts): every property is asked that many times as often, also where
// a test names its own number. A failure prints its seed as ever.

const factor = Number(process.env['QUORATE_RUNS'])

/** fast-check's `assert`, with more runs. */
export function assert<Ts>(property: fc.IRawProperty<Ts>, parameters: fc.Parameters<Ts> = {}): Promise<void> | void {
  const usual = parameters.numRuns ?? fc.readConfigureGlobal().numRuns ?? 100
  return fc.assert(property, { ...parameters, numRuns: Math.ceil(usual * factor) })
}

export * from '../../node_modules/fast-check/lib/fast-check.js'
export default { ...fc, assert }
