import { randomUUID } from 'node:crypto'
import type { Instant } from '@quorate/kernel'
import { countedOnly, nobody, peopleChanged, peopleIn, type DecisionId, type DecisionState, type State } from '@quorate/rulebook'
import { sql } from 'kysely'
import { chunks, type Db, type Tx } from '#lib/platform/database.ts'
import './tables.ts'

/**
 * States this process has read or written, by their version: a box of 100,000 voters is not read again for each batch of ballots. A version
 * is a random name that is never used twice, so what was rolled back, or belongs to another database, is merely never asked for.
 */
const remembered = new Map<string, DecisionState>()
const rememberedMax = 64

function remember(version: string, state: DecisionState): void {
  remembered.set(version, state)
  const [oldest] = remembered.keys()
  if (remembered.size > rememberedMax && oldest !== undefined) remembered.delete(oldest)
}

/** The engine's state of one decision, or null when there is none (or it was an attempt that never began). */
export async function stateOf(db: Db, decision: number): Promise<State | null> {
  const row = await db.selectFrom('decision').select('version').where('id', '=', decision).executeTakeFirst()
  if (row === undefined) return null
  const own = remembered.get(row.version) ?? (await readState(db, decision))
  return own === null ? null : { decisions: { [decision]: own }, recordedAt: null }
}

async function readState(db: Db, decision: number): Promise<DecisionState | null> {
  // Version, state and voters in one statement: they are of one moment even outside a transaction.
  const row = await db
    .selectFrom('decision')
    .select([
      'version',
      'state',
      sql<readonly (readonly [string, string])[] | null>`(
        select jsonb_agg(jsonb_build_array(stage, voter)) from decision_voter where decision_voter.decision = decision.id)`.as(
        'voters',
      ),
    ])
    .where('id', '=', decision)
    .executeTakeFirst()
  if (row?.state == null) return null
  const byStage = Map.groupBy(row.voters ?? [], ([stage]) => stage)
  const state = withVoters(row.state, (stage) => peopleIn((byStage.get(stage) ?? []).map(([, voter]) => voter)))
  remember(row.version, state)
  return state
}

type Voters = DecisionState['stages'][string]['box']['voters']

const withVoters = (state: DecisionState, votersOf: (stage: string, voters: Voters) => Voters): DecisionState => ({
  ...state,
  stages: Object.fromEntries(
    Object.entries(state.stages).map(([id, marks]) => [
      id,
      { ...marks, box: { ...marks.box, voters: votersOf(id, marks.box.voters) } },
    ]),
  ),
})

/**
 * Writes a decision's state after `before` (null when it begins). Voters are rows of their own and only those who are new are written; the
 * JSON holds their number. The caller holds the lock of the log.
 */
export async function saveDecision(
  tx: Tx,
  before: DecisionState | null,
  { state, nextAt, title, now }: { state: DecisionState; nextAt: Instant | null; title: string | null; now: Instant },
): Promise<void> {
  const version = randomUUID()
  const row = {
    state: JSON.stringify(withVoters(state, (_, voters) => countedOnly(voters))),
    version,
    next_at: nextAt,
    ended_at: state.ended?.at ?? null,
    outcome: state.ended?.outcome ?? null,
  }
  await tx
    .insertInto('decision')
    .values({
      id: state.id,
      power: state.power,
      title: title ?? state.power,
      attempt: false,
      document: state.document,
      proposed_at: now,
      ...row,
    })
    .onConflict((c) => c.column('id').doUpdateSet(row))
    .execute()
  for (const [stage, { box }] of Object.entries(state.stages)) {
    const { joined, left } = peopleChanged(before?.stages[stage]?.box.voters ?? nobody, box.voters)
    for (const some of chunks(left))
      await tx
        .deleteFrom('decision_voter')
        .where('decision', '=', state.id)
        .where('stage', '=', stage)
        .where('voter', 'in', some)
        .execute()
    for (const some of chunks(joined))
      await tx
        .insertInto('decision_voter')
        .values(some.map((voter) => ({ decision: state.id, stage, voter })))
        .execute()
  }
  remember(version, state)
}

/** The number the next decision takes. The caller holds the lock of the log. */
export async function nextNumber(tx: Tx): Promise<DecisionId> {
  const row = await tx
    .selectFrom('decision')
    .select((e) => e.fn.max('id').as('last'))
    .executeTakeFirst()
  return ((row?.last ?? 0) + 1) as DecisionId // made here and nowhere else, under the lock of the log
}
