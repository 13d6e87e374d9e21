import { civilDateOf, plusDays, type Instant } from '@quorate/kernel'
import { after, atTimeOfDay, latest, reckoningOf, type Reckoning } from './calendar.ts'
import { provision, provisionsOf, type Provision, type Rulebook } from './model.ts'
import type { Stage, StageOf } from './schema/stages.ts'

/** The last instant of a stage that waits for people; null when it has none. */
export function deadlineOf(stage: Stage, startsAt: Instant, reckoning: Reckoning): Instant | null {
  switch (stage.do) {
    case 'support':
    case 'nominate':
      return after(startsAt, stage.window, reckoning)
    case 'check':
    case 'consider':
    case 'certify':
    case 'challenge':
      return after(startsAt, stage.within, reckoning)
    case 'ballot':
      return after(startsAt, stage.timetable.within, reckoning)
    case 'debate':
    case 'delay':
      return after(startsAt, stage.lasts, reckoning)
    default:
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
    atTimeOfDay(plusDays(civilDateOf(startsAt, reckoning.zone), day), time, reckoning.zone),
  )
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
