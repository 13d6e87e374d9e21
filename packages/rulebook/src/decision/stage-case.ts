import type { Instant } from '@quorate/kernel'
import type { Act, ActBody, Citation } from '../act.ts'
import { actorReasons, holdersNeeded, samePerson } from '../actors.ts'
import { statedBases } from './body-vote.ts'
import type { Reckoning } from '../calendar.ts'
import type { EventBody } from '../event.ts'
import type { Bases } from '../measure.ts'
import type { Provision, Rulebook } from '../language/model.ts'
import { lastRun, type Walk } from './path.ts'
import { named, reason, type Case } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { Stage, StageOf } from '../schema/stages.ts'
import { marksOf, type DecisionState, type StageMarks } from '../state.ts'

/** An act on a running decision, with the procedure it runs through and how far it has come. */
export type StageCase = Case & {
  readonly rulebook: Rulebook
  readonly procedure: Provision<'procedure'>
  readonly decision: DecisionState
  readonly path: Walk
  readonly clause: Citation
  readonly reckoning: Reckoning
}

/** An act of one kind. */
export type ActOf<K extends ActBody['kind']> = Extract<Act, { readonly kind: K }>

/** The stage an act is judged in: since when it runs and what has happened in it. */
export type Running<K extends Stage['do']> = {
  readonly stage: StageOf<K>
  readonly startsAt: Instant
  readonly deadline: Instant | null
  readonly marks: StageMarks
}

/** Reasons against an act, and what it would bring about. */
export type Found = { readonly reasons: readonly Reason[]; readonly events: readonly EventBody[] }

/** What is refused brings nothing about. */
export const refused = (...reasons: readonly Reason[]): Found => ({ reasons, events: [] })
/** The same where the act belongs to no stage. */
export const refusedOutright = (...reasons: readonly Reason[]): Found & { readonly stage: string } => ({
  ...refused(...reasons),
  stage: '',
})

/** Why an act that the rulebook does by itself is not one. */
export const byRule = (kase: StageCase): readonly Reason[] => actorReasons(kase, kase.rulebook, kase.clause, [{ kind: 'rule' }])

/** Why an act that belongs to a body is not one of that body. */
export const wrongBody = (kase: StageCase, body: string): readonly Reason[] =>
  kase.act.as === `body ${body}` ? [] : [reason('wrong-electorate', kase.clause, named('body', body))]

/** The marks of the last round of a stage of this decision. */
export const latestMarks = (decision: DecisionState, path: Walk, stage: string): StageMarks =>
  marksOf(decision, lastRun(path, stage)?.key ?? stage)

/** Sizes of bases that facts state, and of the frozen roll where one is. */
export const sizesOf = (kase: StageCase): Bases => statedBases(kase, kase.rulebook)

/** An act of officers of whom several may have to act together, each a different person deciding the same. */
export function together(
  kase: StageCase,
  by: readonly Reason[],
  action: string,
  marks: StageMarks,
  says: string | null,
  done: readonly EventBody[],
): Found {
  const { act, clause } = kase
  const office = act.as.startsWith('office ') ? act.as.slice('office '.length) : null
  const needed = office === null ? 1 : holdersNeeded(kase.rulebook, office, action)
  const agreeing = marks.countersigned.filter((c) => c.says === says)
  if (needed > 1 && agreeing.some((c) => c.by === act.by)) return refused(...by, ...samePerson(clause, needed, agreeing.length))
  return { reasons: by, events: agreeing.length + 1 >= needed ? done : [{ kind: 'countersigned', says }] }
}
