import { sql, type Kysely } from 'kysely'

/**
 * Hints of ballots and shuffles, by the entry they are of. No part of the record and tied to none of it: whoever empties this table makes every check
 * slower and none different. Points look random, so nothing of them packs any smaller.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table hint (decision int not null, position bigint not null, packed bytea not null, primary key (decision, position))`.execute(
    db,
  )
  await sql`alter table hint alter column packed set storage external`.execute(db)
}
