import { error } from '@sveltejs/kit'
import { decisionById, decisionChanges, decisionParams, proposalOf } from '#lib/features/motions/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { PageServerLoad } from './$types'

/** Every clause a decision touches, before and after, whole. */
export const load: PageServerLoad = async ({ params, locals }) => {
  const { number } = readParams(params, decisionParams)
  const decision = await decisionById(locals.db, number)
  if (decision?.state === undefined || decision.state === null) error(404, 'Not Found')
  const proposal = await proposalOf(locals.db, decision)
  return {
    number,
    title: decision.title,
    changes: await decisionChanges(locals, decision.state, proposal),
    texts: proposal?.changes ?? [],
  }
}
