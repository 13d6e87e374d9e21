import { type Provision } from '../language/model.ts'
import { fieldsFact, moment, named, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { Pseudonym } from '../terms.ts'
import { bodyAuthority } from './authority.ts'
import { actorOf, judgement, noRule, type Does, type Judgement, type Judging } from './judging.ts'
import { groupFor, holdingReasons, personReasons, ruleOf, type SeatRule } from './seat-acts.ts'
import { seatKey, seatOf } from './seat.ts'
import { numbered, officeHeld } from './sitting.ts'

/** Somebody does the duties of an empty office: whom its `acting` names. */
export function judgeActing(j: Judging, does: Does<'act-for'>): Judgement {
  const rule = ruleOf(j.rulebook, does.place)
  if (rule?.body != null) return judgeMeanwhile(j, does, rule, rule.body)
  if (rule?.office == null || rule.office.rule.acting === null) return noRule(j, 'appoint')
  const { place, person } = does
  const seat = seatOf(j.movement.seats, place)
  const reasons: Reason[] = []
  if ((seat?.holders.length ?? 0) > 0) reasons.push(reason('already-done', rule.clause, named('office', place.id)))
  reasons.push(...personReasons(j, place, person, { ...rule, termLimit: null }))
  const { acting } = rule.office.rule
  const event = { kind: 'acting-began', place, person } as const
  switch (acting.kind) {
    case 'office <office>': {
      const holds = officeHeld(j.rulebook, j.movement, acting.office, null, person, j.now)
      if (holds.length === 0) reasons.push(reason('not-eligible', rule.clause, named('office', acting.office)))
      break
    }
    case 'chosen by <body>': {
      const by = bodyAuthority(j, acting.body, groupFor(j, acting.body, place), does.under, rule.clause)
      return judgement(rule.clause, [...reasons, ...by.reasons], event, by.relies)
    }
    case 'nobody':
      return noRule(j, 'appoint')
    case 'elected substitute':
      if (seat?.substitute?.person !== person) reasons.push(reason('not-eligible', rule.clause, named('office', place.id)))
      break
    case 'eldest seated <seat>':
      // Ages are the register's to know: it says who is eldest of those seated.
      if (fieldsFact(j, 'eldest', acting.seat)?.text('person') !== person)
        reasons.push(reason('missing-fact', rule.clause, named('office', place.id)))
      break
    case 'longest seated <seat>':
      if (longestSeated(j, acting.seat) !== person) reasons.push(reason('not-eligible', rule.clause, named('office', place.id)))
      break
    case 'next drawn':
      if (fieldsFact(j, 'drawn', seatKey(place))?.text('person') !== person)
        reasons.push(reason('missing-fact', rule.clause, named('office', place.id)))
      break
  }
  return judgement(rule.clause, reasons, event)
}

/** Somebody sits in a seat of a body that stands empty, until it is filled: as `vacancy.meanwhile` says, with a vote or without. */
function judgeMeanwhile(j: Judging, does: Does<'act-for'>, rule: SeatRule, body: Provision<'body'>): Judgement {
  const meanwhile = body.rule.vacancy?.meanwhile ?? null
  if (meanwhile === null || meanwhile.kind === 'empty') return noRule(j, 'fill-vacancy')
  const { place, person } = does
  const seat = seatOf(j.movement.seats, place)
  const reasons: Reason[] = [...personReasons(j, place, person, { ...rule, termLimit: null })]
  if ((seat?.holders.length ?? 0) > 0) reasons.push(reason('already-done', rule.clause, named('body', place.id)))
  else if (seat?.vacancy == null) reasons.push(reason('wrong-stage', rule.clause, named('body', place.id)))
  const event = { kind: 'acting-began', place, person } as const
  if (meanwhile.kind === 'substitute') {
    if (seat?.substitute?.person !== person) reasons.push(reason('not-eligible', rule.clause, named('body', place.id)))
    return judgement(rule.clause, reasons, event)
  }
  const by = bodyAuthority(j, meanwhile.body, groupFor(j, meanwhile.body, place), does.under, rule.clause)
  return judgement(rule.clause, [...reasons, ...by.reasons], event, by.relies)
}

/** Who has sat longest in a class of seats; of several since the same instant, the one in the lowest seat. */
function longestSeated(j: Judging, seatClass: string): Pseudonym | null {
  const body = j.rulebook.provisions.find(
    (p): p is Provision<'body'> => p.rule.kind === 'body' && p.rule.seats.some((s) => s.id === seatClass),
  )
  const count = body?.rule.seats.find((s) => s.id === seatClass)?.count ?? 0
  const seats =
    body === undefined ? [] : numbered(j.movement, { of: 'body', id: body.rule.id, group: null, seat: seatClass }, count)
  const tenures = seats.flatMap(({ holders }) => holders)
  return tenures.toSorted((a, b) => a.from - b.from)[0]?.person ?? null
}

/** A substitute for a time, where the seat class allows one: the holder names them. */
export function judgeSubstitute(j: Judging, does: Does<'name-substitute'>): Judgement {
  const rule = ruleOf(j.rulebook, does.place)
  const allowed = rule?.body?.rule.seats.find((s) => s.id === does.place.seat)
  if (rule === null || allowed === undefined || allowed.substitute === null) return noRule(j, 'appoint')
  const { place, person, until } = does
  const by = actorOf(j)
  const reasons =
    by === null ? [reason('not-eligible', rule.clause, named('body', place.id))] : [...holdingReasons(j, place, by, rule.clause)]
  reasons.push(...personReasons(j, place, person, { ...rule, termLimit: null }))
  if (until !== null && until <= j.now) reasons.push(reason('too-late', rule.clause, moment(j.now), moment(until)))
  return judgement(rule.clause, reasons, { kind: 'substitute-named', place, person, until })
}
