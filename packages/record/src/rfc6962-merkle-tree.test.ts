import { fromHex, toHex, utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  appendLeaf,
  consistencyProof,
  createTree,
  emptyFrontier,
  emptyRoot,
  frontierAt,
  frontierRoot,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  leafHasher,
  nodeHash,
  rootAt,
  rootOfLeaves,
  type Hash,
} from './index.ts'

const bytes = (hex: string): Uint8Array => {
  const r = fromHex(hex)
  if (r.kind === 'fail') throw new Error(r.error)
  return r.value
}
const hexes = (hashes: readonly Hash[]): string[] => hashes.map(toHex)

// Vectors of the reference implementation of RFC 6962 (certificate-transparency, merkle_tree_test): eight leaves and their roots.
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(bytes)
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

/** The definition of RFC 6962 §2.1, written out: slow, recursive, and sharing nothing with the code under test but the two hashes. */
function rootByDefinition(leaves: readonly Hash[]): Hash {
  const [only] = leaves
  if (only === undefined) return emptyRoot()
  if (leaves.length === 1) return only
  const k = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1)
  return nodeHash(rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)))
}

const sizeMax = 300
const leaves = Array.from({ length: sizeMax }, (_, i) => leafHash(utf8(`leaf ${String(i)}`)))
const tree = createTree(leaves)
const rootOf = Array.from({ length: sizeMax + 1 }, (_, size) => rootByDefinition(leaves.slice(0, size)))
const root = (size: number): Hash => rootOf[size] as Hash

const flipped = (hash: Hash, bit = 0): Hash => hash.map((b, i) => (i === bit >> 3 ? b ^ (1 << (bit & 7)) : b))

describe('roots', () => {
  test('are those of the reference vectors', () => {
    for (const [size, expected] of roots.entries()) {
      const grown = createTree(inputs.slice(0, size).map(leafHash))
      expect(toHex(rootAt(size, grown.node))).toBe(expected)
      expect(toHex(rootOfLeaves(inputs.slice(0, size).map(leafHash)))).toBe(expected)
    }
  })

  test('agree with the definition at every size, read from the tree and from the frontier', () => {
    let frontier = emptyFrontier
    for (let size = 0; size <= sizeMax; size++) {
      expect(toHex(rootAt(size, tree.node))).toBe(toHex(root(size)))
      expect(toHex(frontierRoot(frontier))).toBe(toHex(root(size)))
      expect(frontier.peaks).toHaveLength(size.toString(2).replaceAll('0', '').length)
      const next = leaves[size]
      expect(frontierAt(size, tree.node)).toEqual(frontier)
      if (next !== undefined) frontier = appendLeaf(frontier, next)
    }
  })

  test('a leaf never passes as a node, nor a node as a leaf', () => {
    const [a, b] = [leafHash(utf8('a')), leafHash(utf8('b'))]
    expect(toHex(leafHash(Uint8Array.from([...a, ...b])))).not.toBe(toHex(nodeHash(a, b)))
  })

  test('appending leaves the earlier frontier as it was', () => {
    const before = appendLeaf(emptyFrontier, leaves[0] as Hash)
    const kept = toHex(frontierRoot(before))
    appendLeaf(before, leaves[1] as Hash)
    expect(toHex(frontierRoot(before))).toBe(kept)
  })
})

describe('inclusion', () => {
  test('proofs are those of the reference vectors', () => {
    const eight = createTree(inputs.map(leafHash))
    expect(hexes(inclusionProof(0, 8, eight.node))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
    expect(hexes(inclusionProof(0, 1, eight.node))).toEqual([])
  })

  test('every leaf of every tree up to 300 is proved', () => {
    for (let size = 1; size <= sizeMax; size += size < 70 ? 1 : 23)
      for (let index = 0; index < size; index++)
        if (!isIncluded(leaves[index] as Hash, index, size, root(size), inclusionProof(index, size, tree.node)))
          expect.fail(`leaf ${String(index)} of ${String(size)}`)
  })

  test('a proof holds for nothing else: other leaf, index, size, root, order, length or any flipped bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: sizeMax }), fc.nat(), fc.nat(), (size, pick, other) => {
        const index = pick % size
        const leaf = leaves[index] as Hash
        const proof = inclusionProof(index, size, tree.node)
        const holds = (i: number, n: number, l: Hash, r: Hash, p: readonly Hash[]): boolean => isIncluded(l, i, n, r, p)
        const bit = other % 256
        const at = other % proof.length
        const wrong = (index + 1 + (other % (size - 1))) % size
        expect(holds(index, size, leaf, root(size), proof)).toBe(true)
        expect(holds(wrong, size, leaf, root(size), proof)).toBe(false)
        expect(holds(index, size, leaves[wrong] as Hash, root(size), proof)).toBe(false)
        expect(holds(index, size, leaf, flipped(root(size), bit), proof)).toBe(false)
        expect(holds(index, size, leaf, root(size - 1), proof)).toBe(false)
        expect(holds(index, size, leaf, root(size), proof.slice(1))).toBe(false)
        expect(holds(index, size, leaf, root(size), [...proof, root(size)])).toBe(false)
        expect(holds(index, size, leaf, root(size), [...proof, ...proof])).toBe(false)
        expect(holds(index, size, leaf, root(size), proof.with(at, flipped(proof[at] as Hash, bit)))).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  test('nonsense is refused and never throws', () => {
    const leaf = leaves[0] as Hash
    for (const [index, size] of [
      [0, 0],
      [-1, 1],
      [1, 1],
      [0.5, 1],
      [Number.NaN, 1],
      [0, Number.POSITIVE_INFINITY],
      [2 ** 53, 2 ** 53 + 2],
    ] as const)
      expect(isIncluded(leaf, index, size, leaf, [])).toBe(false)
    expect(isIncluded(leaf, 0, 2, leaf, [new Uint8Array(0)])).toBe(false)
  })

  test('works past 2^32 leaves, where bit operations would wrap', () => {
    const size = 2 ** 40 + 12_345
    const hashAt = (level: number, index: number): Hash => leafHash(utf8(`${String(level)}/${String(index)}`))
    const rootOfBig = rootAt(size, hashAt)
    // The size is odd, so the last leaf is itself a peak, and for it the made-up reader is a true tree.
    const last = inclusionProof(size - 1, size, hashAt)
    expect(last.length).toBeGreaterThan(1)
    expect(isIncluded(hashAt(0, size - 1), size - 1, size, rootOfBig, last)).toBe(true)
    expect(isIncluded(hashAt(0, size - 1), size - 2, size, rootOfBig, last)).toBe(false)
  })
})

describe('consistency', () => {
  test('proofs are those of the reference vectors', () => {
    const eight = createTree(inputs.map(leafHash))
    expect(hexes(consistencyProof(1, 1, eight.node))).toEqual([])
    expect(hexes(consistencyProof(1, 8, eight.node))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
    expect(hexes(consistencyProof(6, 8, eight.node))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
    expect(hexes(consistencyProof(2, 5, eight.node))).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ])
  })

  test('every tree up to 300 continues every smaller one', () => {
    for (let size = 0; size <= sizeMax; size += size < 70 ? 1 : 23)
      for (let old = 0; old <= size; old++)
        if (!isConsistent(old, root(old), size, root(size), consistencyProof(old, size, tree.node)))
          expect.fail(`${String(old)} to ${String(size)}`)
  })

  test('a rewritten history is never proved: other root, size, order, length or any flipped bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: sizeMax }), fc.nat(), fc.nat(), (size, pick, other) => {
        const old = 1 + (pick % (size - 1))
        const proof = consistencyProof(old, size, tree.node)
        const bit = other % 256
        const at = other % proof.length
        expect(isConsistent(old, root(old), size, root(size), proof)).toBe(true)
        expect(isConsistent(old, flipped(root(old), bit), size, root(size), proof)).toBe(false)
        expect(isConsistent(old, root(old), size, flipped(root(size), bit), proof)).toBe(false)
        expect(isConsistent(old, root(old), size, root(size), proof.slice(1))).toBe(false)
        expect(isConsistent(old, root(old), size, root(size), [...proof, root(old)])).toBe(false)
        expect(isConsistent(old, root(old), size, root(size), proof.with(at, flipped(proof[at] as Hash, bit)))).toBe(false)
        expect(isConsistent(old - 1, root(old - 1), size, root(size), proof)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  test('shrinking, nonsense sizes and a proof for nothing are refused', () => {
    expect(isConsistent(2, root(2), 1, root(1), [])).toBe(false)
    expect(isConsistent(-1, root(0), 1, root(1), [])).toBe(false)
    expect(isConsistent(0.5, root(0), 1, root(1), [])).toBe(false)
    expect(isConsistent(0, root(1), 1, root(1), [])).toBe(false)
    expect(isConsistent(0, root(0), 1, root(1), [root(1)])).toBe(false)
    expect(isConsistent(1, root(1), 1, root(2), [])).toBe(false)
    expect(isConsistent(3, root(3), 5, root(5), [])).toBe(false)
  })
})

test('a tree refuses to be read outside itself, and hashes of a wrong length', () => {
  const small = createTree(leaves.slice(0, 3))
  expect(() => small.node(1, 1)).toThrow('only complete subtrees')
  expect(() => small.node(5, 0)).toThrow('only complete subtrees')
  expect(() => {
    small.append(new Uint8Array(31))
  }).toThrow('32 bytes')
  expect(small.size()).toBe(3)
})

test("a host's own SHA-256 gives the same hashes", () => {
  const host = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
  const entries = Array.from({ length: 300 }, (_, i) => utf8(`entry ${String(i)}`))
  const leaves = entries.map(leafHash)
  expect(entries.map(leafHasher(host))).toEqual(leaves)
  expect(rootOfLeaves(leaves, host)).toEqual(rootOfLeaves(leaves))
  expect(rootAt(300, createTree(leaves, host).node)).toEqual(rootOfLeaves(leaves))
})

test("a tree asks the host's SHA-256 for every node, and keeps none of the bytes it lent", () => {
  let asked = 0
  const host = (bytes: Uint8Array): Uint8Array => {
    asked++
    const hash = new Uint8Array(createHash('sha256').update(bytes).digest())
    bytes.fill(1, 1)
    return hash
  }
  const leaves = Array.from({ length: 256 }, (_, i) => leafHash(utf8(String(i))))
  const tree = createTree(leaves, host)
  expect(asked).toBe(255)
  expect(rootAt(256, tree.node)).toEqual(rootOfLeaves(leaves))
})
