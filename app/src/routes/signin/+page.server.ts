import { fail } from '@sveltejs/kit'
import { z } from 'zod'
import { personsByEmail } from '#lib/features/membership/index.ts'
import { transaction } from '#lib/platform/database.ts'
import { readForm } from '#lib/platform/forms.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { enqueueMails } from '#lib/platform/mail.ts'
import { messages } from '#lib/platform/messages.ts'
import { issueSignInLink, localPath } from '#lib/platform/sessions.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

/** Where to go once signed in. */
export const load: PageServerLoad = ({ url }) => ({ next: localPath(url.searchParams.get('next')) })

const minuteMs = 60_000

/** Mails a link to everyone at an address; the answer is the same whether or not anyone is. At most one mail a minute for each person. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const t = words(messages, locals.locale)
    const form = z.object({ email: z.email(t('signin.email.fault')).max(254), next: z.string().optional() })
    const read = await readForm(request, form)
    if (read.kind === 'fail') return fail(422, { faults: read.error, sent: null })
    const { email } = read.value
    const next = localPath(read.value.next)
    const { machine, random, clock, movement, settings } = locals
    const minute = String(Math.floor(machine.now() / minuteMs))
    await transaction(locals.db, async (tx) => {
      for (const person of await personsByEmail(tx, email)) {
        const token = await issueSignInLink({ db: tx, machine, random }, person.id, next)
        const say = words(messages, person.locale)
        const letter = {
          subject: say('signin.mail.subject', { movement: movement.name }),
          parts: [
            say('signin.mail.greeting', { name: person.givenName }),
            { url: `${settings.publicAddress}/signin/${token}` },
            say('signin.mail.life'),
          ],
          foot: say('signin.mail.foot', { movement: movement.name }),
        }
        const name = `${person.givenName} ${person.familyName}`
        const to = { recipient: person.id, address: person.email, name, locale: person.locale }
        await enqueueMails(tx, clock, random, [{ purpose: 'sign-in', about: minute, ...to, letter }])
      }
      await wakeSweeper(tx)
    })
    return { sent: email, faults: [] }
  },
}
