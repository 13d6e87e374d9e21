import { error, fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { endOffice, grantOffice, heldOffices, keepingMessages, officesIn, type OfficeFault } from '#lib/features/keeping/index.ts'
import { fullName, isRegistrar } from '#lib/features/membership/index.ts'
import { capital, namingOf, rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { dayWords } from '#lib/platform/dates.ts'
import { readForm, type FieldFault } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

const page = '/desk/registrar/offices'

/** Whoever asks, if they hold the office; others get no further. */
async function registrarOf({ personId, db, clock, locale }: App.Locals): Promise<string> {
  if (personId === null) redirect(303, `/signin?next=${page}`)
  if (!(await isRegistrar(db, personId, clock.now())))
    error(403, words(keepingMessages, locale)('offices.fault.not the registrar'))
  return personId
}

/** Who holds what, and what there is to hold. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const registrar = await registrarOf(locals)
  const { db, clock, locale, zone } = locals
  const rulebook = await rulebookInForce(db)
  const name = namingOf(rulebook, locale)
  const titled = (office: string): string => capital(name('office', office))
  const t = words(keepingMessages, locale)
  const did = url.searchParams.get('did')
  return {
    did: did === 'granted' || did === 'ended' ? (`offices.${did}` as const) : null,
    offices: officesIn(rulebook).map((id) => ({ id, title: titled(id) })),
    held: (await heldOffices(db, clock.now())).map(({ id, office, person, since, entry }) => ({
      id,
      title: titled(office),
      name: fullName(person),
      since: t('offices.since', { date: dayWords(since, zone, locale, 'date') }),
      entry,
      own: person.id === registrar,
    })),
  }
}

const statuses: Readonly<Record<OfficeFault, number>> = {
  'not the registrar': 403,
  'no such person': 404,
  'no such office': 404,
  'not a member': 409,
  yourself: 403,
  'held already': 409,
  'all filled': 409,
  'not held': 409,
}

/** Grants an office, or ends one; the record says so in the same step. */
export const actions: Actions = {
  grant: async ({ request, locals }) => {
    const registrar = await registrarOf(locals)
    const t = words(keepingMessages, locals.locale)
    const said = t('offices.fault.number')
    const number = z
      .string(said)
      .trim()
      .regex(/^[1-9]\d{0,8}$/, said)
      .transform(Number)
    const office = z.string(t('offices.fault.no such office')).max(100, t('offices.fault.no such office'))
    const read = await readForm(request, z.object({ number, office }))
    if (read.kind === 'fail') return fail(422, { faults: read.error })
    const done = await grantOffice(locals, registrar, read.value)
    if (done.kind === 'ok') redirect(303, `${page}?did=granted`)
    const field = done.error === 'no such office' || done.error === 'all filled' ? 'office' : 'number'
    const faults: readonly FieldFault[] = [{ field, message: t(`offices.fault.${done.error}`) }]
    return fail(statuses[done.error], { faults })
  },
  end: async ({ request, locals }) => {
    const registrar = await registrarOf(locals)
    const t = words(keepingMessages, locals.locale)
    const read = await readForm(request, z.object({ id: z.uuid(t('offices.fault.not held')) }))
    if (read.kind === 'fail') return fail(422, { faults: read.error })
    const done = await endOffice(locals, registrar, read.value.id)
    if (done.kind === 'ok') redirect(303, `${page}?did=ended`)
    const faults: readonly FieldFault[] = [{ field: '', message: t(`offices.fault.${done.error}`) }]
    return fail(statuses[done.error], { faults })
  },
}
