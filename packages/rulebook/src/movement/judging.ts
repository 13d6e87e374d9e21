import type { Instant } from '@quorate/kernel'
import type { Act } from '../act.ts'
import type { Reckoning } from '../calendar.ts'
import type { EventBody } from '../event.ts'
import { cite, type Rulebook } from '../language/model.ts'
import { named, none, reason, routeOf, type Case } from '../reasons.ts'
import type { Reason, Route } from '../refusal.ts'
import type { Citation, DecisionId, Pseudonym } from '../terms.ts'
import type { Movement, MovementAct, MovementEvent } from './movement.ts'

/** An act outside any one decision, with what it is judged by. `now`: when it happened. */
export type Judging = Omit<Case, 'act'> & {
  readonly act: Extract<Act, { readonly kind: 'movement' }>
  readonly rulebook: Rulebook
  readonly reckoning: Reckoning
  readonly movement: Movement
  readonly now: Instant
}

/** What an act does: to the movement, or to a running decision (a court stops it, an outage gives it more time). */
export type Effect =
  | { readonly on: 'movement'; readonly did: MovementEvent }
  | { readonly on: DecisionId; readonly stage: string; readonly body: Exclude<EventBody, { readonly kind: 'movement' }> }

/** One way to do an act: its clause, what stands against it, what it would do, and the events it relies on, by id. */
export type Judgement = {
  readonly clause: Citation
  readonly reasons: readonly Reason[]
  readonly effects: readonly Effect[]
  readonly relies: readonly string[]
  /** When it would be lawful, where that is known. */
  readonly earliest: Instant | null
}

/** A judgement; without reasons it is a yes. */
export const judgement = (
  clause: Citation,
  reasons: readonly Reason[],
  did: MovementEvent | readonly Effect[],
  relies: readonly string[] = [],
  earliest: Instant | null = null,
): Judgement => ({ clause, reasons, effects: 'kind' in did ? [{ on: 'movement', did }] : did, relies, earliest })

/** An effect on the movement. */
export const done = (did: MovementEvent): Effect => ({ on: 'movement', did })

/** A no with one reason or more. */
export const no = (
  clause: Citation,
  ...reasons: readonly [Reason, ...(readonly Reason[])] | readonly [...(readonly Reason[]), Reason]
): Judgement => judgement(clause, reasons, [])

/** What is not granted is refused: no rule of the kind an act needs. */
export function noRule(j: Pick<Judging, 'rulebook' | 'act'>, power: string): Judgement {
  const clause = cite(j.rulebook, j.rulebook.document.clauses[0]?.id ?? '0')
  return no(clause, reason('no-power', clause, named('power', power), none))
}

/** The first way that is open, or every way with its reasons. */
export function settled(
  ways: readonly Judgement[],
  otherwise: Judgement,
): Judgement | { readonly routes: readonly [Route, ...Route[]] } {
  const open = ways.find((way) => way.reasons.length === 0)
  if (open !== undefined) return open
  const [first, ...rest] = (ways.length > 0 ? ways : [otherwise])
    .map((way) => routeOf(way.clause, null, way.reasons, way.earliest))
    .filter((route) => route !== null)
  return first === undefined ? otherwise : { routes: [first, ...rest] }
}

/** What an act of one kind says. */
export type Does<K extends MovementAct['kind']> = Extract<MovementAct, { readonly kind: K }>

/** The person who acts; the rule itself is nobody. */
export const actorOf = (j: Pick<Judging, 'act'>): Pseudonym | null => (j.act.by === 'rule' ? null : j.act.by)
