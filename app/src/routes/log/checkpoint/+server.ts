import { error } from '@sveltejs/kit'
import { signHead } from '#lib/features/record/index.ts'
import type { RequestHandler } from './$types'

/** The signed tree head (c2sp.org/tlog-checkpoint). */
export const GET: RequestHandler = async ({ locals }) => {
  const head = await signHead(locals)
  if (head === null) error(404, 'Nothing has been written yet.')
  return new Response(head.note, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' } })
}
