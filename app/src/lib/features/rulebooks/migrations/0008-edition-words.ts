import { sql, type Kysely } from 'kysely'

/** The operative words of each edition, stored when it is ratified. A database with editions from before has none and starts anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table edition add column words text not null references record_document (fingerprint)`.execute(db)
}
