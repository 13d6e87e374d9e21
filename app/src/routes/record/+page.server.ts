import { entryTypes } from '@quorate/record'
import { z } from 'zod'
import { entryVoice } from '#lib/features/motions/index.ts'
import { entries, entryKinds, entryView, latestCheckpoint, logHead, recordMessages } from '#lib/features/record/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { readQuery } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'

const perPage = 30

/** The record, latest first; of one decision or one kind, when asked. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { db, locale, zone } = locals
  const t = words(recordMessages, locale)
  const number = (least: RegExp) =>
    z.union([z.literal(''), z.string(t('fault.decision')).regex(least, t('fault.decision'))]).default('')
  const query = z
    .object({
      decision: number(/^[1-9]\d{0,8}$/),
      type: z.union([z.literal(''), z.enum(entryTypes)]).default(''),
      from: number(/^\d{1,12}$/),
    })
    .loose()
  const { decision, type, from } = readQuery(url, query)
  const [voice, head, signed] = await Promise.all([entryVoice(locals), logHead(db), latestCheckpoint(db)])
  const found = await entries(db, {
    latestFirst: true,
    count: perPage + 1,
    ...(from === '' ? {} : { from: Number(from) }),
    ...(decision === '' ? {} : { decision: Number(decision) }),
    ...(type === '' ? {} : { type }),
  })
  const next = found[perPage]
  const search = new URLSearchParams({ ...(decision === '' ? {} : { decision }), ...(type === '' ? {} : { type }) })
  const older = new URLSearchParams(search)
  if (next !== undefined) older.set('from', String(next.position))
  return {
    entries: found.slice(0, perPage).map((placed) => entryView(placed, voice)),
    kinds: entryKinds(locale),
    decision,
    type,
    filtered: decision !== '' || type !== '',
    older: next === undefined ? null : `/record?${older.toString()}`,
    newest: from === '' ? null : `/record?${search.toString()}`,
    standing:
      signed === null
        ? t('record.unsigned', { n: head.size })
        : t('record.at', { n: head.size, at: instantWords(signed.signedAt, zone, locale, 'full') }),
  }
}
