import { error, redirect } from '@sveltejs/kit'
import { fullName, officesOf } from '#lib/features/membership/index.ts'
import { deskTasks, pageMessages } from '#lib/features/motions/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'

/** What the returning officer has to do, decision by decision. */
export const load: PageServerLoad = async ({ locals }) => {
  const { personId, person, db, clock, locale, zone } = locals
  if (personId === null || person === null) redirect(303, '/signin?next=/desk/returning-officer')
  const now = clock.now()
  if (!(await officesOf(db, personId, now)).some((held) => held.office === 'returning-officer'))
    error(403, words(pageMessages, locale)('desk.not-yours.office'))
  return { who: fullName(person), now: instantWords(now, zone, locale, 'full'), groups: await deskTasks(locals, personId) }
}
