import { z } from 'zod'
import { takeOpening } from '#lib/features/elections/index.ts'
import { readJson } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../election.ts'

const scalar = z.string().max(700)
const schema = z.strictObject({
  payload: z.string().max(40_000_000),
  proof: z.strictObject({ challenge: scalar, response: scalar }),
})

/** A trustee's opening of the box, with its companion proof. */
export const POST: RequestHandler = async ({ params, locals, request }) => {
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const sent = await readJson(request, schema)
  if (locals.personId === null) return refused(403, 'not-a-trustee')
  const done = await takeOpening(locals, election, locals.personId, sent)
  if (done.kind === 'ok') return Response.json(done.value, { status: 201 })
  const { error } = done
  if (error.kind === 'bad-proof') return refused(422, error.kind, { check: error.check })
  return refused(error.kind === 'already-opened' ? 409 : 403, error.kind)
}
