import { fail, redirect } from '@sveltejs/kit'
import { civilDateOf, civilTimeOf, instantOf, parseCivilDate, plusDays, type Instant } from '@quorate/kernel'
import { z } from 'zod'
import { demoMessages, onlyInDemo, travel } from '#lib/features/demo/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { readForm } from '#lib/platform/forms.ts'
import { localPath } from '#lib/platform/sessions.ts'
import { nextDue } from '#lib/platform/sweeper.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

/** There is nothing to read here: the strip's forms post to it. */
export const load: PageServerLoad = ({ locals }) => {
  onlyInDemo(locals)
}

const form = z.object({ by: z.enum(['next', 'day', 'date']), date: z.string().optional(), back: z.string().optional() })
const daysMax = 3 * 366
const morning = 9

/** The instant a form asks for, or null when its date is none. */
async function targetOf(locals: App.Locals, asked: z.output<typeof form>): Promise<Instant | 'far' | 'nothing' | null> {
  const { clock, zone } = locals
  const now = clock.now()
  const time = civilTimeOf(now, zone)
  if (asked.by === 'next') return (await nextDue(locals.sweeps, locals)) ?? 'nothing'
  if (asked.by === 'day') return instantOf({ ...time, date: plusDays(time.date, 1) }, zone)
  const date = parseCivilDate(asked.date ?? '')
  if (date.kind === 'fail') return null
  if (date.value > plusDays(civilDateOf(now, zone), daysMax)) return 'far'
  return instantOf({ date: date.value, hour: morning, minute: 0, second: 0 }, zone)
}

/** Moves the demonstration clock forward and does what falls due on the way. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    onlyInDemo(locals)
    const { locale, zone } = locals
    const t = words(demoMessages, locale)
    const read = await readForm(request, form)
    if (read.kind === 'fail') return fail(422, { why: t('clock.fault') })
    const target = await targetOf(locals, read.value)
    if (target === null) return fail(422, { why: t('clock.fault') })
    if (target === 'nothing') return fail(409, { why: t('clock.wait') })
    if (target === 'far') return fail(422, { why: t('clock.far') })
    const journey = await travel(locals, locals.sweeps, locals.features, target)
    // What was due next may have come due between question and answer: then there is nothing to complain of.
    if (journey.kind === 'not forward' && read.value.by !== 'next')
      return fail(409, { why: t('clock.back', { now: instantWords(journey.at, zone, locale, 'full') }) })
    if (journey.kind === 'stuck') {
      process.stderr.write(`quorate: due work ${journey.fault.name}: ${journey.fault.fault}\n`)
      const now = instantWords(journey.at, zone, locale, 'full')
      return fail(409, { why: t('clock.stuck', { now, name: journey.fault.name }) })
    }
    redirect(303, localPath(read.value.back))
  },
}
