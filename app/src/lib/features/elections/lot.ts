import type { Instant } from '@quorate/kernel'
import { ballotAsked, type BallotAsked, type DecisionId } from '@quorate/rulebook'
import { stateOf } from '#lib/features/motions/index.ts'
import { bodyOfEntry, entries } from '#lib/features/record/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import type { Db } from '#lib/platform/database.ts'

/** The rule's stage of a decision's last ballot: what it says of ties, and whether votes are secret; null before it comes to one. */
export async function ballotStageOf(db: Db, decision: number, now: Instant): Promise<BallotAsked['stage'] | null> {
  const [editions, state] = await Promise.all([editionsOf(db), stateOf(db, decision)])
  // ids of rows are of decisions
  return state === null ? null : (ballotAsked(editions, state, decision as DecisionId, now)?.stage ?? null)
}

/** The lot by which a result was declared, 64 hex digits; null where it was declared without one. */
export async function lotOnRecord(db: Db, decision: number): Promise<string | null> {
  const search = { types: [], texts: ['"kind":"declare"'] }
  const [placed] = await entries(db, { decision, type: 'act', search, latestFirst: true, count: 1 })
  const body = placed === undefined ? null : bodyOfEntry(placed.entry, 'act')
  const lot = body?.facts.find(({ name }) => name === 'lot')?.value
  return typeof lot === 'string' ? lot : null
}
