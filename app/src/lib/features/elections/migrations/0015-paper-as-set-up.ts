import { sql, type Kysely } from 'kysely'

/** Who is on the paper of a ballot with candidates, by number, as it was set up: nobody is put on it or taken off it afterwards. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table election add column paper int[]`.execute(db)
}
