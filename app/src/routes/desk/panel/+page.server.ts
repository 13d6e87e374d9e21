import { error, fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { exclude, excluderOf, keepingMessages, type ExclusionFault } from '#lib/features/keeping/index.ts'
import { seatedIn, seatsOf } from '#lib/features/membership/index.ts'
import { attemptPlace, refusalView } from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { readForm, type FieldFault } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

const page = '/desk/panel'

/** Whoever asks and how many sit on a case, if they sit on the body that may exclude. */
async function seatedFor({ personId, db, clock, locale }: App.Locals) {
  if (personId === null) redirect(303, `/signin?next=${page}`)
  const excluder = excluderOf(await rulebookInForce(db))
  const now = clock.now()
  const seats = await seatsOf(db, personId, now)
  if (excluder === null || !seats.some(({ body }) => body === excluder.body))
    error(403, words(keepingMessages, locale)('exclusion.fault.not the body'))
  return { personId, seats: excluder.sits ?? (await seatedIn(db, excluder.body, now)).length }
}

/** The rule, and the decision that was just made. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { seats } = await seatedFor(locals)
  const rulebook = await rulebookInForce(locals.db)
  const grant = rulebook.provisions.find((p) => p.rule.kind === 'power' && p.rule.act === 'exclude')
  const done = url.searchParams.get('done') ?? ''
  return { seats, clause: grant?.clause ?? '', done: /^\d{1,9}$/.test(done) ? Number(done) : null }
}

const statuses: Readonly<Record<Exclude<ExclusionFault['kind'], 'refusal'>, number>> = {
  malformed: 422,
  'not the body': 403,
  'too many votes': 422,
  'no such person': 404,
  'excluded already': 409,
  yourself: 403,
}

/** The decision of the body. The rules judge it; a refusal is a page, and stands on the public record. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { personId, seats } = await seatedFor(locals)
    const { locale, zone, db } = locals
    const t = words(keepingMessages, locale)
    const votes = z
      .string(t('exclusion.fault.votes', { n: seats }))
      .regex(/^\d{1,4}$/, t('exclusion.fault.votes', { n: seats }))
      .transform(Number)
    const number = z
      .string(t('exclusion.fault.number'))
      .trim()
      .regex(/^[1-9]\d{0,8}$/, t('exclusion.fault.number'))
      .transform(Number)
    const form = z
      .object({ number, again: number, for: votes, against: votes, kept: z.string().optional() })
      .refine((said) => said.number === said.again, { path: ['again'], message: t('exclusion.fault.again') })
      .refine((said) => said.for + said.against <= seats, { path: ['for'], message: t('exclusion.fault.sum', { n: seats }) })
    const read = await readForm(request, form)
    if (read.kind === 'fail') return fail(422, { faults: read.error, refusal: null })
    const said = read.value
    const vote = { for: said.for, against: said.against }
    const done = await exclude(locals, personId, { number: said.number, kept: said.kept !== undefined, vote })
    if (done.kind === 'ok') redirect(303, `${page}?done=${String(done.value.decision)}`)
    if (done.error.kind === 'refusal') {
      const place = await attemptPlace(locals, personId, done.error)
      const rulebook = await rulebookInForce(db)
      return fail(403, { faults: [], refusal: refusalView(done.error, { locale, zone, rulebook }, place) })
    }
    const faults: readonly FieldFault[] = [{ field: 'number', message: t(`exclusion.fault.${done.error.kind}`) }]
    return fail(statuses[done.error.kind], { faults, refusal: null })
  },
}
