import { error } from '@sveltejs/kit'
import { comparePage, readerMessages, whatIfMessages } from '#lib/features/rulebooks/index.ts'
import { words } from '#lib/platform/words.ts'
import { compareAsked, sizesNow } from '../compare/asked.ts'
import type { RequestHandler } from './$types'

/** How two editions differ, as data. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const asked = await compareAsked(url, locals)
  if (asked === null) error(404, words(readerMessages, locals.locale)('compare.none-proposed'))
  const page = await comparePage(locals, asked, await sizesNow(locals))
  if (page === 'busy') error(503, words(whatIfMessages, locals.locale)('what.busy'))
  const { from, to, proposal, fault, differences, powers } = page
  if (fault !== null) error(404, fault)
  return Response.json({ from, to: proposal === null ? to : null, decision: proposal?.number ?? null, differences, powers })
}
