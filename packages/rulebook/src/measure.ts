import { ceiling, compare, floor, fraction, multiply, type Fraction } from '@quorate/kernel'
import type { Amount, Base, Condition, Threshold } from './language/expression.ts'

/** What a size may be asked for: a base of a share, or the quorum of a body as a number. */
export type Sized = Base | { readonly kind: 'quorum'; readonly body: string }
/** Looks up the size of a base; null when nobody has stated it. */
export type Bases = (base: Sized) => number | null

/** The bases of the shares an amount is made of, in the order written. */
export const basesIn = (amount: Amount): readonly Base[] =>
  amount.kind === 'share'
    ? [amount.base]
    : amount.kind === 'lesser' || amount.kind === 'greater'
      ? [...basesIn(amount.first), ...basesIn(amount.second)]
      : []

/** The exact value of an amount, or null when a base is not known. Money and counts are plain numbers of their unit. */
export function valueOf(amount: Amount, bases: Bases): Fraction | null {
  switch (amount.kind) {
    case 'count':
      return fraction(amount.count)
    case 'share': {
      const size = bases(amount.base)
      return size === null ? null : multiply(fraction(amount.share.numerator, amount.share.denominator), fraction(size))
    }
    case 'lesser':
    case 'greater': {
      const first = valueOf(amount.first, bases)
      const second = valueOf(amount.second, bases)
      if (first === null || second === null) return null
      return compare(first, second) < 0 === (amount.kind === 'lesser') ? first : second
    }
    case 'quorum': {
      const size = bases(amount)
      return size === null ? null : fraction(size)
    }
  }
}

/** The least whole number that meets a threshold: "at least" is the ceiling, "more than" the floor plus one. */
export function neededFor(threshold: Threshold, bases: Bases): number | null {
  const value = valueOf(threshold.amount, bases)
  if (value === null) return null
  return Number(threshold.kind === 'at least' ? ceiling(value) : floor(value) + 1n)
}

type Measurable = Extract<Condition, { readonly kind: 'measure' }>
/** How many there are of what a condition measures, among all or those of a class; null when nobody has stated it. */
export type Measured = (measure: Measurable['measure'], ofClass: string | null) => number | null
/** Whether what a count has chosen beats something; null when nobody has stated it. */
export type Beats = (what: 'none-of-these' | 'status-quo') => boolean | null

/** A condition as it was judged: the actual number against the number needed. */
export type JudgedCondition = { readonly holds: boolean; readonly needed: number; readonly actual: number }

/** Whether a condition holds. Null when a number it needs is not known. A class that has nobody in it holds where the rule says so. */
export function judgeCondition(
  condition: Condition,
  measured: Measured,
  bases: Bases,
  beats: Beats = () => null,
): JudgedCondition | null {
  if (condition.kind === 'winner beats') {
    const won = beats(condition.what)
    return won === null ? null : { holds: won, needed: 1, actual: won ? 1 : 0 }
  }
  if (condition.orNoneSeated && baseOf(condition, bases) === 0) return { holds: true, needed: 0, actual: 0 }
  const needed = neededFor(condition.threshold, bases)
  const actual = measured(condition.measure, condition.ofClass)
  return needed === null || actual === null ? null : { holds: actual >= needed, needed, actual }
}

function baseOf({ threshold: { amount } }: Measurable, bases: Bases): number | null {
  return amount.kind === 'share' ? bases(amount.base) : null
}
