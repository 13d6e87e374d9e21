// Instant runoff (alternative vote, ranked-choice voting for one place). The points on which statutes differ are parameters, with the
// meanings RCTab's documentation gives them; the count is that of W. R. Ware (1871) as those statutes have it: whoever has more than half is
// elected; else the lowest is excluded and those papers pass whole to the next candidate they name who still stands.
import { fail, ok, type Result } from '@quorate/kernel'
import { countWith, usualSettings, type CountSettings } from '../transferable/engines.ts'
import type { LotOrder } from '../lot.ts'
import { profileHash, type AnyProfile, type PackedProfile } from '../papers/packed.ts'
import type { Contest, Profile } from '../papers/profile.ts'
import type { CountError, StvCount } from '../trace.ts'
import { fastBox } from './irv-fast.ts'
import { literalBox, type Cause } from './irv-papers.ts'
import { badIrvParam, irvParamsJson, type IrvParams } from './irv-params.ts'
import { runoff } from './irv-rounds.ts'

/** Papers that count for nobody at the end of a round, by cause. Those of the first round were never in the count (`invalid`). */
export type Inactive = Readonly<Record<Cause, number>>

/**
 * An instant runoff: the trace of a transferable vote for one place, without fractions, and beside each stage why papers no longer count.
 * The `quota` of a stage is the fewest votes that are more than half. At every stage, inactive = invalid + nonTransferable.
 */
export type IrvCount = StvCount & { readonly method: 'irv@1'; readonly inactive: readonly Inactive[] }

/**
 * Counts an instant runoff by both engines. Papers may name a candidate at two ranks. The withdrawn are out before the first round: their
 * ranks are passed over, but a mark for one still makes an overvote, as a mark for the excluded does. One place only.
 */
export function countIrv(
  params: IrvParams,
  profile: AnyProfile,
  lot: LotOrder | null,
  settings: CountSettings = usualSettings,
): Result<IrvCount, CountError> {
  const wrong = profile.seats === 1 ? badIrvParam(params, profile.candidates.length) : 'seats'
  if (wrong !== null) return fail({ kind: 'bad params', param: wrong })
  const engines = {
    literal: (whole: Profile, order: LotOrder | null) =>
      counted(whole, order, params, literalBox(whole, params), profileHash(whole)),
    fast: (packed: PackedProfile, order: LotOrder | null) =>
      counted(packed, order, params, fastBox(packed, params), profileHash(packed)),
    fits: () => true,
  }
  return countWith(engines, profile, lot, settings, 'allowed')
}

function counted(
  contest: Contest,
  lot: LotOrder | null,
  params: IrvParams,
  box: ReturnType<typeof literalBox>,
  hash: string,
): Result<IrvCount, CountError> {
  const run = runoff(contest, params, lot, box)
  if (run.kind === 'fail') return run
  const { stages, inactive, elected, lots, valid, invalid } = run.value
  return ok({
    kind: 'stv',
    method: 'irv@1',
    params: irvParamsJson(params),
    profileHash: hash,
    places: 0,
    seats: 1,
    valid,
    invalid,
    quota: stages.at(-1)?.quota ?? 0n,
    stages,
    elected,
    unfilled: 1 - elected.length,
    lotOrder: lot,
    lots,
    bounds: null,
    inactive,
  })
}
