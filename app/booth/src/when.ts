import { assert, civilTimeOf, type CivilTime, instant, isoWeekday, parseZone } from '@quorate/kernel'
import type { Language } from './messages.ts'

// Names are ours: browsers carry Welsh only in part, and the same words must stand on every device.
const days: Readonly<Record<Language, readonly string[]>> = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  cy: ['Llun', 'Mawrth', 'Mercher', 'Iau', 'Gwener', 'Sadwrn', 'Sul'],
}
const months: Readonly<Record<Language, readonly string[]>> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  cy: ['Ionawr', 'Chwefror', 'Mawrth', 'Ebrill', 'Mai', 'Mehefin', 'Gorffennaf', 'Awst', 'Medi', 'Hydref', 'Tachwedd', 'Rhagfyr'],
}

const clock = ({ hour, minute }: CivilTime, language: Language): string => {
  const half = language === 'cy' ? (hour < 12 ? 'yb' : 'yp') : hour < 12 ? 'am' : 'pm'
  if (minute === 0 && hour % 12 === 0)
    return language === 'cy' ? (hour === 0 ? 'hanner nos' : 'hanner dydd') : hour === 0 ? 'midnight' : 'noon'
  return `${hour % 12 || 12}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}${half}`
}

// A zone this device does not know falls back to UTC: an hour off at most in these islands, and the server is the judge.
function civil(at: number, zone: string): CivilTime {
  const known = parseZone(zone)
  const utc = known.kind === 'ok' ? known : parseZone('UTC')
  assert(utc.kind === 'ok', 'UTC is a zone everywhere')
  return civilTimeOf(instant(at), utc.value)
}

/** A deadline in a sentence, in the zone of the rule and never the device's: `5pm on Monday 30 November`. */
export function longTime(at: number, zone: string, language: Language): string {
  const time = civil(at, zone)
  const [day, month] = names(time, language)
  const number = Number(time.date.slice(8))
  return language === 'cy'
    ? `${clock(time, language)} ddydd ${day} ${number} ${month}`
    : `${clock(time, language)} on ${day} ${number} ${month}`
}

/** A moment in a table: `Thu 26 Nov, 2:07pm`. */
export function shortTime(at: number, zone: string, language: Language): string {
  const time = civil(at, zone)
  const [day, month] = names(time, language)
  return `${day.slice(0, 3)} ${Number(time.date.slice(8))} ${shortMonth(month)}, ${clock(time, language)}`
}

// Welsh counts ch and rh as one letter: Tach, Rhag.
const shortMonth = (month: string): string => month.slice(0, /^(?:Tach|Rhag)/.test(month) ? 4 : 3)

/** The time of day alone: `2:07pm`. */
export const clockTime = (at: number, zone: string, language: Language): string => clock(civil(at, zone), language)

const names = (time: CivilTime, language: Language): readonly [string, string] => [
  days[language][isoWeekday(time.date) - 1] ?? '',
  months[language][Number(time.date.slice(5, 7)) - 1] ?? '',
]
