import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { CivilDate, Instant, Zone } from '@quorate/kernel'
import { civilTimeOf, instantText } from '@quorate/kernel'
import { at, hour, lantern, later } from '../test/lantern.ts'
import { after, before, isWorkingDay, reckoningOf } from './calendar.ts'
import { parseDuration } from './language/expression.ts'
import { bankHolidaysOf, easterSunday, isHoliday } from './holidays.ts'

const here = reckoningOf(lantern)
const add = (from: string, length: string) => shown(after(at(from), durationOf(length), here))
const minus = (from: string, length: string) => shown(before(at(from), durationOf(length), here))
function durationOf(text: string) {
  const read = parseDuration(text)
  if (read.kind === 'fail') throw new Error(text)
  return read.value
}
function shown(instant: Instant): string {
  const t = civilTimeOf(instant, here.zone)
  return `${t.date} ${String(t.hour).padStart(2, '0')}:${String(t.minute).padStart(2, '0')}`
}

describe('durations in the calendar’s zone', () => {
  it.each([
    // The clocks go forward on 29 March 2026 at 01:00 and back on 25 October at 02:00.
    ['2026-03-28 12:00', '24 hours', '2026-03-29 13:00'],
    ['2026-03-28 12:00', '1 day', '2026-03-29 12:00'],
    ['2026-10-24 12:00', '24 hours', '2026-10-25 11:00'],
    ['2026-10-24 12:00', '1 day', '2026-10-25 12:00'],
    ['2026-03-28 01:30', '1 day', '2026-03-29 02:30'],
    ['2026-01-31 10:00', '1 month', '2026-02-28 10:00'],
    ['2028-01-31 10:00', '1 month', '2028-02-29 10:00'],
    ['2028-02-29 10:00', '1 year', '2029-02-28 10:00'],
    ['2026-03-20 10:00', '2 weeks', '2026-04-03 10:00'],
    ['2026-03-11 09:00', '14 clear days', '2026-03-26 00:00'],
    ['2026-03-11 00:00', '14 clear days', '2026-03-26 00:00'],
    ['2026-03-20 23:59', '10 clear days', '2026-03-31 00:00'],
    ['2026-03-13 09:00', '1 working day', '2026-03-17 00:00'],
    ['2026-04-01 10:00', '3 working days', '2026-04-09 00:00'],
    ['2026-04-01 10:00', '0 working days', '2026-04-01 10:00'],
    ['2026-12-24 10:00', '2 working days', '2026-12-31 00:00'],
  ])('%s and %s is %s', (from, length, expected) => {
    expect(add(from, length)).toBe(expected)
  })

  it.each([
    ['2026-03-29 13:00', '24 hours', '2026-03-28 12:00'],
    ['2026-03-30 12:00', '2 days', '2026-03-28 12:00'],
    ['2026-03-31 12:00', '1 month', '2026-02-28 12:00'],
    ['2026-03-31 12:00', '30 minutes', '2026-03-31 11:30'],
    ['2026-03-31 12:00', '1 week', '2026-03-24 12:00'],
    ['2026-03-31 12:00', '1 year', '2025-03-31 12:00'],
    ['2026-03-31 12:00', '3 clear days', '2026-03-28 00:00'],
    ['2026-04-07 12:00', '1 working day', '2026-04-02 00:00'],
  ])('%s less %s is %s', (from, length, expected) => {
    expect(minus(from, length)).toBe(expected)
  })

  it('keeps milliseconds, and a day that ends at 17:00 ends a working day there', () => {
    expect(instantText(after(later(at('2026-03-28 12:00'), 7), durationOf('1 day'), here))).toBe('2026-03-29T11:00:00.007Z')
    const early = { ...here, dayEnds: '17:00' }
    expect(shown(after(at('2026-03-13 09:00'), durationOf('1 working day'), early))).toBe('2026-03-16 17:00')
  })

  it('never goes back: a longer time ends later', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2025-01-01'), max: at('2030-01-01') }),
        fc.nat(60),
        fc.constantFrom('hours', 'days', 'clear days', 'working days', 'weeks', 'months'),
        (ms, count, unit) => {
          const from = ms as Instant
          const [short, long] = [after(from, { count, unit }, here), after(from, { count: count + 1, unit }, here)]
          expect(short).toBeGreaterThanOrEqual(from)
          expect(long).toBeGreaterThan(short)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('bank holidays (Banking and Financial Dealings Act 1971, gov.uk lists)', () => {
  const list = (year: number, set: 'england-and-wales' | 'scotland' | 'northern-ireland') => {
    const days: string[] = []
    for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += 24 * hour) {
      const day = new Date(ms).toISOString().slice(0, 10) as CivilDate
      if (isHoliday(day, set)) days.push(day.slice(5))
    }
    expect([...bankHolidaysOf(year, set)].sort().map((day) => day.slice(5))).toEqual(days)
    return days.join(' ')
  }
  it.each([
    [2016, 'england-and-wales', '01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27'],
    [2020, 'england-and-wales', '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28'],
    [2021, 'england-and-wales', '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28'],
    [2022, 'england-and-wales', '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27'],
    [2023, 'england-and-wales', '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26'],
    [2026, 'england-and-wales', '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
    [2022, 'scotland', '01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27'],
    [2025, 'scotland', '01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26'],
    [2026, 'northern-ireland', '01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28'],
  ] as const)('%i in %s', (year, set, expected) => {
    expect(list(year, set)).toBe(expected)
  })

  it('finds Easter', () => {
    expect([2016, 2019, 2024, 2038, 2285].map(easterSunday)).toEqual([
      '2016-03-27',
      '2019-04-21',
      '2024-03-31',
      '2038-04-25',
      '2285-03-22',
    ])
    expect(isWorkingDay('2026-04-03' as CivilDate, ['england-and-wales'])).toBe(false)
    expect(isWorkingDay('2026-04-03' as CivilDate, [])).toBe(true)
    expect(here.zone).toBe('Europe/London' as Zone)
  })
})
