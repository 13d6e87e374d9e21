import { assert, instant, parseCivilDate, parseZone, type Zone } from '@quorate/kernel'
import { expect, test } from 'vitest'
import { beforeWords, clockText, dateText, daysLeft, instantWords, limitDayWords, limitWords } from './dates.ts'
import { listText, localeOfHeader, numberText, percentText } from './words.ts'

const read = parseZone('Europe/London')
assert(read.kind === 'ok', 'London has a zone')
const london: Zone = read.value
const at = (text: string) => instant(Date.parse(text))

test('a deadline is written as time, day and date, in the zone of the rule', () => {
  expect(instantWords(at('2026-11-30T17:00:00Z'), london, 'en')).toBe('5pm, Monday 30 November')
  expect(instantWords(at('2026-11-30T17:00:00Z'), london, 'cy')).toBe('5pm, dydd Llun 30 Tachwedd')
  expect(instantWords(at('2026-06-30T16:05:00Z'), london, 'en', 'full')).toBe('5:05pm, Tuesday 30 June 2026')
})

test('both clock changes: the hour is the one on the wall', () => {
  expect(instantWords(at('2026-03-29T00:59:00Z'), london, 'en')).toBe('12:59am, Sunday 29 March')
  expect(instantWords(at('2026-03-29T01:00:00Z'), london, 'en')).toBe('2am, Sunday 29 March')
  expect(instantWords(at('2026-10-25T00:30:00Z'), london, 'en')).toBe('1:30am, Sunday 25 October')
  expect(instantWords(at('2026-10-25T01:30:00Z'), london, 'en')).toBe('1:30am, Sunday 25 October')
})

test('noon and midnight are never mistaken', () => {
  expect(instantWords(at('2026-12-08T12:00:00Z'), london, 'en')).toBe('noon, Tuesday 8 December')
  expect(instantWords(at('2026-12-08T00:00:00Z'), london, 'en')).toBe('start of Tuesday 8 December')
  expect(instantWords(at('2026-12-07T23:59:59Z'), london, 'en')).toBe('11:59pm, Monday 7 December')
  expect(clockText({ hour: 0, minute: 30 }, 'en')).toBe('12:30am')
})

test('days have their styles', () => {
  const date = parseCivilDate('2024-05-03')
  assert(date.kind === 'ok', 'a day')
  expect(dateText(date.value, 'en', 'date')).toBe('3 May 2024')
  expect(dateText(date.value, 'en', 'short')).toBe('Fri 3 May')
  expect(dateText(date.value, 'cy', 'date')).toBe('3 Mai 2024')
})

test('days left count civil days and never go below none', () => {
  expect(daysLeft(at('2026-11-26T19:40:00Z'), at('2026-11-30T17:00:00Z'), london)).toBe(4)
  expect(daysLeft(at('2026-11-30T18:00:00Z'), at('2026-11-30T17:00:00Z'), london)).toBe(0)
})

test('a share is cut, so that what fell short never reads as enough', () => {
  expect(percentText(6_666, 10_000, 'en')).toBe('66.6%')
  expect(percentText(66_669, 100_000, 'en')).toBe('66.6%')
  expect(percentText(2, 3, 'cy')).toBe('66.6%')
  expect(percentText(0, 0, 'en')).toBe('0%')
  expect(numberText(41_872, 'en')).toBe('41,872')
  expect(listText(['a', 'b', 'c'], 'en')).toBe('a, b and c')
})

test('a browser’s wish for a language is read in its order, and a stranger’s is English', () => {
  expect(localeOfHeader('cy-GB,cy;q=0.9,en;q=0.8')).toBe('cy')
  expect(localeOfHeader('fr,en-GB;q=0.8')).toBe('en')
  expect([localeOfHeader(null), localeOfHeader(';;,'), localeOfHeader('de')]).toEqual(['en', 'en', 'en'])
})

test('a limit at midnight is the day it stops short of, and never the day that begins', () => {
  const midnight = at('2026-12-02T00:00:00Z')
  expect(limitWords(midnight, london, 'en', 'until', 'short')).toBe('before Wed 2 Dec')
  expect(limitWords(midnight, london, 'en', 'by')).toBe('before Wednesday 2 December')
  expect(limitWords(midnight, london, 'cy', 'until')).toBe('cyn dydd Mercher 2 Rhagfyr')
  expect(limitDayWords(midnight, london, 'en')).toBe('before Wednesday 2 December')
  expect(beforeWords(midnight, london, 'en')).toBe('before Wednesday 2 December')
  const five = at('2026-11-30T17:00:00Z')
  expect(limitWords(five, london, 'en', 'until')).toBe('until 5pm, Monday 30 November')
  expect(limitWords(five, london, 'en', 'by')).toBe('by 5pm, Monday 30 November')
  expect(limitWords(five, london, 'cy', 'by')).toBe('erbyn 5pm, dydd Llun 30 Tachwedd')
  expect(limitDayWords(five, london, 'en')).toBe('until Monday 30 November')
  expect(beforeWords(five, london, 'en')).toBe('before 5pm, Monday 30 November')
})
