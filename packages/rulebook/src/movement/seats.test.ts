import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { at, codes, day, later, lanternText, parsed, person, why } from '../../test/lantern.ts'
import { changedText, happened, movementStory, post, proven, seatIn, type MovementStory } from '../../test/movement.ts'
import { compiledGrants } from './grants.ts'
import { holdersAt, seatKey, seatOf, unitOf, type Place } from './seat.ts'
import { rowOf } from './table.ts'

everyActWithOneThingWrong()

const start = at('2026-03-01 12:00')
const own = { kind: 'own' } as const

function elect(story: MovementStory, place: Place, who: number, when = start) {
  return story.act(
    'rule',
    'rule',
    when,
    { kind: 'fill-seat', place, person: person(who), how: 'elected', under: own },
    proven('elected', seatKey(place), { person: person(who) }, when),
  )
}

describe('how a seat is filled', () => {
  it('by the way its class names, on evidence; the clause is that of the body', () => {
    const story = movementStory()
    const place = seatIn('committee', 'ordinary', 3)
    const answer = elect(story, place, 1)
    expect(happened(answer)).toEqual(['seat-filled'])
    expect(story.events()[0]).toMatchObject({
      id: '0/1',
      decision: 0,
      clause: '3.1@1',
      did: { until: at('2028-03-01 12:00'), leavesAt: at('2028-04-30 12:00'), terms: 1 },
    })
    expect(rowOf(story.movement().seats.filled, 'body committee')).toBe(1)
  })

  it('not without the count, not from another way, not twice, not beyond the class', () => {
    const story = movementStory()
    const place = seatIn('committee', 'ordinary', 1)
    const fill = { kind: 'fill-seat', place, person: person(1), how: 'elected', under: own } as const
    expect(codes(story.act('rule', 'rule', start, fill))).toEqual(['missing-fact'])
    const bare = { ...proven('elected', seatKey(place), { person: person(1) }, start), evidence: null }
    expect(codes(story.act('rule', 'rule', start, fill, bare))).toEqual(['missing-fact'])
    const other = proven('elected', seatKey(place), { person: person(2) }, start)
    expect(codes(story.act('rule', 'rule', start, fill, other))).toEqual(['not-eligible'])
    expect(
      codes(
        story.act(
          'rule',
          'rule',
          start,
          { ...fill, how: 'appointed' },
          proven('elected', seatKey(place), { person: person(1) }, start),
        ),
      ),
    ).toEqual(['no-power'])
    expect(
      codes(story.act(person(9), 'body committee', start, fill, proven('elected', seatKey(place), { person: person(1) }, start))),
    ).toEqual(['no-power'])
    expect(codes(elect(story, seatIn('committee', 'ordinary', 11), 1))).toEqual(['no-power'])
    expect(codes(elect(story, seatIn('committee', 'nowhere', 1), 1))).toEqual(['no-power'])
    elect(story, place, 1)
    expect(codes(elect(story, place, 2))).toEqual(['already-done'])
  })

  it('one person has one seat of a body', () => {
    const story = movementStory()
    elect(story, seatIn('committee', 'ordinary', 1), 1)
    expect(codes(elect(story, seatIn('committee', 'groups', 1), 1))).toContain('incompatible')
  })

  it('a body without a meeting in its rules appoints by its resolution', () => {
    const text = changedText(lanternText, ['meets: {every: on case, notice: 3 clear days, by: panel-clerk, remote: yes}\n', ''])
    const story = movementStory(text)
    const fill = { kind: 'fill-seat', place: post('returning-officer'), person: person(5), how: 'appointed', under: own } as const
    const vote = (inFavour: number, against: number) =>
      proven('resolution', 'panel', { for: inFavour, against, present: inFavour + against }, start)
    const few = story.act(person(1), 'body panel', start, fill, vote(3, 0))
    expect(codes(few)).toEqual(['short-support'])
    expect(why(few)).toMatchObject({ clause: '3.3@1', required: { count: 4 }, actual: { count: 3 }, shortfall: { count: 1 } })
    expect(codes(story.act(person(1), 'body panel', start, fill, vote(2, 3)))).toEqual(['not-carried'])
    expect(codes(story.act(person(1), 'body committee', start, fill, vote(4, 1)))).toEqual(['no-power'])
    expect(happened(story.act(person(1), 'body panel', start, fill, vote(4, 1)))).toEqual(['seat-filled'])
  })

  it('every grant outside `power` cites the clause whose key makes it', () => {
    const grants = compiledGrants(parsed(lanternText))
    const said = grants.map(
      (g) => `${g.act} ${unitOf({ ...g.on, group: null })}${g.on.seat === null ? '' : `/${g.on.seat}`} ${g.from} ${g.clause}`,
    )
    expect(said).toContain('elect body committee/ordinary seats.ordinary.by 3.1@1')
    expect(said).toContain('fill-vacancy body panel/lot vacancy 3.3@1')
    expect(said).toContain('recall office chair removed 3.4@1')
    expect(said).toContain('call-meeting body committee meets.by 3.1@1')
    expect(said).toContain('call-meeting body committee meets.or 3.1@1')
    expect(new Set(grants.map((g) => g.act))).toEqual(new Set(['elect', 'fill-vacancy', 'recall', 'call-meeting']))
  })
})

describe('how a seat falls free', () => {
  const place = seatIn('committee', 'ordinary', 1)

  it('after its term the holder stays until somebody follows, at most as long as the rule says', () => {
    const story = movementStory()
    elect(story, place, 1)
    const over = at('2028-03-20 12:00')
    expect(happened(elect(story, place, 2, over))).toEqual(['seat-left', 'seat-filled'])
    const seat = seatOf(story.movement().seats, place)
    expect(seat === null ? [] : holdersAt(seat, at('2028-03-10'))).toEqual([person(1)])
    expect(seat === null ? [] : holdersAt(seat, over)).toEqual([person(2)])
  })

  it('and nobody following, it is empty after that', () => {
    const story = movementStory()
    elect(story, place, 1)
    const late = elect(story, seatIn('committee', 'ordinary', 2), 2, at('2028-05-01'))
    expect(happened(late)).toEqual(['seat-left', 'seat-filled'])
    expect(story.events()[1]).toMatchObject({
      deemed: true,
      by: 'rule',
      occurredAt: at('2028-04-30 12:00'),
      did: { why: 'term ended' },
    })
    expect(rowOf(story.movement().seats.filled, 'body committee')).toBe(1)
  })

  it('a resignation is the holder’s own; a casual vacancy is filled by countback for the rest of the term', () => {
    const story = movementStory()
    elect(story, place, 1)
    const mid = at('2026-09-01')
    expect(codes(story.act(person(2), 'body committee', mid, { kind: 'leave-seat', place }))).toEqual(['not-eligible'])
    expect(happened(story.act(person(1), 'body committee', mid, { kind: 'leave-seat', place }))).toEqual(['seat-left'])
    expect(seatOf(story.movement().seats, place)?.vacancy).toMatchObject({
      why: 'resigned',
      restUntil: at('2028-03-01 12:00'),
      by: at('2026-11-30'),
    })
    const fill = { kind: 'fill-seat', place, person: person(3), how: 'countback', under: own } as const
    expect(
      codes(
        story.act(
          'rule',
          'rule',
          later(mid, day),
          { ...fill, how: 'elected' },
          proven('elected', seatKey(place), { person: person(3) }, mid),
        ),
      ),
    ).toContain('no-power')
    story.act('rule', 'rule', later(mid, day), fill, proven('countback', seatKey(place), { person: person(3) }, mid))
    expect(seatOf(story.movement().seats, place)?.holders).toMatchObject([{ person: person(3), until: at('2028-03-01 12:00') }])
  })

  it('the fallback election is open when nobody is left to count back to, or the time for it is over', () => {
    const story = movementStory()
    elect(story, place, 1)
    const mid = at('2026-09-01')
    story.act(person(1), 'body committee', mid, { kind: 'leave-seat', place })
    const fill = { kind: 'fill-seat', place, person: person(3), how: 'elected', under: own } as const
    const elected = proven('elected', seatKey(place), { person: person(3) }, mid)
    expect(codes(story.act('rule', 'rule', mid, fill, elected))).toContain('missing-fact')
    const over = story.act('rule', 'rule', at('2026-11-30 00:00'), fill, elected)
    expect(happened(over)).toEqual(['vacancy-overdue', 'seat-filled'])
  })

  it('near the end of the term a vacancy is left', () => {
    const story = movementStory()
    elect(story, place, 1)
    const near = at('2027-12-01')
    story.act(person(1), 'body committee', near, { kind: 'leave-seat', place })
    const fill = { kind: 'fill-seat', place, person: person(3), how: 'countback', under: own } as const
    expect(
      codes(story.act('rule', 'rule', near, fill, proven('countback', seatKey(place), { person: person(3) }, near))),
    ).toContain('too-late')
  })

  it('an office is taken from its holder only by the vote its rule names', () => {
    const text = changedText(lanternText, [
      'meets: {every: 3 months, notice: 7 clear days, agenda: 4 clear days, by: chair, or: 4 seated, remote: yes}\n',
      '',
    ])
    const story = movementStory(text)
    for (let n = 1; n <= 10; n++) elect(story, seatIn('committee', 'ordinary', n), n)
    const votes = (n: number) => proven('resolution', 'committee', { for: n, against: 0, present: 10 }, start)
    const chair = { kind: 'fill-seat', place: post('chair'), person: person(1), how: 'elected', under: own } as const
    expect(codes(story.act(person(2), 'body committee', start, { ...chair, person: person(40) }, votes(7)))).toEqual([
      'not-eligible',
    ])
    expect(happened(story.act(person(2), 'body committee', start, chair, votes(7)))).toEqual(['seat-filled'])
    const remove = { kind: 'remove-holder', place: post('chair'), person: person(1), under: own } as const
    const short = story.act(person(2), 'body committee', start, remove, votes(6))
    expect(codes(short)).toEqual(['not-carried'])
    expect(codes(story.act('rule', 'rule', start, remove, votes(7)))).toEqual(['no-power'])
    expect(happened(story.act(person(2), 'body committee', start, remove, votes(7)))).toEqual(['seat-left'])
    // Ten ordinary members, all since the same instant: the one in the lowest seat acts.
    expect(
      codes(story.act('rule', 'rule', start, { kind: 'act-for', place: post('chair'), person: person(2), under: own })),
    ).toEqual(['not-eligible'])
    expect(
      happened(story.act('rule', 'rule', start, { kind: 'act-for', place: post('chair'), person: person(1), under: own })),
    ).toEqual(['acting-began'])
  })
})

describe('who may hold what', () => {
  it('a returning officer has no seat on the committee, whichever came first, and is no candidate', () => {
    const text = changedText(lanternText, ['meets: {every: on case, notice: 3 clear days, by: panel-clerk, remote: yes}\n', ''])
    const story = movementStory(text)
    elect(story, seatIn('committee', 'ordinary', 1), 1)
    const vote = proven('resolution', 'panel', { for: 5, against: 0, present: 5 }, start)
    const fill = (who: number) =>
      ({ kind: 'fill-seat', place: post('returning-officer'), person: person(who), how: 'appointed', under: own }) as const
    expect(codes(story.act(person(9), 'body panel', start, fill(1), vote))).toEqual(['incompatible'])
    expect(codes(story.act(person(9), 'body panel', start, fill(2), vote, proven('candidate', person(2), true, start)))).toEqual([
      'incompatible',
    ])
    expect(happened(story.act(person(9), 'body panel', start, fill(2), vote))).toEqual(['seat-filled'])
    expect(codes(elect(story, seatIn('committee', 'ordinary', 2), 2))).toEqual(['incompatible'])
  })

  it('three terms in a row and no fourth; a whole term between begins the row anew', () => {
    const story = movementStory()
    const place = seatIn('committee', 'ordinary', 1)
    for (const year of ['2026', '2028', '2030']) elect(story, place, 1, at(`${year}-03-01`))
    const fourth = elect(story, place, 1, at('2032-03-01'))
    expect(codes(fourth)).toEqual(['term-limit'])
    expect(why(fourth)).toMatchObject({ required: { count: 3 }, actual: { count: 3 } })
    elect(story, place, 2, at('2032-03-02'))
    expect(codes(elect(story, place, 1, at('2034-02-28')))).toContain('term-limit')
    expect(happened(elect(story, place, 1, at('2034-04-01')))).toEqual(['seat-left', 'seat-filled'])
    expect(rowOf(story.movement().seats.terms, `body committee ${person(1)}`)).toMatchObject({ terms: 1 })
  })

  it('holders of a shared post have one seat between them, and go together where the rule says so', () => {
    const share = (one: string): string =>
      `holders: 1\njob-share: {up-to: 2, votes: one between them, nominated: together, if-one-leaves: ${one}}\nfilled: election of members\nterm: 1 year\nacting: longest seated ordinary`
    const from = 'holders: 1\nfilled: election by committee from committee\nterm: 1 year\nacting: longest seated ordinary'
    const story = movementStory(changedText(lanternText, [from, share('all leave')]))
    expect(happened(elect(story, post('chair'), 1))).toEqual(['seat-filled'])
    expect(happened(elect(story, post('chair'), 2, later(start, day)))).toEqual(['seat-filled'])
    expect(codes(elect(story, post('chair'), 3, later(start, 2 * day)))).toEqual(['already-done'])
    const both = seatOf(story.movement().seats, post('chair'))?.holders ?? []
    expect(new Set(both.map((t) => t.until)).size).toBe(1)
    expect(rowOf(story.movement().seats.filled, 'office chair')).toBe(1)
    expect(
      happened(story.act(person(1), 'office chair', later(start, 3 * day), { kind: 'leave-seat', place: post('chair') })),
    ).toEqual(['seat-left', 'seat-left'])
  })
})
