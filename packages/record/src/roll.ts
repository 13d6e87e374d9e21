import { assert, compareBytes, equalBytes, fail, fromUtf8, ok, utf8, type Result } from '@quorate/kernel'
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
  const bytes = new Uint8Array(33 + entry.length) // begins with the 0
  bytes.set(salt, 1)
  bytes.set(entry, 33)
  return hash(bytes)
}

/** A frozen roll: its leaf hashes in ascending order, how many, and the root over them. Nodes are those of RFC 6962. */
export type FrozenRoll = { readonly size: number; readonly root: Hash; readonly leaves: readonly Hash[]; readonly tree: Tree }

/**
 * The leaves in ascending order. Their first bits and their places are sorted together as plain numbers, of which no two are equal; leaves alike in those
 * bits are put right among themselves. Half a million take 0.2 s; comparing byte by byte took 3 s.
 */
function ascending(leaves: readonly Hash[]): Hash[] {
  const places = 2 ** Math.ceil(Math.log2(Math.max(2, leaves.length)))
  const firsts = Math.min(2 ** 32, 2 ** 53 / places) // a number holds 53 bits
  const keys = Float64Array.from(leaves, ([a = 0, b = 0, c = 0, d = 0], place) => {
    return Math.floor(((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) * firsts) / 2 ** 32) * places + place
  }).sort()
  const sorted = Array.from(keys, (key) => leaves[key % places] as Hash)
  for (let i = 1; i < sorted.length; i++) {
    const leaf = sorted[i] as Hash
    let to = i
    while (to > 0 && compareBytes(sorted[to - 1] as Hash, leaf) > 0) to--
    if (to < i) sorted.splice(to, 0, ...sorted.splice(i, 1))
  }
  return sorted
}

/** Sorts and commits to the leaves of a roll. Refused: the same leaf twice. Cost: a sort of n numbers, n hashes. */
export function commitRoll(leaves: readonly Hash[], hash: Sha256 = sha256): Result<FrozenRoll, 'leaf twice'> {
  const sorted = ascending(leaves)
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

const hexDigits = utf8('0123456789abcdef')
const newline = 10
/** A leaf hash in hex and the end of its line. */
const lineLength = 65

/** The published list of a roll: every leaf hash in hex, ascending, a line each. 65 bytes a person. */
export function rollListText(leaves: readonly Hash[]): string {
  // One text made at once: hex put together leaf by leaf took ten times as long.
  const bytes = new Uint8Array(lineLength * leaves.length)
  let at = 0
  for (const leaf of leaves) {
    assert(leaf.length === 32, 'a leaf hash has 32 bytes')
    for (const byte of leaf) {
      bytes[at++] = hexDigits[byte >> 4] as number
      bytes[at++] = hexDigits[byte & 15] as number
    }
    bytes[at++] = newline
  }
  const text = fromUtf8(bytes)
  assert(text.kind === 'ok', 'hex digits are text')
  return text.value
}

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
  const leaves: Hash[] = []
  let last: Hash | null = null
  for (let at = 0; at < source.length; at += lineLength) {
    const leaf = leafAt(source, at)
    // Equal neighbours are out of order too: a roll names nobody twice.
    if (leaf === null || (last !== null && compareBytes(last, leaf) >= 0)) return fail(listFault(source))
    leaves.push(leaf)
    last = leaf
  }
  return ok({ size: leaves.length, root: rootOfLeaves(leaves, hash), leaves })
}

/** Values of the lower-case hex digits by their code; 255 for what is none. */
const digitValues = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = hexDigits.indexOf(code)
  return value < 0 ? 255 : value
})
const valueAt = (source: string, at: number): number => digitValues[source.charCodeAt(at)] ?? 255

/** The leaf hash whose line begins here; null for anything but 64 digits and a newline. */
function leafAt(source: string, at: number): Hash | null {
  if (source.charCodeAt(at + lineLength - 1) !== newline) return null
  const leaf = new Uint8Array(32)
  let wrong = 0
  for (let i = 0; i < 32; i++) {
    const high = valueAt(source, at + 2 * i)
    const low = valueAt(source, at + 2 * i + 1)
    wrong |= high | low
    leaf[i] = (high << 4) | low
  }
  return wrong > 15 ? null : leaf
}

/** The first line of a list that is wrong, and how. */
function listFault(source: string): RollListFault {
  const lines = source.split('\n')
  if (lines.pop() !== '') return { kind: 'no newline at the end', line: lines.length }
  const isLeaf = (content: string): boolean => /^[0-9a-f]{64}$/.test(content)
  const wrong = lines.findIndex((content, line) => !isLeaf(content) || (line > 0 && content <= (lines[line - 1] ?? '')))
  return { kind: isLeaf(lines[wrong] ?? '') ? 'not in ascending order' : 'not a leaf hash', line: wrong }
}
