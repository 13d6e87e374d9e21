// Quotas over all districts of an election: "13 of the 26 are women", wherever they are elected. Each district is counted by itself, in the order
// that the rule names; who is doomed or guarded in it depends on who has been elected before and on who can still be elected after it.
import { fail, ok, type Result } from '@quorate/kernel'
import type { Methods } from '../count.ts'
import { usualSettings, type CountSettings } from '../transferable/engines.ts'
import type { LotOrder } from '../lot.ts'
import type { Contest, Paper } from '../papers/profile.ts'
import { checkConstraints, type Constraint, type Constraints } from './constraints.ts'
import { countInDistrict, type ConstrainedCount, type ConstrainedError, type ConstrainedMethodId } from './count-constrained.ts'

/** One district: who stands in it, by the numbers of the whole election, and its voters' papers. */
export type District = {
  readonly name: string
  /** Candidates by index, ascending. Each stands in one district. */
  readonly members: readonly number[]
  readonly seats: number
  readonly papers: readonly Paper[]
}

/** An election in districts under bounds on the whole. */
export type DistrictCounts = {
  readonly kind: 'districts'
  /** In the order counted. */
  readonly counts: readonly { readonly district: string; readonly count: ConstrainedCount }[]
  /** By index, in the order of election. */
  readonly elected: readonly number[]
}

/** Why there is no result; `district` is the one at which it ended. */
export type DistrictsError =
  | { readonly kind: 'bad district'; readonly district: string }
  | { readonly kind: 'no count'; readonly district: string; readonly error: ConstrainedError }

/** A district's places as a bound of the whole: exactly so many of its candidates are elected. */
const placesAsBound = ({ name, members, seats }: District, clause: string): Constraint => ({
  name,
  clause,
  members,
  unsettled: [],
  least: seats,
  most: seats,
})

/**
 * Counts districts in their order. `clause`: where the rule says how many places each district has. A later district has less to choose from
 * when an earlier one has used up what the quotas leave: so the rule, and nobody else, says which is counted first.
 */
export function countDistricts<M extends ConstrainedMethodId>(
  method: M,
  params: Methods[M]['params'],
  { candidates, withdrawn }: Pick<Contest, 'candidates' | 'withdrawn'>,
  districts: readonly District[],
  clause: string,
  constraints: Constraints,
  lot: LotOrder | null,
  settings: CountSettings = usualSettings,
): Result<DistrictCounts, DistrictsError> {
  const bounds = [...districts.map((district) => placesAsBound(district, clause)), ...constraints]
  const stray = strayDistrict(districts, candidates.length)
  if (stray !== null) return fail({ kind: 'bad district', district: stray })
  const whole: Contest = { title: '', candidates, withdrawn, seats: 1 }
  const checked = checkConstraints(bounds, whole)
  if (checked.kind === 'fail')
    return fail({
      kind: 'no count',
      district: districts[0]?.name ?? '',
      error: { kind: 'bad constraints', fault: checked.error },
    })
  const standing = (district: District): readonly number[] => district.members.filter((c) => !withdrawn.includes(c))
  const counts: { district: string; count: ConstrainedCount }[] = []
  const elected: number[] = []
  for (const [i, district] of districts.entries()) {
    const later = districts.slice(i + 1)
    const elsewhere = {
      places: elected.length + later.reduce((n, { seats }) => n + seats, 0),
      elected: [...elected],
      continuing: later.flatMap(standing),
    }
    const own = standing(district)
    const profile = {
      title: district.name,
      candidates,
      withdrawn: [...candidates.keys()].filter((c) => !own.includes(c)),
      seats: district.seats,
      papers: district.papers,
    }
    const count = countInDistrict(method, params, profile, bounds, lot, settings, elsewhere)
    if (count.kind === 'fail') return fail({ kind: 'no count', district: district.name, error: count.error })
    counts.push({ district: district.name, count: count.value })
    elected.push(...count.value.count.elected)
  }
  return ok({ kind: 'districts', counts, elected })
}

/** The first district with a candidate of another, or of none of the election. */
function strayDistrict(districts: readonly District[], candidates: number): string | null {
  const seen = new Set<number>()
  for (const { name, members } of districts) {
    if (members.some((c) => seen.has(c) || c < 0 || c >= candidates)) return name
    for (const c of members) seen.add(c)
  }
  return null
}
