// Papers under a Meek rule for the fast engine: only what a paper says up to the first candidate who keeps everything matters, so papers
// that say the same that far share a node of a prefix tree. A million papers are some thousand nodes, and an iteration a walk over them.
import { assert } from '@quorate/kernel'
import { exactMax, powerOfTwo, productUp, quotientOf, slotOf } from './arithmetic-fast.ts'
import { one, type MeekPapers, type RestRule } from './meek.ts'
import { papersPacked, type PackedProfile } from '../papers/packed.ts'
import type { PackedPapers } from '../papers/paper-table.ts'
import { plainPapers } from './sheets.ts'

const unit = Number(one)

/** Whether votes in units of 10^-9 stay exact in plain numbers: up to nine million papers (with room for what rounding up may add). */
export const fitsMeekFast = (profile: PackedProfile): boolean => papersPacked(profile) < quotientOf(exactMax, unit) - 1000

/** Whether a candidate's keep value lets a paper pass by (0), stops it (1 or more), or splits it. */
type Passage = 'passes' | 'stops' | 'splits'

/** The papers of a packed profile that has been checked and fits. */
export function fastPapers(profile: PackedProfile, restRule: RestRule): MeekPapers {
  const papers = plainPapers(profile)
  const candidates = profile.candidates.length
  const standing = Array.from({ length: candidates }, (_, c): Passage => (profile.withdrawn.includes(c) ? 'passes' : 'stops'))
  let tree = prefixTree(papers, standing)
  // At first everybody stops a paper, so what reaches nobody has no first preference.
  const invalid = tree.ending[0] ?? 0
  const valid = papersPacked(profile) - invalid
  let passages = standing
  return {
    valid,
    invalid,
    distribute: (keep) => {
      const now = keep.map((kept): Passage => (kept === 0n ? 'passes' : kept >= one ? 'stops' : 'splits'))
      if (now.some((passage, c) => passage !== passages[c])) {
        tree = prefixTree(papers, now)
        passages = now
      }
      // Papers without any preference lie at the root and are no votes.
      return walk(tree, keep.map(Number), restRule, invalid)
    },
  }
}

/** Nodes in an order that puts parents first; 0 is the root. */
type PrefixTree = {
  readonly parent: Int32Array
  readonly candidate: Int32Array
  /** Papers that pass through a node, and those of them that end there. */
  readonly through: Float64Array
  readonly ending: Float64Array
}

function prefixTree({ starts, ranks, weights }: PackedPapers, passages: readonly Passage[]): PrefixTree {
  const nodes = new Nodes()
  const passing = Uint8Array.from(passages, (passage) => (passage === 'passes' ? 0 : passage === 'splits' ? 1 : 2))
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] ?? 0
    const end = starts[row + 1] ?? 0
    let node = 0
    for (let at = starts[row] ?? 0; at < end; at++) {
      const candidate = ranks[at] ?? 0
      const passage = passing[candidate]
      if (passage === 0) continue
      node = nodes.child(node, candidate)
      if (passage === 2) break
    }
    nodes.end(node, weight)
  }
  return nodes.tree()
}

/** Grows a tree by its children, found in open addressing by (parent, candidate). */
class Nodes {
  #count = 1
  #parent = new Int32Array(1024)
  #candidate = new Int32Array(1024)
  #ending = new Float64Array(1024)
  /** Node of a slot; 0, the root, is nobody's child and marks an empty slot. */
  #slots = new Int32Array(4096)

  child(parent: number, candidate: number): number {
    const mask = this.#slots.length - 1
    for (let slot = slotOf(parent + 1, candidate + 1, mask); ; slot = (slot + 1) & mask) {
      const node = this.#slots[slot] ?? 0
      if (node === 0) return this.#append(parent, candidate, slot)
      if (this.#parent[node] === parent && this.#candidate[node] === candidate) return node
    }
  }

  end(node: number, weight: number): void {
    this.#ending[node] = (this.#ending[node] ?? 0) + weight
  }

  #append(parent: number, candidate: number, slot: number): number {
    const node = this.#count++
    if (node === this.#parent.length) this.#widen()
    this.#parent[node] = parent
    this.#candidate[node] = candidate
    this.#slots[slot] = node
    if (node * 2 > this.#slots.length) this.#spread()
    return node
  }

  #widen(): void {
    const size = powerOfTwo(this.#parent.length + 1)
    const [parent, candidate, ending] = [new Int32Array(size), new Int32Array(size), new Float64Array(size)]
    parent.set(this.#parent)
    candidate.set(this.#candidate)
    ending.set(this.#ending)
    this.#parent = parent
    this.#candidate = candidate
    this.#ending = ending
  }

  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length)
    const mask = slots.length - 1
    for (let node = 1; node < this.#count; node++) {
      let slot = slotOf((this.#parent[node] ?? 0) + 1, (this.#candidate[node] ?? 0) + 1, mask)
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = node
    }
    this.#slots = slots
  }

  tree(): PrefixTree {
    const ending = this.#ending.slice(0, this.#count)
    const through = ending.slice()
    const parent = this.#parent.slice(0, this.#count)
    for (let node = this.#count - 1; node > 0; node--) {
      const above = parent[node] ?? 0
      assert(above < node, 'a parent comes before its children')
      through[above] = (through[above] ?? 0) + (through[node] ?? 0)
    }
    return { parent, candidate: this.#candidate.slice(0, this.#count), through, ending }
  }
}

function walk(
  tree: PrefixTree,
  keep: readonly number[],
  restRule: RestRule,
  invalid: number,
): ReturnType<MeekPapers['distribute']> {
  const { parent, candidate, through, ending } = tree
  const rests = new Float64Array(parent.length)
  const givens = new Float64Array(parent.length)
  const totals = new Float64Array(keep.length)
  rests[0] = unit
  let nonTransferable = unit * ((ending[0] ?? 0) - invalid)
  for (let node = 1; node < parent.length; node++) {
    const above = parent[node] ?? 0
    const rest = rests[above] ?? 0
    if (rest <= 0) continue // what is below a used-up paper was accounted for where it was used up
    const to = candidate[node] ?? 0
    const kept = keep[to] ?? 0
    const papers = through[node] ?? 0
    const part = productUp(rest, kept)
    const given = (givens[above] ?? 0) + part
    const left = restRule === 'subtract' ? rest - part : kept >= unit ? 0 : productUp(rest, unit - kept)
    totals[to] = (totals[to] ?? 0) + papers * part
    nonTransferable += (left <= 0 ? papers : (ending[node] ?? 0)) * (unit - given)
    rests[node] = left
    givens[node] = given
  }
  return { totals: Array.from(totals, BigInt), nonTransferable: BigInt(nonTransferable) }
}
