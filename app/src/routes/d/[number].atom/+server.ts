import { error } from '@sveltejs/kit'
import { decisionById, decisionParams, headingOf, pageVoice } from '#lib/features/motions/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { milestoneFeed } from '../../record/listing.ts'

/** What moves one decision on, as a feed. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const { number } = readParams(params, decisionParams)
  const decision = await decisionById(locals.db, number)
  if (decision === null) error(404, 'Not Found')
  const page = `/d/${String(number)}`
  const title = headingOf(decision, pageVoice(locals.locale))
  return milestoneFeed(locals, { self: `${page}.atom`, page, title }, number)
}
