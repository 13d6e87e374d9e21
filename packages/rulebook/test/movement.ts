import type { Instant } from '@quorate/kernel'
import {
  decide,
  emptyState,
  evolve,
  type Act,
  type Capacity,
  type Event,
  type Fact,
  type Pseudonym,
  type Refusal,
  type State,
} from '../src/index.ts'
import { emptyMovement, type Movement, type MovementAct, type MovementEvent } from '../src/movement/movement.ts'
import type { Place } from '../src/movement/seat.ts'
import { movementDecision } from '../src/terms.ts'
import { editionsOf, isRefusal, lanternText, parsed, print } from './lantern.ts'

/** A rulebook with some of its text changed; each change must be found. */
export function changedText(text: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((out, [from, to]) => {
    if (!out.includes(from)) throw new Error(`not in the text: ${from}`)
    return out.replace(from, to)
  }, text)
}

/** A story of what outlives decisions: acts one after another, the state carried along. */
export type MovementStory = {
  readonly state: () => State
  readonly movement: () => Movement
  readonly events: () => readonly Event[]
  readonly put: (state: State) => void
  readonly act: (
    who: Pseudonym | 'rule',
    as: Capacity,
    when: Instant,
    does: MovementAct,
    ...facts: readonly Fact[]
  ) => readonly Event[] | Refusal
  readonly decideOn: (act: Act, ...facts: readonly Fact[]) => readonly Event[] | Refusal
}

/** Begins a story under a text (Lantern's by default). */
export function movementStory(text = lanternText, first: State = emptyState): MovementStory {
  const editions = editionsOf(parsed(text))
  let state = first
  const events: Event[] = []
  const attempt = (act: Act, facts: readonly Fact[]): readonly Event[] | Refusal => {
    const answer = decide(editions, state, facts, act)
    if (answer.kind === 'refusal') return answer
    const all = [...answer.deemed, ...answer.events]
    events.push(...all)
    state = all.reduce(evolve, state)
    return all
  }
  return {
    state: () => state,
    movement: () => state.movement ?? emptyMovement,
    events: () => events,
    put: (next) => {
      state = next
    },
    act: (by, as, when, does, ...facts) =>
      attempt({ decision: movementDecision, by, as, occurredAt: when, recordedAt: when, kind: 'movement', does }, facts),
    decideOn: (act, ...facts) => attempt(act, facts),
  }
}

/** What happened to the movement, kind by kind; fails when it was refused. */
export function happened(answer: readonly Event[] | Refusal): readonly MovementEvent['kind'][] {
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer.routes, null, 1))
  return answer.flatMap((e) => (e.kind === 'movement' ? [e.did.kind] : []))
}

/** A seat of a body. */
export const seatIn = (id: string, seat: string, number: number, group: string | null = null): Place => ({
  of: 'body',
  id,
  group,
  seat,
  number,
})
/** A seat of an office. */
export const post = (id: string, number = 1, group: string | null = null): Place => ({
  of: 'office',
  id,
  group,
  seat: '',
  number,
})

/** A fact with evidence, as counts, draws and registers state them. */
export const proven = (
  name: string,
  of: string | null,
  value: Fact['value'],
  when: Instant,
  source: Fact['source'] = 'tally',
): Fact => ({
  name,
  of,
  value,
  at: when,
  knownAt: when,
  source,
  evidence: print(77),
})
