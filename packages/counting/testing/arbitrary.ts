import fc, { type Arbitrary } from 'fast-check'
import type { LotOrder, Profile, Rank } from '../src/index.ts'

/** How often to ask: `usual` times, and as much more in the nightly run as it asks of every property (100 is the library's own). */
export const runs = (usual: number): { readonly numRuns: number } => ({
  numRuns: Math.round((usual * (fc.readConfigureGlobal().numRuns ?? 100)) / 100),
})

/** Records as literals make them, so that `toEqual` compares values and not prototypes. */
const record = <T>(model: { [K in keyof T]: Arbitrary<T[K]> }): Arbitrary<T> => fc.record(model, { noNullPrototype: true })

const ranking = (candidates: number): Arbitrary<readonly number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: candidates }, (_, i) => i),
    { minLength: 0 },
  )

const rankSizes = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 20 })

/** Small elections, rich in ties: 2 to 6 candidates, few papers, low weights. */
export const elections: Arbitrary<{ readonly profile: Profile; readonly lot: LotOrder }> = fc
  .record({ candidates: fc.integer({ min: 2, max: 6 }), seats: fc.integer({ min: 1, max: 4 }) })
  .chain(({ candidates, seats }) =>
    record({
      profile: record({
        title: fc.constant(''),
        candidates: fc.constant(Array.from({ length: candidates }, (_, i) => `C${i + 1}`)),
        withdrawn: fc.constant<readonly number[]>([]),
        seats: fc.constant(seats),
        papers: fc.array(record({ weight: fc.integer({ min: 1, max: 9 }), ranking: ranking(candidates) }), { maxLength: 14 }),
      }),
      lot: fc.shuffledSubarray(
        Array.from({ length: candidates }, (_, i) => i),
        { minLength: candidates },
      ),
    }),
  )

/** Elections as counters meet them: also equal and skipped ranks, blank papers, withdrawn candidates, more seats than candidates. */
export const anyElections: Arbitrary<{ readonly profile: Profile; readonly lot: LotOrder }> = fc
  .record({ candidates: fc.integer({ min: 1, max: 8 }), seats: fc.integer({ min: 1, max: 5 }) })
  .chain(({ candidates, seats }) => {
    const all = Array.from({ length: candidates }, (_, i) => i)
    const plainRanks = fc.shuffledSubarray(all, { minLength: 0 })
    const oddRanks = fc.tuple(plainRanks, rankSizes).map(([order, sizes]) => inRanks(order, sizes))
    const weight = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 6 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 99_999 }) },
    )
    return record({
      profile: record({
        title: fc.constant(''),
        candidates: fc.constant(all.map((i) => `C${i + 1}`)),
        withdrawn: fc.oneof({ weight: 3, arbitrary: fc.constant<number[]>([]) }, { weight: 1, arbitrary: fc.subarray(all) }),
        seats: fc.constant(seats),
        papers: fc.array(
          record({
            weight,
            ranking: fc.oneof({ weight: 6, arbitrary: plainRanks }, { weight: 1, arbitrary: oddRanks }),
          }),
          { maxLength: 16 },
        ),
      }),
      lot: fc.shuffledSubarray(all, { minLength: candidates }),
    })
  })

const name = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.constantFrom('O’Neill', '"Bob" Smith', 'Siân "Sali" Rhŷs', '#1', "''", '李雷', '-3', '0'),
  )
  // What isName asks of a name.
  .map((text) => text.replace(/[\p{Cc}\u2028\u2029]/gu, '').trim())
  .filter((text) => text !== '')

/** Any profile at all: withdrawn candidates, equal and skipped ranks, odd names. */
export const profiles: Arbitrary<Profile> = fc.integer({ min: 1, max: 6 }).chain((candidates) =>
  record({
    title: fc.oneof(fc.constant(''), name),
    candidates: fc.array(name, { minLength: candidates, maxLength: candidates }),
    withdrawn: fc.subarray(Array.from({ length: candidates }, (_, i) => i)),
    seats: fc.integer({ min: 1, max: 9 }),
    papers: fc.array(
      record({
        weight: fc.integer({ min: 1, max: 1_000_000 }),
        ranking: fc.tuple(ranking(candidates), rankSizes).map(([order, sizes]) => inRanks(order, sizes)),
      }),
      { maxLength: 8 },
    ),
  }),
)

/** Cuts an order into ranks: mostly one candidate each, sometimes none or several. */
function inRanks(order: readonly number[], sizes: readonly number[]): readonly Rank[] {
  const ranks: Rank[] = []
  let at = 0
  for (const size of sizes) {
    if (at >= order.length) break
    const together = order.slice(at, at + size)
    const [only] = together
    ranks.push(together.length === 1 && only !== undefined ? only : together.toSorted((a, b) => a - b))
    at += size
  }
  return ranks
}
