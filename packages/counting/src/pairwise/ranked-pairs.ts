// Ranked pairs (T. N. Tideman, Independence of clones as a criterion for voting rules, Social Choice and Welfare 4, 1987): wins are locked
// from the strongest down, each unless it would close a circle. One ranking of the candidates settles wins of one strength (the idea of
// T. M. Zavist and T. N. Tideman, Complete independence of clones in the ranked pairs rule, 6, 1989), in the order Steve Eppley gave for it
// (Election-methods list, March 2003): whose loser stands later comes first, then whose winner stands earlier.
import { compareWins, winsOf, type Preferences, type Strength, type Win } from './matrix.ts'

/** What became of a win: locked, or left out because wins already locked lead from its loser to its winner. */
export type Locked = { readonly win: Win; readonly locked: boolean }

/** Who is known to be above whom: a bit for each candidate below, by candidate. */
type Above = readonly bigint[]
const bit = (c: number): bigint => 1n << BigInt(c)
const isAbove = (above: Above, a: number, b: number): boolean => ((above[a] ?? 0n) & bit(b)) !== 0n

/** The order with one more win in it, and all that follows from it. */
function lock(above: Above, { winner, loser }: Win): Above {
  const below = (above[loser] ?? 0n) | bit(loser)
  return above.map((known, c) => (c === winner || isAbove(above, c, winner) ? known | below : known))
}

/** Wins in groups of one strength, strongest first. */
function strengthGroups(preferences: Preferences, strength: Strength): readonly (readonly Win[])[] {
  const groups: Win[][] = []
  for (const win of winsOf(preferences).toSorted((a, b) => compareWins(strength, b, a))) {
    const group = groups.at(-1)
    const [first] = group ?? []
    if (group !== undefined && first !== undefined && compareWins(strength, first, win) === 0) group.push(win)
    else groups.push([win])
  }
  return groups
}

/** The locking, with wins of one strength in the order that a ranking of the candidates gives them. */
export function lockPairs(
  preferences: Preferences,
  strength: Strength,
  order: readonly number[],
): { readonly pairs: readonly Locked[]; readonly above: Above } {
  const place = new Map(order.map((c, i) => [c, i]))
  const at = (c: number): number => place.get(c) ?? 0
  const pairs: Locked[] = []
  let above: Above = preferences.map(() => 0n)
  for (const group of strengthGroups(preferences, strength)) {
    const inOrder = group.toSorted((a, b) => at(b.loser) - at(a.loser) || at(a.winner) - at(b.winner))
    for (const win of inOrder) {
      const locked = !isAbove(above, win.loser, win.winner)
      pairs.push({ win, locked })
      if (locked) above = lock(above, win)
    }
  }
  return { pairs, above }
}

/** Whether the locked wins put the first above the second. */
export const lockedAbove = (above: Above, a: number, b: number): boolean => isAbove(above, a, b)

const mostOrders = 100_000

/**
 * Wins of one strength whose order does not matter, and some whose order may. A win on no circle of all that is locked and all that may still
 * be is locked in every order and leaves no other out; and two circles that share no candidates cannot tell which came first, so one at a time
 * is enough. Twelve level candidates then have few orders to look at where there is no circle, and only the circle's own where there is one.
 */
function apart(left: readonly Win[], above: Above): { readonly free: readonly Win[]; readonly entangled: readonly Win[] } {
  const all = left.reduce(lock, above)
  const onCircle = left.filter(({ winner, loser }) => isAbove(all, loser, winner))
  const [first] = onCircle
  if (first === undefined) return { free: left, entangled: [] }
  const together = (c: number): boolean => c === first.winner || (isAbove(all, c, first.winner) && isAbove(all, first.winner, c))
  return { free: left.filter((win) => !onCircle.includes(win)), entangled: onCircle.filter(({ winner }) => together(winner)) }
}

/**
 * Everybody whom some order of equally strong wins puts above all who can be compared with them: the winners before any lot (Tideman 1987;
 * finding them all takes long in the worst case, Brill and Fischer 2012, so the search has a limit, `most` orders). Null beyond it.
 */
export function possibleWinners(
  preferences: Preferences,
  strength: Strength,
  standing: readonly number[],
  most: number = mostOrders,
): readonly number[] | null {
  const groups = strengthGroups(preferences, strength)
  const winners = new Set<number>()
  const seen = new Set<string>()
  // Every way to go on: in which group, which of its wins are still to come, and what is locked.
  const open: { readonly group: number; readonly left: readonly Win[]; readonly above: Above }[] = [
    { group: 0, left: groups[0] ?? [], above: preferences.map(() => 0n) },
  ]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { group, above } = at
    // Wins that close a circle are left out whatever comes, and those already implied change nothing.
    const left = at.left.filter(({ winner, loser }) => !isAbove(above, loser, winner) && !isAbove(above, winner, loser))
    if (left.length === 0) {
      if (group + 1 < groups.length) open.push({ group: group + 1, left: groups[group + 1] ?? [], above })
      else for (const c of standing) if (!standing.some((other) => isAbove(above, other, c))) winners.add(c)
      continue
    }
    const { free, entangled } = apart(left, above)
    const settled = free.reduce(lock, above)
    if (entangled.length === 0) open.push({ group, left: [], above: settled })
    for (const win of entangled) {
      const next = lock(settled, win)
      const key = `${group}|${next.join()}`
      if (seen.has(key)) continue
      if (seen.size >= most) return null
      seen.add(key)
      open.push({ group, left: left.filter((other) => other !== win), above: next })
    }
  }
  return [...winners].sort((a, b) => a - b)
}
