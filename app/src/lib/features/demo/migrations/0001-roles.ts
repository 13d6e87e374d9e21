import { sql, type Kysely } from 'kysely'

/** Roles of the demonstration. Empty outside one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table demo_role (id text primary key, person_id uuid not null, sort integer not null)`.execute(db)
}
