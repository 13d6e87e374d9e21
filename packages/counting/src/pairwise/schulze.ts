// Schulze's method (M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
// method, Social Choice and Welfare 36, 2011; section 2).
import { compareWins, winOf, type Preferences, type Strength, type Win } from './matrix.ts'

/** The strongest path between two candidates: its weakest win, and the candidates it passes, both ends included. Null: no path. */
export type Path = { readonly weakest: Win; readonly through: readonly number[] }

/** Strongest paths from the row's candidate to the column's. */
export type Paths = readonly (readonly (Path | null)[])[]

/** The strongest of all paths of wins, for each pair (section 2.3.1, after Floyd and Warshall). */
export function strongestPaths(preferences: Preferences, strength: Strength): Paths {
  const paths: (Path | null)[][] = preferences.map((_, a) =>
    preferences.map((__, b): Path | null => {
      const win = winOf(preferences, a, b)
      return win === null ? null : { weakest: win, through: [a, b] }
    }),
  )
  for (const [middle, onward] of paths.entries())
    for (const [from, row] of paths.entries()) {
      const first = row[middle] ?? null
      if (from === middle || first === null) continue
      for (const [to, second] of onward.entries()) {
        if (to === from || to === middle || second === null) continue
        const weakest = compareWins(strength, first.weakest, second.weakest) <= 0 ? first.weakest : second.weakest
        const known = row[to] ?? null
        if (known === null || compareWins(strength, weakest, known.weakest) > 0)
          row[to] = { weakest, through: [...first.through, ...second.through.slice(1)] }
      }
    }
  return paths
}

/** Whether the first comes before the second: a stronger path leads from it than back (section 2.2). A strict partial order. */
export function isBefore(paths: Paths, strength: Strength, a: number, b: number): boolean {
  const there = paths[a]?.[b] ?? null
  const back = paths[b]?.[a] ?? null
  return there !== null && (back === null || compareWins(strength, there.weakest, back.weakest) > 0)
}
