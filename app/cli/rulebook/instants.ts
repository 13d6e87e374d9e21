import {
  civilTimeOf,
  fail,
  instantOf,
  isoWeekday,
  ok,
  parseCivilDate,
  parseInstant,
  type Instant,
  type Result,
  type Zone,
} from '@quorate/kernel'

const typed = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/

/** What {@link instantTyped} takes, for a message. */
export const instantForms = '2026-11-01, 2026-11-01T19:40 (in the rulebook’s own zone) or 2026-11-01T19:40:00Z'

/** Reads an instant as people write it: a day (its first moment) or a time of day in a zone, or an instant in UTC. */
export function instantTyped(text: string, zone: Zone): Result<Instant, 'not an instant'> {
  const [, day = '', hour = '0', minute = '0', second = '0'] = typed.exec(text) ?? []
  const date = parseCivilDate(day)
  if (date.kind === 'fail') return parseInstant(text.replace(/:(\d{2})Z$/, ':$1.000Z'))
  const time = { hour: Number(hour), minute: Number(minute), second: Number(second) }
  if (time.hour > 23 || time.minute > 59 || time.second > 59) return fail('not an instant')
  return ok(instantOf({ date: date.value, ...time }, zone))
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const two = (count: number): string => String(count).padStart(2, '0')

/** An instant on the clock of a zone, always equally wide: `Sun 2026-11-01 19:40`. */
export function clockTextOf(at: Instant, zone: Zone): string {
  const { date, hour, minute } = civilTimeOf(at, zone)
  return `${days[isoWeekday(date) - 1] ?? ''} ${date} ${two(hour)}:${two(minute)}`
}
