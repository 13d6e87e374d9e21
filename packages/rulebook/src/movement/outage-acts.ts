import { instant, type Instant } from '@quorate/kernel'
import { after } from '../calendar.ts'
import { cite, provisionsOf } from '../language/model.ts'
import { fieldsFact, moment, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { DecisionId } from '../terms.ts'
import { done, judgement, no, noRule, type Does, type Effect, type Judgement, type Judging } from './judging.ts'
import { extensionsOf } from './outage.ts'

/**
 * Writes down that a channel did not work, with its evidence. Where it lasted longer than the clause bears, ballots that were open meanwhile
 * stay open longer, each as often as the clause allows. One that has closed is not opened again.
 */
export function judgeOutage(j: Judging, does: Does<'report-outage'>): readonly Judgement[] {
  const services = provisionsOf(j.rulebook, 'service').filter((p) => p.rule.channels.some((c) => c === does.channel))
  if (services.length === 0) return [noRule(j, 'postpone')]
  return services.map(({ rule, clause }) => {
    const cited = cite(j.rulebook, clause)
    const fact = fieldsFact(j, 'outage', does.channel)
    const [from, until] = [fact?.count('from') ?? null, fact?.count('until') ?? null]
    const reasons: Reason[] = []
    if (j.act.by !== 'rule') reasons.push(reason('no-power', cited))
    if (fact === null || fact.fact.evidence === null || from === null || until === null || until <= from)
      return no(cited, ...reasons, reason('missing-fact', cited))
    if (until > j.now) reasons.push(reason('too-early', cited, moment(instant(until)), moment(j.now)))
    const bears = rule.onOutage
    const isLong = bears !== null && after(instant(from), bears.longerThan, j.reckoning) < until
    const extended = isLong ? openBallots(j, from, until, bears.atMost.times) : []
    const effects: readonly Effect[] = extended.map(({ decision, stage, closesAt }) => ({
      on: decision,
      stage,
      body: { kind: 'extended', closesAt: after(closesAt, bears?.extend ?? { count: 0, unit: 'hours' }, j.reckoning) },
    }))
    if (j.movement.outages.all.some((o) => o.channel === does.channel && o.from === from))
      reasons.push(reason('already-done', cited))
    const recorded = done({
      kind: 'outage-recorded',
      channel: does.channel,
      from: instant(from),
      until: instant(until),
      extended: extended.map((e) => e.decision),
    })
    return judgement(cited, reasons, [recorded, ...effects])
  })
}

type OpenBallot = { readonly decision: DecisionId; readonly stage: string; readonly closesAt: Instant }

function openBallots(j: Judging, from: number, until: number, times: number): readonly OpenBallot[] {
  const found: OpenBallot[] = []
  for (const decision of Object.values(j.state.decisions))
    for (const [stage, { box }] of Object.entries(decision.stages)) {
      const { openedAt, closesAt, closedAt } = box
      if (openedAt === null || closesAt === null || closedAt !== null || decision.ended !== null) continue
      const wasOpen = openedAt < until && closesAt > from
      if (wasOpen && extensionsOf(j.movement.outages, decision.id) < times) found.push({ decision: decision.id, stage, closesAt })
    }
  return found
}
