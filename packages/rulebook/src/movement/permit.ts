import type { Instant } from '@quorate/kernel'
import type { Fact } from '../act.ts'
import type { Event } from '../event.ts'
import type { Rulebook } from '../language/model.ts'
import { refuse } from '../reasons.ts'
import type { Refusal } from '../refusal.ts'
import { evolve } from '../evolve.ts'
import { decisionOf, type Editions, type State } from '../state.ts'
import { movementDecision } from '../terms.ts'
import { assertCleared, nextFall, type MovementFall } from './falls.ts'
import { judgeMovement } from './judge.ts'
import type { Effect, Judgement, Judging } from './judging.ts'

/** An act outside any one decision, as `decide` hands it on. */
type MovementCase = {
  readonly editions: Editions
  readonly state: State
  readonly facts: readonly Fact[]
  readonly act: Judging['act']
}

/** The event of something that fell for the movement by time alone. */
const fallenEvent = (state: State, fall: MovementFall, now: Instant): Event => ({
  id: `${movementDecision}/${(state.movement?.events ?? 0) + 1}`,
  decision: movementDecision,
  edition: fall.edition,
  clause: fall.clause,
  stage: '',
  by: 'rule',
  deemed: true,
  occurredAt: fall.at,
  recordedAt: now,
  kind: 'movement',
  did: fall.did,
  relies: [],
})

/** Everything that has fallen due outside any one decision up to `now`: terms, orders, measures that lapse. */
export function fallenOutside(state: State, now: Instant): { readonly state: State; readonly events: readonly Event[] } {
  const events: Event[] = []
  let current = state
  for (;;) {
    const fall = current.movement === undefined ? null : nextFall(current.movement, now)
    if (fall === null) return { state: current, events }
    const event = fallenEvent(current, fall, now)
    events.push(event)
    current = evolve(current, event)
    if (current.movement !== undefined) assertCleared(current.movement, fall)
  }
}

/** Judges an act outside any one decision: first what has fallen due for the movement binds, then the act. */
export function permitMovement(
  kase: MovementCase,
  rulebook: Rulebook,
): { readonly kind: 'permitted'; readonly deemed: readonly Event[]; readonly events: readonly Event[] } | Refusal {
  const before = fallenOutside(kase.state, kase.act.recordedAt)
  const judged = judgeMovement({ ...kase, state: before.state }, rulebook)
  if ('routes' in judged) return refuse(kase.act, ...judged.routes)
  const done = eventsOf(kase, before.state, judged, rulebook)
  // What was written down late may have run out since: it falls at once, after the act.
  const since = fallenOutside(done.state, kase.act.recordedAt)
  return {
    kind: 'permitted',
    deemed: before.events,
    events: [...done.events, ...since.events.map((e) => ({ ...e, deemed: false }))],
  }
}

function eventsOf(
  kase: MovementCase,
  state: State,
  judged: Judgement,
  rulebook: Rulebook,
): { readonly state: State; readonly events: readonly Event[] } {
  const events: Event[] = []
  let current = state
  for (const effect of judged.effects) {
    const event = eventOf(kase, current, judged, effect, rulebook)
    events.push(event)
    current = evolve(current, event)
  }
  return { state: current, events }
}

function eventOf({ act }: MovementCase, state: State, judged: Judgement, effect: Effect, rulebook: Rulebook): Event {
  const decision = effect.on === 'movement' ? movementDecision : effect.on
  const number = (effect.on === 'movement' ? (state.movement?.events ?? 0) : (decisionOf(state, effect.on)?.events ?? 0)) + 1
  const head = {
    id: `${decision}/${number}`,
    decision,
    edition: rulebook.edition,
    clause: judged.clause,
    by: act.by,
    deemed: false,
    occurredAt: act.occurredAt,
    recordedAt: act.recordedAt,
  }
  return effect.on === 'movement'
    ? { ...head, stage: '', kind: 'movement', did: effect.did, relies: judged.relies }
    : { ...head, stage: effect.stage, ...effect.body }
}
