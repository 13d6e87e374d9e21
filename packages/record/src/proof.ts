import { assert, equalBytes } from '@quorate/kernel'
import { emptyRoot, nodeHash, rangeHash, splitPoint, type Hash, type HashReader } from './merkle.ts'

/**
 * Inclusion proof of leaf `index` in the tree of the first `size` leaves: the siblings from the leaf's up to the root's child.
 * Source: RFC 6962 §2.1.1.
 */
export function inclusionProof(index: number, size: number, reader: HashReader): readonly Hash[] {
  assert(Number.isSafeInteger(size) && index >= 0 && index < size, 'a leaf to prove lies in the tree')
  const path: Hash[] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const middle = from + splitPoint(to - from)
    if (index < middle) {
      path.push(rangeHash(middle, to, reader))
      to = middle
    } else {
      path.push(rangeHash(from, middle, reader))
      from = middle
    }
  }
  return path.reverse()
}

/**
 * Whether `leaf` is leaf `index` of the tree with this size and root. Total: any array of hashes is accepted as input, and only the one right
 * proof gives true. Source: RFC 9162 §2.1.3.2.
 */
export function isIncluded(leaf: Hash, index: number, size: number, root: Hash, proof: readonly Hash[]): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false
  let fn = index
  let sn = size - 1
  let r = leaf
  for (const p of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else {
      r = nodeHash(r, p)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && equalBytes(r, root)
}

/**
 * Consistency proof between the tree of the first `oldSize` leaves and that of the first `size`: nothing was changed or removed, only
 * added. Empty when the old tree is empty or the same. Source: RFC 6962 §2.1.2.
 */
export function consistencyProof(oldSize: number, size: number, reader: HashReader): readonly Hash[] {
  assert(Number.isSafeInteger(size) && oldSize >= 0 && oldSize <= size, 'the old tree is not larger than the new')
  if (oldSize === 0) return []
  const path: Hash[] = []
  let from = 0
  let to = size
  // While the old tree's edge lies inside [from, to), go down; what lies beside the way is part of the proof.
  while (oldSize !== to) {
    const middle = from + splitPoint(to - from)
    if (oldSize <= middle) {
      path.push(rangeHash(middle, to, reader))
      to = middle
    } else {
      path.push(rangeHash(from, middle, reader))
      from = middle
    }
  }
  // A verifier who holds the old root does not need it again.
  if (from !== 0) path.push(rangeHash(from, to, reader))
  return path.reverse()
}

/** Whether the new tree continues the old one. Total, like {@link isIncluded}. Source: RFC 9162 §2.1.4.2. */
export function isConsistent(oldSize: number, oldRoot: Hash, size: number, root: Hash, proof: readonly Hash[]): boolean {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(size) || oldSize < 0 || oldSize > size) return false
  if (oldSize === 0) return proof.length === 0 && equalBytes(oldRoot, emptyRoot())
  if (oldSize === size) return proof.length === 0 && equalBytes(oldRoot, root)
  // A power of two is a whole subtree: its root is known and left out of the proof.
  const path = splitPoint(oldSize + 1) === oldSize ? [oldRoot, ...proof] : proof
  const first = path[0]
  if (first === undefined) return false
  let fn = oldSize - 1
  let sn = size - 1
  while (fn % 2 === 1) {
    fn = (fn - 1) / 2
    sn = Math.floor(sn / 2)
  }
  let fr = first
  let sr = first
  for (const c of path.slice(1)) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(c, fr)
      sr = nodeHash(c, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else {
      sr = nodeHash(sr, c)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && equalBytes(fr, oldRoot) && equalBytes(sr, root)
}
