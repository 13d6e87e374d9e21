import { error } from '@sveltejs/kit'
import { instantText } from '@quorate/kernel'
import { readerMessages, rulesPage } from '#lib/features/rulebooks/index.ts'
import { readQuery } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import { rulesQuery } from '../rules/asked.ts'
import type { RequestHandler } from './$types'

/** An edition of the rulebook as data: every rule with its prose, its words and its block. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const page = await rulesPage(locals, readQuery(url, rulesQuery))
  if (page === null) error(404, words(readerMessages, locals.locale)('compare.none'))
  return Response.json({
    edition: page.number,
    inForceAt: instantText(page.inForceAt),
    inForce: page.old === null,
    fingerprint: page.fingerprint,
    rules: page.clauses.map(({ id, title, prose, lines, block }) => ({
      id,
      title,
      prose,
      words: lines.map(({ text }) => text),
      block,
    })),
    editions: page.editions.map(({ number, fingerprint }) => ({ number, fingerprint })),
  })
}
