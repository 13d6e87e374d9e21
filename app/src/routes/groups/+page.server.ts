import { allGroups } from '#lib/features/groups/index.ts'
import { groupSizes } from '#lib/features/membership/index.ts'
import type { PageServerLoad } from './$types'

/** Every group with how many can vote in it. */
export const load: PageServerLoad = async ({ locals }) => {
  const now = locals.clock.now()
  const sizes = await groupSizes(locals.db, { validAt: now, knownAt: now })
  const groups = (await allGroups(locals.db)).map(({ id, slug, name, area }) => ({
    id,
    slug,
    name,
    area,
    size: sizes.get(id) ?? 0,
  }))
  return { groups, total: groups.reduce((sum, group) => sum + group.size, 0), mine: locals.person?.groupId ?? null }
}
