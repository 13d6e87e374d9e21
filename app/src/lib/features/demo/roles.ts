import type { Db } from '#lib/platform/database.ts'

/** Who plays a role of the demonstration: the person's id, or null when there is no such role. Roles exist only in a demonstration. */
export async function personOfRole(db: Db, role: string): Promise<string | null> {
  const row = await db.selectFrom('demo_role').select('person_id').where('id', '=', role).executeTakeFirst()
  return row?.person_id ?? null
}
