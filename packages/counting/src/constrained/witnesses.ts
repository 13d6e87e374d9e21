// Whom the bounds did not shut out, and whom they did not keep in: sets of numbers that show it, for the certificate of a whole count. A doom or a
// guard that is told carries its proof; that nobody else was doomed or guarded is shown by these.
import { assert } from '@quorate/kernel'
import type { Contest } from '../papers/profile.ts'
import type { StvCount } from '../trace.ts'
import { keeps, narrowed, type CellProblem } from './certificate.ts'
import { nowhere } from './elsewhere.ts'
import { judgeLiterally } from './judge.ts'
import { Keeper, type Moment } from './keeper.ts'
import { solve } from './solve.ts'

/** Something to be shown: that numbers with one more of a cell elected (or one fewer standing) keep every bound at a moment. */
type Need = { readonly problem: CellProblem; readonly cell: number; readonly side: 'more' | 'fewer' }
type Numbers = readonly number[]

/** A moment that was judged, with who was known to be doomed and guarded after it. */
type Judged = Moment & { readonly doomed: ReadonlySet<number>; readonly guarded: ReadonlySet<number> }

/**
 * Numbers for each cell, cells in the order in which the first candidate of each was nominated; none is without use. At every moment of the
 * count, those of them that can still come about have one more of every cell that is not doomed, and one fewer of every cell not guarded.
 * What can come about late could have before, so a few do for all moments.
 */
export function witnessesOf(count: StvCount, contest: Contest): readonly Numbers[] {
  if (count.bounds === null) return []
  const { constraints, elsewhere } = count.bounds
  const keeper = new Keeper(constraints, contest, judgeLiterally, elsewhere ?? nowhere)
  const needs = momentsOf(count, contest)
    .filter((moment) => keeper.hasChoice(moment))
    .flatMap((moment) => needsAt(moment, keeper))
  const found: Numbers[] = []
  for (const need of needs.toReversed()) if (!found.some((numbers) => shows(numbers, need))) found.push(solved(need))
  let kept: readonly Numbers[] = found
  for (const numbers of found) {
    const others = kept.filter((other) => other !== numbers)
    if (needs.every((need) => others.some((other) => shows(other, need)))) kept = others
  }
  return kept
}

/** The moments before which somebody was elected or excluded, in order. */
function momentsOf({ stages }: StvCount, { candidates, withdrawn }: Contest): readonly Judged[] {
  const moments: Judged[] = []
  const [elected, doomed, guarded] = [[] as number[], new Set<number>(), new Set<number>()]
  let continuing: readonly number[] = [...candidates.keys()].filter((c) => !withdrawn.includes(c))
  for (const act of stages.flatMap(({ acts }) => acts)) {
    if (act.kind === 'doom') doomed.add(act.candidate)
    else if (act.kind === 'guard') guarded.add(act.candidate)
    else if (act.kind === 'elect' || act.kind === 'exclude' || act.kind === 'fill') {
      moments.push({ elected: [...elected], continuing, doomed: new Set(doomed), guarded: new Set(guarded) })
      if (act.kind === 'fill') return moments // Nothing is judged once the rest fill the places.
      if (act.kind === 'elect') elected.push(act.candidate)
      continuing = continuing.filter((c) => c !== act.candidate)
    }
  }
  return moments
}

function needsAt(moment: Judged, keeper: Keeper): readonly Need[] {
  const problem = keeper.problemAt(moment)
  const cells = (known: ReadonlySet<number>): ReadonlySet<number> =>
    new Set(moment.continuing.filter((c) => !known.has(c)).map((c) => keeper.cellOf(c)))
  return [
    ...Array.from(cells(moment.doomed), (cell): Need => ({ problem, cell, side: 'more' })),
    ...Array.from(cells(moment.guarded), (cell): Need => ({ problem, cell, side: 'fewer' })),
  ]
}

function shows(numbers: Numbers, { problem, cell, side }: Need): boolean {
  const { low, high } = rangeOf(problem, cell)
  const n = numbers[cell] ?? 0
  return (side === 'more' ? n > low : n < high) && keeps(numbers, problem)
}

function solved({ problem, cell, side }: Need): Numbers {
  const { low, high } = rangeOf(problem, cell)
  const answer = solve(narrowed(problem, cell, side === 'more' ? { low: low + 1 } : { high: high - 1 }))
  assert(answer?.kind === 'witness', 'whom the count did not call doomed or guarded is neither')
  return answer.counts
}

function rangeOf({ cells }: CellProblem, cell: number): CellProblem['cells'][number] {
  const range = cells[cell]
  assert(range !== undefined, 'the cell is of the problem')
  return range
}
