import { clearDaysBetween } from '@quorate/kernel'
import { onlyProvision } from '@quorate/rulebook'
import { ownEntries, type Evidence } from './check.ts'
import type { Replay } from './replay.ts'
import { failed, notChecked, passed, type Outcome, type Quantity } from './verdict.ts'

/**
 * Notice: the delivery adds up, was written down when the rules took it as served, and the clear days from then to the opening of the ballot
 * (or to the freeze of the roll, where nothing has opened yet) are counted again. Whether they are enough, the rules have judged.
 */
export function checkNotice(evidence: Evidence, replay: Replay): Outcome {
  const served = replay.acts.find(({ recorded }) => recorded.act.kind === 'notify')
  const event = served?.recorded.events.find((e) => e.kind === 'noticed')
  const delivery = ownEntries(evidence, 'delivery').findLast(
    ({ index, body }) => body.mailing === 'notice' && index < (served?.index ?? 0),
  )
  if (served === undefined || event === undefined || delivery === undefined) return notChecked('not-yet')
  const { index, body, entry } = delivery
  const { clause } = event
  for (const [what, total] of [
    ['served', body.served],
    ['failed', body.failed],
  ] as const) {
    const sum = body.channels.reduce((n, channel) => n + channel[what], 0)
    if (sum !== total)
      return failed('delivery-differs', { entry: index, clause, expected: `${what} ${String(sum)} by channel`, found: total })
  }
  if (entry.at !== served.at) return failed('delivery-differs', { entry: index, clause, expected: served.at, found: entry.at })
  return passed(
    { name: 'people served', count: event.served },
    { name: 'people on the list', count: event.of },
    ...clearDays(replay, event.receivedAt),
  )
}

function clearDays(replay: Replay, receivedAt: Parameters<typeof clearDaysBetween>[0]): readonly Quantity[] {
  const events = replay.acts.flatMap(({ recorded, rulebook }) =>
    [...recorded.deemed, ...recorded.events].map((event) => ({ event, zone: onlyProvision(rulebook, 'calendar')?.rule.zone })),
  )
  const until = events.find(({ event }) => event.kind === 'opened') ?? events.find(({ event }) => event.kind === 'frozen')
  if (until?.zone === undefined) return []
  return [{ name: 'clear days', count: clearDaysBetween(receivedAt, until.event.occurredAt, until.zone) }]
}
