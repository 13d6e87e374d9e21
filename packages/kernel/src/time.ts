import type { Branded } from './brand.ts'
import { assert } from './invariant.ts'
import { fail, ok, type Result } from './result.ts'

/** A point on the time line: integer milliseconds since 1970-01-01T00:00:00Z. On the wire: `2026-11-21T19:40:00.000Z`. */
export type Instant = Branded<number, 'Instant'>
/** A day of the calendar without a zone, `YYYY-MM-DD`. */
export type CivilDate = Branded<string, 'CivilDate'>
/** A day and a wall-clock time without a zone. */
export type CivilTime = { readonly date: CivilDate; readonly hour: number; readonly minute: number; readonly second: number }
/** An IANA zone id the engine knows, such as `Europe/London`. */
export type Zone = Branded<string, 'Zone'>

/** Where time comes from. Always an argument: packages never read a clock. */
export type Clock = { readonly now: () => Instant }
/** Where randomness comes from: `n` fresh bytes from a cryptographic source. Always an argument. */
export type Random = (n: number) => Uint8Array

const dayMs = 86_400_000

// Four digits of a year in every zone: the texts below have room for no more.
const instantMin = Date.UTC(1000, 0, 2)
const instantMax = Date.UTC(9999, 11, 30)

/** An instant from integer milliseconds, of the years 1000 to 9999. */
export function instant(ms: number): Instant {
  assert(Number.isSafeInteger(ms) && ms >= instantMin && ms <= instantMax, 'an instant is an integer of milliseconds in range')
  return (ms + 0) as Instant // −0 + 0 is 0: a record has no negative zero.
}

/** Canonical text of an instant, with milliseconds and `Z`. */
export const instantText = (at: Instant): string => new Date(at).toISOString()

/** Reads the canonical text only. */
export function parseInstant(text: string): Result<Instant, 'not an instant'> {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms) || ms < instantMin || ms > instantMax) return fail('not an instant')
  return instantText(ms as Instant) === text ? ok(ms as Instant) : fail('not an instant')
}

/**
 * Reads `YYYY-MM-DD` and refuses days that do not exist, and years outside 1500 to 9000: `0026-11-21` is a slip of the finger, and the room
 * above and below lets notice periods and terms of office be counted from any date that was read.
 */
export function parseCivilDate(text: string): Result<CivilDate, 'not a date'> {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '1500' || text > '9000-12-31') return fail('not a date')
  const ms = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? fail('not a date') : ok(text as CivilDate)
}

/**
 * Reads an IANA zone id in its own spelling: `Area/Place` or `UTC`. A bare offset such as `+01:00` knows no summer time, and letters alone
 * are traps: engines read `BST` as Bangladesh.
 */
export function parseZone(text: string): Result<Zone, 'unknown zone'> {
  if (formatters.has(text)) return ok(text as Zone)
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions()
    const isMisspelt = timeZone !== text && timeZone.toLowerCase() === text.toLowerCase()
    return isMisspelt || !/^(UTC|[A-Z].*\/.*)$/.test(text) ? fail('unknown zone') : ok(text as Zone)
  } catch {
    return fail('unknown zone')
  }
}

const utcOf = (date: CivilDate): number => Date.parse(`${date}T00:00:00Z`)

function dateOfUtc(ms: number): CivilDate {
  assert(ms >= instantMin && ms <= instantMax, 'a date has a year of four digits')
  return new Date(ms).toISOString().slice(0, 10) as CivilDate
}

/** The civil date `days` later (earlier when negative). Civil, so daylight saving does not matter. */
export function plusDays(date: CivilDate, days: number): CivilDate {
  assert(Number.isSafeInteger(days), 'days are whole')
  return dateOfUtc(utcOf(date) + days * dayMs)
}

/** The civil date `months` later, clamped to the last day of a shorter month. */
export function plusMonths(date: CivilDate, months: number): CivilDate {
  assert(Number.isSafeInteger(months), 'months are whole')
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return dateOfUtc(first.getTime() + (Math.min(day, last) - 1) * dayMs)
}

/** Whole civil days from a to b; negative when b is earlier. */
export const daysBetween = (a: CivilDate, b: CivilDate): number => (utcOf(b) - utcOf(a)) / dayMs

/** 1 Monday … 7 Sunday (ISO 8601). */
export const isoWeekday = (date: CivilDate): number => new Date(utcOf(date)).getUTCDay() || 7

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(zone: Zone): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(zone, made)
  return made
}

/** What a clock on the wall in `zone` shows at an instant. */
export function civilTimeOf(at: Instant, zone: Zone): CivilTime {
  // Written as `03/20/2026, 09:00:00`: read back from the text it takes 2 µs, from its parts 5 µs.
  const [month, day, year, hour, minute, second] = formatter(zone).format(at).match(/\d+/g) ?? []
  return {
    date: `${year}-${month}-${day}` as CivilDate,
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  }
}

/** The civil day an instant falls on in `zone`. */
export const civilDateOf = (at: Instant, zone: Zone): CivilDate => civilTimeOf(at, zone).date

const wallMs = (t: CivilTime): number => utcOf(t.date) + ((t.hour * 60 + t.minute) * 60 + t.second) * 1000

/**
 * The instant at which a wall clock in `zone` shows a civil time. A time skipped in spring is read with the offset from before the
 * change (01:30 becomes 02:30); of a time that happens twice in autumn the first is meant. `hour` may be 24 for the end of a day.
 */
export function instantOf(time: CivilTime, zone: Zone): Instant {
  const wall = wallMs(time)
  const offsetAt = (ms: number): number => wallMs(civilTimeOf(ms as Instant, zone)) - Math.floor(ms / 1000) * 1000
  const before = offsetAt(wall - dayMs)
  const after = offsetAt(wall + dayMs)
  for (const offset of [before, after]) if (offsetAt(wall - offset) === offset) return instant(wall - offset)
  return instant(wall - before)
}

/** 00:00 of a civil day in `zone`. */
export const startOfDay = (date: CivilDate, zone: Zone): Instant => instantOf({ date, hour: 0, minute: 0, second: 0 }, zone)

/**
 * When `days` clear days have passed after an instant: 00:00 of its civil day + days + 1. Neither the day of the event nor the day of
 * the act counts.
 */
export const afterClearDays = (from: Instant, days: number, zone: Zone): Instant =>
  startOfDay(plusDays(civilDateOf(from, zone), days + 1), zone)

/** How many clear days lie between two instants; −1 when both fall on one day. */
export const clearDaysBetween = (from: Instant, to: Instant, zone: Zone): number =>
  daysBetween(civilDateOf(from, zone), civilDateOf(to, zone)) - 1
