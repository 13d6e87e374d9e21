import { findingSentence, type Diagnostic, type Finding } from '@quorate/rulebook'
import { words, type Locale } from '#lib/platform/words.ts'
import { languageMessages } from './language-messages.ts'

type DiagnosticKey = keyof (typeof languageMessages)['en']
const isDiagnostic = (key: string): key is DiagnosticKey => Object.hasOwn(languageMessages.en, key)

/** What is wrong, in a short sentence without a full stop. Where and what would help stand in the diagnostic itself. */
export function diagnosticText(diagnostic: Pick<Diagnostic, 'code'>, locale: Locale): string {
  const key = `diagnostic.${diagnostic.code}`
  return words(languageMessages, locale)(isDiagnostic(key) ? key : 'diagnostic.other')
}

/** What the linter found, in a sentence with its figures. */
export const findingText = (finding: Finding, locale: Locale): string => findingSentence(finding, locale)

/** How grave a finding is, in a word. */
export const gradeText = (grade: Finding['grade'], locale: Locale): string => words(languageMessages, locale)(`grade.${grade}`)
