import { error } from '@sveltejs/kit'
import { decisionById, decisionParams } from '#lib/features/motions/index.ts'
import { hintsFile } from '#lib/features/elections/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'

/** What makes checking the dossier quicker, as it is read from the disk: never trusted, and missed by nobody who has time. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const { number } = readParams(params, decisionParams)
  if ((await decisionById(locals.db, number)) === null) error(404, 'There is no decision of this number to check.')
  return new Response(ReadableStream.from(hintsFile(locals.db, number)), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${locals.movement.slug}-${String(number)}.hints"`,
    },
  })
}
