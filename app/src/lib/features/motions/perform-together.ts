import { assert, fail, ok, type Instant, type Result } from '@quorate/kernel'
import {
  decide,
  evolve,
  type Act,
  type ActBody,
  type Capacity,
  type DecisionId,
  type Event,
  type Fact,
  type Pseudonym,
  type Refusal,
} from '@quorate/rulebook'
import { append, lockLog, type Draft, type Placed } from '#lib/features/record/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import { transaction, type Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { saveDecision, stateOf } from './decision-store.ts'
import { nextInstant } from './next-instant.ts'
import { actDraft } from './perform.ts'

/** One of several acts on the same decision. `before` are entries that stand just before it, written only when it is permitted. */
export type Step = {
  readonly by: Pseudonym
  readonly as: Capacity
  readonly body: ActBody
  readonly facts: readonly Fact[]
  readonly before: readonly Draft[]
}

/** A permitted step: what happened, and its entries, the act's last. */
export type StepDone = { readonly events: readonly Event[]; readonly placed: readonly Placed[] }

/** What is known under the lock. */
export type Together = { readonly tx: Tx; readonly now: Instant }

/** An entry of the steps does not fit the record; nothing of any of them was written. */
export class StepsMalformed extends Error {
  override readonly name = 'StepsMalformed'
}

/**
 * Several acts on one decision behind one lock and one flush: each is judged on the state the one before it left, a refused one leaves
 * nothing and stops nobody. The head row lets one writer in at a time, so a surge of ballots is as fast as its batches are large.
 * `prepare` says under the lock what is to be done; `then` writes the caller's rows, told how each step fared in the same order. Everything
 * stands or falls together: a throw, a duplicate key among them, writes nothing.
 */
export async function performTogether<T>(
  work: Work,
  decision: DecisionId,
  prepare: (under: Together) => Promise<readonly Step[]>,
  then: (under: Together, done: readonly Result<StepDone, Refusal>[]) => Promise<T>,
): Promise<T> {
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    const under = { tx, now }
    const steps = await prepare(under)
    const editions = await editionsOf(tx)
    const before = await stateOf(tx, decision)
    assert(before !== null, 'acts done together are on a decision that has begun')
    let state = before
    const drafts: Draft[] = []
    const judged: Result<{ readonly events: readonly Event[]; readonly from: number; readonly to: number }, Refusal>[] = []
    for (const { by, as, body, facts, before: entries } of steps) {
      const act: Act = { decision, by, as, occurredAt: now, recordedAt: now, ...body }
      const answer = decide(editions, state, facts, act)
      if (answer.kind === 'refusal') {
        judged.push(fail(answer))
        continue
      }
      const events = [...answer.deemed, ...answer.events]
      state = events.reduce(evolve, state)
      const from = drafts.length
      drafts.push(...entries, actDraft(act, facts, answer))
      judged.push(ok({ events, from, to: drafts.length }))
    }
    const own = state.decisions[decision]
    assert(own !== undefined, 'a decision that has begun stays')
    if (drafts.length === 0) return then(under, onlyRefusals(judged))
    const nextAt = nextInstant(editions, state, decision, now)
    await saveDecision(tx, before.decisions[decision] ?? null, { state: own, nextAt, title: null, now })
    const placed = await append(tx, now, drafts)
    if (placed.kind === 'fail') throw new StepsMalformed(placed.error.kind)
    const done = judged.map((one) =>
      one.kind === 'fail' ? one : ok({ events: one.value.events, placed: placed.value.slice(one.value.from, one.value.to) }),
    )
    return then(under, done)
  })
}

const onlyRefusals = (judged: readonly Result<unknown, Refusal>[]): readonly Result<StepDone, Refusal>[] =>
  judged.map((one) => {
    assert(one.kind === 'fail', 'a permitted act has an entry')
    return one
  })
