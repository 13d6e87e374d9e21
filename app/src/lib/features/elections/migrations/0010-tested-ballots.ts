import { sql, type Kysely } from 'kysely'

/** Locked ballots that were opened to test a device, and can never be cast. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table tested_ballot (
    decision bigint not null, digest text not null, voting_key text not null, at bigint not null, primary key (decision, digest))`.execute(
    db,
  )
  await sql`create index tested_ballot_key on tested_ballot (decision, voting_key)`.execute(db)
}
