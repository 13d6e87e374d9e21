import { after } from '../calendar.ts'
import type { Duration } from '../language/expression.ts'
import { provisionsOf, type Provision } from '../language/model.ts'
import { moment, named, none, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { powerWays } from './authority.ts'
import { judgement, noRule, type Does, type Judgement, type Judging } from './judging.ts'
import { rowOf } from './table.ts'

/**
 * Lends a power to a body or office until a date: only by one who holds it themselves and holds `delegate-power`, only as long as that grant
 * allows, and never the power to amend the rules, to delegate, or one that is itself lent.
 */
export function judgeDelegate(j: Judging, does: Does<'delegate'>): readonly Judgement[] {
  const ways = powerWays(j, 'delegate-power', null, does.under)
  if (ways.length === 0) return [noRule(j, 'delegate-power')]
  const grants = provisionsOf(j.rulebook, 'power')
  const id = j.act.as.split(' ')[1] ?? ''
  const lent = grants.filter((p) => p.rule.act === does.power && (p.rule.holder ?? []).includes(id))
  const holds = lent.some((p) => p.rule.delegable?.kind !== 'no')
  const bounds = [
    grants.find((p) => p.rule.act === 'delegate-power')?.rule.until ?? null,
    ...lent.map((p) => lengthOf(p.rule.delegable)),
  ]
  const limits = bounds.filter((d) => d !== null).map((d) => after(j.now, d, j.reckoning))
  return ways.map((way) => {
    const reasons: Reason[] = [...way.reasons]
    if (!holds || does.power === 'delegate-power' || does.power === 'amend-rulebook')
      reasons.push(reason('no-power', way.clause, named('power', does.power), none))
    if (does.until <= j.now) reasons.push(reason('too-early', way.clause, moment(j.now), moment(does.until)))
    for (const most of limits)
      if (does.until > most) reasons.push(reason('too-late', way.clause, moment(most), moment(does.until)))
    if (rowOf(j.movement.delegations.byId, does.delegation) !== null) reasons.push(reason('already-done', way.clause))
    if (!/^(body|office) /.test(does.to) || does.to === j.act.as) reasons.push(reason('not-eligible', way.clause))
    const { delegation, power, to, until } = does
    return judgement(way.clause, reasons, { kind: 'delegated', delegation, power, from: j.act.as, to, until }, way.relies)
  })
}

type Delegable = Provision<'power'>['rule']['delegable']
const lengthOf = (delegable: Delegable): Duration | null =>
  delegable !== null && 'length' in delegable ? delegable.length : null

/** Takes a lent power back before its date: by whoever lent it. */
export function judgeEndDelegation(j: Judging, does: Does<'end-delegation'>): readonly Judgement[] {
  const lent = rowOf(j.movement.delegations.byId, does.delegation)
  const ways = powerWays(j, 'delegate-power', null, does.under)
  if (lent === null || ways.length === 0) return [noRule(j, 'delegate-power')]
  return ways.map((way) => {
    const reasons: Reason[] = [...way.reasons]
    if (lent.from !== j.act.as) reasons.push(reason('not-eligible', way.clause))
    if (lent.endedAt !== null) reasons.push(reason('already-done', way.clause))
    return judgement(way.clause, reasons, { kind: 'delegation-ended', delegation: lent.id, why: 'taken back' }, [lent.event])
  })
}
