import { assert, instant, type Instant } from '@quorate/kernel'
import { due, waiting, type DecisionId, type Waiting } from '@quorate/rulebook'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import type { Work } from '#lib/platform/feature.ts'
import { nextInstant } from './next-instant.ts'
import { stateOf } from './decision-store.ts'
import { perform } from './perform.ts'
import './tables.ts'

/** Decisions in which time alone or the rule itself has something to do now. */
async function dueDecisions(work: Work, now: Instant): Promise<readonly DecisionId[]> {
  const rows = await work.db
    .selectFrom('decision')
    .select('id')
    .where('next_at', '<=', now)
    .where('ended_at', 'is', null)
    .orderBy('next_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id as DecisionId) // ids of rows are numbers of decisions
}

/** What waits for the rule itself, of the kinds asked for: whoever asked does the work and performs the act with its fact. */
export async function waitingFor(work: Work, kinds: readonly Waiting['kind'][]): Promise<readonly Waiting[]> {
  const now = work.clock.now()
  const editions = await editionsOf(work.db)
  const found: Waiting[] = []
  for (const decision of await dueDecisions(work, now)) {
    const state = await stateOf(work.db, decision)
    assert(state !== null, 'a decision with something due has begun')
    found.push(...waiting(editions, state, now).filter((w) => kinds.includes(w.kind)))
  }
  return found
}

/** Writes down what has fallen by time alone, each decision in an act of its own kind, `tick`. Returns how many decisions moved. */
export async function tick(work: Work): Promise<number> {
  const now = work.clock.now()
  const editions = await editionsOf(work.db)
  let moved = 0
  for (const decision of await dueDecisions(work, now)) {
    const state = await stateOf(work.db, decision)
    if (state === null) continue
    if (due(editions, state, now).length === 0) {
      await lookAgain(work, decision, nextInstant(editions, state, decision, now))
      continue
    }
    // Of two sweepers one finds nothing left to do and is refused: that is no fault.
    const done = await perform(work, {
      decision,
      by: 'rule',
      as: 'rule',
      body: { kind: 'tick' },
      facts: () => Promise.resolve([]),
    })
    if (done.kind === 'ok') moved++
  }
  return moved
}

/**
 * At the instant that was planned nothing fell due, such as the end of a debate while notice still runs: plans the next look. Whoever has
 * moved the decision meanwhile has planned it themselves.
 */
async function lookAgain(work: Work, decision: DecisionId, at: Instant | null): Promise<void> {
  const now = work.clock.now()
  if (at !== null && at <= now) return
  await work.db.updateTable('decision').set({ next_at: at }).where('id', '=', decision).where('next_at', '<=', now).execute()
}

/** The earliest instant still ahead at which a decision has something due; null when all wait for people. */
export async function nextDecisionDue(work: Work): Promise<Instant | null> {
  const row = await work.db
    .selectFrom('decision')
    .select((e) => e.fn.min('next_at').as('at'))
    .where('ended_at', 'is', null)
    .where('next_at', '>', work.clock.now())
    .executeTakeFirst()
  return row?.at === undefined || row.at === null ? null : instant(row.at)
}
