import { assert, compareBytes, concatBytes, equalBytes, fail, fromHex, ok, toHex, type Result } from '@quorate/kernel'
import { sha256 } from '@noble/hashes/sha2.js'
import { createTree, rootOfLeaves, rootAt, type Hash, type Sha256, type Tree } from './merkle.ts'
import { inclusionProof, isIncluded } from './proof.ts'

/**
 * Leaf of one person on a roll: SHA-256(0x00 ‖ 32 salt bytes ‖ entry). The salt is drawn at random for this ballot and held by the member;
 * without it the leaf tells nothing, and once it is destroyed the leaf can be tied to nobody. Unsalted, an e-mail address is found at 400,000
 * guesses a second.
 */
export function rollLeaf(salt: Uint8Array, entry: Uint8Array, hash: Sha256 = sha256): Hash {
  assert(salt.length === 32, 'the salt of a roll leaf has 32 bytes')
  return hash(concatBytes(Uint8Array.of(0), salt, entry))
}

/** A frozen roll: its leaf hashes in ascending order, how many, and the root over them. Nodes are those of RFC 6962. */
export type FrozenRoll = { readonly size: number; readonly root: Hash; readonly leaves: readonly Hash[]; readonly tree: Tree }

/** Sorts and commits to the leaves of a roll. Refused: the same leaf twice. Cost: n log n comparisons, n hashes. */
export function commitRoll(leaves: readonly Hash[], hash: Sha256 = sha256): Result<FrozenRoll, 'leaf twice'> {
  const sorted = leaves.toSorted(compareBytes)
  if (sorted.some((leaf, i) => i > 0 && equalBytes(leaf, sorted[i - 1] as Hash))) return fail('leaf twice')
  const tree = createTree(sorted, hash)
  return ok({ size: sorted.length, root: rootAt(sorted.length, tree.node), leaves: sorted, tree })
}

/** What a member keeps beside salt and entry to show that they are on the roll. */
export type RollProof = { readonly index: number; readonly path: readonly Hash[] }

/** Proof that a leaf is on the roll. `not on the roll` has no proof: absence cannot be shown with salted leaves, it is answered by a refusal. */
export function proveOnRoll(roll: FrozenRoll, leaf: Hash): Result<RollProof, 'not on the roll'> {
  let low = 0
  let high = roll.leaves.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareBytes(roll.leaves[middle] as Hash, leaf) < 0) low = middle + 1
    else high = middle
  }
  const found = roll.leaves[low]
  if (found === undefined || !equalBytes(found, leaf)) return fail('not on the roll')
  return ok({ index: low, path: inclusionProof(low, roll.size, roll.tree.node) })
}

/** Whether a leaf is on the roll that was committed to. */
export const isOnRoll = (committed: { readonly size: number; readonly root: Hash }, leaf: Hash, proof: RollProof): boolean =>
  isIncluded(leaf, proof.index, committed.size, committed.root, proof.path)

/** The published list of a roll: every leaf hash in hex, ascending, a line each. 65 bytes a person. */
export const rollListText = (leaves: readonly Hash[]): string => leaves.map((leaf) => `${toHex(leaf)}\n`).join('')

/** Why a text is not a roll's list. `line` counts from 0. */
export type RollListFault = {
  readonly kind: 'not a leaf hash' | 'not in ascending order' | 'no newline at the end'
  readonly line: number
}

/** Reads a published list and recomputes size and root, so that anybody can compare them with the entry on the record. */
export function parseRollList(
  source: string,
  hash: Sha256 = sha256,
): Result<Pick<FrozenRoll, 'size' | 'root' | 'leaves'>, RollListFault> {
  const lines = source.split('\n')
  if (lines.pop() !== '') return fail({ kind: 'no newline at the end', line: lines.length })
  const leaves: Hash[] = []
  for (const [line, content] of lines.entries()) {
    const leaf = fromHex(content)
    if (leaf.kind === 'fail' || leaf.value.length !== 32) return fail({ kind: 'not a leaf hash', line })
    // Lower-case hex sorts as its bytes do. Equal neighbours are out of order too: a roll names nobody twice.
    if (line > 0 && content <= (lines[line - 1] ?? '')) return fail({ kind: 'not in ascending order', line })
    leaves.push(leaf.value)
  }
  return ok({ size: leaves.length, root: rootOfLeaves(leaves, hash), leaves })
}
