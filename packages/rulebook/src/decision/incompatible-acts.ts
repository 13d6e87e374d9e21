import { actorReasons } from '../actors.ts'
import type { EventBody } from '../event.ts'
import { fieldsFact, named, none, reason, type FactFields } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { StageOf } from '../schema/stages.ts'
import { byRule, latestMarks, type ActOf, type Found, type StageCase, refused, refusedOutright } from './stage-case.ts'
import type { Box } from '../state.ts'

type Rule = NonNullable<StageOf<'ballot'>['incompatible']>

/** The rule about motions that cannot both stand, of the first ballot that has one. */
function ruleOf(kase: StageCase): { readonly rule: Rule; readonly stage: string } | null {
  for (const stage of kase.procedure.rule.stages)
    if (stage.do === 'ballot' && stage.incompatible !== null) return { rule: stage.incompatible, stage: stage.id }
  return null
}

const notRuled = (kase: StageCase): Found & { readonly stage: string } => refusedOutright(reason('no-power', kase.clause))

/** Whoever the rule names says that this decision and another cannot both stand. Neither then takes effect before that is settled. */
export function ruleIncompatible(kase: StageCase, act: ActOf<'rule-incompatible'>): Found & { readonly stage: string } {
  const found = ruleOf(kase)
  if (found === null) return notRuled(kase)
  const { clause, decision } = kase
  const reasons: Reason[] = [...actorReasons(kase, kase.rulebook, clause, found.rule.ruledBy)]
  if (act.with === decision.id) reasons.push(reason('no-such-decision', clause))
  if ((decision.incompatible ?? []).some((other) => other.with === act.with)) reasons.push(reason('already-done', clause))
  return { reasons, events: [{ kind: 'ruled-incompatible', with: act.with }], stage: found.stage }
}

/** Both have been decided: settles which of them stands, by the rule's own way. A run-off is a vote of its own, and its figures are a fact. */
export function settleIncompatible(kase: StageCase, act: ActOf<'settle'>): Found & { readonly stage: string } {
  const found = ruleOf(kase)
  if (found === null) return notRuled(kase)
  const { clause, decision, path } = kase
  const { stage, rule } = found
  const reasons: Reason[] = [...byRule(kase)]
  const ruled = (decision.incompatible ?? []).find((other) => other.with === act.with)
  if (ruled === undefined) reasons.push(reason('no-such-decision', clause))
  else if (ruled.outcome !== null) reasons.push(reason('already-done', clause))
  const own = latestMarks(decision, path, stage).box.result
  const other = fieldsFact(kase, 'outcome', `decision ${act.with}`)
  if (own === null) return { ...refused(...reasons, reason('wrong-stage', clause, named('stage', stage))), stage }
  const stands = standsBeside(kase, rule, own, other, act.with)
  if (stands === null) return { ...refused(...reasons, reason('missing-fact', clause, none)), stage }
  const settled: EventBody = { kind: 'settled', with: act.with, outcome: stands ? 'stands' : 'falls' }
  return { reasons, events: [settled], stage }
}

/** Whether this decision stands; null where a figure it needs has not been stated. Where the way of the rule leaves them equal, the later falls. */
function standsBeside(
  kase: StageCase,
  rule: Rule,
  own: NonNullable<Box['result']>,
  other: FactFields | null,
  number: number,
): boolean | null {
  const carried = other?.count('carried') ?? null
  if (other === null || carried === null) return null
  if (carried === 0) return true
  const at = other.count('at')
  const earlier = at === null ? null : own.at === at ? kase.decision.id < number : own.at < at
  if (rule.settle === 'later falls') return earlier
  if (rule.settle === 'greater margin') {
    const [inFavour, against] = [other.count('for'), other.count('against')]
    if (inFavour === null || against === null) return null
    const difference = own.tally.for - own.tally.against - (inFavour - against)
    return difference === 0 ? earlier : difference > 0
  }
  const runOff = fieldsFact(kase, 'run-off', `decision ${number}`)
  const [mine, theirs] = [runOff?.count('for') ?? null, runOff?.count('against') ?? null]
  if (mine === null || theirs === null) return null
  return mine === theirs ? earlier : mine > theirs
}
