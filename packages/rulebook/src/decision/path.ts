import type { Instant } from '@quorate/kernel'
import type { Reckoning } from '../calendar.ts'
import type { Rulebook } from '../language/model.ts'
import type { Plan } from './plan.ts'
import type { Stage } from '../schema/stages.ts'
import type { DecisionState } from '../state.ts'

/**
 * How a walk treats what has not happened: `actual` stops there; `earliest` lets everyone act at once and in favour; `latest` lets everyone
 * wait until the last moment.
 */
export type Hope = 'actual' | 'earliest' | 'latest'

/** A stage on the path of a decision. `endsAt` null: it waits for somebody. */
export type StageRun = {
  readonly stage: Stage
  /** Under which its marks and events stand: the id of the stage, and from its second round on `ballot--2`. */
  readonly key: string
  readonly startsAt: Instant
  /** When its people can act: for a ballot its opening, else `startsAt`. */
  readonly activeAt: Instant
  /** The last instant at which its people may act; null where it has none. */
  readonly deadline: Instant | null
  readonly endsAt: Instant | null
  readonly outcome: string | null
}

/** The path a decision has taken: all stages begun, those still open, and where it ends if it does. */
export type Walk = {
  readonly runs: readonly StageRun[]
  readonly open: readonly StageRun[]
  /** The walk itself, by which acts look up the instants they are judged by. */
  readonly walking: Walking
  readonly terminal: {
    readonly to: 'fallen' | 'end'
    readonly from: StageRun
    readonly outcome: string
    readonly at: Instant
  } | null
}

/** A walk under way. */
export type Walking = {
  readonly reckoning: Reckoning
  readonly rulebook: Rulebook
  readonly plan: Plan
  readonly decision: DecisionState
  readonly now: Instant
  readonly hope: Hope
  /** How often each stage has been begun. */
  readonly rounds: Map<string, number>
  /** The last run of each stage that has ended. */
  readonly ended: Map<string, StageRun>
}

// No id has two hyphens in a row, so no stage of a rulebook can be taken for a round of another.
const roundMark = '--'

/** Under which key the nth round of a stage stands. */
export const keyOf = (stage: string, round: number): string => (round === 1 ? stage : `${stage}${roundMark}${round}`)

/** The last run of a stage on a path, or null. */
export const lastRun = (path: Walk, stage: string): StageRun | null => path.runs.findLast((run) => run.stage.id === stage) ?? null
