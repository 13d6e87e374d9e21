import {
  afterClearDays,
  civilDateOf,
  civilTimeOf,
  instant,
  instantOf,
  isoWeekday,
  plusDays,
  plusMonths,
  type CivilDate,
  type CivilTime,
  type Instant,
  type Zone,
} from '@quorate/kernel'
import type { Duration, Moment } from './language/expression.ts'
import { isHoliday, type HolidaySet } from './holidays.ts'
import { onlyProvision, type Rulebook } from './language/model.ts'

/** How a rulebook reckons time. */
export type Reckoning = { readonly zone: Zone; readonly holidays: readonly HolidaySet[]; readonly dayEnds: string }

const reckonings = new WeakMap<Rulebook, Reckoning>()

/** The calendar clause of a rulebook, or UTC without holidays where it has none (the linter calls that an error). */
export function reckoningOf(rulebook: Rulebook): Reckoning {
  const known = reckonings.get(rulebook)
  if (known !== undefined) return known
  const rule = onlyProvision(rulebook, 'calendar')?.rule
  const made: Reckoning = {
    zone: rule?.zone ?? ('UTC' as Zone),
    holidays: rule?.holidays ?? [],
    dayEnds: rule?.dayEnds ?? '24:00',
  }
  reckonings.set(rulebook, made)
  return made
}

type Remembered = {
  readonly after: WeakMap<Duration, Map<Instant, Instant>>
  readonly before: WeakMap<Duration, Map<Instant, Instant>>
}
// One act asks for the same dozen deadlines again and again, and each costs up to six calls of Intl (about 40 µs together). A duration of a
// rulebook is one object for as long as that edition is read, so it is its own key: writing a key as text took longer than the rest of a walk.
const remembered = new WeakMap<Reckoning, Remembered>()
const rememberedMax = 1_000

function remember(reckoning: Reckoning, side: keyof Remembered, from: Instant, length: Duration): Instant {
  let maps = remembered.get(reckoning)
  if (maps === undefined) {
    maps = { after: new WeakMap(), before: new WeakMap() }
    remembered.set(reckoning, maps)
  }
  let map = maps[side].get(length)
  if (map === undefined) {
    map = new Map()
    maps[side].set(length, map)
  }
  const known = map.get(from)
  if (known !== undefined) return known
  if (map.size >= rememberedMax) map.clear()
  const value = side === 'after' ? reckonAfter(from, length, reckoning) : reckonBefore(from, length, reckoning)
  map.set(from, value)
  return value
}

const days = new WeakMap<Reckoning, Map<Instant, CivilDate>>()

/** The civil day of an instant in the calendar's zone, remembered: a roll of 40,000 asks for one cut-off 40,000 times. */
export function dayOf(at: Instant, reckoning: Reckoning): CivilDate {
  const map = days.get(reckoning) ?? new Map<Instant, CivilDate>()
  const known = map.get(at)
  if (known !== undefined) return known
  if (map.size >= rememberedMax) map.clear()
  const day = civilDateOf(at, reckoning.zone)
  map.set(at, day)
  days.set(reckoning, map)
  return day
}

const clocks = new WeakMap<Reckoning, Map<string, Instant>>()

/** A time of day on a civil day in the calendar's zone, remembered like {@link dayOf}. */
export function instantOn(date: CivilDate, time: string, reckoning: Reckoning): Instant {
  const map = clocks.get(reckoning) ?? new Map<string, Instant>()
  const key = `${date} ${time}`
  const known = map.get(key)
  if (known !== undefined) return known
  if (map.size >= rememberedMax) map.clear()
  const at = atTimeOfDay(date, time, reckoning.zone)
  map.set(key, at)
  clocks.set(reckoning, map)
  return at
}

/** Monday to Friday and no bank holiday. */
export const isWorkingDay = (date: CivilDate, holidays: readonly HolidaySet[]): boolean =>
  isoWeekday(date) < 6 && !holidays.some((set) => isHoliday(date, set))

/** A time of day such as `12:00` on a civil day. */
function atTimeOfDay(date: CivilDate, time: string, zone: Zone): Instant {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number)
  return instantOf({ date, hour, minute, second }, zone)
}

/** The civil date and clock of an instant moved by whole days or months; milliseconds stay. */
function civil(at: Instant, zone: Zone, move: (date: CivilDate) => CivilDate): Instant {
  const time: CivilTime = civilTimeOf(at, zone)
  return instant(instantOf({ ...time, date: move(time.date) }, zone) + (((at % 1000) + 1000) % 1000))
}

/**
 * The instant a duration after another. Minutes and hours are elapsed time; days, weeks, months and years keep the wall clock across
 * daylight saving, months clamped to the last day; `n clear days` end at 00:00 of the civil day + n + 1; `n working days` end with the nth
 * working day after the day of the event, at the calendar's `day-ends`.
 */
export const after = (from: Instant, length: Duration, reckoning: Reckoning): Instant =>
  remember(reckoning, 'after', from, length)

function reckonAfter(from: Instant, length: Duration, reckoning: Reckoning): Instant {
  const { count, unit } = length
  const { zone } = reckoning
  switch (unit) {
    case 'minutes':
      return instant(from + count * 60_000)
    case 'hours':
      return instant(from + count * 3_600_000)
    case 'days':
      return civil(from, zone, (date) => plusDays(date, count))
    case 'weeks':
      return civil(from, zone, (date) => plusDays(date, 7 * count))
    case 'months':
      return civil(from, zone, (date) => plusMonths(date, count))
    case 'years':
      return civil(from, zone, (date) => plusMonths(date, 12 * count))
    case 'clear days':
      return afterClearDays(from, count, zone)
    case 'working days':
      return workingDays(from, count, reckoning)
  }
}

function workingDays(from: Instant, count: number, { zone, holidays, dayEnds }: Reckoning): Instant {
  let date = civilDateOf(from, zone)
  for (let left = count; left > 0;) {
    date = plusDays(date, 1)
    if (isWorkingDay(date, holidays)) left--
  }
  return count === 0 ? from : atTimeOfDay(date, dayEnds, zone)
}

/** The instant a duration before another; clear and working days count civil days backwards. */
export const before = (from: Instant, length: Duration, reckoning: Reckoning): Instant =>
  remember(reckoning, 'before', from, length)

function reckonBefore(from: Instant, length: Duration, reckoning: Reckoning): Instant {
  const { count, unit } = length
  const { zone } = reckoning
  switch (unit) {
    case 'minutes':
      return instant(from - count * 60_000)
    case 'hours':
      return instant(from - count * 3_600_000)
    case 'days':
      return civil(from, zone, (date) => plusDays(date, -count))
    case 'weeks':
      return civil(from, zone, (date) => plusDays(date, -7 * count))
    case 'months':
      return civil(from, zone, (date) => plusMonths(date, -count))
    case 'years':
      return civil(from, zone, (date) => plusMonths(date, -12 * count))
    case 'clear days':
      return atTimeOfDay(plusDays(civilDateOf(from, zone), -count), '00:00', zone)
    case 'working days': {
      let date = civilDateOf(from, zone)
      for (let left = count; left > 0;) {
        date = plusDays(date, -1)
        if (isWorkingDay(date, reckoning.holidays)) left--
      }
      return atTimeOfDay(date, '00:00', zone)
    }
  }
}

/** The later of instants. */
export const latest = (first: Instant, ...rest: readonly Instant[]): Instant => rest.reduce((a, b) => (b > a ? b : a), first)

/** The instant a moment of the grammar names, its anchors looked up; null when one of them is not known. */
export function momentOf(at: Moment, anchored: (anchor: string) => Instant | null, reckoning: Reckoning): Instant | null {
  if (at.kind === 'date') return instantOn(at.date, at.time ?? '00:00', reckoning)
  const anchor = anchored(at.anchor)
  if (anchor === null || at.kind === 'anchor') return anchor
  if (at.kind === 'offset') return (at.side === 'before' ? before : after)(anchor, at.duration, reckoning)
  return instantOn(plusDays(dayOf(anchor, reckoning), -at.days), '24:00', reckoning)
}
