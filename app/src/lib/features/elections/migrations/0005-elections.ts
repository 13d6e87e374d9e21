import { sql, type Kysely } from 'kysely'

/** Ballots: rolls, sealed codes, the key table, the box and its openings. Hot tables begin with the decision, then what spreads. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const steps = [
    sql`create table election (
      decision bigint primary key references decision (id), uuid text not null unique, group_name text not null, electorate text not null,
      roll_size int not null, roll_root text not null, roll_leaves text not null references record_document (fingerprint),
      threshold int not null, issued_at bigint, credentials text, bind text, trustees text, election text, phi text, set_up_at bigint,
      tally text, result text)`,
    sql`create table roll_line (
      decision bigint not null, person_id uuid not null, salt bytea not null, leaf text not null,
      primary key (decision, person_id), unique (decision, leaf))`,
    sql`create table sealed_code (
      decision bigint not null, person_id uuid not null, sealed bytea not null, primary key (decision, person_id))`,
    sql`create table voting_key (
      decision bigint not null, voting_key text not null, bind text not null, primary key (decision, voting_key))`,
    sql`create table trustee (
      decision bigint not null, place int not null, person_id uuid not null, primary key (decision, place), unique (decision, person_id))`,
    sql`create table ceremony_message (
      decision bigint not null, step int not null check (step between 1 and 3), place int not null, message text not null,
      primary key (decision, step, place))`,
    sql`create table ballot (
      decision bigint not null, number int not null, tracker text not null, digest text not null, code text not null,
      voting_key text not null, turn int not null check (turn between 1 and 32), position bigint not null unique, at bigint not null,
      primary key (decision, tracker), unique (decision, number), unique (decision, digest), unique (decision, code),
      unique (decision, voting_key, turn))`,
    sql`create table ballot_alpha (decision bigint not null, alpha text not null, primary key (decision, alpha))`,
    sql`create table participation (
      decision bigint not null, person_id uuid not null, last_at bigint not null, primary key (decision, person_id))`,
    sql`create table opening (
      decision bigint not null, place int not null, payload text not null, proof jsonb not null, primary key (decision, place))`,
  ]
  for (const step of steps) await step.execute(db)
}
