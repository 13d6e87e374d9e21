import type { Db } from '#lib/platform/database.ts'
import './tables.ts'

/** Who sits at the key table of a decision, by place from 1. */
export async function seatsOf(
  db: Db,
  decision: number,
): Promise<readonly { readonly place: number; readonly personId: string }[]> {
  const rows = await db.selectFrom('trustee').selectAll().where('decision', '=', decision).orderBy('place').execute()
  return rows.map(({ place, person_id }) => ({ place, personId: person_id }))
}
