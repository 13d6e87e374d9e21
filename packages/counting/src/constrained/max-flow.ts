// Two crossing partitions (nations by sexes), decided by one flow: source → part of the first → cell → part of the second → sink, each with
// its least and most. There are numbers if and only if there is a circulation (Hoffman 1960); if not, the cut shows the bounds that clash.
import { assert } from '@quorate/kernel'
import { contradicts, type CellProblem, type Side } from './certificate.ts'
import { partsOf, type Family, type Numbers } from './families.ts'

type Edge = { readonly from: number; readonly to: number; readonly least: number; readonly most: number }

/** A network with residual capacities: edge `2k` and its reverse `2k + 1`. */
class Network {
  readonly #head: number[] = []
  readonly #room: number[] = []
  readonly #edges: number[][]

  constructor(nodes: number) {
    this.#edges = Array.from({ length: nodes }, () => [])
  }

  add(from: number, to: number, most: number): number {
    const edge = this.#head.length
    this.#head.push(to, from)
    this.#room.push(most, 0)
    this.#edges[from]?.push(edge)
    this.#edges[to]?.push(edge + 1)
    return edge
  }

  /** Pushes as much as there is room for along shortest paths (Edmonds and Karp 1972), and says how much that was. */
  fill(source: number, sink: number): number {
    let total = 0
    for (;;) {
      const by = this.#paths(source)
      if (!by.has(sink)) return total
      const path: number[] = []
      for (let node = sink; node !== source;) {
        const edge = by.get(node) ?? 0
        path.push(edge)
        node = this.#head[edge ^ 1] ?? source
      }
      const more = path.reduce((least, edge) => (this.#left(edge) < least ? this.#left(edge) : least), this.#left(path[0] ?? 0))
      for (const edge of path) {
        this.#room[edge] = this.#left(edge) - more
        this.#room[edge ^ 1] = this.#left(edge ^ 1) + more
      }
      total += more
    }
  }

  /** Nodes that can still be reached. */
  reached(source: number): ReadonlySet<number> {
    return new Set([source, ...this.#paths(source).keys()])
  }

  /** What flows through an edge. */
  through(edge: number): number {
    return this.#left(edge ^ 1)
  }

  #left(edge: number): number {
    return this.#room[edge] ?? 0
  }

  /** For each node reached, the edge by which. */
  #paths(source: number): ReadonlyMap<number, number> {
    const by = new Map<number, number>()
    const open = [source]
    for (let at = 0; at < open.length; at++) {
      for (const edge of this.#edges[open[at] ?? 0] ?? []) {
        const to = this.#head[edge] ?? 0
        if (this.#left(edge) === 0 || to === source || by.has(to)) continue
        by.set(to, edge)
        open.push(to)
      }
    }
    return by
  }
}

/** Numbers that keep the bounds of two families and fill the places, or the sides of them that clash. */
export function byFlow(problem: CellProblem, first: Family, second: Family): Numbers {
  const { cells, places } = problem
  const [one, two] = [partsOf(problem, first), partsOf(problem, second)]
  const [source, sink] = [0, 1]
  const nodeOne = (part: number): number => 2 + part
  const nodeTwo = (part: number): number => 3 + first.length + part
  const cellEdges = cells.map(({ low, high }, i): Edge => ({
    from: nodeOne(one[i] ?? 0),
    to: nodeTwo(two[i] ?? 0),
    least: low,
    most: high,
  }))
  const edges: readonly Edge[] = [
    ...cellEdges,
    ...[...first, null].map((g, part): Edge => ({ from: source, to: nodeOne(part), ...rangeOf(problem, g) })),
    ...[...second, null].map((g, part): Edge => ({ from: nodeTwo(part), to: sink, ...rangeOf(problem, g) })),
    { from: sink, to: source, least: places, most: places },
  ]
  const [superSource, superSink] = [4 + first.length + second.length, 5 + first.length + second.length]
  const network = new Network(superSink + 1)
  const numbers = edges.map(({ from, to, least, most }) => {
    network.add(superSource, to, least)
    network.add(from, superSink, least)
    return network.add(from, to, most - least)
  })
  const demand = edges.reduce((n, { least }) => n + least, 0)
  if (network.fill(superSource, superSink) === demand) {
    return { kind: 'counts', counts: cellEdges.map(({ least }, i) => least + network.through(numbers[i] ?? 0)) }
  }
  const reached = network.reached(superSource)
  // Into what is reached flows more, at the least, than can flow out of it: those edges are the sides that clash.
  const sides = [
    ...first.flatMap((group, part) => sideOf(group, !reached.has(source), !reached.has(nodeOne(part)))),
    ...second.flatMap((group, part) => sideOf(group, !reached.has(nodeTwo(part)), !reached.has(sink))),
    ...sideOf(null, !reached.has(sink), !reached.has(source)),
  ]
  return { kind: 'bounds', sides: fewest(sides, problem) }
}

/** A bound as an edge that starts outside what was reached and ends inside (its least), or the other way (its most). */
const sideOf = (group: number | null, fromOutside: boolean, toOutside: boolean): readonly Side[] =>
  fromOutside === toOutside ? [] : [{ group, side: fromOutside ? 'least' : 'most' }]

function rangeOf({ bounds, cells, places }: CellProblem, group: number | null): { least: number; most: number } {
  const all = cells.reduce((n, { high }) => n + high, places)
  const bound = group === null ? undefined : bounds[group]
  // An edge must have room for its least even where the bound asks for more than there are: the clash then shows at the cells.
  const least = bound?.least ?? 0
  return { least, most: bound?.most ?? (least > all ? least : all) }
}

/** Leaves out every side that is not needed: a shorter proof is easier to read. */
function fewest(sides: readonly Side[], problem: CellProblem): readonly Side[] {
  assert(contradicts(sides, problem), 'the cut of a flow is a contradiction')
  let left = sides
  for (const side of sides) {
    const without = left.filter((s) => s !== side)
    if (contradicts(without, problem)) left = without
  }
  return left
}
