import type { Rulebook } from '@quorate/rulebook'
import { dayWords } from '#lib/platform/dates.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { words } from '#lib/platform/words.ts'
import { rulebookOfText } from './clause-words.ts'
import { differencesOf, type RuleDifference } from './differences.ts'
import { editionText, editionsListed, editionsOf, type Edition } from './editions.ts'
import { powerChanges, type PowerChangeView } from './power-changes.ts'
import { analyser } from './analyser.ts'
import { remembering } from './turns.ts'
import { readerMessages } from './reader-messages.ts'
import { watchfulOf, type Sizes } from './what-if-page.ts'

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
  /** What became of each power that changed; null when that cannot be reckoned. */
  readonly powers: readonly PowerChangeView[] | null
}

/** What is asked: two editions, or an edition and the text a decision would make of it. */
export type CompareAsked = {
  readonly from: number | null
  readonly to: number | null
  readonly proposal: { readonly number: number; readonly edition: number; readonly text: string } | null
}

/** The page of a comparison; with nothing asked, the last two editions. A side that is not there is a fault in words. */
export async function comparePage(visit: Visit, asked: CompareAsked, known: Sizes): Promise<ComparePage | 'busy'> {
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
    return { ...common, heading: null, fault, sides: [side(from), side(to)], differences: [], powers: null }
  }
  const { proposal } = asked
  const powers = now.rulebook === null ? null : await changesOfPower(old.rulebook, now.rulebook, visit, known)
  if (powers === 'busy') return powers
  return {
    ...common,
    heading: proposal === null ? t('compare.heading', { from, to }) : t('compare.heading.proposal', { from, n: proposal.number }),
    fault: null,
    sides: [side(from), proposal === null ? side(to) : t('compare.side.proposal', { n: proposal.number })],
    differences: differencesOf(old, now, locale),
    powers,
  }
}

// Two analyses take up to two seconds; the same two texts are compared by many readers.
const compared = remembering<readonly PowerChangeView[]>(32)

async function changesOfPower(
  before: Rulebook,
  after: Rulebook,
  { clock, locale }: Visit,
  known: Sizes,
): Promise<readonly PowerChangeView[] | 'busy'> {
  const facts = watchfulOf(known, clock.now())
  const key = [before.textHash, after.textHash, locale, JSON.stringify(facts)].join(' ')
  const remembered = compared.get(key)
  if (remembered !== undefined) return remembered
  const comparison = await analyser().compare(before, after, facts)
  if (comparison === 'busy') return comparison
  const found = powerChanges(before, after, comparison, locale)
  compared.set(key, found)
  return found
}

type Side = { readonly text: string; readonly rulebook: Rulebook }

async function sideOf(visit: Visit, listed: readonly Edition[], number: number): Promise<Side | null> {
  const edition = listed.find((e) => e.number === number)
  const rulebook = edition === undefined ? undefined : (await editionsOf(visit.db)).byNumber.get(edition.number)
  return edition === undefined || rulebook === undefined ? null : { text: await editionText(visit.db, edition), rulebook }
}

const proposed = (old: Side | null, text: string): { readonly text: string; readonly rulebook: Rulebook | null } | null =>
  old === null ? null : { text, rulebook: rulebookOfText(text, old.rulebook) }
