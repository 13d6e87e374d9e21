import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { electionsToCall, openRollCall, rollCallMessages, rollCallsListed } from '#lib/features/motions/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import type { FieldFault } from '#lib/platform/field.ts'
import { readForm } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import { body, committeeSeated } from '../committee.ts'
import type { Actions, PageServerLoad } from './$types'

const page = '/desk/committee/roll-call'
const [titleMax, textMax] = [200, 5_000]
const amend = 'amend-rulebook'

/** The committee's roll-calls, and what one may be opened for. */
export const load: PageServerLoad = async ({ locals }) => {
  const { personId, who, seats } = await committeeSeated(locals, page)
  const { db, locale, zone } = locals
  const listed = await rollCallsListed(db, body)
  return {
    who,
    powers: [
      { power: amend, name: words(rollCallMessages, locale)('for.amend') },
      ...(await electionsToCall(locals, personId, body, seats)).map(({ power, name }) => ({ power, name })),
    ],
    rollCalls: listed.map(({ openedAt, ...one }) => ({ ...one, at: instantWords(openedAt, zone, locale, 'full') })),
  }
}

const loose = z.object({ power: z.string().default(''), title: z.string().default(''), text: z.string().default('') })

/** Opens a roll-call. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { personId, seats } = await committeeSeated(locals, page)
    const t = words(rollCallMessages, locals.locale)
    const read = await readForm(request, loose)
    if (read.kind === 'fail') return fail(422, { faults: read.error, values: null })
    const values = read.value
    const [title, text] = [values.title.trim(), values.text.trim()]
    const faults: FieldFault[] = []
    const callable = (await electionsToCall(locals, personId, body, seats)).some(({ power }) => power === values.power)
    if (values.power !== amend && !callable) faults.push({ field: 'power', message: t('fault.for') })
    if (title === '' || title.length > titleMax) faults.push({ field: 'title', message: t('fault.title') })
    if (text === '' || text.length > textMax) faults.push({ field: 'text', message: t('fault.text') })
    if (faults.length > 0) return fail(422, { faults, values })
    const way = callable ? 'call' : 'exercise'
    const opened = await openRollCall(locals, personId, { body, power: values.power, way, title, reasons: text })
    if (opened.kind === 'ok') redirect(303, `${page}/${opened.value}`)
    return fail(403, { faults: [{ field: '', message: t(`fault.${opened.error}`) }], values })
  },
}
