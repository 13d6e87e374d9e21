import { afterClearDays, assert, civilDateOf, instant, parseZone } from '@quorate/kernel'
import type { Bench } from '../tools/measure.ts'

/** Clear days beside what the platform offers. */
export default function clearDaysBench(): Bench {
  const zone = parseZone('Europe/London')
  assert(zone.kind === 'ok', 'London is a zone')
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone.value, dateStyle: 'short', timeStyle: 'medium' })
  let at = Date.UTC(2026, 0, 1)
  // A new instant each time, across both clock changes.
  const next = (): number => ((at += 3_607_003) < Date.UTC(2028, 0, 1) ? at : (at = Date.UTC(2026, 0, 1)))
  return {
    title: 'Clear days',
    about:
      'The instant at which 14 clear days have passed, in Europe/London. A page of decisions asks a few dozen times; a replay of ten years of record about a hundred thousand times.',
    cases: [
      { name: 'Intl: one instant to text', operations: 1, run: () => format.format(next()) },
      { name: 'civilDateOf', operations: 1, run: () => civilDateOf(instant(next()), zone.value) },
      { name: 'afterClearDays', operations: 1, run: () => afterClearDays(instant(next()), 14, zone.value) },
      {
        name: 'the same with Temporal',
        operations: 1,
        run: () =>
          Temporal.Instant.fromEpochMilliseconds(next())
            .toZonedDateTimeISO(zone.value)
            .toPlainDate()
            .add({ days: 15 })
            .toZonedDateTime(zone.value).epochMilliseconds,
      },
    ],
  }
}
