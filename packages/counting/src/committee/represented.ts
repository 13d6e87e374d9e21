// Rules about how each voter fares, rather than how many points there are.
import { quotient } from '../arithmetic.ts'
import type { Approving } from './approvals.ts'
import { mostFlow, type Pipe } from './flow.ts'
import type { Committee } from './ties.ts'

/**
 * Monroe's rule (B. L. Monroe, Fully Proportional Representation, American Political Science Review 1995), for approvals: how many voters
 * can be given a member they approve when every member represents ⌊voters ÷ seats⌋ of them or one more.
 */
export function represented(election: Approving, committee: Committee): number {
  const groups = new Map<number, number>() // voters who approve the same members, a bit each
  for (const { approved, weight } of election.papers) {
    const mask = committee.reduce((bits, member, i) => (approved.includes(member) ? bits | (1 << i) : bits), 0)
    if (mask !== 0) groups.set(mask, (groups.get(mask) ?? 0) + weight)
  }
  const each = Number(quotient(BigInt(election.total), BigInt(committee.length)))
  const spare = election.total - each * committee.length
  const [source, sink, pool] = [0, 1, 2] // members take what is over from the pool, one at most
  const member = (i: number): number => 3 + i
  const group = (i: number): number => 3 + committee.length + i
  const pipes: Pipe[] = [{ from: pool, to: sink, capacity: spare }]
  for (const i of committee.keys())
    pipes.push({ from: member(i), to: sink, capacity: each }, { from: member(i), to: pool, capacity: 1 })
  for (const [g, [mask, weight]] of [...groups].entries()) {
    pipes.push({ from: source, to: group(g), capacity: weight })
    for (const i of committee.keys()) if ((mask & (1 << i)) !== 0) pipes.push({ from: group(g), to: member(i), capacity: weight })
  }
  return mostFlow(3 + committee.length + groups.size, pipes, source, sink)
}

/**
 * How far each paper is from a committee: candidates that stand on one of the two only (Brams, Kilgour, Sanver, A Minimax Procedure for
 * Electing Committees, Public Choice 2007). As counts of papers by distance, index 0 … candidates.
 */
export function distances(election: Approving, committee: Committee): readonly number[] {
  const papers = Array.from({ length: election.candidates + 1 }, () => 0)
  for (const { approved, weight } of election.papers) {
    const shared = committee.reduce((n, member) => (approved.includes(member) ? n + 1 : n), 0)
    const distance = approved.length + committee.length - 2 * shared
    papers[distance] = (papers[distance] ?? 0) + weight
  }
  return papers
}

/** The farthest paper's distance. */
export const farthest = (papers: readonly number[]): number => papers.findLastIndex((n) => n > 0)

/** Negative when the first is nearer: fewer papers at the farthest distance, and so on inwards. */
export function compareDistances(a: readonly number[], b: readonly number[]): number {
  for (let distance = a.length - 1; distance >= 0; distance--) {
    const order = (a[distance] ?? 0) - (b[distance] ?? 0)
    if (order !== 0) return order
  }
  return 0
}

/** How many papers have at least 1, 2, … members of the committee they approve: lexicographic Chamberlin–Courant. */
export function coverage(election: Approving, committee: Committee): readonly number[] {
  const papers = committee.map(() => 0)
  for (const { approved, weight } of election.papers) {
    const held = committee.reduce((n, member) => (approved.includes(member) ? n + 1 : n), 0)
    for (let i = 0; i < held; i++) papers[i] = (papers[i] ?? 0) + weight
  }
  return papers
}

/** Negative when the first covers more papers once, or as many once and more twice, and so on. */
export function compareCoverage(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((n, i) => n !== b[i])
  return at < 0 ? 0 : (b[at] ?? 0) - (a[at] ?? 0)
}
