import { fail, fromHex, ok, toHex, type Result } from '@quorate/kernel'
import { commitRoll, rollLeaf } from '@quorate/record'
import { rollEntry } from '#lib/features/elections/words.ts'

/** A frozen roll as a registrar is shown it: what was published of it, and its lines with the salts that open them. */
export type ShownRoll = {
  readonly decision: number
  readonly electorate: string
  readonly size: number
  /** Root of the frozen roll, 64 hex digits. */
  readonly root: string
  readonly lines: readonly { readonly leaf: string; readonly salt: string; readonly member: number }[]
}

/**
 * Whether the members that a server shows are those of the frozen roll: as many as it says, each with the salt that opens a leaf of its own, and all
 * leaves together under the published root. So nobody is left out, none comes twice, and no code can be made for somebody who is not on it.
 */
export function checkFrozenRoll({ decision, electorate, size, root, lines }: ShownRoll): Result<null, string> {
  if (lines.length !== size) return fail(`the roll has ${String(size)} lines, and the server shows ${String(lines.length)}`)
  const leaves: Uint8Array[] = []
  for (const line of lines) {
    const salt = fromHex(line.salt)
    if (salt.kind === 'fail' || salt.value.length !== 32) return fail(`the line of member ${String(line.member)} has no salt`)
    const leaf = rollLeaf(salt.value, rollEntry(decision, electorate, line.member))
    if (toHex(leaf) !== line.leaf) return fail(`the line of member ${String(line.member)} is somebody else's`)
    leaves.push(leaf)
  }
  const committed = commitRoll(leaves)
  if (committed.kind === 'fail') return fail('a line of the roll stands there twice')
  return toHex(committed.value.root) === root ? ok(null) : fail('the lines are not those of the frozen roll')
}
