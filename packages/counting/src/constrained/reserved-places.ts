// Reserved places in a vote where the most votes win: "the two women with the most votes, then the others with the most". The rule of a real
// movement in 2017 (rulebooks/history/movement-2017.md: block vote, four votes for four places, at least two women in each division).
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { isLotOrder, type LotOrder } from '../lot.ts'

/** Who is elected, and of whom it was said that places were reserved. */
export type ReservedPlaces = {
  /** Those of the group with the most votes, for the places kept for it; then those with the most of all others. Each by votes. */
  readonly reserved: readonly number[]
  readonly open: readonly number[]
}

/** Why nobody is elected. `level`: the rule leaves it to lot who of these takes the last place. */
export type ReservedPlacesError =
  | { readonly kind: 'too few'; readonly required: number; readonly standing: number }
  | { readonly kind: 'bad lot order' }
  | { readonly kind: 'lot needed'; readonly level: readonly number[] }

/** Fills `seats` by most votes, `least` of them kept for `members`. `votes` has one figure per candidate; null for one who does not stand. */
export function reservedPlaces(
  votes: readonly (number | null)[],
  seats: number,
  { members, least }: { readonly members: readonly number[]; readonly least: number },
  lot: LotOrder | null,
): Result<ReservedPlaces, ReservedPlacesError> {
  if (lot !== null && !isLotOrder(lot, votes.length)) return fail({ kind: 'bad lot order' })
  const standing = [...votes.keys()].filter((c) => votes[c] !== null)
  const own = standing.filter((c) => members.includes(c))
  if (own.length < least) return fail({ kind: 'too few', required: least, standing: own.length })
  const reserved = most(votes, own, least, lot)
  if (reserved.kind === 'fail') return reserved
  const others = standing.filter((c) => !reserved.value.includes(c))
  const open = most(votes, others, seats - least, lot)
  return open.kind === 'fail' ? open : ok({ reserved: reserved.value, open: open.value })
}

/** The `places` with the most votes; of those level at the last place, the earlier in the lot. */
function most(
  votes: readonly (number | null)[],
  among: readonly number[],
  places: number,
  lot: LotOrder | null,
): Result<readonly number[], ReservedPlacesError> {
  const of = (c: number): number => votes[c] ?? 0
  const order = among.toSorted((a, b) => of(b) - of(a) || (lot === null ? a - b : lot.indexOf(a) - lot.indexOf(b)))
  const [last, next] = [order[places - 1], order[places]]
  if (lot === null && last !== undefined && next !== undefined && of(last) === of(next))
    return fail({ kind: 'lot needed', level: among.filter((c) => of(c) === of(last)) })
  assert(places >= 0, 'no more places are kept than there are')
  return ok(order.slice(0, places))
}
