// Maximum flow with whole-number capacities: shortest augmenting paths (Edmonds and Karp, JACM 1972).

/** A pipe from one node to another; nodes are numbered from 0. */
export type Pipe = { readonly from: number; readonly to: number; readonly capacity: number }

/** The most that can flow from node `source` to node `sink` through these pipes, each within its capacity. */
export function mostFlow(nodes: number, pipes: readonly Pipe[], source: number, sink: number): number {
  // Pipe i is edge 2i, its way back edge 2i + 1.
  const room = pipes.flatMap(({ capacity }) => [capacity, 0])
  const target = pipes.flatMap(({ from, to }) => [to, from])
  const out = Array.from({ length: nodes }, (): number[] => [])
  for (const [i, { from, to }] of pipes.entries()) {
    out[from]?.push(2 * i)
    out[to]?.push(2 * i + 1)
  }
  let flow = 0
  for (;;) {
    const cameBy = Array.from({ length: nodes }, () => -1)
    const queue = [source]
    for (let at = queue.shift(); at !== undefined && cameBy[sink] === -1; at = queue.shift())
      for (const edge of out[at] ?? []) {
        const to = target[edge] ?? source
        if (to === source || cameBy[to] !== -1 || (room[edge] ?? 0) === 0) continue
        cameBy[to] = edge
        queue.push(to)
      }
    if (cameBy[sink] === -1) return flow
    const path: number[] = []
    for (let at = sink; at !== source; at = target[(path.at(-1) ?? 0) ^ 1] ?? source) path.push(cameBy[at] ?? 0)
    const amount = path.reduce((least, edge) => ((room[edge] ?? 0) < least ? (room[edge] ?? 0) : least), Number.MAX_SAFE_INTEGER)
    for (const edge of path) {
      room[edge] = (room[edge] ?? 0) - amount
      room[edge ^ 1] = (room[edge ^ 1] ?? 0) + amount
    }
    flow += amount
  }
}
