import { cite, onlyProvision } from '../language/model.ts'
import { none, reason } from '../reasons.ts'
import { officerAuthority } from './authority.ts'
import { interestsIn, type InterestEffect } from './interest.ts'
import { actorOf, judgement, no, noRule, type Does, type Judgement, type Judging } from './judging.ts'

const declarable = (kinds: readonly { readonly kind: string }[], interest: string): boolean =>
  // `money above <sum>` is declared as `money`: the sum is the rule's.
  kinds.some((k) => k.kind === interest || (interest === 'money' && k.kind.startsWith('money above')))

/** Declares an interest of one's own in an item. */
export function judgeDeclareInterest(j: Judging, does: Does<'declare-interest'>): Judgement {
  const found = onlyProvision(j.rulebook, 'interest')
  const person = actorOf(j)
  if (found === null) return noRule(j, 'appoint')
  const clause = cite(j.rulebook, found.clause)
  const reasons = declarable(found.rule.declare, does.interest) ? [] : [reason('not-a-ground', clause)]
  if (person === null) return no(clause, ...reasons, reason('not-eligible', clause))
  if (interestsIn(j.movement.interests, does.item).some((i) => i.person === person)) reasons.push(reason('already-done', clause))
  const effect: InterestEffect = found.rule.effect
  return judgement(clause, reasons, { kind: 'interest-noted', item: does.item, person, interest: does.interest, effect })
}

/** Rules on somebody's interest: the one whom `who-decides` names, and never on their own. */
export function judgeInterest(j: Judging, does: Does<'rule-on-interest'>): Judgement {
  const found = onlyProvision(j.rulebook, 'interest')
  if (found === null) return noRule(j, 'appoint')
  const clause = cite(j.rulebook, found.clause)
  const by = officerAuthority(j, found.rule.whoDecides, null, clause)
  const reasons = [...by.reasons]
  if (j.act.by === does.person) reasons.push(reason('conflicted', clause))
  if (!declarable(found.rule.declare, does.interest)) reasons.push(reason('not-a-ground', clause))
  const { item, person, interest } = does
  const noted = interestsIn(j.movement.interests, item).some((i) => i.person === person)
  if (does.conflicted === noted) reasons.push(reason('already-done', clause, none))
  const event = does.conflicted
    ? ({ kind: 'interest-noted', item, person, interest, effect: found.rule.effect } as const)
    : ({ kind: 'interest-cleared', item, person } as const)
  return judgement(clause, reasons, event, by.relies)
}
