// Papers in candidates' hands, for the fast engines: rows of typed arrays in chunks, every chunk of exactly the size a counting pass found.
import { assert } from '@quorate/kernel'
import type { PackedPapers } from '../papers/paper-table.ts'

/** Rankings (indices into the packed papers) that one candidate received together at one value. */
export type Pile = { readonly rows: Int32Array; readonly value: number }

/** What came to one target when piles were passed on. `to` null: no candidate still open is named. */
export type Dealt = { readonly to: number | null; readonly rows: Int32Array; readonly papers: number }

/** Sorts rankings by the next candidate named who is open. Remembers on each how far it has been read: preferences passed over stay so. */
export class Dealer {
  readonly #papers: PackedPapers
  readonly #at: Uint32Array
  readonly #targets: Uint16Array
  readonly #counts: Int32Array
  readonly #sums: Float64Array
  readonly #nobody: number

  constructor(papers: PackedPapers, candidates: number) {
    this.#papers = papers
    this.#at = papers.starts.slice(0, papers.weights.length)
    this.#targets = new Uint16Array(papers.weights.length)
    this.#counts = new Int32Array(candidates + 1)
    this.#sums = new Float64Array(candidates + 1)
    this.#nobody = candidates
  }

  /** All rankings by the first candidate named who is open. */
  dealAll(open: Uint8Array): readonly Dealt[] {
    const rows = new Int32Array(this.#papers.weights.length)
    for (let i = 0; i < rows.length; i++) rows[i] = i
    return this.deal(rows, open)
  }

  /** `rows` by the next candidate named for whom `open` is 1; in nomination order, nobody last. Cost: one pass over the rows. */
  deal(rows: Int32Array, open: Uint8Array): readonly Dealt[] {
    const { starts, ranks, weights } = this.#papers
    const [at, targets, counts, sums, nobody] = [this.#at, this.#targets, this.#counts, this.#sums, this.#nobody]
    counts.fill(0)
    sums.fill(0)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0
      const end = starts[row + 1] ?? 0
      let place = at[row] ?? 0
      while (place < end && open[ranks[place] ?? 0] !== 1) place++
      at[row] = place
      const target = place < end ? (ranks[place] ?? 0) : nobody
      targets[i] = target
      counts[target] = (counts[target] ?? 0) + 1
      sums[target] = (sums[target] ?? 0) + (weights[row] ?? 0)
    }
    return this.#filled(rows)
  }

  #filled(rows: Int32Array): readonly Dealt[] {
    const chunks = Array.from(this.#counts, (count) => new Int32Array(count))
    const filled = new Int32Array(chunks.length)
    for (let i = 0; i < rows.length; i++) {
      const target = this.#targets[i] ?? 0
      const to = filled[target] ?? 0
      const chunk = chunks[target]
      if (chunk !== undefined) chunk[to] = rows[i] ?? 0
      filled[target] = to + 1
    }
    // A write past the end of a typed array is dropped in silence, and papers with it: hence sizes from the counting pass, checked here.
    assert(
      chunks.every((chunk, target) => chunk.length === filled[target]),
      'every paper dealt is in the chunk made for it',
    )
    return chunks.flatMap((chunk, target) =>
      chunk.length === 0 ? [] : [{ to: target === this.#nobody ? null : target, rows: chunk, papers: this.#sums[target] ?? 0 }],
    )
  }
}

/** Several arrays of rows as one. */
export function joined(chunks: readonly Int32Array[]): Int32Array {
  const [first] = chunks
  if (chunks.length === 1 && first !== undefined) return first
  const all = new Int32Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
