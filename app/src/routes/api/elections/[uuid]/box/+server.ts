import { boxOnRecord } from '#lib/features/elections/index.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../election.ts'

/** The whole public box: what a trustee's page recounts and anybody may. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const box = await boxOnRecord(locals, election)
  return box === null ? refused(404, 'not-open') : Response.json(box)
}
