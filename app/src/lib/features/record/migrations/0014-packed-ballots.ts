import { sql, type Kysely } from 'kysely'

/**
 * Ballots of the log are kept packed: the entry's bytes with an empty text for the ballot, and the ballot beside them. Rows from before keep their
 * text, as does a ballot that could not be had again byte for byte. A ballot stands in exactly one of the two.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table record_entry add column packed bytea`.execute(db)
  // Random bytes: to try and compress them is time lost.
  await sql`alter table record_entry alter column packed set storage external`.execute(db)
  await sql`alter table record_entry add constraint record_entry_ballot_once check (packed is null or
    (type = 'ballot' and decision is not null and position(convert_to('"body":{"ballot":""', 'UTF8') in bytes) > 0))`.execute(db)
}
