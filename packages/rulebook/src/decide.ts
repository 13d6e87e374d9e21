import type { Instant } from '@quorate/kernel'
import type { Act, Citation, Fact } from './act.ts'
import { reckoningOf } from './calendar.ts'
import { settle, type Settled } from './decision/due.ts'
import type { Event, EventBody } from './event.ts'
import { cite, type Rulebook } from './language/model.ts'
import { judgeExercise, judgePropose, type Grant } from './decision/open-decision.ts'
import { moment, named, none, reason, refuse, routeOf, type Case } from './reasons.ts'
import { heldBack } from './movement/holds.ts'
import { permitMovement } from './movement/permit.ts'
import type { Reason, Refusal } from './refusal.ts'
import { judgeStageAct } from './decision/stage-acts.ts'
import { evolve } from './evolve.ts'
import { decisionOf, type Editions, type State } from './state.ts'

/** A yes: what time alone had brought about before the act, then what the act did. */
export type Permitted = { readonly kind: 'permitted'; readonly deemed: readonly Event[]; readonly events: readonly Event[] }

/**
 * Judges an act. First everything that has fallen due in its decision by `recordedAt` binds; then the act is permitted with its events, or refused with every
 * route, all its reasons and the earliest lawful instant. Pure and total: the same arguments give the same answer anywhere.
 */
export function decide(editions: Editions, state: State, facts: readonly Fact[], act: Act): Permitted | Refusal {
  const rulebook = editions.byNumber.get(editions.inForce)
  if (rulebook === undefined)
    return refuse(act, {
      clause: `0@${editions.inForce}`,
      procedure: null,
      reasons: [reason('unknown-rule', `0@${editions.inForce}`)],
      earliest: null,
      assumes: [],
    })
  const backwards = timeReasons(rulebook, state, act)
  if (backwards !== null) return refuseWith(act, [backwards], null)
  if (act.kind === 'movement') return permitMovement({ editions, state, facts, act }, rulebook)
  const { deemed, settled } = ownDue(editions, state, act)
  const kase: Case = { editions, state: deemed.length === 0 ? state : deemed.reduce(evolve, state), facts, act }
  const held = heldBack(kase, rulebook)
  if (held !== null) return refuse(act, held)
  const grant =
    act.kind === 'propose'
      ? judgePropose(kase, rulebook)
      : act.kind === 'exercise'
        ? judgeExercise(kase, rulebook)
        : judgeRunning(kase, rulebook, settled)
  if ('routes' in grant) return refuse(act, ...grant.routes)
  if (act.kind === 'tick' && deemed.length === 0) return refuseWith(act, [reason('already-done', grant.clause)], null)
  return { kind: 'permitted', deemed, events: eventsOf(kase, grant) }
}

/** What has fallen due in the act's own decision. Another decision's clock is that decision's business, so acts on two never wait for each other. */
function ownDue(
  editions: Editions,
  state: State,
  act: Act,
): { readonly deemed: readonly Event[]; readonly settled: Settled | null } {
  const own = decisionOf(state, act.decision)
  if (own === null) return { deemed: [], settled: null }
  const { events, settled } = settle(editions, state, own, act.recordedAt)
  return { deemed: events, settled }
}

const firstClause = (rulebook: Rulebook): Citation => cite(rulebook, rulebook.document.clauses[0]?.id ?? '0')

/** The record only grows: an act is not written down before the last one, nor before it happened, nor outside the calendar. */
function timeReasons(rulebook: Rulebook, state: State, act: Act): Reason | null {
  const clause = firstClause(rulebook)
  const last = 32_503_680_000_000 // 3000-01-01: dates beyond have no clock to be judged by
  if (act.occurredAt < 0 || act.recordedAt >= last) return reason('too-late', clause, none, moment(act.recordedAt))
  if (state.recordedAt !== null && act.recordedAt < state.recordedAt)
    return reason('too-late', clause, moment(state.recordedAt), moment(act.recordedAt))
  return act.occurredAt > act.recordedAt ? reason('too-early', clause, moment(act.recordedAt), moment(act.occurredAt)) : null
}

function refuseWith(
  act: Act,
  reasons: readonly [Reason, ...Reason[]],
  procedure: string | null,
  earliest: Instant | null = null,
): Refusal {
  return refuse(act, { clause: reasons[0].clause, procedure, reasons, earliest, assumes: [] })
}

/** What may be done when a decision has ended: write down that it has, and appeal. */
const afterTheEnd: ReadonlySet<Act['kind']> = new Set(['tick', 'appeal'])

function judgeRunning(kase: Case, inForce: Rulebook, settled: Settled | null): Grant {
  const { act } = kase
  if (settled === null) {
    const clause = firstClause(inForce)
    return { routes: [{ clause, procedure: null, reasons: [reason('no-such-decision', clause)], earliest: null, assumes: [] }] }
  }
  const { decision, rulebook, found, path } = settled
  const clause = cite(rulebook, found.clause)
  const judged = judgeStageAct({
    ...kase,
    rulebook,
    procedure: found,
    decision,
    path,
    clause,
    reckoning: reckoningOf(rulebook),
  })
  const over =
    decision.ended !== null && !afterTheEnd.has(act.kind) && judged.reasons.length === 0
      ? [reason('wrong-stage', clause, none, named('stage', decision.ended.outcome))]
      : []
  const reasons = [...judged.reasons, ...over]
  const early =
    reasons.length === 1 && reasons[0]?.code === 'too-early' && reasons[0].required.unit === 'instant'
      ? reasons[0].required.at
      : null
  const route = routeOf(clause, decision.procedure, reasons, early)
  return route === null ? { rulebook, clause, stage: judged.stage, events: judged.events } : { routes: [route] }
}

/** The events of a permitted act, and what follows from them at once, such as the end of a decision that fell. */
function eventsOf(kase: Case, grant: Exclude<Grant, { readonly routes: unknown }>): Event[] {
  const { act, editions } = kase
  const before = decisionOf(kase.state, act.decision)?.events ?? 0
  const said = [...grant.events.map((event) => ({ stage: grant.stage, event })), ...(grant.ahead ?? [])]
  const events = said.map(({ stage, event }, i) => eventOf(act, grant, before + i + 1, stage, event))
  // Everything due by now has fallen before the act, and a ballot or a signature alone moves no stage.
  if (events.every((event) => movesNothing.has(event.kind))) return events
  const follows = ownDue(editions, events.reduce(evolve, kase.state), act).deemed
  return [...events, ...follows.map((event): Event => ({ ...event, deemed: false }))]
}

const movesNothing: ReadonlySet<Event['kind']> = new Set([
  'signed',
  'withdrawn',
  'cast',
  'countersigned',
  'stood',
  'seconded',
  'provisional',
])

function eventOf(
  act: Act,
  grant: Exclude<Grant, { readonly routes: unknown }>,
  number: number,
  stage: string,
  body: EventBody,
): Event {
  return {
    id: `${act.decision}/${number}`,
    decision: act.decision,
    edition: grant.rulebook.edition,
    clause: grant.clause,
    stage,
    by: act.by,
    deemed: false,
    occurredAt: act.occurredAt,
    recordedAt: act.recordedAt,
    ...body,
  }
}
