import { actorReasons } from './actors.ts'
import { bodyReasons } from './body-vote.ts'
import { moment, reason } from './reasons.ts'
import type { Reason } from './refusal.ts'
import { groundText } from './schema/stages.ts'
import { together, wrongBody, type ActOf, type Found, type Running, type StageCase } from './stage-case.ts'

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

/** A body's answer to a proposal put to it. */
export function consider(kase: StageCase, act: ActOf<'consider'>, { stage, marks }: Running<'consider'>): Found {
  return {
    reasons: [
      ...wrongBody(kase, stage.body),
      ...answeredBefore(kase, marks),
      ...bodyReasons(kase, kase.rulebook, stage.body, null, kase.clause, act.outcome === 'agreed'),
    ],
    events: [{ kind: 'considered', outcome: act.outcome }],
  }
}
