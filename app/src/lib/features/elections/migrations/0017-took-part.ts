import { sql, type Kysely } from 'kysely'

/** That somebody took part, and no longer when: with the instant of their ballot it told which one was theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table participation drop column last_at`.execute(db)
}
