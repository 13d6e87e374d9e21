import { fail } from '@sveltejs/kit'
import { z } from 'zod'
import { askForLink, electionMessages, officerName } from '#lib/features/elections/index.ts'
import { readForm } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

/** Whom to write to when no mail comes. */
export const load: PageServerLoad = async ({ locals }) => ({ officer: await officerName(locals) })

/** Asks for a voting link again. The same answer, after the same work, whether or not anybody is behind what was typed. */
export const actions: Actions = {
  default: async ({ request, locals, getClientAddress }) => {
    const t = words(electionMessages, locals.locale)
    const who = z
      .string()
      .trim()
      .max(254, t('missing.fault'))
      .refine((text) => /^\d{1,9}$/.test(text) || z.email().safeParse(text).success, t('missing.fault'))
    const read = await readForm(request, z.object({ who }))
    if (read.kind === 'fail') return fail(422, { faults: read.error, sent: null, why: null })
    const asked = await askForLink(locals, read.value.who, getClientAddress())
    if (asked.kind === 'fail') return fail(429, { faults: [], sent: null, why: t('missing.too-many') })
    return { sent: read.value.who, faults: [], why: null }
  },
}
