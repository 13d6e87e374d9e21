import { error } from '@sveltejs/kit'
import { signHead, tileAt } from '#lib/features/record/index.ts'
import type { RequestHandler } from './$types'

/** A tile or entry bundle (c2sp.org/tlog-tiles). What a path names never changes, so it may be kept for ever. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const head = await signHead(locals)
  const bytes = head === null ? null : await tileAt(locals.db, head, `tile/${params.path}`)
  if (bytes === null) error(404, 'There is no such tile.')
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': 'public, max-age=31536000, immutable' },
  })
}
