// Equal papers added together while they are read: a million papers of twelve candidates are some 144,000 different ones.
import { assert } from '@quorate/kernel'
import { powerOfTwo, slotOf } from '../transferable/arithmetic-fast.ts'

/** Different rankings, in ascending order candidate by candidate (a shorter one before those it begins), and how many papers say each. */
export type PackedPapers = {
  /** Where ranking i begins in `ranks`; one more at the end. Shape: n + 1. */
  readonly starts: Uint32Array
  /** All rankings one after another: candidates from 0. */
  readonly ranks: Uint16Array
  /** Papers of ranking i. Shape: n; whole numbers, exact to 2^53. */
  readonly weights: Float64Array
}

// Up to this many candidates a whole ranking fits 48 bits, four a place: 8 places in the high half, 4 in the low one.
const keyedMost = 12
const lowUnit = 2 ** 16

/** Collects rankings of plain candidates, each named once. */
export type PaperTable = {
  /** The ranking in `ranking[0 … length − 1]`, candidates from 0. */
  readonly add: (ranking: Uint16Array, length: number, weight: number) => void
  readonly end: () => PackedPapers
}

/** A table for a contest of so many candidates and about so many different rankings; it grows when there are more. */
export const paperTable = (candidates: number, rankings = usualRankings): PaperTable =>
  candidates <= keyedMost ? new KeyedTable(candidates, rankings) : new RowTable(candidates)

// A million papers let a table for so many grow once.
const usualRankings = 1 << 16

const madeFor = new WeakMap<PackedPapers, number>()

/** Whether a table of this file made these papers for so many candidates, so that they need no check: in range, nobody named twice. */
export const isMadeFor = (papers: PackedPapers, candidates: number): boolean => madeFor.get(papers) === candidates

const made = (papers: PackedPapers, candidates: number): PackedPapers => {
  madeFor.set(papers, candidates)
  return papers
}

/**
 * Open addressing over 48-bit keys. A slot is two 32-bit numbers: the first eight places; and the last four with the papers modulo 2^16
 * below them. High 0 is an empty slot: a key names somebody. Eight bytes a slot, because the walk through a million papers costs mostly
 * the cache misses here: with 16 bytes it took half as long again.
 */
export class KeyedTable implements PaperTable {
  readonly #candidates: number
  #size: number
  #slots: Int32Array
  #used = 0
  #blank = 0
  /** Papers beyond 2^16 − 1 of a ranking, by its key. */
  readonly #many = new Map<number, number>()

  constructor(candidates: number, rankings = usualRankings) {
    this.#candidates = candidates
    this.#size = powerOfTwo(rankings < 2 ? 4 : 2 * rankings)
    this.#slots = new Int32Array(2 * this.#size)
  }

  add(ranking: Uint16Array, length: number, weight: number): void {
    let high = 0
    let low = 0
    for (let place = 0; place < length; place++) {
      const digit = (ranking[place] ?? 0) + 1
      if (place < 8) high |= digit << (28 - 4 * place)
      else low |= digit << (28 - 4 * (place - 8))
    }
    this.addKey(high, low, weight)
  }

  /** A ranking whose key is known: candidate + 1 in four bits a place, from the top of both halves. */
  addKey(high: number, low: number, weight: number): void {
    if (high === 0) {
      this.#blank += weight
      return
    }
    const slots = this.#slots
    const mask = this.#size - 1
    for (let slot = slotOf(high, low, mask); ; slot = (slot + 1) & mask) {
      const at = 2 * slot
      const found = slots[at] ?? 0
      if (found === high) {
        const held = slots[at + 1] ?? 0
        if (((held ^ low) & ~0xffff) !== 0) continue
        const papers = (held & 0xffff) + weight
        if (papers <= 0xffff) slots[at + 1] = held + weight
        else slots[at + 1] = low | this.#carried(high, low, papers)
        return
      }
      if (found === 0) {
        slots[at] = high
        slots[at + 1] = weight <= 0xffff ? low | weight : low | this.#carried(high, low, weight)
        if (++this.#used * 2 > this.#size) this.#grow()
        return
      }
    }
  }

  #carried(high: number, low: number, papers: number): number {
    const rest = papers % lowUnit
    const key = keyOf(high, low)
    this.#many.set(key, (this.#many.get(key) ?? 0) + papers - rest)
    return rest
  }

  #grow(): void {
    const old = this.#slots
    this.#size *= 4
    const slots = new Int32Array(2 * this.#size)
    const mask = this.#size - 1
    for (let from = 0; from < old.length; from += 2) {
      const high = old[from] ?? 0
      if (high === 0) continue
      const low = old[from + 1] ?? 0
      let slot = slotOf(high, low & ~0xffff, mask)
      while (slots[2 * slot] !== 0) slot = (slot + 1) & mask
      slots[2 * slot] = high
      slots[2 * slot + 1] = low
    }
    this.#slots = slots
  }

  end(): PackedPapers {
    const slots = this.#slots
    // 48 bits of key, and below them five for up to 30 papers: hardly a ranking has to be looked up again after sorting.
    const keys = new Float64Array(this.#used)
    let n = 0
    for (let at = 0; at < slots.length; at += 2) {
      const high = slots[at] ?? 0
      if (high === 0) continue
      const low = slots[at + 1] ?? 0
      const few = (low & 0xffff) <= 30 && (this.#many.size === 0 || !this.#many.has(keyOf(high, low)))
      keys[n++] = 32 * keyOf(high, low) + (few ? low & 0xffff : 31)
    }
    assert(n === this.#used, 'every key of the table is taken out')
    return this.#unpacked(sorted(keys))
  }

  #unpacked(keys: Float64Array): PackedPapers {
    const blanks = this.#blank > 0 ? 1 : 0
    const n = keys.length + blanks
    const starts = new Uint32Array(n + 1)
    const weights = new Float64Array(n)
    const ranks = new Uint16Array(keyedMost * keys.length)
    if (blanks === 1) weights[0] = this.#blank
    let end = 0
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] ?? 0
      const top = (key * 2 ** -21) >>> 0
      const rest = key - top * 2 ** 21
      const high = top | 0
      const low = (rest >>> 5) << 16
      const papers = rest & 31
      starts[i + blanks] = end
      for (let left = high; left !== 0; left <<= 4) ranks[end++] = (left >>> 28) - 1
      for (let left = low; left !== 0; left <<= 4) ranks[end++] = (left >>> 28) - 1
      weights[i + blanks] = papers <= 30 ? papers : this.#papersOf(high, low)
    }
    starts[n] = end
    return made({ starts, ranks: ranks.slice(0, end), weights }, this.#candidates)
  }

  #papersOf(high: number, low: number): number {
    const mask = this.#size - 1
    let slot = slotOf(high, low, mask)
    while (this.#slots[2 * slot] !== high || (((this.#slots[2 * slot + 1] ?? 0) ^ low) & ~0xffff) !== 0) slot = (slot + 1) & mask
    return ((this.#slots[2 * slot + 1] ?? 0) & 0xffff) + (this.#many.get(keyOf(high, low)) ?? 0)
  }
}

/** Both halves as one whole number below 2^48, in the order of the rankings. */
const keyOf = (high: number, low: number): number => (high >>> 0) * lowUnit + (low >>> 16)

/**
 * Keys of 53 bits in ascending order. Sorted by their first three places into heaps first, each of which fits the cache: half the time of
 * one sort over 230,000.
 */
function sorted(keys: Float64Array): Float64Array {
  const heaps = 4096
  const heapOf = (key: number): number => (key * 2 ** -41) | 0
  if (keys.length < heaps) return keys.sort()
  const ends = new Int32Array(heaps)
  for (let i = 0; i < keys.length; i++) {
    const heap = heapOf(keys[i] ?? 0)
    ends[heap] = (ends[heap] ?? 0) + 1
  }
  for (let heap = 1; heap < heaps; heap++) ends[heap] = (ends[heap] ?? 0) + (ends[heap - 1] ?? 0)
  const all = new Float64Array(keys.length)
  const next = ends.slice()
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0
    const heap = heapOf(key)
    const at = (next[heap] ?? 0) - 1
    next[heap] = at
    all[at] = key
  }
  for (let heap = 0; heap < heaps; heap++) all.subarray(next[heap], ends[heap]).sort()
  return all
}

/** Open addressing over whole rankings, compared place by place: for any number of candidates. */
class RowTable implements PaperTable {
  readonly #candidates: number
  /** Index of a ranking + 1; 0 is an empty slot. */
  #slots = new Int32Array(1 << 12)
  #n = 0
  #starts = new Uint32Array(1 << 10)
  #ranks = new Uint16Array(1 << 13)
  #weights = new Float64Array(1 << 10)
  readonly #hashes: number[] = []

  constructor(candidates: number) {
    this.#candidates = candidates
  }

  add(ranking: Uint16Array, length: number, weight: number): void {
    assert(length <= this.#candidates, 'a ranking names nobody twice')
    let hash = length
    for (let i = 0; i < length; i++) hash = slotOf(hash, (ranking[i] ?? 0) + 1, -1)
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const index = (this.#slots[slot] ?? 0) - 1
      if (index < 0) {
        this.#slots[slot] = this.#append(ranking, length, weight, hash) + 1
        if (this.#n * 2 > this.#slots.length) this.#spread()
        return
      }
      if (this.#hashes[index] === hash && this.#same(index, ranking, length)) {
        this.#weights[index] = (this.#weights[index] ?? 0) + weight
        return
      }
    }
  }

  #same(index: number, ranking: Uint16Array, length: number): boolean {
    const start = this.#starts[index] ?? 0
    if ((this.#starts[index + 1] ?? 0) - start !== length) return false
    for (let i = 0; i < length; i++) if (this.#ranks[start + i] !== ranking[i]) return false
    return true
  }

  #append(ranking: Uint16Array, length: number, weight: number, hash: number): number {
    const index = this.#n++
    const start = this.#starts[index] ?? 0
    if (start + length > this.#ranks.length) {
      const more = new Uint16Array(powerOfTwo(start + length + 1))
      more.set(this.#ranks)
      this.#ranks = more
    }
    if (index + 2 > this.#starts.length) {
      const starts = new Uint32Array(2 * this.#starts.length)
      const weights = new Float64Array(2 * this.#starts.length)
      starts.set(this.#starts)
      weights.set(this.#weights)
      this.#starts = starts
      this.#weights = weights
    }
    for (let i = 0; i < length; i++) this.#ranks[start + i] = ranking[i] ?? 0
    this.#starts[index + 1] = start + length
    this.#weights[index] = weight
    this.#hashes.push(hash)
    return index
  }

  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length)
    const mask = slots.length - 1
    for (const [index, hash] of this.#hashes.entries()) {
      let slot = hash & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = index + 1
    }
    this.#slots = slots
  }

  end(): PackedPapers {
    const [starts, ranks] = [this.#starts, this.#ranks]
    const order = new Uint32Array(this.#n).map((_, i) => i)
    order.sort((a, b) => {
      let i = starts[a] ?? 0
      let j = starts[b] ?? 0
      const [endA, endB] = [starts[a + 1] ?? 0, starts[b + 1] ?? 0]
      while (i < endA && j < endB && ranks[i] === ranks[j]) {
        i++
        j++
      }
      return i === endA || j === endB ? endA - i - (endB - j) : (ranks[i] ?? 0) - (ranks[j] ?? 0)
    })
    const sorted = {
      starts: new Uint32Array(this.#n + 1),
      ranks: new Uint16Array(starts[this.#n] ?? 0),
      weights: new Float64Array(this.#n),
    }
    let end = 0
    for (const [to, from] of order.entries()) {
      sorted.starts[to] = end
      for (let i = starts[from] ?? 0; i < (starts[from + 1] ?? 0); i++) sorted.ranks[end++] = ranks[i] ?? 0
      sorted.weights[to] = this.#weights[from] ?? 0
    }
    sorted.starts[this.#n] = end
    assert(end === sorted.ranks.length, 'every place of every ranking is kept')
    return made(sorted, this.#candidates)
  }
}
