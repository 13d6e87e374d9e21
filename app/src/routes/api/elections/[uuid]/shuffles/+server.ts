import { z } from 'zod'
import { takeShuffle } from '#lib/features/elections/index.ts'
import { readJson } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../election.ts'

// Some 700 bytes a paper.
const schema = z.strictObject({
  after: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  shuffle: z.string().max(40_000_000),
})

/** A trustee's shuffle of the papers, with its proof. */
export const POST: RequestHandler = async ({ params, locals, request }) => {
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const sent = await readJson(request, schema)
  if (locals.personId === null) return refused(403, 'not-a-trustee')
  const done = await takeShuffle(locals, election, locals.personId, sent)
  if (done.kind === 'ok') return Response.json(done.value, { status: 201 })
  const { error } = done
  if (error.kind === 'bad-proof') return refused(422, error.kind, { check: error.check })
  if (error.kind === 'busy' || error.kind === 'not-checked') return refused(503, error.kind)
  return refused(error.kind === 'not-a-trustee' || error.kind === 'not-closed' ? 403 : 409, error.kind)
}
