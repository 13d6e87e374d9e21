import { error } from '@sveltejs/kit'
import { entryVoice } from '#lib/features/motions/index.ts'
import { entries, entryViews, latestCheckpoint } from '#lib/features/record/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { entryData } from '../listing.ts'
import { entryParams } from '../params.ts'

/** One entry as data, with the checkpoint that covers it. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const { position } = readParams(params, entryParams)
  const placed = await entries(locals.db, { from: position, count: 1 })
  const [voice, signed] = await Promise.all([entryVoice(locals), latestCheckpoint(locals.db)])
  const [view] = await entryViews(locals.db, placed, voice)
  if (view?.position !== position || placed[0] === undefined) error(404, 'Not Found')
  const covered = signed !== null && signed.size > position
  return Response.json({ ...entryData(view, placed[0]), checkpoint: covered ? signed.note : null })
}
