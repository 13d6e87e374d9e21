import { sql, type Kysely } from 'kysely'

/** Local groups. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table local_group (id uuid primary key, slug text not null unique, name text not null, area text not null)`.execute(
    db,
  )
}
