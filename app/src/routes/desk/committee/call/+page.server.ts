import { error, fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { fullName, seatedIn, seatsOf } from '#lib/features/membership/index.ts'
import { attemptPlace, call, callMessages, electionsToCall, pageMessages, refusalView } from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import type { FieldFault } from '#lib/platform/field.ts'
import { readForm } from '#lib/platform/forms.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

const body = 'committee'
const [titleMax, reasonsMax] = [200, 10_000]

/** Who speaks for the committee here, and how many of its seats are filled; 403 for whoever has none of them. */
async function seated(locals: App.Locals): Promise<{ readonly personId: string; readonly seats: number }> {
  const { personId, db, clock, locale } = locals
  if (personId === null) redirect(303, '/signin?next=/desk/committee/call')
  const now = clock.now()
  if (!(await seatsOf(db, personId, now)).some((seat) => seat.body === body))
    error(403, words(pageMessages, locale)('desk.not-yours.body'))
  return { personId, seats: (await seatedIn(db, body, now)).length }
}

/** The elections that the committee may call, each with the dates it would have. */
export const load: PageServerLoad = async ({ locals }) => {
  const { personId, seats } = await seated(locals)
  return {
    seats,
    who: locals.person === null ? '' : fullName(locals.person),
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

/** A number of votes as typed; null when it is none, or more than there are seats. */
function votesIn(text: string, seats: number): number | null {
  const n = /^\d{1,4}$/.test(text.trim()) ? Number(text) : seats + 1
  return n <= seats ? n : null
}

/** The call. The rules judge it; a refusal is a page, and stands on the public record. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { personId, seats } = await seated(locals)
    const { locale, zone, db } = locals
    const [t, p] = [words(callMessages, locale), words(pageMessages, locale)]
    const read = await readForm(request, loose)
    if (read.kind === 'fail') return fail(422, { faults: read.error, values: null, refusal: null })
    const values = read.value
    const title = values.title.trim()
    const reasons = values.reasons.trim()
    const [yes, no] = [votesIn(values.for, seats), votesIn(values.against, seats)]
    const known = await electionsToCall(locals, personId, body, seats)
    const faults: FieldFault[] = []
    if (!known.some(({ power }) => power === values.power)) faults.push({ field: 'power', message: t('fault.power') })
    if (title === '' || title.length > titleMax) faults.push({ field: 'title', message: t('fault.title') })
    if (reasons === '' || reasons.length > reasonsMax) faults.push({ field: 'reasons', message: t('fault.reasons') })
    if (yes === null) faults.push({ field: 'for', message: p('tonight.fault.votes', { n: seats }) })
    if (no === null) faults.push({ field: 'against', message: p('tonight.fault.votes', { n: seats }) })
    if (yes !== null && no !== null && yes + no > seats)
      faults.push({ field: 'for', message: p('tonight.fault.sum', { n: seats }) })
    if (faults.length > 0 || yes === null || no === null) return fail(422, { faults, values, refusal: null })
    const done = await call(locals, personId, { power: values.power, title, reasons, vote: { for: yes, against: no } })
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
