import { error, fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { electionMessages, issueVotingCodes, rollItems } from '#lib/features/elections/index.ts'
import { fullName, holdersOf, registrarOffice } from '#lib/features/membership/index.ts'
import { dayWords } from '#lib/platform/dates.ts'
import { readForm } from '#lib/platform/forms.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

/** Frozen rolls, for a registrar. */
export const load: PageServerLoad = async ({ locals }) => {
  const { person, db, clock, locale, zone } = locals
  if (person === null) redirect(303, '/signin?next=/desk/registrar')
  const t = words(electionMessages, locale)
  const holders = await holdersOf(db, registrarOffice, clock.now())
  if (!holders.some((held) => held.personId === person.id)) error(403, t('registrar.only'))
  return {
    eyebrow: t('registrar.eyebrow', { name: fullName(person), today: dayWords(clock.now(), zone, locale, 'full') }),
    rolls: await rollItems(locals),
  }
}

const form = z.object({ decision: z.coerce.number().int().positive() })
const statuses = { 'no frozen roll': 409, 'issued already': 409, 'not the registrar': 403, 'another registrar': 409 } as const

/** Issues the voting codes of one frozen roll. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { personId, locale, db } = locals
    const t = words(electionMessages, locale)
    if (personId === null) redirect(303, '/signin?next=/desk/registrar')
    const read = await readForm(request, form)
    if (read.kind === 'fail') error(422, t('registrar.fault.no frozen roll'))
    const { decision } = read.value
    const issued = await issueVotingCodes(locals, personId, decision)
    if (issued.kind === 'fail') return fail(statuses[issued.error], { why: t(`registrar.fault.${issued.error}`) })
    await wakeSweeper(db)
    redirect(303, `/desk/registrar#d${String(decision)}`)
  },
}
