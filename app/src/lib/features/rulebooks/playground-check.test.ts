import { expect, test } from 'vitest'
import lantern from '../../../../../rulebooks/lantern.md?raw'
import { checkText } from './playground-check.ts'

test('Lantern reads, has no holes, and every rule is found by its lines', () => {
  const { checked, rulebook } = checkText(lantern, 'en')
  expect(checked.summary).toBe('42 rules read. No holes found.')
  expect(checked.mend).toEqual([])
  expect(rulebook).not.toBeNull()
  const lines = lantern.split('\n')
  for (const { id, from, to, words } of checked.rules) {
    expect(lines[from - 1]).toMatch(new RegExp(`^#+ ${id.replaceAll('.', '\\.')} `))
    expect(to).toBeGreaterThanOrEqual(from)
    if (id === '4.2') expect(words?.[0]).toBe('The procedure “amend” has 10 stages:')
  }
})

test('what cannot be read stands with its line, its column and what would help', () => {
  const { checked, rulebook } = checkText(lantern.replace('kind: calendar', 'kind: calender'), 'en')
  expect(rulebook).toBeNull()
  expect(checked.summary).toBe('1 place cannot be read.')
  const [mend] = checked.mend
  const line = lantern.split('\n').findIndex((text) => text === 'kind: calendar') + 1
  expect(mend).toMatchObject({ line, column: 7, length: 8, grade: 'error', label: `Line ${line}, rule 1.1` })
  expect(mend?.help).toContain('calendar')
})

test('a hole stands with the line that shows it, in the reader’s language', () => {
  const text = lantern.replace('holder: panel\nlimits: {grounds: code, at-most', 'holder: jury\nlimits: {grounds: code, at-most')
  const { checked } = checkText(text, 'en')
  expect(checked.mend.length).toBeGreaterThan(0)
  expect(checked.mend[0]?.label).toMatch(/^Line \d+, rule 6\.1, error$/)
  expect(text.split('\n')[(checked.mend[0]?.line ?? 0) - 1]).toBe('holder: jury')
  expect(checkText(text, 'cy').checked.mend[0]?.label).toMatch(/^Llinell \d+, rheol 6\.1, gwall$/)
})

test.each(['', '```rule', '# x', '\0', '## 1 A\n```rule\n- [\n```'])('%j is told, never thrown', (text) => {
  expect(checkText(text, 'en').checked.mend.length).toBeGreaterThan(0)
})

test('what a text says is said in the reader’s language, and marked where no native reader has signed it off', () => {
  const rule = (locale: 'en' | 'cy') => checkText(lantern, locale).checked.rules.find(({ id }) => id === '4.1')
  expect(rule('cy')?.words?.[0]).toContain('yr unig ffordd')
  expect(rule('cy')?.mark).toContain('yn aros')
  expect(rule('en')?.words?.[0]).toContain('the only way')
  expect(rule('en')?.mark).toBeNull()
})
