import { pageMessages } from '#lib/features/motions/index.ts'
import { words } from '#lib/platform/words.ts'
import type { RequestHandler } from './$types'
import { milestoneFeed } from '../record/listing.ts'

/** What moves decisions on, as a feed. */
export const GET: RequestHandler = ({ locals }) =>
  milestoneFeed(locals, { self: '/d.atom', page: '/d', title: words(pageMessages, locals.locale)('list.title') }, null)
