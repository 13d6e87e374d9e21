import { assert, concatBytes } from '@quorate/kernel'
import { sha256 } from '@noble/hashes/sha2.js'

/** A SHA-256 value: 32 bytes. */
export type Hash = Uint8Array

/**
 * Hash of the complete subtree over leaves `index·2^level … (index+1)·2^level − 1`; level 0 is the leaves. Only asked for subtrees that lie
 * wholly inside the tree.
 */
export type HashReader = (level: number, index: number) => Hash

/**
 * SHA-256 of bytes, as 32 fresh bytes that nobody else holds. Whoever hashes a whole log lends the host's own, which is some five times
 * as fast as ours in JavaScript; the bytes given are only borrowed for the call. Source: FIPS 180-4.
 */
export type Sha256 = (bytes: Uint8Array) => Hash

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

/** Makes the leaf hash, SHA-256(0x00 ‖ entry), with a host's SHA-256. Source: RFC 6962 §2.1. */
export const leafHasher =
  (hash: Sha256 = sha256): ((entry: Uint8Array) => Hash) =>
  (entry) => {
    const bytes = new Uint8Array(entry.length + 1)
    bytes.set(leafPrefix)
    bytes.set(entry, 1)
    return hash(bytes)
  }

/** Leaf hash, SHA-256(0x00 ‖ entry). The prefix keeps a leaf from passing as a node. Source: RFC 6962 §2.1. */
export const leafHash = leafHasher()

/** Node hash, SHA-256(0x01 ‖ left ‖ right). Source: RFC 6962 §2.1. */
export const nodeHash = (left: Hash, right: Hash, hash: Sha256 = sha256): Hash => hash(concatBytes(nodePrefix, left, right))

/** Root of the tree without leaves: SHA-256 of nothing. Source: RFC 6962 §2.1. */
export const emptyRoot = (): Hash => sha256(new Uint8Array(0))

/** Largest power of two smaller than `n`, for n ≥ 2: where RFC 6962 §2.1 splits a range. */
export function splitPoint(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/**
 * Hash of the leaves `[from, to)`, where `from` is a multiple of the least power of two not below the width, as in every range a tree or a
 * proof is made of. Sizes may pass 2^31, so there is no bit arithmetic here.
 */
export function rangeHash(from: number, to: number, reader: HashReader): Hash {
  const width = to - from
  if (width === 0) return emptyRoot()
  if (width === 1) return reader(0, from)
  const k = splitPoint(width)
  if (k * 2 === width && from % width === 0) return reader(Math.log2(width), from / width)
  return nodeHash(rangeHash(from, from + k, reader), rangeHash(from + k, to, reader))
}

/** Root of the tree of the first `size` leaves. Cost: one read and one hash for each binary digit 1 of the size. */
export const rootAt = (size: number, reader: HashReader): Hash => rangeHash(0, size, reader)

/** Root over a list of leaf hashes, with nothing kept. Cost: one hash a leaf. */
export function rootOfLeaves(leaves: Iterable<Hash>, hash: Sha256 = sha256): Hash {
  const peaks: Hash[] = []
  // Prefix and two children, filled anew for every node, as in `createTree`.
  const pair = new Uint8Array(65)
  pair.set(nodePrefix)
  let size = 0
  for (const leaf of leaves) {
    let node = leaf
    for (let n = size; n % 2 === 1; n = (n - 1) / 2) {
      const left = peaks.pop()
      assert(left !== undefined, 'there is a peak for each digit 1 of the size')
      pair.set(left, 1)
      pair.set(node, 33)
      node = hash(pair)
    }
    peaks.push(node)
    size++
  }
  return frontierRoot({ size, peaks })
}

/**
 * The right edge of a tree: all that appending needs. `peaks` are the hashes of its complete subtrees from the largest to the smallest, one
 * for each binary digit 1 of `size`.
 */
export type Frontier = { readonly size: number; readonly peaks: readonly Hash[] }

/** The frontier before the first leaf. */
export const emptyFrontier: Frontier = { size: 0, peaks: [] }

/** The frontier of the tree of the first `size` leaves. Cost: one read for each binary digit 1 of the size. */
export function frontierAt(size: number, reader: HashReader): Frontier {
  const peaks: Hash[] = []
  let from = 0
  for (let level = Math.floor(Math.log2(Math.max(size, 1))); level >= 0; level--) {
    const width = 2 ** level
    if (size - from < width) continue
    peaks.push(reader(level, from / width))
    from += width
  }
  return { size, peaks }
}

/** Adds one leaf hash. Cost: amortised one node hash. */
export function appendLeaf(frontier: Frontier, leaf: Hash, hash: Sha256 = sha256): Frontier {
  const peaks = frontier.peaks.slice()
  let node = leaf
  for (let n = frontier.size; n % 2 === 1; n = (n - 1) / 2) {
    const left = peaks.pop()
    assert(left !== undefined, 'a frontier has a peak for each digit 1 of its size')
    node = nodeHash(left, node, hash)
  }
  peaks.push(node)
  return { size: frontier.size + 1, peaks }
}

/** Root of the tree with this frontier. */
export function frontierRoot(frontier: Frontier): Hash {
  return (
    frontier.peaks.reduceRight<Hash | null>((right, left) => (right === null ? left : nodeHash(left, right)), null) ?? emptyRoot()
  )
}

/**
 * A whole tree in memory, append only; 64 bytes a leaf. `node` is its {@link HashReader}. The one mutable value of this package: owned by
 * whoever made it, and never shared between two writers.
 */
export type Tree = {
  readonly size: () => number
  readonly append: (leaf: Hash) => void
  readonly node: HashReader
}

/** A tree over leaf hashes, which may grow. */
export function createTree(leaves: Iterable<Hash> = [], hash: Sha256 = sha256): Tree {
  const levels: Level[] = []
  // Prefix and two children, filled anew for every node: a million nodes would otherwise be three million small arrays.
  const pair = new Uint8Array(65)
  pair.set(nodePrefix)
  const append = (leaf: Hash): void => {
    assert(leaf.length === 32, 'a leaf hash has 32 bytes')
    let node = leaf
    for (let level = 0; ; level++) {
      const row = (levels[level] ??= createLevel())
      row.push(node)
      if (row.length() % 2 === 1) return
      row.copyLastTwo(pair)
      node = hash(pair)
    }
  }
  const node: HashReader = (level, index) => {
    const row = levels[level]
    assert(row !== undefined && index < row.length(), 'only complete subtrees of the tree are read')
    return row.at(index)
  }
  for (const leaf of leaves) append(leaf)
  return { size: () => levels[0]?.length() ?? 0, append, node }
}

type Level = {
  readonly length: () => number
  readonly push: (hash: Hash) => void
  readonly at: (index: number) => Hash
  /** Writes the last two hashes behind the prefix of a node. */
  readonly copyLastTwo: (pair: Uint8Array) => void
}

/** One level of a tree in one growing buffer: an array of a million small arrays would cost three times the memory. */
function createLevel(): Level {
  let buffer = new Uint8Array(32 * 16)
  let length = 0
  const push = (hash: Hash): void => {
    if (32 * (length + 1) > buffer.length) {
      const larger = new Uint8Array(buffer.length * 2)
      larger.set(buffer)
      buffer = larger
    }
    buffer.set(hash, 32 * length)
    length++
  }
  return {
    length: () => length,
    push,
    at: (index) => buffer.slice(32 * index, 32 * index + 32),
    copyLastTwo: (pair) => {
      pair.set(buffer.subarray(32 * (length - 2), 32 * length), 1)
    },
  }
}
