import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { DiagnosticCode } from '@quorate/rulebook'
import { locales } from '#lib/platform/words.ts'
import { diagnosticText, findingText } from './language-words.ts'
import { languageMessages } from './language-messages.ts'

const reference = readFileSync(new URL('../../../../../docs/reference/rulebook.md', import.meta.url), 'utf8')
const codes = [...new Set(reference.match(/\bR\d{4}\b/g))] as readonly DiagnosticCode[] // the table of the reference is that union

test.each(locales)('every diagnostic of the reference has its own sentence in %s', (locale) => {
  expect(codes.length).toBeGreaterThan(15)
  for (const code of codes) expect(languageMessages[locale]).toHaveProperty([`diagnostic.${code}`])
  expect(new Set(codes.map((code) => diagnosticText({ code }, locale))).size).toBe(codes.length)
})

test('a finding names its subject and its figures', () => {
  const finding = { grade: 'error', clause: '4.2@1', subject: 'ballot' } as const
  expect(findingText({ ...finding, code: 'unknown-id', figures: {} }, 'en')).toBe('Nothing defines “ballot”.')
  const figures = { needed: 177, of: 1180, best: 176 }
  expect(findingText({ ...finding, code: 'never-reached', figures }, 'en')).toContain('177 voters of 1180; the most there have been is 176')
})
