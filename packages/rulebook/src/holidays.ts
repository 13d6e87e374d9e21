import { isoWeekday, plusDays, type CivilDate } from '@quorate/kernel'

/** Bank holidays of a part of the United Kingdom, as `holidays` of a calendar names them. */
export type HolidaySet = 'england-and-wales' | 'scotland' | 'northern-ireland'

// Royal proclamations that moved or added a day, 2011 to 2023. Key: the day of the rule; null: added.
const proclaimed: readonly { readonly moved: string | null; readonly to: string }[] = [
  { moved: null, to: '2011-04-29' },
  { moved: '2012-05-28', to: '2012-06-04' },
  { moved: null, to: '2012-06-05' },
  { moved: '2020-05-04', to: '2020-05-08' },
  { moved: '2022-05-30', to: '2022-06-02' },
  { moved: null, to: '2022-06-03' },
  { moved: null, to: '2022-09-19' },
  { moved: null, to: '2023-05-08' },
]

const day = (year: number, month: number, date: number): CivilDate =>
  plusDays(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01` as CivilDate, date - 1)

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
export function easterSunday(year: number): CivilDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 19 * l) / 433)
  const month = Math.floor((h + l - 7 * m + 90) / 25)
  return day(year, month, (h + l - 7 * m + 33 * month + 19) % 32)
}

const mondayFrom = (date: CivilDate): CivilDate => plusDays(date, (8 - isoWeekday(date)) % 7)
const lastMondayOf = (year: number, month: number): CivilDate => plusDays(mondayFrom(day(year, month + 1, 1)), -7)

/** All bank holidays of a year, reckoned anew. */
export function bankHolidaysOf(year: number, set: HolidaySet): ReadonlySet<string> {
  const easter = easterSunday(year)
  const fixed = [day(year, 1, 1), day(year, 12, 25), day(year, 12, 26)]
  const movable = [plusDays(easter, -2), mondayFrom(day(year, 5, 1)), lastMondayOf(year, 5)]
  if (set === 'scotland') {
    fixed.push(day(year, 1, 2), day(year, 11, 30))
    movable.push(mondayFrom(day(year, 8, 1)))
  } else movable.push(plusDays(easter, 1), lastMondayOf(year, 8))
  if (set === 'northern-ireland') fixed.push(day(year, 3, 17), day(year, 7, 12))
  const days = new Set<string>(movable)
  for (const { moved, to } of proclaimed) if (to.startsWith(`${year}-`) && (moved === null || days.delete(moved))) days.add(to)
  for (const date of fixed) if (isoWeekday(date) < 6) days.add(date)
  // A fixed day on a weekend is kept on the next weekday that is free (Banking and Financial Dealings Act 1971, schedule 1).
  for (const date of fixed.filter((d) => isoWeekday(d) >= 6).sort()) {
    let kept = date
    while (isoWeekday(kept) >= 6 || days.has(kept)) kept = plusDays(kept, 1)
    days.add(kept)
  }
  return days
}

const known = new Map<string, ReadonlySet<string>>()

/** Whether a civil day is a bank holiday of a set. Holidays proclaimed after 2023 are not known and count as working days. */
export function isHoliday(date: CivilDate, set: HolidaySet): boolean {
  const key = `${set} ${date.slice(0, 4)}`
  const days = known.get(key) ?? bankHolidaysOf(Number(date.slice(0, 4)), set)
  known.set(key, days)
  return days.has(date)
}
