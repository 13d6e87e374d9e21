// Entries that say how the register was kept are borne out by the edition in force and by the record before them, or are named.
import { instant } from '@quorate/kernel'
import { entryOf, type BodyOf, type Entry, type EntryType } from '@quorate/record'
import { describe, expect, test } from 'vitest'
import type { Fingerprint } from '@quorate/rulebook'
import { fact, keep, perform, sha256Hex, type Log } from '../testing/log.ts'
import { livingMovement } from '../testing/movement-acts.ts'
import { decision, dossierFor, nodeModExp, person, wholeDecision } from '../testing/whole-decision.ts'
import { dossierText, fastEd25519, verify } from './index.ts'

const { log } = wholeDecision('Ed25519', { until: 'frozen' })
const end = log.entries.length
const now = log.now

/** An entry at the end of the log. */
const also = <T extends EntryType>(type: T, body: BodyOf<T>, of: number | null = null): Entry => entryOf(type, now, of, body)

/** What the verifier says of the log with these entries at its end: nothing, or code, entry, expected and found. */
function said(entries: readonly Entry[], base = log): readonly unknown[] {
  const dossier = dossierFor({ entries: [...base.entries, ...entries], documents: base.documents })
  const { fault, verdict } = verify(dossierText(dossier), { modexp: nodeModExp, wasm: fastEd25519 })
  return fault === null ? [verdict] : [fault.code, fault.entry, fault.expected, fault.found]
}

const office = 'office returning-officer'
const erasure = (as: string): Entry => also('erasure', { by: person(50), as, people: 1 })
const removal = (change: Partial<BodyOf<'removal'>> = {}, of: number | null = decision): Entry =>
  also(
    'removal',
    {
      what: 'content',
      clause: '4.2@1',
      by: person(50),
      as: office,
      ground: 'abuse',
      content: sha256Hex('words'),
      appealBy: instant(now + 1),
      ...change,
    },
    of,
  )
const handed = (change: Partial<BodyOf<'export'>> = {}, of: number | null = decision): Entry =>
  also('export', { by: person(50), as: office, second: person(51), purpose: 'roll-check', people: 6, ...change }, of)
const role = (name: string, change: 'granted' | 'ended', holder = 'another'): Entry =>
  also('role', { office: name, holder: sha256Hex(holder), change, effectAt: now })
const span = (from: number, to: number, figures: Partial<BodyOf<'contacts'>> = {}): Entry =>
  also('contacts', {
    from: instant(now - from),
    to: instant(now - to),
    changes: 5,
    people: 4,
    mostByOne: 2,
    onFrozenRolls: 0,
    ...figures,
  })

test('an honest log of every kind holds', () => {
  const all = [
    erasure(office),
    erasure('body committee'),
    removal(),
    removal({ appealBy: null }, null),
    handed(),
    handed({ as: 'electorate members', second: null, purpose: 'subject-access', people: 1 }, null),
    role('returning-officer', 'granted'),
    role('returning-officer', 'ended'),
    role('returning-officer', 'ended', 'officer'),
    span(20, 10),
    span(10, 0),
  ]
  expect(said(all)).toEqual(['holds'])
})

describe('an office', () => {
  test('that the rulebook does not have is granted to nobody', () => {
    expect(said([role('emperor', 'granted')])).toEqual(['not-borne-out', end, 'a capacity of edition 1', 'office emperor'])
  })
  test('is granted once and ended once', () => {
    const twice = [role('returning-officer', 'granted'), role('returning-officer', 'granted')]
    expect(said(twice)).toEqual(['not-borne-out', end + 1, expect.any(String), 'granted again'])
    expect(said([role('returning-officer', 'ended')])).toEqual(['not-borne-out', end, expect.any(String), 'ended'])
    const again = [role('returning-officer', 'ended', 'officer'), role('returning-officer', 'ended', 'officer')]
    expect(said(again)).toEqual(['not-borne-out', end + 1, expect.any(String), 'ended'])
  })
})

describe('what was taken down', () => {
  test('has a rule that has been in force behind it', () => {
    expect(said([removal({ clause: '99.9@1' })])).toEqual(['not-borne-out', end, expect.any(String), '99.9@1'])
    expect(said([removal({ clause: '4.2@2' })])).toEqual(['not-borne-out', end, expect.any(String), '4.2@2'])
  })
  test('can be appealed against after it was taken down, not before', () => {
    expect(said([removal({ appealBy: now })])).toEqual(['not-borne-out', end, expect.any(String), String(now)])
  })
  test('is taken down in a capacity that there is, and in a decision that there is', () => {
    expect(said([removal({ as: 'office emperor' })])).toEqual(['not-borne-out', end, expect.any(String), 'office emperor'])
    expect(said([removal({}, 4711)])).toEqual(['decision-differs', end, 'a decision on the record', '4711'])
  })
})

describe('a member who was removed', () => {
  const number = 90
  // 28 days by the wall clock, which goes forward by an hour on 29 March.
  const appealUntil = instant(now + 28 * 86_400_000 - 3_600_000)
  const used = (to: Log, power: 'exclude' | 'suspend'): void => {
    const vote = { for: 10, against: 0 }
    perform(to, {
      by: person(60),
      as: 'body panel',
      body: {
        kind: 'exercise',
        power: power,
        document: keep(to, 'Exclusion') as Fingerprint,
        effectAt: to.now,
        vote,
      },
      facts: [
        fact(to.now, 'body-size', 'panel', 12),
        fact(to.now, 'resolution', 'panel', { ...vote, present: 12 }, 'attestation'),
        { ...fact(to.now, 'within-limits', power, true, 'attestation'), evidence: sha256Hex('a letter') as Fingerprint },
      ],
      decision: number,
    })
  }
  const after = (power: 'exclude' | 'suspend'): Log => {
    const to: Log = { ...log, entries: [...log.entries], documents: { ...log.documents } }
    used(to, power)
    return to
  }
  const decided = after('exclude')
  const removed = (change: Partial<BodyOf<'removal'>> = {}, of: number | null = number): Entry =>
    entryOf('removal', now, of, {
      what: 'membership',
      clause: '6.2@1',
      by: person(60),
      as: 'body panel',
      ground: 'code',
      content: sha256Hex('a letter'),
      appealBy: appealUntil,
      ...change,
    })
  const length = decided.entries.length

  test('was so by a decision, which used the power of the rule that is cited', () => {
    expect(said([removed()], decided)).toEqual(['holds'])
    const unfounded = ['not-borne-out', end, 'a decision in which the power to exclude was used']
    expect(said([removed({}, null)])).toEqual([...unfounded, 'none'])
    expect(said([removed({}, decision)])).toEqual([...unfounded, String(decision)])
    expect(said([removed({ clause: '6.1@1' })], decided)).toEqual(['not-borne-out', length, '6.2@1', '6.1@1'])
  })
  test('was so by no other power, and by nobody but whoever used it', () => {
    const suspended = said([removed({ clause: '6.1@1' })], after('suspend'))
    expect(suspended).toEqual(['not-borne-out', length, 'a decision in which the power to exclude was used', String(number)])
    const by = `${person(60)}, body panel`
    expect(said([removed({ by: person(61) })], decided)).toEqual(['not-borne-out', length, by, `${person(61)}, body panel`])
    const office = removed({ as: 'office returning-officer' })
    expect(said([office], decided)).toEqual(['not-borne-out', length, by, `${person(60)}, office returning-officer`])
  })
  test('is one, and has as long to appeal as the rule says', () => {
    expect(said([removed(), removed()], decided)).toEqual(['not-borne-out', length + 1, 'one member by one decision', 'another'])
    for (const appealBy of [null, instant(appealUntil - 1)])
      expect(said([removed({ appealBy })], decided).slice(0, 2)).toEqual(['not-borne-out', length])
  })
})

test('whoever keeps the register or a share of the key of ballot boxes is in an office that no rulebook need name', () => {
  for (const name of ['registrar', 'trustee'])
    expect(said([role(name, 'granted'), erasure(`office ${name}`), role(name, 'ended')])).toEqual(['holds'])
  expect(said([erasure('body registrar')])).toEqual(['not-borne-out', end, 'a capacity of edition 1', 'body registrar'])
})

describe('people', () => {
  test('are erased by an office or a body, in no decision', () => {
    expect(said([erasure('electorate members')])).toEqual(['not-borne-out', end, 'an office or a body', 'electorate members'])
    expect(said([erasure('rule')])).toEqual(['not-borne-out', end, 'an office or a body', 'rule'])
    expect(said([erasure('body cabal')])).toEqual(['not-borne-out', end, 'a capacity of edition 1', 'body cabal'])
    expect(said([also('erasure', { by: person(50), as: office, people: 1 }, decision)])).toEqual([
      'decision-differs',
      end,
      'none',
      '7',
    ])
  })
})

describe('personal data that went out', () => {
  test('is of no more people than are on the roll', () => {
    expect(said([handed({ people: 7 })])).toEqual(['not-borne-out', end, 'at most 6 people', '7'])
    expect(said([handed({ people: 7 }, null)])).toEqual(['holds'])
  })
  test('needs a second person who is another, an order of a court where one is said, and is one’s own where one asked', () => {
    expect(said([handed({ second: person(50) })])).toEqual(['not-borne-out', end, 'a second person', 'the same'])
    expect(said([handed({ purpose: 'subject-access', people: 2 })])).toEqual(['not-borne-out', end, 'one person', '2'])
    expect(said([handed({ purpose: 'court-order' })])).toEqual(['not-borne-out', end, 'an order on the record', 'none'])
    expect(said([handed({ as: 'body cabal' })])).toEqual(['not-borne-out', end, expect.any(String), 'body cabal'])
  })
  test('by order of a court holds where the order is on the record', () => {
    const living = livingMovement().log
    const entry = entryOf('export', living.now, null, {
      by: person(1),
      as: 'body committee',
      second: null,
      purpose: 'court-order',
      people: 3,
    })
    expect(said([entry], living)).toEqual(['holds'])
  })
})

describe('changes of contact details', () => {
  test('are told of spans that follow one another and have ended', () => {
    expect(said([span(20, 10), span(11, 0)])).toEqual(['not-borne-out', end + 1, expect.any(String), expect.any(String)])
    expect(said([span(10, 10)])).toEqual(['not-borne-out', end, expect.any(String), expect.any(String)])
    expect(said([span(10, -1)])).toEqual(['not-borne-out', end, expect.any(String), expect.any(String)])
  })
  test.each(['people', 'mostByOne', 'onFrozenRolls'] as const)('add up: %s', (figure) => {
    expect(said([span(10, 0, { [figure]: 5 })])).toEqual(['holds'])
    expect(said([span(10, 0, { [figure]: 6 })])).toEqual(['not-borne-out', end, 'at most 5', '6'])
  })
})

test('nothing of the kind stands before the first edition', () => {
  const [opened, ...rest] = log.entries
  if (opened === undefined) throw new Error('no entry')
  const early = entryOf('erasure', opened.at, null, { by: person(50), as: office, people: 1 })
  const dossier = dossierFor({ entries: [opened, early, ...rest], documents: log.documents })
  expect(verify(dossierText(dossier)).fault).toMatchObject({ code: 'no-edition', entry: 1 })
})
