import { error } from '@sveltejs/kit'
import { decisionById, decisionParams } from '#lib/features/motions/index.ts'
import { hintsFile } from '#lib/features/elections/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'

/** What makes checking the dossier quicker, as it is read from the disk: never trusted, and missed by nobody who has time. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const { number } = readParams(params, decisionParams)
  if ((await decisionById(locals.db, number)) === null) error(404, 'There is no decision of this number to check.')
  const file = hintsFile(locals.db, number)
  // A page is read when the one before it has gone out.
  const body = new ReadableStream<Uint8Array>({
    pull: async (out) => {
      const next = await file.next()
      if (next.done === true) out.close()
      else out.enqueue(next.value)
    },
    cancel: async () => {
      await file.return()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${locals.movement.slug}-${String(number)}.hints"`,
    },
  })
}
