import { plusDays, type Instant } from '@quorate/kernel'
import { momentIn } from '../anchors.ts'
import { after, dayOf, instantOn, latest, reckoningOf, type Reckoning } from '../calendar.ts'
import type { Moment } from '../language/expression.ts'
import { provision, provisionsOf, type Provision, type Rulebook } from '../language/model.ts'
import type { Walking } from './path.ts'
import type { Stage, StageOf } from '../schema/stages.ts'

/** The last instant of a stage that waits for people; null when it has none, or its date is not known: `dated` looks dates up. */
export function deadlineOf(
  stage: Stage,
  startsAt: Instant,
  reckoning: Reckoning,
  dated: (at: Moment) => Instant | null = () => null,
): Instant | null {
  switch (stage.do) {
    case 'support':
      return after(startsAt, stage.window, reckoning)
    case 'nominate':
      return stage.window !== null ? after(startsAt, stage.window, reckoning) : stage.closes === null ? null : dated(stage.closes)
    case 'check':
    case 'consider':
    case 'meeting':
    case 'hustings':
    case 'certify':
    case 'challenge':
      return after(startsAt, stage.within, reckoning)
    case 'ballot':
      return after(startsAt, stage.timetable.within, reckoning)
    case 'debate':
    case 'delay':
      return after(startsAt, stage.lasts, reckoning)
    case 'notify':
      return stage.due === null ? null : dated(stage.due)
    case 'propose':
    case 'freeze':
    case 'enact':
      return null
  }
}

/** When certification falls by itself: a deputy named by the time-out has the same time again. */
export function certifiedBy(stage: StageOf<'certify'>, startsAt: Instant, reckoning: Reckoning): Instant {
  const own = after(startsAt, stage.within, reckoning)
  return stage.timeout.kind === 'certified' ? own : after(own, stage.within, reckoning)
}

/** When a ballot opens that nobody scheduled: 12:00 on the 8th day, the day it could first be scheduled being day 0. */
export function openingByDefault(stage: StageOf<'ballot'>, startsAt: Instant, reckoning: Reckoning): Instant {
  const { day, time } = stage.timetable.timeout
  return latest(
    after(startsAt, stage.timetable.within, reckoning),
    instantOn(plusDays(dayOf(startsAt, reckoning), day), time, reckoning),
  )
}

/** When a ballot closes that opens at an instant: after its period, or at its date, but never before it has opened. */
export function closingOf(w: Walking, stage: StageOf<'ballot'>, opensAt: Instant): Instant {
  if (stage.period !== null) return after(opensAt, stage.period, w.reckoning)
  const at = stage.closes === null ? null : momentIn(w, stage.closes)
  return at === null ? opensAt : latest(opensAt, at)
}

/**
 * When notice sent at an instant is deemed received: the latest over the channels used. Without a count per channel, the service's first
 * channel is meant.
 */
export function receivedAt(rulebook: Rulebook, stage: StageOf<'notify'>, sentAt: Instant, channels: readonly string[]): Instant {
  const service = serviceOf(rulebook, stage)
  if (service === null) return sentAt
  const used = channels.length > 0 ? channels : service.rule.channels.slice(0, 1)
  const rules = service.rule.deemedReceived.filter((row) => used.includes(row.key))
  return latest(
    sentAt,
    ...rules.map((row) => (row.value.kind === 'at sending' ? sentAt : after(sentAt, row.value.delay, reckoningOf(rulebook)))),
  )
}

/** The service clause a notice is served under: the one it names, else the one called `notice`, else the first. */
export function serviceOf(rulebook: Rulebook, stage: StageOf<'notify'>): Provision<'service'> | null {
  if (stage.service !== null) return provision(rulebook, 'service', stage.service)
  return provision(rulebook, 'service', 'notice') ?? provisionsOf(rulebook, 'service')[0] ?? null
}
