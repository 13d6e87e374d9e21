// Transferable votes under bounds on who may be elected together, by guard and doom (I. D. Hill, Voting matters 9, 1998; J. Otten, Voting
// matters 13, 2001): whom no lawful result holds is excluded at once, whom every lawful result holds is never excluded.
import { fail, ok, type JsonObject, type Result } from '@quorate/kernel'
import type { Methods } from '../count.ts'
import { countWith, usualSettings, type CountSettings, type Engines } from '../transferable/engines.ts'
import { ers97Engines } from '../transferable/ers97.ts'
import type { LotOrder } from '../lot.ts'
import { meekReferenceEngines } from '../transferable/meek-reference.ts'
import { nzMeekEngines } from '../transferable/nz-meek.ts'
import { checkedPacked, type AnyProfile } from '../papers/packed.ts'
import { scottishEngines } from '../transferable/scottish-stv.ts'
import type { CountError, StvCount } from '../trace.ts'
import type { ConstraintCertificate } from './certificate.ts'
import { checkConstraints, type ConstraintFault, type Constraints } from './constraints.ts'
import { judgeLiterally, rememberingJudge } from './judge.ts'
import { nowhere, type Elsewhere } from './elsewhere.ts'
import { Keeper } from './keeper.ts'

/** The methods that can be counted under bounds. */
export type ConstrainedMethodId = 'scottish-stv@1' | 'nz-meek@1' | 'meek-reference@1' | 'ers97@1'

/** All of them, for whoever asks by name. */
export const constrainedMethods: readonly ConstrainedMethodId[] = ['scottish-stv@1', 'nz-meek@1', 'meek-reference@1', 'ers97@1']

/** A count under bounds. Its trace tells each doom and guard with a certificate. */
export type ConstrainedCount = {
  readonly kind: 'constrained'
  readonly constraints: Constraints
  /** That the bounds can be kept, with numbers that do. */
  readonly feasible: ConstraintCertificate
  readonly count: StvCount
}

/** Why there is no constrained count. */
export type ConstrainedError =
  | CountError
  | { readonly kind: 'bad constraints'; readonly fault: ConstraintFault }
  /** Nobody's votes can meet the bounds: see `nominationsUnder` for what the rules allow then. */
  | { readonly kind: 'infeasible'; readonly certificate: ConstraintCertificate }
  /** A search over the bounds was given up: too many overlapping groups. */
  | { readonly kind: 'undecided' }

/**
 * Counts under bounds. With none, the trace is that of the method itself to the last figure. The candidates elected keep every bound.
 * `lot` is also asked who of several that are level is elected first, where the bounds do not let all of them be.
 */
export const countConstrained = <M extends ConstrainedMethodId>(
  method: M,
  params: Methods[M]['params'],
  profile: AnyProfile,
  constraints: Constraints,
  lot: LotOrder | null,
  settings: CountSettings = usualSettings,
): Result<ConstrainedCount, ConstrainedError> => countInDistrict(method, params, profile, constraints, lot, settings, nowhere)

/** The same for one district of several under the same bounds. */
export function countInDistrict<M extends ConstrainedMethodId>(
  method: M,
  params: Methods[M]['params'],
  profile: AnyProfile,
  constraints: Constraints,
  lot: LotOrder | null,
  settings: CountSettings,
  elsewhere: Elsewhere,
): Result<ConstrainedCount, ConstrainedError> {
  const packed = checkedPacked(profile)
  if (packed.kind === 'fail') return fail({ kind: 'bad profile', fault: packed.error })
  const checked = checkConstraints(constraints, profile)
  if (checked.kind === 'fail') return fail({ kind: 'bad constraints', fault: checked.error })
  const keepers = {
    literal: new Keeper(constraints, profile, judgeLiterally, elsewhere),
    fast: new Keeper(constraints, profile, rememberingJudge(), elsewhere),
  }
  const feasible = keepers.literal.certificate()
  if (feasible === null) return fail({ kind: 'undecided' })
  if (feasible.claim === 'infeasible') return fail({ kind: 'infeasible', certificate: feasible })
  const engines = enginesOf(method, params, keepers)
  if (engines.kind === 'fail') return engines
  const counted = countWith(engines.value, profile, lot, settings)
  if (keepers.literal.gaveUp || keepers.fast.gaveUp) return fail({ kind: 'undecided' })
  if (counted.kind === 'fail') return counted
  const bounds = { constraints, elsewhere: elsewhere === nowhere ? null : elsewhere, feasible }
  const count =
    constraints.length === 0 ? counted.value : { ...counted.value, params: paramsOf(counted.value, constraints), bounds }
  return ok({ kind: 'constrained', constraints, feasible, count })
}

function enginesOf<M extends ConstrainedMethodId>(
  method: M,
  params: Methods[M]['params'],
  keepers: { readonly literal: Keeper; readonly fast: Keeper },
): Result<Engines, CountError> {
  if (method === 'scottish-stv@1') return ok(scottishEngines(keepers))
  if (method === 'meek-reference@1') return ok(meekReferenceEngines(keepers))
  if (method === 'ers97@1') return ok(ers97Engines(keepers))
  // Of the four, only this method's parameters are left, which the compiler cannot follow from `method` to `params`.
  return nzMeekEngines(params as Methods['nz-meek@1']['params'], keepers)
}

/** The bounds are part of the rule counted under: they stand on the count as all else that was chosen. Candidates from 1. */
const paramsOf = ({ params }: StvCount, constraints: Constraints): JsonObject => ({
  ...params,
  constraints: constraints.map(({ name, clause, members, least, most }) => ({
    name,
    clause,
    least,
    most,
    members: members.map((c) => c + 1),
  })),
})
