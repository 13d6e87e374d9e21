import { sql, type Kysely } from 'kysely'

type Node = readonly string[] | { readonly [digit: string]: Node } | null

const listed = (node: Node): readonly string[] =>
  node === null ? [] : Array.isArray(node) ? (node as readonly string[]) : Object.values(node).flatMap(listed)

/**
 * Who has voted leaves the decision's JSON for rows of its own: writing the state after a ballot then costs the ballot, not the whole list.
 * `version` is new with every write of a state, so that a process knows whether the state it remembers is the one that stands.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table decision_voter (
    decision bigint not null, stage text not null, voter text not null, primary key (decision, stage, voter))`.execute(db)
  await sql`alter table decision add column version uuid not null default gen_random_uuid()`.execute(db)
  const boxes = await sql<{ id: number; stage: string; root: Node }>`
    select decision.id, s.key as stage, s.value->'box'->'voters'->'root' as root
    from decision, jsonb_each(decision.state->'stages') s where (s.value->'box'->'voters'->>'size')::int > 0`.execute(db)
  for (const { id, stage, root } of boxes.rows) {
    for (const voter of listed(root))
      await sql`insert into decision_voter (decision, stage, voter) values (${id}, ${stage}, ${voter})`.execute(db)
    await sql`update decision set state = jsonb_set(state, array['stages', ${stage}, 'box', 'voters', 'root'], 'null') where id = ${id}`.execute(
      db,
    )
  }
}
