// Groups sorted into families of groups that share nobody: a family is a partition of the candidates, with "none of these" as its last part.
import { assert } from '@quorate/kernel'
import type { CellProblem, Proof, Side } from './certificate.ts'

/** Groups, by index, of which no cell belongs to two. */
export type Family = readonly number[]

/** What a family or two allow: numbers for the cells that keep their bounds, or the sides that cannot be kept together. */
export type Numbers = { readonly kind: 'counts'; readonly counts: readonly number[] } | Extract<Proof, { kind: 'bounds' }>

/**
 * Families that cover all groups: one if no two groups overlap, two if two are enough (found exactly), else as few as come of taking each
 * group into the first family it fits. A group that nothing bounds is in none.
 */
export function familiesOf({ bounds, cells }: CellProblem): readonly Family[] {
  const bounded = [...bounds.keys()].filter((g) => (bounds[g]?.least ?? 0) > 0 || bounds[g]?.most !== null)
  const clash = (a: number, b: number): boolean => cells.some(({ groups }) => groups.includes(a) && groups.includes(b))
  return inTwo(bounded, clash) ?? greedy(bounded, clash)
}

type Clash = (a: number, b: number) => boolean

/** Two families if that many are enough: neighbours of a group go into the other one, part by part. */
function inTwo(groups: readonly number[], clash: Clash): readonly Family[] | null {
  const side = new Map<number, 0 | 1>()
  for (const start of groups) {
    if (side.has(start)) continue
    side.set(start, 0)
    const open = [start]
    for (let group = open.pop(); group !== undefined; group = open.pop()) {
      const own = side.get(group)
      for (const other of groups) {
        if (other === group || !clash(group, other)) continue
        if (side.get(other) === own) return null
        if (!side.has(other)) {
          side.set(other, own === 0 ? 1 : 0)
          open.push(other)
        }
      }
    }
  }
  return [0, 1].map((s) => groups.filter((g) => side.get(g) === s)).filter((family) => family.length > 0)
}

function greedy(groups: readonly number[], clash: Clash): readonly Family[] {
  const families: number[][] = []
  for (const group of groups) {
    const home = families.find((family) => !family.some((other) => clash(group, other)))
    if (home === undefined) families.push([group])
    else home.push(group)
  }
  return families
}

/** The part of a family each cell lies in: an index into the family, or its length for none of them. */
export const partsOf = ({ cells }: CellProblem, family: Family): readonly number[] =>
  cells.map(({ groups }) => {
    const at = family.findIndex((g) => groups.includes(g))
    return at < 0 ? family.length : at
  })

/** One partition, decided by bounds alone: each part has a range, and the places lie between the sum of the lows and the sum of the highs. */
export function byBounds(problem: CellProblem, family: Family): Numbers {
  const { cells, bounds, places } = problem
  const parts = partsOf(problem, family)
  const ranges = [...family, null].map((group, part) => {
    const own = cells.filter((_, i) => parts[i] === part)
    const low = own.reduce((n, cell) => n + cell.low, 0)
    const high = own.reduce((n, cell) => n + cell.high, 0)
    const least = group === null ? 0 : (bounds[group]?.least ?? 0)
    const most = group === null ? high : (bounds[group]?.most ?? high)
    return { group, low, high, from: least > low ? least : low, to: most < high ? most : high, least, most }
  })
  const bound = (sides: readonly Side[]): Numbers => ({ kind: 'bounds', sides })
  for (const { group, low, high, least, most } of ranges) {
    if (high < least) return bound([{ group, side: 'least' }])
    if (low > most) return bound([{ group, side: 'most' }])
  }
  const from = ranges.reduce((n, range) => n + range.from, 0)
  const to = ranges.reduce((n, range) => n + range.to, 0)
  if (from > places) {
    const floors = ranges.filter(({ least, low }) => least > low)
    return bound([...floors.map(({ group }): Side => ({ group, side: 'least' })), { group: null, side: 'most' }])
  }
  if (to < places) {
    const ceilings = ranges.filter(({ most, high }) => most < high)
    return bound([...ceilings.map(({ group }): Side => ({ group, side: 'most' })), { group: null, side: 'least' }])
  }
  return { kind: 'counts', counts: filled(problem, parts, ranges, places - from) }
}

/** From the least of each part up, the parts and their cells in order, until the places are taken. */
function filled(
  { cells }: CellProblem,
  parts: readonly number[],
  ranges: readonly { readonly low: number; readonly from: number; readonly to: number }[],
  spare: number,
): readonly number[] {
  const counts = cells.map(({ low }) => low)
  let left = spare
  for (const [part, { low, from, to }] of ranges.entries()) {
    const more = to - from < left ? to - from : left
    left -= more
    let wanted = from - low + more
    for (const [i, cell] of cells.entries()) {
      if (parts[i] !== part) continue
      const room = cell.high - cell.low
      const taken = room < wanted ? room : wanted
      counts[i] = cell.low + taken
      wanted -= taken
    }
    assert(wanted === 0, 'a range is what its cells have room for')
  }
  assert(left === 0, 'the places lie between the lows and the highs')
  return counts
}
