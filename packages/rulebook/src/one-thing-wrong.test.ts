import type { Instant } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import {
  at,
  clause,
  day,
  decision,
  edition,
  editionsOf,
  fact,
  hour,
  lanternText,
  later,
  members,
  officer,
  parsed,
  person,
  print,
} from '../test/lantern.ts'
import { answerText } from '../test/every-act.ts'
import { historyUnderOtherRules } from '../test/other-rules.ts'
import { told, type Lawful } from '../test/one-wrong.ts'
import { ballotAndEnd, textWith } from '../test/procedures.ts'
import { changesOf, emptyState, fingerprintOf, resultingText, type ActBody, type Capacity, type Fact } from './index.ts'

// What the engine answers to each act of a decision, and to the same act with one thing wrong, whole: clauses, reasons with what they ask and what
// there is, the earliest date, the events. A change of any answer shows here in a sentence.

type When = string | Instant
const instantOf = (when: When): Instant => (typeof when === 'string' ? at(when) : when)
const usual = (when: Instant): readonly Fact[] => [
  fact('eligible', 'members', true, when, 'roll'),
  fact('holds-office', 'returning-officer', true, when),
  fact('disjoint', 'panel', true, when),
]
const lawful = (by: number | 'rule', as: Capacity, when: When, body: ActBody, ...facts: readonly Fact[]): Lawful => ({
  // A body of the closed union with its head is that act.
  act: {
    decision: decision(1),
    by: by === 'rule' ? by : person(by),
    as,
    occurredAt: instantOf(when),
    recordedAt: instantOf(when),
    ...body,
  },
  facts: [
    ...(by === 'rule'
      ? []
      : usual(instantOf(when)).filter((f) =>
          as === members ? f.name === 'eligible' : as === officer ? f.name === 'holds-office' : f.name === 'disjoint',
        )),
    ...facts,
  ],
})
const byRule = (when: When, body: ActBody, ...facts: readonly Fact[]): Lawful => lawful('rule', 'rule', when, body, ...facts)
const resolution = (body: string, inFavour: number, against: number, when: When): Fact =>
  fact('resolution', body, { for: inFavour, against, present: inFavour + against }, instantOf(when))
const propose = (power: string): ActBody => ({ kind: 'propose', power, form: 'text', document: print(1), changes: [] })
const castBy = (from: number, to: number, when: When): readonly Lawful[] =>
  Array.from({ length: to - from + 1 }, (_, i) => lawful(from + i, members, when, { kind: 'cast', ballot: print(from + i) }))
/** What only prepares: it is done, and not asked about. */
const quietly = (acts: readonly Lawful[]): readonly Lawful[] => acts.map((act) => ({ ...act, quiet: true }))
const roll = (asOf: When, when: When, size: number): Fact => ({
  ...fact('roll', 'members', { size, root: 'ab' }, instantOf(asOf), 'roll'),
  knownAt: instantOf(when),
})
const tally = (inFavour: number, against: number, blank: number, when: When): Fact =>
  fact(
    'tally',
    null,
    { for: inFavour, against, blank, cast: inFavour + against + blank, valid: inFavour + against + blank },
    instantOf(when),
    'tally',
  )
const notice = (size: number, when: When): Fact => fact('notice', null, { served: size, of: size }, instantOf(when), 'post')
const setup = (when: When, more: Readonly<Record<string, number | string>> = {}): Fact =>
  fact('setup', null, { fingerprint: print(7), ...more }, instantOf(when))

const threeSign = lanternText
  .replace('at least 60 people', 'at least 3 people')
  .replace('at least 15% of roll', 'at least 1% of roll')
const was = parsed(threeSign).clauses.get(clause('4.2'))?.source ?? ''
const next = was.replace('at least 3 people', 'at least 5 people')
const resulting = resultingText(threeSign, edition(1), [{ clause: clause('4.2'), after: next }], at('2026-01-01'))
const textFact = (when: When): Fact => ({ ...resulting.fact, at: instantOf(when), knownAt: instantOf(when) })
const amend: ActBody = {
  kind: 'propose',
  power: 'amend-rulebook',
  form: 'diff',
  document: print(1),
  changes: changesOf(threeSign, [{ clause: clause('4.2'), after: next }]),
}
const begun = '2026-03-10 10:00'
const untilBallot: readonly Lawful[] = [
  lawful(1, members, begun, amend, textFact(begun)),
  lawful(2, members, '2026-03-10 11:00', { kind: 'sign' }),
  lawful(2, members, '2026-03-10 11:30', { kind: 'withdraw' }),
  lawful(3, members, '2026-03-10 12:00', { kind: 'sign' }),
  lawful(4, members, '2026-03-10 12:00', { kind: 'sign' }, fact('signers', 'members', 1, at('2026-03-10 12:00'))),
  lawful(2, members, '2026-03-10 12:00', { kind: 'sign' }, fact('signers', 'members', 2, at('2026-03-10 12:00'))),
  lawful(500, officer, '2026-03-11 09:00', { kind: 'check', outcome: 'passed', ground: null }),
  byRule('2026-03-11 09:00', { kind: 'notify' }, notice(100, '2026-03-11 09:00')),
  byRule('2026-03-26 00:00', { kind: 'freeze' }, roll('2026-03-11 09:00', '2026-03-26 00:00', 100)),
  lawful(500, officer, '2026-03-26 09:00', { kind: 'schedule', opensAt: at('2026-03-27 12:00') }),
  byRule('2026-03-27 12:00', { kind: 'open' }, setup('2026-03-27 12:00')),
  ...castBy(1, 2, '2026-03-28 12:00'),
]
const closes = at('2026-04-03 12:00')
const untilCertified: readonly Lawful[] = [
  ...quietly(castBy(3, 30, '2026-03-29 12:00')),
  byRule(later(closes, hour), { kind: 'declare' }, tally(20, 8, 2, later(closes, hour))),
  lawful(501, officer, later(closes, 2 * hour), { kind: 'certify' }),
  lawful(502, officer, later(closes, 2 * hour), { kind: 'certify' }),
]
const stand = (who: number, statement: number | null = who): Lawful =>
  lawful(
    who,
    members,
    '2026-09-08 10:00',
    { kind: 'stand', statement: statement === null ? null : print(statement) },
    fact('may-stand', 'nominate', true, at('2026-09-08 10:00')),
  )
const listOf = (...who: readonly number[]): string => fingerprintOf(who.map((n) => person(n)).join('\n'))

const debating = textWith('adopt-policy', [
  'propose: {by: electorate members}',
  'debate: {lasts: 10 days, amendments: {by: electorate members, due: 5 days after propose, need: at least 2 people, collision: later falls, composite: with consent of each mover}}',
  'consider: {body: conference, within: 30 days, timeout: fallen}',
  ...ballotAndEnd('adopt-policy'),
])
const change = (n: number) => ({ clause: clause(String(n)), before: print(100 + n), after: print(200 + n) })
const monday = at('2026-06-01 09:00')
const move = (who: number, document: number, of: number): Lawful =>
  lawful(who, members, later(monday, hour), { kind: 'amend', document: print(document), changes: [change(of)] })
const fifth = later(monday, 5 * day)

const histories: readonly (readonly [name: string, text: string, acts: readonly Lawful[]])[] = [
  ['a change of the rules up to its ballot', threeSign, untilBallot],
  [
    'a change of the rules from its count to its effect',
    threeSign,
    [
      ...quietly(untilBallot),
      ...untilCertified,
      lawful(9, members, later(closes, day), { kind: 'challenge', ground: 'count', document: print(8) }),
      lawful(
        900,
        'body panel',
        later(closes, 2 * day),
        { kind: 'answer-challenge', outcome: 'dismissed' },
        resolution('panel', 1, 4, later(closes, 2 * day)),
      ),
      byRule('2026-04-10 14:00', { kind: 'enact', text: fingerprintOf(resulting.text ?? '') }, textFact('2026-04-10 14:00')),
    ],
  ],
  [
    'a check that refuses and the appeal against it',
    threeSign,
    [
      ...quietly(untilBallot.slice(0, 6)),
      lawful(500, officer, '2026-03-11 09:00', { kind: 'check', outcome: 'refused', ground: 'not-a-rule-change' }),
      lawful(1, members, '2026-03-12 09:00', { kind: 'appeal', document: print(8) }),
      lawful(
        900,
        'body panel',
        '2026-03-14 09:00',
        { kind: 'answer-appeal', outcome: 'allowed' },
        resolution('panel', 4, 1, '2026-03-14 09:00'),
      ),
    ],
  ],
  [
    'a power used by a body at once',
    lanternText,
    [
      lawful(
        1,
        'body committee',
        begun,
        { kind: 'exercise', power: 'spend', document: print(1), effectAt: at(begun), vote: { for: 8, against: 0 } },
        fact('within-limits', 'spend', true, at(begun)),
        resolution('committee', 8, 0, begun),
      ),
    ],
  ],
  [
    'an endorsement: nominations, a ballot on several and its count',
    lanternText,
    [
      lawful(900, 'body committee', '2026-09-07 10:00', propose('endorse'), resolution('committee', 8, 2, '2026-09-07 10:00')),
      stand(51),
      stand(52),
      stand(53, null),
      stand(53),
      stand(54),
      lawful(54, members, '2026-09-09 10:00', { kind: 'stand-down' }),
      byRule('2026-09-12 10:00', { kind: 'tick' }),
      byRule('2026-09-12 10:00', { kind: 'notify' }, notice(100, '2026-09-12 10:00')),
      byRule('2026-09-18 00:00', { kind: 'freeze' }, roll('2026-09-12 10:00', '2026-09-18 00:00', 100)),
      lawful(500, officer, '2026-09-18 00:00', { kind: 'schedule', opensAt: at('2026-09-18 00:00') }),
      byRule('2026-09-18 00:00', { kind: 'open' }, setup('2026-09-18 00:00', { options: 3, list: listOf(51, 52, 53) })),
      ...quietly(castBy(1, 9, '2026-09-19 12:00')),
      byRule(
        '2026-09-23 00:00',
        { kind: 'declare' },
        fact(
          'count',
          null,
          { cast: 9, valid: 9, blank: 0, 'chosen-1': 2, 'beats-none-of-these': 1 },
          at('2026-09-23 00:00'),
          'tally',
        ),
      ),
    ],
  ],
  [
    'a debate: amendments moved, backed, joined and decided',
    debating,
    [
      lawful(1, members, monday, propose('adopt-policy')),
      move(11, 21, 1),
      move(12, 22, 2),
      move(13, 23, 3),
      lawful(14, members, later(monday, 2 * hour), { kind: 'back-amendment', amendment: 1 }),
      lawful(14, members, later(monday, 2 * hour), { kind: 'back-amendment', amendment: 2 }),
      lawful(14, members, later(monday, 2 * hour), { kind: 'back-amendment', amendment: 3 }),
      lawful(11, members, later(monday, 3 * hour), {
        kind: 'compose',
        of: [1, 2],
        document: print(24),
        changes: [change(1), change(2)],
      }),
      lawful(11, members, later(monday, 4 * hour), { kind: 'consent', amendment: 4 }),
      lawful(12, members, later(monday, 4 * hour), { kind: 'consent', amendment: 4 }),
      lawful(13, members, later(monday, 5 * hour), { kind: 'withdraw-amendment', amendment: 3 }),
      lawful(
        900,
        'body conference',
        fifth,
        { kind: 'decide-amendment', amendment: 4, outcome: 'carried', document: print(31) },
        resolution('conference', 80, 20, fifth),
      ),
      lawful(
        900,
        'body conference',
        later(monday, 11 * day),
        { kind: 'consider', outcome: 'agreed' },
        resolution('conference', 80, 20, later(monday, 11 * day)),
      ),
      byRule(later(monday, 11 * day), { kind: 'notify' }, notice(50, later(monday, 11 * day))),
    ],
  ],
]

describe('an act, and the same act with one thing wrong', () => {
  it.each(histories)('%s', async (name, text, acts) => {
    const seen = told(editionsOf(parsed(text)), emptyState, acts)
    await expect(seen).toMatchFileSnapshot(`../test/golden/one-thing-wrong/${name.replace(/[^a-z]+/g, '-')}.txt`)
  })
})

describe('the same acts under rules with one thing otherwise', () => {
  it.each(histories)('%s', async (name, text, acts) => {
    const seen = historyUnderOtherRules(parsed(text), emptyState, acts, answerText)
    await expect(seen).toMatchFileSnapshot(`../test/golden/other-rules/${name.replace(/[^a-z]+/g, '-')}.txt`)
  })
})
