import { sql, type Kysely } from 'kysely'

/** The signature of a registrar apart under the public roll and the bind list, which goes onto the record. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table election add column codes_signature text`.execute(db)
}
