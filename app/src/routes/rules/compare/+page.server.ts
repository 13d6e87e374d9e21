import { error } from '@sveltejs/kit'
import { comparePage, readerMessages } from '#lib/features/rulebooks/index.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'
import { compareAsked, sizesNow } from './asked.ts'

/** Two editions, or an edition and a proposal, side by side in words. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = await compareAsked(url, locals)
  if (asked === null) error(404, words(readerMessages, locals.locale)('compare.none-proposed'))
  return { ...(await comparePage(locals, asked, await sizesNow(locals))), search: url.search }
}
