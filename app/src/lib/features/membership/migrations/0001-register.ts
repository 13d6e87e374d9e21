import { sql, type Kysely } from 'kysely'

/** The register of people, their standing in two times, offices and seats. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person (
      id uuid primary key,
      membership_number integer not null unique,
      given_name text not null, family_name text not null,
      email text not null check (email = lower(email)),
      born_on date not null, joined_on date not null,
      gender text, class text not null, group_id uuid not null, locale text not null default 'en'
    )`.execute(db)
  await sql`create index person_email on person (email)`.execute(db)
  await sql`create index person_group on person (group_id, family_name, given_name)`.execute(db)
  await sql`
    create table standing (
      person_id uuid not null, valid_at bigint not null, known_at bigint not null,
      standing text not null, cause text not null,
      primary key (person_id, valid_at, known_at)
    )`.execute(db)
  await sql`
    create table office (
      id uuid primary key, office text not null, of_group uuid, person_id uuid not null,
      from_at bigint not null, until_at bigint check (until_at > from_at)
    )`.execute(db)
  await sql`create index office_person on office (person_id)`.execute(db)
  await sql`create index office_holders on office (office)`.execute(db)
  await sql`
    create table seat (
      id uuid primary key, body text not null, seat text not null, number integer not null, person_id uuid not null,
      from_at bigint not null, until_at bigint check (until_at > from_at)
    )`.execute(db)
  await sql`create index seat_person on seat (person_id)`.execute(db)
  await sql`create index seat_body on seat (body)`.execute(db)
}
