import type { Instant } from '@quorate/kernel'
import { actorReasons, electorReasons } from '../actors.ts'
import { after, before, latest, type Reckoning } from '../calendar.ts'
import { closingOf } from './deadline.ts'
import type { EventBody } from '../event.ts'
import { neededFor } from '../measure.ts'
import { includesPerson } from '../people-set.ts'
import { unfairOptions } from './options.ts'
import { factOf, fieldsFact, moment, named, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { StageOf } from '../schema/stages.ts'
import { onlyStay } from './stay.ts'
import { byRule, latestMarks, together, type ActOf, type Found, type Running, type StageCase, refused } from './stage-case.ts'
import type { StageMarks } from '../state.ts'

/** The timetable of a ballot. */
export function schedule(kase: StageCase, act: ActOf<'schedule'>, { stage, startsAt, marks }: Running<'ballot'>): Found {
  const { clause, reckoning } = kase
  const by = [...actorReasons(kase, kase.rulebook, clause, stage.timetable.by)]
  if (marks.box.opensAt !== null) by.push(reason('already-done', clause, moment(marks.box.opensAt)))
  const from = latest(startsAt, act.occurredAt)
  const until = after(startsAt, stage.timetable.within, reckoning)
  if (act.opensAt < from) by.push(reason('too-early', clause, moment(from), moment(act.opensAt)))
  if (act.opensAt > until) by.push(reason('too-late', clause, moment(until), moment(act.opensAt)))
  const closesAt = closingOf(kase.path.walking, stage, act.opensAt)
  return together(kase, by, 'timetable', marks, String(act.opensAt), [{ kind: 'scheduled', opensAt: act.opensAt, closesAt }])
}

/** A ballot opened, once its key ceremony is done. */
export function open(kase: StageCase, { stage, startsAt, marks }: Running<'ballot'>): Found {
  const { act, clause } = kase
  const reasons: Reason[] = [...byRule(kase)]
  const { opensAt, openedAt } = marks.box
  if (openedAt !== null) reasons.push(reason('already-done', clause, moment(openedAt)))
  if (opensAt === null) reasons.push(reason('too-early', clause, moment(startsAt), moment(act.occurredAt)))
  else if (act.occurredAt < opensAt) reasons.push(reason('too-early', clause, moment(opensAt), moment(act.occurredAt)))
  const setup = fieldsFact(kase, 'setup', null)?.text('fingerprint') ?? null
  if (setup === null) return refused(...reasons, reason('missing-fact', clause))
  reasons.push(...unfairOptions(kase, stage))
  // A ballot that opens late is open for its whole period all the same.
  const event = {
    kind: 'opened',
    setup: setup as Extract<EventBody, { kind: 'opened' }>['setup'],
    closesAt: closingOf(kase.path.walking, stage, act.occurredAt),
  } as const
  return { reasons, events: [event] }
}

/** The frozen roll a ballot is held on. */
const rollOf = (kase: StageCase, stage: StageOf<'ballot'>) => latestMarks(kase.decision, kase.path, stage.roll).roll

/** One ballot into the box. */
export function cast(kase: StageCase, act: ActOf<'cast'>, { stage, startsAt, marks }: Running<'ballot'>): Found {
  const { clause, reckoning } = kase
  const { box } = marks
  const roll = rollOf(kase, stage)
  if (box.openedAt === null || box.closesAt === null)
    return refused(reason('too-early', clause, moment(box.opensAt ?? startsAt), moment(act.occurredAt)))
  if (box.closedAt !== null && !mayFinish(kase, stage, box.closesAt))
    return refused(reason('too-late', clause, moment(box.closesAt), moment(act.recordedAt)))
  const reasons: Reason[] = []
  if (act.occurredAt < box.openedAt) reasons.push(reason('too-early', clause, moment(box.openedAt), moment(act.occurredAt)))
  if (roll === null) reasons.push(reason('missing-fact', clause, named('stage', stage.roll)))
  else {
    reasons.push(
      ...(act.as === `electorate ${roll.electorate}`
        ? []
        : [reason('wrong-electorate', clause, named('electorate', roll.electorate, roll.size))]),
    )
    reasons.push(...electorReasons(kase, kase.rulebook, roll.electorate))
    // The register of today does not say who was on the roll: only the roll does.
    const shown = factOf(kase, 'eligible', roll.electorate)
    if (shown !== null && shown.source !== 'roll')
      reasons.push(reason('missing-fact', clause, named('electorate', roll.electorate, roll.size)))
  }
  const provisional = roll !== null && factOf(kase, 'provisional', roll.electorate)?.value === true
  if (provisional && !isProvisional(kase, stage))
    reasons.push(reason('not-eligible', clause, named('electorate', roll.electorate)))
  const extended = roll === null ? null : extension(stage, marks, act, roll.size, reckoning)
  const events: EventBody[] = [{ kind: 'cast', ballot: act.ballot }]
  if (provisional) events.push({ kind: 'provisional' })
  if (extended !== null) events.push(extended)
  return { reasons, events }
}

/** Whether the roll of a ballot has a part for those whose appeal is open. */
function isProvisional(kase: StageCase, stage: StageOf<'ballot'>): boolean {
  const freeze = kase.procedure.rule.stages.find((s) => s.id === stage.roll)
  return freeze?.do === 'freeze' && freeze.provisional !== null && onlyStay(kase.rulebook)?.roll !== 'unchanged'
}

/** Whoever stood in the queue when the ballot closed may finish where the rule lets them; the box says who did. */
const mayFinish = (kase: StageCase, stage: StageOf<'ballot'>, closesAt: Instant): boolean =>
  stage.queue === 'those waiting may finish' && kase.act.occurredAt < closesAt && factOf(kase, 'queued', null)?.value === true

/** A ballot whose quorum is first met in its last hours stays open longer, so that nobody can hold back the deciding votes. */
function extension(
  stage: StageOf<'ballot'>,
  { box }: StageMarks,
  act: ActOf<'cast'>,
  rollSize: number,
  reckoning: Reckoning,
): EventBody | null {
  const rule = stage.lateQuorum
  if (
    rule === null ||
    box.closesAt === null ||
    box.closedAt !== null ||
    (rule.once && box.extended) ||
    includesPerson(box.voters, act.by)
  )
    return null
  const needed = stage.pass.map((c) =>
    c.kind === 'measure' && c.measure === 'turnout'
      ? neededFor(c.threshold, (b) => (b.kind === 'votes' && b.of === 'roll' ? rollSize : null))
      : null,
  )
  const quorum = Math.max(...needed.map((n) => n ?? 0))
  if (quorum === 0 || box.voters.size + 1 !== quorum || act.occurredAt < before(box.closesAt, rule.ifMetInLast, reckoning))
    return null
  return { kind: 'extended', closesAt: after(box.closesAt, rule.extend, reckoning) }
}
