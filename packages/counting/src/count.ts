import { fail, ok, type Result } from '@quorate/kernel'
import type { BudgetCount } from './budget/budget.ts'
import type { CommitteeCount } from './committee/committee.ts'
import type { GradeCount } from './grades/grading.ts'
import type { PairwiseCount } from './pairwise/pairwise.ts'
import { countErs97 } from './transferable/ers97.ts'
import type { LotOrder } from './lot.ts'
import {
  countMajority,
  majorityFigures,
  type MajorityCount,
  type MajorityError,
  type MajorityFigures,
  type MajorityOptions,
  type MajorityParams,
} from './majority.ts'
import { usualSettings, type CountSettings } from './transferable/engines.ts'
import { countMeekReference } from './transferable/meek-reference.ts'
import { countNzMeek, type NzMeekParams } from './transferable/nz-meek.ts'
import { unpackProfile, type AnyProfile } from './papers/packed.ts'
import { countScottish } from './transferable/scottish-stv.ts'
import type { BordaCount } from './single/borda.ts'
import { countIrv, type IrvCount } from './single/irv.ts'
import type { IrvParams } from './single/irv-params.ts'
import type { MarkCount } from './single/marks.ts'
import type { TwoRoundCount } from './single/two-round.ts'
import type { CountError, StvCount } from './trace.ts'

/** What each method takes as params and gives. An id names one version of one rule for ever: a published count must recount alike. */
export type Methods = {
  /** The Order leaves nothing open but the lot. */
  'scottish-stv@1': { params: Readonly<Record<never, never>>; count: StvCount; error: CountError }
  'nz-meek@1': { params: NzMeekParams; count: StvCount; error: CountError }
  /** The rule leaves nothing open but its procedure T: the lot. */
  'meek-reference@1': { params: Readonly<Record<never, never>>; count: StvCount; error: CountError }
  'ers97@1': { params: Readonly<Record<never, never>>; count: StvCount; error: CountError }
  'irv@1': { params: IrvParams; count: IrvCount; error: CountError }
  'majority@1': {
    params: MajorityParams & { readonly options: MajorityOptions; readonly sizes: MajorityFigures['sizes'] }
    count: MajorityCount
    error: MajorityError
  }
}

/** A finished count of any method. `kind` decides which: all that anybody is told of it comes from its trace. */
export type Count =
  StvCount | MarkCount | TwoRoundCount | BordaCount | PairwiseCount | GradeCount | CommitteeCount | BudgetCount | MajorityCount

/** Id of a rule and its version. */
export type MethodId = keyof Methods

type Counters = {
  readonly [M in MethodId]: (
    params: Methods[M]['params'],
    profile: AnyProfile,
    lot: LotOrder | null,
    settings: CountSettings,
  ) => Result<Methods[M]['count'], Methods[M]['error']>
}

const counters: Counters = {
  'scottish-stv@1': (_params, profile, lot, settings) => countScottish(profile, lot, settings),
  'nz-meek@1': countNzMeek,
  'meek-reference@1': (_params, profile, lot, settings) => countMeekReference(profile, lot, settings),
  'ers97@1': (_params, profile, lot, settings) => countErs97(profile, lot, settings),
  'irv@1': countIrv,
  'majority@1': ({ options, sizes, ...params }, profile) => {
    const figures = majorityFigures('papers' in profile ? profile : unpackProfile(profile), options, sizes)
    return figures.kind === 'fail' ? figures : countMajority(params, figures.value)
  },
}

/**
 * Applies a method to papers. Pure: no clock, chance or locale, and the order of the papers changes nothing. `lot` is asked only for
 * ties that the rule leaves to lot; without one such a tie ends the count with `lot needed`.
 */
export function count<M extends MethodId>(
  method: M,
  params: Methods[M]['params'],
  profile: AnyProfile,
  lot: LotOrder | null,
  settings: CountSettings = usualSettings,
): Result<Methods[M]['count'], Methods[M]['error']> {
  return counters[method](params, profile, lot, settings)
}

/** The newest version of a method by its bare name (`scottish-stv`), or the id itself. */
export function methodNamed(name: string): Result<MethodId, 'unknown method'> {
  const ids = Object.keys(counters) as MethodId[] // the keys of `counters` are the ids, by its type
  const id = ids.findLast((known) => known === name || known.startsWith(`${name}@`))
  return id === undefined ? fail('unknown method') : ok(id)
}
