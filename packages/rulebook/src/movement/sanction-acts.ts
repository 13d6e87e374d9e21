import type { Instant } from '@quorate/kernel'
import { after } from '../calendar.ts'
import { onlyProvision } from '../language/model.ts'
import { factOf, moment, named, none, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { DecisionState } from '../state.ts'
import { judgement, noRule, type Does, type Judgement, type Judging } from './judging.ts'
import { decidersOf, powerWays, type PowerWay } from './authority.ts'
import { sanctionOf } from './sanction.ts'

/** Ballots whose notice has gone out and whose result is not certified: the window in which nobody's vote may be touched. */
const noticedBallots = (decisions: Readonly<Record<number, DecisionState>>): readonly DecisionState[] =>
  Object.values(decisions).filter((d) => d.ended === null && Object.values(d.stages).some((s) => s.notice !== null) && !isOver(d))

const isOver = (d: DecisionState): boolean => Object.values(d.stages).some((s) => s.certifiedAt !== null)

/** A measure against a person, under the power to suspend or exclude, inside its limits and those of the code of conduct. */
export function judgeSanction(j: Judging, does: Does<'sanction'>): readonly Judgement[] {
  const ways = powerWays(j, does.power, null, does.under)
  if (ways.length === 0 || (does.power !== 'suspend' && does.power !== 'exclude')) return [noRule(j, does.power)]
  const noticed = noticedBallots(j.state.decisions)
  return ways.map((way) => {
    const until = endOf(j, way, does)
    const reasons: Reason[] = [...way.reasons, ...limitReasons(j, way, does, until, noticed)]
    if (sanctionOf(j.movement.sanctions, does.sanction) !== null) reasons.push(reason('already-done', way.clause))
    const { sanction, person, power, code } = does
    const spares = noticed.map((d) => d.id)
    const event = {
      kind: 'sanctioned',
      sanction,
      person,
      power,
      code,
      until,
      spares,
      deciders: decidersOf(j, does.under),
    } as const
    return judgement(way.clause, reasons, event, way.relies)
  })
}

/** When a sanction ends: as asked, and never later than the power's limit; without either, when the code says it expires. */
function endOf(j: Judging, way: PowerWay, does: Does<'sanction'>): Instant | null {
  const most = way.limits?.atMost == null ? null : after(j.now, way.limits.atMost, j.reckoning)
  if (does.until !== null) return does.until
  const listed = codeOf(j, does.code)
  const own = listed?.atMost ?? listed?.expires ?? null
  const coded = own === null ? null : after(j.now, own, j.reckoning)
  return coded === null || (most !== null && most < coded) ? most : coded
}

const codeOf = (j: Judging, code: string | null) =>
  onlyProvision(j.rulebook, 'conduct')?.rule.sanctions.find((s) => s.id === code) ?? null

function limitReasons(
  j: Judging,
  way: PowerWay,
  does: Does<'sanction'>,
  until: Instant | null,
  noticed: readonly DecisionState[],
): readonly Reason[] {
  const { limits, clause } = way
  const reasons: Reason[] = []
  const longest = [limits?.atMost ?? null, codeOf(j, does.code)?.atMost ?? null]
    .filter((d) => d !== null)
    .map((d) => after(j.now, d, j.reckoning))
  for (const most of longest)
    if (until === null || until > most)
      reasons.push(reason('too-late', clause, moment(most), until === null ? none : moment(until)))
  if (until !== null && until <= j.now) reasons.push(reason('too-early', clause, moment(j.now), moment(until)))
  const grounds = limits?.grounds
  if (grounds != null && factOf(j, 'ground-shown', does.sanction)?.value !== true) reasons.push(reason('missing-fact', clause))
  if (does.code !== null && codeOf(j, does.code) === null) reasons.push(reason('not-a-ground', clause))
  const window = limits?.notWithin
  if (window != null && noticed.length > 0) {
    const [ballot] = noticed
    reasons.push(
      reason('too-early', clause, named('stage', window.to), ballot === undefined ? none : named('stage', window.from)),
    )
  }
  return reasons
}

/** Lifts a sanction: by whoever could impose it, or readmit. */
export function judgeLiftSanction(j: Judging, does: Does<'lift-sanction'>): readonly Judgement[] {
  const sanction = sanctionOf(j.movement.sanctions, does.sanction)
  if (sanction === null) return [noRule(j, 'readmit')]
  const ways = [...powerWays(j, 'readmit', null, does.under), ...powerWays(j, sanction.power, null, does.under)]
  const event = { kind: 'sanction-ended', sanction: sanction.id, why: 'lifted' } as const
  return ways.map((way) =>
    judgement(way.clause, [...way.reasons, ...(sanction.endedAt === null ? [] : [reason('already-done', way.clause)])], event, [
      ...way.relies,
      sanction.event,
    ]),
  )
}
