import type { PackedProfile } from '../papers/packed.ts'
import { mergedPapers, type Profile, type Rank } from '../papers/profile.ts'

/**
 * What a paper says of a candidate it leaves out: ranked `last`, below all it ranks and level with all others it leaves out; or `no opinion`
 * about them and anybody.
 */
export type Unranked = 'last' | 'no opinion'

/** How strong a win of `wins` over `losses` papers is: by the winning votes, ties among them by fewer losing votes; or by the margin. */
export type Strength = 'winning votes' | 'margins'

/**
 * Papers that prefer the row's candidate to the column's. Candidates who withdrew have nothing but zeros. A skipped rank says nothing,
 * equal ranks prefer neither.
 */
export type Preferences = readonly (readonly number[])[]

/** Counts every pair of candidates. Blank papers prefer nobody to anybody. */
export function preferencesOf(profile: Profile, unranked: Unranked): Preferences {
  const n = profile.candidates.length
  const table = Array.from({ length: n }, () => Array.from({ length: n }, () => 0))
  const standing = profile.candidates.map((_, c) => !profile.withdrawn.includes(c))
  for (const { weight, ranking } of mergedPapers(profile.papers)) {
    const ranks = levels(ranking, standing)
    const named = new Set(ranks.flat())
    const rest = standing.flatMap((stands, c) => (stands && !named.has(c) ? [c] : []))
    if (unranked === 'last' && ranks.length > 0) ranks.push(rest)
    for (const [i, level] of ranks.entries())
      for (const lower of ranks.slice(i + 1))
        for (const a of level) {
          const row = table[a] ?? []
          for (const b of lower) row[b] = (row[b] ?? 0) + weight
        }
  }
  return table
}

/** The table of pairs from packed papers, and how many papers rank somebody who stands. */
export type PackedPairs = { readonly preferences: Preferences; readonly naming: number }

/**
 * The same from packed papers, for a million of them: each different ranking is gone through once, and only the pairs it ranks both of are
 * looked at. Whom a paper leaves out follows from two sums: it puts a above b when it names a, unless b stands before a. Papers with equal or
 * skipped ranks are few and take the way above.
 */
export function packedPairs(profile: PackedProfile, unranked: Unranked): PackedPairs {
  const { packed, candidates, withdrawn, odd } = profile
  const n = candidates.length
  const before = new Float64Array(n * n) // papers that rank the row before the column; whole numbers below 2^53, as are all here
  const named = new Float64Array(n)
  const standing = Uint8Array.from(candidates, (_, c) => (withdrawn.includes(c) ? 0 : 1))
  const ranking = new Uint16Array(n)
  const { starts, ranks, weights } = packed
  let naming = 0
  for (let paper = 0; paper < weights.length; paper++) {
    const end = starts[paper + 1] ?? 0
    const weight = weights[paper] ?? 0
    let length = 0
    for (let i = starts[paper] ?? 0; i < end; i++) {
      const b = ranks[i] ?? 0
      if (standing[b] === 0) continue
      for (let j = 0; j < length; j++) {
        const pair = (ranking[j] ?? 0) * n + b
        before[pair] = (before[pair] ?? 0) + weight
      }
      named[b] = (named[b] ?? 0) + weight
      ranking[length++] = b
    }
    if (length > 0) naming += weight
  }
  const rest = preferencesOf({ ...profile, papers: odd }, unranked)
  const ahead = (a: number, b: number): number => {
    if (a === b || standing[a] === 0 || standing[b] === 0) return 0
    return unranked === 'last' ? (named[a] ?? 0) - (before[b * n + a] ?? 0) : (before[a * n + b] ?? 0)
  }
  const preferences = candidates.map((_, a) => candidates.map((__, b) => ahead(a, b) + (rest[a]?.[b] ?? 0)))
  const isNamed = (rank: Rank): boolean => (typeof rank === 'number' ? standing[rank] === 1 : rank.some((c) => standing[c] === 1))
  for (const { weight, ranking: levelsOf } of odd) if (levelsOf.some(isNamed)) naming += weight
  return { preferences, naming }
}

/** The candidates of a paper level by level, without skipped ranks and without those who withdrew. */
const levels = (ranking: readonly Rank[], standing: readonly boolean[]): (readonly number[])[] =>
  ranking
    .map((rank) => (typeof rank === 'number' ? [rank] : rank).filter((c) => standing[c] === true))
    .filter((level) => level.length > 0)

/** One candidate ahead of another: papers for the winner, papers for the loser. */
export type Win = { readonly winner: number; readonly loser: number; readonly for: number; readonly against: number }

/** The win of one over the other, or null when they are level or it is the other way round. */
export function winOf(preferences: Preferences, winner: number, loser: number): Win | null {
  const ahead = preferences[winner]?.[loser] ?? 0
  const behind = preferences[loser]?.[winner] ?? 0
  return ahead > behind ? { winner, loser, for: ahead, against: behind } : null
}

/** All wins, by winner, then loser. */
export function winsOf(preferences: Preferences): readonly Win[] {
  return preferences.flatMap((_, a) => preferences.flatMap((__, b) => winOf(preferences, a, b) ?? []))
}

/** Positive where the first win is stronger, 0 where they are as strong. */
export function compareWins(strength: Strength, a: Win, b: Win): number {
  return strength === 'margins' ? a.for - a.against - (b.for - b.against) : a.for - b.for || b.against - a.against
}

/** Whoever beats everybody else who stands, or null. */
export function condorcetWinner(preferences: Preferences, standing: readonly number[]): number | null {
  return standing.find((a) => standing.every((b) => a === b || winOf(preferences, a, b) !== null)) ?? null
}
