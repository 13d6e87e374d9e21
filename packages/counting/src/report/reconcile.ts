import { decimalText, quotient, unitsPerVote } from '../arithmetic.ts'

/** A share as it was published: its digits as written, such as `70.42`, and of how many votes it is said to be. */
export type PublishedShare = { readonly percent: string; readonly of: number }

/**
 * Whether a published percentage can come of whole votes. `votes`: every number of votes that rounds to it, half away from zero; none means
 * that no count of that many votes gives this figure. `nearest`: the number of votes closest to it and the percentage that would have been
 * published for them, with as many places.
 */
export type Reconciled = {
  readonly votes: readonly number[]
  readonly nearest: { readonly votes: number; readonly percent: string }
}

const written = /^(\d{1,3})(?:\.(\d{1,6}))?$/

/** A share of votes in units of its last published place, rounded half up. */
const unitsOf = (votes: bigint, of: bigint, whole: bigint): bigint => quotient(2n * votes * whole + of, 2n * of)

/**
 * Looks for the whole numbers of votes that a published percentage can be, in exact arithmetic. Null when the figure is not a percentage of up
 * to six places, or is of no votes. Cost: linear in the numbers found, a handful unless the percentage has fewer places than the votes need.
 */
export function reconcileShare({ percent, of }: PublishedShare): Reconciled | null {
  const found = written.exec(percent)
  if (found === null || !Number.isSafeInteger(of) || of <= 0 || of > 1_000_000_000) return null
  const places = found[2]?.length ?? 0
  const wanted = BigInt(`${found[1] ?? '0'}${found[2] ?? ''}`)
  const whole = 100n * unitsPerVote(places)
  if (wanted > whole) return null
  const all = BigInt(of)
  const about = quotient(wanted * all, whole)
  const spread = quotient(all, 2n * whole) + 2n
  const votes: number[] = []
  for (let n = about - spread; n <= about + spread; n++)
    if (n >= 0n && n <= all && unitsOf(n, all, whole) === wanted) votes.push(Number(n))
  // Of the number below and the one above, the one whose exact share lies nearer; of two as near, the lower.
  const nearest = about < all && (about + 1n) * whole - wanted * all < wanted * all - about * whole ? about + 1n : about
  return { votes, nearest: { votes: Number(nearest), percent: decimalText(unitsOf(nearest, all, whole), places) } }
}
