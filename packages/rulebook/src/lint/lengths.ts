import type { Duration, Moment } from '../language/expression.ts'

// A clear or a working day is at least a day long; months and years stand for 30 and 365 days. Enough to say which of two lengths is the longer.
const hours: Readonly<Record<Duration['unit'], number>> = {
  minutes: 1 / 60,
  hours: 1,
  days: 24,
  'clear days': 24,
  'working days': 24,
  weeks: 168,
  months: 720,
  years: 8760,
}

/** About how long a length of time is, in hours: for comparing two, never for reckoning. */
export const roughHours = (length: Duration): number => length.count * hours[length.unit]

/** About how long before its anchor a moment lies, in hours; 0 for one at or after it. */
export const hoursBefore = (moment: Moment): number =>
  moment.kind === 'offset' && moment.side === 'before'
    ? roughHours(moment.duration)
    : moment.kind === 'end of day'
      ? moment.days * 24
      : 0
