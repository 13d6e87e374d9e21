import { sql, type Kysely } from 'kysely'

/**
 * Voters in the order in which they were written, each with the version of the state that first held them: a process that remembers an
 * earlier state of a box reads only who has come since.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table decision_voter add column n bigint generated always as identity, add column version uuid`.execute(db)
  await sql`create index decision_voter_in_order on decision_voter (decision, n)`.execute(db)
}
