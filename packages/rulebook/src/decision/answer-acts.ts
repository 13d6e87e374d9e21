import { actorReasons } from '../actors.ts'
import { bodyReasons } from './body-vote.ts'
import { changeReasons } from './change-reasons.ts'
import type { EventBody } from '../event.ts'
import { metReasons } from './meeting-acts.ts'
import { saidTarget } from './plan.ts'
import { factOf, moment, named, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { groundText } from '../schema/stages.ts'
import { together, wrongBody, type ActOf, type Found, type Running, type StageCase, refused } from './stage-case.ts'

/** A check on closed grounds. */
export function check(kase: StageCase, act: ActOf<'check'>, { stage, marks }: Running<'check'>): Found {
  const by = [...actorReasons(kase, kase.rulebook, kase.clause, stage.by), ...answeredBefore(kase, marks)]
  const known = act.ground !== null && stage.grounds.some((g) => groundText(g) === act.ground)
  if (act.outcome === 'refused' ? !known : act.ground !== null) by.push(reason('not-a-ground', kase.clause))
  const says = act.outcome === 'passed' ? act.outcome : `refused: ${act.ground ?? ''}`
  return together(kase, by, 'check', marks, says, [{ kind: 'checked', outcome: act.outcome, ground: act.ground }])
}

/** An answer is given once; while it is under appeal its stage is open again, but not to those who gave it. */
const answeredBefore = (kase: StageCase, { outcome }: Running<'check'>['marks']): readonly Reason[] =>
  outcome === null ? [] : [reason('already-done', kase.clause, moment(outcome.at))]

/**
 * A body's answer to a proposal put to it. "Refused" is the motion to agree falling, unless the rule wants a motion to refuse to pass; "amended"
 * is agreement to the text the body last moved in this stage.
 */
export function consider(kase: StageCase, act: ActOf<'consider'>, { stage, marks }: Running<'consider'>): Found {
  const { clause } = kase
  const toRefuse = act.outcome === 'refused' && stage.refusedWhen === 'a motion to refuse passes'
  const reasons: Reason[] = [
    ...wrongBody(kase, stage.body),
    ...answeredBefore(kase, marks),
    ...metReasons(kase, stage),
    ...bodyReasons(kase, kase.rulebook, stage.body, stage.pass, clause, act.outcome !== 'refused' || toRefuse),
  ]
  if (stage.mandate?.binding === true && factOf(kase, 'mandate-kept', stage.body)?.value !== true)
    reasons.push(reason('missing-fact', clause, named('body', stage.body)))
  const considered: EventBody = { kind: 'considered', outcome: act.outcome }
  if (act.outcome !== 'amended') return { reasons, events: [considered] }
  const last = marks.amendments?.at(-1)
  if (last === undefined) return refused(...reasons, reason('missing-fact', clause, named('stage', stage.id)))
  const amended: EventBody = { kind: 'amended', document: last.document, changes: last.changes }
  return { reasons, events: [considered, amended] }
}

/** A body moves the text it would agree to. It is bound by the same rules as the proposal it would change. */
export function counterProposal(kase: StageCase, act: ActOf<'amend'>, { stage, marks }: Running<'consider'>): Found {
  const { rulebook, decision } = kase
  const reasons: Reason[] = [...wrongBody(kase, stage.body), ...answeredBefore(kase, marks)]
  if (!(stage.outcomes?.some((row) => row.key === 'amended') ?? false) && saidTarget(stage, 'amended') === null)
    reasons.push(reason('no-power', kase.clause))
  if (decision.power === 'amend-rulebook') reasons.push(...changeReasons(kase, rulebook, act.changes, kase.procedure))
  const amendment = (marks.amendments?.length ?? 0) + 1
  return { reasons, events: [{ kind: 'amendment-moved', amendment, document: act.document, changes: act.changes }] }
}
