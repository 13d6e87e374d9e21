import { sql, type Kysely } from 'kysely'

/** Ballots that have no result and get none by themselves: fallen with the box unopened, or level where the rule has no lot. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table election add column fallen_at bigint, add column level_at bigint`.execute(db)
}
