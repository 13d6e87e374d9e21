import { describe, expect, it } from 'vitest'
import { at, day, editionsOf, groupsByClerk, lanternText, later, parsed, person, print } from '../../test/lantern.ts'
import { happened, movementStory, post, proven, resolvedBy, seated, seatIn } from '../../test/movement.ts'
import { emptyMovement, groupsNow, ordersInForce, seatKey, type State } from '../index.ts'
import { emergencyAt } from './emergency.ts'
import { knownResolution, knownToHold, knownToSit } from './known.ts'
import { evolveMovement, type MovementEvent } from './movement.ts'
import { isTarget, ordersOn, targetKey } from './order.ts'

// What a page or a decision asks of the movement, and what it answers where it knows nothing.

const start = at('2026-03-01 12:00')
const own = { kind: 'own' } as const
const text = `${lanternText}\n${groupsByClerk}`
const book = parsed(text)
const editions = editionsOf(book)
const head = { id: '0/1', at: start, clause: '1.1@1', edition: book.edition, by: 'rule' } as const

describe('who sits where', () => {
  it('is not known before anybody does: neither yes nor no', () => {
    expect(knownToSit(book, undefined, 'committee', null, person(1), start)).toBeNull()
    expect(knownToSit(book, emptyMovement, 'committee', null, person(1), start)).toBeNull()
    expect(knownToHold(editions, book, undefined, 'chair', person(1), start)).toBeNull()
    expect(knownToHold(editions, book, emptyMovement, 'chair', person(1), start)).toBeNull()
  })

  it('is yes for those seated and no for everybody else, and another body is still not known', () => {
    const movement = seated(text, start).movement()
    const sits = (who: number, when = start, body = 'committee') => knownToSit(book, movement, body, null, person(who), when)
    expect([sits(1), sits(10), sits(11)]).toEqual([true, true, false])
    expect(sits(1, start, 'panel')).toBeNull()
    // Acting as the chair is to hold the office.
    expect([1, 2].map((who) => knownToHold(editions, book, movement, 'chair', person(who), start))).toEqual([true, false])
  })
})

describe('what a body resolved', () => {
  it('is not known before it has met, is what its meeting says of an item, and nothing of another', () => {
    const story = seated(text, start)
    expect(knownResolution(undefined, 'committee', 'x')).toBeNull()
    expect(knownResolution(story.movement(), 'committee', 'x')).toBeNull()
    resolvedBy(story, 'm1', 'x', start, later(start, 20 * day), [7, 3])
    expect(knownResolution(story.movement(), 'committee', 'x')).toMatchObject({
      meeting: { id: 'm1', body: 'committee' },
      resolution: { item: 'x', outcome: 'carried', for: 7, against: 3 },
    })
    expect(knownResolution(story.movement(), 'committee', 'y')).toBe('outside')
    expect(knownResolution(story.movement(), 'panel', 'x')).toBeNull()
  })
})

describe('orders in force', () => {
  const order = (order: string, does: 'stay' | 'forbid', until: number | null) => ({
    kind: 'record-order' as const,
    order,
    from: 'court' as const,
    does,
    target: { kind: 'power', power: 'suspend' } as const,
    form: 'document' as const,
    document: print(4),
    until: until === null ? null : later(start, until),
  })
  const recorded = () => {
    const story = movementStory(text)
    const as = 'office panel-clerk'
    const clerk = proven('holds-office', 'panel-clerk', true, start, 'register')
    happened(story.act(person(60), as, start, order('o1', 'stay', null), clerk))
    happened(story.act(person(60), as, start, order('o2', 'forbid', 10 * day), clerk))
    return { story, as, clerk } as const
  }

  it('are those neither lifted nor over; one of them is on a target only of its kind and in its time', () => {
    const { story, as, clerk } = recorded()
    const inForce = () => ordersInForce(story.movement().orders).map((o) => o.id)
    expect(inForce()).toEqual(['o1', 'o2'])
    const on = (does: 'stay' | 'forbid', when: number) =>
      ordersOn(story.movement().orders, { kind: 'power', power: 'suspend' }, does, later(start, when)).map((o) => o.id)
    expect([on('stay', -1), on('stay', 0), on('stay', 900 * day)]).toEqual([[], ['o1'], ['o1']])
    expect([on('forbid', 0), on('forbid', 10 * day - 1), on('forbid', 10 * day)]).toEqual([['o2'], ['o2'], []])
    happened(story.act(person(60), as, later(start, day), { kind: 'lift-order', order: 'o1', document: print(5) }, clerk))
    expect(inForce()).toEqual(['o2'])
    expect(on('stay', 2 * day)).toEqual([])
    expect(ordersOn(story.movement().orders, { kind: 'power', power: 'exclude' }, 'forbid', start)).toEqual([])
  })

  it('are about a decision, an event, a power or a sanction, and nothing else', () => {
    const targets = [
      { kind: 'decision', decision: 12 },
      { kind: 'event', event: '0/3' },
      { kind: 'power', power: 'suspend' },
      { kind: 'sanction', sanction: 's1' },
    ] as unknown as readonly Parameters<typeof targetKey>[0][] // a decision is a number here
    expect(targets.map(targetKey)).toEqual(['decision 12', 'event 0/3', 'power suspend', 'sanction s1'])
    expect(targets.map(isTarget)).toEqual([true, true, true, true])
    expect(isTarget({ kind: 'person', person: 'x' } as unknown as Parameters<typeof isTarget>[0])).toBe(false)
  })
})

describe('groups', () => {
  it('there are now: those recognised and not closed', () => {
    const story = movementStory(text)
    const clerk = proven('holds-office', 'panel-clerk', true, start, 'register')
    const does = (kind: 'recognise-group' | 'derecognise-group', group: string) =>
      story.act(
        person(60),
        'office panel-clerk',
        start,
        kind === 'recognise-group' ? { kind, group, body: 'group', under: own } : { kind, group, under: own },
        clerk,
      )
    for (const group of ['barry', 'vale']) happened(does('recognise-group', group))
    expect(groupsNow(story.movement().groups).map((g) => g.id)).toEqual(['barry', 'vale'])
    happened(does('derecognise-group', 'barry'))
    expect(groupsNow(story.movement().groups).map((g) => g.id)).toEqual(['vale'])
  })
})

describe('an event about something that is not there', () => {
  // A history is read whole whatever it says: what happened to nothing changes nothing but the number of events.
  const place = seatIn('committee', 'ordinary', 3)
  const events: readonly MovementEvent[] = [
    { kind: 'seat-left', place, person: person(1), why: 'resigned', fillBy: null },
    { kind: 'items-added', meeting: 'm9', items: ['x'] },
    { kind: 'meeting-closed', meeting: 'm9' },
    { kind: 'meeting-lapsed', meeting: 'm9' },
    { kind: 'meeting-postponed', meeting: 'm9', to: start, waitsUntil: null, second: null },
    { kind: 'group-ended', group: 'barry' },
    { kind: 'standing-order-set', group: 'barry', path: 'quorum', value: 'present at least 3 people' },
    { kind: 'fact-challenged', fact: 'emergency', answerBy: start, timeout: 'falls' },
    { kind: 'fact-answered', fact: 'emergency', outcome: 'falls' },
    { kind: 'fact-expired', fact: 'emergency' },
    { kind: 'review-listed', order: 'o9', events: ['0/1'] },
    { kind: 'order-ended', order: 'o9', why: 'lifted' },
    { kind: 'emergency-ratified' },
    { kind: 'emergency-ended', why: 'lapsed' },
    { kind: 'sanction-ended', sanction: 's9', why: 'time' },
    { kind: 'panel-drawn', appeal: 'a9', panel: [person(1)], seed: 'x' },
    { kind: 'appeal-decided', appeal: 'a9', outcome: 'allowed' },
    { kind: 'delegation-ended', delegation: 'd9', why: 'time' },
  ]
  it.each(events.map((event) => [event.kind, event] as const))('%s', (_, event) => {
    const { seats, ...after } = evolveMovement(emptyMovement, event, head)
    const { seats: none, ...before } = emptyMovement
    expect(after).toEqual({ ...before, events: 1 })
    if (event.kind !== 'seat-left') expect(seats).toEqual(none)
  })
})

describe('an emergency in force', () => {
  it('is one from the instant it is declared to the instant it lapses, and none once it has ended', () => {
    const declared = {
      kind: 'emergency-declared',
      lapsesAt: later(start, 30 * day),
      ratifyBy: later(start, 14 * day),
      timeout: 'stands',
    } as const
    const movement = evolveMovement(emptyMovement, declared, head)
    const when = (ms: number) => emergencyAt(movement.emergencies, later(start, ms)) !== null
    expect([when(-1), when(0), when(30 * day - 1), when(30 * day)]).toEqual([false, true, true, false])
    const ended = evolveMovement(
      movement,
      { kind: 'emergency-ended', why: 'not ratified' },
      {
        ...head,
        at: later(start, day),
      },
    )
    expect(emergencyAt(ended.emergencies, later(start, 2 * day))).toBeNull()
    expect([movement.emergencies.count, ended.emergencies.count]).toEqual([1, 1])
  })
})

describe('a panel that nobody drew', () => {
  it('decides no appeal: too early, and nobody is of it', () => {
    const story = movementStory(text)
    const fill = { kind: 'fill-seat', place: post('panel-clerk'), person: person(60), how: 'appointed', under: own } as const
    expect(seatKey(fill.place)).toContain('panel-clerk')
    const state: State = {
      ...story.state(),
      movement: evolveMovement(
        emptyMovement,
        {
          kind: 'appealed',
          appeal: 'a1',
          rule: 'appeal',
          against: { kind: 'sanction', sanction: 's1' },
          decideBy: later(start, 14 * day),
          timeout: 'allowed',
          stay: false,
        },
        { ...head, clause: '6.3@1', by: person(70) },
      ),
    }
    story.put(state)
    const answer = story.act(person(21), 'body panel', later(start, day), {
      kind: 'decide-appeal',
      appeal: 'a1',
      allowed: 0,
      dismissed: 0,
    })
    const codes = 'routes' in answer ? answer.routes.flatMap((r) => r.reasons.map(({ code, required }) => [code, required])) : []
    expect(codes).toContainEqual(['too-early', { unit: 'stage', id: 'panel', size: null }])
    expect(codes.map(([code]) => code)).toContain('not-eligible')
  })
})
