import { error } from '@sveltejs/kit'
import { readerMessages, rulesPage } from '#lib/features/rulebooks/index.ts'
import { readQuery } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'
import { rulesQuery } from './asked.ts'

/** The rulebook in force, or as it stood on a day or in an edition. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const page = await rulesPage(locals, readQuery(url, rulesQuery))
  if (page === null) error(404, words(readerMessages, locals.locale)('compare.none'))
  return { ...page, search: url.search }
}
