import { fraction } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { commonMultiple, decimalText, divides, indexFromWord, quotient, quotientUp } from '../arithmetic.ts'
import { levels, taken } from '../levels.ts'
import { exactText, fractionText, isPart, moneyText, votesText, wholeText } from './figures.ts'

describe('figures as people read them: never rounded, thousands marked', () => {
  it.each([
    [0n, 0, '0'],
    [999n, 0, '999'],
    [1000n, 0, '1,000'],
    [1_234_567n, 0, '1,234,567'],
    [100_000n, 5, '1'],
    [100_001n, 5, '1.00001'],
    [123_456_700_000n, 5, '1,234,567'],
    [123_456_712_340n, 5, '1,234,567.12340'],
    [5n, 2, '0.05'],
    [-150n, 2, '-1.50'],
  ])('%d units at %i places: %s', (votes, places, text) => expect(votesText(votes, places)).toBe(text))
  it.each([
    [120_450n, 2, '1,204.50'],
    [120_400n, 2, '1,204.00'],
    [1204n, 0, '1,204'],
    [5n, 3, '0.005'],
    [123_456_789n, 1, '12,345,678.9'],
  ])('%d units of money at %i places: %s', (amount, places, text) => expect(moneyText(amount, places)).toBe(text))
  it.each([
    [fraction(3), '3', '3'],
    [fraction(-3), '-3', '-3'],
    [fraction(1, 6), '1/6', '1/6'],
    [fraction(17, 6), '2 5/6', '17/6'],
    [fraction(-17, 6), '-2 5/6', '-17/6'],
    [fraction(1001, 1000), '1 1/1000', '1001/1000'],
    [fraction(1, 1001), '0.000999…', '1/1001'],
    [fraction(2_002_001, 1001), '2,000.000999…', '2002001/1001'],
    [fraction(12_345_679, 1234), '10,004.602106…', '12345679/1234'],
    [fraction(1_234_500, 1), '1,234,500', '1234500'],
    [fraction(0), '0', '0'],
  ])('a fraction %#', (value, text, exact) => expect([fractionText(value), exactText(value)]).toEqual([text, exact]))
  it.each([
    ['1/6', true],
    ['17/6', true],
    ['0.333333…', true],
    ['2 5/6', false],
    ['1.333333…', false],
    ['0.5', false],
    ['3', false],
    ['-1/6', false],
    ['1/6x', false],
    ['10.333333…', false],
  ])('%s is less than one: %s', (figure, is) => expect(isPart(figure)).toBe(is))
  it('whole numbers of either kind', () => {
    expect([wholeText(1_234_567), wholeText(12n), wholeText(0)]).toEqual(['1,234,567', '12', '0'])
  })
})

describe('whole numbers divided', () => {
  it('down and up', () => {
    expect([quotient(7n, 2n), quotient(8n, 2n), quotient(0n, 2n)]).toEqual([3n, 4n, 0n])
    expect([7n, 8n, 1n, 0n, -7n, -8n].map((n) => quotientUp(n, 2n))).toEqual([4n, 4n, 1n, 0n, -3n, -4n])
    expect([divides(3n, 9n), divides(3n, 10n), divides(1n, 0n)]).toEqual([true, false, true])
    expect([commonMultiple(4n, 6n), commonMultiple(6n, 4n), commonMultiple(5n, 5n), commonMultiple(1n, 7n)]).toEqual([
      12n,
      12n,
      5n,
      7n,
    ])
  })
  it('decimals of a negative number', () => {
    expect([decimalText(-5n, 2), decimalText(-500n, 2), decimalText(-5n, 0), decimalText(0n, 1)]).toEqual([
      '-0.05',
      '-5.00',
      '-5',
      '0.0',
    ])
  })
  it('a fair draw below 3 passes over the last word of all, below 4 none', () => {
    const last = (1n << 256n) - 1n
    expect([indexFromWord(last, 3), indexFromWord(last - 1n, 3), indexFromWord(last, 4), indexFromWord(5n, 3)]).toEqual([
      null,
      2,
      3,
      2,
    ])
  })
})

describe('levels, and the places they fill', () => {
  const figures = [3, 5, 3, 1, 5]
  const order = levels([0, 1, 2, 3, 4], (a, b) => (figures[a] ?? 0) - (figures[b] ?? 0))
  it('best first, level ones together and ascending', () => {
    expect(order).toEqual([[1, 4], [0, 2], [3]])
    expect(levels([4, 0, 2], (a, b) => (figures[a] ?? 0) - (figures[b] ?? 0))).toEqual([[4], [0, 2]])
    expect(levels([], () => 0)).toEqual([])
  })
  it.each([
    [0, [], []],
    [1, [4], [1, 4]],
    [2, [1, 4], []],
    [3, [1, 4, 2], [0, 2]],
    [4, [1, 4, 0, 2], []],
    [9, [1, 4, 0, 2, 3], []],
  ])('%i places', (seats, elected, tied) => {
    expect(taken(order, seats, [4, 3, 2, 1, 0])).toEqual({ elected, tied })
  })
})
