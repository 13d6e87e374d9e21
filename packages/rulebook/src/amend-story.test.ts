import { describe, expect, it } from 'vitest'
import {
  at,
  codes,
  day,
  editionsOf,
  eligible,
  fact,
  holds,
  hour,
  isRefusal,
  kinds,
  lantern,
  lanternText,
  later,
  members,
  nextText,
  officer,
  parsed,
  person,
  print,
  proposal,
  proposalText,
  story,
  why,
  type Story,
} from '../test/lantern.ts'
import { everyActWithOneThingWrong } from '../test/every-act.ts'
import { decision } from '../test/lantern.ts'
import { decide, due, fingerprintOf, timeline, waiting, type Fact } from './index.ts'
import type { Instant } from '@quorate/kernel'

everyActWithOneThingWrong()

const proposedAt = at('2026-03-10 10:00')
const checkedAt = at('2026-03-11 09:00')

function propose(s: Story, when = proposedAt): void {
  expect(kinds(s.attempt(person(1), members, when, proposal, eligible(when), proposalText(when)))).toEqual(['proposed'])
}
function support(s: Story, when = later(proposedAt, hour)): void {
  for (let n = 1; n < 60; n++)
    expect(kinds(s.attempt(person(n), members, when, { kind: 'sign' }, eligible(when)))).toEqual(['signed'])
  expect(kinds(s.attempt(person(60), members, when, { kind: 'sign' }, eligible(when)))).toEqual(['signed', 'supported'])
}
const roll = (asOf: Instant, when: Instant, size = 1180): Fact => ({
  ...fact('roll', 'members', { size, root: 'ab' }, asOf, 'roll'),
  knownAt: when,
})

/** Up to the frozen roll: proposed 10 March, noticed 11 March, frozen when the 14 clear days are over. */
function untilFrozen(s: Story, size = 1180): void {
  propose(s)
  support(s)
  expect(
    kinds(s.attempt(person(500), officer, checkedAt, { kind: 'check', outcome: 'passed', ground: null }, holds(checkedAt))),
  ).toEqual(['checked'])
  const notice = fact('notice', null, { served: size, of: size }, checkedAt, 'post')
  expect(kinds(s.attempt('rule', 'rule', checkedAt, { kind: 'notify' }, notice))).toEqual(['noticed'])
  const frozenAt = at('2026-03-26 00:00')
  expect(kinds(s.attempt('rule', 'rule', frozenAt, { kind: 'freeze' }, roll(checkedAt, frozenAt, size)))).toEqual(['frozen'])
}
const opensAt = at('2026-03-27 12:00')
function untilOpen(s: Story, size = 1180): void {
  untilFrozen(s, size)
  const when = at('2026-03-26 09:00')
  expect(kinds(s.attempt(person(500), officer, when, { kind: 'schedule', opensAt }, holds(when)))).toEqual(['scheduled'])
  expect(
    kinds(s.attempt('rule', 'rule', opensAt, { kind: 'open' }, fact('setup', null, { fingerprint: print(7) }, opensAt))),
  ).toEqual(['opened'])
}
// The clocks go forward on 29 March: seven civil days from noon on the 27th are 167 hours.
const closesAt = at('2026-04-03 12:00')
function cast(s: Story, from: number, to: number, when: Instant): readonly string[] {
  const seen: string[] = []
  for (let n = from; n <= to; n++)
    seen.push(...kinds(s.attempt(person(n), members, when, { kind: 'cast', ballot: print(n) }, eligible(when, 'roll'))))
  return seen
}
const tally = (inFavour: number, against: number, blank: number, when: Instant): Fact => {
  const valid = inFavour + against + blank
  return fact('tally', null, { for: inFavour, against, blank, cast: valid, valid }, when, 'tally')
}

describe('a change of rule 4.2 through the whole of Lantern’s procedure', () => {
  it('takes effect after notice, ballot, two certificates and the challenge window, and gives a new edition', () => {
    const s = story(editionsOf(lantern))
    untilOpen(s)
    cast(s, 1, 400, later(opensAt, hour))
    expect(closesAt - opensAt).toBe(7 * day - hour)
    const declaredAt = later(closesAt, hour)
    expect(kinds(s.attempt('rule', 'rule', declaredAt, { kind: 'declare' }, tally(280, 110, 10, declaredAt)))).toEqual([
      'closed',
      'declared',
    ])
    const closed = s.events().find((e) => e.kind === 'closed')
    expect(closed).toMatchObject({ deemed: true, by: 'rule', occurredAt: closesAt, recordedAt: declaredAt, clause: '4.2@1' })
    const certifiedAt = later(declaredAt, hour)
    expect(kinds(s.attempt(person(501), officer, certifiedAt, { kind: 'certify' }, holds(certifiedAt)))).toEqual([
      'countersigned',
    ])
    expect(codes(s.attempt(person(501), officer, certifiedAt, { kind: 'certify' }, holds(certifiedAt)))).toEqual([
      'already-done',
      'second-person-needed',
    ])
    expect(kinds(s.attempt(person(502), officer, certifiedAt, { kind: 'certify' }, holds(certifiedAt)))).toEqual(['certified'])
    const enactedAt = at('2026-04-10 14:00')
    expect(enactedAt - certifiedAt).toBe(7 * day)
    const text = fingerprintOf(nextText)
    const enact = { kind: 'enact', text } as const
    const early = s.attempt('rule', 'rule', later(enactedAt, -1), enact, proposalText(enactedAt))
    expect(why(early)).toMatchObject({ code: 'too-early', required: { unit: 'instant', at: enactedAt } })
    expect(waiting(s.editions(), s.state(), later(enactedAt, -1))).toEqual([])
    expect(waiting(s.editions(), s.state(), later(enactedAt, 5))).toMatchObject([
      { kind: 'enact', since: enactedAt, overdueMs: 5 },
    ])
    expect(kinds(s.attempt('rule', 'rule', enactedAt, enact, proposalText(enactedAt)))).toEqual(['enacted', 'ended'])
    expect(s.events().at(-2)).toMatchObject({ newEdition: 2, text })
    expect(s.events().at(-1)).toMatchObject({ outcome: 'carried' })
    expect(parsed(nextText, 2).clauses.get('4.2' as never)?.source).toContain('at least 50 people')
    expect(s.events().map((e) => e.id)).toEqual(s.events().map((_, i) => `1/${i + 1}`))
  })

  it('counts each signature once, names the office and the electorate that are missing', () => {
    const s = story(editionsOf(lantern))
    propose(s)
    const when = later(proposedAt, hour)
    expect(kinds(s.attempt(person(2), members, when, { kind: 'sign' }, eligible(when)))).toEqual(['signed'])
    expect(codes(s.attempt(person(2), members, when, { kind: 'sign' }, eligible(when)))).toEqual(['already-done'])
    const stranger = s.attempt(person(3), members, when, { kind: 'sign' }, fact('eligible', 'members', false, when))
    expect(why(stranger)).toMatchObject({
      code: 'not-eligible',
      clause: '2.2@1',
      required: { unit: 'electorate', id: 'members' },
    })
    expect(codes(s.attempt(person(3), members, when, { kind: 'sign' }))).toEqual(['missing-fact'])
    const asOffice = s.attempt(person(3), officer, when, { kind: 'sign' }, holds(when))
    expect(why(asOffice)).toMatchObject({ code: 'wrong-electorate', required: { id: 'members' }, actual: { unit: 'office' } })
    expect(kinds(s.attempt(person(2), members, when, { kind: 'withdraw' }))).toEqual(['withdrawn'])
    expect(codes(s.attempt(person(2), members, when, { kind: 'withdraw' }))).toEqual(['not-eligible'])
  })

  it('does not count signers who have since left', () => {
    const s = story(editionsOf(lantern))
    propose(s)
    const when = later(proposedAt, hour)
    for (let n = 1; n <= 59; n++) s.attempt(person(n), members, when, { kind: 'sign' }, eligible(when))
    const lapsed = fact('signers', 'members', 58, when)
    expect(kinds(s.attempt(person(60), members, when, { kind: 'sign' }, eligible(when), lapsed))).toEqual(['signed'])
    const unsaid = decide(s.editions(), s.state(), [eligible(when)], {
      decision: decision(1),
      by: person(61),
      as: members,
      occurredAt: when,
      recordedAt: when,
      kind: 'sign',
    })
    expect(unsaid.kind === 'refusal' ? codes(unsaid) : unsaid).toEqual(['missing-fact'])
    expect(kinds(s.attempt(person(61), members, when, { kind: 'sign' }, eligible(when)))).toEqual(['signed', 'supported'])
  })

  it('lapses when 28 days pass without 60 signatures, at that instant and not a millisecond before', () => {
    const s = story(editionsOf(lantern))
    propose(s)
    // The clocks change within the window: 28 civil days are 28 × 24 − 1 hours.
    const lapsesAt = at('2026-04-07 10:00')
    expect(lapsesAt - proposedAt).toBe(28 * day - hour)
    expect(due(s.editions(), s.state(), later(lapsesAt, -1))).toEqual([])
    expect(due(s.editions(), s.state(), lapsesAt)).toMatchObject([
      { kind: 'ended', outcome: 'lapsed', occurredAt: lapsesAt, deemed: true },
    ])
    const tooLate = s.attempt(person(2), members, lapsesAt, { kind: 'sign' }, eligible(lapsesAt))
    expect(why(tooLate)).toMatchObject({ code: 'wrong-stage', actual: { unit: 'stage', id: 'lapsed' } })
    const last = later(lapsesAt, -1)
    expect(kinds(s.attempt(person(2), members, last, { kind: 'sign' }, eligible(last)))).toEqual(['signed'])
  })

  it('writes down by itself what has fallen due, and only then', () => {
    const s = story(editionsOf(lantern))
    propose(s)
    const lapsesAt = at('2026-04-07 10:00')
    const tick = (when: Instant) => s.attempt('rule', 'rule', when, { kind: 'tick' })
    expect(codes(tick(later(lapsesAt, -1)))).toEqual(['already-done'])
    expect(codes(s.attempt(person(1), members, lapsesAt, { kind: 'tick' }))).toEqual(['wrong-electorate'])
    expect(kinds(tick(lapsesAt))).toEqual(['ended'])
    expect(s.state().decisions[1]?.ended).toEqual({ outcome: 'lapsed', at: lapsesAt })
    expect(codes(tick(later(lapsesAt, 1)))).toEqual(['already-done'])
  })

  it('deems a check passed when three working days are over, weekends and Easter not counted', () => {
    const s = story(editionsOf(lantern))
    const when = at('2026-04-01 10:00')
    propose(s, when)
    support(s, later(when, hour))
    // Wednesday 1 April 2026; Thursday is one, Good Friday, weekend and Easter Monday are none, Tuesday two, Wednesday three.
    const fallsAt = at('2026-04-09 00:00')
    expect(due(s.editions(), s.state(), later(fallsAt, -1))).toEqual([])
    expect(due(s.editions(), s.state(), fallsAt)).toMatchObject([
      { kind: 'checked', outcome: 'passed', occurredAt: fallsAt, deemed: true },
    ])
    const refused = s.attempt(
      person(500),
      officer,
      fallsAt,
      { kind: 'check', outcome: 'refused', ground: 'breaks 5.1' },
      holds(fallsAt),
    )
    expect(why(refused)).toMatchObject({ code: 'too-late', required: { unit: 'instant', at: fallsAt } })
  })

  it('refuses a proposal only on a ground the rule lists', () => {
    const s = story(editionsOf(lantern))
    propose(s)
    support(s)
    const check = (outcome: 'passed' | 'refused', ground: string | null) =>
      s.attempt(person(500), officer, checkedAt, { kind: 'check', outcome, ground }, holds(checkedAt))
    expect(codes(check('refused', 'we do not like it'))).toEqual(['not-a-ground'])
    expect(codes(check('refused', null))).toEqual(['not-a-ground'])
    expect(codes(check('passed', 'breaks 5.1'))).toEqual(['not-a-ground'])
    expect(kinds(check('refused', 'breaks 5.1'))).toEqual(['checked', 'ended'])
    expect(s.events().at(-1)).toMatchObject({ kind: 'ended', outcome: 'refused' })
  })

  it('holds unsound notice to be none, and counts post from when it is deemed received', () => {
    const s = story(editionsOf(lantern))
    propose(s)
    support(s)
    s.attempt(person(500), officer, checkedAt, { kind: 'check', outcome: 'passed', ground: null }, holds(checkedAt))
    const notify = (value: Fact['value']) =>
      s.attempt('rule', 'rule', checkedAt, { kind: 'notify' }, fact('notice', null, value, checkedAt, 'post'))
    // 95% of 1,180 is 1,121 exactly.
    expect(why(notify({ served: 1120, of: 1180 }))).toMatchObject({
      code: 'short-notice',
      clause: '1.2@1',
      shortfall: { unit: 'people', count: 1 },
    })
    expect(codes(notify({ served: 1181, of: 1180 }))).toEqual(['missing-fact'])
    expect(
      codes(
        s.attempt(person(9), members, checkedAt, { kind: 'notify' }, fact('notice', null, { served: 1180, of: 1180 }, checkedAt)),
      ),
    ).toEqual(['wrong-electorate'])
    expect(kinds(notify({ served: 1121, of: 1180, email: 1100, post: 21 }))).toEqual(['noticed'])
    // Posted Wednesday 11 March, deemed received at the end of Friday 13, so 14 clear days end with the 28th.
    expect(s.events().at(-1)).toMatchObject({ receivedAt: at('2026-03-14 00:00') })
    expect(waiting(s.editions(), s.state(), at('2026-03-28 23:59'))).toEqual([])
    expect(waiting(s.editions(), s.state(), at('2026-03-29 00:00'))).toMatchObject([
      { kind: 'freeze', asOf: checkedAt, electorate: 'members' },
    ])
  })

  it('freezes the roll as of the notice, not as of today', () => {
    const s = story(editionsOf(lantern))
    propose(s)
    support(s)
    s.attempt(person(500), officer, checkedAt, { kind: 'check', outcome: 'passed', ground: null }, holds(checkedAt))
    s.attempt('rule', 'rule', checkedAt, { kind: 'notify' }, fact('notice', null, { served: 9, of: 9 }, checkedAt))
    const frozenAt = at('2026-03-26 00:00')
    const early = s.attempt('rule', 'rule', later(frozenAt, -1), { kind: 'freeze' }, roll(checkedAt, checkedAt))
    expect(why(early)).toMatchObject({ code: 'too-early', required: { at: frozenAt } })
    const today = s.attempt('rule', 'rule', frozenAt, { kind: 'freeze' }, roll(frozenAt, frozenAt))
    expect(why(today)).toMatchObject({ code: 'missing-fact', required: { at: checkedAt }, actual: { at: frozenAt } })
  })

  it('opens by itself at noon on the eighth day when nobody schedules it', () => {
    const s = story(editionsOf(lantern))
    untilFrozen(s)
    const fallsAt = at('2026-04-02 00:00')
    expect(due(s.editions(), s.state(), later(fallsAt, -1))).toEqual([])
    const [event] = due(s.editions(), s.state(), fallsAt)
    expect(event).toMatchObject({
      kind: 'scheduled',
      occurredAt: fallsAt,
      opensAt: at('2026-04-03 12:00'),
      closesAt: at('2026-04-10 12:00'),
    })
    const when = at('2026-03-26 09:00')
    const schedule = (opens: Instant) => s.attempt(person(500), officer, when, { kind: 'schedule', opensAt: opens }, holds(when))
    expect(why(schedule(later(fallsAt, 1)))).toMatchObject({ code: 'too-late', required: { at: fallsAt } })
    expect(why(schedule(later(when, -1)))).toMatchObject({ code: 'too-early', required: { at: when } })
    expect(kinds(schedule(fallsAt))).toEqual(['scheduled'])
    expect(codes(schedule(fallsAt))).toEqual(['already-done'])
    expect(timeline(s.editions(), s.state(), decision(1), when).find((v) => v.id === 'ballot')).toMatchObject({
      state: 'now',
      earliest: { startsAt: fallsAt },
    })
  })

  it('takes a ballot from the opening to the closing instant and not one millisecond outside', () => {
    const s = story(editionsOf(lantern))
    untilFrozen(s)
    const when = at('2026-03-26 09:00')
    s.attempt(person(500), officer, when, { kind: 'schedule', opensAt }, holds(when))
    const vote = (n: number, instant: Instant) =>
      s.attempt(person(n), members, instant, { kind: 'cast', ballot: print(n) }, eligible(instant, 'roll'))
    expect(why(vote(1, later(opensAt, -1)))).toMatchObject({
      code: 'too-early',
      clause: '4.2@1',
      required: { unit: 'instant', at: opensAt },
    })
    const open = (instant: Instant) =>
      s.attempt('rule', 'rule', instant, { kind: 'open' }, fact('setup', null, { fingerprint: print(7) }, when))
    expect(why(open(later(opensAt, -1)))).toMatchObject({ code: 'too-early', required: { at: opensAt } })
    expect(codes(s.attempt('rule', 'rule', opensAt, { kind: 'open' }))).toEqual(['missing-fact'])
    expect(kinds(open(opensAt))).toEqual(['opened'])
    expect(kinds(vote(1, opensAt))).toEqual(['cast'])
    expect(
      codes(s.attempt(person(2), members, opensAt, { kind: 'cast', ballot: print(2) }, eligible(opensAt, 'register'))),
    ).toEqual(['missing-fact'])
    expect(kinds(vote(2, later(closesAt, -1)))).toEqual(['cast'])
    expect(why(vote(3, closesAt))).toMatchObject({ code: 'too-late', required: { unit: 'instant', at: closesAt } })
  })

  it('extends once by a day when the quorum is first met in the last day', () => {
    const s = story(editionsOf(lantern))
    untilOpen(s)
    cast(s, 1, 175, later(opensAt, hour))
    // 15% of 1,180 is 177. A re-vote is not another voter.
    expect(cast(s, 175, 176, later(closesAt, -hour))).toEqual(['cast', 'cast'])
    expect(cast(s, 177, 177, later(closesAt, -hour))).toEqual(['cast', 'extended'])
    const extended = s.events().at(-1)
    expect(extended).toMatchObject({ kind: 'extended', closesAt: later(closesAt, day) })
    expect(cast(s, 178, 180, later(closesAt, day - 1))).toEqual(['cast', 'cast', 'cast'])
    expect(due(s.editions(), s.state(), later(closesAt, day))).toMatchObject([
      { kind: 'closed', occurredAt: later(closesAt, day) },
    ])
  })

  it('does not extend when the quorum was met before the last day', () => {
    const s = story(editionsOf(lantern))
    untilOpen(s)
    expect(cast(s, 1, 177, later(closesAt, -day - 1))).not.toContain('extended')
    expect(cast(s, 178, 179, later(closesAt, -1))).toEqual(['cast', 'cast'])
  })

  it.each([
    [118, 59, 0, 'carried'], // exactly 2/3 for, turnout 177 of 1,180: exactly 15%
    [117, 60, 0, 'fallen'], // one vote short of 2/3
    [176, 0, 0, 'fallen'], // one voter short of 15%
    [118, 59, 3, 'carried'], // blanks count for turnout and not against
    [90, 90, 20, 'fallen'],
  ])('judges %i for, %i against, %i blank: %s', (inFavour, against, blank, outcome) => {
    const s = story(editionsOf(lantern))
    untilOpen(s)
    cast(s, 1, 200, later(opensAt, hour))
    const answer = s.attempt('rule', 'rule', closesAt, { kind: 'declare' }, tally(inFavour, against, blank, closesAt))
    expect(kinds(answer).slice(0, 2)).toEqual(['closed', 'declared'])
    expect(s.events().find((e) => e.kind === 'declared')).toMatchObject({ outcome })
    expect(s.state().decisions[1]?.ended?.outcome ?? null).toBe(outcome === 'fallen' ? 'fallen' : null)
  })

  it('refuses a tally that does not add up or holds more ballots than the box', () => {
    const s = story(editionsOf(lantern))
    untilOpen(s)
    cast(s, 1, 200, later(opensAt, hour))
    const declare = (value: Fact['value']) =>
      s.attempt('rule', 'rule', closesAt, { kind: 'declare' }, fact('tally', null, value, closesAt, 'tally'))
    expect(codes(declare({ for: 150, against: 51, blank: 0, cast: 201, valid: 201 }))).toEqual(['missing-fact'])
    expect(codes(declare({ for: 150, against: 40, blank: 0, cast: 200, valid: 200 }))).toEqual(['missing-fact'])
    expect(codes(s.attempt('rule', 'rule', later(closesAt, -1), { kind: 'declare' }, tally(150, 50, 0, opensAt)))).toEqual([
      'too-early',
    ])
    expect(kinds(declare({ for: 150, against: 49, blank: 0, cast: 200, valid: 199 }))).toEqual(['closed', 'declared'])
  })
})

/** A result declared carried at closing; its certificate due by the end of Tuesday 7 April (Good Friday and Easter between). */
function untilDeclared(s: Story): void {
  untilOpen(s)
  cast(s, 1, 200, later(opensAt, hour))
  s.attempt('rule', 'rule', closesAt, { kind: 'declare' }, tally(150, 50, 0, closesAt))
}
function untilCertified(s: Story, when = at('2026-04-03 14:00')): void {
  untilDeclared(s)
  s.attempt(person(501), officer, when, { kind: 'certify' }, holds(when))
  expect(kinds(s.attempt(person(502), officer, when, { kind: 'certify' }, holds(when)))).toEqual(['certified'])
}
const panel = 'body panel' as const
const vote = (inFavour: number, against: number, when: Instant): Fact =>
  fact('resolution', 'panel', { for: inFavour, against }, when)
const protest = { kind: 'challenge', ground: 'roll', document: print(9) } as const

describe('certificate, challenge and enactment', () => {
  it('passes to the panel clerk when two working days are over, and stands certified when the clerk is idle too', () => {
    const s = story(editionsOf(lantern))
    untilDeclared(s)
    const passesAt = at('2026-04-09 00:00')
    const clerk = (when: Instant) =>
      s.attempt(person(7), 'office panel-clerk', when, { kind: 'certify' }, fact('holds-office', 'panel-clerk', true, when))
    expect(codes(clerk(later(passesAt, -1)))).toEqual(['not-eligible'])
    expect(codes(s.attempt(person(501), officer, passesAt, { kind: 'certify' }, holds(passesAt)))).toEqual(['not-eligible'])
    // The clerk’s two working days follow Thursday 9 April: Friday and Monday.
    const standsAt = at('2026-04-14 00:00')
    expect(due(s.editions(), s.state(), later(standsAt, -1))).toEqual([])
    expect(due(s.editions(), s.state(), standsAt)).toMatchObject([{ kind: 'certified', deemed: true, occurredAt: standsAt }])
    expect(kinds(clerk(passesAt))).toEqual(['certified'])
  })

  it('hears a challenge on a listed ground within seven days, once a person and ground', () => {
    const s = story(editionsOf(lantern))
    untilCertified(s)
    const when = at('2026-04-04 10:00')
    expect(codes(s.attempt(person(5), members, when, { ...protest, ground: 'colour' }, eligible(when)))).toEqual(['not-a-ground'])
    expect(kinds(s.attempt(person(5), members, when, protest, eligible(when)))).toEqual(['challenged'])
    expect(codes(s.attempt(person(5), members, when, protest, eligible(when)))).toEqual(['already-done'])
    const until = at('2026-04-10 14:00')
    const late = s.attempt(person(6), members, until, protest, eligible(until))
    expect(why(late)).toMatchObject({ code: 'too-late', required: { at: until } })
    const enact = s.attempt('rule', 'rule', until, { kind: 'enact', text: fingerprintOf(nextText) }, proposalText(until))
    expect(codes(enact)).toEqual(['stayed'])
  })

  it('is answered by the panel’s own vote: dismissed lets it through, upheld ends it', () => {
    for (const [outcome, inFavour, against, end] of [
      ['dismissed', 2, 3, null],
      ['upheld', 3, 2, 'fallen'],
    ] as const) {
      const s = story(editionsOf(lantern))
      untilCertified(s)
      const when = at('2026-04-04 10:00')
      s.attempt(person(5), members, when, protest, eligible(when))
      const answer = (says: 'upheld' | 'dismissed', ...facts: readonly Fact[]) =>
        s.attempt(person(30), panel, when, { kind: 'answer-challenge', outcome: says }, ...facts)
      expect(codes(answer(outcome))).toEqual(['missing-fact'])
      expect(codes(answer(outcome === 'upheld' ? 'dismissed' : 'upheld', vote(inFavour, against, when)))).toEqual(['not-carried'])
      expect(why(answer(outcome, vote(2, 1, when)))).toMatchObject({
        code: 'short-support',
        shortfall: { unit: 'seats', count: 1 },
      })
      expect(kinds(answer(outcome, vote(inFavour, against, when)))).toEqual(
        outcome === 'upheld' ? ['challenge-answered', 'ended'] : ['challenge-answered'],
      )
      expect(s.state().decisions[1]?.ended?.outcome ?? null).toBe(end)
    }
  })

  it('deems a challenge dismissed when fourteen days pass without an answer', () => {
    const s = story(editionsOf(lantern))
    untilCertified(s)
    const when = at('2026-04-09 10:00')
    s.attempt(person(5), members, when, protest, eligible(when))
    const fallsAt = at('2026-04-23 10:00')
    expect(due(s.editions(), s.state(), later(fallsAt, -1))).toEqual([])
    expect(due(s.editions(), s.state(), fallsAt)).toMatchObject([
      { kind: 'challenge-answered', outcome: 'dismissed', deemed: true },
    ])
    const enact = (instant: Instant) =>
      s.attempt('rule', 'rule', instant, { kind: 'enact', text: fingerprintOf(nextText) }, proposalText(instant))
    expect(codes(enact(later(fallsAt, -1)))).toEqual(['stayed'])
    expect(kinds(enact(fallsAt))).toEqual(['challenge-answered', 'enacted', 'ended'])
  })

  it('refuses to enact over a clause that changed since notice, and a text nobody vouches for', () => {
    const s = story(editionsOf(lantern))
    untilCertified(s)
    const when = at('2026-04-10 14:00')
    const text = fingerprintOf(nextText)
    expect(codes(s.attempt('rule', 'rule', when, { kind: 'enact', text }))).toEqual(['missing-fact'])
    expect(codes(s.attempt('rule', 'rule', when, { kind: 'enact', text: print(3) }, proposalText(when)))).toEqual([
      'missing-fact',
    ])
    const rival = parsed(lanternText.replace('at least 60 people', 'at least 70 people'), 2)
    s.useEditions({ byNumber: new Map([...s.editions().byNumber, [rival.edition, rival]]), inForce: rival.edition })
    const refused = s.attempt('rule', 'rule', when, { kind: 'enact', text }, proposalText(when))
    expect(isRefusal(refused) && refused.routes[0].reasons.map((r) => [r.code, r.clause])).toEqual([['text-changed', '4.2@2']])
  })
})
