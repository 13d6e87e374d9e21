import fc from 'fast-check'
import type { Instant } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { at, clause, day, decision, editionsOf, hour, lanternText, later, parsed, person, print } from '../../test/lantern.ts'
import { changedText, post, proven, seatIn } from '../../test/movement.ts'
import { asked, howOften, seeded, timeAllowed } from '../../test/how-often.ts'
import {
  decide,
  due,
  emptyState,
  evolve,
  type Act,
  type Capacity,
  type Event,
  type Fact,
  type Pseudonym,
  type State,
} from '../index.ts'
import { movementDecision } from '../terms.ts'
import type { HistoryEntry, Said } from './history.ts'
import { emptyMovement, type MovementAct, type MovementEvent } from './movement.ts'
import { seatKey, type Place } from './seat.ts'
import { standing } from './standing.ts'
import { rowOf, valuesOf } from './table.ts'

const runs = 1000
// Three committee seats, so that random histories meet each other in them; a panel that needs no meeting; powers for groups and lending.
const text = `${changedText(
  lanternText,
  ['{id: ordinary, count: 10, by: election of members', '{id: ordinary, count: 3, by: election of members'],
  ['meets: {every: on case, notice: 3 clear days, by: panel-clerk, remote: yes}\n', ''],
  ['quorum: present more than 1/2 of seats\nadjourn', 'quorum: present at least 1 seats\nadjourn'],
  ['by: committee by at least 2/3 of seats', 'by: panel by more than 1/4 of seats'],
  [
    'act: suspend\nholder: panel\nlimits: {grounds: code, at-most: 60 days, not-within: notify to certify of any ballot}',
    'act: suspend\nholder: panel\nlimits: {at-most: 60 days}',
  ],
)}
### 8.1 Lending
\`\`\`rule
kind: power
act: delegate-power
holder: registrar
until: 30 days
\`\`\`
### 8.2 Groups
\`\`\`rule
kind: power
act: recognise-group
holder: panel-clerk
\`\`\`
### 8.3 Closing groups
\`\`\`rule
kind: power
act: derecognise-group
holder: panel-clerk
\`\`\`
`
const rules = parsed(text)
const editions = editionsOf(rules)
const start = at('2026-03-01 12:00')
const own = { kind: 'own' } as const

const pool = Array.from({ length: 12 }, (_, i) => person(20 + i))
const who = fc.integer({ min: 1, max: 6 })
const place = fc.constantFrom<Place>(
  seatIn('committee', 'ordinary', 1),
  seatIn('committee', 'ordinary', 2),
  seatIn('panel', 'lot', 1),
  post('chair'),
  post('returning-officer', 1),
  post('registrar'),
  seatIn('committee', 'groups', 1),
)
const length = fc.integer({ min: -2, max: 100 })
type Step = {
  readonly after: number
  readonly late: number
  readonly by: number
  readonly as: Capacity
  readonly does: (now: Instant) => MovementAct
}
const doing: fc.Arbitrary<Step['does']> = fc.oneof(
  fc.tuple(place, who, fc.constantFrom('elected', 'appointed', 'drawn', 'countback')).map(
    ([p, n, how]) =>
      () =>
        ({ kind: 'fill-seat', place: p, person: person(n), how, under: own }) as const,
  ),
  fc.tuple(place, who).map(
    ([p, n]) =>
      () =>
        ({ kind: 'fill-seat', place: p, person: person(n), how: p.id === 'panel' ? 'drawn' : 'elected', under: own }) as const,
  ),
  place.map((p) => () => ({ kind: 'leave-seat', place: p }) as const),
  fc.tuple(place, who).map(
    ([p, n]) =>
      () =>
        ({ kind: 'remove-holder', place: p, person: person(n), under: own }) as const,
  ),
  fc.tuple(place, who).map(
    ([p, n]) =>
      () =>
        ({ kind: 'cease', place: p, person: person(n), why: 'died' }) as const,
  ),
  fc.tuple(place, who).map(
    ([p, n]) =>
      () =>
        ({ kind: 'act-for', place: p, person: person(n), under: own }) as const,
  ),
  fc.constant(() => ({ kind: 'attest', fact: 'emergency', form: 'statement', evidence: print(1) }) as const),
  fc.constant(() => ({ kind: 'challenge-fact', fact: 'emergency' }) as const),
  fc
    .constantFrom('stands' as const, 'falls' as const)
    .map((outcome) => () => ({ kind: 'answer-fact', fact: 'emergency', outcome, under: own }) as const),
  fc.constant(() => ({ kind: 'declare-emergency', under: own }) as const),
  fc.constant(() => ({ kind: 'ratify-emergency', under: own }) as const),
  fc.tuple(fc.integer({ min: 1, max: 3 }), length).map(
    ([n, days]) =>
      (now: Instant) =>
        ({
          kind: 'call-meeting',
          meeting: `m${n}`,
          body: 'committee',
          group: null,
          at: later(now, days * day),
          items: ['x'],
          under: own,
        }) as const,
  ),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 13 })).map(
    ([n, present]) =>
      () =>
        ({
          kind: 'open-meeting',
          meeting: `m${n}`,
          chair: person(1),
          persons: Array.from({ length: present }, (_, i) => person(i + 1)),
          present,
          proxies: 0,
        }) as const,
  ),
  fc.tuple(fc.integer({ min: 1, max: 3 }), who, who).map(
    ([n, a, b]) =>
      () =>
        ({
          kind: 'resolve',
          meeting: `m${n}`,
          item: 'x',
          way: 'hands',
          for: a,
          against: b - 1,
          abstain: 0,
          casting: null,
        }) as const,
  ),
  fc.tuple(who, fc.option(length)).map(
    ([n, days]) =>
      (now: Instant) =>
        ({
          kind: 'sanction',
          sanction: `s${n}`,
          person: person(n),
          power: 'suspend',
          code: null,
          until: days === null ? null : later(now, days * day),
          under: own,
        }) as const,
  ),
  who.map(
    (n) => () => ({ kind: 'appeal', appeal: `a${n}`, rule: 'appeal', against: { kind: 'sanction', sanction: `s${n}` } }) as const,
  ),
  fc.tuple(who, length).map(
    ([n, days]) =>
      (now: Instant) =>
        ({
          kind: 'record-order',
          order: `o${n}`,
          from: 'court',
          does: 'forbid',
          target: { kind: 'power', power: 'spend' },
          form: 'document',
          document: print(n),
          until: later(now, days * day),
        }) as const,
  ),
  who.map((n) => () => ({ kind: 'lift-order', order: `o${n}`, document: print(n) }) as const),
  fc.tuple(who, length).map(
    ([n, days]) =>
      (now: Instant) =>
        ({
          kind: 'delegate',
          delegation: `d${n}`,
          power: 'admit',
          to: 'office panel-clerk',
          until: later(now, days * day),
          under: own,
        }) as const,
  ),
  who.map((n) => () => ({ kind: 'declare-interest', item: 'x', interest: n > 3 ? 'family' : 'candidate' }) as const),
  fc
    .constantFrom('barry', 'penarth')
    .map((group) => () => ({ kind: 'recognise-group', group, body: 'group', under: own }) as const),
  fc.constantFrom('barry', 'penarth', 'vale').map((group) => () => ({ kind: 'derecognise-group', group, under: own }) as const),
  fc.tuple(who, fc.boolean()).map(
    ([n, conflicted]) =>
      () =>
        ({ kind: 'rule-on-interest', item: 'x', person: person(n), interest: 'family', conflicted }) as const,
  ),
  fc.constant(() => ({ kind: 'report-outage', channel: 'email' }) as const),
  fc.constant(() => ({ kind: 'add-items', meeting: 'm1', items: ['y'] }) as const),
  fc.constant(() => ({ kind: 'count-present', meeting: 'm1', persons: [], present: 0, proxies: 0 }) as const),
  length.map((days) => (now: Instant) => ({ kind: 'adjourn-meeting', meeting: 'm1', to: later(now, days * day) }) as const),
  fc.constant(() => ({ kind: 'close-meeting', meeting: 'm1' }) as const),
  fc.constant(() => ({ kind: 'draw-panel', appeal: 'a1', pool, conflicted: [] }) as const),
  fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })).map(
    ([allowed, dismissed]) =>
      () =>
        ({ kind: 'decide-appeal', appeal: 'a1', allowed, dismissed }) as const,
  ),
  fc.constant(() => ({ kind: 'merge-groups', groups: ['barry', 'penarth'], into: 'vale', under: own }) as const),
)
const capacities: readonly Capacity[] = [
  'rule',
  'body committee',
  'body panel',
  'office chair',
  'office registrar',
  'office panel-clerk',
  'electorate members',
]
const gap = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 3 * hour }),
  fc.integer({ min: 0, max: 40 * day }),
  fc.integer({ min: 0, max: 900 * day }),
)
const step: fc.Arbitrary<Step> = fc.record({
  after: gap,
  late: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 10 * day })),
  by: who,
  as: fc.constantFrom(...capacities),
  does: doing,
})

/** Facts that are all in favour of whatever is tried. */
function factsFor(does: MovementAct, now: Instant): readonly Fact[] {
  const facts = [
    proven('resolution', 'panel', { for: 5, against: 0, present: 5 }, now),
    proven('body-size', 'committee', 3, now, 'register'),
    ...['panel-clerk', 'registrar', 'chair', 'returning-officer'].map((o) => proven('holds-office', o, true, now, 'register')),
    proven('eligible', 'members', true, now, 'roll'),
  ]
  if (does.kind === 'report-outage')
    facts.push(proven('outage', 'email', { from: now - 4 * hour, until: now }, now, 'attestation'))
  if (does.kind === 'draw-panel') facts.push(proven('seed', does.appeal, { seed: `${String(now)} drawn` }, now, 'attestation'))
  if (!('place' in does)) return facts
  const key = seatKey(does.place)
  const named =
    'person' in does ? ['elected', 'drawn', 'countback'].map((name) => proven(name, key, { person: does.person }, now)) : []
  return [...facts, ...named, proven('died', key, true, now), proven('nobody-left', key, true, now)]
}

/** Each act is tried in every capacity until one is allowed, so that histories get somewhere. */
function tried(
  state: State,
  facts: readonly Fact[],
  act: Omit<Act, 'as' | 'by'> & { readonly does: MovementAct },
  first: Capacity,
  by: number,
) {
  for (const as of [first, ...capacities]) {
    const answer = decide(editions, state, facts, { ...act, by: as === 'rule' ? 'rule' : person(by), as } as Act)
    if (answer.kind === 'permitted') return answer
  }
  return null
}

/** While a meeting is open, acts that are common enough elsewhere become its steps. */
function inMeeting(does: MovementAct, meeting: string, persons: readonly Pseudonym[]): MovementAct | null {
  switch (does.kind) {
    case 'adjourn-meeting':
    case 'close-meeting':
      return { ...does, meeting }
    case 'attest':
    case 'answer-fact':
    case 'lift-order':
    case 'count-present':
      return { kind: 'count-present', meeting, persons, present: persons.length, proxies: 0 }
    case 'challenge-fact':
    case 'rule-on-interest':
    case 'resolve':
      return { kind: 'resolve', meeting, item: 'x', way: 'hands', for: 1, against: 0, abstain: 0, casting: null }
    case 'report-outage':
      return { kind: 'close-meeting', meeting }
    default:
      return null
  }
}

/** What random numbers would rarely hit: who sits is there when a meeting opens, at its hour; the one who sits longest acts. */
function helped(state: State, does: MovementAct, now: Instant): { readonly does: MovementAct; readonly now: Instant } {
  const m = state.movement ?? emptyMovement
  const seats = valuesOf(m.seats.byKey).filter((s) => s.place.id === 'committee')
  const persons = seats.flatMap((s) => s.holders.map((t) => t.person))
  if (does.kind === 'open-meeting') {
    const meeting = valuesOf(m.meetings.byId).find((x) => x.state === 'called' && x.at > now)
    const opened = {
      ...does,
      meeting: meeting?.id ?? does.meeting,
      persons,
      present: persons.length,
      chair: persons[0] ?? does.chair,
    }
    return { does: opened, now: meeting?.at ?? now }
  }
  const running = valuesOf(m.meetings.byId).find((x) => x.state === 'open')
  const step = running === undefined ? null : inMeeting(does, running.id, persons)
  if (step !== null) return { does: step, now }
  const called = valuesOf(m.meetings.byId).find((x) => x.state === 'called')
  if (called !== undefined && does.kind === 'add-items') return { does: { ...does, meeting: called.id }, now }
  const open = valuesOf(m.appeals.byId).find((x) => x.outcome === null)
  if (open !== undefined && does.kind === 'decide-appeal') return { does: { ...does, appeal: open.id }, now }
  if (
    open?.panel.length === 0 &&
    ['draw-panel', 'delegate', 'merge-groups', 'recognise-group', 'derecognise-group'].includes(does.kind)
  )
    return { does: { kind: 'draw-panel', appeal: open.id, pool, conflicted: [] }, now }
  const weighing = valuesOf(m.sanctions.byId).find((x) => x.endedAt === null)
  if (does.kind === 'appeal' && weighing !== undefined) {
    const { id } = weighing
    return { does: { ...does, appeal: `a${id.slice(1)}`, against: { kind: 'sanction', sanction: id } }, now }
  }
  const eldest = seats.flatMap((s) => (s.place.seat === 'ordinary' ? s.holders : [])).toSorted((a, b) => a.from - b.from)[0]
  if (does.kind === 'act-for' && eldest !== undefined)
    return { does: { ...does, place: post('chair'), person: eldest.person }, now }
  return { does, now }
}

const numberOf = (who: string): number | null => [...Array(40).keys()].find((n) => person(n) === who) ?? null
/** Who alone may: the person a sanction is against appeals, one of the panel answers, whoever presides adjourns and closes. */
function actorOf(state: State, does: MovementAct): number | null {
  const m = state.movement ?? emptyMovement
  if (does.kind === 'appeal') return Number(does.appeal.slice(1))
  if (does.kind === 'decide-appeal') return numberOf(rowOf(m.appeals.byId, does.appeal)?.panel[0] ?? '')
  if (does.kind === 'adjourn-meeting' || does.kind === 'close-meeting')
    return numberOf(rowOf(m.meetings.byId, does.meeting)?.chair ?? '')
  return null
}

function play(steps: readonly Step[], seen: (events: readonly Event[], after: State, now: Instant) => void): readonly Event[] {
  let state: State = emptyState
  let now = start
  const all: Event[] = []
  // Two members of the committee to begin with, else few histories would see a meeting open.
  for (const n of [1, 2]) {
    const does: MovementAct = {
      kind: 'fill-seat',
      place: seatIn('committee', 'ordinary', n),
      person: person(n),
      how: 'elected',
      under: own,
    }
    const act = { decision: movementDecision, occurredAt: now, recordedAt: now, kind: 'movement', does } as const
    const events = tried(state, factsFor(does, now), act, 'rule', 1)?.events ?? []
    state = events.reduce(evolve, state)
    all.push(...events)
  }
  for (const { after, late, by, as, does } of steps) {
    now = later(now, after)
    const occurredAt = later(now, -Math.min(late, now - start))
    const help = helped(state, does(occurredAt), now)
    const isHelped = help.now !== now
    now = help.now
    const when = isHelped ? now : occurredAt
    const act = { decision: movementDecision, occurredAt: when, recordedAt: now, kind: 'movement', does: help.does } as const
    const actor = actorOf(state, act.does) ?? by
    const answer = tried(state, factsFor(act.does, when), act, as, actor)
    if (answer === null) continue
    const events = [...answer.deemed, ...answer.events]
    state = events.reduce(evolve, state)
    all.push(...events)
    seen(events, state, now)
  }
  return all
}

/** Everything that has an end has not passed it. */
function nothingOutlives(state: State, now: Instant): void {
  const m = state.movement ?? emptyMovement
  for (const seat of valuesOf(m.seats.byKey)) {
    expect(seat.holders.length).toBeLessThanOrEqual(1)
    for (const t of seat.holders) if (t.leavesAt !== null) expect(t.leavesAt).toBeGreaterThan(now)
    const tenures = [...seat.past, ...seat.holders]
    for (const [i, t] of tenures.entries()) {
      const next = tenures[i + 1]
      if (next !== undefined) expect(t.left?.at ?? Infinity).toBeLessThanOrEqual(next.from)
      if (t.left !== null) expect(t.left.at).toBeGreaterThanOrEqual(t.from)
    }
  }
  for (const s of valuesOf(m.facts.byFact))
    if (s.state === 'stands' && s.expiresAt !== null) expect(s.expiresAt).toBeGreaterThan(now)
  const { last } = m.emergencies
  if (last !== null && last.endedAt === null) expect(last.lapsesAt).toBeGreaterThan(now)
  if (last?.endedAt != null) expect(last.endedAt).toBeLessThanOrEqual(last.lapsesAt)
  for (const a of valuesOf(m.appeals.byId)) if (a.outcome === null) expect(a.decideBy).toBeGreaterThan(now)
  for (const o of valuesOf(m.orders.byId)) if (o.endedAt === null && o.until !== null) expect(o.until).toBeGreaterThan(now)
  for (const s of valuesOf(m.sanctions.byId)) if (s.endedAt === null && s.until !== null) expect(s.until).toBeGreaterThan(now)
  for (const d of valuesOf(m.delegations.byId)) if (d.endedAt === null) expect(d.until).toBeGreaterThan(now)
  for (const x of valuesOf(m.meetings.byId))
    if (x.state === 'called' && x.waitsUntil !== null) expect(x.waitsUntil).toBeGreaterThan(now)
  const filled = valuesOf(m.seats.byKey).filter((s) => s.holders.length > 0).length
  expect(valuesOf(m.seats.filled).reduce((a, b) => a + b, 0)).toBe(filled)
  expect(valuesOf(m.seats.heldBy).reduce((sum, keys) => sum + keys.length, 0)).toBe(filled)
}

/** Every kind of event: null where these histories must reach it, else what does. */
const kindsOfEvent: Readonly<Record<MovementEvent['kind'], string | null>> = {
  'seat-filled': null,
  'seat-left': null,
  'vacancy-overdue': null,
  'acting-began': null,
  'substitute-named': 'a seat whose holder may name one: body keys',
  'meeting-called': null,
  'items-added': null,
  'meeting-opened': null,
  'present-counted': null,
  resolved: null,
  'meeting-adjourned': null,
  'meeting-closed': null,
  'meeting-lapsed': null,
  'meeting-postponed': 'a measure of an emergency: matters',
  'group-recognised': null,
  'group-ended': null,
  'groups-merged': null,
  'standing-order-set': 'a meeting of a group: meetings',
  'fact-attested': null,
  'fact-challenged': null,
  'fact-answered': null,
  'fact-expired': null,
  'order-recorded': null,
  'order-ended': null,
  'review-listed': 'an appointment that is quashed: body keys',
  'emergency-declared': null,
  'emergency-ratified': 'a meeting that ratifies: matters',
  'emergency-ended': null,
  'interest-noted': null,
  'interest-cleared': null,
  sanctioned: null,
  'sanction-ended': null,
  appealed: null,
  'panel-drawn': null,
  'appeal-decided': null,
  delegated: null,
  'delegation-ended': null,
  'outage-recorded': null,
  'founding-noticed': 'the beginning: genesis',
  'founding-frozen': 'the beginning: genesis',
  'founding-closed': 'the beginning: genesis',
  founded: 'the beginning: genesis',
  'founding-failed': 'the beginning: genesis',
  dissolved: 'the end: matters',
}

describe('laws of what outlives decisions', () => {
  it(
    `holds on ${runs} random histories: one holder a seat, no terms that overlap, nothing past its end, every event with its clause, replay the same`,
    () => {
      const reached = new Set<string>()
      const told = { histories: 0, 'acts permitted': 0, events: 0 }
      fc.assert(
        fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
          let last = 0
          const all = play(steps, (events, after, now) => {
            told['acts permitted']++
            nothingOutlives(after, now)
            expect(due(editions, after, now)).toEqual([])
            for (const event of events) {
              const cited = event.clause.split('@')[0] ?? ''
              expect(rules.clauses.has(clause(cited))).toBe(true)
              expect(event.decision === movementDecision && event.kind === 'movement').toBe(true)
              expect(event.occurredAt).toBeLessThanOrEqual(event.recordedAt)
              expect(event.recordedAt).toBeGreaterThanOrEqual(last)
              last = event.recordedAt
              if (event.kind === 'movement') reached.add(event.did.kind)
            }
          })
          const once = all.reduce(evolve, emptyState)
          expect(JSON.parse(JSON.stringify(once))).toEqual(once)
          expect(all.reduce((s, e) => evolve(s, JSON.parse(JSON.stringify(e)) as Event), emptyState)).toEqual(once)
          expect(all.map((e) => e.id)).toEqual(all.map((_, i) => `0/${i + 1}`))
          // What an event relies on has happened before it.
          const ids = new Set<string>()
          for (const event of all) {
            if (event.kind === 'movement') for (const id of event.relies) expect(ids.has(id)).toBe(true)
            ids.add(event.id)
          }
          told.histories++
          told.events += all.length
        }),
        // One seed beside the other tests, as with random procedures; the nightly run draws its own.
        { numRuns: runs, ...seeded },
      )
      asked('histories of what outlives decisions', runs, told)
      // A law that never meets a thing proves nothing about it.
      console.info(`kinds of event reached: ${[...reached].toSorted().join(', ')}`)
      const missed = Object.entries(kindsOfEvent).flatMap(([kind, elsewhere]) =>
        elsewhere === null && !reached.has(kind) ? [kind] : [],
      )
      if (howOften >= 1) expect(missed).toEqual([])
    },
    timeAllowed(300_000),
  )

  it('an act that belongs to the movement never touches a decision it does not name', () => {
    const state: State = { ...emptyState, decisions: {} }
    const answer = decide(
      editions,
      state,
      factsFor({ kind: 'attest', fact: 'emergency', form: 'statement', evidence: print(1) }, start),
      {
        decision: decision(3),
        by: person(1),
        as: 'office chair',
        occurredAt: start,
        recordedAt: start,
        kind: 'movement',
        does: { kind: 'attest', fact: 'emergency', form: 'statement', evidence: print(1) },
      },
    )
    expect(answer.kind === 'permitted' ? answer.events.map((e) => e.decision) : []).toEqual([movementDecision])
  })
})

describe('laws of standing', () => {
  const instants = fc.integer({ min: at('2025-01-01'), max: at('2027-12-31') }).map((ms) => ms as Instant)
  const said: fc.Arbitrary<Said> = fc.oneof(
    fc.record({
      kind: fc.constant('standing' as const),
      state: fc.constantFrom('applicant', 'active', 'lapsed', 'suspended', 'resigned', 'excluded', 'deceased', 'nowhere'),
      until: fc.option(instants),
      clause: fc.constant(null),
    }),
    fc.record({
      kind: fc.constant('paid' as const),
      until: fc.constantFrom('2025-06-30', '2026-01-31', '2027-01-31').map((d) => d as never),
    }),
    fc.record({ kind: fc.constant('class' as const), class: fc.constant('member'), until: fc.option(instants) }),
  )
  const histories = fc.array(
    fc.record({ at: instants, knownAt: instants, by: fc.constant('registrar'), evidence: fc.constant(print(1)), said }),
    { maxLength: 12 },
  )
  const states = ['applicant', 'active', 'lapsed', 'suspended', 'resigned', 'excluded', 'deceased']

  it('there is exactly one, with a clause, whatever the history and the two times', () => {
    fc.assert(
      fc.property(histories, instants, instants, (history: HistoryEntry[], validAt, knownAt) => {
        const one = standing(rules, history, validAt, knownAt)
        expect(states).toContain(one.state)
        expect(one.clause).toBe('2.1@1')
        expect(one.since ?? 0).toBeLessThanOrEqual(validAt)
        // The order in which entries are kept changes nothing, but for entries of the very same instants.
        const distinct = new Set(history.map((e) => `${e.at}/${e.knownAt}`)).size === history.length
        if (distinct) expect(standing(rules, history.toReversed(), validAt, knownAt)).toEqual(one)
      }),
      { numRuns: runs },
    )
  })

  it('what is written down later changes nothing that was known before', () => {
    fc.assert(
      fc.property(histories, histories, instants, instants, (history, more, validAt, knownAt) => {
        const later_ = more.map((e) => ({ ...e, knownAt: later(knownAt, 1 + Math.abs(e.knownAt - knownAt)) }))
        expect(standing(rules, [...history, ...later_], validAt, knownAt)).toEqual(standing(rules, history, validAt, knownAt))
      }),
      { numRuns: runs },
    )
  })
})
