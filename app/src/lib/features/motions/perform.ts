import { assert, civilDateOf, fail, instant, ok, type Instant, type Json, type Result } from '@quorate/kernel'
import {
  decide,
  emptyState,
  evolve,
  type Act,
  type ActBody,
  type Capacity,
  type DecisionId,
  type DecisionState,
  type Event,
  type Fact,
  type Permitted,
  type Pseudonym,
  type Refusal,
} from '@quorate/rulebook'
import { append, lockLog, type Draft, type Placed } from '#lib/features/record/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import { transaction, type Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { nextNumber, saveDecision, stateOf } from './decision-store.ts'
import { nextInstant } from './next-instant.ts'
import { pseudonymFor } from './pseudonym.ts'
import './tables.ts'

/** What is known inside the transaction that judges an act: the log is locked, `now` is its time, `state` is of this decision. */
export type Judging = {
  readonly tx: Tx
  readonly now: Instant
  readonly decision: DecisionId
  readonly by: Pseudonym | 'rule'
  readonly editions: Awaited<ReturnType<typeof editionsOf>>
  readonly state: DecisionState | null
}

/** An act to try. Who it is by: a person (a pseudonym is made), a pseudonym (a voter's, from the voting key), or the rule itself. */
export type Attempt = {
  /** Null starts a new decision: it takes the next number. */
  readonly decision: DecisionId | null
  readonly by: { readonly person: string } | { readonly pseudonym: Pseudonym } | 'rule'
  readonly as: Capacity
  readonly body: ActBody | ((judging: Judging) => Promise<ActBody>)
  readonly facts: (judging: Judging) => Promise<readonly Fact[]>
  /** Entries that stand just before the act: a roll, a ballot, a result. Written only when the act is permitted. */
  readonly before?: (judging: Judging) => Promise<readonly Draft[]>
  /** Rows of the caller that stand or fall with the act. `placed` are the entries written, the act's last. */
  readonly then?: (judging: Judging, done: Performed) => Promise<void>
  /** Title of a decision that begins with this act. */
  readonly title?: string
}

/** A permitted act: its decision, what happened (deemed first), and where its entries stand. */
export type Performed = {
  readonly decision: DecisionId
  readonly events: readonly Event[]
  readonly placed: readonly Placed[]
  readonly state: DecisionState
}

/** Why an attempt came to nothing. A refusal is the rules' no; `malformed` means that what was sent in does not fit the record. */
export type PerformFault = Refusal | { readonly kind: 'malformed'; readonly path: string; readonly expected: string }

// Types of the rulebook are plain JSON by their definition; the record's schema checks each field again when the entry is encoded.
const asBody = (value: unknown): never => value as never

/** The entry of a permitted act. */
export const actDraft = (act: Act, facts: readonly Fact[], { deemed, events }: Permitted): Draft => ({
  type: 'act',
  decision: act.decision,
  body: asBody({ act, facts, deemed, events }),
})

/**
 * The one door through which anything happens to a decision. In one transaction: locks the log, loads the decision, lets `decide` judge, and
 * writes state, entries and the caller's rows together. A refusal writes nothing but, for a reserved power, the attempt itself.
 */
export async function perform(work: Work, attempt: Attempt): Promise<Result<Performed, PerformFault>> {
  return transaction(work.db, async (tx) => performIn(tx, work, attempt)).catch((error: unknown) => {
    if (error instanceof Undone) return fail(error.fault)
    throw error
  })
}

/** Rolls the transaction back with a reason that is not ours to throw at anybody. */
class Undone extends Error {
  readonly fault: PerformFault
  constructor(fault: PerformFault) {
    super('undone')
    this.fault = fault
  }
}

async function performIn(tx: Tx, work: Work, attempt: Attempt): Promise<Result<Performed, PerformFault>> {
  const now = await lockLog(tx, work.clock.now())
  const decision = attempt.decision ?? (await nextNumber(tx))
  const by =
    attempt.by === 'rule'
      ? 'rule'
      : 'pseudonym' in attempt.by
        ? attempt.by.pseudonym
        : await pseudonymFor(tx, work.random, decision, attempt.by.person)
  const editions = await editionsOf(tx)
  const before = await stateOf(tx, decision)
  const judging: Judging = { tx, now, decision, by, editions, state: before?.decisions[decision] ?? null }
  const body = typeof attempt.body === 'function' ? await attempt.body(judging) : attempt.body
  const facts = await attempt.facts(judging)
  const act: Act = { decision, by, as: attempt.as, occurredAt: now, recordedAt: now, ...body }
  const judged = decide(editions, before ?? emptyState, facts, act)
  if (judged.kind === 'refusal') {
    // Rolled back, so that a refused step leaves nothing behind, not even a pseudonym.
    if (attempt.by === 'rule' || !('person' in attempt.by) || !isReserved(act)) throw new Undone(judged)
    await recordRefusal(tx, { work, personId: attempt.by.person, refusal: judged, facts, title: attempt.title ?? act.kind })
    return fail(judged)
  }
  const events = [...judged.deemed, ...judged.events]
  const state = events.reduce(evolve, before ?? emptyState)
  const own = state.decisions[decision]
  assert(own !== undefined, 'a permitted act leaves a decision')
  const nextAt = nextInstant(editions, state, decision, now)
  await saveDecision(tx, judging.state, { state: own, nextAt, title: attempt.title ?? null, now })
  const drafts: Draft[] = [...((await attempt.before?.(judging)) ?? []), actDraft(act, facts, judged)]
  const placed = await append(tx, now, drafts)
  if (placed.kind === 'fail')
    throw new Undone({ kind: 'malformed', path: 'path' in placed.error ? placed.error.path : '', expected: placed.error.kind })
  const done: Performed = { decision, events, placed: placed.value, state: own }
  await attempt.then?.(judging, done)
  return ok(done)
}

/** Acts on a power itself, as against steps of a decision under way: their refusals are on the record. */
const isReserved = (act: Act): boolean => act.kind === 'propose' || act.kind === 'exercise'

/**
 * Writes down a refused use of a reserved power. The first attempt of a person on a power on a civil day is an entry of its own; those
 * that follow on that day are counted, so that nobody can flood the record.
 */
async function recordRefusal(
  tx: Tx,
  refused: {
    readonly work: Work
    readonly personId: string
    readonly refusal: Refusal
    readonly facts: readonly Fact[]
    readonly title: string
  },
): Promise<void> {
  const { work, personId, refusal, facts, title } = refused
  const { act } = refusal
  const power = act.kind === 'propose' || act.kind === 'exercise' ? act.power : act.kind
  const day = civilDateOf(act.recordedAt, work.movement.zone)
  const folded = await tx
    .insertInto('refused_attempt')
    .values({ person_id: personId, power, day, decision: act.decision, attempts: 1 })
    .onConflict((c) =>
      c.columns(['person_id', 'power', 'day']).doUpdateSet((e) => ({ attempts: e('refused_attempt.attempts', '+', 1) })),
    )
    .returning('attempts')
    .executeTakeFirstOrThrow()
  if (folded.attempts > 1) return
  const { attempts: earlier } = (await tx
    .selectFrom('refused_attempt')
    .select((e) => e.fn.sum<string>('attempts').as('attempts'))
    .where('person_id', '=', personId)
    .where('power', '=', power)
    .executeTakeFirst()) ?? { attempts: '1' }
  await tx
    .insertInto('decision')
    .values({
      id: act.decision,
      power,
      title,
      attempt: true,
      document: 'document' in act ? act.document : null,
      state: null,
      proposed_at: act.recordedAt,
      next_at: null,
      ended_at: act.recordedAt,
      outcome: 'refused',
    })
    .execute()
  const placed = await append(tx, instant(act.recordedAt), [
    {
      type: 'refusal',
      decision: act.decision,
      body: asBody({ refusal, facts: facts as unknown as Json, count: Number(earlier) }),
    },
  ])
  assert(placed.kind === 'ok', 'a refusal of ours fits the record')
}
