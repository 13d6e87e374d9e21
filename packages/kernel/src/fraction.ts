import { assert } from './invariant.ts'

/** An exact rational number in lowest terms, denominator positive. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint }

/** Euclid's, in a loop: two neighbouring Fibonacci numbers of 10,000 bits take 14,400 steps, more than a stack has frames. */
function gcd(a: bigint, b: bigint): bigint {
  for (; b !== 0n; [a, b] = [b, a % b]);
  return a < 0n ? -a : a
}

/** `numerator / denominator` in lowest terms; the denominator must not be zero. */
export function fraction(numerator: bigint | number, denominator: bigint | number = 1n): Fraction {
  const n = BigInt(numerator)
  const d = BigInt(denominator)
  assert(d !== 0n, 'a fraction has a denominator')
  const g = gcd(n, d)
  const sign = d < 0n ? -1n : 1n
  return { numerator: (sign * n) / g, denominator: (sign * d) / g }
}

/** a + b */
export const add = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
/** a − b */
export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { numerator: -b.numerator, denominator: b.denominator })
/** a × b */
export const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.numerator * b.numerator, a.denominator * b.denominator)
/** a ÷ b; b must not be zero. */
export const divide = (a: Fraction, b: Fraction): Fraction => fraction(a.numerator * b.denominator, a.denominator * b.numerator)
/** Negative, zero or positive as a is below, equal to or above b. */
export const compare = (a: Fraction, b: Fraction): -1 | 0 | 1 => {
  const d = a.numerator * b.denominator - b.numerator * a.denominator
  return d < 0n ? -1 : d > 0n ? 1 : 0
}
/** Greatest integer not above. */
export const floor = (a: Fraction): bigint =>
  a.numerator >= 0n ? a.numerator / a.denominator : -((-a.numerator + a.denominator - 1n) / a.denominator)
/** Least integer not below: "at least 2/3 of 100" is 67. */
export const ceiling = (a: Fraction): bigint => -floor({ numerator: -a.numerator, denominator: a.denominator })
