import type { Instant } from '@quorate/kernel'
import { emptyState, type Citation, type DecisionState, type EditionNumber, type Pseudonym } from '../src/index.ts'
import type { Head } from '../src/movement/head.ts'
import { emptyMovement, evolveMovement, type Movement, type MovementEvent } from '../src/movement/movement.ts'
import { at } from './lantern.ts'
import { movementStory, type MovementStory } from './movement.ts'

// Movements made of events alone, whatever any rule says of them: what an earlier edition, or an act not asked about here, has left behind.

/** What is said of an event besides what happened, where it is not as usual: by the rule, on 1 March 2026, under clause 3.1. */
type Said = {
  readonly clause?: Citation
  readonly when?: Instant
  readonly by?: Pseudonym | 'rule'
  readonly edition?: number
}
const headOf = (n: number, { clause = '3.1@1', when = at('2026-03-01 12:00'), by = 'rule', edition = 1 }: Said): Head => ({
  id: `0/${n}`,
  clause,
  edition: edition as EditionNumber,
  by,
  at: when,
})

type Told = MovementEvent | readonly [MovementEvent, Said]
const isPair = (told: Told): told is readonly [MovementEvent, Said] => Array.isArray(told)

/** A movement as a record tells it: after these events, each as usual or with what is said of it. */
export const movementWith = (...events: readonly Told[]): Movement =>
  events.reduce<Movement>((movement, told, i) => {
    const [event, said] = isPair(told) ? told : [told, {}]
    return evolveMovement(movement, event, headOf(i + 1, said))
  }, emptyMovement)

/** A story that goes on from these events. */
export const storyAfter = (text: string, ...events: readonly Told[]): MovementStory =>
  movementStory(text, { ...emptyState, movement: movementWith(...events) })

/** A decision of which only this is known: number 7, under the power to spend, by no procedure, running. */
export const decisionWith = (known: object = {}): DecisionState =>
  ({
    id: 7,
    power: 'spend',
    procedure: '',
    by: 'rule',
    changes: [],
    proposedAt: at('2026-02-01 12:00'),
    ended: null,
    stages: {},
    events: 3,
    proposedUnder: 1,
    noticedUnder: null,
    ...known,
  }) as unknown as DecisionState // only what is asked about is there

/** The same story with decisions beside it. */
export function withDecisions(story: MovementStory, ...decisions: readonly DecisionState[]): MovementStory {
  story.put({ ...story.state(), decisions: Object.fromEntries(decisions.map((d) => [d.id, d])) })
  return story
}
