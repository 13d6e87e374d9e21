import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { at, codes, day, decision, edition, hour, isRefusal, lanternText, later, person, print, why } from '../../test/lantern.ts'
import { changedText, happened, movementStory, post, proven, resolvedBy, seated, seatIn } from '../../test/movement.ts'
import { emptyState, evolve, type DecisionState, type Event } from '../index.ts'
import { emergencyAt } from './emergency.ts'
import { factHolds } from './fact.ts'
import { lineageOf, successorOf } from './group.ts'
import { ordersOn } from './order.ts'
import { seatOf, termKey } from './seat.ts'
import { rowOf } from './table.ts'

everyActWithOneThingWrong()

const own = { kind: 'own' } as const
const start = at('2026-03-01 12:00')
const clerk = proven('holds-office', 'panel-clerk', true, start, 'register')
const attest = { kind: 'attest', fact: 'emergency', form: 'statement', evidence: print(5) } as const

describe('a fact only people know', () => {
  it('is stated by those its clause names, and expires', () => {
    const story = movementStory()
    expect(codes(story.act(person(60), 'office registrar', start, attest, clerk))).toEqual(['no-power'])
    expect(codes(story.act(person(60), 'office panel-clerk', start, attest))).toEqual(['missing-fact'])
    expect(happened(story.act(person(60), 'office panel-clerk', start, attest, clerk))).toEqual(['fact-attested'])
    const ends = at('2026-03-22 12:00')
    expect(factHolds(story.movement().facts, 'emergency', later(start, -1))).toBe(false)
    expect(factHolds(story.movement().facts, 'emergency', later(ends, -1))).toBe(true)
    expect(factHolds(story.movement().facts, 'emergency', ends)).toBe(false)
    // A document where the clause asks for one.
    const strict = movementStory(
      changedText(lanternText, [
        'attested-by: [chair, panel-clerk]\nevidence: statement',
        'attested-by: [chair, panel-clerk]\nevidence: document',
      ]),
    )
    expect(codes(strict.act(person(60), 'office panel-clerk', start, attest, clerk))).toEqual(['missing-fact'])
  })

  it('is challenged in its time; silence means what the clause says', () => {
    for (const [timeout, holds] of [
      ['stands', true],
      ['falls', false],
    ] as const) {
      const story = movementStory(
        changedText(lanternText, [
          'challenge: {to: panel, within: 2 days, timeout: stands}',
          `challenge: {to: panel, within: 2 days, timeout: ${timeout}}`,
        ]),
      )
      story.act(person(60), 'office panel-clerk', start, attest, clerk)
      const challenge = { kind: 'challenge-fact', fact: 'emergency' } as const
      expect(codes(story.act(person(3), 'electorate members', later(start, 3 * day), challenge))).toEqual(['too-late'])
      expect(happened(story.act(person(3), 'electorate members', later(start, day), challenge))).toEqual(['fact-challenged'])
      expect(codes(story.act(person(4), 'electorate members', later(start, day), challenge))).toEqual(['already-done'])
      expect(factHolds(story.movement().facts, 'emergency', later(start, 2 * day))).toBe(true)
      const outage = proven('outage', 'email', { from: start, until: later(start, day) }, start, 'post')
      story.act('rule', 'rule', later(start, 4 * day), { kind: 'report-outage', channel: 'email' }, outage)
      expect(factHolds(story.movement().facts, 'emergency', later(start, 4 * day))).toBe(holds)
    }
  })
})

describe('an emergency', () => {
  const declared = (ratifyTimeout = 'lapses') => {
    const story = seated(
      changedText(lanternText, [
        'ratify: {by: panel, within: 7 days, timeout: lapses}',
        `ratify: {by: panel, within: 7 days, timeout: ${ratifyTimeout}}`,
      ]),
      start,
    )
    const when = at('2026-04-15 19:00')
    const under = resolvedBy(story, 'm1', 'emergency', start, when, [9, 0])
    return { story, when, under }
  }

  it('needs its fact and its vote', () => {
    const { story, when, under } = declared()
    const declare = { kind: 'declare-emergency', under } as const
    expect(codes(story.act(person(1), 'body committee', when, declare))).toEqual(['missing-fact'])
    story.act(person(60), 'office panel-clerk', when, attest, clerk)
    expect(codes(story.act(person(60), 'body panel', when, declare))).toEqual(['no-power'])
    expect(happened(story.act(person(1), 'body committee', when, declare))).toEqual(['emergency-declared'])
    expect(codes(story.act(person(1), 'body committee', when, declare))).toEqual(['already-done'])
    const few = seated(lanternText, start)
    const vote = resolvedBy(few, 'm1', 'emergency', start, when, [7, 3])
    few.act(person(60), 'office panel-clerk', when, attest, clerk)
    // 8 of 12 seats are two thirds.
    expect(codes(few.act(person(1), 'body committee', when, { kind: 'declare-emergency', under: vote }))).toEqual(['not-carried'])
  })

  it('lapses unratified after 7 days, ratified after 21, and not again for 90', () => {
    const { story, when, under } = declared()
    story.act(person(60), 'office panel-clerk', when, attest, clerk)
    story.act(person(1), 'body committee', when, { kind: 'declare-emergency', under })
    expect(emergencyAt(story.movement().emergencies, later(when, 6 * day))).not.toBeNull()
    const tick = story.act(person(60), 'office panel-clerk', later(when, 8 * day), attest, clerk)
    expect(happened(tick)).toEqual(['emergency-ended', 'fact-attested'])
    expect(story.events().at(-2)).toMatchObject({ deemed: true, occurredAt: later(when, 7 * day), did: { why: 'not ratified' } })
    const early = story.act(person(1), 'body committee', later(when, 9 * day), { kind: 'declare-emergency', under })
    expect(why(early)).toMatchObject({ code: 'too-early', required: { at: later(when, 97 * day) } })

    const ratified = declared('stands')
    ratified.story.act(person(60), 'office panel-clerk', when, attest, clerk)
    ratified.story.act(person(1), 'body committee', when, { kind: 'declare-emergency', under: ratified.under })
    expect(emergencyAt(ratified.story.movement().emergencies, later(when, 20 * day))).not.toBeNull()
    expect(emergencyAt(ratified.story.movement().emergencies, later(when, 21 * day))).toBeNull()
  })

  it('may do what its short list says and nothing it never may; nothing outlasts it', () => {
    const { story, when, under } = declared()
    const meeting = {
      kind: 'call-meeting',
      meeting: 'm2',
      body: 'committee',
      group: null,
      at: at('2026-04-25 19:00'),
      items: ['x'],
      under: own,
    } as const
    story.act(person(1), 'office chair', when, meeting)
    const put = (to: typeof when) => ({ kind: 'postpone', what: { kind: 'meeting', meeting: 'm2' }, to, under }) as const
    expect(codes(story.act(person(1), 'body committee', when, put(at('2026-04-30 19:00'))))).toEqual(['wrong-stage'])
    story.act(person(60), 'office panel-clerk', when, attest, clerk)
    story.act(person(1), 'body committee', when, { kind: 'declare-emergency', under })
    expect(codes(story.act(person(1), 'body committee', when, put(at('2026-05-30'))))).toEqual(['too-late'])
    expect(codes(story.act(person(1), 'body committee', when, put(at('2026-04-20'))))).toEqual(['too-early'])
    expect(
      codes(
        story.act(person(1), 'body committee', when, {
          kind: 'postpone',
          what: { kind: 'ballot closing', decision: decision(9) },
          to: at('2026-04-30'),
          under,
        }),
      ),
    ).toEqual(['wrong-stage', 'no-power'])
    expect(happened(story.act(person(1), 'body committee', when, put(at('2026-04-30 19:00'))))).toEqual(['meeting-postponed'])
    expect(rowOf(story.movement().meetings.byId, 'm2')).toMatchObject({
      at: at('2026-04-30 19:00'),
      waitsUntil: at('2026-04-30 19:30'),
    })
  })
})

describe('an order from outside', () => {
  const officer = proven('holds-office', 'chair', true, start, 'register')
  const order = (does: 'stay' | 'quash' | 'forbid' | 'direct', until: typeof start | null = null) =>
    ({
      kind: 'record-order',
      order: 'o1',
      from: 'court',
      does,
      target: { kind: 'power', power: 'spend' },
      form: 'document',
      document: print(8),
      until,
    }) as const
  const spend = (when: typeof start) =>
    ({
      decision: decision(3),
      by: person(1),
      as: 'body committee',
      occurredAt: when,
      recordedAt: when,
      kind: 'exercise',
      power: 'spend',
      document: print(1),
      effectAt: when,
      vote: { for: 8, against: 0 },
    }) as const
  const facts = (when: typeof start) => [
    proven('within-limits', 'spend', true, when, 'attestation'),
    proven('resolution', 'committee', { for: 8, against: 0, present: 8 }, when),
  ]

  it('is recorded by an officer, with its document, as its clause lets it', () => {
    const story = movementStory()
    expect(codes(story.act(person(1), 'electorate members', start, order('forbid')))).toEqual(['not-eligible'])
    expect(codes(story.act(person(1), 'office chair', start, { ...order('forbid'), form: 'statement' }, officer))).toEqual([
      'missing-fact',
    ])
    expect(codes(story.act(person(1), 'office chair', start, { ...order('forbid'), from: 'superior' }, officer))).toEqual([
      'no-power',
    ])
    expect(happened(story.act(person(1), 'office chair', start, order('forbid'), officer))).toEqual(['order-recorded'])
    expect(story.events()[0]?.clause).toBe('5.3@1')
    expect(codes(story.act(person(1), 'office chair', start, order('forbid'), officer))).toEqual(['already-done'])
  })

  it('forbids the use of a power until its date, and no longer', () => {
    const story = movementStory()
    const until = later(start, 10 * day)
    story.act(person(1), 'office chair', start, order('forbid', until), officer)
    const held = story.decideOn(spend(later(until, -1)), ...facts(later(until, -1)))
    expect(held).toMatchObject({ routes: [{ clause: '5.3@1', earliest: until, reasons: [{ code: 'stayed' }] }] })
    expect(isRefusal(story.decideOn(spend(until), ...facts(until)))).toBe(false)
  })

  it('is lifted by another document', () => {
    const story = movementStory()
    story.act(person(1), 'office chair', start, order('forbid'), officer)
    expect(ordersOn(story.movement().orders, { kind: 'power', power: 'spend' }, 'forbid', start)).toHaveLength(1)
    expect(
      happened(
        story.act(
          person(1),
          'office chair',
          later(start, hour),
          { kind: 'lift-order', order: 'o1', document: print(9) },
          officer,
        ),
      ),
    ).toEqual(['order-ended'])
    expect(ordersOn(story.movement().orders, { kind: 'power', power: 'spend' }, 'forbid', later(start, hour))).toEqual([])
    expect(isRefusal(story.decideOn(spend(later(start, hour)), ...facts(later(start, hour))))).toBe(false)
  })

  it('that quashes an appointment adds an event and removes none; what was done in it stands', () => {
    const story = seated(lanternText, start)
    const filled = story.events().find((e) => e.kind === 'movement' && e.did.kind === 'seat-filled')
    const quash = { ...order('quash'), target: { kind: 'event', event: filled?.id ?? '' } } as const
    const before = story.events().length
    expect(happened(story.act(person(1), 'office chair', start, quash))).toEqual(['order-recorded', 'seat-left'])
    expect(story.events()).toHaveLength(before + 2)
    expect(seatOf(story.movement().seats, seatIn('committee', 'ordinary', 1))).toMatchObject({
      holders: [],
      past: [{ left: { why: 'quashed' } }],
    })
  })
})

describe('a power lent', () => {
  const text = `${lanternText}\n### 8.1 Lending\n\`\`\`rule\nkind: power\nact: delegate-power\nholder: registrar\nuntil: 30 days\n\`\`\`\n`
  const registrar = proven('holds-office', 'registrar', true, start, 'register')
  const lend = (until: typeof start, power = 'admit') =>
    ({ kind: 'delegate', delegation: 'd1', power, to: 'office panel-clerk', until, under: own }) as const

  it('only one’s own, only for so long, never the power to amend or to lend', () => {
    const story = movementStory(text)
    const until = later(start, 10 * day)
    expect(codes(story.act(person(7), 'office registrar', start, lend(until, 'spend'), registrar))).toEqual(['no-power'])
    expect(codes(story.act(person(7), 'office registrar', start, lend(until, 'amend-rulebook'), registrar))).toEqual(['no-power'])
    expect(codes(story.act(person(7), 'office registrar', start, lend(until, 'delegate-power'), registrar))).toEqual(['no-power'])
    expect(codes(story.act(person(7), 'office registrar', start, lend(later(start, 31 * day)), registrar))).toEqual(['too-late'])
    expect(codes(story.act(person(7), 'office chair', start, lend(until), registrar))).toEqual(['no-power', 'no-power'])
    expect(happened(story.act(person(7), 'office registrar', start, lend(until), registrar))).toEqual(['delegated'])
  })

  it('ends by its date, or when it is taken back', () => {
    const story = movementStory(text)
    story.act(person(7), 'office registrar', start, lend(later(start, 10 * day)), registrar)
    expect(
      codes(story.act(person(8), 'office panel-clerk', start, { kind: 'end-delegation', delegation: 'd1', under: own }, clerk)),
    ).toContain('no-power')
    expect(
      happened(
        story.act(person(7), 'office registrar', start, { kind: 'end-delegation', delegation: 'd1', under: own }, registrar),
      ),
    ).toEqual(['delegation-ended'])
    const timed = movementStory(text)
    timed.act(person(7), 'office registrar', start, lend(later(start, 10 * day)), registrar)
    const tick = timed.act(person(60), 'office panel-clerk', later(start, 10 * day), attest, clerk)
    expect(happened(tick)).toEqual(['delegation-ended', 'fact-attested'])
  })
})

describe('groups that merge', () => {
  const text = `${lanternText}\n### 8.1 Groups\n\`\`\`rule\nkind: power\nact: recognise-group\nholder: panel-clerk\n\`\`\`\n`
    .replace('acting: chosen by group\n', 'term-limit: 2 terms in a row\nacting: chosen by group\n')
    .replace('filled: election by group from group\n', 'filled: election of members\n')

  it('carry on in one: its lineage, the terms its people served, and their delegates', () => {
    const story = movementStory(text)
    const recognise = (group: string) =>
      story.act(person(60), 'office panel-clerk', start, { kind: 'recognise-group', group, body: 'group', under: own }, clerk)
    for (const group of ['barry', 'penarth']) expect(happened(recognise(group))).toEqual(['group-recognised'])
    expect(codes(recognise('barry'))).toEqual(['already-done'])
    const secretary = (group: string, year: string) =>
      story.act(
        'rule',
        'rule',
        at(`${year}-03-02`),
        { kind: 'fill-seat', place: post('group-secretary', 1, group), person: person(5), how: 'elected', under: own },
        proven('elected', `office group-secretary@${group}//1`, { person: person(5) }, start),
      )
    expect(happened(secretary('barry', '2026'))).toEqual(['seat-filled'])
    expect(happened(secretary('barry', '2027'))).toEqual(['seat-left', 'seat-filled'])
    const merge = { kind: 'merge-groups', groups: ['barry', 'penarth'], into: 'vale', under: own } as const
    expect(
      codes(story.act(person(60), 'office panel-clerk', at('2027-05-01'), { ...merge, groups: ['barry', 'barry'] }, clerk)),
    ).toEqual(['not-eligible'])
    expect(happened(story.act(person(60), 'office panel-clerk', at('2027-05-01'), merge, clerk))).toEqual([
      'seat-left',
      'groups-merged',
    ])
    expect(successorOf(story.movement().groups, 'barry')?.id).toBe('vale')
    expect(lineageOf(story.movement().groups, 'vale')).toEqual(['vale', 'barry', 'penarth'])
    expect(rowOf(story.movement().seats.terms, termKey(post('group-secretary', 1, 'barry'), person(5)))).toMatchObject({
      terms: 2,
    })
    expect(codes(secretary('vale', '2028'))).toEqual(['term-limit'])
  })
})

describe('an outage of the service', () => {
  it('is recorded on evidence, once; a short one moves nothing', () => {
    const story = movementStory()
    const report = { kind: 'report-outage', channel: 'email' } as const
    const out = (hours: number) => proven('outage', 'email', { from: start, until: later(start, hours * hour) }, start, 'post')
    const now = later(start, 10 * hour)
    expect(codes(story.act('rule', 'rule', now, report))).toEqual(['missing-fact'])
    expect(codes(story.act('rule', 'rule', later(start, hour), report, out(5)))).toEqual(['too-early'])
    expect(happened(story.act('rule', 'rule', now, report, out(5)))).toEqual(['outage-recorded'])
    expect(codes(story.act('rule', 'rule', now, report, out(5)))).toEqual(['already-done'])
    expect(codes(story.act('rule', 'rule', now, { ...report, channel: 'pigeon' }, out(5)))).toEqual(['no-power'])
  })
})

describe('the end of a movement', () => {
  const text = `${lanternText}
### 8.1 Dissolution
\`\`\`rule
kind: power
act: dissolve
via: [policy]
\`\`\`
### 8.2 Last acts
\`\`\`rule
kind: dissolution
may: [spend, issue-statement]
within: 6 months
assets: to a charity named in the act
by: committee
\`\`\`
`
  const dissolved = () => {
    const story = seated(text, start)
    const ended: DecisionState = {
      ...(evolve(emptyState, proposedEvent).decisions[4] ?? never()),
      ended: { outcome: 'carried', at: start },
    }
    story.put({ ...story.state(), decisions: { 4: ended } })
    return story
  }
  const proposedEvent: Event = {
    id: '4/1',
    decision: decision(4),
    edition: edition(1),
    clause: '7.2@1',
    stage: 'propose',
    by: person(1),
    deemed: false,
    occurredAt: start,
    recordedAt: start,
    kind: 'proposed',
    power: 'dissolve',
    procedure: 'policy',
    document: print(1),
    changes: [],
  }

  it('follows a decision under the power to dissolve, and nothing less', () => {
    const story = seated(text, start)
    expect(codes(story.act('rule', 'rule', start, { kind: 'dissolve', decision: 4 }))).toEqual(['no-such-decision'])
    const done = dissolved()
    expect(codes(done.act(person(1), 'office chair', start, { kind: 'dissolve', decision: 4 }))).toEqual(['no-power'])
    expect(happened(done.act('rule', 'rule', start, { kind: 'dissolve', decision: 4 }))).toEqual(['dissolved'])
    expect(done.events().at(-1)?.clause).toBe('8.1@1')
  })

  it('leaves only the last acts: leaving, appeals, courts, and the powers its clause lists', () => {
    const story = dissolved()
    story.act('rule', 'rule', start, { kind: 'dissolve', decision: 4 })
    const call = {
      kind: 'call-meeting',
      meeting: 'm9',
      body: 'committee',
      group: null,
      at: at('2026-04-15'),
      items: [],
      under: own,
    } as const
    const refused = story.act(person(1), 'office chair', later(start, day), call)
    expect(why(refused)).toMatchObject({ code: 'too-late', clause: '8.1@1' })
    expect(
      happened(
        story.act(person(2), 'body committee', later(start, day), {
          kind: 'leave-seat',
          place: seatIn('committee', 'ordinary', 2),
        }),
      ),
    ).toEqual(['seat-left'])
    const use = (power: string) =>
      story.decideOn(
        {
          decision: decision(5),
          by: person(1),
          as: 'body committee',
          occurredAt: later(start, day),
          recordedAt: later(start, day),
          kind: 'exercise',
          power,
          document: print(1),
          effectAt: later(start, day),
          vote: { for: 8, against: 0 },
        },
        proven('within-limits', 'spend', true, start),
      )
    expect(codes(use('adopt-policy'))).toEqual(['too-late'])
    expect(isRefusal(use('spend'))).toBe(false)
  })
})

function never(): never {
  throw new Error('there is none')
}
