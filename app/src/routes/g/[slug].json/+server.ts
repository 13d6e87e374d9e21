import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { groupBySlug, groupMessages } from '#lib/features/groups/index.ts'
import { groupSizes } from '#lib/features/membership/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { RequestHandler } from './$types'

const asked = z.object({ slug: z.string().regex(/^[a-z0-9-]{1,60}$/) })

/** One group as data. Who its secretary is stands on its page alone. */
export const GET: RequestHandler = async ({ params, locals: { db, clock, locale } }) => {
  const group = await groupBySlug(db, readParams(params, asked).slug)
  if (group === null) error(404, words(groupMessages, locale)('not-found'))
  const now = clock.now()
  const sizes = await groupSizes(db, { validAt: now, knownAt: now })
  return Response.json({ page: `/g/${group.slug}`, name: group.name, area: group.area, size: sizes.get(group.id) ?? 0 })
}
