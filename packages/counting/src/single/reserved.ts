// A vote where the most votes win, with places kept for a group: the marks are added up as ever, then the places are filled by the rule of
// constrained/reserved-places.ts.
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { checkConstraints, type ConstraintFault, type Constraints } from '../constrained/constraints.ts'
import { reservedPlaces } from '../constrained/reserved-places.ts'
import type { LotOrder } from '../lot.ts'
import type { AnyProfile } from '../papers/packed.ts'
import { countMarks, standingIn, type MarkCount, type MarkError, type MarkMethod, type MarkParams } from './marks.ts'

/** Why no places can be kept. */
export type ReservedError =
  | MarkError
  | { readonly kind: 'bad constraints'; readonly fault: ConstraintFault }
  /** Only one group with a floor and no ceiling is a rule of reserved places. */
  | { readonly kind: 'not one floor' }
  | { readonly kind: 'floor above places'; readonly least: number; readonly places: number }
  | { readonly kind: 'too few'; readonly group: string; readonly required: number; readonly standing: number }

/** Counts marks and fills the places, those kept for the one group of `constraints` first. The lot decides among those level at a last place. */
export function countReserved<M extends MarkMethod>(
  method: M,
  params: MarkParams[M],
  profile: AnyProfile,
  constraints: Constraints,
  lot: LotOrder | null,
): Result<MarkCount, ReservedError> {
  const checked = checkConstraints(constraints, profile)
  if (checked.kind === 'fail') return fail({ kind: 'bad constraints', fault: checked.error })
  const [rule, ...more] = constraints
  if (rule === undefined || more.length > 0 || rule.most !== null || rule.least === 0) return fail({ kind: 'not one floor' })
  const standing = standingIn(profile)
  const { seats } = profile
  if (rule.least > seats) return fail({ kind: 'floor above places', least: rule.least, places: seats })
  // Who would win without the rule needs no lot; those in nomination order stand in for it, and only the figures are taken.
  const plain = countMarks(method, params, profile, lot ?? profile.candidates.map((_, c) => c))
  if (plain.kind === 'fail') return plain
  const votes = profile.candidates.map((_, c) => (standing.includes(c) ? (plain.value.votes[c] ?? 0) : null))
  const filled = reservedPlaces(votes, seats, rule, lot)
  if (filled.kind === 'fail') {
    const { error } = filled
    if (error.kind === 'too few') return fail({ ...error, group: rule.name })
    return fail(error.kind === 'lot needed' ? { kind: 'lot needed', tied: error.level } : error)
  }
  const { reserved, open } = filled.value
  const elected = [...reserved, ...open].sort(
    (a, b) => (votes[b] ?? 0) - (votes[a] ?? 0) || reserved.indexOf(a) - reserved.indexOf(b),
  )
  assert(elected.length <= seats, 'no more are elected than there are places')
  const own = standing.filter((c) => rule.members.includes(c))
  const tied = [
    levelAt(votes, own, reserved),
    levelAt(
      votes,
      standing.filter((c) => !reserved.includes(c)),
      open,
    ),
  ].flat()
  return ok({
    ...plain.value,
    elected,
    unfilled: seats - elected.length,
    tied: tied.toSorted((a, b) => a - b),
    lotOrder: lot,
    reserved: { name: rule.name, clause: rule.clause, members: own, places: reserved },
  })
}

/** Those of `among` level with the last who got a place, if not all of them did. */
function levelAt(votes: readonly (number | null)[], among: readonly number[], taken: readonly number[]): readonly number[] {
  const last = votes[taken.at(-1) ?? -1]
  const level = last === undefined ? [] : among.filter((c) => votes[c] === last)
  return level.every((c) => taken.includes(c)) ? [] : level
}
