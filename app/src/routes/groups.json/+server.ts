import { allGroups } from '#lib/features/groups/index.ts'
import { groupSizes } from '#lib/features/membership/index.ts'
import type { RequestHandler } from './$types'

/** Every group as data, with how many can vote in it. */
export const GET: RequestHandler = async ({ locals: { db, clock } }) => {
  const now = clock.now()
  const sizes = await groupSizes(db, { validAt: now, knownAt: now })
  const groups = (await allGroups(db)).map(({ id, slug, name, area }) => ({
    page: `/g/${slug}`,
    name,
    area,
    size: sizes.get(id) ?? 0,
  }))
  return Response.json({ groups })
}
