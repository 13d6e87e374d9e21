import { sql, type Kysely } from 'kysely'

/** Who a voting code was made for, found by what its holder shows of it. Destroyed with the sealed code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sealed_code add column opening bytea`.execute(db)
  await sql`create unique index sealed_code_opening on sealed_code (decision, opening)`.execute(db)
}
