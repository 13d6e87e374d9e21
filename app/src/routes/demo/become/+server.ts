import { error, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { demoMessages, onlyInDemo, personOfRole } from '#lib/features/demo/index.ts'
import { readForm } from '#lib/platform/forms.ts'
import { setSessionCookie, takeSessionCookie } from '#lib/platform/session-cookie.ts'
import { closeSession, localPath, openSession } from '#lib/platform/sessions.ts'
import { words } from '#lib/platform/words.ts'
import type { RequestHandler } from './$types'

const form = z.object({ role: z.string().regex(/^[a-z0-9-]{1,40}$/), back: z.string().optional() })

/** Puts the browser into another role: closes its session and opens that person's. */
export const POST: RequestHandler = async ({ request, locals, cookies, url }) => {
  onlyInDemo(locals)
  const { db, machine, random, locale } = locals
  const read = await readForm(request, form)
  const personId = read.kind === 'ok' ? await personOfRole(db, read.value.role) : null
  if (personId === null) error(422, words(demoMessages, locale)('no-role'))
  const old = takeSessionCookie(cookies, url)
  if (old !== undefined) await closeSession(db, old)
  setSessionCookie(cookies, url, await openSession({ db, machine, random }, personId))
  redirect(303, localPath(read.kind === 'ok' ? read.value.back : '/'))
}
