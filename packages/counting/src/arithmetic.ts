// The one file of this package where numbers are divided or printed. Everything else adds, multiplies and compares whole numbers.

/** ⌊dividend ÷ divisor⌋ for a dividend that is not negative and a positive divisor: what a statute calls "remainder ignored". */
export const quotient = (dividend: bigint, divisor: bigint): bigint => dividend / divisor

/** ⌈dividend ÷ divisor⌉ for a positive divisor: what a statute calls "rounded up if not exact". */
export const quotientUp = (dividend: bigint, divisor: bigint): bigint =>
  dividend > 0n ? (dividend + divisor - 1n) / divisor : -(-dividend / divisor)

/** Whether `divisor` goes into `dividend` a whole number of times. */
export const divides = (divisor: bigint, dividend: bigint): boolean => dividend % divisor === 0n

/** 10^places: how many units make one vote. */
export const unitsPerVote = (places: number): bigint => 10n ** BigInt(places)

/** Votes in units of 10^-places as a plain decimal with exactly `places` places: `381.73105`. The published form of a stage table. */
export function decimalText(votes: bigint, places: number): string {
  const unit = unitsPerVote(places)
  const size = votes < 0n ? -votes : votes
  const whole = `${votes < 0n ? '-' : ''}${size / unit}`
  return places === 0 ? whole : `${whole}.${String(size % unit).padStart(places, '0')}`
}

/** Index of a fair draw below `bound` from one 256-bit word, or null when the word must be thrown away to keep the draw fair. */
export function indexFromWord(word: bigint, bound: number): number | null {
  const n = BigInt(bound)
  const range = 1n << 256n
  // Words from the last, incomplete run of n values would favour small indices.
  return word >= range - (range % n) ? null : Number(word % n)
}

/** Least common multiple of two positive numbers. */
export function commonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return (a / x) * b
}
