import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { changeAddress, keepingMessages } from '#lib/features/keeping/index.ts'
import { readForm, type FieldFault } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

const page = '/you/address'

/** The address we have of whoever asks. */
export const load: PageServerLoad = ({ locals, url }) => {
  const { person } = locals
  if (person === null) redirect(303, `/signin?next=${page}`)
  return { email: person.email, done: url.searchParams.has('done') }
}

const statuses = { 'the same': 409, 'too often': 429, 'no such person': 404 } as const

/** Changes it. Both addresses are told. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { personId, locale } = locals
    if (personId === null) redirect(303, `/signin?next=${page}`)
    const t = words(keepingMessages, locale)
    const said = t('address.fault.address')
    const read = await readForm(request, z.object({ email: z.string(said).trim().max(254, said).pipe(z.email(said)) }))
    if (read.kind === 'fail') return fail(422, { faults: read.error })
    const done = await changeAddress(locals, personId, read.value.email)
    if (done.kind === 'ok') redirect(303, `${page}?done`)
    const faults: readonly FieldFault[] = [{ field: 'email', message: t(`address.fault.${done.error}`) }]
    return fail(statuses[done.error], { faults })
  },
}
