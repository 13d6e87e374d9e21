import { equalBytes } from '@quorate/kernel'
import type { Checkpoint } from './checkpoint.ts'
import { createTree, rootAt, type Hash } from './merkle.ts'
import { isConsistent } from './proof.ts'

/**
 * What somebody holds of a log: a signed checkpoint and, where they have a whole copy, the hash of every entry under it. `who` names them in the
 * answer.
 */
export type View = { readonly who: string; readonly checkpoint: Checkpoint; readonly leaves: readonly Hash[] | null }

/** Two holders were shown two logs. `entry`: the first that differs, where both copies are whole; else null. */
export type SplitView = {
  readonly kind: 'split view'
  readonly origin: string
  readonly between: readonly [older: string, newer: string]
  /** How many entries the older checkpoint signs, and the root that each of the two has for so many. */
  readonly size: number
  readonly roots: readonly [older: Hash, newer: Hash | null]
  readonly entry: number | null
}

/** What comparing two views comes to. `not shown`: neither holder has a whole copy, and no proof was given. */
export type Comparison = { readonly kind: 'same' | 'continues' | 'not shown' | 'another log' } | SplitView

/** A proof that one checkpoint continues another, when somebody can give one. */
export type Continues = (older: Checkpoint, newer: Checkpoint) => readonly Hash[] | null

/**
 * Compares two signed views of a log. Whoever keeps a checkpoint, and meets another of the same log, can tell whether both were shown one log:
 * by the newer one's leaves or, without them, by a consistency proof. Cost: linear in the leaves.
 */
export function compareViews(a: View, b: View, proofOf: Continues = () => null): Comparison {
  const [older, newer] = a.checkpoint.size <= b.checkpoint.size ? [a, b] : [b, a]
  const { origin, size, root } = older.checkpoint
  if (origin !== newer.checkpoint.origin) return { kind: 'another log' }
  const split = (found: Hash | null): SplitView => ({
    kind: 'split view',
    origin,
    between: [older.who, newer.who],
    size,
    roots: [root, found],
    entry: firstOther(older.leaves, newer.leaves),
  })
  if (size === newer.checkpoint.size)
    return equalBytes(root, newer.checkpoint.root) ? { kind: 'same' } : split(newer.checkpoint.root)
  if (newer.leaves !== null && newer.leaves.length >= size) {
    const found = rootAt(size, createTree(newer.leaves).node)
    return equalBytes(root, found) ? { kind: 'continues' } : split(found)
  }
  const proof = proofOf(older.checkpoint, newer.checkpoint)
  if (proof === null) return { kind: 'not shown' }
  return isConsistent(size, root, newer.checkpoint.size, newer.checkpoint.root, proof) ? { kind: 'continues' } : split(null)
}

/** The first split view among many holders, or null: what a member's browser, a mirror and a newspaper tell each other. */
export function splitAmong(views: readonly View[], proofOf: Continues = () => null): SplitView | null {
  for (const [i, a] of views.entries())
    for (const b of views.slice(i + 1)) {
      const compared = compareViews(a, b, proofOf)
      if (compared.kind === 'split view') return compared
    }
  return null
}

function firstOther(a: readonly Hash[] | null, b: readonly Hash[] | null): number | null {
  if (a === null || b === null) return null
  const at = Array.from({ length: Math.min(a.length, b.length) }, (_, i) => i).find((i) => {
    const [mine, theirs] = [a[i], b[i]]
    return mine !== undefined && theirs !== undefined && !equalBytes(mine, theirs)
  })
  return at ?? null
}
