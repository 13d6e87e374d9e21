import { sql, type Kysely } from 'kysely'

/** What the record says of offices, of changed addresses and of data that people took out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table office add column holder text, add column salt bytea,
    add column granted_entry bigint, add column ended_entry bigint`.execute(db)
  await sql`create index office_unsaid on office (id)
    where granted_entry is null or (until_at is not null and ended_entry is null)`.execute(db)
  await sql`create table contact_change (
    id uuid primary key, person_id uuid not null, by_person uuid not null, changed_at bigint not null,
    before text not null, on_frozen_roll boolean not null, counted boolean not null default false)`.execute(db)
  await sql`create index contact_change_person on contact_change (person_id, changed_at)`.execute(db)
  await sql`create index contact_change_uncounted on contact_change (changed_at) where not counted`.execute(db)
  await sql`create table contact_day (day text primary key, position bigint not null)`.execute(db)
  await sql`create table data_export (
    person_id uuid not null, day text not null, salt bytea not null, pseudonym text not null, position bigint not null,
    primary key (person_id, day))`.execute(db)
}
