import { error, redirect } from '@sveltejs/kit'
import { officerTasks } from '#lib/features/elections/index.ts'
import { fullName, officesOf } from '#lib/features/membership/index.ts'
import { deskTasks, pageMessages, type DeskTask } from '#lib/features/motions/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'

/** Tasks under their headings, in the order they come. */
function byGroup(tasks: readonly DeskTask[]): readonly { readonly name: string; readonly tasks: readonly DeskTask[] }[] {
  const names = [...new Set(tasks.map((task) => task.group))]
  return names.map((name) => ({ name, tasks: tasks.filter((task) => task.group === name) }))
}

/** What the returning officer has to do, decision by decision: the proposal's steps, then those of its ballot. */
export const load: PageServerLoad = async ({ locals }) => {
  const { personId, person, db, clock, locale, zone } = locals
  if (personId === null || person === null) redirect(303, '/signin?next=/desk/returning-officer')
  const now = clock.now()
  if (!(await officesOf(db, personId, now)).some((held) => held.office === 'returning-officer'))
    error(403, words(pageMessages, locale)('desk.not-yours.office'))
  const decisions = await Promise.all(
    (await deskTasks(locals, personId)).map(async ({ decision, heading, tasks }) => {
      const all = [...tasks, ...(await officerTasks(locals, decision))]
      return { decision, heading, groups: byGroup(all), all: all.map((task) => task.tag.kind) }
    }),
  )
  const kinds = decisions.flatMap((decision) => decision.all)
  return {
    who: fullName(person),
    now: instantWords(now, zone, locale, 'full'),
    decisions,
    all: kinds.length,
    done: kinds.filter((kind) => kind === 'ok').length,
    due: kinds.filter((kind) => kind === 'now').length,
  }
}
