// Bounds on who may be elected together: "at least 3 women", "at most 2 from one group". Groups may overlap; who belongs to which is settled
// and frozen when nominations close, so that nothing found out later can move a count.
import { fail, ok, type Result } from '@quorate/kernel'
import type { Contest } from '../papers/profile.ts'

/** At least and at most so many of some candidates are elected. */
export type Constraint = {
  /** As the rule names the group: `women`. No two of an election have the same name. */
  readonly name: string
  /** Where the rule stands, cited wherever the bound decides. */
  readonly clause: string
  /** Candidates who belong, by index, ascending. Withdrawn ones may be among them and count for nothing. */
  readonly members: readonly number[]
  /** Candidates of whom it is not settled whether they belong, ascending: while one of them stands, nothing is counted. */
  readonly unsettled: readonly number[]
  /** At least so many, 0 for no floor. */
  readonly least: number
  /** At most so many, null for no ceiling. */
  readonly most: number | null
}

/** All bounds of one election, in the order of their weight: what the rule says about a shortage takes the last first. */
export type Constraints = readonly Constraint[]

/** Why bounds cannot be used. `group` is an index into the constraints. */
export type ConstraintFault =
  | { readonly kind: 'too many groups'; readonly most: number }
  | { readonly kind: 'bad name'; readonly group: number }
  | { readonly kind: 'repeated name'; readonly group: number }
  | { readonly kind: 'bad clause'; readonly group: number }
  | { readonly kind: 'bad bounds'; readonly group: number }
  | { readonly kind: 'bad member'; readonly group: number; readonly candidate: number }
  /** Somebody who stands is neither in the group nor out of it: settle that first. */
  | { readonly kind: 'unsettled'; readonly group: number; readonly candidates: readonly number[] }

/** More groups than any rule we have seen names (the largest: 8 regions and 5 quotas); proofs name a group in one small number. */
const groupsMost = 64

const isText = (text: string): boolean => text !== '' && text === text.trim() && text.isWellFormed()

/** Checks all that a constrained count relies on. Whether anybody can meet the bounds is another question. */
export function checkConstraints(constraints: Constraints, contest: Contest): Result<Constraints, ConstraintFault> {
  if (constraints.length > groupsMost) return fail({ kind: 'too many groups', most: groupsMost })
  for (const [group, constraint] of constraints.entries()) {
    const fault = faultOf(constraint, group, contest)
    if (fault !== null) return fail(fault)
    if (constraints.findIndex(({ name }) => name === constraint.name) < group) return fail({ kind: 'repeated name', group })
  }
  return ok(constraints)
}

function faultOf(constraint: Constraint, group: number, contest: Contest): ConstraintFault | null {
  const { name, clause, members, unsettled, least, most } = constraint
  if (!isText(name)) return { kind: 'bad name', group }
  if (!isText(clause)) return { kind: 'bad clause', group }
  const whole = (n: number): boolean => Number.isSafeInteger(n) && n >= 0
  if (!whole(least) || (most !== null && (!whole(most) || most < least))) return { kind: 'bad bounds', group }
  for (const list of [members, unsettled]) {
    const stray = list.find((c, i) => !whole(c) || c >= contest.candidates.length || (i > 0 && c <= (list[i - 1] ?? c)))
    if (stray !== undefined) return { kind: 'bad member', group, candidate: stray }
  }
  const both = unsettled.find((c) => members.includes(c))
  if (both !== undefined) return { kind: 'bad member', group, candidate: both }
  const open = unsettled.filter((c) => !contest.withdrawn.includes(c))
  return open.length === 0 ? null : { kind: 'unsettled', group, candidates: open }
}

/** Places a count can fill: no more than candidates who stand. */
export const placesOf = ({ seats, candidates, withdrawn }: Contest): number => {
  const standing = candidates.length - withdrawn.length
  return standing < seats ? standing : seats
}
