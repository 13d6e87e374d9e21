import { capacityChoices } from '#lib/features/motions/index.ts'
import { entryKinds, latestCheckpoint, logHead, recordMessages } from '#lib/features/record/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'
import { addressOf, listingOf } from './listing.ts'

/** The record, latest first; of one decision, kind, office or time, or with a word in it, when asked. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { db, locale, zone } = locals
  const t = words(recordMessages, locale)
  const { asked, views, next } = await listingOf(locals, url)
  const [head, signed, capacities] = await Promise.all([logHead(db), latestCheckpoint(db), capacityChoices(locals)])
  return {
    entries: views,
    kinds: entryKinds(locale),
    capacities,
    asked,
    filtered: addressOf('/record', asked, null) !== '/record',
    older: next === null ? null : addressOf('/record', asked, next),
    newest: asked.from === '' ? null : addressOf('/record', asked, null),
    json: addressOf('/record.json', asked, asked.from === '' ? null : Number(asked.from)),
    atom: addressOf('/record.atom', asked, null),
    standing:
      signed === null
        ? t('record.unsigned', { n: head.size })
        : t('record.at', { n: head.size, at: instantWords(signed.signedAt, zone, locale, 'full') }),
  }
}
