import { sql, type Kysely } from 'kysely'

/**
 * Erasures asked for at the operator's desk: by membership number, with that of the registrar who decided. The number is gone once it is done, so that the
 * request itself leads to nobody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table erasure_request (
    id uuid primary key default gen_random_uuid(), member int, by_member int not null, outcome text, position bigint)`.execute(db)
}
