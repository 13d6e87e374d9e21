import type { Instant, Zone } from '@quorate/kernel'
import {
  provision,
  type Assumption,
  type Quantity,
  type Reason,
  type ReasonCode,
  type Refusal,
  type Rulebook,
} from '@quorate/rulebook'
import { capital, namingOf, type Naming } from '#lib/features/rulebooks/words.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { words, type Locale, type Say } from '#lib/platform/words.ts'
import { refusalMessages } from './refusal-messages.ts'

type Key = keyof (typeof refusalMessages)['en']

/** In whose words: the reader's language, the movement's zone, and the rulebook that names things. */
export type Voice = { readonly locale: Locale; readonly zone: Zone; readonly rulebook: Rulebook | null }

/** One reason as a page shows it; the three figures are null when there is nothing to compare. */
export type ReasonView = {
  readonly sentence: string
  readonly clause: string
  readonly what: string
  readonly figures: { readonly required: string; readonly had: string; readonly short: string } | null
}
/** The way that is lawful instead: through what, from when, what that takes for granted, and where to start it. */
export type LawfulView = {
  readonly clause: string
  readonly title: string | null
  readonly date: string
  readonly assumes: readonly string[]
  readonly href: string | null
}
/** One closed way. */
export type RouteView = {
  readonly clause: string
  readonly title: string
  readonly reasons: readonly ReasonView[]
  readonly lawful: LawfulView | null
}
/** A lawful no, in words. `entry` is where it stands on the public record, when it does. */
export type RefusalView = {
  readonly headline: string
  readonly lede: string
  readonly routes: readonly RouteView[]
  readonly lawfulNone: string | null
  readonly entry: { readonly href: string; readonly text: string } | null
}
/** Where a refused attempt stands on the record, and which attempt of the day by that person it was. */
export type AttemptPlace = { readonly position: number; readonly attempt: number }

type Tongue = { readonly t: Say<Key>; readonly name: Naming; readonly voice: Voice }

/** How a base of a share is called; one we have no word for is shown as the rule spells it. */
function baseWords(base: string, { t }: Tongue): string {
  const key = `base.${base}`
  return key in refusalMessages.en ? t(key as Key) : base // looked up on this very line
}

function quantity(q: Quantity, at: Tongue): string {
  const { t, name, voice } = at
  switch (q.unit) {
    case 'people':
    case 'votes':
    case 'seats':
    case 'days':
    case 'clear days':
    case 'hours':
      return t(`unit.${q.unit}`, { n: q.count })
    case 'share':
      return t('unit.share', { numerator: q.numerator, denominator: q.denominator, base: baseWords(q.base, at) })
    case 'instant':
      return instantWords(q.at, voice.zone, voice.locale)
    case 'electorate':
    case 'body':
    case 'office':
    case 'procedure':
    case 'stage':
    case 'power':
      return q.size === null ? name(q.unit, q.id) : t('unit.sized', { name: name(q.unit, q.id), n: q.size })
    case 'text':
      return t('unit.text', { start: q.fingerprint.slice(0, 8) })
    case 'none':
      return t('unit.none')
  }
}

/** A quantity in words: `14 clear days`, `all members (1,180)`. */
export const quantityWords = (q: Quantity, voice: Voice): string => quantity(q, tongueOf(voice))

const tongueOf = (voice: Voice): Tongue => ({
  t: words(refusalMessages, voice.locale),
  name: namingOf(voice.rulebook, voice.locale),
  voice,
})

type Choice = (required: Quantity, actual: Quantity) => Key
const has = (q: Quantity): boolean => q.unit !== 'none'

/** Which sentence a reason takes: its code's, fuller where figures are there to fill it. A table over the closed union. */
const sentences: Readonly<Record<ReasonCode, Choice>> = {
  'no-power': (required, actual) => {
    if (!has(actual)) return 'reason.no-power.nobody'
    if (required.unit === 'procedure') return 'reason.no-power.through'
    return required.unit === 'none' || required.unit === 'power' ? 'reason.no-power' : 'reason.no-power.holder'
  },
  'wrong-electorate': () => 'reason.wrong-electorate',
  'not-eligible': (required) =>
    has(required) && required.unit !== 'people' ? 'reason.not-eligible' : 'reason.not-eligible.none',
  'short-notice': (required) => (required.unit === 'people' ? 'reason.short-notice.reach' : 'reason.short-notice'),
  'short-support': (required) => (required.unit === 'seats' ? 'reason.short-support.seats' : 'reason.short-support'),
  'already-done': (required) => (has(required) ? 'reason.already-done.at' : 'reason.already-done'),
  'too-early': (required, actual) => (has(required) && has(actual) ? 'reason.too-early' : 'reason.too-early.plain'),
  'too-late': (required) => (has(required) ? 'reason.too-late' : 'reason.too-late.plain'),
  'wrong-stage': (_, actual) => (has(actual) ? 'reason.wrong-stage.at' : 'reason.wrong-stage'),
  'no-such-decision': () => 'reason.no-such-decision',
  'no-such-clause': () => 'reason.no-such-clause',
  'not-a-ground': () => 'reason.not-a-ground',
  'text-changed': () => 'reason.text-changed',
  'invalid-text': () => 'reason.invalid-text',
  'missing-fact': (required) => (has(required) ? 'reason.missing-fact.of' : 'reason.missing-fact'),
  'not-carried': (_, actual) => (has(actual) ? 'reason.not-carried.votes' : 'reason.not-carried'),
  stayed: () => 'reason.stayed',
  'term-limit': () => 'reason.term-limit',
  incompatible: () => 'reason.incompatible',
  conflicted: () => 'reason.conflicted',
  'second-person-needed': () => 'reason.second-person-needed',
  'unfair-options': () => 'reason.unfair-options',
  'unknown-rule': () => 'reason.unknown-rule',
}

/** Every reason there is, for tests that none lacks its words. */
export const reasonCodes = Object.keys(sentences) as readonly ReasonCode[] // the keys of a record over that union

/** Names without their size read better inside a sentence; the figures stand in the table. */
const bare = (q: Quantity): Quantity => ('size' in q ? { ...q, size: null } : q)

function reasonView(reason: Reason, at: Tongue): ReasonView {
  const { code, clause, required, actual, shortfall } = reason
  const said = (q: Quantity): string => (has(q) ? quantity(bare(q), at) : at.t('unit.you'))
  const compared = [required, actual, shortfall].filter((q) => has(q) && q.unit !== 'text' && q.unit !== 'stage')
  return {
    sentence: capital(at.t(sentences[code](required, actual), { required: said(required), actual: said(actual) })),
    clause,
    what: at.t(`what.${code}`),
    figures:
      compared.length < 2
        ? null
        : { required: quantity(required, at), had: quantity(actual, at), short: quantity(shortfall, at) },
  }
}

/** One reason in words. */
export const reasonWords = (reason: Reason, voice: Voice): ReasonView => reasonView(reason, tongueOf(voice))

const assumptionKey = (kind: Assumption['kind']): Key => `assume.${kind}`

/** What an earliest date takes for granted, as a clause of a sentence: `no challenge is upheld`. */
export const assumptionWords = (assumption: Assumption, locale: Locale): string =>
  words(refusalMessages, locale)(assumptionKey(assumption.kind))

function lawfulOf(route: Refusal['routes'][number], refusal: Refusal, at: Tongue): LawfulView | null {
  const { procedure, earliest, assumes, clause } = route
  const { t, name, voice } = at
  const reserved = refusal.act.kind === 'exercise' || refusal.act.kind === 'propose'
  if (!reserved && earliest === null) return null
  if (reserved && procedure === null) return null
  const date = (at: Instant): string => instantWords(at, voice.zone, voice.locale, 'full')
  return {
    clause,
    title: procedure === null ? null : capital(name('procedure', procedure)),
    date: earliest === null ? t('lawful-no-date') : t(reserved ? 'lawful-earliest' : 'lawful-open-from', { at: date(earliest) }),
    assumes: assumes.map((a) => t(assumptionKey(a.kind))),
    href: refusal.act.kind === 'exercise' && canBegin(refusal, voice.rulebook, procedure) ? '/d/new' : null,
  }
}

/** Whether pages can start that procedure: a change of the rules that its electorate proposes. */
function canBegin(refusal: Refusal, rulebook: Rulebook | null, procedure: string | null): boolean {
  const power = 'power' in refusal.act ? refusal.act.power : null
  if (power !== 'amend-rulebook' || rulebook === null || procedure === null) return false
  const first = provision(rulebook, 'procedure', procedure)?.rule.stages[0]
  return first?.do === 'propose' && first.by.some((actor) => actor.kind === 'electorate')
}

function ledeOf(refusal: Refusal, at: Tongue): string {
  const { act } = refusal
  const { t, name, voice } = at
  if (act.kind === 'propose') return t('tried-propose')
  if (act.kind !== 'exercise') return t('tried-step')
  const [kind, id = ''] = act.as.split(' ')
  const who = kind === 'body' || kind === 'office' || kind === 'electorate' ? name(kind, id) : id
  return capital(
    t('tried-exercise', {
      who,
      for: act.vote.for,
      against: act.vote.against,
      power: name('power', act.power),
      at: instantWords(act.effectAt, voice.zone, voice.locale, 'full'),
    }),
  )
}

/** Whether a way is closed because no clause grants the power at all, rather than to somebody else. */
const isUngranted = ({ procedure, reasons }: Refusal['routes'][number]): boolean =>
  procedure === null && reasons.every(({ code, required }) => code === 'no-power' && ['power', 'none'].includes(required.unit))

/** A refusal as a page shows it: each closed way with all its reasons, and the way that is lawful. */
export function refusalView(refusal: Refusal, voice: Voice, place: AttemptPlace | null = null): RefusalView {
  const at = tongueOf(voice)
  const { t } = at
  const { routes } = refusal
  const reserved = refusal.act.kind === 'exercise' || refusal.act.kind === 'propose'
  return {
    headline: t('headline'),
    lede: `${ledeOf(refusal, at)} ${t('nothing')}`,
    routes: routes.map((route, i) => ({
      clause: route.clause,
      title: routes.length > 1 ? t('route-numbered', { n: i + 1 }) : t('route-title'),
      reasons: route.reasons.map((reason) => reasonView(reason, at)),
      lawful: lawfulOf(route, refusal, at),
    })),
    lawfulNone: reserved && routes.every(isUngranted) ? t('lawful-none') : null,
    entry:
      place === null
        ? null
        : {
            href: `/record/${String(place.position)}`,
            text:
              place.attempt > 1
                ? t('on-record-again', { n: place.position, count: place.attempt })
                : t('on-record', { n: place.position }),
          },
  }
}
