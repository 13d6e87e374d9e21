import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { electionsListed, registrarTask } from '#lib/features/elections/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { registrarsOnly } from '../registrar.ts'

const params = z.object({ number: z.string().regex(/^[1-9]\d{0,8}$/) })

/** The file of one roll, for the program of a registrar who works without a terminal. */
export const GET: RequestHandler = async (event) => {
  const number = Number(readParams(event.params, params).number)
  await registrarsOnly(event.locals)
  const election = (await electionsListed(event.locals.db)).find(({ decision }) => decision === number)
  const file = election === undefined ? null : await registrarTask(event.locals, election)
  if (file === null) error(404, 'There is nothing here.')
  return new Response(file, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="quorate-registrar-task-${String(number)}.json"`,
      'cache-control': 'no-store',
    },
  })
}
