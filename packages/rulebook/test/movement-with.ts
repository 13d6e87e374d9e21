import { emptyState, type Citation, type EditionNumber } from '../src/index.ts'
import type { Head } from '../src/movement/head.ts'
import { emptyMovement, evolveMovement, type Movement, type MovementEvent } from '../src/movement/movement.ts'
import { at } from './lantern.ts'
import { movementStory, type MovementStory } from './movement.ts'

/** The head of the nth event of a movement, at an instant, under clause 3.1 of the first edition. */
export const headOf = (n: number, when = at('2026-03-01 12:00')): Head => ({
  id: `0/${n}`,
  clause: '3.1@1' as Citation,
  edition: 1 as EditionNumber,
  by: 'rule',
  at: when,
})

/** A movement as a record tells it: after these events, whatever any rule says of them. */
export const movementWith = (...events: readonly MovementEvent[]): Movement =>
  events.reduce((movement, event, i) => evolveMovement(movement, event, headOf(i + 1)), emptyMovement)

/** A story that goes on from these events. */
export const storyAfter = (text: string, ...events: readonly MovementEvent[]): MovementStory =>
  movementStory(text, { ...emptyState, movement: movementWith(...events) })
