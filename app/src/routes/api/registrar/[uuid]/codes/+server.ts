import { z } from 'zod'
import { takeCodes } from '#lib/features/elections/index.ts'
import { readJson } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../../../elections/[uuid]/election.ts'
import { signedBy } from '../../registrar.ts'

// A line of the roll is at most 620 digits, of the bind list 70 more; a million of Ed25519's fit.
const schema = z.strictObject({
  roll: z.string().max(200_000_000),
  binds: z.string().max(200_000_000),
  signature: z.string().max(88),
})

/** Takes the public roll and the bind list of the registrar's program. The same ones again are taken as done. */
export const POST: RequestHandler = async ({ params, locals, request, url }) => {
  const from = await signedBy(locals, request, url)
  if (from instanceof Response) return from
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const lists = await readJson(new Request(url, { method: 'POST', body: from.body }), schema)
  const taken = await takeCodes(locals, from.key, election, lists)
  return taken.kind === 'ok' ? Response.json({ issued: taken.value }) : refused(409, 'codes-refused', { check: taken.error })
}
