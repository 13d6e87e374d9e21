import { diffLines } from 'diff'
import { compareText, type Rulebook } from '@quorate/rulebook'
import { dayWords } from '#lib/platform/dates.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { words, type Locale } from '#lib/platform/words.ts'
import { clauseChange, rulebookOfText, type Lang } from './clause-words.ts'
import { editionText, editionsListed, editionsOf, type Edition } from './editions.ts'
import { readerMessages } from './reader-messages.ts'

/** A line of a block: kept, gone or new. */
export type BlockLine = { readonly sign: ' ' | '+' | '−'; readonly text: string }
/** How one rule differs: its words on each side, cut to the lines that differ, and its source line by line. Null: it does not stand there. */
export type RuleDifference = {
  readonly clause: string
  readonly title: string
  readonly kind: 'new' | 'gone' | 'changed'
  readonly before: string | null
  readonly after: string | null
  /** The language of both. */
  readonly lang: Lang
  readonly block: readonly BlockLine[]
}
/** Two texts side by side. `cite` is what a rule of that side is cited by, null where it stands in no edition. */
export type ComparePage = {
  readonly heading: string | null
  readonly proposal: { readonly number: number } | null
  readonly fault: string | null
  readonly sides: readonly [string, string]
  readonly from: number
  readonly to: number
  readonly options: readonly { readonly number: number; readonly text: string }[]
  readonly differences: readonly RuleDifference[]
}

/** What is asked: two editions, or an edition and the text a decision would make of it. */
export type CompareAsked = {
  readonly from: number | null
  readonly to: number | null
  readonly proposal: { readonly number: number; readonly edition: number; readonly text: string } | null
}

function blockLines(before: string, after: string): readonly BlockLine[] {
  return diffLines(before, after).flatMap((part) => {
    const sign = part.added ? '+' : part.removed ? '−' : ' '
    return part.value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): BlockLine => ({ sign, text }))
  })
}

/** How two texts differ, rule by rule, in the order of the text. */
export function differencesOf(
  before: { readonly text: string; readonly rulebook: Rulebook },
  after: { readonly text: string; readonly rulebook: Rulebook | null },
  locale: Locale,
): readonly RuleDifference[] {
  return compareText(before.text, after.text).map(({ clause, before: old, after: now }) => {
    const said = clauseChange(before.rulebook, after.rulebook, clause, locale)
    return {
      clause,
      title: (now ?? old)?.title ?? '',
      kind: old === null ? 'new' : now === null ? 'gone' : 'changed',
      before: said.before,
      after: said.after,
      lang: said.lang,
      block: blockLines(old === null ? '' : `${old.source}\n`, now === null ? '' : `${now.source}\n`),
    }
  })
}

/** The page of a comparison; with nothing asked, the last two editions. A side that is not there is a fault in words. */
export async function comparePage(visit: Visit, asked: CompareAsked): Promise<ComparePage> {
  const { db, zone, locale } = visit
  const t = words(readerMessages, locale)
  const [editions, listed] = await Promise.all([editionsOf(db), editionsListed(db)])
  const option = ({ number, inForceAt }: Edition) => ({
    number,
    text: t('compare.edition', { n: number, date: dayWords(inForceAt, zone, locale, 'date') }),
  })
  const from = asked.proposal?.edition ?? asked.from ?? Math.max(1, editions.inForce - 1)
  const to = asked.to ?? editions.inForce
  const common = { from, to, options: listed.map(option).toReversed(), proposal: asked.proposal }
  const side = (n: number): string => t('compare.side.edition', { n })
  const old = await sideOf(visit, listed, from)
  const now = asked.proposal === null ? await sideOf(visit, listed, to) : proposed(old, asked.proposal.text)
  const alone = asked.proposal === null && from === to
  if (old === null || now === null || alone) {
    const fault = old !== null && now !== null && listed.length === 1 ? t('compare.one') : old === null || now === null ? t('compare.none') : null
    return { ...common, heading: null, fault, sides: [side(from), side(to)], differences: [] }
  }
  const { proposal } = asked
  return {
    ...common,
    heading: proposal === null ? t('compare.heading', { from, to }) : t('compare.heading.proposal', { from, n: proposal.number }),
    fault: null,
    sides: [side(from), proposal === null ? side(to) : t('compare.side.proposal', { n: proposal.number })],
    differences: differencesOf(old, now, locale),
  }
}

type Side = { readonly text: string; readonly rulebook: Rulebook }

async function sideOf(visit: Visit, listed: readonly Edition[], number: number): Promise<Side | null> {
  const edition = listed.find((e) => e.number === number)
  const rulebook = edition === undefined ? undefined : (await editionsOf(visit.db)).byNumber.get(edition.number)
  return edition === undefined || rulebook === undefined ? null : { text: await editionText(visit.db, edition), rulebook }
}

const proposed = (old: Side | null, text: string): { readonly text: string; readonly rulebook: Rulebook | null } | null =>
  old === null ? null : { text, rulebook: rulebookOfText(text, old.rulebook) }
