import { error, fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { fullName, isRegistrar, personByNumber } from '#lib/features/membership/index.ts'
import { eraseByNumber, eraseMessages, type EraseAskedFault } from '#lib/features/motions/index.ts'
import { dateText } from '#lib/platform/dates.ts'
import { readForm, type FieldFault } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

const page = '/desk/registrar/erase'
const digits = /^\d{1,9}$/

/** Whoever asks, if they hold the office; others get no further, and learn nothing of anybody. */
async function registrarOf({ personId, db, clock, locale }: App.Locals): Promise<string> {
  if (personId === null) redirect(303, `/signin?next=${page}`)
  if (!(await isRegistrar(db, personId, clock.now()))) error(403, words(eraseMessages, locale)('fault.not the registrar'))
  return personId
}

/** The person of a number, before anything happens; or what was done. */
export const load: PageServerLoad = async ({ locals, url }) => {
  await registrarOf(locals)
  const { db, locale } = locals
  const t = words(eraseMessages, locale)
  const done = url.searchParams.get('done') ?? ''
  const number = (url.searchParams.get('number') ?? '').trim()
  const faults = (message: string): readonly FieldFault[] => [{ field: 'number', message }]
  const nothing = { done: digits.test(done) ? Number(done) : null, number, person: null, faults: faults('').slice(1) }
  if (number === '') return nothing
  if (!digits.test(number)) return { ...nothing, faults: faults(t('fault.number')) }
  const person = await personByNumber(db, Number(number))
  if (person === null) return { ...nothing, faults: faults(t('fault.no such person')) }
  const { membershipNumber, joinedOn } = person
  return { ...nothing, person: { name: fullName(person), number: membershipNumber, since: dateText(joinedOn, locale, 'date') } }
}

const statuses: Readonly<Record<EraseAskedFault, number>> = {
  'no such person': 404,
  'not the registrar': 403,
  'holds an office or a seat': 409,
}

/** Erases the person, when the number was typed a second time and is the same. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const registrar = await registrarOf(locals)
    const t = words(eraseMessages, locals.locale)
    const number = z.string().trim().regex(digits, t('fault.number'))
    const read = await readForm(
      request,
      z
        .object({ number, again: number })
        .refine((form) => Number(form.number) === Number(form.again), { path: ['again'], message: t('fault.again') }),
    )
    if (read.kind === 'fail') return fail(422, { faults: read.error, why: null })
    const done = await eraseByNumber(locals, locals.features, Number(read.value.number), registrar)
    if (done.kind === 'fail') return fail(statuses[done.error], { faults: [], why: t(`fault.${done.error}`) })
    redirect(303, `${page}?done=${String(done.value.position)}`)
  },
}
