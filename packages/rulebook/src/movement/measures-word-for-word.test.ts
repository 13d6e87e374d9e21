import { describe, expect, it } from 'vitest'
import { at, day, hour, lanternText, later, person } from '../../test/lantern.ts'
import { changedText, did, movementStory, proven, whyNot, type MovementStory } from '../../test/movement.ts'
import { decisionWith, storyAfter, withDecisions } from '../../test/movement-with.ts'
import { holds, iso, own, power, sanctioned, start, statedText, voted } from '../../test/word-for-word.ts'
import type { Fact } from '../index.ts'
import type { DecisionState } from '../state.ts'
import type { MovementAct, MovementEvent } from './movement.ts'
import { sanctionOf } from './sanction.ts'

// Interests, sanctions, lent powers and outages: each refusal whole, each instant from both sides.

describe('an interest', () => {
  const declare = (interest: string, who: number | 'rule' = 2, story = movementStory(), item = '12') =>
    story.act(who === 'rule' ? who : person(who), 'body committee', start, { kind: 'declare-interest', item, interest })
  const rule = (interest: string, conflicted: boolean, story: MovementStory, who = 60, whom = 3) =>
    story.act(
      person(who),
      'office panel-clerk',
      start,
      { kind: 'rule-on-interest', item: '12', person: person(whom), interest, conflicted },
      holds('panel-clerk'),
    )

  it('is one of those the clause lists; money is declared as money, whatever the sum', () => {
    for (const interest of ['employment', 'candidate', 'family', 'money', 'official of related body'])
      expect(whyNot(declare(interest)), interest).toBe('yes')
    for (const interest of ['money above 100 GBP', 'hobby', 'mone', '', 'money above'])
      expect(whyNot(declare(interest)), interest).toBe('6.4@1: not-a-ground ||')
    const without = changedText(lanternText, [', money above 100 GBP', ''])
    expect(whyNot(declare('money', 2, movementStory(without)))).toBe('6.4@1: not-a-ground ||')
    expect(whyNot(declare('family', 'rule'))).toBe('6.4@1: not-eligible ||')
    expect(whyNot(declare('hobby', 'rule'))).toBe('6.4@1: not-a-ground ||, not-eligible ||')
  })

  it('is one’s own, once an item, with the effect that the clause gives it', () => {
    const story = movementStory()
    const noted = { kind: 'interest-noted', item: '12', person: person(2), interest: 'family', effect: 'leaves vote and quorum' }
    expect(did(declare('family', 2, story))).toEqual([noted])
    expect(whyNot(declare('candidate', 2, story))).toBe('6.4@1: already-done ||')
    expect(whyNot(declare('candidate', 3, story))).toBe('yes')
    expect(whyNot(declare('candidate', 2, story, '13'))).toBe('yes')
    const mild = movementStory(changedText(lanternText, ['effect: leaves vote and quorum', 'effect: declares only']))
    expect(did(declare('family', 2, mild))).toEqual([{ ...noted, effect: 'declares only' }])
  })

  it('somebody else’s is for whom the clause names, never for themselves', () => {
    const story = movementStory()
    expect(whyNot(rule('family', false, story))).toBe('6.4@1: already-done ||')
    expect(whyNot(rule('hobby', true, story))).toBe('6.4@1: not-a-ground ||')
    expect(whyNot(rule('family', true, story, 3))).toBe('6.4@1: conflicted ||')
    expect(
      whyNot(
        story.act(person(60), 'office panel-clerk', start, {
          kind: 'rule-on-interest',
          item: '12',
          person: person(3),
          interest: 'money',
          conflicted: true,
        }),
      ),
    ).toBe('6.4@1: missing-fact by 3.7@1 office panel-clerk||')
    expect(did(rule('money', true, story))).toEqual([
      { kind: 'interest-noted', item: '12', person: person(3), interest: 'money', effect: 'leaves vote and quorum' },
    ])
    expect(whyNot(rule('money', true, story))).toBe('6.4@1: already-done ||')
    expect(whyNot(rule('money', false, story, 60, 4))).toBe('6.4@1: already-done ||')
    expect(did(rule('money', false, story))).toEqual([{ kind: 'interest-cleared', item: '12', person: person(3) }])
    const silent = lanternText.slice(lanternText.indexOf('### 6.4'), lanternText.indexOf('### 6.5'))
    expect(whyNot(declare('family', 2, movementStory(changedText(lanternText, [silent, '']))))).toBe(
      '1@1: no-power power appoint||',
    )
    expect(whyNot(rule('family', true, movementStory(changedText(lanternText, [silent, '']))))).toBe(
      '1@1: no-power power appoint||',
    )
  })
})

describe('a measure against a person', () => {
  type Said = Partial<Extract<MovementAct, { kind: 'sanction' }>>
  const shown = proven('ground-shown', 's1', true, start)
  const sanction = (known: Said = {}) =>
    ({
      kind: 'sanction',
      sanction: 's1',
      person: person(70),
      power: 'suspend',
      code: null,
      until: later(start, 10 * day),
      under: own,
      ...known,
    }) as const
  const plain = statedText([
    'limits: {grounds: code, at-most: 60 days, not-within: notify to certify of any ballot}',
    'limits: {grounds: code, at-most: 60 days}',
  ])
  const ask = (known: Said = {}, story = movementStory(plain), facts: readonly Fact[] = [shown]) =>
    story.act(person(9), 'body panel', start, sanction(known), voted('panel'), ...facts)
  const most = at('2026-04-30 12:00')
  const year = at('2027-03-01 12:00')

  it('ends as asked, never later than the power and the code allow; without a date, when they say', () => {
    const until = (known: Said, story?: MovementStory) => {
      const answer = ask(known, story)
      const [event] = 'routes' in answer ? [] : did(answer)
      return event?.kind === 'sanctioned' ? event.until : whyNot(answer)
    }
    expect(until({})).toBe(later(start, 10 * day))
    expect(until({ until: most })).toBe(most)
    expect(until({ until: later(most, 1) })).toBe(`6.1@1: too-late ${iso(most)}|${iso(later(most, 1))}|`)
    expect(until({ until: later(most, 1), code: 'suspension' })).toBe(
      `6.1@1: too-late ${iso(most)}|${iso(later(most, 1))}|, too-late ${iso(most)}|${iso(later(most, 1))}|`,
    )
    expect(until({ until: start })).toBe(`6.1@1: too-early ${iso(start)}|${iso(start)}|`)
    expect(until({ until: later(start, 1) })).toBe(later(start, 1))
    expect(until({ until: null })).toBe(most)
    expect(until({ until: null, code: 'suspension' })).toBe(most)
    expect(until({ until: null, code: 'warning' })).toBe(most)
    expect(until({ until: null, code: 'exclusion' })).toBe(most)
    const long = movementStory(changedText(plain, ['limits: {grounds: code, at-most: 60 days}', 'limits: {grounds: code}']))
    expect(until({ until: null, code: 'warning' }, long)).toBe(year)
    const free = () => movementStory(changedText(plain, ['limits: {grounds: code, at-most: 60 days}', 'limits: {grounds: code}']))
    expect(until({ until: null, code: 'exclusion' }, free())).toBeNull()
    expect(until({ until: null, code: 'suspension' }, free())).toBe(most)
    const shorter = movementStory(
      changedText(plain, ['{id: suspension, at-most: 60 days}', '{id: suspension, at-most: 30 days, expires: 20 days}']),
    )
    expect(until({ until: null, code: 'suspension' }, shorter)).toBe(at('2026-03-31 12:00'))
  })

  it('needs its ground, a sanction that the code lists, and a power that is one', () => {
    expect(whyNot(ask({}, movementStory(plain), []))).toBe('6.1@1: missing-fact ||')
    expect(whyNot(ask({}, movementStory(plain), [{ ...shown, value: false }]))).toBe('6.1@1: missing-fact ||')
    expect(whyNot(ask({ code: 'flogging' }))).toBe('6.1@1: not-a-ground ||')
    expect(whyNot(ask({ power: 'readmit' }))).toBe('1@1: no-power power readmit||')
    expect(whyNot(ask({}, movementStory(changedText(plain, ['act: suspend', 'act: spend']))))).toBe(
      '1@1: no-power power suspend||',
    )
    const story = movementStory(plain)
    expect(did(ask({}, story))).toEqual([
      {
        kind: 'sanctioned',
        sanction: 's1',
        person: person(70),
        power: 'suspend',
        code: null,
        until: later(start, 10 * day),
        spares: [],
        deciders: [],
      },
    ])
    expect(whyNot(ask({}, story))).toBe('6.1@1: already-done ||')
    const nobody = movementStory(changedText(plain, ['limits: {grounds: code, at-most: 60 days}', 'limits: {at-most: 60 days}']))
    expect(whyNot(ask({}, nobody, []))).toBe('yes')
  })

  it('by an officer names who decided it; spares ballots whose notice has gone out, or waits for them', () => {
    const officer = changedText(plain, ['act: suspend\nholder: panel', 'act: suspend\nholder: registrar'])
    const noticed = (known: object = {}) =>
      decisionWith({ stages: { notify: { notice: { at: start }, certifiedAt: null, ...known } } })
    const byOfficer = withDecisions(movementStory(officer), noticed())
    expect(did(byOfficer.act(person(7), 'office registrar', start, sanction(), holds('registrar'), shown))).toMatchObject([
      { deciders: [person(7)], spares: [7] },
    ])
    for (const known of [{ notice: null }, { certifiedAt: start }])
      expect(did(ask({}, withDecisions(movementStory(plain), noticed(known))))).toMatchObject([{ spares: [] }])
    expect(
      did(ask({}, withDecisions(movementStory(plain), { ...noticed(), ended: { at: start, outcome: 'carried' } }))),
    ).toMatchObject([{ spares: [] }])
    expect(whyNot(ask({}, withDecisions(movementStory(statedText()), noticed())))).toBe(
      '6.1@1: too-early stage certify|stage notify|',
    )
    expect(whyNot(ask({}, movementStory(statedText())))).toBe('yes')
  })

  it('is lifted once, by whoever may impose it or readmit', () => {
    const lift = (story: MovementStory, votes = 5) =>
      story.act(person(9), 'body panel', start, { kind: 'lift-sanction', sanction: 's1', under: own }, voted('panel', votes))
    expect(whyNot(lift(movementStory(plain)))).toBe('1@1: no-power power readmit||')
    const story = storyAfter(plain, sanctioned)
    expect(whyNot(lift(story, 2))).toBe('6.7@1: not-carried by 3.3@1 |2 votes| / 6.1@1: not-carried by 3.3@1 |2 votes|')
    expect(did(lift(story))).toEqual([{ kind: 'sanction-ended', sanction: 's1', why: 'lifted' }])
    expect(sanctionOf(story.movement().sanctions, 's1')?.endedAt).toBe(start)
    expect(story.events().at(-1)).toMatchObject({ relies: ['0/1'], clause: '6.7@1' })
    expect(whyNot(lift(story))).toBe('6.7@1: already-done || / 6.1@1: already-done ||')
  })
})

describe('a power lent', () => {
  const lending = (rest = 'holder: registrar\nuntil: 30 days', admit = ''): string =>
    `${changedText(lanternText, ['act: admit\nholder: registrar\n', `act: admit\nholder: registrar\n${admit}`])}${power('delegate-power', rest)}`
  type Said = Partial<Extract<MovementAct, { kind: 'delegate' }>>
  const lend = (known: Said = {}) =>
    ({
      kind: 'delegate',
      delegation: 'd1',
      power: 'admit',
      to: 'office panel-clerk',
      until: later(start, 10 * day),
      under: own,
      ...known,
    }) as const
  const ask = (known: Said = {}, story = movementStory(lending())) =>
    story.act(person(7), 'office registrar', start, lend(known), holds('registrar'))
  const most = at('2026-03-31 12:00')

  it('is one’s own, to somebody else with a name, and not beyond what either grant allows', () => {
    expect(did(ask())).toEqual([
      {
        kind: 'delegated',
        delegation: 'd1',
        power: 'admit',
        from: 'office registrar',
        to: 'office panel-clerk',
        until: later(start, 10 * day),
      },
    ])
    expect(whyNot(ask({}, movementStory(lanternText)))).toBe('1@1: no-power power delegate-power||')
    for (const [to, answer] of [
      ['body committee', 'yes'],
      ['office registrar', '8.1@1: not-eligible ||'],
      ['electorate members', '8.1@1: not-eligible ||'],
      ['the office chair', '8.1@1: not-eligible ||'],
      ['rule', '8.1@1: not-eligible ||'],
    ] as const)
      expect(whyNot(ask({ to: to as 'rule' })), to).toBe(answer)
    expect(whyNot(ask({ until: start }))).toBe(`8.1@1: too-early ${iso(start)}|${iso(start)}|`)
    expect(whyNot(ask({ until: later(start, 1) }))).toBe('yes')
    expect(whyNot(ask({ until: most }))).toBe('yes')
    expect(whyNot(ask({ until: later(most, 1) }))).toBe(`8.1@1: too-late ${iso(most)}|${iso(later(most, 1))}|`)
    for (const held of ['spend', 'delegate-power', 'amend-rulebook'] as const)
      expect(whyNot(ask({ power: held })), held).toBe(`8.1@1: no-power power ${held}||`)
    const story = movementStory(lending())
    did(ask({}, story))
    expect(whyNot(ask({}, story))).toBe('8.1@1: already-done ||')
    expect(whyNot(story.act(person(8), 'office registrar', start, lend({ delegation: 'd2' })))).toBe(
      '8.1@1: missing-fact by 3.6@1 office registrar||',
    )
  })

  it('not where its grant says no, and only for as long as its grant says', () => {
    expect(whyNot(ask({}, movementStory(lending(undefined, 'delegable: no\n'))))).toBe('8.1@1: no-power power admit||')
    const five = lending('holder: registrar', 'delegable: for at most 5 days\n')
    expect(whyNot(ask({ until: at('2026-03-06 12:00') }, movementStory(five)))).toBe('yes')
    expect(whyNot(ask({ until: at('2026-03-06 12:01') }, movementStory(five)))).toBe(
      '8.1@1: too-late 2026-03-06T12:00:00.000Z|2026-03-06T12:01:00.000Z|',
    )
    expect(whyNot(ask({ until: at('2027-01-01') }, movementStory(lending('holder: registrar'))))).toBe('yes')
  })

  it('is taken back once, by who lent it', () => {
    const story = movementStory(lending('holder: registrar\nuntil: 30 days'))
    const back = () =>
      story.act(
        person(7),
        'office registrar',
        later(start, day),
        { kind: 'end-delegation', delegation: 'd1', under: own },
        holds('registrar'),
      )
    expect(whyNot(back())).toBe('1@1: no-power power delegate-power||')
    did(ask({}, story))
    expect(did(back())).toEqual([{ kind: 'delegation-ended', delegation: 'd1', why: 'taken back' }])
    expect(story.events().at(-1)).toMatchObject({ relies: ['0/1'], clause: '8.1@1' })
    expect(whyNot(back())).toBe('8.1@1: already-done ||')
    const other = storyAfter(lending(), {
      kind: 'delegated',
      delegation: 'd1',
      power: 'admit',
      from: 'office chair',
      to: 'office panel-clerk',
      until: later(start, day),
    })
    expect(
      whyNot(
        other.act(
          person(7),
          'office registrar',
          start,
          { kind: 'end-delegation', delegation: 'd1', under: own },
          holds('registrar'),
        ),
      ),
    ).toBe('8.1@1: not-eligible ||')
  })
})

describe('an outage', () => {
  const outage = (from: number, until: number, channel = 'email'): Fact => proven('outage', channel, { from, until }, start)
  const five = 5 * hour
  const report = (
    story: MovementStory,
    fact: Fact | null,
    when = later(start, five),
    who: 'rule' | 'person' = 'rule',
    channel = 'email',
  ) =>
    story.act(
      who === 'rule' ? who : person(3),
      who === 'rule' ? who : 'office chair',
      when,
      { kind: 'report-outage', channel },
      ...(fact === null ? [] : [fact]),
    )
  const box = (known: object = {}) => ({
    box: { opensAt: start, openedAt: start, closesAt: later(start, 2 * day), closedAt: null, ...known },
  })
  const open = (known: object = {}, more: object = {}) => decisionWith({ stages: { ballot: box(known) }, ...more })
  const moved = (decision: DecisionState, fact: Fact, events: readonly MovementEvent[] = [], rules = lanternText) => {
    const answer = report(withDecisions(storyAfter(rules, ...events), decision), fact)
    return 'routes' in answer
      ? whyNot(answer)
      : answer.flatMap((e) => (e.kind === 'movement' ? [] : [[e.stage, 'closesAt' in e ? e.closesAt : null]]))
  }
  const longer = [['ballot', at('2026-03-04 12:00')]]
  const long = outage(start, later(start, five))

  it('is shown by evidence, over when it is written down, and told once', () => {
    const story = movementStory()
    const missing = '1.2@1: missing-fact ||'
    expect(whyNot(report(story, null))).toBe(missing)
    expect(whyNot(report(story, { ...long, evidence: null }))).toBe(missing)
    expect(whyNot(report(story, { ...long, value: { from: start } }))).toBe(missing)
    expect(whyNot(report(story, { ...long, value: { until: later(start, five) } }))).toBe(missing)
    expect(whyNot(report(story, outage(start, start)))).toBe(missing)
    expect(whyNot(report(story, null, undefined, 'person'))).toBe('1.2@1: no-power ||, missing-fact ||')
    expect(whyNot(report(story, long, undefined, 'person'))).toBe('1.2@1: no-power ||')
    expect(whyNot(report(story, long, later(start, five - 1)))).toBe(
      `1.2@1: too-early ${iso(start + five)}|${iso(start + five - 1)}|`,
    )
    expect(whyNot(report(story, outage(start, later(start, five), 'phone'), undefined, 'rule', 'phone'))).toBe(
      '1@1: no-power power postpone||',
    )
    expect(did(report(story, long))).toEqual([
      { kind: 'outage-recorded', channel: 'email', from: start, until: start + five, extended: [] },
    ])
    expect(whyNot(report(story, long))).toBe('1.2@1: already-done ||')
    expect(whyNot(report(story, outage(start, later(start, five), 'post'), undefined, 'rule', 'post'))).toBe('yes')
    expect(whyNot(report(story, outage(later(start, 1), later(start, five))))).toBe('yes')
  })

  it('longer than the clause bears gives each ballot open meanwhile more time, and no other', () => {
    expect(moved(open(), long)).toEqual(longer)
    expect(moved(open(), outage(start, start + 4 * hour))).toEqual([])
    expect(moved(open(), outage(start, start + 4 * hour + 1))).toEqual(longer)
    expect(moved(open({ openedAt: start + five }), long)).toEqual([])
    expect(moved(open({ openedAt: start + five - 1 }), long)).toEqual(longer)
    expect(moved(open({ closesAt: start }), long)).toEqual([])
    expect(moved(open({ closesAt: later(start, 1) }), long)).toEqual([['ballot', start + day + 1]])
    expect(moved(open({ openedAt: null }), long)).toEqual([])
    expect(moved(open({ closesAt: null }), long)).toEqual([])
    expect(moved(open({ closedAt: later(start, 1) }), long)).toEqual([])
    expect(moved(open({}, { ended: { at: start, outcome: 'stopped' } }), long)).toEqual([])
    expect(
      moved(
        open(),
        long,
        [],
        changedText(lanternText, ['on-outage: {longer-than: 4 hours, extend: 24 hours, at-most: 3 times}\n', '']),
      ),
    ).toEqual([])
  })

  it('as often as the clause allows', () => {
    const before = (n: number) =>
      Array.from({ length: n }, (_, i): MovementEvent => ({
        kind: 'outage-recorded',
        channel: 'post',
        from: later(start, i),
        until: later(start, i + 1),
        extended: [open().id],
      }))
    expect(moved(open(), long, before(2))).toEqual(longer)
    expect(moved(open(), long, before(3))).toEqual([])
    const story = withDecisions(movementStory(), open())
    expect(did(report(story, long))).toMatchObject([{ extended: [7] }])
  })
})
