import { z } from 'zod'
import { voterOfKey } from '#lib/features/elections/index.ts'
import { readJson } from '#lib/platform/forms.ts'
import { setSessionCookie, takeSessionCookie } from '#lib/platform/session-cookie.ts'
import { closeSession, openSession } from '#lib/platform/sessions.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../election.ts'

const schema = z.strictObject({ credential: z.string().max(700), bind: z.string().regex(/^[0-9a-f]{64}$/) })

/**
 * Says whose ballot a link is, and in single-operator mode signs them in: who can open the bind line holds the voting code, and the code
 * itself never comes here.
 */
export const POST: RequestHandler = async ({ params, locals, request, cookies, url }) => {
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const { credential, bind } = await readJson(request, schema)
  const found = await voterOfKey(locals.db, election, credential, bind)
  if (found === null) return refused(403, 'not-on-roll')
  // With a registrar apart, casting needs login and code: the code alone signs nobody in.
  if (election.registrar_key !== null && locals.personId !== found.personId)
    return refused(403, locals.personId === null ? 'not-signed-in' : 'wrong-voter')
  if (locals.personId !== found.personId) {
    const old = takeSessionCookie(cookies, url)
    if (old !== undefined) await closeSession(locals.db, old)
    setSessionCookie(cookies, url, await openSession(locals, found.personId))
  }
  return Response.json({ voter: found.voter })
}
