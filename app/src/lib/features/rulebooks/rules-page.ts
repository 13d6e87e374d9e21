import { plusDays, startOfDay, type CivilDate, type Instant } from '@quorate/kernel'
import { linksOf, provision, type ClauseId, type Rulebook } from '@quorate/rulebook'
import { dateText, dayWords } from '#lib/platform/dates.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { words, type Locale } from '#lib/platform/words.ts'
import { clauseChange, clauseWords, guardOf, type ClauseChange, type ClauseWords } from './clause-words.ts'
import { editionsListed, editionsOf, type Edition } from './editions.ts'
import { messages } from './messages.ts'
import { namingOf } from './naming.ts'
import { readerMessages } from './reader-messages.ts'

/** An edition in the history of the rulebook. */
export type EditionLine = {
  readonly number: number
  readonly text: string
  readonly by: string
  readonly href: string | null
  readonly fingerprint: string
}
/** What is asked of the rulebook: an edition by its number, or the one in force on a day; neither means now. */
export type RulesAsked = { readonly edition: number | null; readonly at: CivilDate | null }
/** A whole edition of the rulebook, for reading. */
export type RulesPage = {
  readonly number: number
  readonly edition: string
  readonly fingerprint: string
  readonly inForceAt: Instant
  /** The day asked for, as a form shows it; empty when none was. */
  readonly at: string
  /** When this is not in force now: the sentence that says so. */
  readonly old: string | null
  /** Something else to know about the day asked for. */
  readonly note: string | null
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

/** The edition asked for: by number, or the last that was in force before a day ended. Undefined where there is none. */
function editionAsked(listed: readonly Edition[], { edition, at }: RulesAsked, zone: Visit['zone']): Edition | undefined {
  if (edition !== null) return listed.find((e) => e.number === edition)
  if (at === null) return listed.at(-1)
  const end = startOfDay(plusDays(at, 1), zone)
  return listed.findLast((e) => e.inForceAt < end) ?? listed[0]
}

/** An edition of the rulebook with all editions, latest first; null when there is none of that number. */
export async function rulesPage(visit: Visit, asked: RulesAsked): Promise<RulesPage | null> {
  const { db, zone, locale } = visit
  const t = words(readerMessages, locale)
  const [editions, listed] = await Promise.all([editionsOf(db), editionsListed(db)])
  const edition = editionAsked(listed, asked, zone)
  const rulebook = edition === undefined ? undefined : editions.byNumber.get(edition.number)
  if (edition === undefined || rulebook === undefined) return null
  const next = listed[listed.indexOf(edition) + 1]
  const date = (at: Instant): string => dayWords(at, zone, locale, 'date')
  const span = { n: edition.number, from: date(edition.inForceAt), to: next === undefined ? '' : date(next.inForceAt) }
  return {
    number: edition.number,
    edition: editionLine(edition, visit).text,
    fingerprint: edition.fingerprint,
    inForceAt: edition.inForceAt,
    at: asked.at ?? '',
    old: next === undefined ? null : t('read.old', span),
    note: asked.at === null ? null : noteOn(asked.at, edition, visit),
    preamble: rulebook.document.preamble
      .split(/\n{2,}/)
      .map((part) => part.replace(/^#+ /, ''))
      .filter((part) => part !== ''),
    clauses: rulebook.document.clauses.map((clause) => clauseWords(rulebook, clause, visit.locale)),
    editions: listed.map((one) => editionLine(one, visit)).toReversed(),
  }
}

/** A day before all rules, or one that is still to come, needs a word of its own. */
function noteOn(day: CivilDate, { inForceAt }: Edition, { zone, locale, clock }: Visit): string | null {
  const t = words(readerMessages, locale)
  const date = dateText(day, locale, 'date')
  if (startOfDay(plusDays(day, 1), zone) <= inForceAt)
    return t('read.before', { date, first: dayWords(inForceAt, zone, locale, 'date') })
  return startOfDay(day, zone) > clock.now() ? t('read.ahead', { date }) : null
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
/** A rule named by another: where it is read, in the same edition. */
export type ClauseLink = { readonly id: string; readonly title: string; readonly href: string }
/** One clause of one edition, with all the ways it has read. */
export type ClausePage = {
  readonly words: ClauseWords
  readonly source: string
  readonly edition: number
  /** When this is not how it stands now: the sentence that says so. */
  readonly old: string | null
  readonly editionText: string
  readonly guard: { readonly text: string; readonly clause: string } | null
  readonly refersTo: readonly ClauseLink[]
  readonly usedBy: readonly ClauseLink[]
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
    refersTo: linked(rulebook, linksOf(rulebook, clause.id).refersTo, edition.number === editions.inForce),
    usedBy: linked(rulebook, linksOf(rulebook, clause.id).usedBy, edition.number === editions.inForce),
    history: history.toReversed(),
  }
}

const linked = (rulebook: Rulebook, ids: readonly ClauseId[], inForce: boolean): readonly ClauseLink[] =>
  ids.map((id) => ({
    id,
    title: rulebook.clauses.get(id)?.title ?? '',
    href: `/rules/${id}${inForce ? '' : `@${String(rulebook.edition)}`}`,
  }))

function guardWords(rulebook: Rulebook, id: string, locale: Locale): ClausePage['guard'] {
  const t = words(messages, locale)
  const guard = guardOf(rulebook, id)
  const found = guard === null ? null : provision(rulebook, 'procedure', guard.procedure)
  if (found === null) return null
  const procedure = namingOf(rulebook, locale)('procedure', found.rule.id)
  return { text: t('rules.tier', { procedure }), clause: `${found.clause}@${String(rulebook.edition)}` }
}
