import type { Instant } from '@quorate/kernel'
import { latest, reckoningOf } from '../calendar.ts'
import type { Rulebook } from '../language/model.ts'
import { keyOf, type Hope, type StageRun, type Walk, type Walking } from './path.ts'
import { besideOf, goodOutcome, planOf, saidTarget, targetOf, type Plan } from './plan.ts'
import type { Stage } from '../schema/stages.ts'
import { noticeReceived, runOf } from './stage-run.ts'
import { startOf } from './stage-start.ts'
import { marksOf, type DecisionState } from '../state.ts'

/**
 * Follows a decision through its procedure as far as `hope` allows at `now`. A stage is begun again only as often as it says (`at-most`), so a
 * walk ends; its cost is linear in the stages begun.
 */
export function walk(rulebook: Rulebook, stages: readonly Stage[], decision: DecisionState, now: Instant, hope: Hope): Walk {
  const plan = planOf(stages)
  const w: Walking = {
    reckoning: reckoningOf(rulebook),
    rulebook,
    plan,
    decision,
    now,
    hope,
    rounds: new Map(),
    ended: new Map(),
  }
  const runs: StageRun[] = []
  let at = decision.proposedAt
  let lead = stages[0]
  let from: StageRun | null = null
  for (;;) {
    if (lead === undefined) return { runs, open: [], walking: w, terminal: null }
    const key = begin(w, lead)
    if (key === null)
      return { runs, open: [], walking: w, terminal: from === null ? null : { to: 'fallen', from, outcome: 'exhausted', at } }
    if (isSkipped(w, lead, key)) {
      const target = targetOf(stages, lead, goodOutcome(lead))
      const next = plan.byId.get(target)
      if (next === undefined && from !== null)
        return { runs, open: [], walking: w, terminal: { to: target === 'end' ? 'end' : 'fallen', from, outcome: 'done', at } }
      lead = next
      continue
    }
    const group = groupOf(w, lead, key, at)
    runs.push(...group)
    const open = group.filter((run) => !hasEnded(run, w))
    if (open.length > 0) return { runs, open, walking: w, terminal: null }
    for (const run of group) {
      w.ended.set(run.stage.id, run)
      if (run.endsAt !== null && run.endsAt > at) at = run.endsAt
    }
    const step = stepOf(plan, group)
    if (step === null) return { runs, open: [], walking: w, terminal: null }
    const next = plan.byId.get(step.target)
    if (next === undefined)
      return {
        runs,
        open: [],
        walking: w,
        terminal: { to: step.target === 'end' ? 'end' : 'fallen', from: step.by, outcome: step.outcome, at },
      }
    from = step.by
    lead = next
  }
}

/** Begins another round of a stage; null when it has been begun as often as it may be. */
function begin(w: Walking, stage: Stage): string | null {
  const round = (w.rounds.get(stage.id) ?? 0) + 1
  // A ballot that must be held again for doubt takes its roll and what follows with it, once more than the rule would have it.
  if (round > roundsOf(stage) + (w.decision.reruns ?? 0)) return null
  w.rounds.set(stage.id, round)
  return keyOf(stage.id, round)
}

/** How often a stage may be begun in one decision. */
const roundsOf = (stage: Stage): number => stage.atMost?.times ?? 1

/** What a proposal does not go through it does not go through in any round. */
const isSkipped = (w: Walking, stage: Stage, key: string): boolean =>
  marksOf(w.decision, key).skipped === true || marksOf(w.decision, stage.id).skipped === true

/** A stage and those that run beside it. */
function groupOf(w: Walking, lead: Stage, key: string, at: Instant): readonly StageRun[] {
  const head = runOf(w, lead, key, startOf(w, lead, at))
  const beside = besideOf(w.plan, lead)
  if (beside.length === 0) return [head]
  const group = [head]
  for (const stage of beside) {
    const own = begin(w, stage)
    if (own !== null && !isSkipped(w, stage, own)) group.push(besideRun(w, stage, own, head))
  }
  return group
}

/** A stage `with: notify` begins when notice is received: before that nobody knows there is something to debate. */
function besideRun(w: Walking, stage: Stage, key: string, head: StageRun): StageRun {
  const served = head.stage.do === 'notify' ? noticeReceived(w, head.stage, head.key, head.startsAt) : head.startsAt
  return served === null
    ? { stage, key, startsAt: head.startsAt, activeAt: head.startsAt, deadline: null, endsAt: null, outcome: null }
    : runOf(w, stage, key, latest(served, startOf(w, stage, served)))
}

/** Where a group that has ended leads: as the outcome of its head says, unless one beside it says where its own outcome leads. */
function stepOf(
  plan: Plan,
  [head, ...beside]: readonly StageRun[],
): { readonly target: string; readonly by: StageRun; readonly outcome: string } | null {
  if (head === undefined) return null
  for (const by of beside) {
    const outcome = by.outcome ?? 'done'
    const target = saidTarget(by.stage, outcome)
    if (target !== null) return { target, by, outcome }
  }
  const outcome = head.outcome ?? 'done'
  return { target: targetOf(plan.stages, head.stage, outcome), by: head, outcome }
}

/** An end that lies ahead is known but not reached: only a hypothetical walk goes past it. */
const hasEnded = (run: StageRun, w: Walking): boolean => run.endsAt !== null && (w.hope !== 'actual' || run.endsAt <= w.now)
