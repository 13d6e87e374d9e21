import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { decisionById, decisionParams, entryVoice } from '#lib/features/motions/index.ts'
import { entries, entryViews } from '#lib/features/record/index.ts'
import { readParams, readQuery } from '#lib/platform/forms.ts'
import type { PageServerLoad } from './$types'

const perPage = 100
const query = z
  .object({
    from: z
      .string()
      .regex(/^\d{1,12}$/)
      .optional(),
  })
  .loose()

/** What the record holds of one decision, in order. */
export const load: PageServerLoad = async ({ params, locals, url }) => {
  const { number } = readParams(params, decisionParams)
  const { from } = readQuery(url, query)
  const decision = await decisionById(locals.db, number)
  if (decision === null) error(404, 'Not Found')
  const voice = await entryVoice(locals)
  const found = await entries(locals.db, {
    decision: number,
    count: perPage + 1,
    ...(from === undefined ? {} : { from: Number(from) }),
  })
  return {
    number,
    title: decision.title,
    entries: await entryViews(locals.db, found.slice(0, perPage), voice),
    next: found[perPage]?.position ?? null,
  }
}
