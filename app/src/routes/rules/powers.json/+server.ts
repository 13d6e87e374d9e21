import { powersHeld, rulebookInForce } from '#lib/features/rulebooks/index.ts'
import type { RequestHandler } from './$types'

/** Who holds which power, as data: ids and clauses. */
export const GET: RequestHandler = async ({ locals }) => {
  const rulebook = await rulebookInForce(locals.db)
  return Response.json({ edition: rulebook.edition, powers: powersHeld(rulebook) })
}
