import { sql, type Kysely } from 'kysely'

/** With which voting key somebody takes part, as a mark that only this installation can make; gone when the box closes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table participation add column key_mark bytea`.execute(db)
}
