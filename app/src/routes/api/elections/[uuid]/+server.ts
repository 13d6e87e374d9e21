import { publicView } from '#lib/features/elections/index.ts'
import type { RequestHandler } from './$types'
import { electionAt } from './election.ts'

/** Everything anybody may know of an election, and the visitor's own line. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const election = await electionAt(locals.db, params.uuid)
  return election instanceof Response ? election : Response.json(await publicView(locals, election))
}
