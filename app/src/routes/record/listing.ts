import { instantText, parseCivilDate, plusDays, startOfDay } from '@quorate/kernel'
import { entryTypes } from '@quorate/record'
import { z } from 'zod'
import { entryVoice } from '#lib/features/motions/index.ts'
import {
  entries,
  entryViews,
  recordMessages,
  searchOf,
  type EntryView,
  type Placed,
  type Selection,
} from '#lib/features/record/index.ts'
import { atomResponse } from '#lib/platform/feed.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { readQuery } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'

const perPage = 30

/** What a reader asks of the record, as typed; empty for nothing. */
export type Asked = {
  readonly decision: string
  readonly type: string
  readonly capacity: string
  readonly since: string
  readonly until: string
  readonly search: string
  readonly from: string
}

/** A part of the record: its entries, latest first, as they are and in words, and where the next page begins. */
export type Listing = {
  readonly asked: Asked
  readonly placed: readonly Placed[]
  readonly views: readonly EntryView[]
  readonly next: number | null
}

/** What an address asks for; what cannot be understood is a 422 with its sentence. */
function askedOf(url: URL, { locale }: Visit): Asked & { readonly type: '' | (typeof entryTypes)[number] } {
  const t = words(recordMessages, locale)
  const or = (pattern: RegExp, fault: string) => z.union([z.literal(''), z.string(fault).regex(pattern, fault)]).default('')
  const day = z
    .string()
    .refine((text) => text === '' || parseCivilDate(text).kind === 'ok', t('fault.day'))
    .default('')
  return readQuery(
    url,
    z
      .object({
        decision: or(/^[1-9]\d{0,8}$/, t('fault.decision')),
        type: z.union([z.literal(''), z.enum(entryTypes)]).default(''),
        capacity: or(/^(?:office|body) [a-z][a-z0-9-]{0,63}$/, t('fault.capacity')),
        since: day,
        until: day,
        search: z.string().max(100, t('fault.search')).default(''),
        from: or(/^\d{1,12}$/, t('fault.decision')),
      })
      .loose(),
  )
}

/** Reads the part of the record that an address asks for. */
export async function listingOf(visit: Visit, url: URL): Promise<Listing> {
  const asked = askedOf(url, visit)
  const { decision, type, capacity, since, until, search, from } = asked
  const [first, last] = [parseCivilDate(since), parseCivilDate(until)]
  const selection: Selection = {
    latestFirst: true,
    count: perPage + 1,
    ...(from === '' ? {} : { from: Number(from) }),
    ...(decision === '' ? {} : { decision: Number(decision) }),
    ...(type === '' ? {} : { type }),
    ...(capacity === '' ? {} : { capacity }),
    ...(first.kind === 'ok' ? { since: startOfDay(first.value, visit.zone) } : {}),
    ...(last.kind === 'ok' ? { before: startOfDay(plusDays(last.value, 1), visit.zone) } : {}),
    ...(search.trim() === '' ? {} : { search: searchOf(search, visit.locale) }),
  }
  const [voice, found] = await Promise.all([entryVoice(visit), entries(visit.db, selection)])
  const placed = found.slice(0, perPage)
  return { asked, placed, views: await entryViews(visit.db, placed, voice), next: found[perPage]?.position ?? null }
}

/** The address of a page with what was asked, from some entry on. */
export function addressOf(page: string, asked: Asked, from: number | null): string {
  const kept = Object.entries(asked).filter(([name, value]) => name in blank && name !== 'from' && value !== '')
  const search = new URLSearchParams([...kept, ...(from === null ? [] : [['from', String(from)]])]).toString()
  return search === '' ? page : `${page}?${search}`
}
const blank: Asked = { decision: '', type: '', capacity: '', since: '', until: '', search: '', from: '' }

/** An entry as data: in words, with its rule, and exactly as it stands. */
export const entryData = (view: EntryView, { entry }: Placed) => ({
  position: view.position,
  at: instantText(entry.at),
  type: entry.type,
  decision: entry.decision,
  clause: view.clause,
  sentence: view.sentence,
  page: view.href,
  entry,
})

/** What a feed of the record is called and where it is. */
export type FeedPlace = { readonly self: string; readonly page: string; readonly title: string }

/** Answers with entries as a feed. */
export function entryFeed(visit: Visit, place: FeedPlace, placed: readonly Placed[], views: readonly EntryView[]): Response {
  const t = words(recordMessages, visit.locale)
  return atomResponse({
    ...place,
    address: visit.settings.publicAddress,
    language: visit.locale === 'en' ? 'en-GB' : 'cy',
    author: visit.movement.name,
    items: views.flatMap((view, i) => {
      const at = placed[i]?.entry.at
      const clause = view.clause === null ? '' : ` (${view.clause})`
      const title = `${t('record.entry', { n: view.position })}: ${view.typeName}`
      return at === undefined ? [] : [{ id: view.href, href: view.href, title, at, summary: `${view.sentence}${clause}` }]
    }),
  })
}

/** Events that move a decision on; casting and signing do not, one by one. */
export const milestones: NonNullable<Selection['search']> = {
  types: [],
  texts: [
    'proposed',
    'supported',
    'unmet',
    'noticed',
    'frozen',
    'scheduled',
    'opened',
    'closed',
    'declared',
    'certified',
    'challenged',
    'enacted',
    'ended',
  ].map((kind) => `"kind":"${kind}"`),
}

/** Entries that move decisions on as a feed, of one decision or of all. */
export async function milestoneFeed(visit: Visit, place: FeedPlace, decision: number | null): Promise<Response> {
  const types = ['refusal', 'roll', 'setup', 'box-closed', 'result', 'edition'] as const
  const [voice, placed] = await Promise.all([
    entryVoice(visit),
    entries(visit.db, {
      latestFirst: true,
      count: perPage,
      search: { ...milestones, types },
      ...(decision === null ? {} : { decision }),
    }),
  ])
  return entryFeed(visit, place, placed, await entryViews(visit.db, placed, voice))
}
