// The panel with most weight among all that meet the quotas: how many of each cell. Branch and bound over the linear program of the quotas
// (A. H. Land and A. G. Doig, Econometrica 28, 1960); with two categories the program is a network and hardly ever branches.
import { around, nearest, nearlyWhole, negligible, Program, type Column } from './arithmetic-simplex.ts'
import type { Cell, Row } from './pool.ts'

/** How many members of each cell. */
export type Makeup = readonly number[]

/**
 * What a search found: the heaviest panel met, and a weight no panel exceeds. The two are equal when the search came to its end; when it was cut
 * short, the second is that of the best part not looked at. No panel and `atMost` of −Infinity: there is none.
 */
export type Search = { readonly best: { readonly makeup: Makeup; readonly weight: number } | null; readonly atMost: number }

/** A pool ready to be searched many times. */
export type Panels = { readonly cells: readonly Cell[]; readonly rows: readonly Row[]; readonly seats: number }

/** What a search need not look at: panels that weigh `over` or less; `enough`: the first that weighs more will do; parts looked at, at most. */
export type Wanted = { readonly over: number; readonly enough: boolean; readonly nodes: number }

/** Looks until it is sure, within what takes seconds: in published pools a few parts are enough. */
export const thoroughly: Wanted = { over: -Infinity, enough: false, nodes: 5_000 }

/** The heaviest panel, if any weighs more than wanted. `weights` are per cell, what one member of it adds; they need not be whole numbers. */
export function bestPanel(panels: Panels, weights: readonly number[], wanted: Wanted): Search {
  const { cells } = panels
  let best: Search['best'] = null
  let lost = -Infinity // the most that a part given up for rounding could hold
  const open: { readonly program: Program; readonly worth: number }[] = [
    { program: quotaProgram(panels, weights), worth: Infinity },
  ]
  for (let nodes = 0; nodes < wanted.nodes; nodes++) {
    const part = open.pop()
    if (part === undefined || (best !== null && wanted.enough)) break
    const { program } = part
    const ended = program.solve()
    if (ended === 'stuck' && part.worth > lost) lost = part.worth
    if (ended !== 'optimal') continue
    const worth = program.worth(weights)
    if (worth <= (best?.weight ?? wanted.over) + negligible) continue
    const split = mostFractional(program, cells.length)
    if (split >= 0) {
      const { below, above } = around(program.value(split))
      const down = program.copy()
      down.bound(split, 0, below)
      program.bound(split, above, cells[split]?.members.length ?? above)
      open.push({ program: down, worth }, { program, worth })
      continue
    }
    const makeup = cells.map((_, c) => nearest(program.value(c)).whole)
    if (meets(panels, makeup)) best = { makeup, weight: weightOf(makeup, weights) }
    else if (worth > lost) lost = worth
  }
  const atMost = open.reduce((most, { worth }) => (worth > most ? worth : most), lost)
  const found = best?.weight ?? wanted.over
  return { best, atMost: atMost > found ? atMost : found }
}

/** What a panel weighs. */
export const weightOf = (makeup: Makeup, weights: readonly number[]): number =>
  makeup.reduce((sum, n, c) => (n === 0 ? sum : sum + n * (weights[c] ?? 0)), 0)

function quotaProgram({ cells, rows, seats }: Panels, weights: readonly number[]): Program {
  const program = new Program(cells.map(({ members }, c): Column => ({ low: 0, high: members.length, gain: weights[c] ?? 0 })))
  program.row(
    cells.map(() => 1),
    seats,
    seats,
  )
  for (const { cells: of, least, most } of rows) {
    const coefficients = cells.map(() => 0)
    for (const c of of) coefficients[c] = 1
    program.row(coefficients, least, most)
  }
  return program
}

function mostFractional(node: Program, cells: number): number {
  let found = -1
  let most = nearlyWhole
  for (let c = 0; c < cells; c++) {
    const { off } = nearest(node.value(c))
    if (off > most) {
      most = off
      found = c
    }
  }
  return found
}

/** Whether so many of each cell are a panel: in whole numbers, for whatever a program in floating point proposes. */
const meets = ({ cells, rows, seats }: Panels, makeup: Makeup): boolean =>
  makeup.every((n, c) => Number.isSafeInteger(n) && n >= 0 && n <= (cells[c]?.members.length ?? 0)) &&
  makeup.reduce((sum, n) => sum + n, 0) === seats &&
  rows.every(({ cells: of, least, most }) => {
    const count = of.reduce((sum, c) => sum + (makeup[c] ?? 0), 0)
    return count >= least && count <= most
  })
