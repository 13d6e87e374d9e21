// Exact figures as text. The same in every language here: English and Welsh both mark thousands with a comma and decimals with a point.
import type { Fraction } from '@quorate/kernel'
import { decimalText, quotient } from '../arithmetic.ts'
import type { Votes } from '../trace.ts'

/** Marks thousands in a plain decimal: `1,474`, `381.73105`. Decimals that are all 0 are left out. */
function grouped(decimal: string): string {
  const [whole = '', decimals = ''] = decimal.split('.')
  const marked = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return /^0*$/.test(decimals) ? marked : `${marked}.${decimals}`
}

/** Votes in units of 10^-places as people read them, never rounded: `1,474`, `381.73105`. */
export const votesText = (votes: Votes, places: number): string => grouped(decimalText(votes, places))

/** A whole number with thousands marked. */
export const wholeText = (n: number | bigint): string => votesText(BigInt(n), 0)

/** Money in units of 10^-places with all its decimals: `1,204.50`. */
export function moneyText(amount: bigint, places: number): string {
  const [whole = '', decimals] = decimalText(amount, places).split('.')
  const marked = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return decimals === undefined ? marked : `${marked}.${decimals}`
}

// Beyond this denominator a fraction says nothing to a reader that its decimals do not say better.
const denominatorMost = 1000n
const decimalsShown = 6

/** A fraction as people read it: `3`, `2 5/6`; with a long denominator six decimals, cut, and `…` for the rest. Exact ones are in the files. */
export function fractionText({ numerator, denominator }: Fraction): string {
  const size = numerator < 0n ? -numerator : numerator
  const sign = numerator < 0n ? '-' : ''
  const whole = quotient(size, denominator)
  const rest = size - whole * denominator
  if (rest === 0n) return `${sign}${votesText(whole, 0)}`
  if (denominator <= denominatorMost) return `${sign}${whole === 0n ? '' : `${votesText(whole, 0)} `}${rest}/${denominator}`
  return `${sign}${votesText(quotient(size * 10n ** BigInt(decimalsShown), denominator), decimalsShown)}…`
}

/** Whether a figure of {@link fractionText} is less than one: `1/6`, `0.333333…`. */
export const isPart = (figure: string): boolean => /^(0\.\d+…|\d+\/\d+)$/.test(figure)

/** A fraction in full for files: `17/6`, or a whole number. */
export const exactText = ({ numerator, denominator }: Fraction): string =>
  denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`
