import { describe, expect, it } from 'vitest'
import { at, day, lantern, lanternText, later, parsed, person } from '../../test/lantern.ts'
import { changedText, did, movementStory, post, proven, seatIn, whyNot, type MovementStory } from '../../test/movement.ts'
import { storyAfter } from '../../test/movement-with.ts'
import { own, start } from '../../test/word-for-word.ts'
import type { Fact } from '../index.ts'
import { movementDecision } from '../terms.ts'
import type { MovementAct, MovementEvent } from './movement.ts'
import { ruleOf } from './seat-acts.ts'
import { seatKey, type Filling, type Leaving, type Place } from './seat.ts'

// What is answered to whoever fills, leaves or takes away a seat: each refusal with its clause, what it asks and what there is.

const ordinary = (n: number): Place => seatIn('committee', 'ordinary', n)
const first = ordinary(1)
const meets = 'meets: {every: 3 months, notice: 7 clear days, agenda: 4 clear days, by: chair, or: 4 seated, remote: yes}\n'
const vacancy =
  'vacancy: {fill: countback, else: election within 90 days, unless: term has less than 120 days left, empty-at-most: 3 seats}'
/** Lantern, whose committee acts by a stated vote. */
const text = (...changes: readonly (readonly [string, string])[]): string => changedText(lanternText, [meets, ''], ...changes)

const fill = (place: Place, who: number, how: Filling = 'elected') =>
  ({ kind: 'fill-seat', place, person: person(who), how, under: own }) as const
const named = (fact: string, place: Place, who: number, when = start): Fact =>
  proven(fact, seatKey(place), { person: person(who) }, when)
const voted = (body = 'committee', votes = 7): Fact => proven('resolution', body, { for: votes, against: 0, present: 10 }, start)

const filled = (place: Place, who: number, until = at('2028-03-01 12:00')): Extract<MovementEvent, { kind: 'seat-filled' }> => ({
  kind: 'seat-filled',
  place,
  person: person(who),
  how: 'elected',
  until,
  leavesAt: later(until, 60 * day),
  terms: 1,
})
const left = (place: Place, who: number, why: Leaving = 'resigned', fillBy = null): MovementEvent => ({
  kind: 'seat-left',
  place,
  person: person(who),
  why,
  fillBy,
})

describe('where there is a seat', () => {
  it.each<[string, Place, boolean]>([
    ['the first of a class', first, true],
    ['the last of a class', ordinary(10), true],
    ['one too many', ordinary(11), false],
    ['number nought', ordinary(0), false],
    ['no such class', seatIn('committee', 'nowhere', 1), false],
    ['no such body', seatIn('nowhere', 'ordinary', 1), false],
    ['one body in a group', seatIn('committee', 'ordinary', 1, 'barry'), false],
    ['everyone in it', seatIn('group', 'all', 1, 'barry'), false],
    ['an office', post('chair'), true],
    ['a second holder of one', post('chair', 2), false],
    ['the second of two', post('returning-officer', 2), true],
    ['the third of two', post('returning-officer', 3), false],
    ['number nought of an office', post('chair', 0), false],
    ['an office with a seat', { ...post('chair'), seat: 'ordinary' }, false],
    ['one office in a group', post('chair', 1, 'barry'), false],
    ['an office of each group', post('group-secretary', 1, 'barry'), true],
    ['an office of each group in none', post('group-secretary'), false],
    ['no such office', post('nowhere'), false],
  ])('%s', (_, place, is) => {
    expect(ruleOf(lantern, place) !== null).toBe(is)
    const story = movementStory()
    const resign = story.act(person(1), 'electorate members', start, { kind: 'leave-seat', place })
    expect(whyNot(resign)).toBe(`${is ? citeOf(place) : '1@1'}: not-eligible ${place.of} ${place.id}||`)
  })
  const citeOf = ({ id }: Place): string =>
    ({ committee: '3.1@1', chair: '3.4@1', 'returning-officer': '3.5@1', 'group-secretary': '3.8@1' })[id] ?? ''

  it('its rule is that of its body or office', () => {
    expect(ruleOf(lantern, first)).toMatchObject({
      clause: '3.1@1',
      term: { count: 2, unit: 'years' },
      termLimit: 3,
      ends: { length: { count: 60, unit: 'days' } },
      share: null,
      body: { rule: { id: 'committee' } },
      office: null,
    })
    expect(ruleOf(lantern, post('chair'))).toMatchObject({
      clause: '3.4@1',
      term: { count: 1, unit: 'years' },
      termLimit: null,
      ends: null,
      share: null,
      body: null,
      office: { rule: { id: 'chair' } },
    })
    const uncounted = parsed(changedText(lanternText, ['{id: ordinary, count: 10,', '{id: ordinary,']))
    expect(ruleOf(uncounted, ordinary(999))).not.toBeNull()
    const limited = parsed(
      changedText(lanternText, ['term: 1 year\nacting: longest', 'term: 1 year\nterm-limit: 2 terms in a row\nacting: longest']),
    )
    expect(ruleOf(limited, post('chair'))?.termLimit).toBe(2)
  })
})

describe('each way to fill a seat', () => {
  const classBy = (by: string): string =>
    text(['{id: ordinary, count: 10, by: election of members', `{id: ordinary, count: 10, by: ${by}`])
  it.each<[string, Filling, string]>([
    ['election of members', 'elected', 'elected'],
    ['lot from members', 'drawn', 'drawn'],
    ['nomination of affiliates', 'nominated', 'nominated'],
    ['nomination of panel', 'nominated', 'nominated'],
  ])('%s: by rule, on evidence that names this person', (by, how, fact) => {
    const ask = (does: MovementAct, who: 'rule' | number, ...facts: readonly Fact[]) =>
      whyNot(
        movementStory(classBy(by)).act(
          who === 'rule' ? who : person(who),
          who === 'rule' ? who : 'office chair',
          start,
          does,
          ...facts,
        ),
      )
    const right = fill(first, 1, how)
    expect(ask(right, 'rule', named(fact, first, 1))).toBe('yes')
    expect(ask(right, 'rule')).toBe('3.1@1: missing-fact body committee||')
    expect(ask(right, 'rule', { ...named(fact, first, 1), evidence: null })).toBe('3.1@1: missing-fact body committee||')
    expect(ask(right, 'rule', named(fact, ordinary(2), 1))).toBe('3.1@1: missing-fact body committee||')
    expect(ask(right, 'rule', named(fact, first, 2))).toBe('3.1@1: not-eligible body committee||')
    expect(ask(right, 9, named(fact, first, 1))).toBe('3.1@1: no-power |power elect|')
    const wrong = fill(first, 1, how === 'elected' ? 'drawn' : 'elected')
    expect(ask(wrong, 'rule', named(fact, first, 1))).toBe('3.1@1: no-power power elect||')
    expect(ask(wrong, 9)).toBe('3.1@1: no-power power elect||, no-power |power elect|, missing-fact body committee||')
  })

  it('appointed by an officer, who need say nothing of why', () => {
    const story = movementStory(classBy('appointment by registrar'))
    const holds = proven('holds-office', 'registrar', true, start, 'register')
    expect(whyNot(story.act(person(7), 'office registrar', start, fill(first, 1, 'appointed')))).toBe(
      '3.1@1: missing-fact by 3.6@1 office registrar||',
    )
    expect(whyNot(story.act(person(7), 'office registrar', start, fill(first, 1, 'elected'), holds))).toBe(
      '3.1@1: no-power power elect||',
    )
    expect(did(story.act(person(7), 'office registrar', start, fill(first, 1, 'appointed'), holds))).toEqual([
      { ...filled(first, 1), how: 'appointed', leavesAt: at('2028-04-30 12:00') },
    ])
  })

  it('appointed by a body, by its vote', () => {
    const story = movementStory(
      classBy('appointment by panel').replace(
        'meets: {every: on case, notice: 3 clear days, by: panel-clerk, remote: yes}\n',
        '',
      ),
    )
    expect(whyNot(story.act(person(7), 'body panel', start, fill(first, 1, 'appointed'), voted('panel', 2)))).toBe(
      '3.1@1: not-carried by 3.3@1 |2 votes|',
    )
    expect(whyNot(story.act(person(7), 'body panel', start, fill(first, 1, 'co-opted'), voted('panel')))).toBe(
      '3.1@1: no-power power elect||',
    )
    expect(whyNot(story.act(person(7), 'body panel', start, fill(first, 1, 'appointed'), voted('panel')))).toBe('yes')
  })

  it('an office elected by a body from its own: whoever has a seat on it', () => {
    const ask = (story: MovementStory, how: Filling = 'elected') =>
      whyNot(story.act(person(2), 'body committee', start, fill(post('chair'), 1, how), voted()))
    const ten = Array.from({ length: 10 }, (_, i) => filled(ordinary(i + 1), i + 1))
    expect(ask(storyAfter(text(), ...ten))).toBe('yes')
    expect(ask(storyAfter(text(), ...ten), 'appointed')).toBe('3.4@1: no-power power elect||')
    expect(ask(storyAfter(text(), ...ten.slice(1)))).toBe('3.4@1: not-eligible body committee||')
    const fromAll = changedText(text(), [
      'filled: election by committee from committee',
      'filled: election by committee from members',
    ])
    expect(ask(storyAfter(fromAll, ...ten.slice(1)))).toBe('yes')
  })

  it('a seat that goes with an office is filled by nobody', () => {
    const story = movementStory(classBy('ex-officio chair'))
    expect(whyNot(story.act('rule', 'rule', start, fill(first, 1), named('elected', first, 1)))).toBe(
      '1@1: no-power power elect||',
    )
    expect(whyNot(story.act('rule', 'rule', start, fill(ordinary(11), 1), named('elected', first, 1)))).toBe(
      '1@1: no-power power elect||',
    )
  })
})

describe('a vacancy before the term is over', () => {
  const gone = at('2027-03-01 12:00')
  const vacant = (words: string, why: Leaving = 'resigned', ...more: readonly MovementEvent[]): MovementStory =>
    storyAfter(text([vacancy, words]), filled(first, 1), left(first, 1, why), ...more)
  const ask = (
    story: MovementStory,
    how: Filling,
    fact: string | null,
    who: 'rule' | 'body' = 'rule',
    when = gone,
    ...more: readonly Fact[]
  ) =>
    whyNot(
      story.act(
        who === 'rule' ? 'rule' : person(3),
        who === 'rule' ? 'rule' : 'body committee',
        when,
        fill(first, 2, how),
        ...(fact === null ? [] : [named(fact, first, 2)]),
        ...more,
      ),
    )
  const nobody = proven('nobody-left', seatKey(first), true, start)

  it.each<[string, Filling, string]>([
    ['countback', 'countback', 'countback'],
    ['next drawn', 'drawn', 'drawn'],
    ['by-election', 'elected', 'elected'],
  ])('%s fills it, by rule and on evidence', (how, filling, fact) => {
    const words = `vacancy: {fill: ${how}}`
    expect(ask(vacant(words), filling, fact)).toBe('yes')
    expect(ask(vacant(words), filling, null)).toBe('3.1@1: missing-fact body committee||')
    expect(ask(vacant(words), filling, fact, 'body')).toBe('3.1@1: no-power |power fill-vacancy|')
    expect(ask(vacant(words), 'nominated', fact)).toBe('3.1@1: no-power power fill-vacancy||')
  })

  it('co-option is the body’s own', () => {
    const words = 'vacancy: {fill: co-opt}'
    expect(ask(vacant(words), 'co-opted', null, 'body', gone, voted())).toBe('yes')
    expect(ask(vacant(words), 'appointed', null, 'body', gone, voted())).toBe('3.1@1: no-power power fill-vacancy||')
    expect(ask(vacant(words), 'co-opted', null, 'body', gone)).toBe('3.1@1: missing-fact body committee||')
    expect(ask(vacant('vacancy: {fill: leave}'), 'co-opted', null, 'body', gone, voted())).toBe(
      '1@1: no-power power fill-vacancy||',
    )
  })

  it('the election instead needs that nobody is left, or that the time is over', () => {
    const words = 'vacancy: {fill: countback, else: election within 90 days}'
    const countback = '3.1@1: no-power power fill-vacancy||, missing-fact body committee||'
    expect(ask(vacant(words), 'elected', 'elected')).toBe(`${countback} / 3.1@1: missing-fact body committee||`)
    expect(ask(vacant(words), 'elected', 'elected', 'rule', gone, { ...nobody, value: false })).toBe(
      `${countback} / 3.1@1: missing-fact body committee||`,
    )
    expect(ask(vacant(words), 'elected', 'elected', 'rule', gone, nobody)).toBe('yes')
    expect(ask(vacant(words, 'resigned', { kind: 'vacancy-overdue', place: first }), 'elected', 'elected')).toBe('yes')
    expect(ask(vacant(words), 'drawn', 'elected', 'rule', gone, nobody)).toBe(`${countback} / 3.1@1: no-power power elect||`)
    expect(ask(vacant(words), 'elected', null, 'rule', gone, nobody)).toBe(`${countback} / 3.1@1: missing-fact body committee||`)
  })

  it('is for the rest of the term, and after that a term of its own', () => {
    const rest = at('2028-03-01 12:00')
    const story = vacant('vacancy: {fill: by-election}')
    expect(did(story.act('rule', 'rule', later(rest, -1), fill(first, 2), named('elected', first, 2)))).toMatchObject([
      { until: rest },
    ])
    const over = vacant('vacancy: {fill: leave}')
    expect(did(over.act('rule', 'rule', rest, fill(first, 2), named('elected', first, 2)))).toMatchObject([
      { until: at('2030-03-01 12:00') },
    ])
  })

  it('is left so many days before the term ends, to the millisecond', () => {
    const story = vacant('vacancy: {fill: countback, unless: term has less than 120 days left}')
    const last = at('2027-11-02 12:00')
    expect(ask(story, 'countback', 'countback', 'rule', later(last, 1))).toBe(
      '3.1@1: too-late 2028-03-01T12:00:00.000Z|2027-11-02T12:00:00.001Z|',
    )
    expect(
      ask(vacant('vacancy: {fill: countback, unless: term has less than 120 days left}'), 'countback', 'countback', 'rule', last),
    ).toBe('yes')
  })

  it('that a quashed appointment left goes as the clause on validity says', () => {
    const onQuash = (seats: string): MovementStory =>
      storyAfter(
        text([vacancy, 'vacancy: {fill: co-opt}'], ['seats: next runner by countback', `seats: ${seats}`]),
        filled(first, 1),
        left(first, 1, 'quashed'),
      )
    expect(ask(onQuash('next runner by countback'), 'countback', 'countback')).toBe('yes')
    expect(ask(onQuash('next runner by countback'), 'elected', 'elected')).toBe(
      '5.2@1: no-power power fill-vacancy||, missing-fact body committee||',
    )
    expect(ask(onQuash('by-election'), 'elected', 'elected', 'body')).toBe('5.2@1: no-power |power fill-vacancy|')
    expect(ask(onQuash('by-election'), 'elected', null)).toBe('5.2@1: missing-fact body committee||')
    expect(ask(onQuash('empty'), 'co-opted', null, 'body', gone, voted())).toBe(
      '5.2@1: too-early 2028-03-01T12:00:00.000Z|2027-03-01T12:00:00.000Z| → 2028-03-01T12:00:00.000Z',
    )
    expect(ask(onQuash('empty'), 'elected', 'elected', 'rule', at('2028-03-01 12:00'))).toBe('yes')
    const silent = storyAfter(
      text(
        [vacancy, 'vacancy: {fill: co-opt}'],
        [
          'kind: validity\ndefect-in: [appointment, expired term]\nacts-stand: until challenge upheld\non-quash: {later-acts: listed for review, rolls: stand, seats: next runner by countback}',
          'kind: validity\ndefect-in: [appointment, expired term]\nacts-stand: until challenge upheld',
        ],
      ),
      filled(first, 1),
      left(first, 1, 'quashed'),
    )
    expect(ask(silent, 'co-opted', null, 'body', gone, voted())).toBe('yes')
  })
})

describe('the seat and the person', () => {
  const elect = (story: MovementStory, place: Place, who: number, when = at('2027-01-01')) =>
    story.act('rule', 'rule', when, fill(place, who), named('elected', place, who, when))

  it('one holder at a time, until the term is over', () => {
    const story = storyAfter(lanternText, filled(first, 1))
    const until = at('2028-03-01 12:00')
    expect(whyNot(elect(story, first, 2, later(until, -1)))).toBe('3.1@1: already-done 1 people|1 people|')
    expect(whyNot(elect(story, first, 1, later(until, -1)))).toBe('3.1@1: already-done 1 people|1 people|, already-done ||')
    expect(did(elect(story, first, 2, until))).toEqual([
      { kind: 'seat-left', place: first, person: person(1), why: 'term ended', fillBy: null },
      { ...filled(first, 2, at('2030-03-01 12:00')), leavesAt: at('2030-04-30 12:00') },
    ])
  })

  it('a term does not begin before the last one ended', () => {
    const story = storyAfter(lanternText, filled(first, 1), left(first, 1))
    const act = (occurredAt: typeof start) =>
      story.decideOn(
        {
          decision: movementDecision,
          by: 'rule',
          as: 'rule',
          occurredAt,
          recordedAt: later(start, day),
          kind: 'movement',
          does: fill(ordinary(1), 2, 'countback'),
        },
        named('countback', first, 2),
      )
    expect(whyNot(act(later(start, -1)))).toBe(
      '3.1@1: too-early 2026-03-01T12:00:00.000Z|2026-03-01T11:59:59.999Z| / 3.1@1: missing-fact body committee||, no-power power elect||, missing-fact body committee||, too-early 2026-03-01T12:00:00.000Z|2026-03-01T11:59:59.999Z|',
    )
    expect(whyNot(act(start))).toBe('yes')
  })

  it('a row of terms is broken by a whole term between, to the millisecond', () => {
    const rowOf = (when: typeof start) => {
      const story = storyAfter(lanternText, { ...filled(first, 1), terms: 3 }, left(first, 1, 'term ended'))
      return whyNot(elect(story, ordinary(2), 1, when))
    }
    // It ended on 1 March 2026 by leaving; a term is two years.
    expect(rowOf(at('2028-03-01 12:00'))).toBe('yes')
    expect(rowOf(later(at('2028-03-01 12:00'), -1))).toBe('3.1@1: term-limit 3 people|3 people|')
    const two = storyAfter(lanternText, { ...filled(first, 1), terms: 2 }, left(first, 1, 'term ended'))
    expect(did(elect(two, ordinary(2), 1, at('2027-01-01')))).toMatchObject([{ terms: 3 }])
  })

  it('one seat of a body, and one of an office', () => {
    expect(whyNot(elect(storyAfter(lanternText, filled(first, 1)), ordinary(2), 1))).toBe('3.1@1: incompatible body committee||')
    const place = post('returning-officer', 2)
    const story = storyAfter(
      lanternText.replace('meets: {every: on case, notice: 3 clear days, by: panel-clerk, remote: yes}\n', ''),
      filled(post('returning-officer'), 1),
    )
    expect(whyNot(story.act(person(3), 'body panel', start, fill(place, 1, 'appointed'), voted('panel')))).toBe(
      '3.5@1: incompatible office returning-officer||',
    )
    expect(whyNot(story.act(person(3), 'body panel', start, fill(place, 2, 'appointed'), voted('panel')))).toBe('yes')
  })

  it('of those who share a post, one without a term stays when another comes', () => {
    const from = 'holders: 1\nfilled: election by committee from committee\nterm: 1 year\nacting: longest seated ordinary'
    const shared =
      'holders: 1\njob-share: {up-to: 2, votes: one between them, nominated: together, if-one-leaves: the other serves alone}\nfilled: election of members\nterm: 1 year\nacting: longest seated ordinary'
    const place = post('chair')
    const endless = { ...filled(place, 1), until: null, leavesAt: null }
    const story = storyAfter(changedText(lanternText, [from, shared]), endless)
    const when = at('2026-06-01 12:00')
    expect(did(elect(story, place, 2, when))).toEqual([
      {
        kind: 'seat-filled',
        place,
        person: person(2),
        how: 'elected',
        until: at('2027-06-01 12:00'),
        leavesAt: at('2027-06-01 12:00'),
        terms: 1,
      },
    ])
    expect(whyNot(elect(story, place, 3, when))).toBe('3.4@1: already-done 2 people|2 people|')
    expect(did(story.act(person(1), 'office chair', when, { kind: 'leave-seat', place }))).toEqual([left(place, 1)])
  })

  it('what cannot be held together, from either side, under the clause that says so', () => {
    const plain = text(['meets: {every: on case, notice: 3 clear days, by: panel-clerk, remote: yes}\n', ''])
    const registrar = (story: MovementStory, ...facts: readonly Fact[]) =>
      whyNot(story.act(person(3), 'body committee', start, fill(post('registrar'), 1, 'appointed'), voted(), ...facts))
    const officer = (story: MovementStory, ...facts: readonly Fact[]) =>
      whyNot(story.act(person(3), 'body panel', start, fill(post('returning-officer'), 1, 'appointed'), voted('panel'), ...facts))
    const cases: readonly (readonly [string, string])[] = [
      [registrar(storyAfter(plain, filled(post('returning-officer'), 1))), '3.6@1: incompatible office registrar||'],
      [officer(storyAfter(plain, filled(post('registrar'), 1))), '3.5@1: incompatible by 3.6@1 office registrar||'],
      [officer(storyAfter(plain, filled(post('panel-clerk'), 1))), 'yes'],
      [registrar(storyAfter(plain, filled(post('chair'), 1))), 'yes'],
      [officer(storyAfter(plain, filled(seatIn('panel', 'lot', 1), 1))), 'yes'],
      [officer(storyAfter(plain, filled(first, 1))), '3.5@1: incompatible office returning-officer||'],
      [
        whyNot(elect(storyAfter(plain, filled(post('returning-officer'), 1)), first, 1)),
        '3.1@1: incompatible by 3.5@1 office returning-officer||',
      ],
      [whyNot(elect(storyAfter(plain, filled(post('registrar'), 1)), first, 1)), 'yes'],
      [
        officer(movementStory(plain), proven('candidate', person(1), true, start)),
        '3.5@1: incompatible office returning-officer||',
      ],
      [
        officer(movementStory(plain), proven('agent-of-candidate', person(1), true, start)),
        '3.5@1: incompatible office returning-officer||',
      ],
      [officer(movementStory(plain), proven('agent-of-candidate', person(2), true, start)), 'yes'],
      [officer(movementStory(plain), proven('candidate', person(1), false, start)), 'yes'],
      [registrar(movementStory(plain), proven('agent-of-candidate', person(1), true, start)), 'yes'],
    ]
    for (const [answer, expected] of cases) expect(answer).toBe(expected)
  })
})

describe('how a seat is taken away', () => {
  const plain = text(['meets: {every: on case, notice: 3 clear days, by: panel-clerk, remote: yes}\n', ''])
  const remove = (place: Place, who = 1) => ({ kind: 'remove-holder', place, person: person(who), under: own }) as const

  it('by the vote its rule names, from whoever holds it and nobody else', () => {
    const story = storyAfter(plain, filled(post('chair'), 1), filled(post('registrar'), 2))
    const ask = (does: MovementAct, votes: number) =>
      whyNot(story.act(person(3), 'body committee', start, does, voted('committee', votes)))
    expect(ask(remove(post('chair')), 6)).toBe('3.4@1: not-carried by 3.1@1 |6 votes|')
    expect(ask(remove(post('chair'), 2), 7)).toBe('3.4@1: not-eligible office chair||')
    expect(ask(remove(first), 7)).toBe('1@1: no-power power recall||')
    expect(ask(remove(post('nowhere')), 7)).toBe('1@1: no-power power recall||')
    expect(ask(remove(post('registrar'), 2), 7)).toBe('3.6@1: no-power body panel|body committee|')
    const early = {
      decision: movementDecision,
      by: person(3),
      as: 'body committee',
      occurredAt: later(start, -1),
      recordedAt: start,
      kind: 'movement',
      does: remove(post('chair')),
    } as const
    expect(whyNot(story.decideOn(early, voted()))).toBe('3.4@1: too-early 2026-03-01T12:00:00.000Z|2026-03-01T11:59:59.999Z|')
    expect(did(story.act(person(3), 'body committee', start, remove(post('chair')), voted()))).toEqual([
      left(post('chair'), 1, 'removed'),
    ])
  })

  it('or under the power to recall, where somebody has it', () => {
    const recalls = `${plain}\n### 8.1 Recall\n\`\`\`rule\nkind: power\nact: recall\nholder: panel\n\`\`\`\n`
    const story = storyAfter(recalls, filled(first, 1))
    expect(whyNot(story.act(person(3), 'body panel', start, remove(first, 2), voted('panel')))).toBe(
      '8.1@1: not-eligible by 3.1@1 body committee||',
    )
    expect(whyNot(story.act(person(3), 'body committee', start, remove(first), voted()))).toBe(
      '8.1@1: no-power body panel|body committee|',
    )
    expect(did(story.act(person(3), 'body panel', start, remove(first), voted('panel')))).toEqual([
      { kind: 'seat-left', place: first, person: person(1), why: 'removed', fillBy: at('2026-05-30 12:00') },
    ])
  })

  it('it falls free by itself when its holder dies, or meets what ends it, as the register states', () => {
    const ceases = text([
      'quorum: present more than 1/2 of seats',
      'ceases-when: not standing active\nquorum: present more than 1/2 of seats',
    ])
    const story = (words = ceases): MovementStory => storyAfter(words, filled(first, 1))
    const cease = (why: 'died' | 'ceased', who = 1) => ({ kind: 'cease', place: first, person: person(who), why }) as const
    const shown = (fact: string) => proven(fact, seatKey(first), true, start)
    const ask = (does: MovementAct, words: string, by: 'rule' | 'person', ...facts: readonly Fact[]) =>
      whyNot(story(words).act(by === 'rule' ? by : person(3), by === 'rule' ? by : 'body committee', start, does, ...facts))
    expect(ask(cease('died'), ceases, 'rule', shown('died'))).toBe('yes')
    expect(ask(cease('ceased'), ceases, 'rule', shown('ceases'))).toBe('yes')
    expect(ask(cease('ceased'), text(), 'rule', shown('ceases'))).toBe('3.1@1: no-power |power recall|')
    expect(ask(cease('died'), text(), 'rule', shown('died'))).toBe('yes')
    expect(ask(cease('died'), ceases, 'rule', shown('ceases'))).toBe('3.1@1: missing-fact body committee||')
    expect(ask(cease('ceased'), ceases, 'rule', shown('died'))).toBe('3.1@1: missing-fact body committee||')
    expect(ask(cease('died'), ceases, 'rule', { ...shown('died'), evidence: null })).toBe('3.1@1: missing-fact body committee||')
    expect(ask(cease('died'), ceases, 'rule', { ...shown('died'), value: false })).toBe('3.1@1: missing-fact body committee||')
    expect(ask(cease('died'), ceases, 'person', shown('died'))).toBe('3.1@1: no-power |power recall|')
    expect(ask(cease('died', 2), ceases, 'rule', shown('died'))).toBe('3.1@1: not-eligible body committee||')
    expect(ask({ ...cease('died'), place: ordinary(11) }, ceases, 'rule', shown('died'))).toBe('1@1: no-power power recall||')
    const office = storyAfter(
      changedText(text(), ['term: 1 year\nacting: longest', 'term: 1 year\nceases-when: not standing active\nacting: longest']),
      filled(post('chair'), 1),
    )
    const chair = { kind: 'cease', place: post('chair'), person: person(1), why: 'ceased' } as const
    expect(did(office.act('rule', 'rule', start, chair, proven('ceases', seatKey(post('chair')), true, start)))).toEqual([
      left(post('chair'), 1, 'ceased'),
    ])
  })

  it('by its holder, who needs nobody’s leave, once the term has begun', () => {
    const story = storyAfter(
      text(['else: election within 90 days', 'within: 10 days, else: election within 90 days']),
      filled(first, 1),
    )
    const does = { kind: 'leave-seat', place: first } as const
    const early = {
      decision: movementDecision,
      by: person(1),
      as: 'body committee',
      occurredAt: later(start, -1),
      recordedAt: start,
      kind: 'movement',
      does,
    } as const
    expect(whyNot(story.decideOn(early))).toBe('3.1@1: too-early 2026-03-01T12:00:00.000Z|2026-03-01T11:59:59.999Z|')
    expect(whyNot(story.act('rule', 'rule', start, does))).toBe('3.1@1: not-eligible body committee||')
    const answer = story.act(person(1), 'electorate members', start, does)
    expect(did(answer)).toEqual([
      { kind: 'seat-left', place: first, person: person(1), why: 'resigned', fillBy: at('2026-03-11 12:00') },
    ])
    expect(story.events().at(-1)).toMatchObject({ relies: ['0/1'], clause: '3.1@1' })
  })
})
