import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { groupBySlug, groupMessages } from '#lib/features/groups/index.ts'
import { fullName, groupSizes, holdersOf, personById } from '#lib/features/membership/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'

const params = z.object({ slug: z.string().regex(/^[a-z0-9-]{1,60}$/) })

/** One group: where it is, how many it has, who its secretary is. */
export const load: PageServerLoad = async (event) => {
  const { db, clock, locale, person } = event.locals
  const { slug } = readParams(event.params, params)
  const group = await groupBySlug(db, slug)
  if (group === null) error(404, words(groupMessages, locale)('not-found'))
  const now = clock.now()
  const sizes = await groupSizes(db, { validAt: now, knownAt: now })
  const held = (await holdersOf(db, 'group-secretary', now)).find((office) => office.ofGroup === group.id)
  const secretary = held === undefined ? null : await personById(db, held.personId)
  return {
    name: group.name,
    area: group.area,
    size: sizes.get(group.id) ?? 0,
    secretary: secretary === null ? null : fullName(secretary),
    mine: person?.groupId === group.id,
  }
}
