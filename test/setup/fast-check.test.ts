import fc from 'fast-check'
import { expect, test, vi } from 'vitest'

/** How often a property is asked by the stand-in, with QUORATE_RUNS set to 3. */
async function runsOf(parameters: { readonly numRuns?: number } = {}): Promise<number> {
  vi.stubEnv('QUORATE_RUNS', '3')
  const { assert } = await import('./fast-check.ts')
  vi.unstubAllEnvs()
  let runs = 0
  await assert(
    fc.property(fc.nat(), () => {
      runs++
    }),
    parameters,
  )
  return runs
}

test('a property is asked three times as often, also where its test names a number', async () => {
  expect(await runsOf()).toBe(300)
  expect(await runsOf({ numRuns: 7 })).toBe(21)
})
