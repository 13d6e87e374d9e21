/** How many times as often as usual properties are asked: more in the nightly run, a third of a mutant. */
export const howOften = Number(process.env['QUORATE_RUNS'] ?? '1')
/** Milliseconds a test may take: as many times as many as its properties are asked oftener. */
export const timeAllowed = (usual: number): number => usual * Math.max(1, howOften)
/** One seed beside the other tests, so that what is asked is always the same; asked oftener, a property draws its own. */
export const seeded = howOften > 1 ? {} : { seed: 20_261_122 }
