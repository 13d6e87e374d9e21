import { describe, expect, it } from 'vitest'
import type { Instant } from '@quorate/kernel'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { at, codes, decision, hour, lanternText, later, parsed, person, print, why } from '../../test/lantern.ts'
import {
  changedText,
  happened,
  movementStory,
  post,
  proven,
  seated as tenSeated,
  seatIn,
  type MovementStory,
} from '../../test/movement.ts'
import { meetingOf, resolutionOn } from './meeting.ts'
import { ordersOfBody } from './standing-orders.ts'

everyActWithOneThingWrong()

const own = { kind: 'own' } as const
const start = at('2026-03-01 12:00')
const meets = 'meets: {every: 3 months, notice: 7 clear days, agenda: 4 clear days, by: chair, or: 4 seated, remote: yes}'

const seated = (text = lanternText): MovementStory => tenSeated(text, start)

const when = at('2026-04-15 19:00')
const call = (date: Instant, items: readonly string[] = ['12']) =>
  ({ kind: 'call-meeting', meeting: 'm1', body: 'committee', group: null, at: date, items, under: own }) as const
const open = (present: number) =>
  ({
    kind: 'open-meeting',
    meeting: 'm1',
    chair: person(1),
    persons: Array.from({ length: present }, (_, i) => person(i + 1)),
    present,
    proxies: 0,
  }) as const
const vote = (inFavour: number, against: number, item = '12') =>
  ({ kind: 'resolve', meeting: 'm1', item, way: 'hands', for: inFavour, against, abstain: 0, casting: null }) as const

describe('how a meeting is called', () => {
  it('by whom the rule names, in clear days counted back from its date', () => {
    const story = seated()
    // 7 clear days before 15 April: notice must be out before the 8th begins.
    expect(codes(story.act(person(1), 'office chair', at('2026-04-08 00:00'), call(when)))).toContain('short-notice')
    const refused = story.act(person(1), 'office chair', at('2026-04-08 00:00'), call(when))
    expect(why(refused)).toMatchObject({ code: 'short-notice', clause: '3.1@1', required: { at: at('2026-04-08') } })
    expect(refused).toMatchObject({ routes: [{ earliest: at('2026-04-16') }, {}] })
    expect(happened(story.act(person(1), 'office chair', later(at('2026-04-08'), -1), call(when)))).toEqual(['meeting-called'])
  })

  it('by post it is received two working days later, and the clear days run from there', () => {
    const story = seated()
    const posted = (now: Instant) =>
      story.act(person(1), 'office chair', now, call(when), proven('notice', 'm1', { served: 10, of: 10, post: 3 }, now, 'post'))
    // Posted on Friday 3 April, Good Friday: Easter Monday is no working day either, so it is there at the end of Wednesday the 8th.
    expect(why(posted(at('2026-04-03 10:00')))).toMatchObject({ code: 'short-notice', actual: { at: at('2026-04-09') } })
    // On Wednesday the 1st it is there as the first clear day begins, which is too late; the day before is in time.
    expect(codes(posted(at('2026-04-01 10:00')))).toContain('short-notice')
    expect(happened(posted(at('2026-03-31 10:00')))).toEqual(['meeting-called'])
  })

  it('the earliest date that a refusal names is lawful, a millisecond before it is not', () => {
    const story = seated()
    const now = at('2026-03-10 18:00')
    const earliest = at('2026-03-18')
    expect(codes(story.act(person(1), 'office chair', now, call(later(earliest, -1))))).toContain('short-notice')
    expect(happened(story.act(person(1), 'office chair', now, call(earliest)))).toEqual(['meeting-called'])
  })

  it('or by four who have a seat; three, or four outsiders, do not call it', () => {
    const story = seated()
    const asked = (n: number) => proven('requisition', 'm1', n, start, 'attestation')
    const few = story.act(person(2), 'body committee', start, call(when), asked(3))
    expect(codes(few)).toEqual(['no-power', 'short-support'])
    expect(codes(story.act(person(30), 'body committee', start, call(when), asked(4)))).toEqual(['no-power', 'not-eligible'])
    expect(happened(story.act(person(2), 'body committee', start, call(when), asked(4)))).toEqual(['meeting-called'])
  })

  it('and by whom the rule names instead when it was not held by its day', () => {
    const late = changedText(lanternText, [
      meets,
      'meets: {every: 3 months, notice: 7 clear days, by: chair, if-not-held-by: {date: 31 March each year, then: panel-clerk}}',
    ])
    const story = seated(late)
    const clerk = proven('holds-office', 'panel-clerk', true, start, 'register')
    expect(codes(story.act(person(60), 'office panel-clerk', at('2026-03-20'), call(when), clerk))).toEqual(['no-power'])
    expect(happened(story.act(person(60), 'office panel-clerk', at('2026-04-02'), call(when), clerk))).toEqual(['meeting-called'])
  })

  it('its agenda closes as many clear days before as the rule says', () => {
    const story = seated()
    story.act(person(1), 'office chair', start, call(when))
    const add = { kind: 'add-items', meeting: 'm1', items: ['13'] } as const
    expect(codes(story.act(person(1), 'office chair', at('2026-04-11 00:01'), add))).toEqual(['too-late'])
    expect(happened(story.act(person(1), 'office chair', at('2026-04-10 23:00'), add))).toEqual(['items-added'])
    story.act(person(1), 'office chair', when, open(8))
    expect(codes(story.act(person(1), 'office chair', when, vote(8, 0, '14')))).toEqual(['short-notice'])
    expect(happened(story.act(person(1), 'office chair', when, vote(8, 0, '13')))).toEqual(['resolved'])
  })
})

describe('quorum', () => {
  it('opens a meeting: 7 of 12 seats and not 6, by those who have them', () => {
    const story = seated()
    story.act(person(1), 'office chair', start, call(when))
    expect(codes(story.act(person(1), 'office chair', later(when, -1), open(7)))).toEqual(['too-early'])
    const six = story.act(person(1), 'office chair', when, open(6))
    expect(why(six)).toMatchObject({
      code: 'short-support',
      required: { unit: 'seats', count: 7 },
      actual: { count: 6 },
      shortfall: { count: 1 },
    })
    const strangers = { ...open(6), persons: [...open(6).persons, person(70)], present: 7 }
    expect(codes(story.act(person(1), 'office chair', when, strangers))).toContain('not-eligible')
    expect(happened(story.act(person(1), 'office chair', when, open(7)))).toEqual(['meeting-opened'])
  })

  it('too few in time: the same hour a week later by itself, and after that it lapses', () => {
    const story = seated()
    story.act(person(1), 'office chair', start, call(when))
    const tick = { kind: 'leave-seat', place: seatIn('committee', 'ordinary', 10) } as const
    const fell = story.act(person(10), 'body committee', later(when, hour), tick)
    expect(happened(fell)).toEqual(['meeting-adjourned', 'seat-left'])
    expect(story.events().find((e) => e.kind === 'movement' && e.did.kind === 'meeting-adjourned')).toMatchObject({
      deemed: true,
      occurredAt: at('2026-04-15 19:30'),
    })
    expect(meetingOf(story.movement().meetings, 'm1+')).toMatchObject({
      at: at('2026-04-22 19:00'),
      state: 'called',
      items: ['12'],
    })
    const again = story.act(person(9), 'body committee', at('2026-04-22 20:00'), {
      kind: 'leave-seat',
      place: seatIn('committee', 'ordinary', 9),
    })
    expect(happened(again)).toEqual(['meeting-lapsed', 'seat-left'])
  })

  it('those who come are enough the second time, where the rule says so, for what was on the agenda', () => {
    const text = changedText(lanternText, [
      'quorum-then: present more than 1/2 of seats',
      'quorum-then: those present, may-then: [motions on the first agenda]',
    ])
    const story = seated(text)
    story.act(person(1), 'office chair', start, call(when))
    const second = at('2026-04-22 19:00')
    const opened = story.act(person(1), 'office chair', second, { ...open(2), meeting: 'm1+' })
    expect(happened(opened)).toEqual(['meeting-adjourned', 'meeting-opened'])
    expect(codes(story.act(person(1), 'office chair', second, { ...vote(2, 0, '99'), meeting: 'm1+' }))).toEqual(['short-notice'])
    expect(happened(story.act(person(1), 'office chair', second, { ...vote(2, 0), meeting: 'm1+' }))).toEqual(['resolved'])
  })

  it('those with an interest leave the vote and the quorum', () => {
    const story = seated()
    story.act(person(1), 'office chair', start, call(when))
    story.act(person(1), 'office chair', when, open(7))
    const declare = (n: number) =>
      story.act(person(n), 'body committee', when, { kind: 'declare-interest', item: '12', interest: 'family' })
    expect(happened(declare(2))).toEqual(['interest-noted'])
    expect(codes(declare(2))).toEqual(['already-done'])
    // 6 of 11 seats are more than half of them; the seventh vote is the recused one.
    expect(codes(story.act(person(1), 'office chair', when, vote(7, 0)))).toEqual(['conflicted'])
    declare(3)
    declare(4)
    // 4 of 9 are not.
    const inquorate = story.act(person(1), 'office chair', when, vote(4, 0))
    expect(why(inquorate)).toMatchObject({ code: 'short-support', required: { count: 5 }, actual: { count: 4 } })
    const clear = { kind: 'rule-on-interest', item: '12', person: person(4), interest: 'family', conflicted: false } as const
    const clerk = proven('holds-office', 'panel-clerk', true, when, 'register')
    expect(codes(story.act(person(4), 'office panel-clerk', when, clear, clerk))).toEqual(['conflicted'])
    expect(happened(story.act(person(60), 'office panel-clerk', when, clear, clerk))).toEqual(['interest-cleared'])
    // 5 of 10 are no more than half; 6 of 11 are.
    expect(codes(story.act(person(1), 'office chair', when, vote(5, 0)))).toEqual(['short-support'])
    story.act(person(60), 'office panel-clerk', when, { ...clear, person: person(3) }, clerk)
    expect(happened(story.act(person(1), 'office chair', when, vote(6, 0)))).toEqual(['resolved'])
    expect(resolutionOn(meetingOf(story.movement().meetings, 'm1') ?? never(), '12')).toMatchObject({
      present: 6,
      outcome: 'carried',
    })
  })

  it('a body with more empty seats than its rule bears resolves nothing', () => {
    const story = seated()
    story.act(person(1), 'office chair', start, call(when))
    story.act(person(10), 'body committee', start, { kind: 'leave-seat', place: seatIn('committee', 'ordinary', 10) })
    story.act(person(9), 'body committee', start, { kind: 'leave-seat', place: seatIn('committee', 'ordinary', 9) })
    story.act(person(1), 'office chair', when, open(8))
    // 8 of 12 filled, at most 3 may be empty.
    expect(why(story.act(person(1), 'office chair', when, vote(8, 0)))).toMatchObject({
      code: 'short-support',
      required: { count: 9 },
      actual: { count: 8 },
    })
  })
})

function never(): never {
  throw new Error('there is none')
}

describe('how a meeting decides', () => {
  const story = () => {
    const s = seated()
    s.act(person(1), 'office chair', start, call(when))
    s.act(person(1), 'office chair', when, open(8))
    return s
  }

  it('more than half of for and against carry; a tie falls; nobody votes twice', () => {
    const s = story()
    expect(codes(s.act(person(1), 'office chair', when, vote(5, 4)))).toEqual(['conflicted'])
    for (const [inFavour, against, outcome] of [
      [5, 3, 'carried'],
      [4, 4, 'fallen'],
      [2, 1, 'carried'],
      [0, 0, 'fallen'],
    ] as const) {
      s.act(person(1), 'office chair', when, vote(inFavour, against))
      expect(resolutionOn(meetingOf(s.movement().meetings, 'm1') ?? never(), '12')?.outcome).toBe(outcome)
    }
  })

  it('a casting vote only where the rule gives one, only in a tie, and not for a change where it is for the status quo', () => {
    const casting = { ...vote(4, 4), casting: 'for' } as const
    expect(codes(story().act(person(1), 'office chair', when, casting))).toEqual(['no-power'])
    const given = changedText(lanternText, [
      'tie: falls}\nvote: open\npublishes: {votes: 2',
      'tie: casting vote}\nvote: open\nchair: {is: chair, casting-vote: as the chair decides}\npublishes: {votes: 2',
    ])
    const s = seated(given)
    s.act(person(1), 'office chair', start, call(when))
    s.act(person(1), 'office chair', when, open(8))
    expect(codes(s.act(person(1), 'office chair', when, { ...vote(5, 3), casting: 'for' }))).toEqual(['no-power'])
    expect(happened(s.act(person(1), 'office chair', when, casting))).toEqual(['resolved'])
    expect(resolutionOn(meetingOf(s.movement().meetings, 'm1') ?? never(), '12')?.outcome).toBe('carried')
    const quo = seated(given.replace('as the chair decides', 'for the status quo'))
    quo.act(person(1), 'office chair', start, call(when))
    quo.act(person(1), 'office chair', when, open(8))
    expect(codes(quo.act(person(1), 'office chair', when, casting))).toEqual(['no-power'])
  })

  it('hands until enough ask for a poll or a secret vote; proxies only where the rule has them', () => {
    const text = changedText(lanternText, [
      'vote: open\npublishes: {votes: 2',
      'vote: {hands: usual, poll-if: at least 3 people, secret-if: at least 1/2 of present}\nproxy: up to 1 for one person\npublishes: {votes: 2',
    ])
    const s = seated(text)
    s.act(person(1), 'office chair', start, call(when))
    s.act(person(1), 'office chair', when, { ...open(8), proxies: 2 })
    const asked = proven('asked', 'm1', { poll: 3, secret: 3 }, when, 'attestation')
    expect(codes(s.act(person(1), 'office chair', when, vote(5, 3), asked))).toEqual(['wrong-stage'])
    // A show of hands counts those in the room; a poll counts proxies with them.
    expect(codes(s.act(person(1), 'office chair', when, vote(6, 4)))).toEqual(['conflicted'])
    expect(happened(s.act(person(1), 'office chair', when, { ...vote(6, 4), way: 'poll' }, asked))).toEqual(['resolved'])
    expect(
      codes(s.act(person(1), 'office chair', when, { ...vote(6, 4), way: 'poll' }, proven('asked', 'm1', { secret: 4 }, when))),
    ).toEqual(['wrong-stage'])
    const none = seated()
    none.act(person(1), 'office chair', start, call(when))
    expect(codes(none.act(person(1), 'office chair', when, { ...open(8), proxies: 1 }))).toEqual(['no-power'])
  })

  it('the chair adjourns to a later time; a closed meeting decides no more', () => {
    const s = story()
    const to = at('2026-04-16 19:00')
    expect(codes(s.act(person(5), 'body committee', when, { kind: 'adjourn-meeting', meeting: 'm1', to }))).toEqual([
      'not-eligible',
    ])
    expect(happened(s.act(person(1), 'office chair', when, { kind: 'adjourn-meeting', meeting: 'm1', to }))).toEqual([
      'meeting-adjourned',
    ])
    expect(codes(s.act(person(1), 'office chair', when, vote(5, 3)))).toEqual(['wrong-stage'])
    s.act(person(1), 'office chair', to, { ...open(8), meeting: 'm1+' })
    expect(happened(s.act(person(1), 'office chair', to, { kind: 'close-meeting', meeting: 'm1+' }))).toEqual(['meeting-closed'])
    expect(codes(s.act(person(1), 'office chair', to, { ...vote(5, 3), meeting: 'm1+' }))).toEqual(['wrong-stage'])
  })
})

describe('a resolution and what rests on it', () => {
  const spend = (s: MovementStory, date: Instant) =>
    s.decideOn(
      {
        decision: decision(12),
        by: person(1),
        as: 'body committee',
        occurredAt: date,
        recordedAt: date,
        kind: 'exercise',
        power: 'spend',
        document: print(1),
        effectAt: date,
        vote: { for: 6, against: 2 },
      },
      proven('within-limits', 'spend', true, date, 'attestation'),
      proven('resolution', 'committee', { for: 6, against: 2, present: 8 }, date),
    )

  it('an appointment rests on the meeting and its vote, and cites both', () => {
    const s = seated()
    s.act(person(1), 'office chair', start, call(when, ['chair']))
    s.act(person(1), 'office chair', when, open(8))
    const elect = {
      kind: 'fill-seat',
      place: post('chair'),
      person: person(2),
      how: 'elected',
      under: { kind: 'resolution', meeting: 'm1', item: 'chair' },
    } as const
    expect(codes(s.act(person(1), 'body committee', when, elect))).toEqual(['missing-fact'])
    s.act(person(1), 'office chair', when, vote(3, 5, 'chair'))
    expect(codes(s.act(person(1), 'body committee', when, elect))).toEqual(['not-carried'])
    s.act(person(1), 'office chair', when, vote(5, 3, 'chair'))
    s.act(person(1), 'body committee', when, elect)
    const called = s.events().find((e) => e.kind === 'movement' && e.did.kind === 'meeting-called')?.id
    const resolved = s.events().findLast((e) => e.kind === 'movement' && e.did.kind === 'resolved')?.id
    expect(s.events().at(-1)).toMatchObject({ kind: 'movement', relies: [called, resolved], clause: '3.4@1' })
  })

  it('outside a lawful meeting a body resolves nothing: told with its shortfalls', () => {
    const s = seated()
    const elect = { kind: 'fill-seat', place: post('chair'), person: person(2), how: 'elected', under: own } as const
    const refused = s.act(
      person(1),
      'body committee',
      when,
      elect,
      proven('resolution', 'committee', { for: 8, against: 0 }, when),
    )
    expect(refused).toMatchObject({
      routes: [
        {
          reasons: [
            { code: 'wrong-stage', required: { unit: 'stage', id: 'meeting' } },
            { code: 'short-notice', required: { unit: 'clear days', count: 7 }, shortfall: { count: 7 } },
            { code: 'short-support', required: { unit: 'seats', count: 7 }, actual: { count: 0 } },
          ],
        },
      ],
    })
  })

  it('a power a body uses rests on its meeting as soon as it meets: a fact about it is not asked for any more', () => {
    const s = seated()
    expect(spend(s, when)).toMatchObject([{ kind: 'exercised' }, { kind: 'ended' }])
    const met = seated()
    met.act(person(1), 'office chair', start, call(when, ['99']))
    met.act(person(1), 'office chair', when, open(8))
    expect(codes(spend(met, when))).toContain('wrong-stage')
    const on = seated()
    on.act(person(1), 'office chair', start, call(when, ['12']))
    on.act(person(1), 'office chair', when, open(8))
    on.act(person(1), 'office chair', when, vote(6, 2))
    expect(spend(on, when)).toMatchObject([{ kind: 'exercised' }, { kind: 'ended' }])
  })
})

describe('a body of a kind', () => {
  it('a general meeting of a group: everyone in it, a quorum of its members when notice was given', () => {
    const text =
      `${lanternText}\n### 6.9 Groups\n\`\`\`rule\nkind: power\nact: recognise-group\nholder: panel-clerk\n\`\`\`\n`.replace(
        'guards: [1, 2, 4, 5, 6]',
        'guards: [1, 2, 4, 5, 6]',
      )
    const s = movementStory(text)
    const clerk = proven('holds-office', 'panel-clerk', true, start, 'register')
    expect(
      happened(
        s.act(
          person(60),
          'office panel-clerk',
          start,
          { kind: 'recognise-group', group: 'cardiff', body: 'group', under: own },
          clerk,
        ),
      ),
    ).toEqual(['group-recognised'])
    const secretary = proven('holds-office', 'group-secretary', true, start, 'register')
    const general = {
      kind: 'call-meeting',
      meeting: 'g1',
      body: 'group',
      group: 'cardiff',
      at: when,
      items: ['x'],
      under: own,
    } as const
    expect(happened(s.act(person(1), 'office group-secretary', start, general, secretary))).toEqual(['meeting-called'])
    const opens = (present: number, sizeAt: Instant) =>
      s.act(
        person(1),
        'office group-secretary',
        when,
        { kind: 'open-meeting', meeting: 'g1', chair: person(1), persons: [], present, proxies: 0 },
        proven('electorate-size', 'members@cardiff', 150, sizeAt, 'register'),
      )
    // 5% of 150 is 7.5, so 8 people; a size as of another instant says nothing.
    expect(codes(opens(8, when))).toEqual(['missing-fact'])
    expect(why(opens(7, start))).toMatchObject({ code: 'short-support', required: { unit: 'people', count: 8 } })
    expect(happened(opens(8, start))).toEqual(['meeting-opened'])
  })

  it('sets standing orders inside the limits set above it, and no others', () => {
    const text = `${lanternText}\n### 6.9 Groups\n\`\`\`rule\nkind: power\nact: recognise-group\nholder: panel-clerk\n\`\`\`\n`
    const s = movementStory(text)
    const clerk = proven('holds-office', 'panel-clerk', true, start, 'register')
    s.act(
      person(60),
      'office panel-clerk',
      start,
      { kind: 'recognise-group', group: 'cardiff', body: 'group', under: own },
      clerk,
    )
    const secretary = proven('holds-office', 'group-secretary', true, start, 'register')
    s.act(
      person(1),
      'office group-secretary',
      start,
      { kind: 'call-meeting', meeting: 'g1', body: 'group', group: 'cardiff', at: when, items: ['o'], under: own },
      secretary,
    )
    s.act(
      person(1),
      'office group-secretary',
      when,
      { kind: 'open-meeting', meeting: 'g1', chair: person(1), persons: [], present: 20, proxies: 0 },
      proven('electorate-size', 'members@cardiff', 150, start, 'register'),
    )
    const size = proven('electorate-size', 'members@cardiff', 150, start, 'register')
    s.act(
      person(1),
      'office group-secretary',
      when,
      { kind: 'resolve', meeting: 'g1', item: 'o', way: 'hands', for: 15, against: 2, abstain: 0, casting: null },
      size,
    )
    const set = (path: string, value: string) =>
      s.act(
        person(1),
        'body group',
        when,
        { kind: 'set-standing-order', group: 'cardiff', path, value, under: { kind: 'resolution', meeting: 'g1', item: 'o' } },
        size,
      )
    expect(codes(set('decides', 'x'))).toContain('no-power')
    expect(codes(set('meets.notice', '4 clear days'))).toEqual(['short-notice'])
    expect(codes(set('meets.notice', 'soon'))).toEqual(['invalid-text'])
    expect(codes(set('quorum', 'present at least 4 people'))).toEqual(['short-support'])
    expect(codes(set('quorum', 'present at least 1/2 of seats'))).toEqual(['short-support'])
    expect(happened(set('meets.notice', '5 clear days'))).toEqual(['standing-order-set'])
    expect(
      happened(set('quorum', 'present at least greater of 6 people and 10% of electorate members of this group at notice')),
    ).toEqual(['standing-order-set'])
    expect(ordersOfBody(parsed(text), s.movement(), 'group', 'cardiff')?.notice).toEqual({ count: 5, unit: 'clear days' })
    expect(ordersOfBody(parsed(text), s.movement(), 'group', 'newport')?.notice).toEqual({ count: 7, unit: 'clear days' })
  })
})
