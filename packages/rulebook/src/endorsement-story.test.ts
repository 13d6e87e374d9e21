import { describe, expect, it } from 'vitest'
import {
  at,
  codes,
  decision,
  fact,
  isRefusal,
  kinds,
  lantern,
  lanternText,
  later,
  officer,
  person,
  print,
} from '../test/lantern.ts'
import { everyActWithOneThingWrong } from '../test/every-act.ts'
import { happened, proven, seated } from '../test/movement.ts'
import { minute, told, type Told } from '../test/procedures.ts'
import { fingerprintOf, type ActBody, type Fact } from './index.ts'

everyActWithOneThingWrong()

// Lantern’s own rule 7.4, with 40,000 members: the leader in decision 1, the deputy in decision 2, five candidates each.
const from = at('2026-09-07 10:00')
const day = 24 * 60 * minute
const candidates = [51, 52, 53, 54, 55]
const propose: ActBody = { kind: 'propose', power: 'endorse', form: 'text', document: print(1), changes: [] }
const list = (...who: readonly number[]) => fingerprintOf(who.map((n) => person(n)).join('\n'))
const size = (t: Told): Fact => t.state('electorate-size', 40_000, 'members')

function nominated(number: number): Told {
  const t = told(lantern, from, number)
  t.body('committee', propose, [7, 5])
  for (const who of candidates)
    expect(t.member(who, { kind: 'stand', statement: print(who) }, t.state('may-stand', true, 'nominate'))).toEqual([
      'stood',
      'accepted',
    ])
  t.to(later(from, 5 * day))
  return t
}

function scheduled(number: number): Told {
  const t = nominated(number)
  const servedAt = t.now()
  t.rule({ kind: 'notify' }, t.state('notice', { served: 40_000, of: 40_000 }))
  t.to(at('2026-09-18 00:00'))
  t.rule({ kind: 'freeze' }, { ...fact('roll', 'members', { size: 40_000, root: print(9) }, servedAt, 'roll'), knownAt: t.now() })
  t.officer({ kind: 'schedule', opensAt: t.now() })
  return t
}
const open = (t: Told, options: number, of: string) =>
  t.by(0, 'rule', { kind: 'open' }, t.state('setup', { fingerprint: print(7), options, list: of }))

describe('an endorsement sought in 48 hours by a committee whose chair works for a candidate', () => {
  it('is refused as a resolution: 5 clear days of notice and 40,000 members, and the first lawful day', () => {
    const t = told(lantern, from)
    const hurried: ActBody = {
      kind: 'exercise',
      power: 'endorse',
      document: print(1),
      effectAt: later(from, 2 * day),
      vote: { for: 6, against: 4 },
    }
    const answer = t.by(1, 'body committee', hurried, size(t), t.state('body-size', 12, 'committee'))
    expect(isRefusal(answer) && answer.routes[0].reasons.map((r) => r.code)).toEqual([
      'no-power',
      'short-notice',
      'wrong-electorate',
      'too-early',
    ])
    const reasons = isRefusal(answer) ? answer.routes[0].reasons : []
    expect(reasons.find((r) => r.code === 'short-notice')).toMatchObject({
      required: { count: 5 },
      actual: { count: 1 },
      shortfall: { count: 4 },
    })
    expect(reasons.find((r) => r.code === 'wrong-electorate')).toMatchObject({ shortfall: { count: 39_988 } })
    // Nominations until the 12th, 5 clear days to the 18th, 5 days of ballot to the 23rd, 3 days to challenge.
    expect(isRefusal(answer) && answer.routes[0].earliest).toBe(at('2026-09-26 00:00'))
  })

  it('is put to members by the committee without its chair, who leaves vote, quorum and chair', () => {
    const story = seated(lanternText, at('2026-08-01 12:00'))
    const meeting = at('2026-09-07 19:00')
    const ten = Array.from({ length: 10 }, (_, i) => person(i + 1))
    const call = {
      kind: 'call-meeting',
      meeting: 'm1',
      body: 'committee',
      group: null,
      at: meeting,
      items: ['1'],
      under: { kind: 'own' },
    } as const
    happened(story.act(person(1), 'office chair', at('2026-08-20 12:00'), call))
    happened(
      story.act(person(1), 'office chair', meeting, {
        kind: 'open-meeting',
        meeting: 'm1',
        chair: person(1),
        persons: ten,
        present: 10,
        proxies: 0,
      }),
    )
    const vote = (inFavour: number, against: number) =>
      ({ kind: 'resolve', meeting: 'm1', item: '1', way: 'hands', for: inFavour, against, abstain: 0, casting: null }) as const
    const ruling = {
      kind: 'rule-on-interest',
      item: '1',
      person: person(1),
      interest: 'agent of candidate',
      conflicted: true,
    } as const
    const clerk = proven('holds-office', 'panel-clerk', true, meeting, 'register')
    // Nobody rules on their own interest; the panel's clerk does.
    expect(codes(story.act(person(1), 'office panel-clerk', meeting, ruling, clerk))).toContain('conflicted')
    expect(happened(story.act(person(60), 'office panel-clerk', meeting, ruling, clerk))).toEqual(['interest-noted'])
    expect(codes(story.act(person(1), 'office chair', meeting, vote(5, 4)))).toEqual(['conflicted'])
    expect(codes(story.act(person(2), 'body committee', meeting, vote(5, 5)))).toContain('conflicted')
    const act = {
      decision: decision(1),
      by: person(2),
      as: 'body committee',
      occurredAt: meeting,
      recordedAt: meeting,
      ...propose,
    } as const
    // Until the committee has resolved it, no word of anybody's stands in for its vote.
    expect(isRefusal(story.decideOn(act, fact('resolution', 'committee', { for: 7, against: 5, present: 12 }, meeting)))).toBe(
      true,
    )
    expect(happened(story.act(person(2), 'body committee', meeting, vote(5, 4)))).toEqual(['resolved'])
    expect(story.movement().meetings.byId).toMatchObject({ size: 1 })
    expect(kinds(story.decideOn(act))).toEqual(['proposed'])
  })

  it('lists all who asked, and refuses a ballot on one name', () => {
    const t = scheduled(1)
    expect(codes(open(t, 1, list(51)))).toEqual(['unfair-options'])
    expect(codes(open(t, 4, list(51, 52, 53, 54)))).toEqual(['unfair-options'])
    expect(kinds(open(t, 5, list(...candidates)))).toEqual(['opened'])
  })

  it('leaves off whoever gave no manifesto by the close', () => {
    const t = told(lantern, from)
    t.body('committee', propose, [7, 5])
    for (const who of candidates)
      t.member(who, { kind: 'stand', statement: who === 55 ? null : print(who) }, t.state('may-stand', true, 'nominate'))
    t.to(later(from, 5 * day))
    expect(t.rule({ kind: 'tick' })).toEqual(['nominated'])
    expect(t.story.events().at(-1)).toMatchObject({ outcome: 'contested', candidates: 4 })
  })

  it('counts 7,395 votes for leader and deputy, and endorses whom the count chose and beats none of these', () => {
    for (const number of [1, 2]) {
      const t = scheduled(number)
      open(t, 5, list(...candidates))
      for (let n = 1; n <= 7395; n++) t.member(n, { kind: 'cast', ballot: print(n) })
      t.to(at('2026-09-23 00:00'))
      const declared = (cast: number) =>
        t.by(
          0,
          'rule',
          { kind: 'declare' },
          t.state('count', { cast, valid: cast, blank: 0, 'chosen-1': number, 'beats-none-of-these': 1 }),
        )
      expect(codes(declared(7396))).toEqual(['missing-fact'])
      expect(kinds(declared(7395))).toEqual(['closed', 'declared', 'chosen'])
      const holds = t.state('holds-office', true, 'returning-officer')
      expect(kinds(t.by(901, officer, { kind: 'certify' }, holds))).toEqual(['countersigned'])
      expect(kinds(t.by(902, officer, { kind: 'certify' }, holds))).toEqual(['certified'])
      t.to(at('2026-09-26 00:00'))
      expect(t.rule({ kind: 'enact', text: print(1) })).toEqual(['enacted', 'ended'])
    }
  }, 30_000)
})
