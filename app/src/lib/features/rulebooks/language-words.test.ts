import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { DiagnosticCode, FindingCode } from '@quorate/rulebook'
import { locales } from '#lib/platform/words.ts'
import { findingMessages } from './finding-messages.ts'
import { diagnosticText, findingText } from './language-words.ts'
import { languageMessages } from './language-messages.ts'

const reference = readFileSync(new URL('../../../../../docs/reference/rulebook.md', import.meta.url), 'utf8')
const codes = [...new Set(reference.match(/\bR\d{4}\b/g))] as readonly DiagnosticCode[] // the table of the reference is that union
const section = /## Findings of the linter(.*?)\n## /s.exec(reference)?.[1] ?? ''
const findings = [...section.matchAll(/^\| ([a-z-]+) +\| (?:error|warning)/gm)].map(([, code]) => code) as readonly FindingCode[] // likewise

test.each(locales)('every diagnostic and finding of the reference has its own sentence in %s', (locale) => {
  expect(codes.length).toBeGreaterThan(15)
  expect(findings.length).toBeGreaterThan(10)
  for (const code of codes) expect(languageMessages[locale]).toHaveProperty([`diagnostic.${code}`])
  for (const code of findings) expect(findingMessages[locale]).toHaveProperty([`finding.${code}`])
  expect(new Set(codes.map((code) => diagnosticText({ code }, locale))).size).toBe(codes.length)
})

test('a finding names its subject, and one that nobody has words for still does', () => {
  const finding = { grade: 'error', clause: '4.2@1', subject: 'ballot' } as const
  expect(findingText({ ...finding, code: 'unknown-id' }, 'en')).toBe('“ballot” is named here, and no rule defines it.')
  expect(findingText({ ...finding, code: 'new-one' as FindingCode }, 'en')).toBe('There is a hole at “ballot”.')
})
