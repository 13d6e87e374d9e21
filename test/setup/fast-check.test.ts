import fc from 'fast-check'
import { expect, test, vi } from 'vitest'

/** How often a property is asked by the stand-in, with QUORATE_RUNS set to 3. */
async function runsOf(parameters: { readonly numRuns?: number } = {}): Promise<number> {
  vi.resetModules()
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

test('beside the other tests a property is asked the same each time; asked oftener, or by a seed, other cases', async () => {
  const askedWith = async (env: Readonly<Record<string, string | undefined>>): Promise<readonly number[]> => {
    vi.resetModules()
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    const { assert, sample } = await import('./fast-check.ts')
    const asked = [...sample(fc.nat(), 5)]
    await assert(
      fc.property(fc.nat(), (n) => {
        asked.push(n)
      }),
    )
    vi.unstubAllEnvs()
    return asked
  }
  const usual = await askedWith({ QUORATE_RUNS: undefined, QUORATE_SEED: undefined })
  expect(await askedWith({ QUORATE_RUNS: undefined, QUORATE_SEED: undefined })).toEqual(usual)
  expect(await askedWith({ QUORATE_RUNS: undefined, QUORATE_SEED: '7' })).not.toEqual(usual)
  expect(await askedWith({ QUORATE_RUNS: '1', QUORATE_SEED: undefined })).not.toEqual(usual)
})
