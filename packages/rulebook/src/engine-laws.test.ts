import fc from 'fast-check'
import type { Instant } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import {
  at,
  clause,
  day,
  decision,
  edition,
  editionsOf,
  fact,
  hour,
  lanternText,
  later,
  parsed,
  person,
  print,
} from '../test/lantern.ts'
import { asked, timeAllowed } from '../test/how-often.ts'
import {
  changesOf,
  decide,
  due,
  emptyState,
  evolve,
  fingerprintOf,
  lawful,
  resultingText,
  timeline,
  waiting,
  type Act,
  type ActBody,
  type Capacity,
  type Event,
  type Fact,
  type State,
} from './index.ts'

// Two signatures are enough here, so that random histories get as far as the ballot; all else is Lantern.
const text = lanternText.replace('at least 60 people', 'at least 2 people')
const small = parsed(text)
const editions = editionsOf(small)
const change = [
  { clause: clause('5.2'), after: (small.clauses.get(clause('5.2'))?.source ?? '').replace('until challenge upheld', 'always') },
]
const result = resultingText(text, edition(1), change, at('2026-01-01'))
const nextText = result.text ?? ''
const proposal: ActBody = {
  kind: 'propose',
  power: 'amend-rulebook',
  form: 'diff',
  document: print(1),
  changes: changesOf(text, change),
}
const runs = 1000
const start = at('2026-03-20 09:00')

/** Facts that are all in favour, with the roll as of whatever the rule asks. */
function factsFor(state: State, now: Instant): readonly Fact[] {
  const box = state.decisions[1]?.stages['ballot']?.box
  const asOf = waiting(editions, state, now).find((w) => w.kind === 'freeze')?.asOf ?? now
  const voters = box?.voters.size ?? 0
  return [
    fact('eligible', 'members', true, now, 'roll'),
    fact('holds-office', 'returning-officer', true, now),
    fact('holds-office', 'panel-clerk', true, now),
    fact('resolution', 'panel', { for: 1, against: 4 }, now),
    fact('notice', null, { served: 20, of: 20 }, now, 'post'),
    { ...fact('roll', 'members', { size: 20, root: 'ab' }, asOf, 'roll'), knownAt: now },
    fact('setup', null, { fingerprint: print(3) }, now),
    fact('tally', null, { for: voters, against: 0, blank: 0, cast: voters, valid: voters }, now, 'tally'),
    fact('signers', 'members', 60, now),
    result.fact,
  ]
}

type Step = { readonly after: number; readonly who: number; readonly as: Capacity; readonly body: ActBody }
const capacity = fc.constantFrom<Capacity>(
  'rule',
  'electorate members',
  'office returning-officer',
  'office panel-clerk',
  'body panel',
  'body committee',
)
const gap = fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: 0, max: 3 * hour }), fc.integer({ min: 0, max: 16 * day }))
const ownBody = fc.constantFrom<ActBody>(
  proposal,
  { kind: 'sign' },
  { kind: 'sign' },
  { kind: 'withdraw' },
  { kind: 'check', outcome: 'passed', ground: null },
  { kind: 'check', outcome: 'refused', ground: 'breaks 5.1' },
  { kind: 'consider', outcome: 'agreed' },
  { kind: 'notify' },
  { kind: 'freeze' },
  { kind: 'open' },
  { kind: 'cast', ballot: print(4) },
  { kind: 'cast', ballot: print(5) },
  { kind: 'declare' },
  { kind: 'certify' },
  { kind: 'challenge', ground: 'roll', document: print(6) },
  { kind: 'answer-challenge', outcome: 'dismissed' },
  { kind: 'enact', text: fingerprintOf(nextText) },
  { kind: 'exercise', power: 'amend-rulebook', document: print(1), effectAt: start, vote: { for: 9, against: 0 } },
)
const step: fc.Arbitrary<Step> = fc.record({ after: gap, who: fc.integer({ min: 1, max: 5 }), as: capacity, body: ownBody })
/** Four of five steps are what the decision waits for, so that histories get somewhere. */
const history = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 9 }).map((n) => n > 1),
    step,
  ),
  { minLength: 5, maxLength: 40 },
)

const rightful: { readonly [K in ActBody['kind']]?: Capacity } = {
  propose: 'electorate members',
  sign: 'electorate members',
  withdraw: 'electorate members',
  check: 'office returning-officer',
  consider: 'body committee',
  notify: 'rule',
  freeze: 'rule',
  schedule: 'office returning-officer',
  open: 'rule',
  cast: 'electorate members',
  declare: 'rule',
  certify: 'office returning-officer',
  challenge: 'electorate members',
  'answer-challenge': 'body panel',
  enact: 'rule',
  tick: 'rule',
  exercise: 'body committee',
  movement: 'rule',
}

function wanted(state: State, now: Instant): ActBody | null {
  const waits = waiting(editions, state, now)[0]?.kind
  if (waits === 'enact') return { kind: 'enact', text: fingerprintOf(nextText) }
  if (waits !== undefined) return { kind: waits }
  const open = timeline(editions, state, decision(1), now).find((v) => v.state === 'now')
  if (state.decisions[1] === undefined) return proposal
  if (open?.kind === 'check') return { kind: 'check', outcome: 'passed', ground: null }
  if (open?.kind === 'ballot')
    return state.decisions[1].stages['ballot']?.box.opensAt == null
      ? { kind: 'schedule', opensAt: now }
      : { kind: 'cast', ballot: print(8) }
  return open?.kind === 'support' ? { kind: 'sign' } : open?.kind === 'certify' ? { kind: 'certify' } : null
}

/** Plays a history; every permitted act moves the state on. Calls `seen` after each. */
function play(
  steps: readonly (readonly [boolean, Step])[],
  seen: (before: State, events: readonly Event[], after: State, act: Act) => void,
): readonly Event[] {
  let state = emptyState
  let now = start
  const all: Event[] = []
  for (const [helpful, s] of steps) {
    now = later(now, s.after)
    const body = helpful ? (wanted(state, now) ?? s.body) : s.body
    const as = helpful ? (rightful[body.kind] ?? s.as) : s.as
    const by = as === 'rule' ? 'rule' : person(s.who)
    const act = { decision: decision(1), by, as, occurredAt: now, recordedAt: now, ...body } as Act
    const answer = decide(editions, state, factsFor(state, now), act)
    if (answer.kind === 'refusal') continue
    const events = [...answer.deemed, ...answer.events]
    const after = events.reduce(evolve, state)
    seen(state, events, after, act)
    state = after
    all.push(...events)
  }
  return all
}

describe('laws of the engine over random histories', () => {
  it(
    `holds on ${runs} histories: evolve is total, replay is equal, every event has a granting clause, time only goes on`,
    () => {
      const reached = new Set<string>()
      const told = { histories: 0, 'acts permitted': 0, events: 0 }
      fc.assert(
        fc.property(history, (steps) => {
          let last = 0
          const all = play(steps, (_before, events, after, act) => {
            told['acts permitted']++
            for (const event of events) {
              const cited = event.clause.split('@')[0] ?? ''
              expect(small.clauses.has(clause(cited))).toBe(true)
              expect(small.provisions.some((p) => p.clause === cited)).toBe(true)
              expect(event.occurredAt).toBeLessThanOrEqual(event.recordedAt)
              expect(event.recordedAt).toBeGreaterThanOrEqual(last)
              last = event.recordedAt
              reached.add(event.kind)
            }
            expect(after.decisions[1]?.events).toBe(Number(events.at(-1)?.id.split('/')[1]))
            expect(due(editions, after, act.recordedAt)).toEqual([])
            expect(JSON.parse(JSON.stringify(after))).toEqual(after)
          })
          expect(all.reduce(evolve, emptyState)).toEqual(
            [...all].reduce((s, e) => evolve(s, JSON.parse(JSON.stringify(e)) as Event), emptyState),
          )
          expect(new Set(all.map((e) => e.id)).size).toBe(all.length)
          told.histories++
          told.events += all.length
        }),
        { numRuns: runs },
      )
      asked('histories over Lantern', runs, told)
      // A law that never meets an opened ballot proves nothing about it.
      for (const kind of ['signed', 'supported', 'checked', 'noticed', 'frozen', 'scheduled', 'opened', 'cast', 'closed'])
        expect([...reached]).toContain(kind)
    },
    timeAllowed(120_000),
  )

  it(
    'gives earliest dates that are lawful when acted on, and refused a millisecond earlier',
    () => {
      fc.assert(
        fc.property(fc.integer({ min: at('2026-01-01'), max: at('2028-12-31') }), (ms) => {
          const from = ms as Instant
          const [way] = lawful(editions, emptyState, 'amend-rulebook', 'electorate members', from, [])
          const earliest = way?.earliest ?? from
          expect(enactedAt(from, earliest)).toBe('enacted')
          expect(enactedAt(from, later(earliest, -1))).toBe('refused')
        }),
        { numRuns: Math.min(60, runs) },
      )
    },
    timeAllowed(120_000),
  )
})

/** Everyone acts at the first lawful instant, found from the timeline; then enactment is tried at `when`. */
function enactedAt(from: Instant, when: Instant): 'enacted' | 'refused' {
  let state = emptyState
  let now = from
  const act = (as: Capacity, who: number, body: ActBody): boolean => {
    const full = {
      decision: decision(1),
      by: as === 'rule' ? 'rule' : person(who),
      as,
      occurredAt: now,
      recordedAt: now,
      ...body,
    } as Act
    const answer = decide(editions, state, factsFor(state, now), full)
    if (answer.kind === 'permitted') state = [...answer.deemed, ...answer.events].reduce(evolve, state)
    return answer.kind === 'permitted'
  }
  const go = (stage: string, edge: 'startsAt' | 'endsAt'): void => {
    const view = timeline(editions, state, decision(1), now).find((v) => v.id === stage)
    now = view?.earliest?.[edge] ?? now
  }
  act('electorate members', 1, proposal)
  for (let n = 1; n <= 2; n++) act('electorate members', n, { kind: 'sign' })
  act('office returning-officer', 90, { kind: 'check', outcome: 'passed', ground: null })
  act('rule', 0, { kind: 'notify' })
  go('freeze', 'startsAt')
  act('rule', 0, { kind: 'freeze' })
  act('office returning-officer', 90, { kind: 'schedule', opensAt: now })
  act('rule', 0, { kind: 'open' })
  for (let n = 1; n <= 5; n++) act('electorate members', n, { kind: 'cast', ballot: print(n) })
  go('ballot', 'endsAt')
  act('rule', 0, { kind: 'declare' })
  act('office returning-officer', 90, { kind: 'certify' })
  act('office returning-officer', 91, { kind: 'certify' })
  now = when
  return act('rule', 0, { kind: 'enact', text: fingerprintOf(nextText) }) ? 'enacted' : 'refused'
}

describe('a decision and the edition of its notice', () => {
  it('goes on under the edition of its notice when another comes into force', () => {
    const softer = parsed(text.replace('at least 2 people', 'at least 3 people'), 2)
    const both = {
      byNumber: new Map([
        [small.edition, small],
        [softer.edition, softer],
      ]),
      inForce: softer.edition,
    }
    let state = emptyState
    const tryAct = (set: typeof editions, now: Instant, as: Capacity, who: number, body: ActBody) => {
      const answer = decide(set, state, factsFor(state, now), {
        decision: decision(1),
        by: as === 'rule' ? 'rule' : person(who),
        as,
        occurredAt: now,
        recordedAt: now,
        ...body,
      })
      if (answer.kind === 'permitted') state = [...answer.deemed, ...answer.events].reduce(evolve, state)
      return answer
    }
    tryAct(editions, start, 'electorate members', 1, proposal)
    for (let n = 1; n < 3; n++) tryAct(both, start, 'electorate members', n, { kind: 'sign' })
    // Before notice the edition in force applies: 2 signatures were enough, 3 are asked now.
    expect(tryAct(both, start, 'electorate members', 3, { kind: 'sign' })).toMatchObject({
      kind: 'permitted',
      events: [{ edition: 2 }, { kind: 'supported', clause: '4.2@2' }],
    })
    tryAct(both, start, 'office returning-officer', 90, { kind: 'check', outcome: 'passed', ground: null })
    expect(tryAct(both, start, 'rule', 0, { kind: 'notify' })).toMatchObject({ kind: 'permitted', events: [{ edition: 2 }] })
    expect(state.decisions[1]?.noticedUnder).toBe(2)
    const back = { ...both, inForce: small.edition }
    expect(waiting(back, state, at('2026-05-01'))).toMatchObject([{ kind: 'freeze', clause: '4.2@2' }])
  })
})
