import { z } from 'zod'
import { takeReport } from '#lib/features/elections/index.ts'
import { readJson } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../../../elections/[uuid]/election.ts'
import { signedBy } from '../../registrar.ts'

const count = z.number().int().min(0).max(100_000_000)
const schema = z.strictObject({
  total: count,
  sent: count,
  bounced: count,
  answered: z
    .array(z.strictObject({ leaf: z.string().regex(/^[0-9a-f]{64}$/), number: z.number().int().min(1).max(1_000_000) }))
    .max(1000),
})

/** Notes how far the registrar's mailing is, and which requests for a link it has answered. */
export const POST: RequestHandler = async ({ params, locals, request, url }) => {
  const from = await signedBy(locals, request, url)
  if (from instanceof Response) return from
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const report = await readJson(new Request(url, { method: 'POST', body: from.body }), schema)
  return (await takeReport(locals, from.key, election, report)) ? Response.json({}) : refused(403, 'not-the-registrar')
}
