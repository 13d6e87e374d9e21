// How evenly the seats of a committee can be carried by the papers that approve its members (Phragmén's loads). Each member is a load of
// 1, shared among papers that approve them. By the max-flow min-cut theorem (as in Hall's) the heaviest load any share-out must leave is
// the greatest |S| / w(N(S)) over sets S of members, where w(N(S)) is the weight of the papers that approve somebody in S.
import { compare, fraction, type Fraction } from '@quorate/kernel'
import type { Approving } from './approvals.ts'
import type { Committee } from './ties.ts'

/** Largest committee whose sets of members are enumerated: 2^16 sums, some milliseconds. */
export const largestShared = 16

/** A group of members with the load their supporters carry, and how many papers carry it. */
export type Burden = { readonly load: Fraction; readonly papers: number }

/** For each set of members (a bit each), the weight of papers whose approved members all lie in it. */
function weightInside(election: Approving, members: Committee, papers: readonly number[]): number[] {
  const sets = 1 << members.length
  const inside = Array.from({ length: sets }, () => 0)
  for (const paper of papers) {
    const { approved, weight } = election.papers[paper] ?? { approved: [], weight: 0 }
    const mask = members.reduce((bits, member, i) => (approved.includes(member) ? bits | (1 << i) : bits), 0)
    inside[mask] = (inside[mask] ?? 0) + weight
  }
  for (let bit = 1; bit < sets; bit <<= 1)
    for (let set = 0; set < sets; set++) if ((set & bit) !== 0) inside[set] = (inside[set] ?? 0) + (inside[set ^ bit] ?? 0)
  return inside
}

const sizeOf = (set: number): number => {
  let size = 0
  for (let rest = set; rest !== 0; rest &= rest - 1) size++
  return size
}

/**
 * The heaviest load of the most even share-out, and the largest set of members whose supporters must carry it. Null when some members have
 * no supporter at all: no share-out exists.
 */
function heaviest(
  election: Approving,
  members: Committee,
  papers: readonly number[],
): { readonly load: Fraction; readonly set: number; readonly weight: number } | null {
  const inside = weightInside(election, members, papers)
  const all = inside.length - 1
  const total = inside[all] ?? 0
  let best = { size: 0, weight: 1, set: 0 }
  for (let set = 1; set <= all; set++) {
    const weight = total - (inside[all ^ set] ?? 0)
    if (weight === 0) return null
    const size = sizeOf(set)
    const order = size * best.weight - best.size * weight // both products stay far below 2^53: a size is at most 16
    // Sets that share the greatest ratio are closed under union, so the largest of them holds them all.
    if (order > 0 || (order === 0 && size > best.size)) best = { size, weight, set }
  }
  return { load: fraction(best.size, best.weight), set: best.set, weight: best.weight }
}

/** The heaviest load that the most even share-out of these members leaves on a paper; null when a member has no supporter. */
export function leastHeaviestLoad(election: Approving, members: Committee): Fraction | null {
  const papers = election.papers.map((_, i) => i)
  return members.length === 0 ? fraction(0) : (heaviest(election, members, papers)?.load ?? null)
}

/** The loads of the share-out that is lexicographically most even, heaviest first, each with the weight of papers that carry it. */
export function evenBurdens(election: Approving, members: Committee): readonly Burden[] | null {
  const burdens: Burden[] = []
  let rest = [...members]
  let papers = election.papers.map((_, i) => i)
  while (rest.length > 0) {
    const found = heaviest(election, rest, papers)
    if (found === null) return null
    burdens.push({ load: found.load, papers: found.weight })
    const carried = rest.filter((_, i) => (found.set & (1 << i)) !== 0)
    papers = papers.filter((paper) => !carried.some((c) => election.papers[paper]?.approved.includes(c)))
    rest = rest.filter((c) => !carried.includes(c))
  }
  return burdens
}

/** Negative when the first is more even: its heaviest load is lighter, or as heavy on fewer papers, and so on down. */
export function compareBurdens(a: readonly Burden[], b: readonly Burden[]): number {
  let [i, j] = [0, 0]
  let [left, right] = [a[0]?.papers ?? 0, b[0]?.papers ?? 0]
  for (;;) {
    const [x, y] = [a[i], b[j]]
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? -1 : 1
    const order = compare(x.load, y.load)
    if (order !== 0) return order
    const both = left < right ? left : right
    left -= both
    right -= both
    if (left === 0) left = a[++i]?.papers ?? 0
    if (right === 0) right = b[++j]?.papers ?? 0
  }
}
