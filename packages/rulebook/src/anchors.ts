import type { Instant } from '@quorate/kernel'
import { momentOf } from './calendar.ts'
import type { Moment } from './language/expression.ts'
import type { Walking } from './decision/path.ts'
import type { Stage } from './schema/stages.ts'
import type { StageMarks } from './state.ts'

/** Words of the grammar for instants of a decision, each read from the marks of the stages that have been begun. */
const words: Readonly<Record<string, (marks: StageMarks) => Instant | null>> = {
  notice: (marks) => marks.notice?.servedAt ?? null,
  freeze: (marks) => marks.roll?.at ?? null,
  open: (marks) => marks.box.openedAt ?? marks.box.opensAt,
  close: (marks) => marks.box.closesAt,
  meeting: (marks) => marks.heldAt ?? null,
}

/** The instant of a moment as far as a decision has come; null while its anchor lies ahead. */
export const momentIn = (w: Walking, at: Moment): Instant | null => momentOf(at, (anchor) => anchorIn(w, anchor), w.reckoning)

function anchorIn({ decision, ended }: Walking, anchor: string): Instant | null {
  if (anchor === 'propose') return decision.proposedAt
  const stated = decision.instants
  if (stated !== undefined && Object.hasOwn(stated, anchor)) return stated[anchor] ?? null
  const run = ended.get(anchor)
  if (run !== undefined) return run.endsAt
  if (!Object.hasOwn(words, anchor)) return null
  for (const marks of Object.values(decision.stages)) {
    const at = words[anchor]?.(marks) ?? null
    if (at !== null) return at
  }
  return null
}

/** The moments a stage is timed by. */
function momentsOf(stage: Stage): readonly Moment[] {
  const found: (Moment | null)[] = [stage.when?.kind === '<moment>' ? stage.when.moment : null]
  if (stage.do === 'propose' || stage.do === 'notify') found.push(stage.due)
  if (stage.do === 'nominate' || stage.do === 'ballot') found.push(stage.closes)
  if (stage.do === 'debate') found.push(stage.amendments?.due ?? null)
  if (stage.do === 'enact') found.push(stage.at.kind === '<moment>' ? stage.at.moment : null)
  return found.filter((moment) => moment !== null)
}

/** Anchors that no stage of the procedure gives, such as the date of a general meeting: they must be stated when a decision begins. */
export function outerAnchors(stages: readonly Stage[], isAppeal: (id: string) => boolean): readonly string[] {
  const ids = new Set(stages.map((stage) => stage.id))
  // A meeting that the decision itself calls gives its own date; any other has one already.
  const held = stages.some((stage) => stage.do === 'meeting' && stage.calledBy !== null)
  const inner = (anchor: string): boolean =>
    anchor === 'propose' || ids.has(anchor) || (Object.hasOwn(words, anchor) && (anchor !== 'meeting' || held))
  const timed = stages.flatMap((stage) => momentsOf(stage)).flatMap((at) => (at.kind === 'date' ? [] : [at.anchor]))
  const ends = stages.flatMap((s) => (s.do === 'enact' && s.at.kind === 'end of <stage>' ? [s.at.stage] : []))
  const anchors = [...timed, ...ends.filter((end) => !isAppeal(end))]
  return [...new Set(anchors)].filter((anchor) => !inner(anchor))
}
