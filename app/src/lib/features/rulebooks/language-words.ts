import type { Diagnostic, Finding } from '@quorate/rulebook'
import { words, type Locale } from '#lib/platform/words.ts'
import { findingMessages } from './finding-messages.ts'
import { languageMessages } from './language-messages.ts'

type DiagnosticKey = keyof (typeof languageMessages)['en']
type FindingKey = keyof (typeof findingMessages)['en']
const isDiagnostic = (key: string): key is DiagnosticKey => Object.hasOwn(languageMessages.en, key)
const isFinding = (key: string): key is FindingKey => Object.hasOwn(findingMessages.en, key)

/** What is wrong, in a short sentence without a full stop. Where and what would help stand in the diagnostic itself. */
export function diagnosticText(diagnostic: Pick<Diagnostic, 'code'>, locale: Locale): string {
  const key = `diagnostic.${diagnostic.code}`
  return words(languageMessages, locale)(isDiagnostic(key) ? key : 'diagnostic.other')
}

/** What the linter found, in a sentence. */
export function findingText(finding: Finding, locale: Locale): string {
  const key = `finding.${finding.code}`
  return words(findingMessages, locale)(isFinding(key) ? key : 'finding.other', { subject: finding.subject })
}

/** How grave a finding is, in a word. */
export const gradeText = (grade: Finding['grade'], locale: Locale): string => words(findingMessages, locale)(`grade.${grade}`)
