import { describe, expect, it } from 'vitest'
import { at, day, lanternText, later, person } from '../../test/lantern.ts'
import { changedText, did, movementStory, post, proven, seatIn, whyNot, type MovementStory } from '../../test/movement.ts'
import { decisionWith, movementWith, storyAfter, withDecisions } from '../../test/movement-with.ts'
import { parsed } from '../../test/lantern.ts'
import { holds, iso, own, start } from '../../test/word-for-word.ts'
import type { Capacity, Fact } from '../index.ts'
import type { MovementAct, MovementEvent } from './movement.ts'
import { endedByChange, numbered, seatedOf, sittingsOf } from './sitting.ts'

// Who calls a meeting and for when, who opens it, how it votes, and who acts for whom: each refusal with what is asked and what there is.

const evening = at('2026-04-15 19:00')
const seat = (n: number, place = seatIn('committee', 'ordinary', n)): MovementEvent => ({
  kind: 'seat-filled',
  place,
  person: person(n),
  how: 'elected',
  until: null,
  leavesAt: null,
  terms: 1,
})
const ten = Array.from({ length: 10 }, (_, i) => seat(i + 1))
const meets = 'meets: {every: 3 months, notice: 7 clear days, agenda: 4 clear days, by: chair, or: 4 seated, remote: yes}'
const text = (words: string, ...changes: readonly (readonly [string, string])[]): string =>
  changedText(lanternText, [meets, `meets: {every: 3 months, ${words}}`], ...changes)
const clauseWith = (n: string, rule: string): string => `\n### ${n} Rule\n\`\`\`rule\n${rule}\n\`\`\`\n`

describe('who calls a meeting', () => {
  type Said = Partial<Extract<MovementAct, { kind: 'call-meeting' }>>
  const call = (known: Said = {}) =>
    ({
      kind: 'call-meeting',
      meeting: 'm1',
      body: 'committee',
      group: null,
      at: evening,
      items: ['12'],
      under: own,
      ...known,
    }) as const
  const ask = (story: MovementStory, as: Capacity, known: Said = {}, when = start, ...facts: readonly Fact[]) =>
    whyNot(story.act(person(2), as, when, call(known), ...facts))
  const asked = (n: number): Fact => proven('requisition', 'm1', n, start, 'attestation')
  const eligible = proven('eligible', 'members', true, start, 'register')
  const chair = '3.1@1: no-power office chair|electorate members|'

  it.each<[string, Fact | null, string]>([
    ['10 people', asked(10), 'yes'],
    ['10 people', asked(9), `${chair} / 3.1@1: short-support 10 people|9 people|1 people`],
    ['10 people', null, `${chair} / 3.1@1: short-support 10 people|0 people|10 people`],
    ['4 seated', asked(4), 'yes'],
    ['4 seated', asked(3), `${chair} / 3.1@1: short-support 4 seats|3 seats|1 seats`],
    ['at least 5% of electorate members at notice', asked(10), 'yes'],
    ['at least 5% of electorate members at notice', asked(9), `${chair} / 3.1@1: short-support 10 people|9 people|1 people`],
    ['at least 1/2 of seats', asked(10), `${chair} / 3.1@1: missing-fact ||`],
  ])('or %s', (or, fact, answer) => {
    const story = storyAfter(text(`notice: 7 clear days, by: chair, or: ${or}`), ...ten)
    const size = proven('electorate-size', 'members', 200, start, 'register')
    expect(ask(story, 'electorate members', {}, start, size, ...(fact === null ? [] : [fact]))).toBe(answer)
  })

  it('or so many of an electorate whose size must be known, or a procedure that was carried', () => {
    const share = () =>
      storyAfter(text('notice: 7 clear days, by: chair, or: at least 5% of electorate members at notice'), ...ten)
    expect(ask(share(), 'electorate members', {}, start, asked(10))).toBe(`${chair} / 3.1@1: missing-fact ||`)
    const outside = storyAfter(text('notice: 7 clear days, by: chair, or: 4 seated'), seat(1))
    expect(ask(outside, 'electorate members', {}, start, asked(4))).toBe(`${chair} / 3.1@1: not-eligible body committee||`)
    const words = text('notice: 7 clear days, by: chair, or: procedure policy')
    const by = (known: object, under: Said['under'] = { kind: 'decision', decision: decisionWith().id }) => {
      const story = withDecisions(
        movementStory(words),
        decisionWith({ procedure: 'policy', ended: { outcome: 'carried', at: start }, ...known }),
      )
      const answer = story.act(person(2), 'electorate members', start, call({ under }))
      return 'routes' in answer ? whyNot(answer) : answer.map((e) => (e.kind === 'movement' ? e.relies : []))
    }
    const none = `${chair} / 3.1@1: no-power procedure policy||`
    expect(by({})).toEqual([['7/3']])
    expect(by({ procedure: 'amend' })).toBe(none)
    expect(by({ ended: null })).toBe(none)
    expect(by({ ended: { outcome: 'fallen', at: start } })).toBe(none)
    expect(by({ id: 8 })).toBe(none)
    expect(by({}, own)).toBe(none)
  })

  it('by the rule itself, by people of an electorate, or by one with a seat, as it says', () => {
    const rule = movementStory(text('notice: 7 clear days, by: rule'))
    expect(whyNot(rule.act('rule', 'rule', start, call()))).toBe('yes')
    expect(whyNot(movementStory(text('notice: 7 clear days, by: rule')).act(person(1), 'rule', start, call()))).toBe(
      '3.1@1: no-power ||',
    )
    expect(ask(movementStory(text('notice: 7 clear days, by: rule')), 'office chair')).toBe('3.1@1: no-power |office chair|')
    const people = () => movementStory(text('notice: 7 clear days, by: 3 people of electorate members'))
    const signers = (n: number) => proven('signers', 'members', n, start)
    expect(ask(people(), 'electorate members', {}, start, eligible, signers(3))).toBe('yes')
    expect(ask(people(), 'electorate members', {}, start, eligible, signers(2))).toBe(
      '3.1@1: short-support 3 people|2 people|1 people',
    )
    expect(ask(people(), 'electorate members', {}, start, eligible)).toBe('3.1@1: short-support 3 people|1 people|2 people')
    expect(ask(people(), 'electorate members', {}, start, signers(3))).toBe('3.1@1: missing-fact by 2.2@1 electorate members||')
    const anybody = () => movementStory(text('notice: 7 clear days, by: electorate members'))
    expect(ask(anybody(), 'electorate members', {}, start, eligible)).toBe('yes')
    expect(ask(anybody(), 'office chair', {}, start, eligible)).toBe('3.1@1: no-power electorate members|office chair|')
  })

  it('or instead whom the rule names, when a day of the year has passed without a meeting', () => {
    const words = text('notice: 7 clear days, by: chair, if-not-held-by: {date: 30 June each year, then: registrar}')
    const late = (...told: readonly Parameters<typeof storyAfter>[1][]) => storyAfter(words, call2, ...told)
    const call2: MovementEvent = {
      kind: 'meeting-called',
      meeting: 'm0',
      body: 'committee',
      group: null,
      at: start,
      items: [],
      waitsUntil: null,
      second: null,
    }
    const held = (when: typeof start): Parameters<typeof storyAfter>[1] => [
      { kind: 'meeting-opened', meeting: 'm0', chair: person(1), persons: [], present: 9, proxies: 0 },
      { when },
    ]
    const by = (story: MovementStory, now: typeof start) =>
      ask(story, 'office registrar', { at: later(now, 30 * day) }, now, holds('registrar', now))
    const refused = '3.1@1: no-power office chair|office registrar|'
    expect(by(late(), at('2026-06-30 23:59'))).toBe(refused)
    expect(by(late(), at('2026-07-01 00:00'))).toBe('yes')
    expect(by(late(held(at('2026-01-01 00:00'))), at('2026-07-01'))).toBe(refused)
    expect(by(late(held(later(at('2026-01-01'), -1))), at('2026-07-01'))).toBe('yes')
    expect(ask(late(), 'office returning-officer', { at: at('2026-09-01') }, at('2026-07-01'))).toBe(
      '3.1@1: no-power office chair|office returning-officer| / 3.1@1: no-power office registrar|office returning-officer|',
    )
    const early = storyAfter(changedText(words, ['30 June', '5 February']), call2)
    expect(by(early, at('2026-02-05 12:00'))).toBe(refused)
    expect(by(early, at('2026-02-06 00:00'))).toBe('yes')
  })

  it('of a body that meets, in its group where it has groups, and once by one name', () => {
    const noRule = '1@1: no-power power call-meeting||'
    for (const [body, group] of [
      ['nowhere', null],
      ['committee', 'barry'],
      ['group', null],
    ] as const)
      expect(ask(movementStory(), 'office chair', { body, group }), body).toBe(noRule)
    expect(ask(movementStory(changedText(lanternText, [`${meets}\n`, ''])), 'office chair')).toBe(noRule)
    const story = movementStory(text('notice: 7 clear days, by: chair'))
    expect(ask(story, 'office chair', {}, start, holds('chair'))).toBe('yes')
    expect(ask(story, 'office chair', {}, start, holds('chair'))).toBe('3.1@1: already-done || → 2026-03-09T00:00:00.000Z')
  })

  it.each<[string, string, string | null]>([
    ['7 clear days', '2026-04-07 23:59:59', null],
    ['7 clear days', '2026-04-08 00:00', '2026-04-08 00:00'],
    ['7 days', '2026-04-08 19:00', null],
    ['7 days', '2026-04-08 19:00:01', '2026-04-08 19:00'],
    ['48 hours', '2026-04-13 19:00', null],
    ['48 hours', '2026-04-13 19:00:01', '2026-04-13 19:00'],
  ])('notice of %s, given at %s', (notice, now, last) => {
    const answer = ask(movementStory(text(`notice: ${notice}, by: chair`)), 'office chair', {}, at(now), holds('chair'))
    if (last === null) expect(answer).toBe('yes')
    else expect(answer).toContain(`3.1@1: short-notice ${iso(at(last))}|${iso(at(now))}| → `)
  })

  it('for a time that is still to come', () => {
    const free = (now: typeof start) =>
      ask(movementStory(text('notice: 0 hours, by: chair')), 'office chair', {}, now, holds('chair'))
    expect(free(later(evening, -1))).toBe('yes')
    expect(free(evening)).toContain(`too-early ${iso(evening)}|${iso(evening)}|`)
  })

  const agm = clauseWith(
    '8.1',
    'kind: meeting\nid: agm\nof: committee\nevery: 1 year\nin: April\nat: "09:05"\nnotice: 14 clear days\nagenda: 10 clear days\nby: registrar\nmust: [receive accounts, elect officers]',
  )
  it('a named meeting in its month, at its hour, with what it must do, not too long after the last', () => {
    const named = (words: string, known: object = {}, now = start, ...events: readonly Parameters<typeof storyAfter>[1][]) => {
      const does = {
        ...call({ at: at('2026-04-15 09:05'), items: ['receive-accounts', 'elect-officers'] }),
        kind: 'call-named-meeting',
        named: 'agm',
        ...known,
      } as MovementAct
      return whyNot(storyAfter(words, ...events).act(person(2), 'office registrar', now, does, holds('registrar', now)))
    }
    const words = `${text('notice: 7 clear days, by: chair')}${agm}`
    const at0905 = at('2026-04-15 09:05')
    expect(named(words)).toBe('yes')
    for (const wrong of ['2026-04-15 09:06', '2026-04-15 19:05', '2026-05-15 09:05', '2026-03-30 09:05'])
      expect(named(words, { at: at(wrong) })).toContain(`wrong-stage by 8.1@1 stage agm|${iso(at(wrong))}|`)
    expect(named(words, { items: ['receive-accounts'] })).toContain('short-notice by 8.1@1 stage agenda||')
    expect(named(words, { items: ['elect-officers', 'x', 'receive-accounts'] })).toBe('yes')
    expect(named(words, { named: 'egm' })).toBe('1@1: no-power power call-meeting||')
    expect(named(words.replace('of: committee\nevery', 'of: panel\nevery'))).toBe('1@1: no-power power call-meeting||')
    expect(named(words, {}, at('2026-03-31 23:59'))).toBe('yes')
    expect(named(words, {}, at('2026-04-01 00:00'))).toBe(
      `3.1@1: short-notice ${iso(at('2026-04-01'))}|${iso(at('2026-04-01'))}| → ${iso(at('2026-04-09'))}`,
    )
    expect(
      named(
        words.replace('notice: 14 clear days\nagenda: 10 clear days', 'notice: 3 clear days\nagenda: 10 clear days'),
        {},
        at('2026-04-05 00:00'),
      ),
    ).toContain('short-notice')
    const before: MovementEvent = {
      kind: 'meeting-called',
      meeting: 'm0',
      body: 'committee',
      group: null,
      at: start,
      items: [],
      waitsUntil: null,
      second: null,
    }
    const held = (when: typeof start): Parameters<typeof storyAfter>[1] => [
      { kind: 'meeting-opened', meeting: 'm0', chair: person(1), persons: [], present: 9, proxies: 0 },
      { when },
    ]
    expect(named(words, {}, start, before, held(at('2025-04-15 09:05')))).toBe('yes')
    expect(named(words, {}, start, before, held(at('2025-04-15 09:04')))).toContain(
      `too-late by 8.1@1 ${iso(at('2026-04-15 09:04'))}|${iso(at0905)}|`,
    )
    const loose = words
      .replace('every: 1 year\nin: April\nat: "09:05"\n', '')
      .replace('must: [receive accounts, elect officers]', 'must: [receive accounts]')
    expect(named(loose, { at: at('2026-06-15 18:00') }, start, before, held(at('2020-01-01')))).toBe('yes')
    expect(
      whyNot(
        storyAfter(words).act(
          person(2),
          'office chair',
          start,
          { ...call(), kind: 'call-named-meeting', named: 'agm' },
          holds('chair'),
        ),
      ),
    ).toContain('no-power office registrar|office chair|')
  })
})

describe('a vote in a meeting', () => {
  const called: MovementEvent = {
    kind: 'meeting-called',
    meeting: 'm1',
    body: 'committee',
    group: null,
    at: evening,
    items: ['12', '13'],
    waitsUntil: null,
    second: null,
  }
  const opened = (known: object = {}): MovementEvent => ({
    kind: 'meeting-opened',
    meeting: 'm1',
    chair: person(1),
    persons: Array.from({ length: 10 }, (_, i) => person(i + 1)),
    present: 10,
    proxies: 0,
    ...known,
  })
  const open = (words = lanternText, known: object = {}, ...more: readonly MovementEvent[]) =>
    storyAfter(words, ...ten, called, opened(known), ...more)
  type Said = Partial<Extract<MovementAct, { kind: 'resolve' }>>
  const vote = (known: Said = {}) =>
    ({
      kind: 'resolve',
      meeting: 'm1',
      item: '12',
      way: 'hands',
      for: 6,
      against: 4,
      abstain: 0,
      casting: null,
      ...known,
    }) as const
  const ask = (story: MovementStory, known: Said = {}, by = 1, ...facts: readonly Fact[]) =>
    whyNot(story.act(person(by), 'office chair', evening, vote(known), ...facts))
  const outcome = (story: MovementStory, known: Said = {}, ...facts: readonly Fact[]) => {
    const answer = story.act(person(1), 'office chair', evening, vote(known), ...facts)
    const [event] = 'routes' in answer ? [] : did(answer)
    return event?.kind === 'resolved' ? event.outcome : whyNot(answer)
  }
  const noted = (who: number, effect: 'leaves vote' | 'declares only' | 'leaves vote and quorum'): MovementEvent => ({
    kind: 'interest-noted',
    item: '12',
    person: person(who),
    interest: 'family',
    effect,
  })

  it('is on its agenda, in an open meeting, by no more than are there', () => {
    expect(did(open().act(person(1), 'office chair', evening, vote()))).toEqual([
      {
        kind: 'resolved',
        meeting: 'm1',
        item: '12',
        way: 'hands',
        for: 6,
        against: 4,
        abstain: 0,
        present: 10,
        casting: null,
        outcome: 'carried',
      },
    ])
    expect(ask(open(), { meeting: 'm2' })).toBe('1@1: no-power power call-meeting||')
    expect(ask(storyAfter(lanternText, ...ten, called))).toContain('3.1@1: wrong-stage stage meeting||')
    expect(ask(open(), { item: '14' })).toBe('3.1@1: short-notice stage agenda||')
    expect(ask(open(), { for: 7 })).toBe('3.1@1: conflicted 10 people|11 people|1 people')
    expect(ask(open(), { abstain: 1 })).toBe('3.1@1: conflicted 10 people|11 people|1 people')
    expect(ask(open(), { abstain: -1 })).toBe('3.1@1: missing-fact ||')
    expect(ask(open(), { for: -1, against: 1 })).toBe('3.1@1: missing-fact ||')
    expect(ask(open(), { against: -1 })).toBe('3.1@1: missing-fact ||')
    expect(ask(open(lanternText, { proxies: 2 }), { for: 8, way: 'hands' })).toBe(
      '3.1@1: conflicted 10 people|12 people|2 people',
    )
    expect(ask(open(lanternText, { proxies: 2 }), { for: 8, way: 'poll' })).toBe('yes')
    expect(ask(open(lanternText, { proxies: 2 }), { for: 9, way: 'poll' })).toBe('3.1@1: conflicted 12 people|13 people|1 people')
    const weighted = changedText(lanternText, ['{id: ordinary, count: 10,', '{id: ordinary, count: 10, weight: 3 votes,'])
    expect(ask(open(weighted), { for: 16 })).toBe('yes')
  })

  it('is among those who sit on the body: each seat once, and nobody else', () => {
    const count = (people: readonly number[], present: number) =>
      whyNot(
        open().act(person(1), 'office chair', evening, {
          kind: 'count-present',
          meeting: 'm1',
          persons: people.map(person),
          present,
          proxies: 0,
        }),
      )
    const stranger = '3.1@1: not-eligible body committee||'
    expect(count([1, 2, 3], 3)).toBe('yes')
    expect(count([1, 2, 3, 3], 3)).toBe('yes')
    expect(count([1, 2, 3, 99], 3)).toBe(stranger)
    expect(count([1, 2, 3, 99], 4)).toBe(stranger)
    expect(count([1, 2, 3], 2)).toBe(stranger)
    expect(count([1, 2, 3], 13)).toBe(`${stranger}, short-support 13 seats|12 seats|1 seats`)
  })

  it('leaves out who has an interest: of the vote, or of the quorum too', () => {
    const few = (n: number) => `3.1@1: conflicted ${n} people|10 people|${10 - n} people`
    expect(ask(open(lanternText, {}, noted(2, 'leaves vote')))).toBe(few(9))
    expect(ask(open(lanternText, {}, noted(2, 'leaves vote and quorum')))).toBe(few(9))
    expect(ask(open(lanternText, {}, noted(2, 'declares only')))).toBe('yes')
    expect(ask(open(lanternText, {}, noted(99, 'leaves vote')))).toBe('yes')
    expect(
      did(open(lanternText, {}, noted(2, 'leaves vote')).act(person(1), 'office chair', evening, vote({ for: 5 }))),
    ).toMatchObject([{ present: 10 }])
    expect(
      did(open(lanternText, {}, noted(2, 'leaves vote and quorum')).act(person(1), 'office chair', evening, vote({ for: 5 }))),
    ).toMatchObject([{ present: 9 }])
  })

  it('whoever presides has none in it, and gives no casting vote', () => {
    const presides = () => open(lanternText, {}, noted(1, 'leaves vote'))
    expect(ask(presides(), { for: 5 })).toBe('3.1@1: conflicted office chair||')
    expect(ask(presides(), { for: 5 }, 2)).toBe('yes')
    expect(ask(presides(), { for: 4, casting: 'for' }, 2)).toBe('3.1@1: no-power ||, conflicted office chair||')
    const named = changedText(lanternText, [
      'vote: open\npublishes: {votes: 2 working',
      'chair: {is: registrar}\nvote: open\npublishes: {votes: 2 working',
    ])
    expect(ask(open(named, {}, noted(1, 'leaves vote')), { for: 5 })).toBe('3.1@1: conflicted office registrar||')
  })

  const deciding = (tie: string, chair = '') =>
    changedText(lanternText, [
      'decides: {pass: [yes more than 1/2 of for-and-against], tie: falls}\nvote: open\npublishes',
      `decides: {pass: [yes more than 1/2 of for-and-against], tie: ${tie}}\n${chair}vote: open\npublishes`,
    ])
  it.each<[string, string, Said, string]>([
    ['falls', '', { for: 5, against: 5 }, 'fallen'],
    ['carried', '', { for: 5, against: 5 }, 'carried'],
    ['carried', '', { for: 4, against: 6 }, 'fallen'],
    ['falls', '', { for: 5, against: 5, casting: 'for' }, '3.1@1: no-power ||'],
    ['casting vote', '', { for: 5, against: 5, casting: 'for' }, 'carried'],
    ['casting vote', '', { for: 5, against: 5, casting: 'against' }, 'fallen'],
    ['casting vote', '', { for: 5, against: 5 }, 'fallen'],
    ['casting vote', '', { for: 6, against: 4, casting: 'for' }, '3.1@1: no-power ||'],
    ['casting vote', 'chair: {is: chair, casting-vote: none}\n', { for: 5, against: 5, casting: 'for' }, '3.1@1: no-power ||'],
    [
      'casting vote',
      'chair: {is: chair, casting-vote: for the status quo}\n',
      { for: 5, against: 5, casting: 'for' },
      '3.1@1: no-power ||',
    ],
    [
      'casting vote',
      'chair: {is: chair, casting-vote: for the status quo}\n',
      { for: 5, against: 5, casting: 'against' },
      'fallen',
    ],
    [
      'casting vote',
      'chair: {is: chair, casting-vote: as the chair decides}\n',
      { for: 5, against: 5, casting: 'for' },
      'carried',
    ],
    [
      'falls',
      'chair: {is: chair, casting-vote: as the chair decides}\n',
      { for: 5, against: 5, casting: 'for' },
      '3.1@1: no-power ||',
    ],
  ])('a tie: %s %s %j', (tie, chair, known, answer) => {
    expect(outcome(open(deciding(tie, chair)), known)).toBe(answer)
  })

  const voting = (rule: string) =>
    changedText(lanternText, ['vote: open\npublishes: {votes: 2 working', `vote: ${rule}\npublishes: {votes: 2 working`])
  const askedFor = (known: object): Fact => proven('asked', 'm1', known as Record<string, number>, evening)
  const secretly = '3.1@1: wrong-stage stage ballot||'
  const byPoll = '3.1@1: wrong-stage stage poll||'
  it.each<[string, object, Said['way'], string]>([
    ['secret', {}, 'hands', secretly],
    ['secret', {}, 'poll', secretly],
    ['secret', {}, 'secret', 'yes'],
    ['open', { secret: 10 }, 'hands', 'yes'],
    ['{hands: usual}', { secret: 10, poll: 10 }, 'hands', 'yes'],
    ['{hands: never}', {}, 'hands', byPoll],
    ['{hands: never}', {}, 'poll', 'yes'],
    ['{hands: usual, poll-if: at least 3 people}', { poll: 2 }, 'hands', 'yes'],
    ['{hands: usual, poll-if: at least 3 people}', { poll: 3 }, 'hands', byPoll],
    ['{hands: usual, poll-if: at least 3 people}', { poll: 3 }, 'poll', 'yes'],
    ['{hands: usual, poll-if: at least 3 people}', { secret: 3 }, 'hands', 'yes'],
    ['{hands: usual, secret-if: at least 3 people}', { secret: 3 }, 'hands', secretly],
    ['{hands: usual, secret-if: at least 3 people}', { secret: 3 }, 'poll', secretly],
    ['{hands: usual, secret-if: at least 3 people}', { secret: 3 }, 'secret', 'yes'],
    ['{hands: usual, secret-if: at least 3 people}', { secret: 2 }, 'hands', 'yes'],
    ['{hands: usual, secret-if: at least 1/2 of present}', { secret: 4 }, 'hands', 'yes'],
    ['{hands: usual, secret-if: at least 1/2 of present}', { secret: 5 }, 'hands', secretly],
    ['{hands: usual, secret-if: at least 1/2 of votes-cast}', { secret: 9 }, 'hands', 'yes'],
    ['{hands: usual, secret-if: at least 1/2 of seats}', { secret: 9 }, 'hands', 'yes'],
    ['{hands: never, secret-if: at least 3 people}', { secret: 3 }, 'hands', `${secretly}, wrong-stage stage poll||`],
  ])('vote %s, %j asked, by %s', (rule, known, way = 'hands', answer) => {
    expect(ask(open(voting(rule)), { way }, 1, askedFor(known))).toBe(answer)
    expect(ask(open(voting(rule)), { way }, 1, { ...askedFor(known), of: 'm2' })).toBe(
      rule === 'secret' || rule.startsWith('{hands: never') ? ask(open(voting(rule)), { way }) : 'yes',
    )
  })

  const consensus = (then: string, blocked = 'at least 2 people') =>
    changedText(lanternText, [
      'tie: falls}\nvote: open\npublishes: {votes: 2 working',
      `tie: falls, consensus: {blocked-by: ${blocked}, then: ${then}}}\nvote: open\npublishes: {votes: 2 working`,
    ])
  const sought = (result: 'carried' | 'fallen', way: 'consensus' | 'hands' = 'consensus'): MovementEvent => ({
    kind: 'resolved',
    meeting: 'm1',
    item: '12',
    way,
    for: 8,
    against: 2,
    abstain: 0,
    present: 10,
    casting: null,
    outcome: result,
  })
  it('by consensus when so few object, and only where the rule seeks it', () => {
    expect(ask(open(), { way: 'consensus' })).toBe('3.1@1: no-power ||')
    expect(outcome(open(consensus('vote')), { way: 'consensus', for: 9, against: 1 })).toBe('carried')
    expect(outcome(open(consensus('vote')), { way: 'consensus', for: 8, against: 2 })).toBe('fallen')
    expect(outcome(open(consensus('vote', 'at least 1/5 of present')), { way: 'consensus', for: 8, against: 2 })).toBe('fallen')
    expect(outcome(open(consensus('vote', 'at least 1/5 of present')), { way: 'consensus', for: 9, against: 1 })).toBe('carried')
    expect(
      outcome(open(consensus('vote', 'at least 5% of electorate members at notice')), { way: 'consensus', for: 9, against: 1 }),
    ).toBe('3.1@1: missing-fact body committee||')
    expect(ask(open(consensus('vote')))).toBe('3.1@1: wrong-stage stage consensus||')
    expect(ask(open(consensus('vote'), {}, sought('fallen')))).toBe('yes')
    expect(ask(open(consensus('vote'), {}, sought('carried')))).toBe('3.1@1: already-done ||')
    expect(ask(open(consensus('falls'), {}, sought('fallen')))).toBe('3.1@1: already-done ||')
    expect(ask(open(consensus('vote'), {}, sought('carried')), { way: 'consensus', for: 9, against: 1 })).toBe(
      '3.1@1: already-done ||',
    )
    expect(ask(open(consensus('vote'), {}, sought('fallen')), { way: 'consensus', for: 9, against: 1 })).toBe('yes')
    expect(ask(open(consensus('falls'), {}, sought('carried', 'hands')))).toBe('yes')
    expect(ask(open(consensus('vote'), {}, { ...sought('fallen'), item: '13' } as MovementEvent))).toBe(
      '3.1@1: wrong-stage stage consensus||',
    )
  })

  it('then at the next meeting, of which one adjourned is none', () => {
    const words = consensus('vote at the next meeting')
    const early = '3.1@1: too-early stage meeting||'
    expect(ask(open(words, {}, sought('fallen')))).toBe(early)
    const to = later(evening, day)
    const adjourned: MovementEvent = { kind: 'meeting-adjourned', meeting: 'm1', to, then: 'm1+', quorum: null, waitsUntil: null }
    const opens = (meeting: string): MovementEvent => ({ ...opened(), meeting }) as MovementEvent
    expect(ask(open(words, {}, sought('fallen'), adjourned, opens('m1+')), { meeting: 'm1+' })).toBe(early)
    const twice = { ...adjourned, meeting: 'm1+', then: 'm1++' } as MovementEvent
    expect(ask(open(words, {}, sought('fallen'), adjourned, opens('m1+'), twice, opens('m1++')), { meeting: 'm1++' })).toBe(early)
    const next = { ...called, meeting: 'm2' } as MovementEvent
    expect(ask(open(words, {}, sought('fallen'), next, opens('m2')), { meeting: 'm2' })).toBe('yes')
  })

  it('is taken by the one in the chair to close or adjourn, to a time that is later', () => {
    const acts = (does: MovementAct, by = 1, as: Capacity = 'office chair', story = open()) =>
      whyNot(story.act(person(by), as, evening, does))
    const close = { kind: 'close-meeting', meeting: 'm1' } as const
    const adjourn = (to = later(evening, 1)) => ({ kind: 'adjourn-meeting', meeting: 'm1', to }) as const
    expect(acts(close)).toBe('yes')
    expect(acts(close, 1, 'body committee')).toBe('yes')
    expect(acts(close, 2)).toBe('3.1@1: not-eligible office chair||')
    expect(acts(adjourn())).toBe('yes')
    expect(acts(adjourn(), 2)).toBe('3.1@1: not-eligible office chair||')
    expect(acts(adjourn(evening))).toBe(`3.1@1: too-early ${iso(evening)}|${iso(evening)}|`)
    expect(whyNot(open().act('rule', 'office chair', evening, close))).toBe('3.1@1: not-eligible office chair||')
    const held = open(lanternText, {}, seat(2, post('chair')))
    expect(acts(close, 2, 'body committee', held)).toBe('3.1@1: not-eligible office chair||')
    expect(acts(close, 2, 'office chair', held)).toBe('yes')
    expect(acts(close, 1, 'office chair', held)).toBe('3.1@1: wrong-stage stage meeting||')
    expect(acts({ ...close, meeting: 'm2' })).toBe('1@1: no-power power call-meeting||')
    expect(acts({ ...adjourn(), meeting: 'm2' })).toBe('1@1: no-power power call-meeting||')
    expect(did(open().act(person(1), 'office chair', evening, adjourn(at('2026-04-16 19:00'))))).toEqual([
      {
        kind: 'meeting-adjourned',
        meeting: 'm1',
        to: at('2026-04-16 19:00'),
        then: 'm1+',
        quorum: null,
        waitsUntil: at('2026-04-16 19:30'),
      },
    ])
    const plain = changedText(lanternText, [/adjourn: .*\n/.exec(lanternText)?.[0] ?? '', ''])
    expect(did(open(plain).act(person(1), 'office chair', evening, adjourn()))).toMatchObject([{ waitsUntil: null }])
  })
})

describe('who acts for whom', () => {
  const acting = (words: string) => changedText(lanternText, ['acting: longest seated ordinary', `acting: ${words}`])
  const act = (story: MovementStory, who = 1, place = post('chair'), ...facts: readonly Fact[]) =>
    whyNot(story.act('rule', 'rule', evening, { kind: 'act-for', place, person: person(who), under: own }, ...facts))
  const not = '3.4@1: not-eligible office chair||'

  it('whom the office names, while it stands empty', () => {
    const stands: MovementEvent = { kind: 'substitute-named', place: post('chair'), person: person(1), until: null }
    const fact = (name: string, of: string, who = 1): Fact => proven(name, of, { person: person(who) }, start)
    expect(act(storyAfter(acting('nobody')))).toBe('1@1: no-power power appoint||')
    expect(act(storyAfter(acting('elected substitute'), stands))).toBe('yes')
    expect(act(storyAfter(acting('elected substitute'), stands), 2)).toBe(not)
    expect(act(storyAfter(acting('elected substitute')))).toBe(not)
    expect(act(storyAfter(acting('office registrar'), seat(1, post('registrar'))))).toBe('yes')
    expect(act(storyAfter(acting('office registrar'), seat(1, post('registrar'))), 2)).toBe(
      '3.4@1: not-eligible office registrar||',
    )
    expect(act(storyAfter(acting('eldest seated ordinary')), 1, post('chair'), fact('eldest', 'ordinary'))).toBe('yes')
    expect(act(storyAfter(acting('eldest seated ordinary')), 2, post('chair'), fact('eldest', 'ordinary'))).toBe(
      '3.4@1: missing-fact office chair||',
    )
    expect(act(storyAfter(acting('next drawn')), 1, post('chair'), fact('drawn', 'office chair//1'))).toBe('yes')
    expect(act(storyAfter(acting('next drawn')), 2, post('chair'), fact('drawn', 'office chair//1'))).toBe(
      '3.4@1: missing-fact office chair||',
    )
    expect(act(storyAfter(acting('next drawn')))).toBe('3.4@1: missing-fact office chair||')
    expect(act(storyAfter(lanternText, seat(2, post('chair')), ...ten))).toBe('3.4@1: already-done office chair||')
    expect(act(storyAfter(lanternText), 1, post('nowhere'))).toBe('1@1: no-power power appoint||')
    expect(act(storyAfter(changedText(lanternText, ['acting: longest seated ordinary\n', ''])))).toBe(
      '1@1: no-power power appoint||',
    )
  })

  it('who has sat longest: of several since one instant, the one in the lowest seat', () => {
    const since = (
      n: number,
      when: typeof start,
      place = seatIn('committee', 'ordinary', n),
    ): Parameters<typeof storyAfter>[1] => [seat(n, place), { when }]
    expect(act(storyAfter(lanternText, since(2, start), since(1, start)))).toBe('yes')
    expect(act(storyAfter(lanternText, since(2, start), since(1, start)), 2)).toBe(not)
    expect(act(storyAfter(lanternText, since(1, later(start, 1)), since(2, start)), 2)).toBe('yes')
    expect(act(storyAfter(lanternText, since(1, start, seatIn('committee', 'groups', 1)), since(2, later(start, 1))), 2)).toBe(
      'yes',
    )
    expect(act(storyAfter(lanternText))).toBe(not)
    expect(act(storyAfter(acting('longest seated nowhere'), since(1, start)))).toBe(not)
  })
})

describe('who sits where', () => {
  const book = parsed(lanternText)
  it('seats that go with an office count as many as are filled, and no more than there are', () => {
    const tied = (count: string) =>
      parsed(
        changedText(lanternText, [
          '{id: groups, count: 2, by: election of group-secretaries, method: scottish-stv}',
          `{id: groups, ${count}by: ex-officio registrar}`,
        ]),
      )
    const kase = {
      facts: [proven('body-size', 'committee', 6, start), proven('body-size', 'group@barry', 4, start)],
      act: { recordedAt: start },
    } as unknown as Parameters<typeof seatedOf>[0]
    const registrars = movementWith(seat(1, post('registrar', 1)), seat(2, post('registrar', 2)))
    const both = movementWith(...ten, seat(11, post('registrar', 1)), seat(12, post('registrar', 2)))
    expect(seatedOf(kase, tied('count: 1, '), registrars, 'committee', null)).toBe(1)
    expect(seatedOf(kase, tied(''), registrars, 'committee', null)).toBe(2)
    expect(seatedOf(kase, tied('count: 3, '), both, 'committee', null)).toBe(12)
    expect(seatedOf(kase, book, both, 'committee', null)).toBe(10)
    expect(seatedOf(kase, book, movementWith(), 'committee', null)).toBe(6)
    expect(seatedOf(kase, book, movementWith(), 'group', 'barry')).toBe(4)
    expect(seatedOf(kase, book, movementWith(), 'panel', null)).toBeNull()
    expect(sittingsOf(tied(''), registrars, person(1), 'committee', null, start)).toEqual([
      { key: `body committee/groups/${person(1)}`, event: '0/1' },
    ])
    expect(sittingsOf(tied(''), registrars, person(3), 'committee', null, start)).toEqual([])
  })

  it('a substitute sits for a holder until a day, and where there is no holder for nobody', () => {
    const words = parsed(
      changedText(lanternText, ['{id: ordinary, count: 10,', '{id: ordinary, count: 10, substitute: named by the holder,']),
    )
    const place = seatIn('committee', 'ordinary', 1)
    const named: MovementEvent = { kind: 'substitute-named', place, person: person(50), until: evening }
    const sits = (movement: ReturnType<typeof movementWith>, when: typeof start, rulebook = words) =>
      sittingsOf(rulebook, movement, person(50), 'committee', null, when)
    expect(sits(movementWith(seat(1), named), later(evening, -1))).toEqual([{ key: 'body committee/ordinary/1', event: '0/2' }])
    expect(sits(movementWith(seat(1), named), evening)).toEqual([])
    expect(sits(movementWith(seat(1), { ...named, until: null }), evening)).toHaveLength(1)
    expect(sits(movementWith(named), start)).toEqual([])
    expect(sits(movementWith(seat(1), named), start, book)).toEqual([])
    expect(sits(movementWith(seat(1), { kind: 'acting-began', place, person: person(50) }), start)).toEqual([])
  })

  it('seats of any number are found in the order of their numbers', () => {
    const movement = movementWith(
      seat(3),
      seat(1),
      seat(2),
      seat(1, seatIn('committee', 'groups', 1)),
      seat(4, seatIn('panel', 'lot', 1)),
    )
    const numbers = (count: number) =>
      numbered(movement, { of: 'body', id: 'committee', group: null, seat: 'ordinary' }, count).map((s) => s.place.number)
    expect([0, 2, 100, 101, 1_000_000].map(numbers)).toEqual([[], [1, 2], [1, 2, 3], [1, 2, 3], [1, 2, 3]])
    const beyond = movementWith(seat(150), seat(101), seat(102))
    expect(
      numbered(beyond, { of: 'body', id: 'committee', group: null, seat: 'ordinary' }, 102).map((s) => s.place.number),
    ).toEqual([101, 102])
  })

  it('a term begun under other words of its office ends with a change, where the clause on transition says so', () => {
    const ending = (words = lanternText) => parsed(changedText(words, ['offices: run to end of term', 'offices: end at once']), 2)
    const other = changedText(lanternText, ['term: 1 year\nacting: longest', 'term: 2 years\nacting: longest'])
    const held = movementWith(seat(1, post('chair')))
    const books = (...all: readonly (typeof book)[]) => ({
      byNumber: new Map(all.map((b) => [b.edition, b])),
      inForce: book.edition,
    })
    expect(endedByChange(books(book), ending(other), held, 'chair', null)).toBe(true)
    expect(endedByChange(books(book), ending(), held, 'chair', null)).toBe(false)
    expect(endedByChange(books(book), parsed(other, 2), held, 'chair', null)).toBe(false)
    expect(endedByChange(books(), ending(other), held, 'chair', null)).toBe(false)
    expect(endedByChange(books(book), ending(other), movementWith(), 'chair', null)).toBe(false)
    const renamed = parsed(changedText(lanternText, ['id: chair\n', 'id: speaker\n']), 1)
    expect(endedByChange(books(renamed), ending(other), held, 'chair', null)).toBe(false)
    expect(endedByChange(books(book), ending(other), held, 'nowhere', null)).toBe(false)
  })
})
