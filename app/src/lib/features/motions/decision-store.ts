import { randomUUID } from 'node:crypto'
import type { Instant } from '@quorate/kernel'
import { countedOnly, nobody, peopleChanged, peopleIn, type DecisionId, type DecisionState, type State } from '@quorate/rulebook'
import { sql } from 'kysely'
import { askedTogether } from '#lib/platform/asked-together.ts'
import { chunks, type Db, type Tx } from '#lib/platform/database.ts'
import './tables.ts'

/**
 * States this process has read or written, by their version: a box of 100,000 voters is not read again for each batch of ballots. A version
 * is a random name that is never used twice, so what was rolled back, or belongs to another database, is merely never asked for.
 */
const remembered = new Map<string, DecisionState>()
const outlines = new Map<string, DecisionState>()
const rememberedMax = 64

function remember(states: Map<string, DecisionState>, version: string, state: DecisionState): void {
  states.set(version, state)
  const [oldest] = states.keys()
  if (states.size > rememberedMax && oldest !== undefined) states.delete(oldest)
}

/** The engine's state of one decision, or null when there is none (or it was an attempt that never began). */
export async function stateOf(db: Db, decision: number): Promise<State | null> {
  const row = await db.selectFrom('decision').select('version').where('id', '=', decision).executeTakeFirst()
  if (row === undefined) return null
  const own = remembered.get(row.version) ?? (await readState(db, decision))
  return own === null ? null : { decisions: { [decision]: own }, recordedAt: null }
}

/**
 * The state of one decision with the voters of its boxes only counted, or null as {@link stateOf}: for whoever asks where it stands. To ask it
 * who has voted is a bug, and throws.
 */
export async function outlineOf(db: Db, decision: number): Promise<DecisionState | null> {
  const version = await versionTogether(db, decision)
  if (version === undefined) return null
  return outlines.get(version) ?? (await outlineTogether(db, decision)) ?? null
}

const versionTogether = askedTogether<number, string>(async (db, decisions) => {
  const rows = await db.selectFrom('decision').select(['id', 'version']).where('id', 'in', decisions).execute()
  return new Map(rows.map(({ id, version }) => [id, version]))
})

const outlineTogether = askedTogether<number, DecisionState>(async (db, decisions) => {
  const rows = await db.selectFrom('decision').select(['id', 'version', 'state']).where('id', 'in', decisions).execute()
  return new Map(
    rows.flatMap(({ id, version, state }) => {
      if (state === null) return []
      remember(outlines, version, state)
      return [[id, state] as const]
    }),
  )
})

/** Voters by stage, and the remembered state they are to be added to: null where all of them are here. */
type VotersRead = { readonly base: DecisionState | null; readonly voters: readonly (readonly [string, string])[] }

async function readState(db: Db, decision: number, since = [...remembered.keys()]): Promise<DecisionState | null> {
  // Version, state and voters in one statement: they are of one moment even outside a transaction. Rows are written behind one lock, so those
  // after the last that a remembered state wrote are all that it does not know.
  const row = await db
    .selectFrom('decision')
    .leftJoinLateral(
      (e) =>
        e
          .selectFrom('decision_voter as v')
          .select(['v.n', 'v.version as base'])
          .whereRef('v.decision', '=', 'decision.id')
          .where('v.version', '=', sql<string>`any(${since}::uuid[])`)
          .orderBy('v.n', 'desc')
          .limit(1)
          .as('known'),
      (join) => join.onTrue(),
    )
    .select([
      'decision.version',
      'decision.state',
      'known.base',
      sql<VotersRead['voters'] | null>`(
        select jsonb_agg(jsonb_build_array(stage, voter)) from decision_voter
        where decision_voter.decision = decision.id and n > coalesce(known.n, 0))`.as('voters'),
    ])
    .where('decision.id', '=', decision)
    .executeTakeFirst()
  if (row?.state == null) return null
  const base = row.base === null ? null : (remembered.get(row.base) ?? null)
  const state = withRead(row.state, { base, voters: row.voters ?? [] })
  // Fewer than are counted: somebody left since, or what was remembered is forgotten. Then all are read.
  if (since.length > 0 && !isWhole(state, row.state)) return readState(db, decision, [])
  remember(remembered, row.version, state)
  return state
}

function withRead(counted: DecisionState, { base, voters }: VotersRead): DecisionState {
  const byStage = Map.groupBy(voters, ([stage]) => stage)
  return withVoters(counted, (stage) =>
    peopleIn(
      (byStage.get(stage) ?? []).map(([, voter]) => voter),
      base?.stages[stage]?.box.voters,
    ),
  )
}

/** Whether every box holds as many as it should. It holds all who should be there, and perhaps some who left, so the number tells. */
const isWhole = (state: DecisionState, counted: DecisionState): boolean =>
  Object.entries(counted.stages).every(([stage, { box }]) => state.stages[stage]?.box.voters.size === box.voters.size)

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
    // One statement with one list: as rows of parameters a hundred voters cost as much as all else that is written here.
    if (joined.length > 0)
      await sql`insert into decision_voter (decision, stage, voter, version)
        select ${state.id}, ${stage}, voter, ${version} from unnest(${joined}::text[]) as joined (voter)`.execute(tx)
  }
  remember(remembered, version, state)
}

/** The number the next decision takes. The caller holds the lock of the log. */
export async function nextNumber(tx: Tx): Promise<DecisionId> {
  const row = await tx
    .selectFrom('decision')
    .select((e) => e.fn.max('id').as('last'))
    .executeTakeFirst()
  return ((row?.last ?? 0) + 1) as DecisionId // made here and nowhere else, under the lock of the log
}
