import { error, redirect } from '@sveltejs/kit'
import { keepingMessages, takeOwnData } from '#lib/features/keeping/index.ts'
import { words } from '#lib/platform/words.ts'
import type { RequestHandler } from './$types'

/** All that is held of whoever asks, as a file. A form sends it: a link would write an entry whenever a browser looks ahead. */
export const POST: RequestHandler = async ({ locals }) => {
  const { personId, features, locale } = locals
  if (personId === null) redirect(303, '/signin?next=/you/held')
  const taken = await takeOwnData(locals, features, personId)
  if (taken === null) error(404, words(keepingMessages, locale)('data.gone'))
  return new Response(`${JSON.stringify(taken.data, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="quorate-my-data.json"',
      'cache-control': 'no-store',
    },
  })
}
