import { error, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { keepingMessages, takeOwnData } from '#lib/features/keeping/index.ts'
import { readForm } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { RequestHandler } from './$types'

// What the page's own button sends, and nothing else: taking data out writes an entry.
const asked = z.strictObject({ take: z.literal('file') })

/** All that is held of whoever asks, as a file. A form sends it: a link would write an entry whenever a browser looks ahead. */
export const POST: RequestHandler = async ({ locals, request }) => {
  const { personId, features, locale } = locals
  if (personId === null) redirect(303, '/signin?next=/you/held')
  const read = await readForm(request, asked)
  if (read.kind === 'fail') error(422, words(keepingMessages, locale)('data.asked'))
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
