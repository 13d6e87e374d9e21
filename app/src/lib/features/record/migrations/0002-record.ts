import { sql, type Kysely } from 'kysely'

/** The log, its head, its checkpoints and the documents it cites. Rows of the log refuse to change: see the trigger. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table record_head (
    id int primary key check (id = 1), size bigint not null, at bigint not null, peaks bytea not null)`.execute(db)
  await sql`insert into record_head values (1, 0, 0, '')`.execute(db)
  await sql`create table record_entry (
    position bigint primary key, type text not null, decision bigint, at bigint not null, bytes bytea not null, leaf bytea not null)`.execute(
    db,
  )
  await sql`create index record_entry_decision on record_entry (decision, position)`.execute(db)
  await sql`create table record_checkpoint (size bigint primary key, note text not null, peaks bytea not null, signed_at bigint not null)`.execute(
    db,
  )
  await sql`create table record_document (fingerprint text primary key, content text not null)`.execute(db)
  // Whoever owns the table can drop the trigger; the checkpoints are what shows it. This only stops accidents of our own.
  await sql`create function record_is_append_only() returns trigger language plpgsql as $$
    begin raise exception 'the record is append-only'; end $$`.execute(db)
  for (const table of ['record_entry', 'record_checkpoint', 'record_document'])
    await sql`create trigger append_only before update or delete on ${sql.table(table)}
      for each row execute function record_is_append_only()`.execute(db)
}
