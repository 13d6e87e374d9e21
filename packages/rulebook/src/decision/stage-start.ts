import type { Instant } from '@quorate/kernel'
import { momentIn } from '../anchors.ts'
import { appealableUntil } from './appeal-terms.ts'
import { latest } from '../calendar.ts'
import { provision } from '../language/model.ts'
import type { StageRun, Walking } from './path.ts'
import type { Stage } from '../schema/stages.ts'
import { marksOf } from '../state.ts'

/** When a stage begins that is reached at an instant: what it must wait for `after` its turn comes. */
export function startOf(w: Walking, stage: Stage, at: Instant): Instant {
  let start = at
  const wait = (id: string): void => {
    const end = w.ended.get(id)?.endsAt ?? null
    if (end !== null && end > start) start = end
  }
  if (stage.after !== null) wait(stage.after)
  if (stage.do === 'ballot') for (const opening of stage.opens ?? []) wait(opening.stage)
  if (stage.when?.kind === '<moment>') start = latest(start, momentIn(w, stage.when.moment) ?? start)
  if (stage.do !== 'enact') return start
  if (stage.at.kind === '<moment>') return latest(start, momentIn(w, stage.at.moment) ?? start)
  wait(stage.at.stage)
  const { instants } = w.decision
  const stated = instants !== undefined && Object.hasOwn(instants, stage.at.stage) ? instants[stage.at.stage] : undefined
  if (stated !== undefined) start = latest(start, stated)
  return latest(start, ...appealsEnd(w, stage.at.stage))
}

/** What takes effect at the end of an appeal waits until nobody can appeal any more; each outcome that can be appealed has its own window. */
function appealsEnd(w: Walking, appeal: string): readonly Instant[] {
  if (w.plan.byId.has(appeal)) return []
  const rule = provision(w.rulebook, 'appeal', appeal)?.rule
  if (rule === undefined) return []
  return [...w.ended.values()].flatMap((run) => {
    if (!mayBeAppealed(run, appeal) || run.endsAt === null) return []
    const decided = marksOf(w.decision, run.key).outcome?.at ?? run.endsAt
    const answered = marksOf(w.decision, run.key).appeal?.answer?.at ?? decided
    return [latest(appealableUntil(rule, decided, w.reckoning), answered)]
  })
}

const mayBeAppealed = ({ stage }: StageRun, appeal: string): boolean =>
  (stage.do === 'check' || stage.do === 'consider') && stage.appeal === appeal
