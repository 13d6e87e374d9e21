// The other way to meet a quota: count again as if the committee were larger or smaller. Liberal Democrat election regulations since 1988, as
// quoted and explained by C. Rosenstiel (rosenstiel.co.uk/stv/ordstvdt.htm): of the group with too few, those elected to the larger committee
// that has enough of them; of the others, those elected to the smaller committee that has as many as there is room for. It elects other
// people than guard and doom, so a rulebook names the one or the other. Conforms to the text as quoted; no official table was checked.
import { fail, ok, type Result } from '@quorate/kernel'
import { count, type Methods } from '../count.ts'
import type { LotOrder } from '../lot.ts'
import type { Profile } from '../papers/profile.ts'
import type { CountError, StvCount } from '../trace.ts'
import { checkConstraints, placesOf, type Constraint, type ConstraintFault } from './constraints.ts'
import type { ConstrainedMethodId } from './count-constrained.ts'

/** Whom a further count was for: the group with too few of its own, or those with too many. */
type Purpose = 'as it is' | 'larger' | 'smaller'

/** A quota met by further counts. */
export type AsIfCount = {
  readonly kind: 'as-if'
  readonly constraint: Constraint
  /** All counts made, in order: first the committee as it is, then one place more each time, then one place fewer. */
  readonly counts: readonly { readonly purpose: Purpose; readonly seats: number; readonly count: StvCount }[]
  /** Ascending. */
  readonly elected: readonly number[]
}

/** Why there is no result. */
export type AsIfError =
  | CountError
  | { readonly kind: 'bad constraint'; readonly fault: ConstraintFault }
  /** No committee of any size, larger (or smaller), elects exactly `needed` of the one side or the other: the rule says nothing then. */
  | { readonly kind: 'no such committee'; readonly purpose: 'larger' | 'smaller'; readonly needed: number }

/** Counts as the committee is and, if the quota is not met, as if it were larger and smaller. Knows one group and everybody else. */
export function countAsIf<M extends ConstrainedMethodId>(
  method: M,
  params: Methods[M]['params'],
  profile: Profile,
  constraint: Constraint,
  lot: LotOrder | null,
): Result<AsIfCount, AsIfError> {
  const checked = checkConstraints([constraint], profile)
  if (checked.kind === 'fail') return fail({ kind: 'bad constraint', fault: checked.error })
  const counts: { purpose: Purpose; seats: number; count: StvCount }[] = []
  const countFor = (purpose: Purpose, seats: number): Result<readonly number[], CountError> => {
    const made = count(method, params, { ...profile, seats }, lot)
    if (made.kind === 'fail') return made
    counts.push({ purpose, seats, count: made.value })
    return ok(made.value.elected)
  }
  const done = (elected: readonly number[]): Result<AsIfCount, AsIfError> =>
    ok({ kind: 'as-if', constraint, counts, elected: elected.toSorted((a, b) => a - b) })

  const plain = countFor('as it is', profile.seats)
  if (plain.kind === 'fail') return plain
  const places = placesOf(profile)
  const { least, most } = constraint
  const isMember = (c: number): boolean => constraint.members.includes(c)
  const now = plain.value.filter(isMember).length
  if (now >= least && (most === null || now <= most)) return done(plain.value)
  const tooFew = now < least
  if (least > places) return fail({ kind: 'no such committee', purpose: 'larger', needed: least })
  const inGroup = tooFew ? least : (most ?? 0)
  const isUnder = (c: number): boolean => isMember(c) === tooFew
  const needed = { larger: tooFew ? inGroup : places - inGroup, smaller: tooFew ? places - inGroup : inGroup }

  const search = (purpose: 'larger' | 'smaller', wanted: (c: number) => boolean): Result<readonly number[], AsIfError> => {
    const step = purpose === 'larger' ? 1 : -1
    if (needed[purpose] === 0) return ok([])
    for (let seats = places + step; seats > 0 && seats <= profile.candidates.length; seats += step) {
      const elected = countFor(purpose, seats)
      if (elected.kind === 'fail') return elected
      const those = elected.value.filter(wanted)
      if (those.length === needed[purpose]) return ok(those)
    }
    return fail({ kind: 'no such committee', purpose, needed: needed[purpose] })
  }
  const larger = search('larger', isUnder)
  if (larger.kind === 'fail') return larger
  const smaller = search('smaller', (c) => !isUnder(c))
  return smaller.kind === 'fail' ? smaller : done([...larger.value, ...smaller.value])
}
