import { sql, type Kysely } from 'kysely'

/** Whether the holder of the voting key told of the test, or somebody who was shown it: each has limits of its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table tested_ballot add column own boolean not null default false`.execute(db)
  await sql`create index tested_ballot_told on tested_ballot (decision, at) where not own`.execute(db)
}
