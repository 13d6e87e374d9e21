import { after } from '../calendar.ts'
import type { Condition } from '../language/expression.ts'
import { forbidding } from '../limits.ts'
import { neededFor } from '../measure.ts'
import { cite, onlyProvision, provision, provisionsOf, type Provision } from '../language/model.ts'
import { fieldsFact, moment, named, none, reason, textOf, tooFew, type FactFields } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { decisionOf } from '../state.ts'
import type { Citation, DecisionId } from '../terms.ts'
import type { Draft, Founding } from './founding.ts'
import { judgement, no, noRule, type Does, type Judgement, type Judging } from './judging.ts'

const byRule = (j: Judging, clause: Citation): readonly Reason[] => (j.act.by === 'rule' ? [] : [reason('no-power', clause)])

/** Notice of the founding: all drafts at once, on one ballot, by the clause of each that says how it would come into force. */
export function judgeFound(j: Judging, does: Does<'found'>): Judgement {
  const found = onlyProvision(j.rulebook, 'genesis')
  if (found === null) return noRule(j, 'amend-rulebook')
  const clause = cite(j.rulebook, found.clause)
  const { founding } = j.movement.life
  const reasons: Reason[] = [...byRule(j, clause)]
  const again = founding?.result?.againAt ?? null
  if (founding !== null && (founding.result === null || founding.result.winner !== null))
    reasons.push(reason('already-done', clause, moment(founding.noticedAt)))
  if (again !== null && j.now < again) reasons.push(reason('too-early', clause, moment(again), moment(j.now)))
  const ids = does.drafts.map((d) => d.id)
  if (ids.length === 0 || new Set(ids).size !== ids.length || new Set(does.drafts.map((d) => d.text)).size !== ids.length)
    reasons.push(reason('invalid-text', clause))
  if (found.rule.question === 'motion' && ids.length !== 1) reasons.push(reason('invalid-text', clause))
  for (const draft of does.drafts) reasons.push(...draftReasons(j, clause, draft, ['diagnostics', 'findings', 'open']))
  reasons.push(...servedReasons(j, clause))
  const opensAt = after(j.now, found.rule.notice, j.reckoning)
  const event = {
    kind: 'founding-noticed',
    drafts: does.drafts,
    opensAt,
    closesAt: after(opensAt, found.rule.period, j.reckoning),
  } as const
  return judgement(clause, reasons, event, [], reasons.length === 1 ? again : null)
}

/**
 * A draft that does not read, has a hole or leaves a field open could bind nobody as its words say: it is not put to those it would bind. What the linter
 * finds counts before they vote and never after, else whoever updates the linter holds a veto over what they chose.
 */
function draftReasons(j: Judging, clause: Citation, draft: Draft, none_: readonly ('diagnostics' | 'findings' | 'open')[]) {
  const text = fieldsFact(j, 'resulting-text', draft.id)
  if (text?.text('text') !== draft.text) return [reason('missing-fact', clause, textOf(draft.text))]
  return none_.some((key) => text.count(key) !== 0) ? [reason('invalid-text', clause, none, textOf(draft.text))] : []
}

function servedReasons(j: Judging, clause: Citation): readonly Reason[] {
  const fact = fieldsFact(j, 'notice', 'genesis')
  const [served, of] = [fact?.count('served') ?? null, fact?.count('of') ?? null]
  if (served === null || of === null || served > of) return [reason('missing-fact', clause, named('stage', 'notify'))]
  const service = provisionsOf(j.rulebook, 'service')[0]
  const needed =
    service === undefined
      ? of
      : (neededFor(service.rule.soundWhen, (b) => (b.kind === 'votes' && b.of === 'roll' ? of : null)) ?? of)
  return served < needed
    ? [tooFew('short-notice', service === undefined ? clause : cite(j.rulebook, service.clause), 'people', needed, served)]
    : []
}

/** Draws the founding roll: as of the cut-off of its electorate, before the ballot opens, from the applications with duplicates taken out. */
export function judgeFreezeFounding(j: Judging): Judgement {
  const [found, founding] = [onlyProvision(j.rulebook, 'genesis'), j.movement.life.founding]
  if (found === null || founding === null || founding.result !== null) return noRule(j, 'amend-rulebook')
  const clause = cite(j.rulebook, found.clause)
  const reasons: Reason[] = [...byRule(j, clause)]
  const fact = fieldsFact(j, 'roll', found.rule.electorate)
  const [size, root] = [fact?.count('size') ?? null, fact?.text('root') ?? null]
  if (founding.roll !== null) reasons.push(reason('already-done', clause))
  const cutOff = provision(j.rulebook, 'electorate', found.rule.electorate)?.rule.cutOff
  if (fact === null || size === null || root === null || cutOff === undefined)
    return no(clause, ...reasons, reason('missing-fact', clause, named('electorate', found.rule.electorate)))
  if (j.now > founding.opensAt) reasons.push(reason('too-late', clause, moment(founding.opensAt), moment(j.now)))
  return judgement(clause, reasons, { kind: 'founding-frozen', size, root })
}

/** Declares the founding: a draft that passes every condition is the rulebook; else nothing is. */
export function judgeDeclareFounding(j: Judging): Judgement {
  const [found, founding] = [onlyProvision(j.rulebook, 'genesis'), j.movement.life.founding]
  if (found === null || founding === null || founding.result !== null) return noRule(j, 'amend-rulebook')
  const clause = cite(j.rulebook, found.clause)
  const reasons: Reason[] = [...byRule(j, clause)]
  if (founding.roll === null) reasons.push(reason('missing-fact', clause, named('electorate', found.rule.electorate)))
  if (j.now < founding.closesAt) reasons.push(reason('too-early', clause, moment(founding.closesAt), moment(j.now)))
  const count = fieldsFact(j, 'count', 'genesis')
  const read = readCount(count, founding)
  if (count === null || read === null)
    return judgement(clause, [...reasons, reason('missing-fact', clause, none)], [], [], founding.closesAt)
  const { winner, inFavour, against, voters } = read
  const draft = founding.drafts.find((d) => d.id === winner)
  if (draft !== undefined) reasons.push(...draftReasons(j, clause, draft, ['diagnostics', 'open']))
  const passed = draft !== undefined && found.rule.pass.every((c) => holds(c, read, founding, found)) ? draft : null
  const againAt = found.rule.ifFails === null ? null : after(j.now, found.rule.ifFails.length, j.reckoning)
  const event =
    passed !== null
      ? ({ kind: 'founded', winner: passed.id, text: passed.text, for: inFavour, against, voters } as const)
      : ({ kind: 'founding-failed', voters, againAt } as const)
  return judgement(clause, reasons, event, [], j.now < founding.closesAt ? founding.closesAt : null)
}

type Counted = { readonly winner: string; readonly inFavour: number; readonly against: number; readonly voters: number }

/** The count: who won against the other drafts and none-of-these, and how many ranked the winner above and below none-of-these. */
function readCount(fact: FactFields | null, founding: Founding): Counted | null {
  const [winner, inFavour, against, voters] = [
    fact?.text('winner') ?? null,
    fact?.count('for') ?? null,
    fact?.count('against') ?? null,
    fact?.count('voters') ?? null,
  ]
  if (winner === null || inFavour === null || against === null || voters === null || founding.roll === null) return null
  return inFavour + against <= voters && voters <= founding.roll.size ? { winner, inFavour, against, voters } : null
}

function holds(condition: Condition, count: Counted, founding: Founding, found: Provision<'genesis'>): boolean {
  // The count says `none-of-these` where that won, so any named draft has beaten it.
  if (condition.kind === 'winner beats') return found.rule.noneOfThese === true ? count.inFavour > count.against : true
  if (condition.ofClass !== null) return false
  const needed = neededFor(condition.threshold, (base) => {
    if (base.kind !== 'votes') return null
    if (base.of === 'roll') return founding.roll?.size ?? null
    return base.of === 'for-and-against' ? count.inFavour + count.against : count.voters
  })
  const actual = condition.measure === 'yes' ? count.inFavour : condition.measure === 'turnout' ? count.voters : null
  return needed !== null && actual !== null && actual >= needed
}

/** Ends the movement: by rule, once a decision under the power to dissolve has been carried. */
export function judgeDissolve(j: Judging, does: Does<'dissolve'>): Judgement {
  const grants = provisionsOf(j.rulebook, 'power').filter((p) => p.rule.act === 'dissolve')
  const [grant] = grants
  if (grant === undefined) return noRule(j, 'dissolve')
  const clause = cite(j.rulebook, grant.clause)
  const never = forbidding(j.rulebook, 'share of assets to members')
  const shares = onlyProvision(j.rulebook, 'dissolution')?.rule.assets.kind === 'to members in equal parts'
  const decision = decisionOf(j.state, does.decision as DecisionId) // a number of the record; one that no decision has is refused below
  const reasons: Reason[] = [...byRule(j, clause)]
  if (never !== null && shares) reasons.push(reason('no-power', never, none, named('power', 'dissolve')))
  if (decision?.power !== 'dissolve') reasons.push(reason('no-such-decision', clause))
  else if (decision.ended?.outcome !== 'carried') reasons.push(reason('not-carried', clause))
  return judgement(clause, reasons, { kind: 'dissolved' }, decision === null ? [] : [`${decision.id}/${decision.events}`])
}
