import { z } from 'zod'
import { voterOfKey } from '#lib/features/elections/index.ts'
import { readJson } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../election.ts'

const schema = z.strictObject({ credential: z.string().max(700), bind: z.string().regex(/^[0-9a-f]{64}$/) })

/**
 * Says whose ballot a link is. Who can open the bind line holds the voting code, and the code itself never comes here. It signs nobody in: the link
 * is good for this ballot and for nothing else.
 */
export const POST: RequestHandler = async ({ params, locals, request }) => {
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const { credential, bind } = await readJson(request, schema)
  const found = await voterOfKey(locals.db, election, { votingKey: credential, secret: bind }, locals.personId)
  return found.kind === 'ok' ? Response.json({ voter: found.value.voter }) : refused(403, found.error)
}
