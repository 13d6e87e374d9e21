import type { Instant } from '@quorate/kernel'
import { sql } from 'kysely'
import type { Db, Tx } from '#lib/platform/database.ts'
import type { ContactChangeTable } from './tables.ts'

/** A change of somebody's e-mail address. */
export type AddressChange = Readonly<Omit<ContactChangeTable, 'before' | 'counted'>> & { readonly email: string }

/** Writes a changed address, and what it was before. The caller holds the log's lock: a day is counted after its last change. */
export async function writeAddress(tx: Tx, { email, ...change }: AddressChange): Promise<void> {
  const { email: before } = await tx
    .selectFrom('person')
    .select('email')
    .where('id', '=', change.person_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  await tx.updateTable('person').set({ email }).where('id', '=', change.person_id).execute()
  await tx
    .insertInto('contact_change')
    .values({ ...change, before, counted: false })
    .execute()
}

/** Of these people those whose address has changed after an instant, and what it was then. Everybody else has the one they had. */
export async function addressesAt(db: Db, ids: readonly string[], at: Instant): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('contact_change')
    .select(['person_id', 'before'])
    .where('person_id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .where('changed_at', '>', at)
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  // The first change after the instant is the last of the list, and stands.
  return new Map(rows.map((row) => [row.person_id, row.before]))
}
