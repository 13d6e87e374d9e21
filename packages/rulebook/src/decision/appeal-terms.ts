import type { Instant } from '@quorate/kernel'
import { after, type Reckoning } from '../calendar.ts'
import { provision, type Provision, type Rulebook, type RuleOf } from '../language/model.ts'
import { moment, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { Stage } from '../schema/stages.ts'
import type { Citation } from '../terms.ts'

// One rule of appeal, whether what is appealed is an answer inside a decision or a measure outside any: how long, who hears it, what it holds back.
type AppealRule = RuleOf<'appeal'>

/** The clause by which what a stage answers can be appealed; null for a stage whose answer is final, or that gives none. */
export const appealOf = (rulebook: Rulebook, stage: Stage): Provision<'appeal'> | null =>
  'appeal' in stage && stage.appeal !== null ? provision(rulebook, 'appeal', stage.appeal) : null

/** Until when one may appeal against what was decided at an instant; at that instant it is too late. */
export const appealableUntil = (rule: AppealRule, decidedAt: Instant, reckoning: Reckoning): Instant =>
  after(decidedAt, rule.within, reckoning)

/** When an appeal made at an instant is answered by time, as `timeout` says. */
export const answeredBy = (rule: AppealRule, appealedAt: Instant, reckoning: Reckoning): Instant =>
  after(appealedAt, rule.decideWithin, reckoning)

/** Whether those who hear it are others than those who decided: where the rule says so, and always where a body sits anew. */
export const isHeardByOthers = (rule: AppealRule): boolean => rule.disjoint || rule.to.kind === '<body> sitting anew'

/** Whether an appeal holds back what it is against until it is answered; one whose rule does not say so holds back nothing. */
export const holdsBack = (rule: AppealRule): boolean => rule.stay?.effect === true

/** Why an appeal comes too late. */
export function lateAppeal(
  rule: AppealRule,
  clause: Citation,
  decidedAt: Instant,
  now: Instant,
  reckoning: Reckoning,
): readonly Reason[] {
  const until = appealableUntil(rule, decidedAt, reckoning)
  return now >= until ? [reason('too-late', clause, moment(until), moment(now))] : []
}
