import { sql, type Kysely } from 'kysely'

/** The platform's own tables. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table movement (
      id smallint primary key check (id = 1),
      name text not null, slug text not null, zone text not null,
      demo boolean not null, founded_at bigint not null
    )`.execute(db)
  await sql`
    create table demo_clock (
      id smallint primary key check (id = 1),
      offset_ms bigint not null, moved_at bigint not null
    )`.execute(db)
  await sql`
    create table session (
      token_hash bytea primary key check (length(token_hash) = 32),
      person_id uuid not null, created_at bigint not null, expires_at bigint not null
    )`.execute(db)
  await sql`create index session_person on session (person_id)`.execute(db)
  await sql`
    create table sign_in_link (
      token_hash bytea primary key check (length(token_hash) = 32),
      person_id uuid not null, next text not null,
      created_at bigint not null, expires_at bigint not null, used_at bigint
    )`.execute(db)
  await sql`
    create table mail (
      id uuid primary key,
      purpose text not null, about text not null, recipient text not null,
      address text not null, name text not null,
      subject text not null, body_text text not null, body_html text not null,
      state text not null check (state in ('queued', 'sending', 'sent', 'bounced', 'failed')),
      attempts integer not null default 0,
      queued_at bigint not null, retry_at bigint not null, leased_until bigint, sent_at bigint, fault text,
      unique (purpose, about, recipient)
    )`.execute(db)
  // The drain asks only for what waits; what was sent stays out of this index.
  await sql`create index mail_waiting on mail (id) where state in ('queued', 'sending')`.execute(db)
  await sql`
    create table demo_mail (
      id uuid primary key,
      message_id text not null unique,
      address text not null, subject text not null, body_text text not null, body_html text not null,
      links jsonb not null, received_at bigint not null
    )`.execute(db)
  await sql`create index demo_mail_address on demo_mail (address, received_at desc)`.execute(db)
  await sql`create index demo_mail_received on demo_mail (received_at desc)`.execute(db)
  await sql`
    create table sweep (
      name text primary key,
      ok_at bigint, failing_since bigint, fault text
    )`.execute(db)
}
