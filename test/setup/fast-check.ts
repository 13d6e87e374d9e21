import * as fc from '../../node_modules/fast-check/lib/fast-check.js'

// Stands in for fast-check in every test (see vitest.config.ts). `npm test` asks each property the same cases every time, so that a red run
// speaks of the change and not of the dice; the nightly run draws others. With QUORATE_RUNS every property is asked that many times as often,
// also where a test names its own number, and from a seed of its own; a failure prints it as ever, and QUORATE_SEED asks it again. A mutant
// must not be noticed, or missed, by luck: its tests are asked from one seed too.

const factor = process.env['QUORATE_RUNS']
const usualSeed = 20_261_122

function seedOf(): { readonly seed?: number } {
  const asked = process.env['QUORATE_SEED']
  if (asked !== undefined) return { seed: Number(asked) }
  return factor === undefined ? { seed: usualSeed } : {}
}

/** fast-check's `assert`, from the usual seed or with more runs. */
export function assert<Ts>(property: fc.IRawProperty<Ts>, parameters: fc.Parameters<Ts> = {}): Promise<void> | void {
  const usual = parameters.numRuns ?? fc.readConfigureGlobal().numRuns ?? 100
  return fc.assert(property, { ...parameters, ...seedOf(), numRuns: Math.ceil(usual * Number(factor ?? '1')) })
}

/** fast-check's `sample`, from the usual seed where the test names none. */
export function sample<T>(generator: fc.IRawProperty<T> | fc.Arbitrary<T>, parameters: fc.Parameters<T> | number = {}): T[] {
  const own = typeof parameters === 'number' ? { numRuns: parameters } : parameters
  return fc.sample(generator, { ...seedOf(), ...own })
}

export * from '../../node_modules/fast-check/lib/fast-check.js'
export default { ...fc, assert, sample }
