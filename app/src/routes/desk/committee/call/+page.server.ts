import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { attemptPlace, call, callMessages, electionsToCall, pageMessages, refusalView } from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import type { FieldFault } from '#lib/platform/field.ts'
import { readForm } from '#lib/platform/forms.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { words } from '#lib/platform/words.ts'
import { voteIn } from '../../seated.ts'
import { body, committeeSeated } from '../committee.ts'
import type { Actions, PageServerLoad } from './$types'

const page = '/desk/committee/call'
const [titleMax, reasonsMax] = [200, 10_000]

/** The elections that the committee may call, each with the dates it would have. */
export const load: PageServerLoad = async ({ locals }) => {
  const { personId, who, seats } = await committeeSeated(locals, page)
  return {
    seats,
    who,
    elections: await electionsToCall(locals, personId, body, seats),
  }
}

const loose = z.object({
  power: z.string().default(''),
  title: z.string().default(''),
  reasons: z.string().default(''),
  for: z.string().default(''),
  against: z.string().default(''),
})

/** The call. The rules judge it; a refusal is a page, and stands on the public record. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { personId, seats } = await committeeSeated(locals, page)
    const { locale, zone, db } = locals
    const [t, p] = [words(callMessages, locale), words(pageMessages, locale)]
    const read = await readForm(request, loose)
    if (read.kind === 'fail') return fail(422, { faults: read.error, values: null, refusal: null })
    const values = read.value
    const title = values.title.trim()
    const reasons = values.reasons.trim()
    const { vote, faults: voteFaults } = voteIn(values, seats, locale)
    const known = await electionsToCall(locals, personId, body, seats)
    const faults: FieldFault[] = []
    if (!known.some(({ power }) => power === values.power)) faults.push({ field: 'power', message: t('fault.power') })
    if (title === '' || title.length > titleMax) faults.push({ field: 'title', message: t('fault.title') })
    if (reasons === '' || reasons.length > reasonsMax) faults.push({ field: 'reasons', message: t('fault.reasons') })
    faults.push(...voteFaults)
    if (faults.length > 0 || vote === null) return fail(422, { faults, values, refusal: null })
    const done = await call(locals, personId, { power: values.power, title, reasons, vote })
    if (done.kind === 'ok') {
      await wakeSweeper(db)
      redirect(303, `/d/${String(done.value.decision)}?done=called`)
    }
    if (done.error.kind === 'malformed')
      return fail(422, { faults: [{ field: 'title', message: p('act.malformed') }], values, refusal: null })
    const rulebook = await rulebookInForce(db)
    const place = await attemptPlace(locals, personId, done.error)
    return fail(403, { faults: [], values, refusal: refusalView(done.error, { locale, zone, rulebook }, place) })
  },
}
