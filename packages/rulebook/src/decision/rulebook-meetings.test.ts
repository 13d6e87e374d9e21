import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { at, codes, day, fact, isRefusal, kinds, later, members, print, why } from '../../test/lantern.ts'
import {
  ballotAndEnd,
  begin,
  castBy,
  declare,
  endOf,
  monday,
  rulebookWith,
  text,
  type Told,
  told,
  untilOpen,
} from '../../test/procedures.ts'
import { timeline, type ActBody } from '../index.ts'

everyActWithOneThingWrong()

const agree: ActBody = { kind: 'consider', outcome: 'agreed' }
const vote = (t: Told, body: string, votes: readonly [number, number], more: Record<string, number> = {}, act: ActBody = agree) =>
  t.by(
    0,
    `body ${body}`,
    act,
    fact('resolution', body, { for: votes[0], against: votes[1], present: votes[0] + votes[1], ...more }, t.now()),
  )

describe('a meeting as a stage', () => {
  const meeting = (words = '') => [
    'propose: {by: electorate members}',
    'support: {signers: electorate members, need: at least 3 people, window: 28 days, lapsed: count}',
    `meeting: {body: conference, called-by: returning-officer, within: 30 days, notice: 14 clear days, pass: [yes at least 2/3 of for-and-against], tie: falls, timeout: fallen${words}}`,
    'enact: {effect: adopt-policy, at: end of meeting}',
  ]
  const called = (words = ''): Told => {
    const t = begin(...meeting(words))
    for (let n = 1; n <= 3; n++) t.member(n, { kind: 'sign' })
    return t
  }
  const on = (when: string): ActBody => ({ kind: 'convene', heldAt: at(when) })

  it('is called with its notice and within its time, and decides from its hour on by its own threshold', () => {
    const t = called()
    // 14 clear days after Monday 1 June: 00:00 on the 16th.
    expect(
      why(t.by(900, 'office returning-officer', on('2026-06-15 23:59'), t.state('holds-office', true, 'returning-officer'))),
    ).toMatchObject({
      code: 'short-notice',
      required: { at: at('2026-06-16') },
    })
    expect(codes(t.by(900, 'office returning-officer', on('2026-07-01 09:00')))).toEqual(['too-late'])
    expect(codes(t.by(2, members, on('2026-06-16 19:00')))).toEqual(['not-eligible'])
    expect(codes(vote(t, 'conference', [80, 20]))).toEqual(['too-early'])
    expect(t.officer(on('2026-06-16 19:00'))).toEqual(['convened'])
    expect(codes(t.by(900, 'office returning-officer', on('2026-06-17 19:00')))).toEqual(['already-done'])
    expect(why(vote(t, 'conference', [80, 20]))).toMatchObject({ code: 'too-early', required: { at: at('2026-06-16 19:00') } })
    t.to(at('2026-06-16 19:00'))
    expect(codes(vote(t, 'committee', [80, 20]))).toContain('wrong-electorate')
    expect(codes(vote(t, 'conference', [66, 34]))).toEqual(['not-carried'])
    expect(codes(vote(t, 'conference', [30, 10]))).toEqual(['short-support'])
    expect(kinds(vote(t, 'conference', [67, 33]))).toEqual(['considered'])
    expect(t.rule({ kind: 'enact', text: print(1) })).toEqual(['enacted', 'ended'])
  })

  it('that nobody called, or that did not decide, ends as its time-out says', () => {
    const t = called()
    t.to(later(monday, 30 * day - 1))
    expect(isRefusal(t.by(0, 'rule', { kind: 'tick' }))).toBe(true)
    t.to(later(monday, 30 * day))
    expect(t.rule({ kind: 'tick' })).toEqual(['considered', 'ended'])
    expect(endOf(t)).toBe('fallen')
  })

  it('may be called by enough of those who signed when the officer has let the time pass', () => {
    const u = told(
      rulebookWith(
        'adopt-policy',
        meeting(', signers: 3').map((s) => s.replace('timeout: fallen', 'timeout: signers may call it')),
      ),
    )
    u.member(1, text('adopt-policy'))
    for (let n = 1; n <= 3; n++) u.member(n, { kind: 'sign' })
    const call = on('2026-07-20 19:00')
    u.to(later(monday, 29 * day))
    expect(codes(u.by(2, members, call))).toContain('not-eligible')
    u.to(later(monday, 30 * day))
    expect(codes(u.by(7, members, call))).toEqual(['not-eligible'])
    expect(codes(u.by(2, members, call))).toEqual(['short-support'])
    expect(u.member(2, call, fact('signers', null, 3, u.now()))).toEqual(['convened'])
    u.to(at('2026-07-20 19:00'))
    expect(kinds(vote(u, 'conference', [80, 20]))).toEqual(['considered'])
    const nobody = told(
      rulebookWith(
        'adopt-policy',
        meeting().map((s) => s.replace('timeout: fallen', 'timeout: signers may call it')),
      ),
    )
    nobody.member(1, text('adopt-policy'))
    for (let n = 1; n <= 3; n++) nobody.member(n, { kind: 'sign' })
    nobody.to(at('2026-07-31 09:00'))
    expect(nobody.rule({ kind: 'tick' })).toEqual(['considered', 'ended'])
  })

  it('adjourned does not decide where the rule says so, and needs no quorum where it says that', () => {
    const t = called(', adjourned: does not decide')
    t.officer(on('2026-06-16 19:00'))
    t.to(at('2026-06-16 19:00'))
    expect(codes(vote(t, 'conference', [80, 20], { adjourned: 1 }))).toEqual(['wrong-stage'])
    expect(kinds(vote(t, 'conference', [80, 20], { adjourned: 0 }))).toEqual(['considered'])
    const small = called(', quorum: does not apply')
    small.officer(on('2026-06-16 19:00'))
    small.to(at('2026-06-16 19:00'))
    expect(kinds(vote(small, 'conference', [3, 1]))).toEqual(['considered'])
  })

  it('takes proposals in time for its date alone', () => {
    const due = (words: string) => [
      `propose: {by: electorate members, due: end of day 20 days before meeting}`,
      ...meeting(words).slice(1),
    ]
    const t = told(rulebookWith('adopt-policy', due('')))
    t.member(1, text('adopt-policy'))
    for (let n = 1; n <= 3; n++) t.member(n, { kind: 'sign' })
    expect(codes(t.by(900, 'office returning-officer', on('2026-06-20 19:00')))).toEqual(['short-notice'])
    expect(t.officer(on('2026-06-21 19:00'))).toEqual(['convened'])
  })
})

describe('the same decision through any of them', () => {
  const ends = {
    delegates: [
      'consider: {body: conference, within: 30 days, timeout: fallen, pass: [yes at least 2/3 of for-and-against]}',
      'enact: {effect: adopt-policy, at: end of consider}',
    ],
    meeting: [
      'meeting: {body: conference, within: 30 days, pass: [yes at least 2/3 of for-and-against], tie: falls, timeout: fallen}',
      'enact: {effect: adopt-policy, at: end of meeting}',
    ],
    members: ballotAndEnd('adopt-policy').map((s) => s.replace('yes more than 1/2', 'yes at least 2/3')),
  }
  const run = (way: keyof typeof ends, votes: readonly [number, number]): string | null => {
    const t = begin('propose: {by: electorate members}', ...ends[way])
    if (way === 'members') {
      untilOpen(t)
      castBy(t, 1, 60)
      kinds(declare(t, votes))
    } else
      kinds(
        vote(
          t,
          'conference',
          votes,
          {},
          { kind: 'consider', outcome: 3 * votes[0] >= 2 * (votes[0] + votes[1]) ? 'agreed' : 'refused' },
        ),
      )
    if (endOf(t) === null) t.rule({ kind: 'enact', text: print(1) })
    return endOf(t)
  }

  it('ends alike with the same votes', () => {
    for (const votes of [
      [40, 20],
      [39, 21],
      [60, 0],
      [0, 60],
    ] as const) {
      const outcomes = (['delegates', 'meeting', 'members'] as const).map((way) => run(way, votes) === 'carried')
      expect(new Set(outcomes).size).toBe(1)
      expect(outcomes[0]).toBe(votes[0] >= 40)
    }
  })

  it('a body that must meet shows that it did, and bound delegates that they voted as bound', () => {
    const t = begin(
      'propose: {by: electorate members}',
      'consider: {body: conference, at: next meeting, within: 30 days, timeout: fallen, mandate: {by: committee, binding: yes}}',
      'enact: {effect: adopt-policy, at: end of consider}',
    )
    expect(codes(vote(t, 'conference', [80, 20]))).toEqual(['missing-fact', 'missing-fact'])
    const shown = [t.state('meeting', true, 'conference'), t.state('mandate-kept', true, 'conference')]
    expect(
      kinds(t.by(0, 'body conference', agree, fact('resolution', 'conference', { for: 80, against: 20 }, t.now()), ...shown)),
    ).toEqual(['considered'])
  })
})

describe('hustings', () => {
  const rules = rulebookWith('endorse', [
    'propose: {by: electorate members}',
    'nominate: {candidates: every eligible person who asks, window: 5 days}',
    'hustings: {offered-to: all candidates, by: returning-officer, within: 7 days}',
    ...ballotAndEnd('endorse', ', options: candidates').map((s) => s.replace('method: yes-no', 'method: schulze')),
  ])
  const nominated = (): Told => {
    const t = told(rules)
    t.member(1, text('endorse'))
    for (let n = 11; n <= 13; n++) t.member(n, { kind: 'stand', statement: null }, t.state('may-stand', true, 'nominate'))
    t.to(later(monday, 5 * day))
    return t
  }
  it('are held when all candidates were offered a place, not one less', () => {
    const t = nominated()
    const hold = (offered: number) =>
      t.by(900, 'office returning-officer', { kind: 'hold-hustings' }, t.state('hustings', { offered }, 'hustings'))
    expect(why(hold(2))).toMatchObject({
      code: 'unfair-options',
      required: { count: 3 },
      actual: { count: 2 },
      shortfall: { count: 1 },
    })
    expect(codes(t.by(900, 'office returning-officer', { kind: 'hold-hustings' }))).toEqual(['missing-fact'])
    expect(kinds(hold(3))).toEqual(['nominated', 'hustings-held'])
    t.rule({ kind: 'notify' }, t.state('notice', { served: 10, of: 10 }))
  })
  it('that nobody holds hold nothing up', () => {
    const t = nominated()
    t.wait(7 * day)
    t.rule({ kind: 'notify' }, t.state('notice', { served: 10, of: 10 }))
    const views = timeline(t.story.editions(), t.story.state(), 1 as never, t.now())
    expect(views.find((v) => v.id === 'hustings')).toMatchObject({ state: 'done', outcome: 'not-held' })
  })
})
