import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemCodes } from '../src/protocol.ts'
import { boothCatalogues } from '../src/booth-messages.ts'
import { checkCatalogues } from '../src/check-messages.ts'
import { fillPlaces, languageOf, numberText } from '../src/messages.ts'
import { trusteeFileCy } from '../src/trustee-file-messages.cy.ts'
import { trusteeFileEn } from '../src/trustee-file-messages.en.ts'
import { trusteeCatalogues } from '../src/trustee-messages.ts'
import { parseLink } from '../src/link.ts'
import { clockTime, longTime, shortTime } from '../src/when.ts'
import { changedWords } from '../src/words-changed.ts'

/** A sentence in the place of another keeps to its own name among these. */
const beside = (own: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(own).map(([key, text]) => [`file ${key}`, text]))
const catalogues = {
  en: { ...trusteeCatalogues.en, ...checkCatalogues.en, ...beside(trusteeFileEn) },
  cy: { ...trusteeCatalogues.cy, ...checkCatalogues.cy, ...beside(trusteeFileCy) },
}
const { en, cy } = catalogues
const keys = Object.keys(en) as (keyof typeof en)[]
const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort()

// EXPERIENCE §6, left column. Whole words, so that "log" is not found in "catalogue".
const neverSaid = {
  en: /\b(encrypt|decrypt|ciphertext|hash|digest|root|tracker|credential|token|tally|ledger|log|blockchain|cosignature|electorate|eligible|user|submit|invalid|oops)(s|ed|ing|ion)?\b/i,
  cy: /\b(amgryptio|dadgryptio|hash|crynodeb|gwraidd|traciwr|credadun|tocyn|llyfr cyfrifon|blockchain|cydlofnod|etholaeth|cymwys|defnyddiwr|cyflwyno|annilys|wps)\b/i,
}

describe('sentences of the voting pages (EXPERIENCE §6)', () => {
  test('Welsh has every sentence, with the same places', () => {
    expect(Object.keys(cy).sort()).toEqual([...keys].sort())
    for (const key of keys) expect(places(cy[key]), key).toEqual(places(en[key]))
  })

  test('no word that members should not meet, in either language', () => {
    for (const language of ['en', 'cy'] as const)
      for (const key of keys) expect(catalogues[language][key], key).not.toMatch(neverSaid[language])
    expect('Your token is invalid').toMatch(neverSaid.en)
  })

  test('sentences stay within 25 words', () => {
    for (const language of ['en', 'cy'] as const)
      for (const key of keys)
        for (const sentence of catalogues[language][key].split(/[.!?:;]\s/))
          expect(sentence.split(/\s+/).length, `${key}: ${sentence}`).toBeLessThanOrEqual(25)
  })

  test('no sentence is empty or the English one by oversight', () => {
    const same = keys.filter((key) => en[key] === cy[key])
    expect(same).toEqual([])
    for (const key of keys) expect(cy[key].trim()).not.toBe('')
  })

  test('before casting and after it, the words of the guide', () => {
    expect(boothCatalogues.en.notCastYet).toBe('Your vote has not been cast yet.')
    expect(boothCatalogues.en.receiptTitle).toBe('Your vote is in the ballot box')
  })

  test('every problem code is unlike the others', () => {
    expect(new Set(problemCodes).size).toBe(problemCodes.length)
  })

  test('places are filled, numbers grouped, and a place without a value stays visible', () => {
    expect(fillPlaces('{a} of {b}, {c}', { a: 12400, b: 'x' })).toBe('12,400 of x, {c}')
    expect(numberText(999)).toBe('999')
    expect(numberText(1234567)).toBe('1,234,567')
  })

  test('language: the reader’s choice, then the browser’s, then English', () => {
    expect(languageOf('a=1; lang=cy', ['en-GB'])).toBe('cy')
    expect(languageOf('lang=fr', ['fr', 'cy-GB', 'en'])).toBe('cy')
    expect(languageOf('', ['fr'])).toBe('en')
    expect(languageOf('xlang=cy', [])).toBe('en')
  })
})

describe('deadlines are civil times of the rule’s zone', () => {
  const at = Date.UTC(2026, 10, 30, 17)
  test('in both languages, in winter and summer', () => {
    expect(longTime(at, 'Europe/London', 'en')).toBe('5pm on Monday 30 November')
    expect(longTime(at, 'Europe/London', 'cy')).toBe('5yp ddydd Llun 30 Tachwedd')
    expect(longTime(Date.UTC(2026, 6, 1, 22, 59), 'Europe/London', 'en')).toBe('11:59pm on Wednesday 1 July')
    expect(shortTime(Date.UTC(2026, 10, 26, 14, 7), 'Europe/London', 'en')).toBe('Thu 26 Nov, 2:07pm')
  })
  test('noon and midnight have names; a zone we do not know is read as UTC', () => {
    expect(clockTime(Date.UTC(2026, 0, 1, 12), 'UTC', 'en')).toBe('noon')
    expect(clockTime(Date.UTC(2026, 0, 1), 'UTC', 'cy')).toBe('hanner nos')
    expect(clockTime(Date.UTC(2026, 0, 1, 0, 5), 'Mars/Olympus', 'en')).toBe('12:05am')
  })
})

describe('words of a change', () => {
  const spell = (runs: ReturnType<typeof changedWords>, leave: 'gone' | 'new'): string =>
    runs
      .filter(({ kind }) => kind !== leave)
      .map(({ text }) => text)
      .join('')
      .split(/\s+/)
      .join(' ')

  test('what stayed, went and came', () => {
    expect(changedWords('The committee chooses.', 'The members choose.')).toEqual([
      { kind: 'same', text: 'The ' },
      { kind: 'gone', text: 'committee chooses.' },
      { kind: 'new', text: 'members choose.' },
    ])
    expect(changedWords('', 'New.')).toEqual([{ kind: 'new', text: 'New.' }])
    expect(changedWords('Old.', '')).toEqual([{ kind: 'gone', text: 'Old.' }])
  })

  test('the runs always spell both texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'cc', 'the', '\n'), { maxLength: 14 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = changedWords(before, after)
        expect(spell(runs, 'new').trim()).toBe(before.split(/\s+/).join(' ').trim())
        expect(spell(runs, 'gone').trim()).toBe(after.split(/\s+/).join(' ').trim())
      }),
    )
  })

  test('very long texts are shown whole rather than compared', () => {
    const long = 'word '.repeat(800)
    expect(changedWords(long, long).map(({ kind }) => kind)).toEqual(['gone', 'new'])
  })
})

describe('links', () => {
  const uuid = 'Lantern1Motion12'
  test.each([
    [`https://lantern.example/vote/${uuid}#abc`, 'abc'],
    [`https://lantern.example/booth/?${uuid}#abc`, 'abc'],
    [`/vote/${uuid}`, null],
    [`/vote/${uuid}#`, null],
    [`/vote/${uuid}#main`, null],
    [`/trustee/${uuid}`, null],
  ])('%s', (href, code) => {
    expect(parseLink(href, 'https://lantern.example')).toEqual({ uuid, code })
  })
  test.each(['/vote/', '/vote/short', '/booth/', '/vote/has-a-dash-and-0OIl', 'http://['])('%s names no election', (href) => {
    expect(parseLink(href, 'https://lantern.example')).toBeNull()
  })
})
