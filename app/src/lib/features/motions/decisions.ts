import { civilDateOf, type Instant } from '@quorate/kernel'
import type { Entry } from '@quorate/record'
import type { DecisionId, DecisionState, Refusal } from '@quorate/rulebook'
import { documentOf, entries } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { parseProposal, type Proposal } from './proposal.ts'
import type { AttemptPlace } from './refusal-view.ts'
import './tables.ts'

/** A decision as lists and pages need it, or an attempt that was refused before it became one (`state` null). */
export type Decision = {
  readonly id: DecisionId
  readonly power: string
  readonly title: string
  readonly attempt: boolean
  readonly document: string | null
  readonly state: DecisionState | null
  readonly proposedAt: Instant
  readonly endedAt: Instant | null
  readonly outcome: string | null
}

const columns = ['id', 'power', 'title', 'attempt', 'document', 'state', 'proposed_at', 'ended_at', 'outcome'] as const

type Row = Awaited<ReturnType<typeof rowsOf>>[number]
const rowsOf = (db: Db) => db.selectFrom('decision').select(columns).orderBy('id', 'desc').execute()

const decisionOf = (row: Row): Decision => ({
  id: row.id as DecisionId, // ids of rows are numbers of decisions
  power: row.power,
  title: row.title,
  attempt: row.attempt,
  document: row.document,
  state: row.state,
  proposedAt: row.proposed_at,
  endedAt: row.ended_at,
  outcome: row.outcome,
})

/** Every decision and attempt, newest first. */
export const decisionsListed = async (db: Db): Promise<readonly Decision[]> => (await rowsOf(db)).map(decisionOf)

/** Decisions under way, oldest first. */
export async function decisionsUnderWay(db: Db): Promise<readonly Decision[]> {
  const rows = await db.selectFrom('decision').select(columns).where('ended_at', 'is', null).orderBy('id').execute()
  return rows.map(decisionOf)
}

/** The decision with this number, or null. */
export async function decisionById(db: Db, id: number): Promise<Decision | null> {
  const row = await db.selectFrom('decision').select(columns).where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : decisionOf(row)
}

/** What was put forward in a decision, or null when its document is none of ours to read. */
export async function proposalOf(db: Db, decision: Pick<Decision, 'document'>): Promise<Proposal | null> {
  const text = decision.document === null ? null : await documentOf(db, decision.document)
  return text === null ? null : parseProposal(text)
}

/** The refusal entry of an attempt: where it stands and what it says. */
export async function attemptEntry(
  db: Db,
  decision: number,
): Promise<{ readonly position: number; readonly refusal: Refusal } | null> {
  const [placed] = await entries(db, { decision, type: 'refusal', count: 1 })
  const refusal = placed === undefined ? null : refusalIn(placed.entry)
  return placed === undefined || refusal === null ? null : { position: placed.position, refusal }
}

/** What a `refusal` entry says; null of any other entry. */
export function refusalIn({ type, body }: Entry): Refusal | null {
  // The record's schema has checked the body of a `refusal` entry field by field, and it was written from this very type.
  return type === 'refusal' ? (body['refusal'] as unknown as Refusal) : null
}

/** Where a refused use of a reserved power stands: the person's first attempt on that power that day is the entry. */
export async function attemptPlace(work: Work, personId: string, { act }: Refusal): Promise<AttemptPlace | null> {
  if (act.kind !== 'propose' && act.kind !== 'exercise') return null
  const row = await work.db
    .selectFrom('refused_attempt')
    .select(['decision', 'attempts'])
    .where('person_id', '=', personId)
    .where('power', '=', act.power)
    .where('day', '=', civilDateOf(act.recordedAt, work.movement.zone))
    .executeTakeFirst()
  const entry = row === undefined ? null : await attemptEntry(work.db, row.decision)
  return row === undefined || entry === null ? null : { position: entry.position, attempt: row.attempts }
}
