import { decisionLists } from '#lib/features/motions/index.ts'
import type { RequestHandler } from './$types'

/** Every decision as data: under way, over, and refused attempts. */
export const GET: RequestHandler = async ({ locals }) => {
  const { underWay, decided, attempts } = await decisionLists(locals)
  return Response.json({
    underWay: underWay.map(({ href, title, stage, until }) => ({ href, title, stage, until })),
    decided,
    attempts,
  })
}
