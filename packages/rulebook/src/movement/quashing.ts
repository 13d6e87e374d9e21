import { forbidding } from '../limits.ts'
import { cite, onlyProvision } from '../language/model.ts'
import { keyOf } from '../decision/path.ts'
import { procedureOf } from '../decision/plan.ts'
import { fieldsFact, named, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { decisionOf, marksOf, type DecisionState } from '../state.ts'
import type { DecisionId, Pseudonym } from '../terms.ts'
import { done, type Effect, type Judging } from './judging.ts'
import { fillBy } from './seat-acts.ts'
import type { Place, Tenure } from './seat.ts'
import { rowOf, valuesOf } from './table.ts'

/** What becomes of what rests on a quashed event. */
type Later = 'listed for review' | 'fall' | 'stand'
type Held = { readonly place: Place; readonly person: Pseudonym; readonly tenure: Tenure }

function holderBy(j: Judging, event: string): Held | null {
  for (const keys of valuesOf(j.movement.seats.heldBy))
    for (const key of keys) {
      const seat = rowOf(j.movement.seats.byKey, key)
      const tenure = seat?.holders.find((t) => t.event === event)
      if (seat !== null && tenure !== undefined) return { place: seat.place, person: tenure.person, tenure }
    }
  return null
}

/** What was wrong with an event, as far as the state shows: an appointment, a term that had run out, or the notice of a meeting. */
function defectOf(j: Judging, event: string): 'appointment' | 'expired term' | 'notice' | null {
  const held = holderBy(j, event)
  if (held !== null) return held.tenure.until !== null && held.tenure.until <= j.now ? 'expired term' : 'appointment'
  return valuesOf(j.movement.meetings.byId).some((m) => m.event === event) ? 'notice' : null
}

/**
 * What the clause on validity makes of later acts. Acts stand only under the defects it lists; under any other they fall. Without such a clause they
 * are listed, for nobody has said that they stand.
 */
function laterOf(j: Judging, event: string): Later {
  const rule = onlyProvision(j.rulebook, 'validity')?.rule
  if (rule === undefined) return 'listed for review'
  const defect = defectOf(j, event)
  if (defect !== null && !rule.defectIn.includes(defect)) return 'fall'
  if (rule.actsStand === 'always') return 'stand'
  return rule.actsStand === 'never' ? 'fall' : (rule.onQuash?.laterActs ?? 'listed for review')
}

/** Whether rolls that rest on what is quashed are drawn again: not where no roll may ever change after its freeze. */
const rollsAgain = (j: Judging): boolean =>
  onlyProvision(j.rulebook, 'validity')?.rule.onQuash?.rolls === 'drawn again' &&
  forbidding(j.rulebook, 'change to a roll after freeze') === null

/** Ids of the events that rest on one, as fact `relied-on` (event id) lists them: `0-12` for `0/12`. Null: nobody has listed them. */
function reliedOnBy(j: Judging, event: string): readonly string[] | null {
  const fact = fieldsFact(j, 'relied-on', event)
  return fact === null || fact.fact.evidence === null ? null : fact.keys.map((key) => key.replace('-', '/'))
}

/** Why an event cannot be quashed yet: something follows from it, and nobody has listed what. */
export function quashReasons(j: Judging, event: string): readonly Reason[] {
  const found = onlyProvision(j.rulebook, 'validity')
  if (found === null || reliedOnBy(j, event) !== null) return []
  const needs = laterOf(j, event) === 'fall' || rollsAgain(j)
  return needs ? [reason('missing-fact', cite(j.rulebook, found.clause), named('stage', 'order'))] : []
}

/** The events put up for review, by id. */
export const forReview = (j: Judging, event: string): readonly string[] =>
  laterOf(j, event) === 'listed for review' ? (reliedOnBy(j, event) ?? []) : []

/** What follows from quashing an event: whoever has a seat by it leaves, and what rests on it falls, or is drawn again, where the rules say so. */
export function quashed(j: Judging, event: string): readonly Effect[] {
  const seats = onlyProvision(j.rulebook, 'validity')?.rule.onQuash?.seats ?? null
  const own = leaving(j, event, seats === 'by-election')
  const ids = reliedOnBy(j, event) ?? []
  const decisions = [...new Set(ids.map((id) => Number(id.split('/')[0])))].flatMap((n) => {
    const decision = decisionOf(j.state, n as DecisionId) // a number of the record; one that no decision has is passed over
    return decision === null || decision.ended !== null ? [] : [decision]
  })
  if (laterOf(j, event) !== 'fall') return [...own, ...(rollsAgain(j) ? decisions.flatMap((d) => drawnAgain(j, d)) : [])]
  const ended = decisions.map((d): Effect => ({ on: d.id, stage: '', body: { kind: 'ended', outcome: 'fallen' } }))
  return [...own, ...ids.flatMap((id) => [...leaving(j, id, seats === 'by-election'), ...lifted(j, id)]), ...ended]
}

function leaving(j: Judging, event: string, again: boolean): readonly Effect[] {
  const held = holderBy(j, event)
  if (held === null) return []
  const { place, person } = held
  return [done({ kind: 'seat-left', place, person, why: 'quashed', fillBy: again ? fillBy(j, place, j.now) : null })]
}

function lifted(j: Judging, event: string): readonly Effect[] {
  const sanction = valuesOf(j.movement.sanctions.byId).find((s) => s.event === event && s.endedAt === null)
  const lent = valuesOf(j.movement.delegations.byId).find((d) => d.event === event && d.endedAt === null)
  return [
    ...(sanction === undefined ? [] : [done({ kind: 'sanction-ended', sanction: sanction.id, why: 'order' })]),
    ...(lent === undefined ? [] : [done({ kind: 'delegation-ended', delegation: lent.id, why: 'taken back' })]),
  ]
}

/** A ballot on a roll that is to be drawn again is held again on the new one. */
function drawnAgain(j: Judging, decision: DecisionState): readonly Effect[] {
  const at = procedureOf(j.editions, decision, j.state.reaching)
  return (at?.found.rule.stages ?? []).flatMap((stage): readonly Effect[] => {
    if (stage.do !== 'ballot') return []
    let round = 0
    while (marksOf(decision, keyOf(stage.roll, round + 1)).roll !== null) round++
    const key = keyOf(stage.id, round)
    if (round === 0 || marksOf(decision, key).doubtAt !== undefined) return []
    return [{ on: decision.id, stage: key, body: { kind: 're-run-ordered' } }]
  })
}
