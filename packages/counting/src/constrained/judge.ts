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
 * A judge that remembers: numbers found at one stage often still stand at the next, and numbers that elect one more here and one fewer there
 * answer for both cells. Only what no known numbers answer is asked.
 */
export function rememberingJudge(): Judge {
  let known: readonly (readonly number[])[] = []
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
    const ask = (cell: number, to: { readonly low?: number; readonly high?: number }): boolean | null => {
      const answer = solve(narrowed(problem, cell, to))
      if (answer?.kind !== 'witness') return answer === null ? null : false
      found.push(answer.counts)
      learn(answer.counts)
      return true
    }
    for (const counts of still) {
      learn(counts)
      for (const [from] of counts.entries()) {
        for (const [to] of counts.entries()) {
          if (from === to || (notGuarded.has(from) && notDoomed.has(to))) continue
          const moved = counts.map((n, i) => (i === from ? n - 1 : i === to ? n + 1 : n))
          if (keeps(moved, problem)) learn(moved)
        }
      }
    }
    for (const cell of cells) {
      const { low, high } = rangeOf(problem, cell)
      if (!notDoomed.has(cell) && ask(cell, { low: low + 1 }) === null) return null
      if (!notGuarded.has(cell) && ask(cell, { high: high - 1 }) === null) return null
    }
    known = found.slice(-memory)
    return {
      doomed: cells.filter((cell) => !notDoomed.has(cell)),
      guarded: cells.filter((cell) => !notGuarded.has(cell)),
    }
  }
}

/** Sets of numbers remembered from one stage to the next. */
const memory = 16

function rangeOf({ cells }: CellProblem, cell: number): { readonly low: number; readonly high: number } {
  const range = cells[cell]
  assert(range !== undefined, 'the cell is of the problem')
  return range
}
