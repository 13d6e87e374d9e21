import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { exclude, excluderOf, keepingMessages, type ExclusionFault } from '#lib/features/keeping/index.ts'
import { attemptPlace, refusalView } from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { readForm, type FieldFault } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import { seated, voteIn } from '../seated.ts'
import type { Actions, PageServerLoad } from './$types'

const page = '/desk/panel'

/** Who may exclude by the rulebook in force, whoever asks, if they sit on that body, and how many of it sit on a case. */
async function seatedOnCase(locals: App.Locals) {
  const rulebook = await rulebookInForce(locals.db)
  const excluder = excluderOf(rulebook)
  const refused = words(keepingMessages, locals.locale)('exclusion.fault.not the body')
  const { personId, seats } = await seated(locals, page, { body: excluder?.body ?? null, refused })
  return { personId, rulebook, clause: excluder?.clause ?? '', seats: excluder?.sits ?? seats }
}

/** The rule, and the decision that was just made. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { seats, clause } = await seatedOnCase(locals)
  const done = url.searchParams.get('done') ?? ''
  return { seats, clause, done: /^\d{1,9}$/.test(done) ? Number(done) : null }
}

const statuses: Readonly<Record<Exclude<ExclusionFault['kind'], 'refusal'>, number>> = {
  malformed: 422,
  'not the body': 403,
  'too many votes': 422,
  'no such person': 404,
  'excluded already': 409,
  yourself: 403,
}

const loose = z.object({
  number: z.string().default(''),
  again: z.string().default(''),
  for: z.string().default(''),
  against: z.string().default(''),
  kept: z.string().default(''),
})

/** The decision of the body. The rules judge it; a refusal is a page, and stands on the public record. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { personId, seats, rulebook } = await seatedOnCase(locals)
    const { locale, zone } = locals
    const t = words(keepingMessages, locale)
    const read = await readForm(request, loose)
    if (read.kind === 'fail') return fail(422, { faults: read.error, values: null, refusal: null })
    const values = read.value
    const number = /^[1-9]\d{0,8}$/.test(values.number.trim()) ? Number(values.number) : null
    const { vote, faults: voteFaults } = voteIn(values, seats, locale)
    const faults: FieldFault[] = []
    if (number === null) faults.push({ field: 'number', message: t('exclusion.fault.number') })
    else if (values.again.trim() !== values.number.trim()) faults.push({ field: 'again', message: t('exclusion.fault.again') })
    faults.push(...voteFaults)
    if (number === null || vote === null || faults.length > 0) return fail(422, { faults, values, refusal: null })
    const done = await exclude(locals, personId, { number, kept: values.kept !== '', vote })
    if (done.kind === 'ok') redirect(303, `${page}?done=${String(done.value.decision)}`)
    if (done.error.kind === 'refusal') {
      const place = await attemptPlace(locals, personId, done.error)
      return fail(403, { faults, values, refusal: refusalView(done.error, { locale, zone, rulebook }, place) })
    }
    faults.push({ field: 'number', message: t(`exclusion.fault.${done.error.kind}`) })
    return fail(statuses[done.error.kind], { faults, values, refusal: null })
  },
}
