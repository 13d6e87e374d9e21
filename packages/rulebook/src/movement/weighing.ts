import type { Instant } from '@quorate/kernel'
import type { DecisionId } from '../terms.ts'
import { isStayed } from './appeal.ts'
import type { Movement } from './movement.ts'
import { sanctionsOn, type Sanction } from './sanction.ts'

/**
 * The sanctions that weigh on a person at an instant, for one decision or in general (null): not those that spare that decision because its notice
 * had gone out, and not those an appeal with a stay holds back.
 */
export const weighingOn = (movement: Movement, person: string, at: Instant, decision: DecisionId | null): readonly Sanction[] =>
  sanctionsOn(movement.sanctions, person, at, decision).filter(
    (s) => !isStayed(movement.appeals, { kind: 'sanction', sanction: s.id }, at),
  )
