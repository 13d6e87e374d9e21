import { assert, instant, parseZone } from '@quorate/kernel'
import type { Act, Quantity, Reason, Refusal, Route } from '@quorate/rulebook'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locales } from '../../platform/words.ts'
import { reasonCodes, reasonWords, quantityWords, refusalView, type Voice } from './refusal-view.ts'
import { refusalMessages } from './refusal-messages.ts'

const zone = parseZone('Europe/London')
assert(zone.kind === 'ok', 'London has a zone')
const voices: readonly Voice[] = locales.map((locale) => ({ locale, zone: zone.value, rulebook: null }))

// One of each unit: leaving one out does not compile.
const oneOfEach: Readonly<Record<Quantity['unit'], Quantity>> = {
  people: { unit: 'people', count: 60 },
  votes: { unit: 'votes', count: 1 },
  seats: { unit: 'seats', count: 7 },
  days: { unit: 'days', count: 2 },
  'clear days': { unit: 'clear days', count: 14 },
  hours: { unit: 'hours', count: 24 },
  share: { unit: 'share', numerator: 2, denominator: 3, base: 'for-and-against' },
  instant: { unit: 'instant', at: instant(1_795_722_000_000) },
  electorate: { unit: 'electorate', id: 'members', size: 1180 },
  body: { unit: 'body', id: 'committee', size: 12 },
  office: { unit: 'office', id: 'returning-officer', size: null },
  procedure: { unit: 'procedure', id: 'amend', size: null },
  stage: { unit: 'stage', id: 'notify', size: null },
  power: { unit: 'power', id: 'amend-rulebook', size: null },
  text: { unit: 'text', fingerprint: 'ab'.repeat(32) },
  none: { unit: 'none' },
}
const quantities = Object.values(oneOfEach)
const anyQuantity = fc.constantFrom(...quantities)

/** A sentence for people: it has words, ends like one, and shows no placeholder, id or undefined. */
function isSentence(text: string): void {
  expect(text).toMatch(/^\p{Lu}.*[.?!]$/u)
  expect(text).not.toMatch(/[{}]|undefined|null|NaN/)
}

describe('every reason has a sentence in every language', () => {
  for (const voice of voices)
    for (const code of reasonCodes)
      test(`${code} in ${voice.locale}, whatever the figures`, () => {
        for (const required of quantities)
          for (const actual of quantities) {
            const reason: Reason = { code, clause: '4.2@1', required, actual, shortfall: { unit: 'none' } }
            const view = reasonWords(reason, voice)
            isSentence(view.sentence)
            expect(view.what.length).toBeGreaterThan(2)
          }
      })

  test('each code says something else', () => {
    for (const voice of voices) {
      const said = reasonCodes.map((code) => {
        const none = { unit: 'none' } as const
        return reasonWords({ code, clause: '1@1', required: none, actual: none, shortfall: none }, voice).sentence
      })
      expect(new Set(said).size).toBe(reasonCodes.length)
    }
  })
})

describe('every quantity has words', () => {
  test.each(quantities)('$unit', (quantity) => {
    for (const voice of voices) {
      const said = quantityWords(quantity, voice)
      expect(said.length).toBeGreaterThan(0)
      expect(said).not.toMatch(/[{}]|undefined/)
    }
  })
  test('with its figure, and a share with its base', () => {
    const [english] = voices
    assert(english !== undefined, 'English is spoken')
    expect(quantityWords(oneOfEach['clear days'], english)).toBe('14 clear days')
    expect(quantityWords({ unit: 'people', count: 1 }, english)).toBe('1 person')
    expect(quantityWords(oneOfEach.share, english)).toBe('2/3 of votes for and against')
    expect(quantityWords(oneOfEach.electorate, english)).toBe('all members (1,180)')
    expect(quantityWords(oneOfEach.instant, english)).toBe('7:40pm, Thursday 26 November')
  })
})

const act = { kind: 'sign', decision: 1, by: 'rule', as: 'rule', occurredAt: 0, recordedAt: 0 } as unknown as Act // branded numbers
const anyRoute: fc.Arbitrary<Route> = fc.record({
  clause: fc.constant('4.2@1' as const),
  procedure: fc.constantFrom(null, 'amend'),
  reasons: fc.array(
    fc.record({
      code: fc.constantFrom(...reasonCodes),
      clause: fc.constant('4.2@1' as const),
      required: anyQuantity,
      actual: anyQuantity,
      shortfall: anyQuantity,
    }),
    { minLength: 1, maxLength: 5 },
  ) as fc.Arbitrary<unknown> as fc.Arbitrary<Route['reasons']>, // at least one
  earliest: fc.constantFrom(null, instant(1_795_722_000_000)),
  assumes: fc.constant([{ kind: 'no-challenge' as const, clause: '4.2@1' as const }]),
})

test('a refusal shows every route with every reason, and figures only where there is something to compare', () => {
  fc.assert(
    fc.property(fc.array(anyRoute, { minLength: 1, maxLength: 3 }), fc.constantFrom(...voices), (routes, voice) => {
      const refusal: Refusal = { kind: 'refusal', act, routes: routes as unknown as Refusal['routes'] } // at least one
      const view = refusalView(refusal, voice)
      expect(view.routes.map((r) => r.reasons.length)).toEqual(routes.map((r) => r.reasons.length))
      for (const [i, route] of view.routes.entries())
        for (const [j, { figures }] of route.reasons.entries()) {
          const reason = routes[i]?.reasons[j]
          if (figures !== null)
            expect(
              [reason?.required.unit, reason?.actual.unit, reason?.shortfall.unit].filter((u) => u !== 'none').length,
            ).toBeGreaterThanOrEqual(2)
        }
    }),
  )
})

test('no message of a refusal uses a word members need not know', () => {
  for (const locale of locales)
    for (const [key, text] of Object.entries(refusalMessages[locale]))
      expect(text, `${locale} ${key}`).not.toMatch(/\b(hash|electorate|eligible|encrypt|credential|token|user|submit|invalid)\b/i)
})
