import { recordMessages } from '#lib/features/record/index.ts'
import { words } from '#lib/platform/words.ts'
import type { RequestHandler } from './$types'
import { addressOf, entryFeed, listingOf } from '../record/listing.ts'

/** The record as a feed, by the same questions as its page. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { asked, placed, views } = await listingOf(locals, url)
  const title = words(recordMessages, locals.locale)('record.title')
  const place = { self: addressOf('/record.atom', asked, null), page: addressOf('/record', asked, null), title }
  return entryFeed(locals, place, placed, views)
}
