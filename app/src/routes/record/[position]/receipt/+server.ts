import { error } from '@sveltejs/kit'
import { receiptOf, signHead } from '#lib/features/record/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { entryParams } from '../../params.ts'

/** The receipt of an entry (c2sp.org/tlog-proof): proof that it is on the record, to be checked offline. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const { position } = readParams(params, entryParams)
  const head = await signHead(locals)
  if (head === null || position >= head.size) error(404, 'The record has no such entry.')
  return new Response(await receiptOf(locals.db, head, position), {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="entry-${String(position)}.tlog-proof"`,
    },
  })
}
