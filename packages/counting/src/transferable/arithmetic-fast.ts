// The second file of this package that divides: exact arithmetic on plain numbers, for the fast engines. Every figure stays a whole number
// below 2^53; products that would not fit are split in two limbs.

/** Largest whole number up to which a `number` is exact: 2^53 − 1. */
export const exactMax = Number.MAX_SAFE_INTEGER

/** ⌊dividend ÷ divisor⌋ of whole numbers from 0 to 2^53. The float quotient can be one too high only where the remainder then shows it. */
export function quotientOf(dividend: number, divisor: number): number {
  const guess = Math.floor(dividend / divisor)
  return guess * divisor > dividend ? guess - 1 : guess
}

const unit = 1_000_000_000
const limb = 32_768

/**
 * ⌈a × b ÷ 10^9⌉ for whole numbers from 0 to 2^31, exactly, without `bigint`: a is split at 15 bits, so that no partial product passes
 * 2^47. A rounded product may be a unit too large where a unit makes the difference between two candidates.
 */
export function productUp(a: number, b: number): number {
  const high = Math.floor(a / limb)
  const first = high * b
  const firstQuotient = Math.floor(first / unit)
  const rest = (first - firstQuotient * unit) * limb + (a - high * limb) * b
  const restQuotient = Math.floor(rest / unit)
  return firstQuotient * limb + restQuotient + (rest > restQuotient * unit ? 1 : 0)
}

/** Least power of two that is not below `least`. */
export function powerOfTwo(least: number): number {
  let size = 1
  while (size < least) size *= 2
  return size
}

/** A well-spread slot for a key of two 32-bit halves; `mask` is a power of two less one. */
export function slotOf(high: number, low: number, mask: number): number {
  let hash = Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca77)
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae3d)
  return (hash ^ (hash >>> 13)) & mask
}
