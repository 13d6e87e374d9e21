import type { Instant } from '@quorate/kernel'
import type { Citation, DecisionId } from '../act.ts'
import { settle } from './due.ts'
import { cite } from '../language/model.ts'
import { marksOf, type DecisionState, type Editions, type State } from '../state.ts'
import { rollInstant } from './notice-acts.ts'
import type { StageRun, Walk } from './path.ts'

/** Something that waits for the rule itself: the server does it (sends, draws, opens, counts) and hands in the act by `rule` with its fact. */
export type Waiting = {
  readonly decision: DecisionId
  readonly kind: 'notify' | 'freeze' | 'open' | 'declare' | 'enact'
  readonly stage: string
  readonly clause: Citation
  /** Since when it could be done. */
  readonly since: Instant
  /** `now − since` in milliseconds. */
  readonly overdueMs: number
  /** For `freeze`: the instant as of which the roll is drawn, which is the `at` its fact must carry. Else null. */
  readonly asOf: Instant | null
  /** For `notify` and `freeze`: whom it concerns. Else null. */
  readonly electorate: string | null
  /** For `notify` of one group: which. Else null. */
  readonly group: string | null
}

/** What waits for the rule itself at `now`, after everything that has fallen due, longest waiting first. */
export function waiting(editions: Editions, state: State, now: Instant): readonly Waiting[] {
  const found: Waiting[] = []
  for (const before of Object.values(state.decisions)) {
    const at = before.ended === null ? settle(editions, state, before, now).settled : null
    if (at === null || at.decision.ended !== null) continue
    const { decision, path } = at
    for (const run of path.open) {
      const item = itemOf(decision, path, run, now)
      if (item !== null && item.since <= now)
        found.push({
          decision: decision.id,
          stage: run.key,
          clause: cite(at.rulebook, at.found.clause),
          overdueMs: now - item.since,
          group: groupOf(decision, run),
          ...item,
        })
    }
  }
  return found.toSorted((a, b) => a.since - b.since || a.decision - b.decision)
}

type Item = Pick<Waiting, 'kind' | 'since' | 'asOf' | 'electorate'>

const groupOf = (decision: DecisionState, { stage }: StageRun): string | null =>
  stage.do === 'notify' && stage.to.kind === 'electorate <electorate> of this group' ? (decision.group ?? null) : null

function itemOf(decision: DecisionState, path: Walk, run: StageRun, now: Instant): Item | null {
  const { stage, startsAt } = run
  const marks = marksOf(decision, run.key)
  switch (stage.do) {
    case 'notify':
      return marks.notice === null ? { kind: 'notify', since: startsAt, asOf: null, electorate: stage.to.electorate } : null
    case 'freeze':
      return { kind: 'freeze', since: startsAt, asOf: rollInstant(decision, path, stage), electorate: stage.electorate }
    case 'ballot': {
      const { opensAt, openedAt, closedAt } = marks.box
      if (closedAt !== null) return { kind: 'declare', since: closedAt, asOf: null, electorate: null }
      return openedAt === null && opensAt !== null && opensAt <= now
        ? { kind: 'open', since: opensAt, asOf: null, electorate: null }
        : null
    }
    case 'enact':
      return { kind: 'enact', since: startsAt, asOf: null, electorate: null }
    default:
      return null
  }
}
