import { fail, redirect } from '@sveltejs/kit'
import { instant, type Instant } from '@quorate/kernel'
import { z } from 'zod'
import { attemptPlace, electionsToCall, exercise, pageMessages, refusalView } from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import type { FieldFault } from '#lib/platform/field.ts'
import { readForm } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import { voteIn } from '../seated.ts'
import { body, committeeSeated } from './committee.ts'
import type { Actions, PageServerLoad } from './$types'

const page = '/desk/committee'
const textMax = 5_000
const hourMs = 3_600_000

/** An hour from now, to the minute: what "tonight" means. */
const tonight = (now: Instant): Instant => instant(Math.floor((now + hourMs) / 60_000) * 60_000)

/** The committee's desk: a rule to change, at once. */
export const load: PageServerLoad = async ({ locals }) => {
  const { personId, who, seats } = await committeeSeated(locals, page)
  const { db, clock, locale, zone } = locals
  const rulebook = await rulebookInForce(db)
  return {
    seats,
    elections: (await electionsToCall(locals, personId, body, seats)).length > 0,
    who,
    now: instantWords(clock.now(), zone, locale, 'full'),
    at: instantWords(tonight(clock.now()), zone, locale, 'full'),
    rules: rulebook.document.clauses.filter((c) => c.block !== null).map(({ id, title }) => ({ id, title })),
  }
}

const loose = z.object({
  clause: z.string().default(''),
  text: z.string().default(''),
  for: z.string().default(''),
  against: z.string().default(''),
})

/** The attempt. The rules judge it; a refusal is a page, and stands on the public record. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { personId, seats } = await committeeSeated(locals, page)
    const { locale, zone, clock, db } = locals
    const t = words(pageMessages, locale)
    const read = await readForm(request, loose)
    if (read.kind === 'fail') return fail(422, { faults: read.error, values: null, refusal: null })
    const values = read.value
    const { clause } = values
    const text = values.text.trim()
    const rulebook = await rulebookInForce(db)
    const { vote, faults: voteFaults } = voteIn(values, seats, locale)
    const faults: FieldFault[] = []
    if (!rulebook.document.clauses.some(({ id }) => id === clause))
      faults.push({ field: 'clause', message: t('tonight.fault.clause') })
    if (text === '' || text.length > textMax) faults.push({ field: 'text', message: t('tonight.fault.text') })
    faults.push(...voteFaults)
    if (faults.length > 0 || vote === null) return fail(422, { faults, values, refusal: null })
    const done = await exercise(locals, personId, {
      power: 'amend-rulebook',
      body,
      title: t('tonight.decision', { clause }),
      text,
      effectAt: tonight(clock.now()),
      vote,
    })
    if (done.kind === 'ok') redirect(303, `/d/${String(done.value.decision)}`)
    if (done.error.kind === 'malformed')
      return fail(422, { faults: [{ field: '', message: t('act.malformed') }], values, refusal: null })
    const place = await attemptPlace(locals, personId, done.error)
    return fail(403, { faults: [], values, refusal: refusalView(done.error, { locale, zone, rulebook }, place) })
  },
}
