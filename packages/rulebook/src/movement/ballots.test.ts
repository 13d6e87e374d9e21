import type { Instant } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import type { Act, ActBody, Capacity, Fact } from '../act.ts'
import {
  at,
  clause,
  codes,
  day,
  decision,
  edition,
  eligible,
  fact,
  holds,
  hour,
  isRefusal,
  lanternText,
  later,
  officer,
  parsed,
  person,
  print,
} from '../../test/lantern.ts'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { changedText, happened, proven, resolvedBy, seated, seatIn, type MovementStory } from '../../test/movement.ts'
import { changesOf, resultingText } from '../decision/amendment.ts'
import { reliedOn } from './reliance.ts'

everyActWithOneThingWrong()

// What stands outside a decision and reaches into it: courts, emergencies, outages.
const id = decision(1)
const start = at('2026-03-01 12:00')
const proposed = at('2026-03-20 09:00')

function actOn(story: MovementStory, by: Act['by'], as: Capacity, when: Instant, body: ActBody, ...facts: readonly Fact[]) {
  const answer = tryOn(story, by, as, when, body, ...facts)
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer.routes, null, 1))
  return answer
}
const tryOn = (story: MovementStory, by: Act['by'], as: Capacity, when: Instant, body: ActBody, ...facts: readonly Fact[]) =>
  story.decideOn({ decision: id, by, as, occurredAt: when, recordedAt: when, ...body }, ...facts)

const small = changedText(lanternText, ['need: at least 60 people', 'need: at least 1 people'])
const change = [
  {
    clause: clause('5.2'),
    after: (parsed(small).clauses.get(clause('5.2'))?.source ?? '').replace('until challenge upheld', 'always'),
  },
]
const result = resultingText(small, edition(1), change, proposed)
const proposal: ActBody = {
  kind: 'propose',
  power: 'amend-rulebook',
  form: 'diff',
  document: print(1),
  changes: changesOf(small, change),
}
const frozenAt = at('2026-04-06 10:00')
const opensAt = at('2026-04-10 12:00')

/** Lantern's amendment up to its timetable: voting opens on 10 April at noon for 7 days. */
function scheduled(text = small): MovementStory {
  const story = seated(text, start)
  actOn(story, person(50), 'electorate members', proposed, proposal, eligible(proposed), {
    ...result.fact,
    at: proposed,
    knownAt: proposed,
  })
  actOn(
    story,
    person(51),
    'electorate members',
    proposed,
    { kind: 'sign' },
    eligible(proposed),
    fact('signers', 'members', 0, proposed),
  )
  actOn(story, person(90), officer, proposed, { kind: 'check', outcome: 'passed', ground: null }, holds(proposed))
  actOn(story, 'rule', 'rule', proposed, { kind: 'notify' }, fact('notice', null, { served: 20, of: 20 }, proposed, 'post'))
  const roll = { ...fact('roll', 'members', { size: 20, root: 'ab' }, proposed, 'roll'), knownAt: frozenAt }
  actOn(story, 'rule', 'rule', frozenAt, { kind: 'freeze' }, roll)
  actOn(story, person(90), officer, frozenAt, { kind: 'schedule', opensAt }, holds(frozenAt))
  return story
}
const box = (story: MovementStory) => story.state().decisions[1]?.stages['ballot']?.box
const setup = (when: Instant) => fact('setup', null, { fingerprint: print(3) }, when)
const chair = (when: Instant) => proven('holds-office', 'chair', true, when, 'register')

describe('an order that stays a decision', () => {
  it('holds every step back until its date, and names the date; what protects people goes on', () => {
    const story = scheduled()
    const until = later(opensAt, 3 * day)
    const order = {
      kind: 'record-order',
      order: 'o1',
      from: 'court',
      does: 'stay',
      target: { kind: 'decision', decision: id },
      form: 'document',
      document: print(8),
      until,
    } as const
    expect(happened(story.act(person(1), 'office chair', later(opensAt, -hour), order, chair(start)))).toEqual(['order-recorded'])
    const held = tryOn(story, 'rule', 'rule', opensAt, { kind: 'open' }, setup(opensAt))
    expect(held).toMatchObject({
      routes: [{ clause: '5.3@1', earliest: until, reasons: [{ code: 'stayed', required: { at: until } }] }],
    })
    expect(codes(tryOn(story, 'rule', 'rule', later(until, -1), { kind: 'open' }, setup(until)))).toEqual(['stayed'])
    expect(isRefusal(tryOn(story, 'rule', 'rule', until, { kind: 'open' }, setup(until)))).toBe(false)
  })

  it('that quashes a running decision ends it, by an event', () => {
    const story = scheduled()
    const order = {
      kind: 'record-order',
      order: 'o1',
      from: 'court',
      does: 'quash',
      target: { kind: 'decision', decision: id },
      form: 'document',
      document: print(8),
      until: null,
    } as const
    const answer = story.act(person(1), 'office chair', opensAt, order, chair(start))
    expect(answer).toMatchObject([{ kind: 'movement' }, { kind: 'ended', decision: 1, outcome: 'fallen', clause: '5.3@1' }])
    expect(codes(tryOn(story, 'rule', 'rule', opensAt, { kind: 'open' }, setup(opensAt)))).toContain('wrong-stage')
  })
})

describe('an emergency', () => {
  it('postpones the opening of a ballot and keeps its period; never its closing', () => {
    const story = scheduled(
      changedText(small, [
        'meets: {every: 3 months, notice: 7 clear days, agenda: 4 clear days, by: chair, or: 4 seated, remote: yes}\n',
        '',
      ]),
    )
    const when = at('2026-04-09 19:00')
    const under = { kind: 'own' } as const
    const vote = proven('resolution', 'committee', { for: 9, against: 0, present: 10 }, when)
    story.act(
      person(1),
      'office chair',
      when,
      { kind: 'attest', fact: 'emergency', form: 'statement', evidence: print(5) },
      chair(start),
    )
    expect(happened(story.act(person(1), 'body committee', when, { kind: 'declare-emergency', under }, vote))).toEqual([
      'emergency-declared',
    ])
    const to = at('2026-04-15 12:00')
    const closing = story.act(
      person(1),
      'body committee',
      when,
      {
        kind: 'postpone',
        what: { kind: 'ballot closing', decision: id },
        to: at('2026-04-19'),
        under,
      },
      vote,
    )
    expect(codes(closing)).toEqual(['no-power'])
    const answer = story.act(
      person(1),
      'body committee',
      when,
      {
        kind: 'postpone',
        what: { kind: 'ballot opening', decision: id },
        to,
        under,
      },
      vote,
    )
    expect(answer).toMatchObject([
      { decision: 1, kind: 'scheduled', clause: '5.4@1', opensAt: to, closesAt: at('2026-04-22 12:00') },
    ])
    expect(codes(tryOn(story, 'rule', 'rule', opensAt, { kind: 'open' }, setup(opensAt)))).toEqual(['too-early'])
    expect(isRefusal(tryOn(story, 'rule', 'rule', to, { kind: 'open' }, setup(to)))).toBe(false)
  })
})

describe('an outage while a ballot is open', () => {
  const open = () => {
    const story = scheduled()
    actOn(story, 'rule', 'rule', opensAt, { kind: 'open' }, setup(opensAt))
    return story
  }
  const report = (story: MovementStory, from: Instant, hours: number) => {
    const until = later(from, hours * hour)
    return story.act(
      'rule',
      'rule',
      until,
      { kind: 'report-outage', channel: 'email' },
      proven('outage', 'email', { from, until }, until, 'post'),
    )
  }

  it('longer than 4 hours gives 24 hours more, at most three times', () => {
    const story = open()
    const closes = at('2026-04-17 12:00')
    expect(box(story)?.closesAt).toBe(closes)
    report(story, later(opensAt, hour), 4)
    expect(box(story)?.closesAt).toBe(closes)
    for (const n of [1, 2, 3, 4]) {
      report(story, later(opensAt, n * day), 5)
      expect(box(story)?.closesAt).toBe(later(closes, Math.min(n, 3) * day))
    }
  })

  it('after the close it opens nothing again', () => {
    const story = open()
    const closes = at('2026-04-17 12:00')
    story.act(
      'rule',
      'rule',
      later(closes, hour),
      { kind: 'report-outage', channel: 'site' },
      proven('outage', 'site', { from: closes, until: later(closes, hour) }, closes, 'post'),
    )
    actOn(story, 'rule', 'rule', later(closes, hour), { kind: 'tick' })
    report(story, later(closes, -2 * hour), 6)
    expect(box(story)?.closesAt).toBe(closes)
    expect(box(story)?.closedAt).toBe(closes)
  })
})

describe('what relied on a quashed event', () => {
  it('is found by walking citations: votes of a meeting, appointments by them, acts of those appointed, the steps of a decision', () => {
    const story = seated(small, start)
    const when = at('2026-04-15 19:00')
    const under = resolvedBy(story, 'm1', 'chair', start, when, [8, 2])
    story.act(person(1), 'body committee', when, {
      kind: 'fill-seat',
      place: { of: 'office', id: 'chair', group: null, seat: '', number: 1 },
      person: person(2),
      how: 'elected',
      under,
    })
    story.act(person(2), 'office chair', later(when, day), {
      kind: 'attest',
      fact: 'emergency',
      form: 'statement',
      evidence: print(5),
    })
    story.act(person(5), 'body committee', later(when, day), { kind: 'leave-seat', place: seatIn('committee', 'ordinary', 5) })
    const called = story.events().find((e) => e.kind === 'movement' && e.did.kind === 'meeting-called')
    const relied = reliedOn(story.events(), called?.id ?? '')
    expect(relied.flatMap((e) => (e.kind === 'movement' ? [e.did.kind] : []))).toEqual([
      'meeting-opened',
      'resolved',
      'seat-filled',
      'fact-attested',
    ])
    expect(reliedOn(story.events(), 'no such event')).toEqual([])
    const whole = scheduled()
    const decided = whole.events().filter((e) => e.decision === 1)
    expect(reliedOn(whole.events(), '1/3')).toEqual(decided.slice(3))
  })
})
