// An election of 26 members in 8 regions with 57 candidates, made up the same way each time: the places of a real one in 2022, whose papers
// were never published.
import type { LotOrder, Paper, Profile } from '../src/index.ts'
import type { Floors, Groups } from './generations.ts'

/** One region's papers, and who belongs to which group. */
export type Region = {
  readonly name: string
  readonly profile: Profile
  readonly groups: Groups
  readonly disabled: readonly number[]
  readonly lgbt: readonly number[]
  readonly young: readonly number[]
  /** Minimums of the region, which add up to the 13 women and 6 BAME people of the whole. */
  readonly least: Floors
  readonly lot: LotOrder
}

const shape = [
  ['London and the east', 6, 12, 3, 2],
  ['the north', 5, 10, 3, 1],
  ['the midlands', 4, 9, 2, 1],
  ['Yorkshire, Northern Ireland and abroad', 3, 7, 2, 1],
  ['the south-east', 3, 6, 2, 1],
  ['the south-west', 3, 6, 1, 0],
  ['Scotland', 1, 4, 0, 0],
  ['Wales', 1, 3, 0, 0],
] as const

/** xorshift of 32 bits (Marsaglia, 2003): whole numbers below `n`. */
function source(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % n
  }
}

/** The eight regions. */
export const regions = (): readonly Region[] => {
  const below = source(2022)
  let number = 0
  return shape.map(([name, seats, candidates, women, bame]): Region => {
    const all = Array.from({ length: candidates }, (_, c) => c)
    const names = all.map(() => `Candidate ${++number}`)
    // Fewer women and BAME people stand, and they stand later on most papers: without that no quota would ever bind.
    const pull = all.map((c) => below(60) + (c % 5 === 1 || c % 5 === 3 ? 45 : 0) + (c % 4 === 2 ? 30 : 0))
    const papers = Array.from({ length: 10 + candidates }, (): Paper => {
      const ranking = all
        .map((c) => ({ c, at: (pull[c] ?? 0) + below(80) }))
        .sort((a, b) => a.at - b.at || a.c - b.c)
        .map(({ c }) => c)
      return { weight: 5 + below(90), ranking: ranking.slice(0, 2 + below(candidates - 1)) }
    })
    return {
      name,
      profile: { title: name, candidates: names, withdrawn: [], seats, papers },
      groups: {
        women: all.filter((c) => c % 5 === 1 || c % 5 === 3),
        other: all.filter((c) => c % 10 === 4),
        bame: all.filter((c) => c % 4 === 2),
      },
      disabled: all.filter((c) => c % 6 === 3),
      lgbt: all.filter((c) => c % 5 === 2),
      young: all.filter((c) => c % 7 === 1),
      least: { women, bame },
      lot: all,
    }
  })
}
