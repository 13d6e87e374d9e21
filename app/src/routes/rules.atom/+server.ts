import { entryVoice } from '#lib/features/motions/index.ts'
import { entries, entryViews } from '#lib/features/record/index.ts'
import { rulebookMessages } from '#lib/features/rulebooks/index.ts'
import { words } from '#lib/platform/words.ts'
import type { RequestHandler } from './$types'
import { entryFeed } from '../record/listing.ts'

/** Editions of the rulebook as a feed. */
export const GET: RequestHandler = async ({ locals }) => {
  const [voice, placed] = await Promise.all([
    entryVoice(locals),
    entries(locals.db, { type: 'edition', latestFirst: true, count: 30 }),
  ])
  const place = { self: '/rules.atom', page: '/rules', title: words(rulebookMessages, locals.locale)('rules.title') }
  return entryFeed(locals, place, placed, await entryViews(locals.db, placed, voice))
}
