import type { Instant } from '@quorate/kernel'
import { actorReasons } from '../actors.ts'
import { receivedAt, serviceOf } from './deadline.ts'
import { neededFor } from '../measure.ts'
import { cite } from '../language/model.ts'
import { lastRun, type Walk } from './path.ts'
import { fieldsFact, moment, named, reason, tooFew } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { StageOf } from '../schema/stages.ts'
import { byRule, type Found, type Running, type StageCase, refused } from './stage-case.ts'
import { marksOf, type DecisionState } from '../state.ts'

/** Notice that has gone out. */
export function notify(kase: StageCase, { stage, marks, deadline }: Running<'notify'>): Found {
  const { clause, rulebook } = kase
  const reasons: Reason[] = [...(stage.by === null ? byRule(kase) : actorReasons(kase, rulebook, clause, stage.by))]
  if (deadline !== null && kase.act.recordedAt >= deadline)
    reasons.push(reason('too-late', clause, moment(deadline), moment(kase.act.recordedAt)))
  if (marks.notice !== null) return refused(...reasons, reason('already-done', clause))
  const fact = fieldsFact(kase, 'notice', null)
  const served = fact?.count('served') ?? null
  const of = fact?.count('of') ?? null
  if (fact === null || served === null || of === null || served > of) return refused(...reasons, reason('missing-fact', clause))
  const service = serviceOf(rulebook, stage)
  const strict = service?.rule.standard === 'strict'
  const needed =
    service === null || strict
      ? of
      : neededFor(service.rule.soundWhen, (base) => (base.kind === 'votes' && base.of === 'roll' ? of : null))
  const cited = service === null ? clause : cite(rulebook, service.clause)
  if (needed === null) reasons.push(reason('missing-fact', cited))
  else if (served < needed) reasons.push(tooFew('short-notice', cited, 'people', needed, served))
  // What came back goes out again another way, in time.
  const again = service?.rule.onBounce ?? null
  const bounced = fact.count('bounced') ?? 0
  if (again !== null && (fact.count(again.channel) ?? 0) < bounced)
    reasons.push(tooFew('short-notice', cited, 'people', bounced, fact.count(again.channel) ?? 0))
  const channels = (service?.rule.channels ?? []).filter((c) => (fact.count(c) ?? 0) > 0)
  return {
    reasons,
    events: [{ kind: 'noticed', served, of, receivedAt: receivedAt(rulebook, stage, kase.act.occurredAt, channels) }],
  }
}

/** The instant a frozen roll speaks of: that of the notice, or the end of another stage. */
export function rollInstant(decision: DecisionState, path: Walk, stage: StageOf<'freeze'>): Instant | null {
  const run = lastRun(path, stage.at)
  return (run === null ? null : marksOf(decision, run.key).notice?.servedAt) ?? run?.endsAt ?? null
}

/** A roll that has been drawn. */
export function freeze(kase: StageCase, { stage }: Running<'freeze'>): Found {
  const reasons: Reason[] = [...byRule(kase)]
  const fact = fieldsFact(kase, 'roll', stage.electorate)
  const size = fact?.count('size') ?? null
  const root = fact?.text('root') ?? null
  const asOf = rollInstant(kase.decision, kase.path, stage)
  const required = named('electorate', stage.electorate)
  if (fact === null || size === null || root === null) return refused(...reasons, reason('missing-fact', kase.clause, required))
  if (asOf === null || fact.fact.at !== asOf)
    reasons.push(reason('missing-fact', kase.clause, asOf === null ? required : moment(asOf), moment(fact.fact.at)))
  return { reasons, events: [{ kind: 'frozen', size, root, electorate: stage.electorate }] }
}
