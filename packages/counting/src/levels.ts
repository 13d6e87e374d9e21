// Candidates in order of a figure, and the places that order fills.
import type { LotOrder } from './lot.ts'

/** Candidates in levels, best first, by a comparison that is positive where the first is better. */
export function levels(all: readonly number[], order: (a: number, b: number) => number): readonly (readonly number[])[] {
  const found: number[][] = []
  for (const c of all.toSorted((a, b) => order(b, a) || a - b)) {
    const level = found.at(-1)
    const [first] = level ?? []
    if (level !== undefined && first !== undefined && order(first, c) === 0) level.push(c)
    else found.push([c])
  }
  return found
}

/** The first places of a ranking, and those between whom only the lot could decide. */
export function taken(
  ranking: readonly (readonly number[])[],
  seats: number,
  order: LotOrder,
): { readonly elected: readonly number[]; readonly tied: readonly number[] } {
  const elected: number[] = []
  for (const level of ranking) {
    const room = seats - elected.length
    if (room <= 0) break
    if (level.length <= room) elected.push(...level)
    else {
      elected.push(...order.filter((c) => level.includes(c)).slice(0, room))
      return { elected, tied: level }
    }
  }
  return { elected, tied: [] }
}
