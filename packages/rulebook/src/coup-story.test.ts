import { describe, expect, it } from 'vitest'
import {
  at,
  clause,
  codes,
  editionsOf,
  eligible,
  fact,
  isRefusal,
  kinds,
  lantern,
  lanternText,
  later,
  members,
  parsed,
  person,
  print,
  proposal,
  proposalText,
  story,
  why,
} from '../test/lantern.ts'
import { changesOf, lawful, resultingText, type ActBody } from './index.ts'
import { everyActWithOneThingWrong } from '../test/every-act.ts'

everyActWithOneThingWrong()

const tonight = at('2026-11-21 19:40')
const committee = 'body committee' as const
const coup: ActBody = {
  kind: 'exercise',
  power: 'amend-rulebook',
  document: print(1),
  effectAt: at('2026-11-21 20:40'),
  vote: { for: 6, against: 4 },
}
const sizes = [fact('electorate-size', 'members', 1180, tonight), fact('body-size', 'committee', 12, tonight)]

describe('the coup: a committee of 12 replaces the rules within the hour, 6 to 4', () => {
  const answer = story(editionsOf(lantern)).attempt(person(1), committee, tonight, coup, ...sizes)

  it('is refused with everything that was left out, each with its clause and figures', () => {
    expect(isRefusal(answer) && answer.routes.length).toBe(1)
    expect(isRefusal(answer) && answer.routes[0].reasons.map((r) => [r.code, r.clause])).toEqual([
      ['no-power', '4.1@1'],
      ['short-support', '4.2@1'],
      ['short-notice', '4.2@1'],
      ['wrong-electorate', '4.2@1'],
      ['too-early', '4.2@1'],
    ])
    const reason = (code: string) => (isRefusal(answer) ? answer.routes[0].reasons.find((r) => r.code === code) : undefined)
    expect(reason('no-power')).toMatchObject({
      required: { unit: 'procedure', id: 'amend' },
      actual: { unit: 'body', id: 'committee', size: 12 },
    })
    expect(reason('short-notice')).toMatchObject({
      required: { unit: 'clear days', count: 14 },
      actual: { unit: 'clear days', count: 0 },
      shortfall: { unit: 'clear days', count: 14 },
    })
    expect(reason('short-support')).toMatchObject({ shortfall: { unit: 'people', count: 60 } })
    expect(reason('wrong-electorate')).toMatchObject({
      required: { unit: 'electorate', id: 'members', size: 1180 },
      actual: { unit: 'body', id: 'committee', size: 12 },
      shortfall: { unit: 'people', count: 1168 },
    })
  })

  it('names the lawful way and the first instant at which it could take effect', () => {
    // Notice 21 November: 14 clear days end with 5 December; 7 days of ballot from the 6th; 7 days of challenge from the 13th.
    const first = at('2026-12-20 00:00')
    expect(isRefusal(answer) && answer.routes[0]).toMatchObject({ clause: '4.2@1', procedure: 'amend', earliest: first })
    expect(isRefusal(answer) && answer.routes[0].assumes.map((a) => a.kind)).toEqual([
      'support-at-once',
      'check-at-once',
      'scheduled-at-once',
      'certified-at-once',
      'no-challenge',
    ])
    const editions = editionsOf(lantern)
    const ways = lawful(editions, { decisions: {}, recordedAt: null }, 'amend-rulebook', members, tonight, [])
    expect(ways).toMatchObject([{ clause: '4.2@1', procedure: 'amend', begins: 'propose', earliest: first }])
    expect(lawful(editions, { decisions: {}, recordedAt: null }, 'amend-rulebook', committee, tonight, [])).toEqual([])
  })

  it('in a movement of 21,000: 12 people decide where 21,000 should, 20,988 short, with none of 14 days of notice', () => {
    const large = [fact('electorate-size', 'members', 21_000, tonight), fact('body-size', 'committee', 12, tonight)]
    const refused = story(editionsOf(lantern)).attempt(person(1), committee, tonight, coup, ...large)
    const reasons = isRefusal(refused) ? refused.routes[0].reasons : []
    expect(reasons.find((r) => r.code === 'wrong-electorate')).toMatchObject({
      required: { size: 21_000 },
      actual: { size: 12 },
      shortfall: { count: 20_988 },
    })
    expect(reasons.find((r) => r.code === 'short-notice')).toMatchObject({ actual: { count: 0 }, shortfall: { count: 14 } })
    expect(isRefusal(refused) && refused.routes[0].earliest).not.toBeNull()
  })

  it('leaves no trace in the state and knows a body’s size from its seats when no fact states it', () => {
    const s = story(editionsOf(lantern))
    const refused = s.attempt(person(1), committee, tonight, coup)
    expect(s.events()).toEqual([])
    expect(isRefusal(refused) && refused.routes[0].reasons[3]).toMatchObject({
      required: { size: null },
      actual: { size: 12 },
      shortfall: { unit: 'none' },
    })
  })

  it('comes from the text: other days and other people give other reasons', () => {
    const loose = parsed(
      lanternText
        .replaceAll('14 clear days', '3 clear days')
        .replace('at least 60 people', 'at least 1/10 of electorate members at propose'),
    )
    const other = story(editionsOf(loose)).attempt(person(1), committee, tonight, coup, ...sizes)
    expect(isRefusal(other) && other.routes[0].reasons.map((r) => r.shortfall)).toMatchObject([
      { unit: 'none' },
      { unit: 'people', count: 118 },
      { unit: 'clear days', count: 3 },
      { unit: 'people', count: 1168 },
      { unit: 'none' },
    ])
    // Debate lasts 7 days, longer than this notice: the ballot opens on the 28th at 19:40.
    expect(isRefusal(other) && other.routes[0].earliest).toBe(at('2026-12-12 19:40'))
  })

  it('is refused to everyone when no clause grants the power at all', () => {
    const source = lantern.clauses.get(clause('4.1'))?.source ?? ''
    const none = parsed(lanternText.replace(source, '### 4.1 Who holds it\nNobody does.'))
    const refused = story(editionsOf(none)).attempt(person(1), committee, tonight, coup, ...sizes)
    expect(isRefusal(refused) && refused.routes).toMatchObject([
      { clause: '1.3@1', procedure: null, earliest: null, reasons: [{ code: 'no-power' }] },
    ])
    const unknown = parsed(lanternText.replace('via: [amend]', 'via: unknown'))
    expect(codes(story(editionsOf(unknown)).attempt(person(1), committee, tonight, coup))).toEqual(['unknown-rule'])
  })
})

describe('powers that a body or an officer does hold', () => {
  const spend: ActBody = { ...coup, kind: 'exercise', power: 'spend', effectAt: tonight, vote: { for: 6, against: 4 } }
  const kept = fact('within-limits', 'spend', true, tonight, 'attestation')

  it('lets the committee spend within its limits, with a quorum and a majority', () => {
    expect(kinds(story(editionsOf(lantern)).attempt(person(1), committee, tonight, spend, kept))).toEqual(['exercised', 'ended'])
    expect(codes(story(editionsOf(lantern)).attempt(person(1), committee, tonight, spend))).toEqual(['missing-fact'])
    expect(
      codes(story(editionsOf(lantern)).attempt(person(1), committee, tonight, { ...spend, vote: { for: 5, against: 5 } }, kept)),
    ).toEqual(['not-carried'])
    const few = story(editionsOf(lantern)).attempt(
      person(1),
      committee,
      tonight,
      { ...spend, vote: { for: 6, against: 0 } },
      kept,
    )
    expect(why(few)).toMatchObject({
      code: 'short-support',
      clause: '3.1@1',
      required: { unit: 'seats', count: 7 },
      actual: { count: 6 },
    })
  })

  it('asks for 4 of the 5 who sit to exclude a member', () => {
    const exclude = (inFavour: number, against: number) =>
      story(editionsOf(lantern)).attempt(
        person(1),
        'body panel',
        tonight,
        { ...spend, power: 'exclude', vote: { for: inFavour, against } },
        fact('within-limits', 'exclude', true, tonight, 'attestation'),
      )
    expect(codes(exclude(3, 2))).toEqual(['not-carried'])
    expect(kinds(exclude(4, 1))).toEqual(['exercised', 'ended'])
  })

  it('tells anyone else who holds the power', () => {
    const refused = story(editionsOf(lantern)).attempt(person(1), 'body panel', tonight, spend, kept)
    expect(why(refused)).toMatchObject({
      code: 'no-power',
      clause: '7.5@1',
      required: { unit: 'body', id: 'committee' },
      actual: { unit: 'body', id: 'panel' },
    })
    const chair = fact('holds-office', 'chair', true, tonight)
    const say = { ...spend, power: 'issue-statement', vote: { for: 0, against: 0 } } as const
    const limits = fact('within-limits', 'issue-statement', true, tonight)
    expect(kinds(story(editionsOf(lantern)).attempt(person(1), 'office chair', tonight, say, chair, limits))).toEqual([
      'exercised',
      'ended',
    ])
    expect(codes(story(editionsOf(lantern)).attempt(person(1), 'office chair', tonight, say, limits))).toEqual(['missing-fact'])
  })
})

describe('what may be proposed', () => {
  const propose = (body: ActBody, ...facts: Parameters<ReturnType<typeof story>['attempt']>[4][]) =>
    story(editionsOf(lantern)).attempt(person(1), members, tonight, body, eligible(tonight), ...facts)

  it('refuses a text that would not read, or would leave a hole, or no change at all', () => {
    const broken = (after: string) => {
      const change = [{ clause: clause('4.1'), after }]
      const result = resultingText(lanternText, 1 as never, change, tonight)
      return propose({ ...proposal, kind: 'propose', changes: changesOf(lanternText, change) } as ActBody, result.fact)
    }
    expect(codes(broken('### 4.1 Who holds it\n```rule\nkind: power\nact: reign\n```'))).toEqual(['invalid-text'])
    expect(codes(broken('### 4.1 Who holds it\nNobody.'))).toEqual(['invalid-text'])
    expect(codes(broken('### 4.2 Another clause\nProse.'))).toEqual(['invalid-text'])
    expect(codes(propose({ ...proposal, changes: [] } as ActBody, proposalText(tonight)))).toEqual(['invalid-text'])
    expect(codes(propose(proposal))).toEqual(['missing-fact'])
  })

  it('refuses a change of a clause that is not as the proposal says', () => {
    const [change] = (proposal as Extract<ActBody, { kind: 'propose' }>).changes
    const stale = { ...proposal, changes: [{ ...change, before: print(5) }] } as ActBody
    expect(codes(propose(stale, proposalText(tonight)))).toEqual(['text-changed'])
    const nowhere = { ...proposal, changes: [{ ...change, clause: clause('4.9') }] } as ActBody
    expect(why(propose(nowhere, proposalText(tonight)))).toMatchObject({ code: 'no-such-clause', clause: '4.9@1' })
  })

  it('refuses a second decision of the same number, an unknown one, and time that runs backwards', () => {
    const s = story(editionsOf(lantern))
    s.attempt(person(1), members, tonight, proposal, eligible(tonight), proposalText(tonight))
    expect(codes(s.attempt(person(1), members, tonight, proposal, eligible(tonight), proposalText(tonight)))).toEqual([
      'already-done',
    ])
    expect(codes(s.attempt(person(1), members, later(tonight, -1), { kind: 'sign' }, eligible(tonight)))).toEqual(['too-late'])
    expect(codes(story(editionsOf(lantern), 2).attempt(person(1), members, tonight, { kind: 'sign' }))).toEqual([
      'no-such-decision',
    ])
  })
})
