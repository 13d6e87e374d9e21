import { sql, type Kysely } from 'kysely'

/** Shuffles of the papers of a ranked ballot, in their order; a shuffle is a document. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table shuffle (
    decision bigint not null, turn int not null, place int not null, document text not null references record_document (fingerprint),
    primary key (decision, turn), unique (decision, place))`.execute(db)
}
