import { sql, type Kysely } from 'kysely'

/** Cosignatures of checkpoints, how each witness is, and the way to the edition in force, whose rule says how many are needed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table record_cosignature (
    size bigint not null references record_checkpoint (size), witness text not null, line text not null, signed_at bigint not null,
    primary key (size, witness))`.execute(db)
  await sql`create table record_witness (
    name text primary key, size bigint not null, answered_at bigint, failing_since bigint, fault text)`.execute(db)
  await sql`create index record_entry_edition on record_entry (position) where type = 'edition'`.execute(db)
}
