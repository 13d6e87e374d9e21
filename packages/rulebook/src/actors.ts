import type { Capacity, Citation } from './act.ts'
import { bodyReasons } from './decision/body-vote.ts'
import type { Actor, Actors } from './language/expression.ts'
import { cite, provision, type Rulebook } from './language/model.ts'
import { knownToHold, knownToSit } from './movement/known.ts'
import { countFact, factOf, named, none, people, reason, tooFew, type Case } from './reasons.ts'
import type { Quantity, Reason } from './refusal.ts'
import { electorateKey, groupOfCase } from './decision/this-group.ts'

/** The capacity an actor of the grammar stands for, or null where it is not one a single act can have. */
export function capacityOf(rulebook: Rulebook, actor: Actor): Capacity | null {
  switch (actor.kind) {
    case 'rule':
      return 'rule'
    case 'electorate':
      return `electorate ${actor.id}`
    case 'people':
      return `electorate ${actor.electorate}`
    case 'named':
      return provision(rulebook, 'body', actor.id) !== null ? `body ${actor.id}` : `office ${actor.id}`
    case 'seat on':
      return `seat ${actor.body}`
  }
}

/** A capacity as a quantity: `electorate members`, `body committee`, `office chair`. */
export function capacityQuantity(capacity: Capacity, size: number | null = null): Quantity {
  const [unit, id] = capacity.split(' ')
  if (id === undefined) return none
  return named(unit === 'electorate' || unit === 'body' ? unit : unit === 'seat' ? 'body' : 'office', id, size)
}

/** Why the one who acts may not, under `by`; empty when they may. */
export function actorReasons(kase: Case, rulebook: Rulebook, clause: Citation, by: Actors): readonly Reason[] {
  const { act } = kase
  const actor = by.find((a) => capacityOf(rulebook, a) === act.as)
  if (actor === undefined) {
    const wanted = capacityOf(rulebook, by[0])
    const required = wanted === null ? none : capacityQuantity(wanted)
    const code = required.unit === 'office' ? 'not-eligible' : 'wrong-electorate'
    return [reason(code, clause, required, capacityQuantity(act.as))]
  }
  switch (actor.kind) {
    case 'rule':
      return act.by === 'rule' ? [] : [reason('no-power', clause, none, capacityQuantity(act.as))]
    case 'electorate':
      return electorReasons(kase, rulebook, actor.id, actor.thisGroup ? groupOfCase(kase) : null)
    case 'people': {
      const count = countFact(kase, 'signers', actor.electorate) ?? 1
      const few = count < actor.count ? [tooFew('short-support', clause, 'people', actor.count, count)] : []
      return [...electorReasons(kase, rulebook, actor.electorate), ...few]
    }
    case 'named':
      return provision(rulebook, 'body', actor.id) !== null
        ? bodyReasons(kase, rulebook, actor.id, null, clause, true)
        : officeReasons(kase, rulebook, actor.id, clause)
    case 'seat on':
      return seatReasons(kase, rulebook, actor.body, clause)
  }
}

/** Why a person is not shown to sit on a body. */
function seatReasons(kase: Case, rulebook: Rulebook, body: string, clause: Citation): readonly Reason[] {
  const found = provision(rulebook, 'body', body)
  const cited = found === null ? clause : cite(rulebook, found.clause)
  if (kase.act.by === 'rule') return [reason('not-eligible', cited, named('body', body))]
  const group = found?.rule.instances === 'many' ? groupOfCase(kase) : null
  const sits = knownToSit(rulebook, kase.state.movement, body, group, kase.act.by, kase.act.occurredAt)
  if (sits !== null) return sits ? [] : [reason('not-eligible', cited, named('body', body))]
  const fact = factOf(kase, 'holds-seat', electorateKey(body, group))
  if (fact === null) return [reason('missing-fact', cited, named('body', body))]
  return fact.value === true ? [] : [reason('not-eligible', cited, named('body', body))]
}

/** Why a person is not shown to be in an electorate, or in the part of it that belongs to a group. */
export function electorReasons(
  kase: Case,
  rulebook: Rulebook,
  electorate: string,
  group: string | null = null,
): readonly Reason[] {
  const found = provision(rulebook, 'electorate', electorate)
  const clause = cite(rulebook, found?.clause ?? '0')
  const required = named('electorate', electorate, countFact(kase, 'electorate-size', electorateKey(electorate, group)))
  if (kase.act.by === 'rule') return [reason('not-eligible', clause, required)]
  const fact = factOf(kase, 'eligible', electorateKey(electorate, group))
  if (fact === null) return [reason('missing-fact', clause, required)]
  return fact.value === true ? [] : [reason('not-eligible', clause, required)]
}

/** Why a person is not shown to hold an office. */
export function officeReasons(kase: Case, rulebook: Rulebook, office: string, clause: Citation): readonly Reason[] {
  const found = provision(rulebook, 'office', office)
  const cited = found === null ? clause : cite(rulebook, found.clause)
  if (kase.act.by === 'rule') return [reason('not-eligible', cited, named('office', office))]
  const held = knownToHold(kase.editions, rulebook, kase.state.movement, office, kase.act.by, kase.act.occurredAt)
  if (held !== null) return held ? [] : [reason('not-eligible', cited, named('office', office))]
  const fact = factOf(kase, 'holds-office', office)
  if (fact === null) return [reason('missing-fact', cited, named('office', office))]
  return fact.value === true ? [] : [reason('not-eligible', cited, named('office', office))]
}

/** How many holders of an office must do an act together. What the office does not list needs all of them. */
export function holdersNeeded(rulebook: Rulebook, office: string, action: string): number {
  const rule = provision(rulebook, 'office', office)?.rule
  if (rule === undefined || rule.acts === null) return 1
  if (rule.acts.any.includes(action)) return 1
  return rule.acts.both.includes(action) || rule.acts.rest === 'both' ? rule.holders : 1
}

/** Why the second of several officers cannot be the first again. */
export const samePerson = (clause: Citation, needed: number, acted: number): readonly Reason[] => [
  reason('already-done', clause),
  reason('second-person-needed', clause, people(needed), people(acted), people(needed - acted)),
]
