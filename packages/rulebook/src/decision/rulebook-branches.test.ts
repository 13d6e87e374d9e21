import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { at, codes, day, fact, kinds, later, members, person, print, why } from '../../test/lantern.ts'
import {
  ballotAndEnd,
  begin,
  boxOf,
  castBy,
  declare,
  endOf,
  minute,
  monday,
  rulebookWith,
  text,
  told,
  untilOpen,
} from '../../test/procedures.ts'
import { due, timeline, type ActBody } from '../index.ts'

everyActWithOneThingWrong()

const policy = (...stages: readonly string[]) => rulebookWith('adopt-policy', stages)
const enact = 'enact: {effect: adopt-policy, at: end of consider}'
const agree: ActBody = { kind: 'consider', outcome: 'agreed' }
const refuse: ActBody = { kind: 'consider', outcome: 'refused' }
const enacted: ActBody = { kind: 'enact', text: print(1) }

describe('branches: every outcome leads where its stage says', () => {
  const petition = [
    'propose: {by: electorate members}',
    'consider: {body: committee, within: 3 months, timeout: refused, outcomes: {agreed: enact, refused: override, amended: enact}}',
    'override: {do: support, signers: electorate members, need: at least 3 people, window: 28 days, lapsed: do not count, withdraw: until met, then: {met: enact, unmet: fallen}}',
    enact,
  ]

  it('agreed goes on, refused goes to the petition, and the petition carries it past the committee', () => {
    const agreed = begin(...petition)
    expect(agreed.body('committee', agree, [7, 5])).toEqual(['considered'])
    expect(agreed.rule(enacted)).toEqual(['enacted', 'ended'])
    const refused = begin(...petition)
    expect(refused.body('committee', refuse, [5, 7])).toEqual(['considered'])
    expect(codes(refused.by(0, 'rule', enacted))).toEqual(['too-early'])
    refused.member(1, { kind: 'sign' })
    refused.member(2, { kind: 'sign' })
    expect(refused.member(3, { kind: 'sign' })).toEqual(['signed', 'supported'])
    expect(refused.rule(enacted)).toEqual(['enacted', 'ended'])
  })

  it('silence counts as refusal when the rule says so, at the end of the third month and not before', () => {
    const t = begin(...petition)
    const fallsAt = at('2026-09-01 09:00')
    expect(due(t.story.editions(), t.story.state(), later(fallsAt, -1))).toEqual([])
    t.to(fallsAt)
    expect(t.member(1, { kind: 'sign' })).toEqual(['considered', 'signed'])
    expect(t.story.events().at(-2)).toMatchObject({ outcome: 'refused', deemed: true, occurredAt: fallsAt })
    t.to(later(fallsAt, 28 * day))
    expect(codes(t.by(2, members, { kind: 'sign' }))).toEqual(['wrong-stage'])
    expect(endOf(t)).toBeNull()
    expect(t.rule({ kind: 'tick' })).toEqual(['ended'])
    expect(endOf(t)).toBe('lapsed')
  })

  it('amended: the body agrees to the text it moved itself, and that is what takes effect', () => {
    const t = begin(...petition)
    const other: ActBody = { kind: 'amend', document: print(2), changes: [] }
    const amended: ActBody = { kind: 'consider', outcome: 'amended' }
    expect(codes(t.by(0, 'body committee', amended, fact('resolution', 'committee', { for: 7, against: 5 }, t.now())))).toEqual([
      'missing-fact',
    ])
    expect(codes(t.by(5, members, other))).toEqual(['wrong-electorate'])
    expect(kinds(t.by(0, 'body committee', other))).toEqual(['amendment-moved'])
    expect(t.body('committee', amended, [7, 5])).toEqual(['considered', 'amended'])
    expect(t.story.state().decisions[1]).toMatchObject({ document: print(2), proposed: print(1) })
    expect(codes(t.by(0, 'rule', enacted))).toEqual(['text-changed'])
    expect(t.rule({ kind: 'enact', text: print(2) })).toEqual(['enacted', 'ended'])
  })

  it('does not let a body amend where no outcome leads on from that', () => {
    const t = begin('propose: {by: electorate members}', 'consider: {body: committee, within: 30 days, timeout: fallen}', enact)
    expect(codes(t.by(0, 'body committee', { kind: 'amend', document: print(2), changes: [] }))).toEqual(['no-power'])
  })

  it('"refused" is the motion to agree falling, or a motion to refuse passing, as the rule has it', () => {
    const rule = (words: string) =>
      begin('propose: {by: electorate members}', `consider: {body: committee, within: 30 days, timeout: fallen${words}}`, enact)
    expect(rule('').body('committee', refuse, [5, 7])).toEqual(['considered', 'ended'])
    const strict = rule(', refused-when: a motion to refuse passes')
    const said = (votes: readonly [number, number]) =>
      strict.by(0, 'body committee', refuse, fact('resolution', 'committee', { for: votes[0], against: votes[1] }, strict.now()))
    expect(codes(said([5, 7]))).toEqual(['not-carried'])
    expect(kinds(said([7, 5]))).toEqual(['considered', 'ended'])
  })

  it('goes round a loop as often as the rule says and no more', () => {
    const t = begin(
      'propose: {by: electorate members}',
      'consider: {body: committee, within: 30 days, timeout: fallen, at-most: 3 times, outcomes: {agreed: enact, refused: rework}}',
      'rework: {do: delay, lasts: 7 days, at-most: 3 times, then: {done: consider}}',
      enact,
    )
    for (let round = 1; round <= 3; round++) {
      t.body('committee', refuse, [1, 9])
      t.wait(7 * day)
    }
    expect(
      t.story
        .events()
        .filter((e) => e.kind === 'considered')
        .map((e) => e.stage),
    ).toEqual(['consider', 'consider--2', 'consider--3'])
    expect(t.rule({ kind: 'tick' })).toEqual(['ended'])
    expect(endOf(t)).toBe('fallen')
  })
})

describe('stages that a proposal does not go through', () => {
  const stages = [
    'propose: {by: seat on committee or electorate members}',
    'petition: {do: support, skip-if: seat on committee, signers: electorate members, need: at least 2 people, window: 28 days, lapsed: count, then: {met: consider, unmet: fallen}}',
    'consider: {body: committee, within: 30 days, timeout: fallen}',
    enact,
  ]

  it('skip-if: one who sits on the committee needs no petition, anyone else does', () => {
    const t = told(policy(...stages))
    const proposed = (as: 'seat committee' | typeof members, ...facts: Parameters<typeof t.by>[3][]) =>
      told(policy(...stages)).by(1, as, text('adopt-policy'), ...facts)
    expect(codes(proposed('seat committee'))).toEqual(['missing-fact'])
    expect(codes(proposed('seat committee', fact('holds-seat', 'committee', false, monday)))).toEqual(['not-eligible'])
    expect(kinds(t.by(1, 'seat committee', text('adopt-policy'), t.state('holds-seat', true, 'committee')))).toEqual([
      'proposed',
      'skipped',
    ])
    expect(codes(t.by(2, members, { kind: 'sign' }))).toEqual(['wrong-stage'])
    expect(t.body('committee', agree, [7, 5])).toEqual(['considered'])
    expect(timeline(t.story.editions(), t.story.state(), 1 as never, t.now()).map((v) => [v.id, v.state])).toEqual([
      ['propose', 'done'],
      ['petition', 'skipped'],
      ['consider', 'done'],
      ['enact', 'now'],
    ])
    const other = begin(...stages)
    expect(codes(other.by(0, 'body committee', agree, fact('resolution', 'committee', { for: 7, against: 5 }, monday)))).toEqual([
      'too-early',
    ])
  })

  it('when: a stage that asks for a fact is left out where the fact was not shown', () => {
    const legal = [
      'propose: {by: electorate members}',
      'consider: {body: committee, within: 30 days, timeout: fallen, when: fact legal-advice}',
      enact,
    ]
    const without = told(policy(...legal))
    expect(without.member(1, text('adopt-policy'))).toEqual(['proposed', 'skipped'])
    expect(without.rule(enacted)).toEqual(['enacted', 'ended'])
    const shown = told(policy(...legal))
    expect(shown.member(1, text('adopt-policy'), shown.state('legal-advice', true))).toEqual(['proposed'])
    expect(codes(shown.by(0, 'rule', enacted))).toEqual(['too-early'])
  })

  it('when and due: a proposal waits for its fact or its day, and comes before the last', () => {
    const rule = (words: string) =>
      told(policy(`propose: {by: electorate members, ${words}}`, 'delay: {lasts: 1 day}', enact.replace('consider', 'delay')))
    const propose = (t: ReturnType<typeof told>, ...facts: Parameters<typeof t.by>[3][]) =>
      t.by(1, members, text('adopt-policy'), ...facts)
    const advised = rule('when: fact legal-advice')
    expect(codes(propose(advised))).toEqual(['missing-fact'])
    expect(kinds(propose(advised, advised.state('legal-advice', true)))).toEqual(['proposed'])
    expect(why(propose(rule('when: 2026-07-01')))).toMatchObject({ code: 'too-early', required: { at: at('2026-07-01') } })
    expect(why(propose(rule('due: 2026-06-01 09:00')))).toMatchObject({ code: 'too-late', required: { at: monday } })
    const agm = rule('due: end of day 14 days before agm')
    expect(codes(propose(agm))).toEqual(['missing-fact'])
    expect(codes(propose(agm, agm.state('instant', at('2026-06-14 19:00'), 'agm')))).toEqual(['too-late'])
    const early = rule('due: end of day 14 days before agm')
    expect(kinds(propose(early, early.state('instant', at('2026-06-15 19:00'), 'agm')))).toEqual(['proposed', 'instant-stated'])
  })
})

describe('conditions of passing', () => {
  const consider = (pass: string) =>
    begin(
      'propose: {by: electorate members}',
      `consider: {body: committee, within: 30 days, timeout: fallen, pass: [${pass}]}`,
      enact,
    )
  const resolution = (t: ReturnType<typeof begin>, value: Record<string, number>, ...facts: Parameters<typeof t.by>[3][]) =>
    t.by(0, 'body committee', agree, t.state('resolution', value, 'committee'), ...facts)

  it('count by class, and hold for a class with no seat filled only where the rule says so', () => {
    const veto = 'yes more than 1/2 of seated, yes of class union more than 1/2 of seated of class union'
    const votes = { for: 9, against: 2, 'for-union': 2 }
    const seated = (t: ReturnType<typeof begin>, union: number) => [
      t.state('body-size', 12, 'committee'),
      t.state('body-size', union, 'committee union'),
    ]
    const t = consider(veto)
    expect(codes(resolution(t, votes, ...seated(t, 4)))).toEqual(['not-carried'])
    expect(kinds(resolution(t, { ...votes, 'for-union': 3 }, ...seated(t, 4)))).toEqual(['considered'])
    const empty = consider(veto)
    expect(codes(resolution(empty, { ...votes, 'for-union': 0 }, ...seated(empty, 0)))).toEqual(['not-carried'])
    const open = consider(`${veto} or none seated`)
    expect(kinds(resolution(open, { ...votes, 'for-union': 0 }, ...seated(open, 0)))).toEqual(['considered'])
  })

  it('count bodies and weights where the count states them', () => {
    const t = consider('bodies-for at least 2/3 of bodies conference at propose')
    expect(codes(resolution(t, { for: 9, against: 1 }))).toEqual(['missing-fact'])
    expect(codes(resolution(t, { for: 9, against: 1, 'bodies-for': 5 }, t.state('bodies', 8, 'conference')))).toEqual([
      'not-carried',
    ])
    expect(kinds(resolution(t, { for: 9, against: 1, 'bodies-for': 6 }, t.state('bodies', 8, 'conference')))).toEqual([
      'considered',
    ])
    const weighed = consider('weight-for more than 500 votes')
    expect(codes(resolution(weighed, { for: 9, against: 1, 'weight-for': 500 }))).toEqual(['not-carried'])
    expect(kinds(resolution(weighed, { for: 9, against: 1, 'weight-for': 501 }))).toEqual(['considered'])
  })

  it('a tie in a body waits for the chair where the chair has a casting vote', () => {
    const t = begin('propose: {by: electorate members}', 'consider: {body: committee, within: 30 days, timeout: fallen}', enact)
    expect(codes(resolution(t, { for: 6, against: 6 }))).toEqual(['missing-fact'])
    expect(codes(resolution(t, { for: 6, against: 6 }, t.state('casting-vote', false, 'committee')))).toEqual(['not-carried'])
    expect(kinds(resolution(t, { for: 6, against: 6 }, t.state('casting-vote', true, 'committee')))).toEqual(['considered'])
  })

  it('a quorum written as a number of people is asked of the body itself', () => {
    const t = begin(
      'propose: {by: electorate members}',
      'support: {signers: electorate members, need: at least quorum of conference, window: 28 days, lapsed: count}',
      'delay: {lasts: 1 day}',
      enact.replace('consider', 'delay'),
    )
    for (let n = 1; n < 50; n++) expect(t.member(n, { kind: 'sign' })).toEqual(['signed'])
    expect(t.member(50, { kind: 'sign' })).toEqual(['signed', 'supported'])
  })
})

describe('a tied ballot', () => {
  const ballot = (tie: string, pass = 'yes more than 1/2 of for-and-against') => {
    const t = begin(
      'propose: {by: electorate members}',
      ...ballotAndEnd('adopt-policy').map((s) =>
        s.replace('tie: falls', `tie: ${tie}`).replace('yes more than 1/2 of for-and-against', pass),
      ),
    )
    untilOpen(t)
    castBy(t, 1, 20)
    return t
  }
  const outcome = (t: ReturnType<typeof ballot>) => boxOf(t).result?.outcome ?? null

  it('falls, is carried, waits for the casting vote or for the lot, as the rule says', () => {
    const falls = ballot('falls')
    kinds(declare(falls, [10, 10]))
    expect(outcome(falls)).toBe('fallen')
    const carried = ballot('carried')
    kinds(declare(carried, [10, 10]))
    expect(outcome(carried)).toBe('carried')
    for (const [tie, name] of [
      ['casting vote', 'casting-vote'],
      ['lot in public', 'lot'],
    ] as const) {
      const t = ballot(tie)
      expect(codes(declare(t, [10, 10]))).toEqual(['missing-fact'])
      const tally = t.state('tally', { for: 10, against: 10, blank: 0, cast: 20, valid: 20 })
      expect(t.rule({ kind: 'declare' }, tally, t.state(name, true))).toEqual(['closed', 'declared'])
      expect(outcome(t)).toBe('carried')
    }
  })

  it('breaks no larger majority: the casting vote is one vote', () => {
    const t = ballot('carried', 'yes at least 2/3 of for-and-against')
    kinds(declare(t, [10, 10]))
    expect(outcome(t)).toBe('fallen')
  })
})

describe('the end of voting', () => {
  const queue = (words: string) => {
    const t = begin('propose: {by: electorate members}', ...ballotAndEnd('adopt-policy', words))
    untilOpen(t)
    castBy(t, 1, 3)
    const closesAt = boxOf(t).closesAt ?? t.now()
    t.to(later(closesAt, 5 * minute))
    const vote = (who: number, joined: number, queued = true) => {
      const act = { decision: 1 as never, by: person(who), as: members, occurredAt: later(closesAt, joined), recordedAt: t.now() }
      return t.story.attempt(
        act.by,
        act.as,
        t.now(),
        { kind: 'cast', ballot: print(who), occurredAt: act.occurredAt } as never,
        fact('eligible', 'members', true, t.now(), 'roll'),
        fact('queued', null, queued, t.now()),
      )
    }
    return { t, vote }
  }

  it('whoever waited in the queue may finish where the rule says so, and nobody who came later', () => {
    const { t, vote } = queue(', queue: those waiting may finish')
    expect(kinds(vote(4, -minute))).toEqual(['closed', 'cast'])
    expect(codes(vote(5, 0))).toEqual(['too-late'])
    expect(codes(vote(6, -minute, false))).toEqual(['too-late'])
    expect(boxOf(t).voters.size).toBe(4)
    expect(codes(queue(', queue: closes at the instant').vote(4, -minute))).toEqual(['too-late'])
    expect(codes(queue('').vote(4, -minute))).toEqual(['too-late'])
  })

  it('a ballot that closes by date closes at that date, and never before it opens', () => {
    const t = begin(
      'propose: {by: electorate members}',
      ...ballotAndEnd('adopt-policy').map((s) => s.replace('period: 5 days', 'closes: 2026-06-20 12:00')),
    )
    untilOpen(t)
    expect(boxOf(t).closesAt).toBe(at('2026-06-20 12:00'))
  })
})
