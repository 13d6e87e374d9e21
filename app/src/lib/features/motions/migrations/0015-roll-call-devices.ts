import { sql, type Kysely } from 'kysely'

/** Devices on which members sign roll-calls, and lines that say who signed them: several a seat, the last of which counts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table roll_call_device (
    key text primary key check (key ~ '^[0-9a-f]{64}$'), body text not null, seat text not null, person_id uuid, name text,
    registered_at bigint not null, ended_at bigint)`.execute(db)
  await sql`create index roll_call_device_of_seat on roll_call_device (body, seat)`.execute(db)
  await sql`alter table roll_call_vote
    add column seq int not null default 1 check (seq between 1 and 32),
    add column signed_by text not null default 'service' check (signed_by in ('device', 'service', 'secretary')),
    add column device text references roll_call_device (key), add column device_signature text, add column entered_by uuid,
    add check ((signed_by = 'device') = (device is not null)), add check ((device is null) = (device_signature is null)),
    drop constraint roll_call_vote_pkey, drop constraint roll_call_vote_roll_call_person_id_key,
    drop constraint roll_call_vote_roll_call_pseudonym_key, add primary key (roll_call, seat, seq)`.execute(db)
}
