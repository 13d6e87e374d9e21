import { redirect } from '@sveltejs/kit'
import { takeSessionCookie } from '#lib/platform/session-cookie.ts'
import { closeSession } from '#lib/platform/sessions.ts'
import type { RequestHandler } from './$types'

/** Signs this browser out. */
export const POST: RequestHandler = async ({ cookies, url, locals }) => {
  const token = takeSessionCookie(cookies, url)
  if (token !== undefined) await closeSession(locals.db, token)
  redirect(303, '/')
}
