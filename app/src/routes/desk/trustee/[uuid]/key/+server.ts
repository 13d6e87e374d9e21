import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { keptKeyFile, onlyInDemo } from '#lib/features/demo/index.ts'
import { electionByUuid } from '#lib/features/elections/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'

const params = z.object({ uuid: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{14,64}$/) })

/** The key file that a demonstration made for this trustee, for nobody else. A real trustee's never comes here. */
export const GET: RequestHandler = async (event) => {
  onlyInDemo(event.locals)
  const { db, personId } = event.locals
  const { uuid } = readParams(event.params, params)
  const election = await electionByUuid(db, uuid)
  const file = election === null || personId === null ? null : await keptKeyFile(db, election.decision, personId)
  if (file === null) error(404, 'There is nothing here.')
  return new Response(file, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="quorate-trustee-key-${uuid}.json"`,
      'cache-control': 'no-store',
    },
  })
}
