import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { clausePage, rulebookInForce, rulebookMessages, type ClausePage } from '#lib/features/rulebooks/index.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { readParams } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'

const params = z.object({ clause: z.string().regex(/^\d{1,4}(?:\.\d{1,4}){0,5}(?:@[1-9]\d{0,5})?$/) })

/** A rule as it stands (`4.2`), or as it stood in an edition (`4.2@1`); else a 404 that says which is not there. */
export async function clauseAsked(given: unknown, locals: Visit): Promise<ClausePage> {
  const [clause = '', edition] = readParams(given, params).clause.split('@')
  const page = await clausePage(locals, clause, edition === undefined ? null : Number(edition))
  if (page !== null) return page
  const n = edition === undefined ? (await rulebookInForce(locals.db)).edition : Number(edition)
  error(404, words(rulebookMessages, locals.locale)('rules.none', { clause, n }))
}
