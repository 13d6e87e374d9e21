import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { electionByUuid, trusteeTask } from '#lib/features/elections/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'

const params = z.object({ uuid: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{14,64}$/) })

/** The task of a trustee who works with a program of their own: everything that the page would fetch, in one file. */
export const GET: RequestHandler = async (event) => {
  const { uuid } = readParams(event.params, params)
  const election = await electionByUuid(event.locals.db, uuid)
  const file = election === null ? null : await trusteeTask(event.locals, election)
  if (file === null) error(404, 'There is nothing here.')
  return new Response(file, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="quorate-trustee-task-${uuid}.json"`,
      'cache-control': 'no-store',
    },
  })
}
