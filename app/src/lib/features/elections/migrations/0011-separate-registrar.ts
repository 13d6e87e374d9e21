import { sql, type Kysely } from 'kysely'

/** A registrar apart from the server: which key speaks for it, what it says of its mailing, and who asked for a link again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table election add column registrar_key text, add column mailed_total int, add column mailed_sent int,
    add column mailed_bounced int`.execute(db)
  await sql`create table link_request (
    decision bigint not null, person_id uuid not null, number int not null, asked_at bigint not null, mailed_at bigint,
    primary key (decision, person_id, number))`.execute(db)
}
