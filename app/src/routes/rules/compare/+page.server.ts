import { error } from '@sveltejs/kit'
import { comparePage, readerMessages, whatIfMessages } from '#lib/features/rulebooks/index.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'
import { compareAsked, sizesNow } from './asked.ts'

/** Two editions, or an edition and a proposal, side by side in words. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = await compareAsked(url, locals)
  if (asked === null) error(404, words(readerMessages, locals.locale)('compare.none-proposed'))
  const page = await comparePage(locals, asked, await sizesNow(locals))
  if (page === 'busy') error(503, words(whatIfMessages, locals.locale)('what.busy'))
  return { ...page, search: url.search }
}
