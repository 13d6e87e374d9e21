import { sql, type Kysely } from 'kysely'

/** Members and trustees whom the demonstration itself lets act. Empty outside one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table demo_voting (
    decision bigint primary key, wanted int not null, done int not null, again int not null, failed int not null, cursor int not null,
    state text not null check (state in ('running', 'done', 'stopped')), fault text)`.execute(db)
  await sql`create table demo_trustee_key (
    decision bigint not null, place int not null, person_id uuid not null, key_file text not null, complete boolean not null,
    opening text check (opening in ('asked', 'failed')), fault text, primary key (decision, place))`.execute(db)
}
