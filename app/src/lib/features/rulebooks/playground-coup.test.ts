import { assert, instant } from '@quorate/kernel'
import { parseRulebook, type EditionNumber } from '@quorate/rulebook'
import { expect, test } from 'vitest'
import lantern from '../../../../../rulebooks/lantern.md?raw'
import { coupOf } from './playground-coup.ts'

const from = instant(Date.UTC(2026, 10, 1))
const of = (text: string, people = 1000, locale: 'en' | 'cy' = 'en') => {
  const read = parseRulebook(text, 1 as EditionNumber)
  assert(read.kind === 'ok', 'the text parses')
  return coupOf(read.value, people, from, locale)
}

test('each power of Lantern, with what each body could do alone and the steps of the shortest way', () => {
  const told = of(lantern)
  const spend = told.find(({ power }) => power === 'spend')
  expect(spend?.name).toBe('Spending money')
  expect(spend?.alone.map(({ can }) => can)).toEqual([true, false])
  expect(spend?.result.ways[0]?.steps.at(-1)?.clause).toBe('7.5')
  const amend = told.find(({ power }) => power === 'amend-rulebook constitution')
  expect(amend?.alone.every(({ can }) => !can)).toBe(true)
})

test('a hole shows at once: a committee that holds amend-rulebook can do it alone', () => {
  const told = of(lantern.replace('act: amend-rulebook\nvia: [amend]', 'act: amend-rulebook\nholder: committee'))
  const amend = told.find(({ power }) => power.startsWith('amend-rulebook'))
  expect(amend?.alone[0]).toMatchObject({ can: true })
  expect(amend?.alone[0]?.text).toMatch(/^Yes: the committee of 12 can change these rules/)
})

test('how many people there are counts; Welsh is told in Welsh', () => {
  const first = (people: number) => of(lantern, people).find(({ power }) => power === 'spend')?.result.ways[1]?.cost
  expect(first(1000)).not.toBe(first(100))
  expect(of(lantern, 1000, 'cy')[0]?.result.answer).not.toBe(of(lantern)[0]?.result.answer)
})
