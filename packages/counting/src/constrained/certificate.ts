// What is published for every claim about bounds: enough to check it by adding up, without searching for anything.
import { assert } from '@quorate/kernel'
import type { Constraints } from './constraints.ts'

/** Candidates who belong to the same groups are interchangeable: how many of them are elected, and how many are elected or still in. */
export type Cell = {
  /** Groups they belong to, by index, ascending. */
  readonly groups: readonly number[]
  readonly elected: number
  /** The elected and the continuing. */
  readonly standing: number
}

/** One side of a bound: the least or the most of a group, or (null) of the places themselves, of which exactly all are filled. */
export type Side = { readonly group: number | null; readonly side: 'least' | 'most' }

/**
 * Why no numbers fit. `bounds`: added up, these sides ask for more than the cells can give; one side alone is a violated bound, several are
 * a cut. `split`: whether at most or more than `at` of a cell are elected, no numbers fit; the closed search tree.
 */
export type Proof =
  | { readonly kind: 'bounds'; readonly sides: readonly Side[] }
  | { readonly kind: 'split'; readonly cell: number; readonly at: number; readonly below: Proof; readonly above: Proof }

/** Numbers to elect of each cell that keep every bound. */
export type Witness = { readonly kind: 'witness'; readonly counts: readonly number[] }

/**
 * A claim about an election at one moment of its count, with its evidence.
 * `feasible`: the bounds can be kept (a witness). `infeasible`: they cannot (a proof).
 * `doomed`: not with one more of `cell` elected (a proof). `guarded`: not with one fewer of `cell` standing (a proof).
 */
export type ConstraintCertificate = {
  readonly claim: 'feasible' | 'infeasible' | 'doomed' | 'guarded'
  /** Whom the claim is about. */
  readonly candidate: number | null
  /** All places to be filled, those already filled with them. */
  readonly places: number
  readonly groups: readonly {
    readonly name: string
    readonly clause: string
    readonly least: number
    readonly most: number | null
  }[]
  readonly cells: readonly Cell[]
  /** The cell the candidate belongs to. */
  readonly cell: number | null
  readonly evidence: Witness | Proof
}

/** Bounds over cells: what is solved, and against what a proof is added up. `low` and `high`: how many of a cell may be elected. */
export type CellProblem = {
  readonly places: number
  readonly bounds: readonly { readonly least: number; readonly most: number | null }[]
  readonly cells: readonly { readonly groups: readonly number[]; readonly low: number; readonly high: number }[]
}

/** The sides a proof rests on, each once, in order. */
export function sidesOf(proof: Proof): readonly Side[] {
  if (proof.kind === 'bounds') return proof.sides
  const all = [...sidesOf(proof.below), ...sidesOf(proof.above)]
  return all.filter((side, i) => all.findIndex((s) => s.group === side.group && s.side === side.side) === i)
}

/** Cases a proof closes: 1 for a bound or a cut. */
export const casesOf = (proof: Proof): number => (proof.kind === 'bounds' ? 1 : casesOf(proof.below) + casesOf(proof.above))

/** Clauses of the bounds a proof rests on, or of all bounds when it names none: what an act under it cites. */
export function clausesOf(constraints: Constraints, proof: Proof | null): string {
  const named = proof === null ? [] : sidesOf(proof).flatMap(({ group }) => (group === null ? [] : [group]))
  const groups = named.length === 0 ? constraints : named.sort((a, b) => a - b).flatMap((g) => constraints[g] ?? [])
  return [...new Set(groups.map(({ clause }) => clause))].join(', ')
}

/** Whether sides contradict each other over the cells of a problem: the most the cells can give is less than what all sides ask together. */
export function contradicts(sides: readonly Side[], problem: CellProblem): boolean {
  let asked = 0
  const times = problem.cells.map(() => 0)
  for (const { group, side } of sides) {
    const bound = group === null ? { least: problem.places, most: problem.places } : problem.bounds[group]
    assert(bound !== undefined, 'a side names a bound')
    const amount = side === 'least' ? bound.least : bound.most
    if (amount === null) return false
    const sign = side === 'least' ? 1 : -1
    asked += sign * amount
    for (const [i, cell] of problem.cells.entries())
      if (group === null || cell.groups.includes(group)) times[i] = (times[i] ?? 0) + sign
  }
  let given = 0
  for (const [i, { low, high }] of problem.cells.entries()) {
    const n = times[i] ?? 0
    given += n > 0 ? n * high : n * low
  }
  return given < asked
}

/** The two halves of a problem, by how many of one cell are elected. */
export const halves = (problem: CellProblem, cell: number, at: number): { below: CellProblem; above: CellProblem } => ({
  below: narrowed(problem, cell, { high: at }),
  above: narrowed(problem, cell, { low: at + 1 }),
})

/** A problem with another least or most for one cell. */
export const narrowed = (
  problem: CellProblem,
  cell: number,
  to: { readonly low?: number; readonly high?: number },
): CellProblem => ({
  ...problem,
  cells: problem.cells.map((c, i) => (i === cell ? { ...c, ...to } : c)),
})

/** Whether a proof closes a problem. The package looks at its own proofs with this; outsiders have a checker of their own. */
export function closes(proof: Proof, problem: CellProblem): boolean {
  if (problem.cells.some(({ low, high }) => low > high)) return true
  if (proof.kind === 'bounds') return contradicts(proof.sides, problem)
  const { below, above } = halves(problem, proof.cell, proof.at)
  return closes(proof.below, below) && closes(proof.above, above)
}

/** Whether numbers keep every bound. */
export function keeps(counts: readonly number[], { places, bounds, cells }: CellProblem): boolean {
  const sum = (group: number | null): number =>
    cells.reduce((n, cell, i) => n + (group === null || cell.groups.includes(group) ? (counts[i] ?? 0) : 0), 0)
  return (
    counts.length === cells.length &&
    cells.every(({ low, high }, i) => low <= (counts[i] ?? -1) && (counts[i] ?? 0) <= high) &&
    sum(null) === places &&
    bounds.every(({ least, most }, g) => sum(g) >= least && (most === null || sum(g) <= most))
  )
}
