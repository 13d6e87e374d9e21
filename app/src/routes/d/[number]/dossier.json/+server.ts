import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { dossierFor } from '#lib/features/record/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'

const params = z.object({
  number: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
})

/** Everything an outsider needs to re-check a decision, as one file. */
export const GET: RequestHandler = async ({ params: given, locals }) => {
  const { number } = readParams(given, params)
  const decision = await locals.db.selectFrom('decision').select('attempt').where('id', '=', number).executeTakeFirst()
  const text = decision === undefined || decision.attempt ? null : await dossierFor(locals, number)
  if (text === null) error(404, 'There is no decision of this number to check.')
  return new Response(text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${locals.movement.slug}-${String(number)}.dossier.json"`,
    },
  })
}
