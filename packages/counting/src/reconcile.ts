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

/** A share of votes in hundredths of a percent and so on, rounded half up, in whole units of the last place. */
const unitsOf = (votes: number, of: number, places: number): bigint => {
  const scale = 100n * 10n ** BigInt(places)
  return (2n * BigInt(votes) * scale + BigInt(of)) / (2n * BigInt(of))
}

const percentOf = (units: bigint, places: number): string => {
  const digits = units.toString().padStart(places + 1, '0')
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/**
 * Looks for the whole numbers of votes that a published percentage can be, in exact arithmetic. Null when the figure is not a percentage of up
 * to six places, or is of no votes. The answer is at most a few numbers unless the percentage has fewer places than the votes need.
 */
export function reconcileShare({ percent, of }: PublishedShare): Reconciled | null {
  const found = written.exec(percent)
  if (found === null || !Number.isSafeInteger(of) || of <= 0 || of > 1_000_000_000) return null
  const places = found[2]?.length ?? 0
  const wanted = BigInt(`${found[1] ?? '0'}${found[2] ?? ''}`)
  const scale = 100n * 10n ** BigInt(places)
  if (wanted > scale) return null
  const about = Number((wanted * BigInt(of)) / scale)
  const spread = Number(BigInt(of) / (2n * scale)) + 2
  const votes: number[] = []
  for (let n = Math.max(0, about - spread); n <= Math.min(of, about + spread); n++)
    if (unitsOf(n, of, places) === wanted) votes.push(n)
  const distance = (n: number): bigint => {
    const d = BigInt(n) * scale - wanted * BigInt(of)
    return d < 0n ? -d : d
  }
  const candidates = [about, Math.min(of, about + 1)]
  const nearest = candidates.reduce((a, b) => (distance(b) < distance(a) ? b : a))
  return { votes, nearest: { votes: nearest, percent: percentOf(unitsOf(nearest, of, places), places) } }
}
