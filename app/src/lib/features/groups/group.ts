import type { Db, Tx } from '#lib/platform/database.ts'
import type { LocalGroupTable } from './tables.ts'

/** A local group. `area` says where, in the group's own words. */
export type Group = Readonly<LocalGroupTable>

/** All groups by name. */
export const allGroups = (db: Db): Promise<readonly Group[]> => db.selectFrom('local_group').selectAll().orderBy('name').execute()

/** The group at `/g/<slug>`, or null. */
export async function groupBySlug(db: Db, slug: string): Promise<Group | null> {
  return (await db.selectFrom('local_group').selectAll().where('slug', '=', slug).executeTakeFirst()) ?? null
}

/** The group with this id, or null. */
export async function groupById(db: Db, id: string): Promise<Group | null> {
  return (await db.selectFrom('local_group').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Founds groups. */
export async function foundGroups(tx: Tx, groups: readonly Group[]): Promise<void> {
  await tx
    .insertInto('local_group')
    .values([...groups])
    .execute()
}
