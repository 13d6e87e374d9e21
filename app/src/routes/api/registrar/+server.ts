import { registrarWork } from '#lib/features/elections/index.ts'
import type { RequestHandler } from './$types'
import { signedBy } from './registrar.ts'

/** What waits for the registrar's program. */
export const GET: RequestHandler = async ({ locals, request, url }) => {
  const from = await signedBy(locals, request, url)
  return from instanceof Response ? from : Response.json(await registrarWork(locals, from.key))
}
