import { error, fail, redirect } from '@sveltejs/kit'
import { instant, type Instant } from '@quorate/kernel'
import { z } from 'zod'
import { fullName, seatedIn, seatsOf } from '#lib/features/membership/index.ts'
import { attemptPlace, electionsToCall, exercise, pageMessages, refusalView } from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { readForm } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

const body = 'committee'
const hourMs = 3_600_000

/** An hour from now, to the minute: what "tonight" means. */
const tonight = (now: Instant): Instant => instant(Math.floor((now + hourMs) / 60_000) * 60_000)

/** How many seats are filled; 403 for whoever has none of them. */
async function seatedFor(locals: App.Locals): Promise<number> {
  const { personId, db, clock, locale } = locals
  if (personId === null) redirect(303, '/signin?next=/desk/committee')
  const now = clock.now()
  if (!(await seatsOf(db, personId, now)).some((seat) => seat.body === body))
    error(403, words(pageMessages, locale)('desk.not-yours.body'))
  return (await seatedIn(db, body, now)).length
}

/** The committee's desk: a rule to change, at once. */
export const load: PageServerLoad = async ({ locals }) => {
  const seats = await seatedFor(locals)
  const { db, clock, locale, zone, person, personId } = locals
  const rulebook = await rulebookInForce(db)
  return {
    seats,
    elections: personId !== null && (await electionsToCall(locals, personId, body, seats)).length > 0,
    who: person === null ? '' : fullName(person),
    now: instantWords(clock.now(), zone, locale, 'full'),
    at: instantWords(tonight(clock.now()), zone, locale, 'full'),
    rules: rulebook.document.clauses.filter((c) => c.block !== null).map(({ id, title }) => ({ id, title })),
  }
}

/** The attempt. The rules judge it; a refusal is a page, and stands on the public record. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const seats = await seatedFor(locals)
    const { personId, locale, zone, clock, db } = locals
    if (personId === null) redirect(303, '/signin?next=/desk/committee')
    const t = words(pageMessages, locale)
    const rulebook = await rulebookInForce(db)
    const said = {
      clause: t('tonight.fault.clause'),
      text: t('tonight.fault.text'),
      votes: t('tonight.fault.votes', { n: seats }),
    }
    const votes = z
      .string(said.votes)
      .regex(/^\d{1,4}$/, said.votes)
      .transform(Number)
      .refine((n) => n <= seats, said.votes)
    const form = z.object({
      clause: z.string(said.clause).refine((id) => rulebook.document.clauses.some((c) => c.id === id), said.clause),
      text: z.string(said.text).trim().min(1, said.text).max(5_000, said.text),
      for: votes,
      against: votes,
    })
    const copy = request.clone()
    const read = await readForm(request, form)
    if (read.kind === 'fail') {
      const typed = await copy.formData()
      const field = (name: string): string => {
        const value = typed.get(name)
        return typeof value === 'string' ? value.slice(0, 5_000) : ''
      }
      const values = { clause: field('clause'), text: field('text'), for: field('for'), against: field('against') }
      return fail(422, { faults: read.error, values, refusal: null })
    }
    const { clause, text, for: yes, against } = read.value
    const values = { clause, text, for: String(yes), against: String(against) }
    if (yes + against > seats)
      return fail(422, { faults: [{ field: 'for', message: t('tonight.fault.sum', { n: seats }) }], values, refusal: null })
    const done = await exercise(locals, personId, {
      power: 'amend-rulebook',
      body,
      title: t('tonight.decision', { clause }),
      text,
      effectAt: tonight(clock.now()),
      vote: { for: yes, against },
    })
    if (done.kind === 'ok') redirect(303, `/d/${String(done.value.decision)}`)
    if (done.error.kind === 'malformed')
      return fail(422, { faults: [{ field: '', message: t('act.malformed') }], values, refusal: null })
    const place = await attemptPlace(locals, personId, done.error)
    return fail(403, { faults: [], values, refusal: refusalView(done.error, { locale, zone, rulebook }, place) })
  },
}
