import { error } from '@sveltejs/kit'
import { publishedCheckpoint, signHead } from '#lib/features/record/index.ts'
import type { RequestHandler } from './$types'

/** The newest signed tree head that as many witnesses have cosigned as the rulebook asks for (c2sp.org/tlog-checkpoint). */
export const GET: RequestHandler = async ({ locals }) => {
  await signHead(locals)
  const head = await publishedCheckpoint(locals)
  if (head === null) error(404, 'Nothing has been written yet.')
  return new Response(head.note, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' } })
}
