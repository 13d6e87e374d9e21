import { sql, type Kysely } from 'kysely'

/** Decisions with the engine's state of each, pseudonyms, and refused attempts. Hot tables begin with the decision. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table decision (
    id bigint primary key check (id > 0), power text not null, title text not null, attempt boolean not null,
    document text references record_document (fingerprint), state jsonb, proposed_at bigint not null,
    next_at bigint, ended_at bigint, outcome text)`.execute(db)
  await sql`create index decision_next on decision (next_at) where next_at is not null`.execute(db)
  await sql`create table pseudonym (
    decision bigint not null, person_id uuid not null, salt bytea not null, pseudonym text not null,
    primary key (decision, person_id), unique (decision, pseudonym))`.execute(db)
  await sql`create table refused_attempt (
    person_id uuid not null, power text not null, day date not null, decision bigint not null, attempts int not null,
    primary key (person_id, power, day))`.execute(db)
}
