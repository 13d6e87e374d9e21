import { fraction } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import type { FreeForm } from './method.ts'
import { candidateIn, conditionIn, formPoint, fractionIn, scaleIn, takes, wordOf, wordPoint } from './points.ts'

describe('what a point takes', () => {
  it.each<[FreeForm, readonly string[], readonly string[]]>([
    ['whole number', ['0', '12', '9'.repeat(15)], ['', '-1', '1.5', '1x', 'x1', '9'.repeat(16)]],
    [
      'fraction',
      ['0', '2/3', '7', '999999999/999999999'],
      ['', '1/0', '1/', '/2', '1/2/3', '-1/2', '1/02', '1234567890', '1/1234567890', 'x1/2', '1/2x'],
    ],
    ['candidate', ['Amara', ' x '], ['', ' ', '\t']],
    ['scale', ['0-5', '123456-999999'], ['5', '0-', '-5', '0-5-6', '0-1234567', '1234567-8', 'x0-5', '0-5x']],
    [
      'condition',
      ['at-least:2/3:roll', 'more-than:1/2:for-and-against', 'at-least:60', 'more-than:0', `at-least:${'9'.repeat(15)}`],
      [
        '',
        'at-least',
        'at-least:',
        'about:60',
        'at-least:2/3',
        'at-least:2/0:roll',
        'at-least:2/3:nobody',
        'at-least:60:roll',
        'more-than:2/3:',
        'xat-least:60',
        'at-least:60x',
        `at-least:${'9'.repeat(16)}`,
        'at-least:2/3:roll:x',
      ],
    ],
    [
      'ratios',
      ['1=3:1', 'Amara=0:1', '1=3:1,2=1:1'],
      ['', '1', '1=3', '=3:1', '1=3:0', '1=3:1,', ',1=3:1', '1=3:1,2', 'x,1=3:1', '1=3:1x'],
    ],
  ])('%s', (form, good, bad) => {
    const point = formPoint('p', form, 'about')
    expect(good.filter((value) => !takes(point, value))).toEqual([])
    expect(bad.filter((value) => takes(point, value))).toEqual([])
    expect(point).toEqual({ name: 'p', values: [], form, about: 'about', optional: false })
  })
  it('words, and words beside a form', () => {
    const words = { a: 1, b: 2 }
    const plain = wordPoint('p', words, 'about')
    expect(plain).toEqual({ name: 'p', values: ['a', 'b'], form: null, about: 'about', optional: false })
    expect([takes(plain, 'a'), takes(plain, 'c'), takes(plain, '')]).toEqual([true, false, false])
    const both = formPoint('p', 'whole number', 'about', { values: ['none'], optional: true })
    expect([both.optional, takes(both, 'none'), takes(both, '4'), takes(both, 'all')]).toEqual([true, true, true, false])
    expect(wordOf(new Map([['p', 'b']]), plain, words)).toBe(2)
    expect(() => wordOf(new Map(), plain, words)).toThrow('p was checked before')
  })
})

describe('how a value is read', () => {
  it('fractions and scales', () => {
    expect([fractionIn('2/3'), fractionIn('4/6'), fractionIn('7')]).toEqual([fraction(2, 3), fraction(2, 3), fraction(7)])
    expect(scaleIn('1-12')).toEqual({ lowest: 1, highest: 12 })
  })
  it('candidates by name before number, from 1', () => {
    const names = ['Amara', '3', 'Cai']
    const read = (text: string): unknown => {
      const found = candidateIn(text, names, 'default')
      return found.kind === 'ok' ? found.value : found.error
    }
    const bad = { kind: 'bad param', param: 'default' }
    expect(['Amara', '3', '1', '2', '0', '4', 'x', '1x', '1234567', 'x1'].map(read)).toEqual([
      0,
      1,
      0,
      1,
      bad,
      bad,
      bad,
      bad,
      bad,
      bad,
    ])
  })
  it('conditions', () => {
    expect(conditionIn('at-least:2/3:roll')).toEqual({
      comparison: 'at least',
      need: { kind: 'share', share: fraction(2, 3), of: 'roll' },
    })
    expect(conditionIn('more-than:60')).toEqual({ comparison: 'more than', need: { kind: 'number', number: 60 } })
    expect(conditionIn('more-than:1/2:nobody')).toBeNull()
    for (const base of [
      'for-and-against',
      'votes-cast',
      'valid',
      'returned',
      'issued',
      'roll',
      'present',
      'seated',
      'seats',
      'electorate',
    ])
      expect(conditionIn(`at-least:1/2:${base}`)).toMatchObject({ need: { of: base } })
  })
})
