import type { PackedProfile } from '../packed.ts'
import { mergedPapers, type Profile, type Rank } from '../profile.ts'

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

/**
 * The same from packed papers, for a million of them: each different ranking is gone through once. Papers with equal or skipped ranks are
 * few and take the way above.
 */
export function packedPreferences(profile: PackedProfile, unranked: Unranked): Preferences {
  const { packed, candidates, withdrawn, odd } = profile
  const n = candidates.length
  const table = new Float64Array(n * n) // whole numbers below 2^53: a profile has no more papers
  const standing = Uint8Array.from(candidates, (_, c) => (withdrawn.includes(c) ? 0 : 1))
  const named = new Int32Array(n).fill(-1)
  const { starts, ranks, weights } = packed
  for (let paper = 0; paper < weights.length; paper++) {
    const [start, end, weight] = [starts[paper] ?? 0, starts[paper + 1] ?? 0, weights[paper] ?? 0]
    let ranked = 0
    for (let i = start; i < end; i++) {
      const a = ranks[i] ?? 0
      if (standing[a] === 0) continue
      ranked += 1
      named[a] = paper
      for (let j = i + 1; j < end; j++) {
        const b = ranks[j] ?? 0
        if (standing[b] === 1) table[a * n + b] = (table[a * n + b] ?? 0) + weight
      }
    }
    if (unranked === 'no opinion' || ranked === 0) continue
    for (let b = 0; b < n; b++) {
      if (standing[b] === 0 || named[b] === paper) continue
      for (let i = start; i < end; i++) {
        const a = ranks[i] ?? 0
        if (standing[a] === 1) table[a * n + b] = (table[a * n + b] ?? 0) + weight
      }
    }
  }
  const rest = preferencesOf({ ...profile, papers: odd }, unranked)
  return candidates.map((_, a) => candidates.map((__, b) => (table[a * n + b] ?? 0) + (rest[a]?.[b] ?? 0)))
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
