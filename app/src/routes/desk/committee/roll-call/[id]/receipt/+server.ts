import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { rollCallMessages, rollCallReceipt } from '#lib/features/motions/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import { body, committeeSeated } from '../../../committee.ts'
import type { RequestHandler } from './$types'

const address = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) })

/** What a member said last in a roll-call, as a file to keep. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { id } = readParams(params, address)
  const { personId } = await committeeSeated(locals, `/desk/committee/roll-call/${id}`)
  const receipt = await rollCallReceipt(locals, personId, body, id)
  if (receipt === null) error(404, words(rollCallMessages, locals.locale)('fault.no such roll-call'))
  return new Response(`${receipt}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="roll-call-${id.slice(0, 8)}.json"`,
      'cache-control': 'no-store',
    },
  })
}
