import { diffArrays } from 'diff'
import {
  awaitingReader,
  parseRulebook,
  provision,
  provisionsOf,
  type Clause,
  type Rulebook,
} from '@quorate/rulebook'
import { words, type Locale } from '#lib/platform/words.ts'
import { operativeWords } from './editions.ts'
import { messages } from './messages.ts'

/** A line of a rule's words; `level` 1 is a lettered limb below a numbered group. */
export type RuleLine = { readonly level: 0 | 1; readonly text: string }
/** What a clause says for people to read: the author's prose, then the words made from its block. */
export type ClauseWords = {
  readonly id: string
  readonly title: string
  /** Heading depth: 2 for a part, 3 for a rule in it. */
  readonly level: number
  readonly prose: readonly string[]
  readonly lines: readonly RuleLine[]
  /** The language of the lines; title, prose and block are in the author's. */
  readonly lang: Lang
  /** What a reader must know of these words: that no native reader has signed them off. Null when there is nothing to say. */
  readonly mark: string | null
  /** The block as it is written, for those who want it; null for a clause of prose alone. */
  readonly block: string | null
}

/** The language of a text for its `lang` attribute. The author's own is English. */
export type Lang = 'en-GB' | 'cy'
type Operative = { readonly lines: readonly string[]; readonly lang: Lang; readonly mark: string | null }

function operative(rulebook: Rulebook, clause: Clause, locale: Locale): Operative {
  const said = operativeWords(rulebook, clause.id, locale)
  // A block with something still open has no words: then it is shown as it is written.
  const lines = (said ?? clause.block?.source ?? '').split('\n').filter((line) => line.trim() !== '')
  const waits = said !== null && awaitingReader.includes(locale)
  return {
    lines,
    lang: said === null || locale === 'en' ? 'en-GB' : locale,
    mark: waits ? words(messages, locale)('rules.awaiting') : null,
  }
}

/** The words of one clause of a rulebook. */
export function clauseWords(rulebook: Rulebook, clause: Clause, locale: Locale): ClauseWords {
  const { lines, lang, mark } = operative(rulebook, clause, locale)
  return {
    id: clause.id,
    title: clause.title,
    level: clause.level,
    prose: clause.prose === '' ? [] : clause.prose.split(/\n{2,}/),
    lines: lines.map((line) => ({ level: line.startsWith('  ') ? 1 : 0, text: line.trim() })),
    lang,
    mark,
    block: clause.block?.source ?? null,
  }
}

/** All a clause says, line by line; nothing for one that does not stand. */
function linesOf(rulebook: Rulebook | null, id: string, locale: Locale): readonly string[] {
  const clause = rulebook?.document.clauses.find((c) => c.id === id)
  if (rulebook === null || clause === undefined) return []
  const { title, prose } = clauseWords(rulebook, clause, locale)
  return [title, ...prose, ...operative(rulebook, clause, locale).lines]
}

/** A clause before and after, cut to the lines that differ; null where it does not stand. `lang`: the language of most of it. */
export type ClauseChange = {
  readonly clause: string
  readonly before: string | null
  readonly after: string | null
  readonly lang: Lang
}

const gap = '…'

/** Both texts without what they share, line by line; a mark stands for each run left out. */
function cut(before: readonly string[], after: readonly string[]): { readonly before: string; readonly after: string } {
  const [old, fresh]: [string[], string[]] = [[], []]
  for (const part of diffArrays([...before], [...after])) {
    if (part.added) fresh.push(...part.value)
    else if (part.removed) old.push(...part.value)
    else {
      old.push(gap)
      fresh.push(gap)
    }
  }
  return { before: old.join('\n'), after: fresh.join('\n') }
}

/** How a clause differs between two rulebooks, in words; in its source, should the words be the same. */
export function clauseChange(before: Rulebook | null, after: Rulebook | null, id: string, locale: Locale): ClauseChange {
  const [old, fresh] = [linesOf(before, id, locale), linesOf(after, id, locale)]
  const source = (rulebook: Rulebook | null): readonly string[] =>
    rulebook?.document.clauses.find((c) => c.id === id)?.source.split('\n') ?? []
  const same = old.join('\n') === fresh.join('\n')
  const said = same ? cut(source(before), source(after)) : cut(old, fresh)
  return {
    clause: id,
    before: old.length === 0 ? null : said.before,
    after: fresh.length === 0 ? null : said.after,
    lang: same || locale === 'en' ? 'en-GB' : locale,
  }
}

/** The rulebook a text would be as the edition after another, or null when it does not read. */
export function rulebookOfText(text: string, after: Rulebook): Rulebook | null {
  const read = parseRulebook(text, (after.edition + 1) as Rulebook['edition']) // the number after the last
  return read.kind === 'ok' ? read.value : null
}

/** The tier that guards a clause: the longest guard that is the clause or stands above it. */
export function guardOf(rulebook: Rulebook, clause: string): { readonly tier: string; readonly procedure: string } | null {
  const above = (guard: string): boolean => clause === guard || clause.startsWith(`${guard}.`)
  const found = provisionsOf(rulebook, 'tier').flatMap(({ rule }) =>
    rule.guards.filter(above).map((guard) => ({ tier: rule.id, procedure: rule.procedure, depth: guard.length })),
  )
  return found.toSorted((a, b) => b.depth - a.depth)[0] ?? null
}

/** A rule quoted: its own words, with what to call it and where it comes from. */
export type ClauseQuote = {
  readonly quote: string
  readonly lang: Lang
  readonly title: string
  readonly cite: string
}

/** Quotes a clause, or only what it says of one stage of its procedure. */
export function clauseQuote(rulebook: Rulebook, id: string, locale: Locale, stage: string | null = null): ClauseQuote | null {
  const t = words(messages, locale)
  const clause = rulebook.document.clauses.find((c) => c.id === id)
  if (clause === undefined) return null
  const guard = guardOf(rulebook, id)
  const procedure = guard === null ? null : provision(rulebook, 'procedure', guard.procedure)
  const n = rulebook.edition
  const { lines, lang, mark } = operative(rulebook, clause, locale)
  const cite = procedure === null ? t('quote.cite', { n }) : t('quote.cite-tier', { n, clause: procedure.clause })
  return {
    quote: (stage === null ? lines : stageLines(rulebook, clause, lines, stage)).map((line) => line.trim()).join(' '),
    lang,
    title: t('quote.title', { clause: id }),
    cite: mark === null ? cite : `${cite} ${mark}`,
  }
}

/** What a procedure's words say of one stage: they number the stages in order, limbs below. */
function stageLines(rulebook: Rulebook, clause: Clause, lines: readonly string[], stage: string): readonly string[] {
  const rule = rulebook.provisions.find((p) => p.clause === clause.id)?.rule
  const number = rule?.kind === 'procedure' ? rule.stages.findIndex((s) => s.id === stage) + 1 : 0
  const from = lines.findIndex((line) => line.startsWith(`(${String(number)}) `))
  if (from < 0) return lines
  const rest = lines.slice(from + 1)
  const length = rest.findIndex((line) => !line.startsWith('  '))
  const found = [lines[from] ?? '', ...rest.slice(0, length < 0 ? rest.length : length)]
  return found.map((line) => line.replace(/^\(\d+\) /, ''))
}
