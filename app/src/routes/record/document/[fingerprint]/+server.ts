import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { documentOf } from '#lib/features/record/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'

const params = z.object({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/) })

/** A document that the record cites by its fingerprint, exactly as it was fingerprinted. Plain text: it is never run as a page. */
export const GET: RequestHandler = async ({ params: given, locals }) => {
  const text = await documentOf(locals.db, readParams(given, params).fingerprint)
  if (text === null) error(404, 'There is no document with this fingerprint.')
  return new Response(text, {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' },
  })
}
