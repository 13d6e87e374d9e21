// Two engines for every transferable vote: a literal one that follows the text clause by clause, and a fast one. A count that both make must
// come out alike to the last figure of every stage, or there is no count.
import { assert, fail, type Result } from '@quorate/kernel'
import { isLotOrder, type LotOrder } from '../lot.ts'
import { checkedPacked, papersPacked, unpackProfile, type AnyProfile, type PackedProfile } from '../papers/packed.ts'
import type { Profile, Repeats } from '../papers/profile.ts'
import type { CountError, StvCount } from '../trace.ts'

/** How a count is made; never changes what comes out. */
export type CountSettings = {
  /** Up to so many papers both engines count and are compared; above, the fast one alone, where its arithmetic reaches. */
  readonly bothUpTo: number
}

/** A literal count of 100,000 papers takes about a second, far less than anybody waits for a declaration. */
export const usualSettings: CountSettings = { bothUpTo: 100_000 }

/** One rule's two engines. `fits` says whether the fast one is exact for a profile. */
export type Engines<Count extends StvCount = StvCount> = {
  readonly literal: (profile: Profile, lot: LotOrder | null) => Result<Count, CountError>
  readonly fast: (profile: PackedProfile, lot: LotOrder | null) => Result<Count, CountError>
  readonly fits: (profile: PackedProfile) => boolean
}

/** Counts with the engines the settings ask for. Two counts that differ are a broken invariant: it throws rather than publish either. */
export function countWith<Count extends StvCount>(
  engines: Engines<Count>,
  profile: AnyProfile,
  lot: LotOrder | null,
  { bothUpTo }: CountSettings,
  repeats: Repeats = 'refused',
): Result<Count, CountError> {
  const checked = checkedPacked(profile, repeats)
  if (checked.kind === 'fail') return fail({ kind: 'bad profile', fault: checked.error })
  if (lot !== null && !isLotOrder(lot, profile.candidates.length)) return fail({ kind: 'bad lot order' })
  const packed = checked.value
  const fast = engines.fits(packed) ? engines.fast(packed, lot) : null
  if (fast !== null && papersPacked(packed) > bothUpTo) return fast
  const literal = engines.literal('papers' in profile ? profile : unpackProfile(packed), lot)
  assert(fast === null || sameValue(fast, literal), 'both engines give the same figures at every stage')
  return literal
}

/** Whether two values of a trace are the same, to the last figure. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)))
}
