import { provision, provisionsOf, type Clause, type Rulebook } from '@quorate/rulebook'
import { words, type Locale } from '#lib/platform/words.ts'
import { messages } from './messages.ts'

/** What a clause says for people to read: the author's prose and, below it, what its block says. */
export type ClauseWords = {
  readonly title: string
  readonly paragraphs: readonly string[]
  /** The block as it is written, for those who want it; null for a clause of prose alone. */
  readonly block: string | null
}

/** A block on one line a field, without the punctuation that only the parser needs. */
const plainLines = (source: string): readonly string[] =>
  source
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(kind|id):/.test(line))
    .map((line) => line.replace(/^\s+/, '').replaceAll(/["{}[\]]/g, ''))

/** The words of one clause. */
export function clauseWords(clause: Clause): ClauseWords {
  const prose = clause.prose === '' ? [] : clause.prose.split(/\n{2,}/)
  return {
    title: clause.title,
    paragraphs: [...prose, ...(clause.block === null ? [] : plainLines(clause.block.source))],
    block: clause.block?.source ?? null,
  }
}

/** All a clause says in one text, for comparing two versions of it; empty for a clause that does not stand. */
export const clauseText = (clause: Clause | null): string =>
  clause === null ? '' : [clause.title, ...clauseWords(clause).paragraphs].join('\n')

/** The tier that guards a clause: the longest guard that is the clause or stands above it. */
export function guardOf(rulebook: Rulebook, clause: string): { readonly tier: string; readonly procedure: string } | null {
  const above = (guard: string): boolean => clause === guard || clause.startsWith(`${guard}.`)
  const found = provisionsOf(rulebook, 'tier').flatMap(({ rule }) =>
    rule.guards.filter(above).map((guard) => ({ tier: rule.id, procedure: rule.procedure, depth: guard.length })),
  )
  return found.toSorted((a, b) => b.depth - a.depth)[0] ?? null
}

/** A rule quoted: its own words, with what to call it and where it comes from. */
export type ClauseQuote = { readonly quote: string; readonly title: string; readonly cite: string }

/** Quotes a clause, or only its line about one stage of its procedure. */
export function clauseQuote(rulebook: Rulebook, id: string, locale: Locale, stage: string | null = null): ClauseQuote | null {
  const t = words(messages, locale)
  const clause = rulebook.document.clauses.find((c) => c.id === id)
  if (clause === undefined) return null
  const guard = guardOf(rulebook, id)
  const procedure = guard === null ? null : provision(rulebook, 'procedure', guard.procedure)
  const n = rulebook.edition
  return {
    quote: stage === null ? clauseWords(clause).paragraphs.join(' ') : stageLine(clause, stage),
    title: t('quote.title', { clause: id }),
    cite: procedure === null ? t('quote.cite', { n }) : t('quote.cite-tier', { n, clause: procedure.clause }),
  }
}

/** What a procedure's block says of one stage: its line and those indented below it. */
function stageLine(clause: Clause, stage: string): string {
  const lines = clause.block?.source.split('\n') ?? []
  const from = lines.findIndex((line) => line.startsWith(`  ${stage}:`))
  if (from < 0) return clauseWords(clause).paragraphs.join(' ')
  const rest = lines.slice(from + 1)
  const length = rest.findIndex((line) => /^ {0,3}\S/.test(line))
  return [lines[from] ?? '', ...rest.slice(0, length < 0 ? rest.length : length)]
    .map((line) => line.trim().replaceAll(/["{}[\]]/g, ''))
    .join(' ')
}

