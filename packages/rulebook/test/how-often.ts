import { appendFileSync } from 'node:fs'
import { assert } from '@quorate/kernel'

/** How many times as often as usual properties are asked: more in the nightly run, a third of a mutant. */
export const howOften = Number(process.env['QUORATE_RUNS'] ?? '1')
/** Milliseconds a test may take: as many times as many as its properties are asked oftener. */
export const timeAllowed = (usual: number): number => usual * Math.max(1, howOften)
/** One seed beside the other tests, so that what is asked is always the same; asked oftener, a property draws its own. */
export const seeded = howOften > 1 ? {} : { seed: 20_261_122 }

/**
 * Says what a law was asked: how many of each thing, its cases first. Fails when it was asked fewer cases than it should have been: a law that ends
 * early has not held. The nightly run gathers these lines from its processes (QUORATE_LAWS) and adds them up.
 */
export function asked(law: string, usualRuns: number, counts: Readonly<Record<string, number>>): void {
  const [cases = 0] = Object.values(counts)
  const wanted = Math.ceil(usualRuns * howOften)
  assert(cases >= wanted, `${law}: asked ${cases} of ${wanted} cases`)
  const file = process.env['QUORATE_LAWS']
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ law, counts })}\n`)
}
