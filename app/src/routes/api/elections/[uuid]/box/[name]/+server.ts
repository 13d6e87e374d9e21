import { placeInBox } from '#lib/features/elections/index.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../../election.ts'

/** Where a ballot lies in the public box, by fingerprint or ballot code. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const place = params.name.length > 100 ? null : await placeInBox(locals.db, election, params.name)
  return place === null ? refused(404, 'not-in-box') : Response.json(place)
}
