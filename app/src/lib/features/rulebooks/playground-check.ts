import { awaitingReader, lint, parseRulebook, words as operativeWords, type EditionNumber, type Rulebook } from '@quorate/rulebook'
import { words, type Locale } from '#lib/platform/words.ts'
import { placeOf, type Place } from './finding-place.ts'
import { capital } from './naming.ts'
import { diagnosticText, findingText, gradeText } from './language-words.ts'
import { messages } from './messages.ts'
import { playgroundMessages } from './playground-messages.ts'

/** Something to mend, and where. */
export type ToMend = Place & {
  readonly grade: 'error' | 'warning'
  readonly label: string
  readonly text: string
  readonly help: string | null
}
/** A rule in words: the lines of the text it fills, from 1, the last included. `words` null: it has none. */
export type SaidRule = {
  readonly id: string
  readonly title: string
  readonly from: number
  readonly to: number
  readonly words: readonly string[] | null
  /** That no native reader has signed these words off, in words; null when there is nothing to say. */
  readonly mark: string | null
}
/** What a text comes to, in words for whoever wrote it. */
export type Checked = { readonly summary: string; readonly mend: readonly ToMend[]; readonly rules: readonly SaidRule[] }

/** A text as a page shows it, and the rulebook it is when it reads. Pure; cost is that of parsing, linting and saying the text once. */
export function checkText(text: string, locale: Locale): { readonly checked: Checked; readonly rulebook: Rulebook | null } {
  const t = words(playgroundMessages, locale)
  const read = parseRulebook(text, 1 as EditionNumber) // nobody has ratified it: it would be the first
  const label = (line: number, clause: string | null): string =>
    clause === null ? t('play.line', { n: line }) : `${t('play.line', { n: line })}, ${t('play.rule', { clause })}`
  if (read.kind === 'fail') {
    const mend = read.error.map((d): ToMend => ({
      line: d.line,
      column: d.column,
      length: Math.max(1, d.text.replace(/…$/, '').length),
      grade: 'error',
      label: label(d.line, d.clause),
      text: `${capital(diagnosticText(d, locale))}.`,
      help: d.help === '' ? null : d.help,
    }))
    return { checked: { summary: t('play.unread', { n: mend.length }), mend, rules: [] }, rulebook: null }
  }
  const rulebook = read.value
  const mend = lint(rulebook).map((finding): ToMend => {
    const place = placeOf(rulebook, finding)
    const grade = gradeText(finding.grade, locale)
    return {
      ...place,
      grade: finding.grade,
      label: `${label(place.line, finding.clause.split('@')[0] ?? null)}, ${grade}`,
      text: findingText(finding, locale),
      help: null,
    }
  })
  const summary = t('play.reads', { rules: rulebook.provisions.length, findings: mend.length })
  return { checked: { summary, mend, rules: saidRules(rulebook, locale) }, rulebook }
}

function saidRules(rulebook: Rulebook, locale: Locale): readonly SaidRule[] {
  const { clauses } = rulebook.document
  return clauses.map((clause, i) => ({
    id: clause.id,
    title: clause.title,
    from: clause.line,
    to: (clauses[i + 1]?.line ?? Number.MAX_SAFE_INTEGER) - 1,
    words: operativeWords(rulebook, clause.id, locale)?.split('\n').filter((line) => line.trim() !== '') ?? null,
    mark: awaitingReader.includes(locale) ? words(messages, locale)('rules.awaiting') : null,
  }))
}
