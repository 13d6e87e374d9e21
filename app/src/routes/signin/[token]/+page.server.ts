import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { fullName, personById } from '#lib/features/membership/index.ts'
import { transaction } from '#lib/platform/database.ts'
import { readParams } from '#lib/platform/forms.ts'
import { setSessionCookie } from '#lib/platform/session-cookie.ts'
import { openSession, readSignInLink, spendSignInLink } from '#lib/platform/sessions.ts'
import type { Actions, PageServerLoad } from './$types'

const params = z.object({ token: z.string().regex(/^[\w-]{1,100}$/) })

/** Opening the link spends nothing: mail scanners do that. It only says whose it is. */
export const load: PageServerLoad = async (event) => {
  const { token } = readParams(event.params, params)
  const { db, machine } = event.locals
  event.setHeaders({ 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex' })
  const link = await readSignInLink(db, machine, token)
  if (link.kind === 'fail') return { fault: link.error, name: '' }
  const person = await personById(db, link.value.personId)
  return person === null ? { fault: 'unknown' as const, name: '' } : { fault: null, name: fullName(person) }
}

/** The press spends it. */
export const actions: Actions = {
  default: async ({ params: raw, locals, cookies, url }) => {
    const { token } = readParams(raw, params)
    const { db, machine, random } = locals
    const done = await transaction(db, async (tx) => {
      const link = await spendSignInLink(tx, machine, token)
      if (link.kind === 'fail') return link
      return { ...link, session: await openSession({ db: tx, machine, random }, link.value.personId) }
    })
    if (done.kind === 'fail') return fail(409, { fault: done.error })
    setSessionCookie(cookies, url, done.session)
    redirect(303, done.value.next)
  },
}
