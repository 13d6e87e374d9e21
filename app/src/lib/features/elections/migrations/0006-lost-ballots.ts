import { sql, type Kysely } from 'kysely'

/** Requests to be sent a voting link again. Each is a row whether or not anybody is behind it, so that the answer takes the same time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table lost_ballot (
    id uuid primary key, asked text, network bytea not null, asked_at bigint not null)`.execute(db)
  await sql`create index lost_ballot_network on lost_ballot (network, asked_at)`.execute(db)
}
