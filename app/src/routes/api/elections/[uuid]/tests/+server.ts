import { z } from 'zod'
import { noteTestedBallot, type TestFault } from '#lib/features/elections/index.ts'
import { readJson } from '#lib/platform/forms.ts'
import type { ProblemStatus } from '#lib/platform/problem.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../election.ts'

const schema = z.strictObject({
  reveal: z.string().max(4000),
  digest: z.string().regex(/^[A-Za-z0-9+/]{43}$/),
  bind: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

const status: Readonly<Record<TestFault, ProblemStatus>> = {
  'not-open': 403,
  malformed: 422,
  'not-on-roll': 403,
  'already-in-box': 409,
  'too-many': 409,
  'too-fast': 429,
}

/** Notes a ballot that was opened to test a device; the box refuses it from then on. Anybody may say so: what it says is checked. Whoever shows that
 * the voting key is their own waits for nobody. */
export const POST: RequestHandler = async ({ params, locals, request }) => {
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const { reveal, digest, bind = null } = await readJson(request, schema)
  const noted = await noteTestedBallot(locals, election, { reveal, digest, bind }, locals.personId)
  return noted.kind === 'ok' ? Response.json({ digest: noted.value }) : refused(status[noted.error], noted.error)
}
