import type { Instant } from '@quorate/kernel'
import { provision, type Rulebook } from '@quorate/rulebook'
import { dayWords } from '#lib/platform/dates.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { words, type Locale } from '#lib/platform/words.ts'
import { clauseChange, clauseWords, guardOf, type ClauseChange, type ClauseWords } from './clause-words.ts'
import { editionsListed, editionsOf, type Edition } from './editions.ts'
import { messages } from './messages.ts'

/** An edition in the history of the rulebook. */
export type EditionLine = {
  readonly number: number
  readonly text: string
  readonly by: string
  readonly href: string | null
  readonly fingerprint: string
}
/** The whole rulebook in force, for reading. */
export type RulesPage = {
  readonly edition: string
  readonly fingerprint: string
  readonly preamble: readonly string[]
  readonly clauses: readonly ClauseWords[]
  readonly editions: readonly EditionLine[]
}

const editionLine = (edition: Edition, { zone, locale }: Pick<Visit, 'zone' | 'locale'>): EditionLine => {
  const t = words(messages, locale)
  const { number, decision, fingerprint, inForceAt } = edition
  return {
    number,
    text: t('rules.edition', { n: number, date: dayWords(inForceAt, zone, locale, 'date') }),
    by: decision === null ? t('rules.founded') : t('rules.changed-by', { n: decision }),
    href: decision === null ? null : `/d/${String(decision)}`,
    fingerprint,
  }
}

/** The rulebook in force, with its editions, latest first. */
export async function rulesPage(visit: Visit): Promise<RulesPage> {
  const [editions, listed] = await Promise.all([editionsOf(visit.db), editionsListed(visit.db)])
  const rulebook = editions.byNumber.get(editions.inForce)
  const last = listed.at(-1)
  if (rulebook === undefined || last === undefined) throw new TypeError('a founded movement has a first edition')
  return {
    edition: editionLine(last, visit).text,
    fingerprint: last.fingerprint,
    preamble: rulebook.document.preamble
      .split(/\n{2,}/)
      .map((part) => part.replace(/^#+ /, ''))
      .filter((part) => part !== ''),
    clauses: rulebook.document.clauses.map((clause) => clauseWords(rulebook, clause, visit.locale)),
    editions: listed.map((edition) => editionLine(edition, visit)).toReversed(),
  }
}

/** One way a clause read, and how that came about. */
export type ClauseEdition = {
  readonly edition: number
  readonly text: string
  readonly by: string
  readonly href: string | null
  /** What changed against the way it read before; null for the first. */
  readonly change: ClauseChange | null
}
/** One clause of one edition, with all the ways it has read. */
export type ClausePage = {
  readonly words: ClauseWords
  readonly source: string
  readonly edition: number
  /** When this is not how it stands now: the sentence that says so. */
  readonly old: string | null
  readonly editionText: string
  readonly guard: { readonly text: string; readonly clause: string } | null
  readonly history: readonly ClauseEdition[]
}

const sourceIn = (rulebook: Rulebook | undefined, id: string): string | null =>
  rulebook?.document.clauses.find((c) => c.id === id)?.source ?? null

/** A clause as it stands, or stood in an edition; null when that edition has no such clause. */
export async function clausePage(visit: Visit, id: string, asked: number | null): Promise<ClausePage | null> {
  const { locale, zone } = visit
  const t = words(messages, locale)
  const [editions, listed] = await Promise.all([editionsOf(visit.db), editionsListed(visit.db)])
  const edition = listed.find((e) => e.number === (asked ?? editions.inForce))
  const rulebook = edition === undefined ? undefined : editions.byNumber.get(edition.number)
  const clause = rulebook?.document.clauses.find((c) => c.id === id)
  if (edition === undefined || rulebook === undefined || clause === undefined) return null
  const now = editions.byNumber.get(editions.inForce)
  const date = (at: Instant): string => dayWords(at, zone, locale, 'date')
  const history = listed.flatMap((one, i): readonly ClauseEdition[] => {
    const before = listed[i - 1]
    const [then, was] = [editions.byNumber.get(one.number), before === undefined ? undefined : editions.byNumber.get(before.number)]
    const [source, old] = [sourceIn(then, id), sourceIn(was, id)]
    if (source === old) return []
    const key = source === null ? 'rules.repealed' : 'rules.since'
    const { by, href } = editionLine(one, visit)
    const change = was === undefined ? null : clauseChange(was, then ?? null, id, locale)
    return [{ edition: one.number, text: t(key, { n: one.number, date: date(one.inForceAt) }), by, href, change }]
  })
  return {
    words: clauseWords(rulebook, clause, locale),
    source: clause.source,
    edition: edition.number,
    old: sourceIn(now, id) === clause.source ? null : t('rules.old', { n: edition.number }),
    editionText: editionLine(edition, visit).text,
    guard: guardWords(rulebook, id, locale),
    history: history.toReversed(),
  }
}

function guardWords(rulebook: Rulebook, id: string, locale: Locale): ClausePage['guard'] {
  const t = words(messages, locale)
  const guard = guardOf(rulebook, id)
  const found = guard === null ? null : provision(rulebook, 'procedure', guard.procedure)
  if (found === null) return null
  const title = rulebook.clauses.get(found.clause)?.title ?? found.rule.id
  return { text: t('rules.tier', { procedure: title }), clause: `${found.clause}@${String(rulebook.edition)}` }
}
