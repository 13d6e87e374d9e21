import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { at, codes, day, decision, fact, lanternText, later, officer, parsed, person, print, why } from '../../test/lantern.ts'
import {
  changedText,
  happened,
  movementStory,
  post,
  proven,
  seated as seatedAt,
  seatIn,
  type MovementStory,
} from '../../test/movement.ts'
import { emptyState, type Fact, type State } from '../index.ts'
import { meetingOf } from './meeting.ts'
import { seatKey, seatOf, type Place } from './seat.ts'
import { sittingsOf } from './sitting.ts'

everyActWithOneThingWrong()

const start = at('2026-03-01 12:00')
const when = at('2026-04-15 19:00')
const own = { kind: 'own' } as const
const seated = (text: string): MovementStory => seatedAt(text, start)
const chair = 'office chair'
const ten = Array.from({ length: 10 }, (_, i) => person(i + 1))
const call = (items: readonly string[] = ['12'], meeting = 'm1', held = when) =>
  ({ kind: 'call-meeting', meeting, body: 'committee', group: null, at: held, items, under: own }) as const
const open = (chairman: number, persons = ten, meeting = 'm1') =>
  ({ kind: 'open-meeting', meeting, chair: person(chairman), persons, present: persons.length, proxies: 0 }) as const
const vote = (inFavour: number, against: number, way: 'hands' | 'consensus' = 'hands', meeting = 'm1', item = '12') =>
  ({ kind: 'resolve', meeting, item, way, for: inFavour, against, abstain: 0, casting: null }) as const
const fill = (place: Place, who: number, how: 'elected' | 'countback' | 'co-opted' = 'elected') =>
  ({ kind: 'fill-seat', place, person: person(who), how, under: own }) as const
const counted = (place: Place, who: number, name = 'elected'): Fact =>
  proven(name, seatKey(place), { person: person(who) }, start)

describe('seats that go with an office, and bodies of everyone', () => {
  const text = changedText(
    lanternText,
    ['  - {id: groups, count: 2,', '  - {id: presiding, by: ex-officio chair}\n  - {id: groups, count: 2,'],
    ['by: chair, or: 4 seated', 'by: seat on committee, or: 4 seated'],
  )
  const rules = parsed(text)

  it('are held by whoever holds the office, count among the seated, and are lost with it', () => {
    const story = movementStory(text)
    for (let n = 1; n <= 9; n++)
      happened(
        story.act(
          'rule',
          'rule',
          start,
          fill(seatIn('committee', 'ordinary', n), n),
          counted(seatIn('committee', 'ordinary', n), n),
        ),
      )
    happened(story.act('rule', 'rule', start, { kind: 'act-for', place: post('chair'), person: person(1), under: own }))
    const elect = { ...fill(post('chair'), 20), under: own } as const
    const committee = fact('resolution', 'committee', { for: 9, against: 0, present: 9 }, start)
    // Only the committee elects its chair, in a meeting; here it is enough that an office has a holder.
    expect(codes(story.act('rule', 'rule', start, elect, committee))).toContain('no-power')
    const sits = (n: number) => sittingsOf(rules, story.movement(), person(n), 'committee', null, start)
    expect(sits(1).map((s) => s.key)).toEqual(['body committee/ordinary/1', `body committee/presiding/${person(1)}`])
    expect(sits(2)).toHaveLength(1)
    expect(happened(story.act(person(2), 'body committee', start, call()))).toEqual(['meeting-called'])
    // Seats: 10 and 2 and the one that goes with the chair. More than half of 13 is 7, and the chair who sits twice makes two.
    const six = ten.slice(0, 6)
    expect(happened(story.act(person(1), chair, when, { ...open(1, six), present: 7 }))).toEqual(['meeting-opened'])
  })

  it('of everyone: whoever is in it acts in it, as the register states', () => {
    const story = movementStory(
      changedText(lanternText, ['by: group-secretary, or: 10 people', 'by: seat on group, or: 10 people']),
    )
    const meeting = {
      kind: 'call-meeting',
      meeting: 'g1',
      body: 'group',
      group: 'barry',
      at: when,
      items: ['1'],
      under: own,
    } as const
    const register = (value: boolean) => proven('holds-seat', 'group@barry', value, start, 'register')
    expect(codes(story.act(person(1), 'body group', start, meeting))).toContain('missing-fact')
    expect(codes(story.act(person(1), 'body group', start, meeting, register(false)))).toContain('not-eligible')
    expect(happened(story.act(person(1), 'body group', start, meeting, register(true)))).toEqual(['meeting-called'])
  })
})

describe('a seat that stands empty meanwhile', () => {
  const withRule = (meanwhile: string): MovementStory => {
    const text = changedText(
      lanternText,
      ['vacancy: {fill: countback, else', `vacancy: {fill: countback, meanwhile: ${meanwhile}, else`],
      ['{id: ordinary, count: 10, by', '{id: ordinary, count: 10, substitute: named by the holder, by'],
      ['meets: {every: 3 months, notice: 7 clear days, agenda: 4 clear days, by: chair, or: 4 seated, remote: yes}\n', ''],
    )
    const story = seated(text)
    happened(
      story.act(person(10), 'body committee', start, { kind: 'name-substitute', place: last, person: person(31), until: null }),
    )
    happened(story.act(person(10), 'body committee', later(start, day), { kind: 'leave-seat', place: last }))
    return story
  }
  const last = seatIn('committee', 'ordinary', 10)
  const actFor = (n: number, place = last) => ({ kind: 'act-for', place, person: person(n), under: own }) as const
  const agreed = fact('resolution', 'committee', { for: 9, against: 0, present: 9 }, later(start, day))
  const sits = (story: MovementStory, n: number) =>
    sittingsOf(
      parsed(
        changedText(lanternText, [
          'vacancy: {fill: countback, else',
          'vacancy: {fill: countback, meanwhile: co-opt by committee, else',
        ]),
      ),
      story.movement(),
      person(n),
      'committee',
      null,
      later(start, day),
    )

  it('stays so, or has somebody co-opted by the body, until it is filled', () => {
    const none = withRule('empty')
    expect(codes(none.act(person(1), 'body committee', later(start, day), actFor(30), agreed))).toEqual(['no-power'])
    const story = withRule('co-opt by committee')
    expect(codes(story.act(person(1), chair, later(start, day), actFor(30), agreed))).toEqual(['no-power'])
    expect(
      codes(story.act(person(1), 'body committee', later(start, day), actFor(30, seatIn('committee', 'ordinary', 9)), agreed)),
    ).toEqual(['already-done'])
    expect(happened(story.act(person(1), 'body committee', later(start, day), actFor(30), agreed))).toEqual(['acting-began'])
    expect(sits(story, 30)).toMatchObject([{ key: 'body committee/ordinary/10' }])
    happened(story.act('rule', 'rule', later(start, 2 * day), fill(last, 40, 'countback'), { ...counted(last, 40, 'countback') }))
    expect(sits(story, 30)).toEqual([])
  })

  it('has no vote where the rule says so, and the substitute where it says that', () => {
    const silent = withRule('co-opt by committee without vote')
    expect(happened(silent.act(person(1), 'body committee', later(start, day), actFor(30), agreed))).toEqual(['acting-began'])
    const rules = parsed(
      changedText(lanternText, [
        'vacancy: {fill: countback, else',
        'vacancy: {fill: countback, meanwhile: co-opt by committee without vote, else',
      ]),
    )
    expect(sittingsOf(rules, silent.movement(), person(30), 'committee', null, later(start, day))).toEqual([])
    const story = withRule('substitute')
    expect(codes(story.act(person(1), 'body committee', later(start, day), actFor(30)))).toEqual(['not-eligible'])
    expect(happened(story.act(person(1), 'body committee', later(start, day), actFor(31)))).toEqual(['acting-began'])
    expect(seatOf(story.movement().seats, last)?.acting?.person).toBe(person(31))
  })
})

describe('who presides', () => {
  const text = changedText(lanternText, [
    'decides: {pass: [yes more than 1/2 of for-and-against], tie: falls}\nvote: open\npublishes: {votes: 2 working',
    'decides: {pass: [yes more than 1/2 of for-and-against], tie: casting vote}\nchair: {is: chair, else: [panel-clerk, chosen by the meeting], casting-vote: as the chair decides}\nvote: open\npublishes: {votes: 2 working',
  ])
  const called = (): MovementStory => {
    const story = seated(text)
    happened(story.act(person(1), chair, start, call()))
    return story
  }

  it('is the chair who is there, else the next, else whom the meeting chooses', () => {
    expect(codes(called().act(person(2), chair, when, open(2)))).toEqual(['not-eligible'])
    expect(happened(called().act(person(1), chair, when, open(1)))).toEqual(['meeting-opened'])
    const without = ten.slice(1)
    expect(happened(called().act(person(2), chair, when, open(2, without)))).toEqual(['meeting-opened'])
    expect(codes(called().act(person(2), chair, when, open(50, without)))).toEqual(['not-eligible'])
  })

  it('is nobody with an interest in the item, and such a chair has no casting vote', () => {
    const story = called()
    happened(story.act(person(1), chair, when, open(1)))
    happened(story.act(person(1), chair, when, { kind: 'declare-interest', item: '12', interest: 'employment' }))
    expect(codes(story.act(person(1), chair, when, vote(6, 2)))).toEqual(['conflicted'])
    const tie = { ...vote(4, 4), casting: 'for' } as const
    expect(codes(story.act(person(2), 'body committee', when, tie))).toContain('conflicted')
    expect(happened(story.act(person(2), 'body committee', when, vote(6, 2)))).toEqual(['resolved'])
  })
})

describe('a body that first seeks consensus', () => {
  const seeking = (then: string): MovementStory => {
    const text = changedText(lanternText, [
      'decides: {pass: [yes more than 1/2 of for-and-against], tie: falls}\nvote: open\npublishes: {votes: 2 working',
      `decides: {pass: [yes more than 1/2 of for-and-against], tie: falls, consensus: {blocked-by: at least 1/5 of present, then: ${then}}}\nvote: open\npublishes: {votes: 2 working`,
    ])
    const story = seated(text)
    happened(story.act(person(1), chair, start, call()))
    happened(story.act(person(1), chair, when, open(1)))
    return story
  }
  const put = (story: MovementStory, act: ReturnType<typeof vote>, at_ = when) => story.act(person(1), chair, at_, act)
  const outcome = (story: MovementStory) => meetingOf(story.movement().meetings, 'm1')?.resolutions.at(-1)?.outcome

  it('has it when too few object, and does not vote before it has sought it', () => {
    const story = seeking('vote')
    expect(codes(put(story, vote(9, 1)))).toEqual(['wrong-stage'])
    expect(happened(put(story, vote(9, 1, 'consensus')))).toEqual(['resolved'])
    expect(outcome(story)).toBe('carried')
    expect(codes(put(story, vote(9, 1)))).toEqual(['already-done'])
  })

  it('then votes, or votes at its next meeting, or lets it fall', () => {
    const now = seeking('vote')
    put(now, vote(8, 2, 'consensus'))
    expect(outcome(now)).toBe('fallen')
    expect(happened(put(now, vote(8, 2)))).toEqual(['resolved'])
    expect(outcome(now)).toBe('carried')
    const falls = seeking('falls')
    put(falls, vote(8, 2, 'consensus'))
    expect(codes(put(falls, vote(8, 2)))).toEqual(['already-done'])
    const next = seeking('vote at the next meeting')
    put(next, vote(8, 2, 'consensus'))
    expect(codes(put(next, vote(8, 2)))).toEqual(['too-early'])
    const month = later(when, 30 * day)
    happened(next.act(person(1), chair, when, call(['12'], 'm2', month)))
    happened(next.act(person(1), chair, month, open(1, ten, 'm2')))
    expect(happened(put(next, vote(8, 2, 'hands', 'm2'), month))).toEqual(['resolved'])
  })

  it('only where its rule says so', () => {
    const story = seated(lanternText)
    happened(story.act(person(1), chair, start, call()))
    happened(story.act(person(1), chair, when, open(1)))
    expect(codes(put(story, vote(9, 0, 'consensus')))).toEqual(['no-power'])
  })
})

describe('a meeting held again because too few came', () => {
  const again = (mayThen: string, more = ''): MovementStory => {
    const story = seated(
      changedText(lanternText, [
        'quorum-then: present more than 1/2 of seats',
        `quorum-then: those present, ${more}may-then: [${mayThen}]`,
      ]),
    )
    happened(story.act(person(1), chair, start, call()))
    return story
  }
  const second = at('2026-04-22 19:00')

  it('may take up what its rule lets it: its first agenda, or anything', () => {
    const add = { kind: 'add-items', meeting: 'm1+', items: ['99'] } as const
    expect(codes(again('motions on the first agenda').act(person(1), chair, at('2026-04-16 09:00'), add))).toEqual([
      'not-a-ground',
    ])
    expect(happened(again('any business').act(person(1), chair, at('2026-04-16 09:00'), add))).toEqual([
      'meeting-adjourned',
      'items-added',
    ])
  })

  it('does not use the powers its rule keeps from it', () => {
    for (const [may, refused] of [
      ['motions on the first agenda, not spend', true],
      ['motions on the first agenda, not elect', false],
    ] as const) {
      const story = again(may)
      const two = ten.slice(0, 2)
      happened(story.act(person(1), chair, second, { ...open(1, two), meeting: 'm1+' }))
      const spending = { id: 12, power: 'spend', ended: null, stages: {}, events: 1 }
      const state: State = { ...story.state(), decisions: { 12: spending as never } }
      story.put(state)
      const answer = story.act(person(1), chair, second, { ...vote(2, 0), meeting: 'm1+' })
      expect('routes' in answer ? codes(answer) : happened(answer)).toEqual([refused ? 'no-power' : 'resolved'])
    }
  })

  it('is called with the notice its rule asks for', () => {
    const story = again('motions on the first agenda', 'notice-then: 10 clear days, ')
    expect(meetingOf(story.movement().meetings, 'm1')?.second?.at).toBe(at('2026-04-26 00:00'))
  })
})

describe('what becomes of acts done under an appointment that is quashed', () => {
  const place = seatIn('committee', 'ordinary', 10)
  const rule =
    'defect-in: [appointment, expired term]\nacts-stand: until challenge upheld\non-quash: {later-acts: listed for review, rolls: stand, seats: next runner by countback}'
  const under = (validity: string, never = '[effect before enact, removal of appeal, change to a roll after freeze]') =>
    changedText(lanternText, [rule, validity], ['[effect before enact, removal of appeal, change to a roll after freeze]', never])
  const quash = (story: MovementStory, ...facts: readonly Fact[]) =>
    story.act(
      person(90),
      officer,
      later(start, 5 * day),
      {
        kind: 'record-order',
        order: 'o1',
        from: 'court',
        does: 'quash',
        target: { kind: 'event', event: '0/10' },
        form: 'document',
        document: print(9),
        until: null,
      },
      proven('holds-office', 'returning-officer', true, later(start, 5 * day), 'register'),
      ...facts,
    )
  const listed = (ids: Readonly<Record<string, number>>) => proven('relied-on', '0/10', ids, start, 'order')
  const running: State['decisions'] = {
    7: {
      id: 7,
      power: 'spend',
      procedure: 'none',
      ended: null,
      stages: {},
      events: 3,
      proposedUnder: 1,
      noticedUnder: null,
    } as never,
  }
  const begun = (text: string): MovementStory => {
    const story = seated(text)
    story.put({ ...story.state(), decisions: running })
    return story
  }

  it('they are listed for review, or fall, or stand', () => {
    const review = begun(lanternText)
    expect(happened(quash(review, listed({ '0-11': 1, '7-2': 1 })))).toEqual(['order-recorded', 'review-listed', 'seat-left'])
    expect(review.events().at(-2)).toMatchObject({ did: { events: ['0/11', '7/2'] } })
    const stand = begun(under(rule.replace('listed for review', 'stand')))
    expect(happened(quash(stand, listed({ '7-2': 1 })))).toEqual(['order-recorded', 'seat-left'])
    expect(stand.state().decisions[7]?.ended).toBeNull()
    for (const validity of [
      rule.replace('listed for review', 'fall'),
      rule.replace('until challenge upheld', 'never'),
      rule.replace('[appointment, expired term]', '[notice]'),
    ]) {
      const fall = begun(under(validity))
      expect(codes(quash(fall))).toEqual(['missing-fact'])
      expect(happened(quash(fall, listed({ '7-2': 1 })))).toEqual(['order-recorded', 'seat-left'])
      expect(fall.state().decisions[7]?.ended).toMatchObject({ outcome: 'fallen' })
    }
    const always = begun(under(rule.replace('until challenge upheld', 'always').replace('listed for review', 'fall')))
    expect(happened(quash(always, listed({ '7-2': 1 })))).toEqual(['order-recorded', 'seat-left'])
    expect(always.state().decisions[7]?.ended).toBeNull()
  })

  it('the seat goes as the clause says: by countback, by election, or stays empty', () => {
    const next = (seats: string, how: 'elected' | 'countback') => {
      const story = begun(under(rule.replace('next runner by countback', seats)))
      happened(quash(story))
      const now = later(start, 6 * day)
      const name = how === 'elected' ? 'elected' : 'countback'
      const answer = story.act(
        'rule',
        'rule',
        now,
        fill(place, 41, how),
        proven(name, seatKey(place), { person: person(41) }, now),
      )
      return 'routes' in answer ? codes(answer) : happened(answer)
    }
    expect(next('next runner by countback', 'countback')).toEqual(['seat-filled'])
    expect(next('next runner by countback', 'elected')).toContain('no-power')
    expect(next('by-election', 'elected')).toEqual(['seat-filled'])
    expect(next('by-election', 'countback')).toContain('no-power')
    expect(next('empty', 'countback')).toEqual(['too-early'])
  })

  it('a roll that rests on it is drawn again where the clause says so and no limit forbids it', () => {
    const again = rule.replace('rolls: stand', 'rolls: drawn again')
    const frozen: State['decisions'] = {
      7: {
        ...(running[7] as object),
        procedure: 'policy',
        noticedUnder: 1,
        stages: { freeze: { roll: { at: start, size: 9, root: 'ab', electorate: 'members' }, box: {}, challenges: [] } },
      } as never,
    }
    for (const [never, expected] of [
      ['[effect before enact]', true],
      ['[effect before enact, change to a roll after freeze]', false],
    ] as const) {
      const story = begun(under(again, never))
      story.put({ ...story.state(), decisions: frozen })
      const answer = quash(story, listed({ '7-2': 1 }))
      expect('routes' in answer).toBe(false)
      expect(story.state().decisions[7]?.reruns).toBe(expected ? 1 : undefined)
    }
  })

  it('an event nobody sits by is quashed all the same', () => {
    const story = movementStory(lanternText, emptyState)
    const answer = quash(story)
    expect(happened(answer)).toEqual(['order-recorded'])
    expect(decision(1)).toBe(1)
    expect(why(quash(story))).toMatchObject({ code: 'already-done' })
  })
})
