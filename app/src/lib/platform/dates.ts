import { civilTimeOf, daysBetween, civilDateOf, type CivilDate, type CivilTime, type Instant, type Zone } from '@quorate/kernel'
import type { Locale } from './words.ts'

const tag = (locale: Locale): string => (locale === 'en' ? 'en-GB' : 'cy')

const formats = new Map<string, Intl.DateTimeFormat>()
/** Civil dates are formatted as if they were in UTC: they have no zone. */
function dateFormat(locale: Locale, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${locale} ${key}`
  const known = formats.get(id)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(tag(locale), { ...options, timeZone: 'UTC' })
  formats.set(id, made)
  return made
}

/** How a day is written: `Monday 30 November`, with the year, short (`Mon 30 Nov`), or without its weekday (`3 May 2024`). */
export type DateStyle = 'long' | 'full' | 'short' | 'date'

const styles: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  long: { weekday: 'long', day: 'numeric', month: 'long' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
}

/** A civil day in words. */
export function dateText(date: CivilDate, locale: Locale, style: DateStyle = 'long'): string {
  const parts = dateFormat(locale, style, styles[style]).formatToParts(Date.parse(`${date}T00:00:00Z`))
  // Commas after the weekday differ between engine versions; ours has none: "Monday 30 November 2026".
  const text = parts.map((part) => (part.type === 'literal' ? ' ' : part.value)).join('')
  // The engine writes Welsh days as titles; within a sentence `dydd` is small.
  return (locale === 'cy' ? text.replace(/^Dydd /, 'dydd ') : text).trim()
}

/** A time of day in words: `5pm`, `7:40pm`, `noon`; Welsh `5pm`, `hanner dydd`. Seconds are left out, so round before. */
export function clockText(time: Pick<CivilTime, 'hour' | 'minute'>, locale: Locale): string {
  const { hour, minute } = time
  if (minute === 0 && hour === 12) return locale === 'en' ? 'noon' : 'hanner dydd'
  const half = hour < 12 ? 'am' : 'pm'
  const twelve = hour % 12 === 0 ? 12 : hour % 12
  return minute === 0 ? `${twelve}${half}` : `${twelve}:${String(minute).padStart(2, '0')}${half}`
}

/** An instant as a deadline is written: `5pm, Monday 30 November`. Midnight names the day that begins: `start of Tuesday 1 December`. */
export function instantWords(at: Instant, zone: Zone, locale: Locale, style: DateStyle = 'long'): string {
  const time = civilTimeOf(at, zone)
  const day = dateText(time.date, locale, style)
  if (time.hour === 0 && time.minute === 0) return locale === 'en' ? `start of ${day}` : `dechrau ${day}`
  return `${clockText(time, locale)}, ${day}`
}

const isMidnight = (at: Instant, zone: Zone): boolean => {
  const { hour, minute } = civilTimeOf(at, zone)
  return hour === 0 && minute === 0
}

// Instants are half open: what ends at 00:00 has the whole day before it, and nothing of the day that begins.
const limits = {
  en: { until: 'until', by: 'by', before: 'before' },
  cy: { until: 'tan', by: 'erbyn', before: 'cyn' },
} as const

/**
 * A limit with its preposition, for inside a sentence: `until 5pm, Monday 30 November`, `by 5pm, …`. Of a midnight, the day that it stops short
 * of: `before Tuesday 1 December`.
 */
export const limitWords = (at: Instant, zone: Zone, locale: Locale, how: 'until' | 'by', style: DateStyle = 'long'): string =>
  isMidnight(at, zone)
    ? `${limits[locale].before} ${dayWords(at, zone, locale, style)}`
    : `${limits[locale][how]} ${instantWords(at, zone, locale, style)}`

/** The same without the time of day: `until Monday 30 November`, `before Tuesday 1 December`. */
export const limitDayWords = (at: Instant, zone: Zone, locale: Locale, style: DateStyle = 'long'): string =>
  `${limits[locale][isMidnight(at, zone) ? 'before' : 'until']} ${dayWords(at, zone, locale, style)}`

/** What stands before an instant, as in `Before 5pm, Monday 30 November` or `Before Tuesday 1 December`. */
export const beforeWords = (at: Instant, zone: Zone, locale: Locale): string =>
  `${limits[locale].before} ${isMidnight(at, zone) ? dayWords(at, zone, locale) : instantWords(at, zone, locale)}`

/** The day an instant falls on in a zone, in words. */
export const dayWords = (at: Instant, zone: Zone, locale: Locale, style: DateStyle = 'long'): string =>
  dateText(civilDateOf(at, zone), locale, style)

/** Whole civil days from now to a later instant: 0 is today. A countdown stands only beside the deadline, never in its place. */
export const daysLeft = (now: Instant, until: Instant, zone: Zone): number =>
  Math.max(0, daysBetween(civilDateOf(now, zone), civilDateOf(until, zone)))
