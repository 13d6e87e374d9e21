import { sql, type Kysely } from 'kysely'

/** Editions of the rulebook: numbered from 1 without gaps, each enacted by one decision. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table edition (
    number int primary key check (number > 0), fingerprint text not null references record_document (fingerprint),
    decision bigint unique, in_force_at bigint not null)`.execute(db)
}
