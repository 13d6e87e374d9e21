import { cite, provisionsOf } from '../language/model.ts'
import { moment, named, none, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { decisionOf } from '../state.ts'
import { actorOf, done, judgement, noRule, type Does, type Effect, type Judgement, type Judging } from './judging.ts'
import { isTarget, type Order } from './order.ts'
import { sanctionOf } from './sanction.ts'
import { forReview, quashed, quashReasons } from './quashing.ts'
import { officeHeld } from './sitting.ts'
import { rowOf } from './table.ts'

/**
 * Records an order of a court, tribunal, regulator or superior body: an act with a clause like any other. Only what `may` lists can be recorded,
 * with the evidence the clause asks for.
 */
export function judgeOrder(j: Judging, does: Does<'record-order'>): readonly Judgement[] {
  const provisions = provisionsOf(j.rulebook, 'order')
  if (provisions.length === 0) return [noRule(j, 'call-ballot')]
  return provisions.map(({ rule, clause }) => {
    const cited = cite(j.rulebook, clause)
    const reasons: Reason[] = [...recorderReasons(j, rule.recordedBy, cited)]
    if (!rule.from.includes(does.from)) reasons.push(reason('no-power', cited))
    if (!rule.may.includes(does.does)) reasons.push(reason('no-power', cited))
    if (!isTarget(does.target)) reasons.push(reason('no-such-decision', cited))
    if (rule.evidence === 'document' && does.form !== 'document') reasons.push(reason('missing-fact', cited))
    if (rowOf(j.movement.orders.byId, does.order) !== null) reasons.push(reason('already-done', cited))
    if (does.until !== null && does.until <= j.now) reasons.push(reason('too-late', cited, moment(does.until), moment(j.now)))
    const { order, from, target, document, until } = does
    const quashing = does.does === 'quash' && target.kind === 'event' ? target.event : null
    reasons.push(...(quashing === null ? [] : quashReasons(j, quashing)))
    const review = quashing === null ? [] : forReview(j, quashing)
    const recorded = done({ kind: 'order-recorded', order, from, does: does.does, target, document, until })
    const listed = review.length === 0 ? [] : [done({ kind: 'review-listed', order, events: review })]
    return judgement(cited, reasons, [recorded, ...listed, ...consequences(j, does)], targetEvents(does.target))
  })
}

const targetEvents = (target: Order['target']): readonly string[] => (target.kind === 'event' ? [target.event] : [])

function recorderReasons(j: Judging, by: { readonly kind: string }, clause: Judgement['clause']): readonly Reason[] {
  const [unit, id = ''] = j.act.as.split(' ')
  const wanted = 'office' in by && typeof by.office === 'string' ? by.office : null
  if (unit !== 'office' || (wanted !== null && wanted !== id))
    return [reason('not-eligible', clause, wanted === null ? none : named('office', wanted))]
  const person = actorOf(j)
  const held = person === null ? [] : officeHeld(j.rulebook, j.movement, id, null, person, j.now)
  const stated = j.facts.some((f) => f.name === 'holds-office' && f.of === id && f.value === true)
  return held.length > 0 || stated ? [] : [reason('not-eligible', clause, named('office', id))]
}

/** What an order brings about at once. Nothing is ever taken out of the record: what is undone is undone by an event. */
function consequences(j: Judging, { does, target }: Does<'record-order'>): readonly Effect[] {
  if (does === 'quash' && target.kind === 'decision') {
    const decision = decisionOf(j.state, target.decision)
    return decision === null || decision.ended !== null
      ? []
      : [{ on: decision.id, stage: '', body: { kind: 'ended', outcome: 'fallen' } }]
  }
  if (does === 'quash' && target.kind === 'event') return quashed(j, target.event)
  if ((does === 'quash' || does === 'restore') && target.kind === 'sanction')
    return sanctionOf(j.movement.sanctions, target.sanction)?.endedAt === null
      ? [done({ kind: 'sanction-ended', sanction: target.sanction, why: 'order' })]
      : []
  return []
}

/** Lifts an order: recorded by those who record orders, with the document that lifts it. */
export function judgeLift(j: Judging, does: Does<'lift-order'>): readonly Judgement[] {
  const order = rowOf(j.movement.orders.byId, does.order)
  const provisions = provisionsOf(j.rulebook, 'order')
  if (order === null || provisions.length === 0) return [noRule(j, 'call-ballot')]
  return provisions.map(({ rule, clause }) => {
    const cited = cite(j.rulebook, clause)
    const over = order.endedAt === null ? [] : [reason('already-done', cited)]
    const event = { kind: 'order-ended', order: order.id, why: 'lifted' } as const
    return judgement(cited, [...recorderReasons(j, rule.recordedBy, cited), ...over], event, [order.event])
  })
}
