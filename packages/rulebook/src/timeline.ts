import type { Instant } from '@quorate/kernel'
import type { Citation, DecisionId } from './act.ts'
import { settle } from './decision/due.ts'
import type { Actors } from './language/expression.ts'
import { cite } from './language/model.ts'
import type { Stage, StageKind } from './schema/stages.ts'
import { decisionOf, type Editions, type State } from './state.ts'
import type { StageRun, Walk } from './decision/path.ts'
import { walk } from './decision/walk.ts'

/** From when to when: `endsAt` null when it cannot be said. */
export type Span = { readonly startsAt: Instant; readonly endsAt: Instant | null }

/** A stage of a decision as its page shows it. */
export type StageView = {
  readonly id: string
  readonly kind: StageKind
  /** `skipped`: the decision's path does not touch it. */
  readonly state: 'done' | 'now' | 'next' | 'skipped'
  readonly outcome: string | null
  /** If everyone acts at once, and if everyone waits until the last moment. For a stage that is done both are what happened. */
  readonly earliest: Span | null
  readonly latest: Span | null
  /** Until when those who act in it may: the end of a window, of a term to answer or to set a timetable. Null before it begins, and without one. */
  readonly deadline: Instant | null
  /** Who acts in it; `rule` where it runs itself. */
  readonly actor: Actors
  readonly clause: Citation
}

/** Who acts in a stage. */
function actorOf(stage: Stage): Actors {
  switch (stage.do) {
    case 'propose':
    case 'check':
    case 'certify':
    case 'challenge':
    case 'hustings':
      return stage.by
    case 'support':
      return [{ kind: 'electorate', id: stage.signers.electorate, thisGroup: false }]
    case 'consider':
    case 'meeting':
      return [{ kind: 'named', id: stage.body }]
    case 'ballot':
      return stage.timetable.by
    case 'nominate':
      return stage.signers === null
        ? [{ kind: 'rule' }]
        : [{ kind: 'electorate', id: stage.signers.electorate, thisGroup: false }]
    case 'notify':
    case 'debate':
    case 'freeze':
    case 'delay':
    case 'enact':
      return [{ kind: 'rule' }]
  }
}

/** The stages of a decision at `now`, in the order of its procedure, after everything that has fallen due. Empty for an unknown decision. */
export function timeline(editions: Editions, state: State, id: DecisionId, now: Instant): readonly StageView[] {
  const before = decisionOf(state, id)
  const settled = before === null ? null : settle(editions, state, before, now).settled
  if (settled === null) return []
  const { decision, rulebook, found, path: actual } = settled
  const { stages } = found.rule
  const soonest = walk(rulebook, stages, decision, now, 'earliest')
  const slowest = walk(rulebook, stages, decision, now, 'latest')
  const clause = cite(rulebook, found.clause)
  return stages.map((stage) => {
    const here = runIn(actual, stage)
    const done = here !== null && !actual.open.includes(here)
    const over = decision.ended !== null
    const first = runIn(done || over ? actual : soonest, stage)
    const last = runIn(done || over ? actual : slowest, stage)
    return {
      id: stage.id,
      kind: stage.do,
      state: done ? 'done' : over || first === null ? 'skipped' : here !== null ? 'now' : 'next',
      outcome: done ? (here.outcome ?? null) : null,
      earliest: first === null ? null : spanOf(first),
      latest: last === null ? null : spanOf(last),
      deadline: here?.deadline ?? null,
      actor: actorOf(stage),
      clause,
    }
  })
}

const runIn = (path: Walk, stage: Stage): StageRun | null => path.runs.findLast((run) => run.stage === stage) ?? null

/** A ballot is shown from its opening, not from when its timetable began. */
const spanOf = (run: StageRun): Span => ({ startsAt: run.activeAt, endsAt: run.endsAt })
