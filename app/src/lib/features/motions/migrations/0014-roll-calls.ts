import { sql, type Kysely } from 'kysely'

/** Roll-calls of bodies that vote by name: one vote a seat, and one a person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table roll_call (
    id text primary key check (id ~ '^[0-9a-f]{32}$'), body text not null, power text not null,
    way text not null check (way in ('exercise', 'call')), title text not null, reasons text not null,
    document text not null references record_document (fingerprint), seats text[] not null, opened_by uuid, opened_at bigint not null,
    closed_at bigint, result text references record_document (fingerprint), acted_at bigint, decision bigint,
    check ((closed_at is null) = (result is null)), check (acted_at is null or closed_at is not null))`.execute(db)
  await sql`create index roll_call_of_body on roll_call (body, opened_at)`.execute(db)
  await sql`create table roll_call_vote (
    roll_call text not null references roll_call (id), seat text not null, person_id uuid, salt bytea, pseudonym text not null,
    vote text not null check (vote in ('for', 'against', 'abstain')), at bigint not null, signature text not null,
    primary key (roll_call, seat), unique (roll_call, person_id), unique (roll_call, pseudonym))`.execute(db)
}
