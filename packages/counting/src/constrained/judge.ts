// Who is doomed and who is guarded. The literal way asks, cell by cell, the two questions of the definition; the fast way lets every set of
// numbers it has seen answer as many questions as it can. Both must say the same at every stage.
import { assert } from '@quorate/kernel'
import { keeps, narrowed, type CellProblem } from './certificate.ts'
import { solve } from './solve.ts'

/** Cells nobody more of whom can be elected, and cells all of whom must be; only cells with somebody still in. */
export type Judged = { readonly doomed: readonly number[]; readonly guarded: readonly number[] }

/** A way to judge; null when a search was given up. The bounds can be kept: that has been found before. */
export type Judge = (problem: CellProblem) => Judged | null

const open = ({ cells }: CellProblem): readonly number[] => cells.flatMap(({ low, high }, i) => (low < high ? [i] : []))

/** Two questions for every cell: are there numbers with one more elected, are there numbers with one fewer standing. */
export const judgeLiterally: Judge = (problem) => {
  const doomed: number[] = []
  const guarded: number[] = []
  for (const cell of open(problem)) {
    const { low, high } = rangeOf(problem, cell)
    const more = solve(narrowed(problem, cell, { low: low + 1 }))
    const fewer = solve(narrowed(problem, cell, { high: high - 1 }))
    if (more === null || fewer === null) return null
    if (more.kind !== 'witness') doomed.push(cell)
    if (fewer.kind !== 'witness') guarded.push(cell)
  }
  return { doomed, guarded }
}

/**
 * A judge that remembers, for the moments of one count in their order: numbers found at one stage often still stand at the next, and each answers for every cell of which it elects more
 * than are, or fewer than stand. Only what no known numbers answer is asked.
 */
export function rememberingJudge(): Judge {
  let known: readonly (readonly number[])[] = []
  // Whom no lawful result holds, none will hold later; the same for whom every one does.
  const doomed = new Set<number>()
  const guarded = new Set<number>()
  return (problem) => {
    const still = known.filter((counts) => keeps(counts, problem))
    const cells = open(problem)
    const notDoomed = new Set<number>()
    const notGuarded = new Set<number>()
    const learn = (counts: readonly number[]): void => {
      for (const cell of cells) {
        const { low, high } = rangeOf(problem, cell)
        const n = counts[cell] ?? 0
        if (n > low) notDoomed.add(cell)
        if (n < high) notGuarded.add(cell)
      }
    }
    const found = [...still]
    const ask = (cell: number, to: { readonly low?: number; readonly high?: number }, no: Set<number>): boolean => {
      const answer = solve(narrowed(problem, cell, to))
      if (answer === null) return false
      if (answer.kind === 'witness') {
        found.push(answer.counts)
        learn(answer.counts)
      } else no.add(cell)
      return true
    }
    for (const counts of still) learn(counts)
    for (const cell of cells) {
      const { low, high } = rangeOf(problem, cell)
      if (!notDoomed.has(cell) && !doomed.has(cell) && !ask(cell, { low: low + 1 }, doomed)) return null
      if (!notGuarded.has(cell) && !guarded.has(cell) && !ask(cell, { high: high - 1 }, guarded)) return null
    }
    known = found.slice(-memory)
    return { doomed: cells.filter((cell) => doomed.has(cell)), guarded: cells.filter((cell) => guarded.has(cell)) }
  }
}

/** Sets of numbers remembered from one stage to the next. */
const memory = 16

function rangeOf({ cells }: CellProblem, cell: number): { readonly low: number; readonly high: number } {
  const range = cells[cell]
  assert(range !== undefined, 'the cell is of the problem')
  return range
}
