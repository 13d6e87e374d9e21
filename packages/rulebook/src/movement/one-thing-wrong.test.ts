import type { Instant } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { answerText } from '../../test/every-act.ts'
import {
  at,
  day,
  editionsOf,
  groupsByClerk,
  hour,
  lanternText,
  later,
  lendingByRegistrar,
  parsed,
  person,
  print,
} from '../../test/lantern.ts'
import { beginningText, changedText, post, proven, seatIn } from '../../test/movement.ts'
import { historyUnderOtherRules } from '../../test/other-rules.ts'
import { told, type Lawful } from '../../test/one-wrong.ts'
import { emptyState, type Capacity, type Fact } from '../index.ts'
import { movementDecision } from '../terms.ts'
import type { MovementAct } from './movement.ts'
import { seatKey, type Place } from './seat.ts'

// What the engine answers to each kind of act outside a decision, and to the same act with one thing wrong, whole: clauses, reasons with what they
// ask and what there is, the earliest date, the events and what they rely on. A change of any answer shows here in a sentence.

const own = { kind: 'own' } as const
const start = at('2026-03-01 12:00')
const lawful = (by: number | 'rule', as: Capacity, when: Instant, does: MovementAct, ...facts: readonly Fact[]): Lawful => ({
  act: {
    decision: movementDecision,
    by: by === 'rule' ? by : person(by),
    as,
    occurredAt: when,
    recordedAt: when,
    kind: 'movement',
    does,
  },
  facts,
})
const holds = (office: string, when = start): Fact => proven('holds-office', office, true, when, 'register')
const elected = (place: Place, who: number, when = start): Lawful =>
  lawful(
    'rule',
    'rule',
    when,
    { kind: 'fill-seat', place, person: person(who), how: 'elected', under: own },
    proven('elected', seatKey(place), { person: person(who) }, when),
  )
const committee = (n: number): Place => seatIn('committee', 'ordinary', n)
/** What only prepares: it is done, and not asked about. */
const quietly = (acts: readonly Lawful[]): readonly Lawful[] => acts.map((act) => ({ ...act, quiet: true }))
const ten = quietly(Array.from({ length: 10 }, (_, i) => elected(committee(i + 1), i + 1)))
/** One history. */
const prepared = (...acts: readonly Lawful[]): readonly Lawful[] => acts

const call = (meeting: string, when: Instant, date: Instant, ...items: readonly string[]): Lawful =>
  lawful(1, 'office chair', when, { kind: 'call-meeting', meeting, body: 'committee', group: null, at: date, items, under: own })
const open = (meeting: string, when: Instant): Lawful =>
  lawful(1, 'office chair', when, {
    kind: 'open-meeting',
    meeting,
    chair: person(1),
    persons: Array.from({ length: 10 }, (_, i) => person(i + 1)),
    present: 10,
    proxies: 0,
  })
const resolve = (meeting: string, when: Instant, item: string, inFavour = 9): Lawful =>
  lawful(1, 'office chair', when, {
    kind: 'resolve',
    meeting,
    item,
    way: 'hands',
    for: inFavour,
    against: 10 - inFavour,
    abstain: 0,
    casting: null,
  })
const chairActs = lawful('rule', 'rule', start, { kind: 'act-for', place: post('chair'), person: person(1), under: own })
const evening = at('2026-04-15 19:00')
const resolved = (item: string): readonly Lawful[] =>
  quietly([...ten, chairActs, call('m1', start, evening, item), open('m1', evening), resolve('m1', evening, item)])
const under = (item: string) => ({ kind: 'resolution', meeting: 'm1', item }) as const

const lent = `${lanternText}\n${lendingByRegistrar}${groupsByClerk}`
const noMeetings = changedText(lanternText, [
  'meets: {every: 3 months, notice: 7 clear days, agenda: 4 clear days, by: chair, or: 4 seated, remote: yes}\n',
  '',
])
const substitutes = changedText(lanternText, [
  '{id: ordinary, count: 10, by: election of members',
  '{id: ordinary, count: 10, substitute: named by the holder, by: election of members',
])
const panelAtOnce = changedText(lanternText, [
  'meets: {every: on case, notice: 3 clear days, by: panel-clerk, remote: yes}\n',
  '',
])
const committeeSuspends = changedText(lanternText, [
  'act: suspend\nholder: panel\nlimits: {grounds: code, at-most: 60 days, not-within: notify to certify of any ballot}',
  'act: suspend\nholder: committee\nlimits: {grounds: code, at-most: 60 days}',
])
const votes = (n: number, when = start): Fact => proven('resolution', 'committee', { for: n, against: 0, present: 10 }, when)
const attest = lawful(
  60,
  'office panel-clerk',
  evening,
  { kind: 'attest', fact: 'emergency', form: 'statement', evidence: print(5) },
  holds('panel-clerk'),
)
const suspend = lawful(
  1,
  'body committee',
  later(evening, hour),
  { kind: 'sanction', sanction: 's1', person: person(70), power: 'suspend', code: 'suspension', until: null, under: under('s') },
  proven('ground-shown', 's1', true, evening, 'attestation'),
)
const lodged = later(evening, 2 * hour)
const appeal = lawful(70, 'electorate members', lodged, {
  kind: 'appeal',
  appeal: 'a1',
  rule: 'appeal',
  against: { kind: 'sanction', sanction: 's1' },
})
const draw = lawful(
  'rule',
  'rule',
  later(lodged, hour),
  { kind: 'draw-panel', appeal: 'a1', pool: [21, 22, 23, 24, 25, 26, 27, 28, 1, 2].map(person), conflicted: [person(21)] },
  proven('seed', 'a1', { seed: 'lottery of 16 April' }, later(lodged, hour)),
)
const clerk = holds('panel-clerk')
const recognise = (group: string): Lawful =>
  lawful(60, 'office panel-clerk', start, { kind: 'recognise-group', group, body: 'group', under: own }, clerk)

const noticedAt = at('2017-01-02 10:00')
const drafts = [
  { id: 'delegates', text: print(1) },
  { id: 'members', text: print(2) },
]
/** That each draft reads, has no hole and leaves nothing open. */
const sound = drafts.map(({ id, text }) =>
  proven('resulting-text', id, { text, diagnostics: 0, findings: 0, open: 0 }, noticedAt, 'register'),
)
const histories: readonly (readonly [name: string, text: string, acts: readonly Lawful[]])[] = [
  [
    'seats filled, left, counted back and ended by death',
    lanternText,
    prepared(
      elected(committee(3), 1),
      elected(seatIn('committee', 'ordinary', 4), 2),
      lawful(1, 'body committee', at('2026-09-01'), { kind: 'leave-seat', place: committee(3) }),
      lawful(
        'rule',
        'rule',
        at('2026-09-02'),
        { kind: 'fill-seat', place: committee(3), person: person(5), how: 'countback', under: own },
        proven('countback', seatKey(committee(3)), { person: person(5) }, at('2026-09-02')),
      ),
      lawful(
        'rule',
        'rule',
        at('2026-10-01'),
        { kind: 'cease', place: committee(4), person: person(2), why: 'died' },
        proven('died', seatKey(committee(4)), true, at('2026-10-01')),
      ),
      lawful(
        'rule',
        'rule',
        at('2026-12-31'),
        { kind: 'fill-seat', place: committee(4), person: person(6), how: 'elected', under: own },
        proven('elected', seatKey(committee(4)), { person: person(6) }, at('2026-12-31')),
      ),
      elected(committee(3), 5, at('2028-04-01')),
    ),
  ],
  [
    'an office filled by a body and taken away',
    noMeetings,
    prepared(
      ...ten,
      lawful(
        2,
        'body committee',
        start,
        { kind: 'fill-seat', place: post('chair'), person: person(1), how: 'elected', under: own },
        votes(7),
      ),
      lawful(
        2,
        'body committee',
        start,
        { kind: 'remove-holder', place: post('chair'), person: person(1), under: own },
        votes(7),
      ),
      chairActs,
      lawful(1, 'body committee', later(start, day), { kind: 'leave-seat', place: committee(1) }),
    ),
  ],
  [
    'a substitute',
    substitutes,
    prepared(
      ...ten.slice(0, 2),
      lawful(1, 'body committee', later(start, day), {
        kind: 'name-substitute',
        place: committee(1),
        person: person(50),
        until: later(start, 30 * day),
      }),
    ),
  ],
  [
    'a meeting from its call to its close',
    lanternText,
    prepared(
      ...ten,
      chairActs,
      call('m1', start, evening, '12', '13'),
      lawful(1, 'office chair', at('2026-04-10 23:00'), { kind: 'add-items', meeting: 'm1', items: ['14'] }),
      open('m1', evening),
      lawful(2, 'body committee', evening, { kind: 'declare-interest', item: '12', interest: 'family' }),
      lawful(3, 'body committee', evening, { kind: 'declare-interest', item: '12', interest: 'family' }),
      lawful(
        60,
        'office panel-clerk',
        evening,
        { kind: 'rule-on-interest', item: '12', person: person(3), interest: 'family', conflicted: false },
        holds('panel-clerk', evening),
      ),
      lawful(1, 'office chair', evening, {
        kind: 'resolve',
        meeting: 'm1',
        item: '12',
        way: 'hands',
        for: 6,
        against: 2,
        abstain: 1,
        casting: null,
      }),
      resolve('m1', evening, '14', 8),
      lawful(1, 'office chair', later(evening, hour), {
        kind: 'count-present',
        meeting: 'm1',
        persons: Array.from({ length: 8 }, (_, i) => person(i + 1)),
        present: 8,
        proxies: 0,
      }),
      lawful(1, 'office chair', later(evening, hour), {
        kind: 'resolve',
        meeting: 'm1',
        item: '13',
        way: 'hands',
        for: 5,
        against: 3,
        abstain: 0,
        casting: null,
      }),
      lawful(1, 'office chair', later(evening, hour), { kind: 'adjourn-meeting', meeting: 'm1', to: at('2026-04-16 19:00') }),
      open('m1+', at('2026-04-16 19:00')),
      lawful(1, 'office chair', at('2026-04-16 20:00'), { kind: 'close-meeting', meeting: 'm1+' }),
    ),
  ],
  [
    'a meeting asked for by four',
    lanternText,
    prepared(
      ...ten,
      lawful(
        2,
        'body committee',
        start,
        { kind: 'call-meeting', meeting: 'm1', body: 'committee', group: null, at: evening, items: ['12'], under: own },
        proven('requisition', 'm1', 4, start, 'attestation'),
      ),
    ),
  ],
  [
    'an emergency: attested, challenged, answered, declared, used and ratified',
    panelAtOnce,
    prepared(
      ...resolved('emergency'),
      attest,
      call('m2', evening, at('2026-04-25 19:00'), 'x'),
      lawful(3, 'electorate members', later(evening, hour), { kind: 'challenge-fact', fact: 'emergency' }),
      lawful(
        9,
        'body panel',
        later(evening, day),
        { kind: 'answer-fact', fact: 'emergency', outcome: 'stands', under: own },
        proven('resolution', 'panel', { for: 5, against: 0, present: 5 }, later(evening, day)),
      ),
      lawful(1, 'body committee', later(evening, day), { kind: 'declare-emergency', under: under('emergency') }),
      lawful(1, 'body committee', later(evening, day), {
        kind: 'postpone',
        what: { kind: 'meeting', meeting: 'm2' },
        to: at('2026-04-30 19:00'),
        under: under('emergency'),
      }),
      lawful(
        9,
        'body panel',
        later(evening, 2 * day),
        { kind: 'ratify-emergency', under: own },
        proven('resolution', 'panel', { for: 5, against: 0, present: 5 }, later(evening, 2 * day)),
      ),
    ),
  ],
  [
    'orders of a court',
    lanternText,
    prepared(
      ...ten,
      lawful(
        1,
        'office chair',
        start,
        {
          kind: 'record-order',
          order: 'o1',
          from: 'court',
          does: 'forbid',
          target: { kind: 'power', power: 'spend' },
          form: 'document',
          document: print(8),
          until: later(start, 10 * day),
        },
        holds('chair'),
      ),
      lawful(1, 'office chair', later(start, hour), { kind: 'lift-order', order: 'o1', document: print(9) }, holds('chair')),
      lawful(
        1,
        'office chair',
        later(start, hour),
        {
          kind: 'record-order',
          order: 'o2',
          from: 'court',
          does: 'quash',
          target: { kind: 'event', event: '0/1' },
          form: 'document',
          document: print(8),
          until: null,
        },
        holds('chair'),
      ),
    ),
  ],
  [
    'a court directs an appointment',
    lanternText,
    prepared(
      lawful(
        1,
        'office chair',
        start,
        {
          kind: 'record-order',
          order: 'o1',
          from: 'court',
          does: 'direct',
          target: { kind: 'power', power: 'elect' },
          form: 'document',
          document: print(8),
          until: later(start, 10 * day),
        },
        holds('chair'),
      ),
      lawful('rule', 'rule', later(start, day), {
        kind: 'fill-seat',
        place: committee(1),
        person: person(1),
        how: 'appointed',
        under: own,
      }),
    ),
  ],
  [
    'a movement founded on one of two drafts',
    beginningText,
    prepared(
      lawful(
        'rule',
        'rule',
        noticedAt,
        { kind: 'found', drafts },
        proven('notice', 'genesis', { served: 990, of: 1_000 }, noticedAt, 'post'),
        ...sound,
      ),
      lawful(
        'rule',
        'rule',
        later(noticedAt, 1),
        { kind: 'freeze-founding' },
        proven('roll', 'founding-roll', { size: 1_000, root: 'ab' }, noticedAt, 'roll'),
      ),
      lawful(
        'rule',
        'rule',
        at('2017-02-07'),
        { kind: 'declare-founding' },
        proven('count', 'genesis', { winner: 'members', for: 300, against: 100, voters: 410 }, at('2017-02-07')),
        ...sound,
      ),
    ),
  ],
  [
    'a power lent and taken back',
    lent,
    prepared(
      lawful(
        7,
        'office registrar',
        start,
        {
          kind: 'delegate',
          delegation: 'd1',
          power: 'admit',
          to: 'office panel-clerk',
          until: later(start, 10 * day),
          under: own,
        },
        holds('registrar'),
      ),
      lawful(
        7,
        'office registrar',
        later(start, day),
        { kind: 'end-delegation', delegation: 'd1', under: own },
        holds('registrar'),
      ),
    ),
  ],
  [
    'groups: recognised, given a rule of their own, merged and ended',
    lent,
    prepared(
      recognise('barry'),
      recognise('penarth'),
      lawful(
        1,
        'office group-secretary',
        start,
        { kind: 'call-meeting', meeting: 'g1', body: 'group', group: 'barry', at: evening, items: ['o'], under: own },
        holds('group-secretary'),
      ),
      lawful(
        1,
        'office group-secretary',
        evening,
        { kind: 'open-meeting', meeting: 'g1', chair: person(1), persons: [], present: 20, proxies: 0 },
        proven('electorate-size', 'members@barry', 150, start, 'register'),
      ),
      lawful(
        1,
        'office group-secretary',
        evening,
        { kind: 'resolve', meeting: 'g1', item: 'o', way: 'hands', for: 15, against: 2, abstain: 0, casting: null },
        proven('electorate-size', 'members@barry', 150, start, 'register'),
      ),
      lawful(
        1,
        'body group',
        evening,
        {
          kind: 'set-standing-order',
          group: 'barry',
          path: 'meets.notice',
          value: '5 clear days',
          under: { kind: 'resolution', meeting: 'g1', item: 'o' },
        },
        proven('electorate-size', 'members@barry', 150, start, 'register'),
      ),
      lawful(
        1,
        'body group',
        evening,
        {
          kind: 'set-standing-order',
          group: 'barry',
          path: 'quorum',
          value: 'present at least greater of 6 people and 10% of electorate members of this group at notice',
          under: { kind: 'resolution', meeting: 'g1', item: 'o' },
        },
        proven('electorate-size', 'members@barry', 150, start, 'register'),
      ),
      lawful(
        60,
        'office panel-clerk',
        at('2027-05-01'),
        { kind: 'merge-groups', groups: ['barry', 'penarth'], into: 'vale', under: own },
        clerk,
      ),
      lawful(60, 'office panel-clerk', at('2027-06-01'), { kind: 'derecognise-group', group: 'vale', under: own }, clerk),
    ),
  ],
  [
    'an outage of the mail',
    lanternText,
    prepared(
      lawful(
        'rule',
        'rule',
        later(start, 10 * hour),
        { kind: 'report-outage', channel: 'email' },
        proven('outage', 'email', { from: start, until: later(start, 5 * hour) }, start, 'post'),
      ),
    ),
  ],
  [
    'a sanction, its appeal, and the panel drawn by lot',
    committeeSuspends,
    prepared(
      ...resolved('s'),
      suspend,
      appeal,
      draw,
      lawful(23, 'body panel', later(lodged, 3 * day), { kind: 'decide-appeal', appeal: 'a1', allowed: 3, dismissed: 2 }),
    ),
  ],
  [
    'a sanction lifted by those who made it',
    committeeSuspends,
    prepared(
      ...resolved('s'),
      suspend,
      lawful(1, 'body committee', later(evening, 2 * hour), { kind: 'lift-sanction', sanction: 's1', under: under('s') }),
    ),
  ],
]

describe('an act, and the same act with one thing wrong', () => {
  it.each(histories)('%s', async (name, text, acts) => {
    const seen = told(editionsOf(parsed(text)), emptyState, acts)
    await expect(seen).toMatchFileSnapshot(`../../test/golden/one-thing-wrong/${name.replace(/[^a-z]+/g, '-')}.txt`)
  })
})

describe('the same acts under rules with one thing otherwise', () => {
  it.each(histories)('%s', async (name, text, acts) => {
    const seen = historyUnderOtherRules(parsed(text), emptyState, acts, answerText)
    await expect(seen).toMatchFileSnapshot(`../../test/golden/other-rules/${name.replace(/[^a-z]+/g, '-')}.txt`)
  })
})
