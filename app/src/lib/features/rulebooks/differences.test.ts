import { assert } from '@quorate/kernel'
import { parseRulebook, type EditionNumber } from '@quorate/rulebook'
import { expect, test } from 'vitest'
import lantern from '../../../../../rulebooks/lantern.md?raw'
import { differencesOf } from './differences.ts'

const read = (text: string, edition: number) => {
  const rulebook = parseRulebook(text, edition as EditionNumber)
  assert(rulebook.kind === 'ok', 'the text parses')
  return { text, rulebook: rulebook.value }
}
const one = read(lantern, 1)
const differ = (text: string) => differencesOf(one, read(text, 2), 'en')

test('the same text differs nowhere', () => {
  expect(differ(lantern)).toEqual([])
})

test('a changed figure: words on both sides cut to what differs, and the block line by line', () => {
  const [change, ...rest] = differ(lantern.replace('clear: 14 clear days', 'clear: 21 clear days'))
  expect(rest).toEqual([])
  expect(change).toMatchObject({ clause: '4.2', title: 'How the rules change', kind: 'changed' })
  expect(change?.before).toContain('14 clear days')
  expect(change?.after).toContain('21 clear days')
  expect(change?.before).not.toContain('Ballot')
  const signed = change?.block.filter(({ sign }) => sign !== ' ').map(({ sign, text }) => `${sign} ${text.trim().slice(0, 31)}`)
  expect(signed).toEqual(['− notify: {to: electorate members', '+ notify: {to: electorate members'])
})

test('a new rule and one that is repealed stand on one side alone', () => {
  const added = differ(`${lantern}### 7.8 Thanks\nWe thank each other.\n`)
  expect(added).toMatchObject([{ clause: '7.8', kind: 'new', before: null, after: 'Thanks\nWe thank each other.' }])
  const gone = differ(lantern.replace(/### 7\.6 Statements[^]*?```rule[^]*?```\n/, ''))
  expect(gone).toMatchObject([{ clause: '7.6', title: 'Statements', kind: 'gone', after: null }])
  expect(gone[0]?.block.every(({ sign }) => sign === '−')).toBe(true)
})

test('a change of prose or of a block that words do not show is shown in its source', () => {
  const [change] = differ(lantern.replace('All times are the time in Cardiff.', 'All times are the time in Swansea.'))
  expect(change?.after).toContain('Swansea')
  const [layout] = differ(lantern.replace('kind: calendar\nzone: Europe/London', 'zone: Europe/London\nkind: calendar'))
  expect(layout?.before).not.toBe(layout?.after)
})
