// Can the bounds be kept? Numbers for each cell, or a proof that there are none. One partition by bounds, two crossing ones by a flow, more
// by a bounded search whose every branch ends in a clash of at most two partitions.
import { assert } from '@quorate/kernel'
import { closes, contradicts, halves, keeps, type CellProblem, type Proof, type Side, type Witness } from './certificate.ts'
import { byBounds, familiesOf, type Family } from './families.ts'
import { byFlow } from './max-flow.ts'

/** Numbers, a proof, or null: the search was given up, which no election we made up comes near. */
export type Answer = Witness | Proof | null

/** Nodes of a search tree after which it is given up; a second or so. */
const nodesMost = 20_000

/** Decides a problem. The answer is checked before it is given. */
export function solve(problem: CellProblem, nodes = nodesMost): Answer {
  const answer = new Search(problem, nodes).run()
  assert(
    answer === null || (answer.kind === 'witness' ? keeps(answer.counts, problem) : closes(answer, problem)),
    'an answer about bounds can be checked',
  )
  return answer
}

class Search {
  readonly #problem: CellProblem
  readonly #families: readonly Family[]
  readonly #pairs: readonly (readonly [Family, Family])[]
  readonly #sides: readonly Side[]
  #nodes: number

  constructor(problem: CellProblem, nodes: number) {
    this.#problem = problem
    this.#families = familiesOf(problem)
    this.#pairs = this.#families.flatMap((a, i) => this.#families.slice(i + 1).map((b) => [a, b] as const))
    const groups = [...problem.bounds.keys(), null]
    this.#sides = groups.flatMap((group): Side[] => [
      { group, side: 'least' },
      { group, side: 'most' },
    ])
    this.#nodes = nodes
  }

  run(): Answer {
    const [only, second] = this.#families
    const clash = this.#oneSide(this.#problem)
    if (clash !== null) return clash
    if (second === undefined) return witness(byBounds(this.#problem, only ?? []))
    if (this.#families.length === 2) return witness(byFlow(this.#problem, only ?? [], second))
    return this.#node(this.#problem)
  }

  /** A bound that fails all by itself is the shortest proof there is. */
  #oneSide(problem: CellProblem): Proof | null {
    const side = this.#sides.find((s) => contradicts([s], problem))
    return side === undefined ? null : { kind: 'bounds', sides: [side] }
  }

  /** Every two partitions must agree; the numbers that come nearest to all the others are mended, or tell where to split. */
  #node(problem: CellProblem): Answer {
    if (this.#nodes-- <= 0) return null
    const clash = this.#oneSide(problem)
    if (clash !== null) return clash
    let best: Draft | null = null
    for (const [a, b] of this.#pairs) {
      const found = byFlow(problem, a, b)
      if (found.kind === 'bounds') return found
      const mended = mend(problem, found.counts)
      if (mended.missing === 0) return { kind: 'witness', counts: mended.counts }
      if (best === null || mended.missing < best.missing) best = mended
    }
    assert(best !== null, 'three families make pairs')
    return this.#split(problem, best)
  }

  /** Splits on a cell of the group that is furthest from its bound, the hopeful half first. */
  #split(problem: CellProblem, draft: Draft): Answer {
    const { cell, at, hopeful } = whereToSplit(problem, draft)
    const { below, above } = halves(problem, cell, at)
    const one = this.#node(hopeful === 'above' ? above : below)
    if (one === null || one.kind === 'witness') return one
    // What closes this half without using its limit closes both.
    if (closes(one, problem)) return one
    const other = this.#node(hopeful === 'above' ? below : above)
    if (other === null || other.kind === 'witness') return other
    if (closes(other, problem)) return other
    return { kind: 'split', cell, at, below: hopeful === 'above' ? other : one, above: hopeful === 'above' ? one : other }
  }
}

const witness = (found: ReturnType<typeof byBounds>): Witness | Proof =>
  found.kind === 'counts' ? { kind: 'witness', counts: found.counts } : found

/** Numbers that fill the places and fit the cells, and how far they are from keeping all bounds. */
type Draft = { readonly counts: readonly number[]; readonly missing: number }

const overOrUnder = (sum: number, bound: CellProblem['bounds'][number]): number =>
  sum < bound.least ? bound.least - sum : bound.most !== null && sum > bound.most ? sum - bound.most : 0

const sumsOf = ({ bounds, cells }: CellProblem, counts: readonly number[]): number[] => {
  const sums = bounds.map(() => 0)
  for (const [i, { groups }] of cells.entries()) for (const g of groups) sums[g] = (sums[g] ?? 0) + (counts[i] ?? 0)
  return sums
}

const missingOf = ({ bounds }: CellProblem, sums: readonly number[]): number =>
  bounds.reduce((n, bound, g) => n + overOrUnder(sums[g] ?? 0, bound), 0)

/** Moves one from a cell to another as long as that brings the bounds nearer: most elections have so much room that this is enough. */
function mend(problem: CellProblem, start: readonly number[]): Draft {
  const counts = [...start]
  const sums = sumsOf(problem, counts)
  let missing = missingOf(problem, sums)
  for (let moved = true; moved && missing > 0;) {
    moved = false
    for (const [from, giver] of problem.cells.entries()) {
      for (const [to, taker] of problem.cells.entries()) {
        if (from === to || (counts[from] ?? 0) <= giver.low || (counts[to] ?? 0) >= taker.high) continue
        shift(sums, giver.groups, taker.groups)
        const now = missingOf(problem, sums)
        if (now < missing) {
          counts[from] = (counts[from] ?? 0) - 1
          counts[to] = (counts[to] ?? 0) + 1
          missing = now
          moved = true
        } else shift(sums, taker.groups, giver.groups)
      }
    }
  }
  return { counts, missing }
}

function shift(sums: number[], from: readonly number[], to: readonly number[]): void {
  for (const g of from) sums[g] = (sums[g] ?? 0) - 1
  for (const g of to) sums[g] = (sums[g] ?? 0) + 1
}

function whereToSplit(
  problem: CellProblem,
  { counts }: Draft,
): { readonly cell: number; readonly at: number; readonly hopeful: 'below' | 'above' } {
  const { bounds, cells } = problem
  const sums = sumsOf(problem, counts)
  const short = bounds.map((bound, g) => overOrUnder(sums[g] ?? 0, bound))
  const group = short.reduce((most, n, g) => (n > (short[most] ?? 0) ? g : most), 0)
  const lacking = (sums[group] ?? 0) < (bounds[group]?.least ?? 0)
  const own = cells.flatMap(({ groups, low, high }, i) => {
    const n = counts[i] ?? 0
    return groups.includes(group) && (lacking ? n < high : n > low) ? [{ i, n, width: high - low }] : []
  })
  const widest = own.reduce((best, cell) => (cell.width > best.width ? cell : best), own[0] ?? { i: -1, n: 0, width: 0 })
  // No side fails by itself, so a group that lacks somebody has a cell with room, and one with too many a cell that can give.
  assert(widest.i >= 0, 'a group off its bound has a cell to split on')
  return { cell: widest.i, at: lacking ? widest.n : widest.n - 1, hopeful: lacking ? 'above' : 'below' }
}
