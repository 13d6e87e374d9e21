import { ceiling, compare, floor, fraction, multiply, type Fraction } from '@quorate/kernel'
import type { Amount, Base, Condition, Threshold } from './expression.ts'

/** Looks up the size of a base; null when nobody has stated it. */
export type Bases = (base: Base) => number | null

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
    case 'quorum':
      return null
  }
}

/** The least whole number that meets a threshold: "at least" is the ceiling, "more than" the floor plus one. */
export function neededFor(threshold: Threshold, bases: Bases): number | null {
  const value = valueOf(threshold.amount, bases)
  if (value === null) return null
  return Number(threshold.kind === 'at least' ? ceiling(value) : floor(value) + 1n)
}

/** How many there are of what a condition measures; null when nobody has stated it. */
export type Measured = (measure: Extract<Condition, { readonly kind: 'measure' }>['measure']) => number | null

/** Whether a condition holds: its actual number against the number needed. Null when either is not known. */
export function judgeCondition(
  condition: Condition,
  measured: Measured,
  bases: Bases,
): { readonly holds: boolean; readonly needed: number; readonly actual: number } | null {
  // A class of voters and a winner against none-of-these need ballots by class and a count: facts this engine is not given yet.
  if (condition.kind === 'winner beats' || condition.ofClass !== null) return null
  const needed = neededFor(condition.threshold, bases)
  const actual = measured(condition.measure)
  return needed === null || actual === null ? null : { holds: actual >= needed, needed, actual }
}
