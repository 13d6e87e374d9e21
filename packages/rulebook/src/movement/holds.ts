import type { Instant } from '@quorate/kernel'
import type { ActBody } from '../act.ts'
import { after, reckoningOf } from '../calendar.ts'
import { forbidden } from '../limits.ts'
import { cite, onlyProvision, type Rulebook } from '../language/model.ts'
import { factOf, moment, none, reason, routeOf, type Case } from '../reasons.ts'
import type { Reason, Route } from '../refusal.ts'
import { decisionOf } from '../state.ts'
import type { Citation, PowerName } from '../terms.ts'
import type { Movement } from './movement.ts'
import { ordersOn, type Target } from './order.ts'

// Taking back, objecting and what time has done go on under any stay: it protects people and takes nothing from them.
const goOn: readonly ActBody['kind'][] = ['withdraw', 'challenge', 'answer-challenge', 'tick', 'cast']
/** The powers that are lawful after dissolution: those the clause on dissolution lists, as long as it says. */
function lastPowers(rulebook: Rulebook, endedAt: Instant, now: Instant): readonly PowerName[] {
  const rule = onlyProvision(rulebook, 'dissolution')?.rule
  return rule !== undefined && now < after(endedAt, rule.within, reckoningOf(rulebook)) ? rule.may : []
}

/**
 * What stands outside a decision and holds it back: an order that stays it or forbids its power, a rule above this rulebook, the end of the
 * movement. Null: nothing does.
 */
export function heldBack(kase: Case, rulebook: Rulebook): Route | null {
  const { movement } = kase.state
  const reasons = [
    ...(movement === undefined ? [] : movementReasons(kase, rulebook, movement)),
    ...aboveReasons(kase, rulebook),
    ...neverReasons(kase, rulebook),
  ]
  const [first] = reasons
  if (first === undefined) return null
  const only = reasons.length === 1 && first.required.unit === 'instant' && first.code === 'stayed' ? first.required.at : null
  return routeOf(first.clause, decisionOf(kase.state, kase.act.decision)?.procedure ?? null, reasons, only)
}

/** What no act may ever do stops every step but those that protect people. */
const neverReasons = (kase: Case, rulebook: Rulebook): readonly Reason[] =>
  goOn.includes(kase.act.kind) ? [] : forbidden(kase, rulebook)

function movementReasons(kase: Case, rulebook: Rulebook, movement: Movement): readonly Reason[] {
  const { act } = kase
  const reasons: Reason[] = []
  const starts = act.kind === 'propose' || act.kind === 'exercise'
  const power = starts ? act.power : (decisionOf(kase.state, act.decision)?.power ?? null)
  const { dissolved } = movement.life
  if (
    dissolved !== null &&
    power !== null &&
    (starts || act.kind === 'sign' || act.kind === 'enact') &&
    !lastPowers(rulebook, dissolved.at, act.recordedAt).includes(power)
  )
    reasons.push(reason('too-late', dissolved.clause, moment(dissolved.at), moment(act.recordedAt)))
  if (goOn.includes(act.kind)) return reasons
  const target: Target = { kind: 'decision', decision: act.decision }
  reasons.push(...ordersReasons(movement, target, 'stay', kase))
  if (power !== null && (starts || act.kind === 'enact'))
    reasons.push(...ordersReasons(movement, { kind: 'power', power }, 'forbid', kase))
  return reasons
}

const ordersReasons = (movement: Movement, target: Target, does: 'stay' | 'forbid', { act }: Case): readonly Reason[] =>
  ordersOn(movement.orders, target, does, act.recordedAt).map((o) =>
    reason('stayed', o.clause, o.until === null ? none : moment(o.until)),
  )

/** A rulebook above this one prevails: what contradicts it cannot take effect. Fact `conflict-above` (decision), from those above. */
function aboveReasons(kase: Case, rulebook: Rulebook): readonly Reason[] {
  const { act } = kase
  const found = act.kind === 'enact' ? onlyProvision(rulebook, 'superior') : null
  if (found === null || !found.rule.prevails || factOf(kase, 'conflict-above', String(act.decision))?.value !== true) return []
  const clause: Citation = cite(rulebook, found.clause)
  const panel = found.rule.onConflict?.kind === 'panel decides'
  return panel && factOf(kase, 'no-conflict-ruled', String(act.decision))?.value === true ? [] : [reason('stayed', clause)]
}
