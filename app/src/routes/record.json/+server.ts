import type { RequestHandler } from './$types'
import { addressOf, entryData, listingOf } from '../record/listing.ts'

/** The record as data, latest first, by the same questions as its page. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { asked, placed, views, next } = await listingOf(locals, url)
  return Response.json({
    entries: views.flatMap((view, i) => (placed[i] === undefined ? [] : [entryData(view, placed[i])])),
    next: next === null ? null : addressOf('/record.json', asked, next),
  })
}
