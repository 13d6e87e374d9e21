import { describe, expect, it } from 'vitest'
import { at, day, decision, hour, lantern, lanternText, later, members, person, print, proposal } from '../../test/lantern.ts'
import { movementStory, post, proven, seatIn, whyNot, type MovementStory } from '../../test/movement.ts'
import { decisionWith, movementWith, storyAfter, withDecisions } from '../../test/movement-with.ts'
import { own, start } from '../../test/word-for-word.ts'
import { reliedOn, type Act, type ActBody, type Event, type Fact } from '../index.ts'
import { isStayed, openAppeals } from './appeal.ts'
import { delegationsTo } from './delegation.ts'
import { nextFall } from './falls.ts'
import { factHolds } from './fact.ts'
import { lineageOf, successorOf } from './group.ts'
import { interestsIn, recusedFrom } from './interest.ts'
import { knownResolution, knownToHold, knownToSit } from './known.ts'
import { meetingOf } from './meeting.ts'
import type { MovementAct, MovementEvent } from './movement.ts'
import { ordersInForce, ordersOn, type Target } from './order.ts'
import { sanctionsOn } from './sanction.ts'
import { holdersAt, seatOf } from './seat.ts'

// What is asked of the state after any events: what weighs on whom, who sits where, what is in force, each from its first instant to its last.

const end = later(start, 10 * day)
const over = [later(start, -1), start, later(end, -1), end] as const
const within = [false, true, true, false]
const first = seatIn('committee', 'ordinary', 1)
const seat = (place = first, who = 1): MovementEvent => ({
  kind: 'seat-filled',
  place,
  person: person(who),
  how: 'elected',
  until: null,
  leavesAt: null,
  terms: 1,
})
const leaves = (place = first, who = 1): MovementEvent => ({
  kind: 'seat-left',
  place,
  person: person(who),
  why: 'resigned',
  fillBy: null,
})
const call = (meeting = 'm1'): MovementEvent => ({
  kind: 'meeting-called',
  meeting,
  body: 'committee',
  group: null,
  at: end,
  items: ['12'],
  waitsUntil: later(end, hour),
  second: null,
})
const sanctioned = (known: object = {}): MovementEvent => ({
  kind: 'sanctioned',
  sanction: 's1',
  person: person(70),
  power: 'suspend',
  code: null,
  until: end,
  spares: [decision(7)],
  deciders: [],
  ...known,
})

describe('what is in force', () => {
  it('a sanction: on its person, from its day to its end or until it is ended, but not in what it spares', () => {
    const { sanctions } = movementWith(sanctioned())
    expect(over.map((when) => sanctionsOn(sanctions, person(70), when, null).length > 0)).toEqual(within)
    expect(sanctionsOn(sanctions, person(71), start, null)).toEqual([])
    expect(sanctionsOn(sanctions, person(70), start, decision(7))).toEqual([])
    expect(sanctionsOn(sanctions, person(70), start, decision(8))).toHaveLength(1)
    const ended = movementWith(sanctioned({ until: null }), [
      { kind: 'sanction-ended', sanction: 's1', why: 'lifted' },
      { when: end },
    ])
    expect(over.map((when) => sanctionsOn(ended.sanctions, person(70), when, null).length > 0)).toEqual(within)
    const open = movementWith(sanctioned({ until: null }), sanctioned({ sanction: 's2', until: null }))
    expect(sanctionsOn(open.sanctions, person(70), end, null).map((s) => s.id)).toEqual(['s1', 's2'])
    const twice = movementWith(sanctioned(), { kind: 'sanction-ended', sanction: 's1', why: 'lifted' }, [
      { kind: 'sanction-ended', sanction: 's1', why: 'time' },
      { when: end },
    ])
    expect(sanctionsOn(twice.sanctions, person(70), start, null)).toEqual([])
  })

  const spend: Target = { kind: 'power', power: 'spend' }
  it('an order: of its kind, on its target, until its date, its lifting, and not ended by a list for review', () => {
    const order = (known: object = {}): MovementEvent => ({
      kind: 'order-recorded',
      order: 'o1',
      from: 'court',
      does: 'forbid',
      target: spend,
      document: print(1),
      until: end,
      ...known,
    })
    const { orders } = movementWith(order())
    expect(over.map((when) => ordersOn(orders, spend, 'forbid', when).length > 0)).toEqual(within)
    expect(ordersOn(orders, spend, 'direct', start)).toEqual([])
    expect(ordersOn(orders, { kind: 'power', power: 'elect' }, 'forbid', start)).toEqual([])
    const forever = movementWith(order({ until: null }), order({ order: 'o2', until: null }))
    expect(ordersOn(forever.orders, spend, 'forbid', at('2099-01-01')).map((o) => o.id)).toEqual(['o1', 'o2'])
    const lifted = movementWith(order(), order({ order: 'o2' }), { kind: 'order-ended', order: 'o1', why: 'lifted' })
    expect(ordersOn(lifted.orders, spend, 'forbid', start).map((o) => o.id)).toEqual(['o2'])
    expect(ordersInForce(lifted.orders).map((o) => o.id)).toEqual(['o2'])
    const listed = movementWith(order(), { kind: 'review-listed', order: 'o1', events: ['0/9'] })
    expect(ordersOn(listed.orders, spend, 'forbid', start)).toMatchObject([{ id: 'o1', review: ['0/9'], endedAt: null }])
    expect(nextFall(listed, end)).toMatchObject({ at: end, did: { kind: 'order-ended' } })
    for (const target of [
      { kind: 'event', event: 'x' },
      { kind: 'decision', decision: decision(7) },
      { kind: 'sanction', sanction: 'x' },
      { kind: 'power', power: 'x' },
    ] as readonly Target[]) {
      const one = movementWith(order({ target }))
      const all: readonly Target[] = [
        { kind: 'event', event: 'x' },
        { kind: 'decision', decision: decision(7) },
        { kind: 'sanction', sanction: 'x' },
        { kind: 'power', power: 'x' },
      ]
      expect(all.filter((t) => ordersOn(one.orders, t, 'forbid', start).length > 0)).toEqual([target])
    }
  })

  it('a power lent: to whom, from its day to its date, until it is taken back', () => {
    const lent: MovementEvent = {
      kind: 'delegated',
      delegation: 'd1',
      power: 'admit',
      from: 'office registrar',
      to: 'office chair',
      until: end,
    }
    const { delegations } = movementWith(lent)
    expect(over.map((when) => delegationsTo(delegations, 'admit', 'office chair', when).length > 0)).toEqual(within)
    expect(delegationsTo(delegations, 'admit', 'office registrar', start)).toEqual([])
    expect(delegationsTo(delegations, 'spend', 'office chair', start)).toEqual([])
    const back = movementWith(lent, { kind: 'delegation-ended', delegation: 'd1', why: 'taken back' })
    expect(delegationsTo(back.delegations, 'admit', 'office chair', start)).toEqual([])
    expect(nextFall(back, end)).toBeNull()
  })

  it('an appeal with a stay: until it is answered, by its panel or by time', () => {
    const against: Target = { kind: 'sanction', sanction: 's1' }
    const appealed = (stay = true): MovementEvent => ({
      kind: 'appealed',
      appeal: 'a1',
      rule: 'appeal',
      against,
      decideBy: end,
      timeout: 'allowed',
      stay,
    })
    expect(over.map((when) => isStayed(movementWith(appealed()).appeals, against, when))).toEqual(within)
    expect(isStayed(movementWith(appealed(false)).appeals, against, start)).toBe(false)
    expect(isStayed(movementWith(appealed()).appeals, { kind: 'sanction', sanction: 's2' }, start)).toBe(false)
    const decided: MovementEvent = { kind: 'appeal-decided', appeal: 'a1', outcome: 'dismissed' }
    expect(isStayed(movementWith(appealed(), decided).appeals, against, start)).toBe(false)
    const two = movementWith(appealed(), { ...appealed(), appeal: 'a2' } as MovementEvent, decided)
    expect(openAppeals(two.appeals, against).map((a) => a.id)).toEqual(['a2'])
    expect(nextFall(movementWith(appealed(), decided), end)).toBeNull()
  })

  it('a statement: from its instant to its end, unless a challenge was upheld', () => {
    const stated = (expiresAt: typeof end | null = end): MovementEvent => ({
      kind: 'fact-attested',
      fact: 'emergency',
      evidence: print(5),
      expiresAt,
      challengeUntil: end,
    })
    const challenged: MovementEvent = {
      kind: 'fact-challenged',
      fact: 'emergency',
      answerBy: later(start, day),
      timeout: 'falls',
    }
    const answered = (outcome: 'stands' | 'falls'): MovementEvent => ({ kind: 'fact-answered', fact: 'emergency', outcome })
    const facts = (...events: readonly MovementEvent[]) =>
      over.map((when) => factHolds(movementWith(...events).facts, 'emergency', when))
    expect(facts(stated())).toEqual(within)
    expect(facts(stated(null))).toEqual([false, true, true, true])
    expect(facts(stated(), challenged)).toEqual(within)
    expect(facts(stated(), challenged, answered('stands'))).toEqual(within)
    expect(facts(stated(), challenged, answered('falls'))).toEqual([false, false, false, false])
    expect(facts(stated(), { kind: 'fact-expired', fact: 'emergency' })).toEqual([false, false, false, false])
    expect(facts()).toEqual([false, false, false, false])
    const next = (...events: readonly MovementEvent[]) => nextFall(movementWith(...events), at('2099-01-01'))
    expect(next(stated(), challenged)).toMatchObject({ at: later(start, day), did: { kind: 'fact-answered', outcome: 'falls' } })
    expect(next(stated(later(start, day - 1)), challenged)).toMatchObject({
      at: later(start, day - 1),
      did: { kind: 'fact-expired', fact: 'emergency' },
    })
    expect(next(stated(null), challenged)).toMatchObject({ at: later(start, day), did: { kind: 'fact-answered' } })
    expect(next(stated(), challenged, answered('stands'))).toMatchObject({ at: end, did: { kind: 'fact-expired' } })
    expect(next(stated(), challenged, answered('falls'))).toBeNull()
    expect(next(stated(null))).toBeNull()
  })

  it('an interest: until it is cleared; out of the vote unless it is only declared', () => {
    const noted = (who: number, effect: 'leaves vote' | 'declares only' | 'leaves vote and quorum'): MovementEvent => ({
      kind: 'interest-noted',
      item: '12',
      person: person(who),
      interest: 'family',
      effect,
    })
    const { interests } = movementWith(noted(1, 'leaves vote'), noted(2, 'declares only'), noted(3, 'leaves vote and quorum'))
    expect(interestsIn(interests, '12').map((i) => i.person)).toEqual([1, 2, 3].map(person))
    expect(recusedFrom(interests, '12').map((i) => i.person)).toEqual([1, 3].map(person))
    expect(interestsIn(interests, '13')).toEqual([])
    const again = movementWith(noted(1, 'leaves vote'), noted(2, 'leaves vote'), noted(1, 'declares only'))
    expect(interestsIn(again.interests, '12').map((i) => [i.person, i.effect])).toEqual([
      [person(2), 'leaves vote'],
      [person(1), 'declares only'],
    ])
    const cleared = movementWith(noted(1, 'leaves vote'), noted(2, 'leaves vote'), {
      kind: 'interest-cleared',
      item: '12',
      person: person(1),
    })
    expect(interestsIn(cleared.interests, '12').map((i) => i.person)).toEqual([person(2)])
  })
})

describe('who comes from what', () => {
  const group = (id: string): MovementEvent => ({ kind: 'group-recognised', group: id, body: 'group' })
  const merged = (into: string, ...groups: readonly string[]): MovementEvent => ({
    kind: 'groups-merged',
    groups,
    into,
    body: 'group',
  })

  it('a merged group goes on in the next, and that in the one after', () => {
    const { groups } = movementWith(
      group('a'),
      group('b'),
      group('c'),
      merged('ab', 'a', 'b'),
      merged('abc', 'ab', 'c', 'nowhere'),
    )
    expect(lineageOf(groups, 'abc')).toEqual(['abc', 'ab', 'a', 'b', 'c', 'nowhere'])
    expect(['a', 'ab', 'abc', 'nowhere'].map((id) => successorOf(groups, id)?.id ?? null)).toEqual(['abc', 'abc', 'abc', null])
    const closed = movementWith(group('a'), merged('b', 'a'), { kind: 'group-ended', group: 'b' })
    expect(successorOf(closed.groups, 'a')).toBeNull()
    expect(successorOf(closed.groups, 'b')).toBeNull()
  })

  it('a seat was held from the instant it was filled to the instant it was left', () => {
    const movement = movementWith([seat(), { when: start }], [leaves(), { when: end }], [seat(first, 2), { when: end }])
    const found = seatOf(movement.seats, first)
    expect(over.map((when) => (found === null ? [] : holdersAt(found, when)))).toEqual([
      [],
      [person(1)],
      [person(1)],
      [person(2)],
    ])
  })

  it('the rest of a term is vacant only when it was left before its end', () => {
    const termed = { ...seat(), until: end } as const
    const rest = (when: typeof start) => seatOf(movementWith(termed, [leaves(), { when }]).seats, first)?.vacancy?.restUntil
    expect([later(end, -1), end, later(end, 1)].map(rest)).toEqual([end, null, null])
    const endless = movementWith(seat(), [leaves(), { when: end }])
    expect(seatOf(endless.seats, first)?.vacancy).toEqual({ since: end, why: 'resigned', restUntil: null, by: null })
  })

  it('what rests on a quashed seat is what its holder did until they left it', () => {
    const head = {
      decision: 0,
      edition: 1,
      clause: '3.1@1',
      stage: '',
      deemed: false,
      occurredAt: start,
      recordedAt: start,
      kind: 'movement',
      relies: [],
    }
    const told = (n: number, by: number, what: MovementEvent): Event =>
      ({ ...head, id: `0/${n}`, by: person(by), did: what }) as unknown as Event
    const acts = { kind: 'acting-began', place: post('chair'), person: person(1) } as const
    const events = [
      told(1, 9, seat()),
      told(2, 9, acts),
      told(3, 1, call()),
      told(4, 9, leaves()),
      told(5, 1, call('m2')),
      told(6, 9, seat(first, 1)),
    ]
    expect(reliedOn(events, '0/1').map((e) => e.id)).toEqual(['0/3'])
    expect(reliedOn([told(1, 9, acts), told(2, 1, call())], '0/1')).toEqual([])
    // Neither somebody else's leaving, nor their own of another seat, ends it; and a sound seat of theirs after it is no reason.
    for (const other of [leaves(first, 2), leaves(post('chair'))])
      expect(reliedOn([told(1, 9, seat()), told(2, 9, other), told(3, 1, call())], '0/1').map((e) => e.id)).toEqual(['0/3'])
    expect(reliedOn([told(1, 9, seat()), told(2, 9, leaves()), told(3, 9, seat()), told(4, 1, call())], '0/1')).toEqual([])
  })
})

describe('what the movement knows', () => {
  const editions = { byNumber: new Map([[lantern.edition, lantern]]), inForce: lantern.edition }
  it('of an office, a seat, a resolution: yes, no, or nothing', () => {
    const seated = movementWith(seat(), seat(post('chair'), 2))
    expect(knownToHold(editions, lantern, undefined, 'chair', person(2), start)).toBeNull()
    expect(['chair', 'registrar'].map((office) => knownToHold(editions, lantern, seated, office, person(2), start))).toEqual([
      true,
      null,
    ])
    expect(knownToHold(editions, lantern, seated, 'chair', person(1), start)).toBe(false)
    expect(knownToSit(lantern, undefined, 'committee', null, person(1), start)).toBeNull()
    expect(['committee', 'panel'].map((body) => knownToSit(lantern, seated, body, null, person(1), start))).toEqual([true, null])
    expect(knownToSit(lantern, seated, 'committee', null, person(2), start)).toBe(false)
    expect(knownToSit(lantern, seated, 'committee', 'barry', person(1), start)).toBeNull()

    const opened: MovementEvent = { kind: 'meeting-opened', meeting: 'm1', chair: person(1), persons: [], present: 9, proxies: 0 }
    const resolved: MovementEvent = {
      kind: 'resolved',
      meeting: 'm1',
      item: '12',
      way: 'hands',
      for: 9,
      against: 0,
      abstain: 0,
      present: 9,
      casting: null,
      outcome: 'carried',
    }
    expect(knownResolution(undefined, 'committee', '12')).toBeNull()
    expect(knownResolution(movementWith(call()), 'committee', '12')).toBeNull()
    expect(knownResolution(movementWith(call(), opened), 'committee', '12')).toBe('outside')
    const met = movementWith(call(), opened, resolved)
    expect(knownResolution(met, 'committee', '12')).toMatchObject({
      meeting: { id: 'm1' },
      resolution: { outcome: 'carried', event: '0/3' },
    })
    expect(knownResolution(met, 'committee', '13')).toBe('outside')
    expect(knownResolution(met, 'panel', '12')).toBeNull()
  })

  it('a meeting that lapsed is lapsed, and neither called nor waiting', () => {
    const lapsed = movementWith(call(), { kind: 'meeting-lapsed', meeting: 'm1' })
    expect(meetingOf(lapsed.meetings, 'm1')?.state).toBe('lapsed')
    expect(nextFall(lapsed, at('2099-01-01'))).toBeNull()
    expect(nextFall(movementWith(call()), later(end, hour))).toMatchObject({
      at: later(end, hour),
      did: { kind: 'meeting-lapsed', meeting: 'm1' },
    })
    const second = { at: later(end, day), quorum: 'those present' } as const
    const again = { ...call(), second } as MovementEvent
    expect(nextFall(movementWith(again), later(end, hour))?.did).toEqual({
      kind: 'meeting-adjourned',
      meeting: 'm1',
      to: second.at,
      then: 'm1+',
      quorum: 'those present',
      waitsUntil: later(end, day + hour),
    })
  })

  it('of several that fall, the soonest; of those at one instant, the first in the order of the parts', () => {
    const lent: MovementEvent = {
      kind: 'delegated',
      delegation: 'd1',
      power: 'admit',
      from: 'office registrar',
      to: 'office chair',
      until: end,
    }
    expect(nextFall(movementWith(lent, sanctioned()), end)?.did.kind).toBe('sanction-ended')
    expect(nextFall(movementWith(lent, sanctioned({ until: later(end, 1) })), later(end, 1))?.did.kind).toBe('delegation-ended')
    expect(nextFall(movementWith(lent), later(end, -1))).toBeNull()
  })
})

describe('after the end of a movement', () => {
  const dissolved: MovementEvent = { kind: 'dissolved' }
  const clause = (may: string): string =>
    `${lanternText}\n### 8.1 End\n\`\`\`rule\nkind: dissolution\nmay: [${may}]\nwithin: 10 days\nassets: to a charity named in the act\nby: registrar\n\`\`\`\n`
  const gone = (words: string, ...events: readonly MovementEvent[]): MovementStory =>
    storyAfter(words, [dissolved, { clause: '8.1@1' }], ...events)
  const ask = (story: MovementStory, does: MovementAct, when = later(start, 1)) =>
    whyNot(story.act(person(1), 'office chair', when, does, proven('holds-office', 'chair', true, start, 'register')))
  const closed = `8.1@1: too-late ${new Date(start).toISOString()}||`
  const close = { kind: 'close-meeting', meeting: 'm1' } as const
  const meet = {
    kind: 'call-meeting',
    meeting: 'm2',
    body: 'committee',
    group: null,
    at: at('2026-05-01'),
    items: ['x'],
    under: own,
  } as const

  it('what protects people and ends things goes on; the rest is over', () => {
    for (const kind of [
      'leave-seat',
      'cease',
      'end-delegation',
      'lift-sanction',
      'close-meeting',
      'lift-order',
      'record-order',
      'appeal',
      'draw-panel',
      'decide-appeal',
      'challenge-fact',
      'answer-fact',
    ] as const) {
      const does = {
        kind,
        place: first,
        person: person(1),
        why: 'died',
        delegation: 'd',
        sanction: 's',
        meeting: 'm',
        order: 'o',
        appeal: 'a',
        pool: [],
        conflicted: [],
        fact: 'f',
        under: own,
        target: { kind: 'event', event: 'x' },
        rule: 'r',
        against: { kind: 'event', event: 'x' },
      } as unknown as MovementAct
      expect(ask(gone(lanternText), does), kind).not.toBe(closed)
    }
    expect(ask(gone(lanternText), meet)).toBe(closed)
    expect(ask(gone(lanternText), { kind: 'fill-seat', place: first, person: person(1), how: 'elected', under: own })).toBe(
      closed,
    )
    expect(ask(gone(lanternText), close)).toBe('1@1: no-power power call-meeting||')
  })

  it('a body meets where the clause lets it, for as long as it says', () => {
    const last = at('2026-03-11 12:00')
    expect(ask(gone(clause('spend')), meet)).toBe(closed)
    expect(ask(gone(clause('call-meeting')), meet, later(last, -1))).toBe('yes')
    expect(ask(gone(clause('call-meeting')), meet, last)).toBe(closed)
    expect(
      ask(gone(clause('call-meeting')), { kind: 'fill-seat', place: first, person: person(1), how: 'elected', under: own }),
    ).toBe(closed)
    for (const kind of [
      'call-named-meeting',
      'add-items',
      'open-meeting',
      'count-present',
      'resolve',
      'adjourn-meeting',
    ] as const)
      expect(
        ask(gone(clause('call-meeting')), { ...meet, kind, meeting: 'nowhere', named: 'agm' } as unknown as MovementAct),
        kind,
      ).toBe('1@1: no-power power call-meeting||')
  })

  const heldBack = (story: MovementStory, body: ActBody, number = 1, when = later(start, 1)): string =>
    whyNot(
      story.decideOn({
        decision: decision(number),
        by: person(1),
        as: members,
        occurredAt: when,
        recordedAt: when,
        ...body,
      }),
    )
  const late = (when = later(start, 1)) => `too-late ${new Date(start).toISOString()}|${new Date(when).toISOString()}|`

  it('nothing new is proposed, signed or enacted but under the powers it names, while its time lasts', () => {
    expect(heldBack(gone(lanternText), proposal)).toBe(`8.1@1: ${late()}`)
    expect(heldBack(gone(clause('amend-rulebook')), proposal)).not.toContain('too-late')
    const last = at('2026-03-11 12:00')
    expect(heldBack(gone(clause('amend-rulebook')), proposal, 1, last)).toBe(`8.1@1: ${late(last)}`)
    const running = (words: string) => withDecisions(gone(words), decisionWith({ procedure: 'policy', power: 'spend' }))
    expect(heldBack(running(lanternText), { kind: 'sign' }, 7)).toBe(`8.1@1 policy: ${late()}`)
    expect(heldBack(running(lanternText), { kind: 'enact' } as ActBody, 7)).toBe(`8.1@1 policy: ${late()}`)
    expect(heldBack(running(lanternText), { kind: 'sign' }, 8)).not.toContain('too-late')
  })

  it('an order that stays or forbids names when it ends, where that is all there is', () => {
    const order = (known: object): MovementEvent => ({
      kind: 'order-recorded',
      order: 'o1',
      from: 'court',
      does: 'forbid',
      target: { kind: 'power', power: 'amend-rulebook' },
      document: print(1),
      until: end,
      ...known,
    })
    const iso = new Date(end).toISOString()
    expect(heldBack(storyAfter(lanternText, order({})), proposal)).toBe(`3.1@1: stayed ${iso}|| → ${iso}`)
    expect(heldBack(storyAfter(lanternText, order({ until: null })), proposal)).toBe('3.1@1: stayed ||')
    expect(heldBack(storyAfter(lanternText, order({}), order({ order: 'o2' })), proposal)).toBe(
      `3.1@1: stayed ${iso}||, stayed ${iso}||`,
    )
    expect(heldBack(gone(lanternText, order({})), proposal)).toBe(`8.1@1: ${late()}, stayed by 3.1@1 ${iso}||`)
    const stayed = (kind: string) =>
      heldBack(
        withDecisions(
          storyAfter(lanternText, order({ does: 'stay', target: { kind: 'decision', decision: decision(7) } })),
          decisionWith({ procedure: 'policy' }),
        ),
        { kind } as ActBody,
        7,
      )
    expect(stayed('sign')).toBe(`3.1@1 policy: stayed ${iso}|| → ${iso}`)
    const forbidden = (kind: string) =>
      heldBack(
        withDecisions(
          storyAfter(lanternText, order({ target: { kind: 'power', power: 'spend' } })),
          decisionWith({ procedure: 'policy' }),
        ),
        { kind } as ActBody,
        7,
      )
    expect(forbidden('enact')).toBe(`3.1@1 policy: stayed ${iso}|| → ${iso}`)
    expect(forbidden('sign')).not.toContain('stayed')
  })

  it('a rule above prevails over what is enacted, until its panel says that there is no conflict', () => {
    const above = (conflict: string, prevails = 'yes') =>
      `${lanternText}\n### 8.2 Above\n\`\`\`rule\nkind: superior\nrulebook: union\nprevails: ${prevails}\n${conflict}\`\`\`\n`
    const conflict = proven('conflict-above', '7', true, start, 'order')
    const ruled = proven('no-conflict-ruled', '7', true, start, 'order')
    const enact = (words: string, kind: string, ...facts: readonly Fact[]) =>
      whyNot(
        withDecisions(movementStory(words), decisionWith({ procedure: 'policy' })).decideOn(
          { decision: decision(7), by: person(1), as: members, occurredAt: start, recordedAt: start, kind } as Act,
          ...facts,
        ),
      )
    const stayed = '8.2@1 policy: stayed ||'
    const panel = 'on-conflict: panel decides\n'
    expect(enact(above(''), 'enact', conflict)).toBe(stayed)
    expect(enact(above(''), 'sign', conflict)).not.toContain('stayed')
    expect(enact(above(''), 'enact')).not.toContain('stayed')
    expect(enact(above(''), 'enact', { ...conflict, value: false })).not.toContain('stayed')
    expect(enact(above('', 'no'), 'enact', conflict)).not.toContain('stayed')
    expect(enact(above(''), 'enact', conflict, ruled)).toBe(stayed)
    expect(enact(above(panel), 'enact', conflict)).toBe(stayed)
    expect(enact(above(panel), 'enact', conflict, { ...ruled, value: false })).toBe(stayed)
    expect(enact(above(panel), 'enact', conflict, ruled)).not.toContain('stayed')
  })
})
