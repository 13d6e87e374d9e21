import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { resultOf } from '#lib/features/elections/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { PageServerLoad } from './$types'

const params = z.object({
  number: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
})

/** The result of a decision's ballot, or where the ballot stands. */
export const load: PageServerLoad = async (event) => {
  const { db, settings } = event.locals
  const { number } = readParams(event.params, params)
  const row = await db.selectFrom('decision').select('title').where('id', '=', number).executeTakeFirst()
  const found = row === undefined ? null : await resultOf(event.locals, number)
  if (row === undefined || found === null) error(404, 'There is nothing here.')
  return { number, title: row.title, address: settings.publicAddress, ...found }
}
