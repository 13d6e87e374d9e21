import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, ceiling, compare, divide, floor, fraction, InvariantBroken, multiply, subtract, type Fraction } from './index.ts'

const whole = fc.bigInt(-(10n ** 30n), 10n ** 30n)
const some = fc
  .tuple(
    whole,
    whole.filter((d) => d !== 0n),
  )
  .map(([n, d]) => fraction(n, d))
const zero = fraction(0)
const one = fraction(1)

describe('fractions are a field', () => {
  test('sums and products commute, associate and distribute', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a))
        expect(multiply(a, b)).toEqual(multiply(b, a))
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)))
        expect(multiply(multiply(a, b), c)).toEqual(multiply(a, multiply(b, c)))
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)))
      }),
    )
  })

  test('zero and one do nothing; subtraction and division undo', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(add(a, zero)).toEqual(a)
        expect(multiply(a, one)).toEqual(a)
        expect(add(subtract(a, b), b)).toEqual(a)
        if (b.numerator !== 0n) expect(multiply(divide(a, b), b)).toEqual(a)
      }),
    )
  })

  test('every result is in lowest terms with a positive denominator', () => {
    const divides = (d: bigint, n: bigint): boolean => n % d === 0n
    fc.assert(
      fc.property(some, some, (a, b) => {
        for (const { numerator, denominator } of [a, add(a, b), subtract(a, b), multiply(a, b)]) {
          expect(denominator > 0n).toBe(true)
          for (const prime of [2n, 3n, 5n, 7n, 11n]) expect(divides(prime, numerator) && divides(prime, denominator)).toBe(false)
        }
      }),
    )
    expect(fraction(-6, -4)).toEqual({ numerator: 3n, denominator: 2n })
    expect(fraction(0, -5)).toEqual({ numerator: 0n, denominator: 1n })
  })
})

describe('order', () => {
  test('is that of cross products, total and kept by sums', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(compare(a, b)).toBe(-compare(b, a) + 0)
        expect(compare(a, b) === 0).toBe(a.numerator === b.numerator && a.denominator === b.denominator)
        expect(compare(add(a, c), add(b, c))).toBe(compare(a, b))
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('floor and ceiling are the nearest whole numbers below and above', () => {
    fc.assert(
      fc.property(some, (a) => {
        expect(compare(fraction(floor(a)), a)).toBeLessThanOrEqual(0)
        expect(compare(fraction(floor(a) + 1n), a)).toBe(1)
        expect(compare(fraction(ceiling(a)), a)).toBeGreaterThanOrEqual(0)
        expect(compare(fraction(ceiling(a) - 1n), a)).toBe(-1)
      }),
    )
  })

  test.each<[string, Fraction, number, bigint]>([
    ['two thirds of 100 is at least 67', fraction(2, 3), 100, 67n],
    ['two thirds of 99 is at least 66', fraction(2, 3), 99, 66n],
    ['five per cent of 1,199 is at least 60', fraction(5, 100), 1199, 60n],
    ['three fifths of none is none', fraction(3, 5), 0, 0n],
  ])('%s', (_, share, of, least) => {
    expect(ceiling(multiply(share, fraction(of)))).toBe(least)
  })

  test.each<[bigint, bigint, bigint, bigint]>([
    [-7n, 2n, -4n, -3n],
    [-6n, 2n, -3n, -3n],
    [7n, 2n, 3n, 4n],
    [-1n, 3n, -1n, 0n],
  ])('%d/%d lies from %d to %d', (n, d, below, above) => {
    expect([floor(fraction(n, d)), ceiling(fraction(n, d))]).toEqual([below, above])
  })
})

test('a third, seven times a seventh and floats: 0.1 + 0.2 is 0.3 here', () => {
  expect(add(fraction(1, 10), fraction(2, 10))).toEqual(fraction(3, 10))
  expect(Array.from({ length: 7 }, () => fraction(1, 7)).reduce(add)).toEqual(one)
})

test('a denominator of zero, a division by zero and half a number are our bugs', () => {
  expect(() => fraction(1, 0)).toThrow(InvariantBroken)
  expect(() => divide(one, zero)).toThrow(InvariantBroken)
  expect(() => fraction(0.5)).toThrow()
})

test('numbers of 10,000 bits, in Euclid’s worst case, do not exhaust the stack', () => {
  let [a, b] = [0n, 1n]
  for (let i = 0; i < 14_400; i++) [a, b] = [b, a + b]
  expect(fraction(a, b)).toEqual({ numerator: a, denominator: b })
})
