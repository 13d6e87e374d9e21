import { instant, type Instant } from '@quorate/kernel'
import { outerAnchors } from '../anchors.ts'
import { momentOf } from '../calendar.ts'
import type { Moment } from '../language/expression.ts'
import { provision, type Provision } from '../language/model.ts'
import type { World } from './world.ts'

/** Dates from outside a decision by the word the rules have for them. */
export type Dates = ReadonlyMap<string, Instant>

/** Before anything is proposed. */
export const noDates: Dates = new Map()

/**
 * Dates that a procedure counts from and does not set itself, such as that of a general meeting, for a proposal made at an instant: as early as leaves a
 * millisecond for nominations. When the meeting is nobody knows; an attempt waits for the one that suits it.
 */
export function datesFrom(world: World, procedure: Provision<'procedure'>, proposedAt: Instant): Dates {
  const { stages } = procedure.rule
  const anchors = outerAnchors(stages, (id) => provision(world.rulebook, 'appeal', id) !== null)
  return new Map(anchors.map((anchor) => [anchor, dateFor(world, stages, anchor, proposedAt)]))
}

function dateFor(world: World, stages: Provision<'procedure'>['rule']['stages'], anchor: string, from: Instant): Instant {
  const closing = stages.flatMap((s) =>
    s.do === 'nominate' && s.closes !== null && s.closes.kind !== 'date' && s.closes.anchor === anchor ? [s.closes] : [],
  )
  let date = from
  // Days are of the calendar, so one correction is enough but for a change of the clocks.
  for (let tries = 0; tries < 4; tries++) {
    const late = closing.map((moment) => from - (at(world, moment, new Map([[anchor, date]])) ?? from))
    const missing = Math.max(-1, ...late)
    if (missing < 0) break
    date = instant(date + missing + 1)
  }
  return date
}

/** A moment by dates from outside and the ends of stages; null while it cannot be told. */
export const at = (world: World, moment: Moment, dates: Dates, ends: ReadonlyMap<string, Instant> = noDates): Instant | null =>
  momentOf(moment, (anchor) => dates.get(anchor) ?? ends.get(anchor) ?? null, world.reckoning)
