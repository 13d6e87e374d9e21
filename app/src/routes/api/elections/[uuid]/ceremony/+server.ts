import { z } from 'zod'
import { ceremonyView, takeStepMessage } from '#lib/features/elections/index.ts'
import { readJson } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../election.ts'

const schema = z.strictObject({ step: z.union([z.literal(1), z.literal(2), z.literal(3)]), message: z.string().max(200_000) })

/** Where the key ceremony stands. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const election = await electionAt(locals.db, params.uuid)
  return election instanceof Response ? election : Response.json(await ceremonyView(locals, election))
}

/** A trustee's message of one step. */
export const POST: RequestHandler = async ({ params, locals, request }) => {
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const { step, message } = await readJson(request, schema)
  if (locals.personId === null) return refused(403, 'not-a-trustee')
  const done = await takeStepMessage(locals, election, locals.personId, step, message)
  if (done.kind === 'ok') {
    const after = await electionAt(locals.db, params.uuid)
    return after instanceof Response ? after : Response.json(await ceremonyView(locals, after))
  }
  const { error } = done
  if (error.kind === 'bad-message') return refused(422, error.kind, { check: error.check })
  return refused(error.kind === 'step-done' ? 409 : 403, error.kind)
}
