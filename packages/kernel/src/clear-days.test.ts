import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterClearDays,
  civilDateOf,
  clearDaysBetween,
  instant,
  instantOf,
  instantText,
  startOfDay,
  type Instant,
} from './index.ts'
import { at, day, zone } from '../test/parsed.ts'

const london = zone('Europe/London')
const plus = (when: Instant, ms: number): Instant => instant(when + ms)

// Notice is counted in clear days: neither the day it is given nor the day of the meeting counts (Re Hector Whaling Ltd [1936] Ch 208).
describe('clear days', () => {
  test('14 clear days from a Monday evening end when the Tuesday two weeks later begins', () => {
    expect(instantText(afterClearDays(at('2026-11-02T19:40:00.000Z'), 14, london))).toBe('2026-11-17T00:00:00.000Z')
  })

  test.each([
    ['the last millisecond of the day', '2026-11-02T23:59:59.999Z', '2026-11-10T00:00:00.000Z'],
    ['the first millisecond of the next day', '2026-11-03T00:00:00.000Z', '2026-11-11T00:00:00.000Z'],
    ['one millisecond later', '2026-11-03T00:00:00.001Z', '2026-11-11T00:00:00.000Z'],
  ])('notice in %s', (_, from, until) => {
    expect(instantText(afterClearDays(at(from), 7, london))).toBe(until)
  })

  test('one millisecond too early is a day short', () => {
    const notice = at('2026-11-02T09:00:00.000Z')
    const lawful = afterClearDays(notice, 7, london)
    expect(clearDaysBetween(notice, lawful, london)).toBe(7)
    expect(clearDaysBetween(notice, plus(lawful, 1), london)).toBe(7)
    expect(clearDaysBetween(notice, plus(lawful, -1), london)).toBe(6)
  })

  test('none lie between neighbouring days, and the same day is one less than none', () => {
    expect(clearDaysBetween(at('2026-11-02T23:59:59.999Z'), at('2026-11-03T00:00:00.000Z'), london)).toBe(0)
    expect(clearDaysBetween(at('2026-11-02T00:00:00.000Z'), at('2026-11-02T23:59:59.999Z'), london)).toBe(-1)
    expect(clearDaysBetween(at('2026-11-03T12:00:00.000Z'), at('2026-11-02T12:00:00.000Z'), london)).toBe(-2)
  })

  // Summer time began at 01:00 UTC on 29 March 2026 and ends at 01:00 UTC on 25 October 2026.
  test('across the spring change the end is 23:00 UTC, an hour less than the same number of days of 24 hours', () => {
    const from = at('2026-03-25T12:00:00.000Z')
    expect(instantText(afterClearDays(from, 7, london))).toBe('2026-04-01T23:00:00.000Z')
    expect(startOfDay(day('2026-03-30'), london) - startOfDay(day('2026-03-29'), london)).toBe(23 * 3_600_000)
  })

  test('across the autumn change the end is 00:00 UTC, an hour more', () => {
    const from = at('2026-10-20T12:00:00.000Z')
    expect(instantText(afterClearDays(from, 7, london))).toBe('2026-10-28T00:00:00.000Z')
    expect(startOfDay(day('2026-10-26'), london) - startOfDay(day('2026-10-25'), london)).toBe(25 * 3_600_000)
  })

  test('in summer the civil day begins at 23:00 UTC, to the millisecond', () => {
    const midnight = at('2026-06-09T23:00:00.000Z')
    expect(civilDateOf(plus(midnight, -1), london)).toBe('2026-06-09')
    expect(civilDateOf(midnight, london)).toBe('2026-06-10')
    expect(startOfDay(day('2026-06-10'), london)).toBe(midnight)
    expect(instantText(afterClearDays(plus(midnight, -1), 1, london))).toBe('2026-06-10T23:00:00.000Z')
    expect(instantText(afterClearDays(midnight, 1, london))).toBe('2026-06-11T23:00:00.000Z')
  })

  test('29 February counts in a leap year and 2100 has none', () => {
    expect(instantText(afterClearDays(at('2028-02-27T10:00:00.000Z'), 1, london))).toBe('2028-02-29T00:00:00.000Z')
    expect(instantText(afterClearDays(at('2100-02-27T10:00:00.000Z'), 1, london))).toBe('2100-03-01T00:00:00.000Z')
  })

  test('a wall clock time that the spring change skips is read with the offset before it', () => {
    const skipped = instantOf({ date: day('2026-03-29'), hour: 1, minute: 30, second: 0 }, london)
    expect(instantText(skipped)).toBe('2026-03-29T01:30:00.000Z')
  })

  test('of a wall clock time that the autumn change repeats the first is meant', () => {
    const first = instantOf({ date: day('2026-10-25'), hour: 1, minute: 30, second: 0 }, london)
    expect(instantText(first)).toBe('2026-10-25T00:30:00.000Z')
  })

  test('hour 24 is the end of the day, and 23:59:59 comes a second before it', () => {
    const end = instantOf({ date: day('2026-11-30'), hour: 24, minute: 0, second: 0 }, london)
    expect(end).toBe(startOfDay(day('2026-12-01'), london))
    expect(instantOf({ date: day('2026-11-30'), hour: 23, minute: 59, second: 59 }, london)).toBe(plus(end, -1000))
  })

  test('where midnight itself is skipped, the day begins when its clock does', () => {
    // Beirut puts its clocks forward at 00:00 on the last Sunday of March: the day begins at 01:00.
    expect(instantText(startOfDay(day('2026-03-29'), zone('Asia/Beirut')))).toBe('2026-03-28T22:00:00.000Z')
  })
})

const zones = ['Europe/London', 'UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Beirut']
const moments = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2037, 11, 31) }).map((ms) => instant(ms))
const anyZone = fc.constantFrom(...zones).map(zone)

describe('laws, in seven zones', () => {
  test('so many clear days after an instant there lie just so many clear days between, and one millisecond sooner one fewer', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 400 }), anyZone, (from, days, where) => {
        const until = afterClearDays(from, days, where)
        expect(clearDaysBetween(from, until, where)).toBe(days)
        expect(clearDaysBetween(from, plus(until, -1), where)).toBe(days - 1)
      }),
    )
  })

  test('the Temporal of the engine ends them at the same instant', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 400 }), anyZone, (from, days, where) => {
        const date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(where).toPlainDate()
        const until = date.add({ days: days + 1 }).toZonedDateTime(where).epochMilliseconds
        expect(afterClearDays(from, days, where)).toBe(until)
      }),
    )
  })

  test('a day begins at the first instant of that day', () => {
    fc.assert(
      fc.property(moments, anyZone, (when, where) => {
        const date = civilDateOf(when, where)
        const begin = startOfDay(date, where)
        expect(civilDateOf(begin, where)).toBe(date)
        expect(civilDateOf(plus(begin, -1), where) < date).toBe(true)
        expect(begin).toBeLessThanOrEqual(when)
      }),
    )
  })

  test('more days never end sooner, and a later notice never ends sooner', () => {
    fc.assert(
      fc.property(moments, moments, fc.integer({ min: 0, max: 60 }), anyZone, (a, b, days, where) => {
        const [first, second] = a <= b ? [a, b] : [b, a]
        expect(afterClearDays(first, days, where)).toBeLessThanOrEqual(afterClearDays(second, days, where))
        expect(afterClearDays(first, days, where)).toBeLessThan(afterClearDays(first, days + 1, where))
      }),
    )
  })
})
