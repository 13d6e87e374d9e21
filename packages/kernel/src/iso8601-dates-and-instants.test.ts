import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonicalJson,
  civilTimeOf,
  daysBetween,
  instant,
  instantOf,
  instantText,
  InvariantBroken,
  isoWeekday,
  parseCivilDate,
  parseInstant,
  parseZone,
  plusDays,
  plusMonths,
} from './index.ts'
import { day, zone } from '../test/parsed.ts'

const dates = fc
  .date({ min: new Date('1600-01-01T00:00:00Z'), max: new Date('8999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)))

describe('instants', () => {
  test('are whole milliseconds, and zero has no sign', () => {
    for (const ms of [0.5, Number.NaN, Infinity, 8.64e15, -8.64e15]) expect(() => instant(ms)).toThrow(InvariantBroken)
    expect(canonicalJson(instant(-0))).toBe('0')
  })

  test('reading undoes writing, to the millisecond', () => {
    const moments = fc.integer({ min: Date.UTC(1000, 0, 2), max: Date.UTC(9999, 11, 30) })
    fc.assert(
      fc.property(moments, (ms) => {
        expect(parseInstant(instantText(instant(ms)))).toEqual({ kind: 'ok', value: ms })
      }),
    )
    expect(instantText(instant(1))).toBe('1970-01-01T00:00:00.001Z')
    expect(instantText(instant(-1))).toBe('1969-12-31T23:59:59.999Z')
  })

  test.each([
    '2026-11-21T19:40:00Z',
    '2026-11-21T19:40:00.00Z',
    '2026-11-21T19:40:00.000+00:00',
    '2026-11-21t19:40:00.000z',
    '2026-11-21 19:40:00.000Z',
    '2026-11-21T24:00:00.000Z',
    '2026-11-21T23:59:60.000Z',
    '2026-02-29T00:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '0000-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    '+010000-01-01T00:00:00.000Z',
    '2026-11-21T19:40:00.000Z\n',
    '',
  ])('%j is no instant', (text) => {
    expect(parseInstant(text)).toEqual({ kind: 'fail', error: 'not an instant' })
  })
})

describe('civil dates', () => {
  test.each([
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-1-1',
    '26-01-01',
    '0026-11-21',
    '9001-01-01',
    ' 2026-01-01',
    '',
  ])('%j is no date', (text) => {
    expect(parseCivilDate(text)).toEqual({ kind: 'fail', error: 'not a date' })
  })

  test.each(['2028-02-29', '2000-02-29', '1500-01-01', '9000-12-31'])('%j is a date', (text) => {
    expect(parseCivilDate(text)).toEqual({ kind: 'ok', value: text })
  })

  test('days add up and come back', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -100_000, max: 100_000 }), (date, days) => {
        expect(daysBetween(date, plusDays(date, days))).toBe(days)
        expect(plusDays(plusDays(date, days), -days)).toBe(date)
      }),
    )
  })

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-05-30', 0, '2026-05-30'],
  ])('%s and %d months is %s: the day is clamped to the month', (from, months, to) => {
    expect(plusMonths(day(from), months)).toBe(to)
  })

  test('months keep the day where they can, never spill into the next month, and years are twelve of them', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const later = plusMonths(date, months)
        const index = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        expect(index(later) - index(date)).toBe(months)
        expect(later.slice(8) <= date.slice(8)).toBe(true)
        if (later.slice(8) < date.slice(8)) expect(plusDays(later, 1).slice(8)).toBe('01')
      }),
    )
  })

  test('weekdays run from Monday 1 to Sunday 7', () => {
    expect(['2026-11-23', '2026-11-28', '2026-11-29'].map((text) => isoWeekday(day(text)))).toEqual([1, 6, 7])
    fc.assert(
      fc.property(dates, (date) => {
        expect(isoWeekday(plusDays(date, 1))).toBe((isoWeekday(date) % 7) + 1)
      }),
    )
  })

  test('half a day and a year of five digits are our bugs', () => {
    expect(() => plusDays(day('2026-01-01'), 0.5)).toThrow(InvariantBroken)
    expect(() => plusMonths(day('2026-01-01'), 0.5)).toThrow(InvariantBroken)
    expect(() => plusDays(day('9000-01-01'), 999 * 366)).toThrow(InvariantBroken)
    expect(() => plusMonths(day('9000-01-01'), 12_000)).toThrow(InvariantBroken)
  })
})

describe('zones', () => {
  test.each(['Europe/London', 'UTC', 'Asia/Calcutta', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'])(
    '%s is known',
    (text) => {
      expect(parseZone(text)).toEqual({ kind: 'ok', value: text })
    },
  )

  test.each(['europe/london', 'Europe/london', '+01:00', 'Europe/Atlantis', 'BST', 'EST', 'us/eastern', 'local', ''])(
    '%j is refused',
    (text) => {
      expect(parseZone(text)).toEqual({ kind: 'fail', error: 'unknown zone' })
    },
  )

  test('a wall clock shows the half hours and quarters of its zone', () => {
    const noon = instant(Date.UTC(2026, 10, 21, 12, 34, 56))
    expect(civilTimeOf(noon, zone('Asia/Kathmandu'))).toEqual({ date: '2026-11-21', hour: 18, minute: 19, second: 56 })
    expect(civilTimeOf(noon, zone('Australia/Lord_Howe'))).toEqual({ date: '2026-11-21', hour: 23, minute: 34, second: 56 })
    expect(civilTimeOf(instant(-1), zone('UTC'))).toEqual({ date: '1969-12-31', hour: 23, minute: 59, second: 59 })
  })

  test('the wall clock of an instant leads back to it, except in an hour that happens twice', () => {
    const moments = fc.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2037, 0, 1) / 1000 })
    const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca')
    fc.assert(
      fc.property(moments, zones, (seconds, name) => {
        const at = instant(seconds * 1000)
        const wall = civilTimeOf(at, zone(name))
        const back = instantOf(wall, zone(name))
        expect(civilTimeOf(back, zone(name))).toEqual(wall)
        expect(back).toBeLessThanOrEqual(at)
        expect(at - back).toBeLessThanOrEqual(3_600_000)
      }),
    )
  })
})
