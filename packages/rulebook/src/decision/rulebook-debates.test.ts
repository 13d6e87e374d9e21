import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { codes, day, fact, kinds, later, members, print, why } from '../../test/lantern.ts'
import { ballotAndEnd, endOf, monday, rulebookWith, text, type Told, told } from '../../test/procedures.ts'
import type { ActBody, Change, ClauseId } from '../index.ts'

everyActWithOneThingWrong()

const debate = (rules: string) => [
  'propose: {by: electorate members}',
  `debate: {lasts: 10 days, amendments: {by: electorate members, due: 5 days after propose, ${rules}}}`,
  'consider: {body: conference, within: 30 days, timeout: fallen}',
  'enact: {effect: adopt-policy, at: end of consider}',
]
const begin = (rules: string): Told => {
  const t = told(rulebookWith('adopt-policy', debate(rules)))
  t.member(1, { ...text('adopt-policy'), changes: [] } as ActBody)
  return t
}
const change = (clause: number, before: number, after: number): Change => ({
  clause: String(clause) as ClauseId,
  before: print(before),
  after: print(after),
})
const amend = (document: number, ...changes: readonly Change[]): ActBody => ({
  kind: 'amend',
  document: print(document),
  changes,
})
const decide = (amendment: number, outcome: 'carried' | 'fallen', document: number | null = null): ActBody => ({
  kind: 'decide-amendment',
  amendment,
  outcome,
  document: document === null ? null : print(document),
})
const vote = (t: Told, body: ActBody, votes: readonly [number, number] = [80, 20]) =>
  t.by(0, 'body conference', body, fact('resolution', 'conference', { for: votes[0], against: votes[1], present: 100 }, t.now()))
const question = (t: Told) => t.story.state().decisions[1]

describe('amendments', () => {
  it('are moved until they are due and decided after, in the order received', () => {
    const t = begin('collision: later falls')
    expect(t.member(11, amend(21, change(1, 101, 201)))).toEqual(['amendment-moved', 'amendment-admitted'])
    t.member(12, amend(22, change(2, 102, 202)))
    expect(codes(t.by(13, members, amend(23)))).toEqual(['invalid-text'])
    expect(codes(t.by(13, members, amend(23, change(1, 7, 7))))).toEqual(['invalid-text'])
    expect(why(vote(t, decide(1, 'carried', 31)))).toMatchObject({ code: 'too-early', required: { at: later(monday, 5 * day) } })
    t.to(later(monday, 5 * day))
    expect(why(t.by(13, members, amend(23, change(3, 103, 203))))).toMatchObject({ code: 'too-late' })
    expect(codes(vote(t, decide(2, 'carried', 31)))).toEqual(['wrong-stage'])
    expect(codes(t.by(1, members, decide(1, 'carried', 31)))).toEqual(['wrong-electorate'])
    expect(codes(vote(t, decide(1, 'carried', 31), [20, 80]))).toEqual(['not-carried'])
    expect(codes(vote(t, decide(1, 'carried')))).toEqual(['missing-fact'])
    expect(kinds(vote(t, decide(1, 'fallen'), [20, 80]))).toEqual(['amendment-decided'])
    expect(codes(vote(t, decide(1, 'carried', 31)))).toEqual(['already-done'])
    expect(kinds(vote(t, decide(2, 'carried', 31)))).toEqual(['amendment-decided', 'amended'])
    expect(question(t)).toMatchObject({ document: print(31), proposed: print(1), changes: [change(2, 102, 202)] })
  })

  it('that were never decided have fallen when the debate ends', () => {
    const t = begin('collision: later falls')
    t.member(11, amend(21, change(1, 101, 201)))
    t.member(12, amend(22, change(2, 102, 202)))
    t.to(later(monday, 10 * day))
    expect(t.rule({ kind: 'tick' })).toEqual(['amendment-decided', 'amendment-decided'])
    expect(question(t)).toMatchObject({ document: print(1) })
    expect(t.body('conference', { kind: 'consider', outcome: 'agreed' }, [80, 20])).toEqual(['considered'])
    expect(t.rule({ kind: 'enact', text: print(1) })).toEqual(['enacted', 'ended'])
  })

  it('need the support the rule asks for, the mover being one of those who give it', () => {
    const t = begin('collision: later falls, need: at least 3 people')
    const back: ActBody = { kind: 'back-amendment', amendment: 1 }
    expect(t.member(11, amend(21, change(1, 101, 201)))).toEqual(['amendment-moved'])
    expect(codes(t.by(11, members, back))).toEqual(['already-done'])
    expect(t.member(12, back)).toEqual(['amendment-backed'])
    expect(codes(t.by(12, members, back))).toEqual(['already-done'])
    expect(t.member(13, back)).toEqual(['amendment-backed', 'amendment-admitted'])
    expect(codes(t.by(14, members, { kind: 'back-amendment', amendment: 2 }))).toEqual(['no-power'])
    const open = begin('collision: later falls')
    open.member(11, amend(21, change(1, 101, 201)))
    expect(codes(open.by(12, members, back))).toEqual(['no-power'])
  })

  it('are withdrawn by their mover alone, before they are decided', () => {
    const t = begin('collision: later falls')
    const withdraw: ActBody = { kind: 'withdraw-amendment', amendment: 1 }
    t.member(11, amend(21, change(1, 101, 201)))
    expect(codes(t.by(12, members, withdraw))).toEqual(['not-eligible'])
    expect(t.member(11, withdraw)).toEqual(['amendment-withdrawn'])
    expect(codes(t.by(11, members, withdraw))).toEqual(['already-done'])
    t.to(later(monday, 5 * day))
    expect(codes(vote(t, decide(1, 'carried', 31)))).toEqual(['already-done'])
  })

  it('that touch the same clause: the one carried first stands and the others fall with it, or each is voted on and the last word stands', () => {
    for (const [rule, after] of [
      ['later falls', 201],
      ['each is voted on', 202],
    ] as const) {
      const t = begin(`collision: ${rule}`)
      t.member(11, amend(21, change(1, 101, 201), change(2, 102, 212)))
      t.member(12, amend(22, change(1, 101, 202)))
      t.member(13, amend(23, change(3, 103, 203)))
      t.to(later(monday, 5 * day))
      const first = kinds(vote(t, decide(1, 'carried', 31)))
      if (rule === 'later falls') {
        expect(first).toEqual(['amendment-decided', 'amended', 'amendment-decided'])
        expect(codes(vote(t, decide(2, 'carried', 32)))).toEqual(['already-done'])
      } else {
        expect(first).toEqual(['amendment-decided', 'amended'])
        expect(kinds(vote(t, decide(2, 'carried', 32)))).toEqual(['amendment-decided', 'amended'])
      }
      kinds(vote(t, decide(3, 'carried', 33)))
      expect(question(t)?.changes).toEqual([change(1, 101, after), change(2, 102, 212), change(3, 103, 203)])
    }
  })

  it('may be decided in another order where the rule leaves it to whoever decides', () => {
    const t = begin('collision: later falls, order: furthest first')
    t.member(11, amend(21, change(1, 101, 201)))
    t.member(12, amend(22, change(2, 102, 202)))
    t.to(later(monday, 5 * day))
    expect(kinds(vote(t, decide(2, 'carried', 31)))).toEqual(['amendment-decided', 'amended'])
  })

  it('that change the rules are bound by the tier of each clause like the proposal', () => {
    const rules = rulebookWith('amend-rulebook', [
      'propose: {by: electorate members}',
      'consider: {body: committee, within: 30 days, timeout: fallen, outcomes: {agreed: enact, amended: enact}}',
      'enact: {effect: amend-rulebook, at: end of consider}',
    ])
    const t = told(rules)
    const refused = t.by(1, members, {
      kind: 'propose',
      power: 'amend-rulebook',
      form: 'diff',
      document: print(1),
      changes: [change(2, 1, 2)],
    })
    // The small rulebook has no tier at all, so nothing of it can be changed.
    expect(codes(refused)).toEqual(['text-changed', 'no-power', 'missing-fact'])
  })
})

describe('composites', () => {
  const compose = (document: number, of: readonly number[], ...changes: readonly Change[]): ActBody => ({
    kind: 'compose',
    of,
    document: print(document),
    changes,
  })
  const moved = (rules: string): Told => {
    const t = begin(rules)
    t.member(11, amend(21, change(1, 101, 201)))
    t.member(12, amend(22, change(1, 101, 202)))
    t.member(13, amend(23, change(2, 102, 203)))
    return t
  }

  it('stand in the place of their parts once each mover has agreed, and not before', () => {
    const t = moved('collision: later falls, composite: with consent of each mover')
    const both = compose(24, [1, 2], change(1, 101, 204))
    expect(codes(t.by(14, members, both))).toEqual(['not-eligible'])
    expect(codes(t.by(11, members, compose(24, [1, 1], change(1, 101, 204))))).toEqual(['invalid-text'])
    expect(codes(t.by(11, members, compose(24, [1, 9], change(1, 101, 204))))).toEqual(['invalid-text'])
    expect(t.member(11, both)).toEqual(['composed'])
    const agree: ActBody = { kind: 'consent', amendment: 4 }
    expect(codes(t.by(13, members, agree))).toEqual(['not-eligible'])
    expect(t.member(11, agree)).toEqual(['amendment-consented'])
    expect(codes(t.by(11, members, agree))).toEqual(['already-done'])
    expect(t.member(12, agree)).toEqual([
      'amendment-consented',
      'amendment-admitted',
      'amendment-withdrawn',
      'amendment-withdrawn',
    ])
    t.to(later(monday, 5 * day))
    expect(kinds(vote(t, decide(3, 'carried', 31)))).toEqual(['amendment-decided', 'amended'])
    expect(kinds(vote(t, decide(4, 'carried', 32)))).toEqual(['amendment-decided', 'amended'])
    expect(question(t)?.changes).toEqual([change(2, 102, 203), change(1, 101, 204)])
  })

  it('without the consent of one mover are nothing, and the parts are decided by themselves', () => {
    const t = moved('collision: later falls, composite: with consent of each mover')
    t.member(11, compose(24, [1, 2], change(1, 101, 204)))
    t.member(11, { kind: 'consent', amendment: 4 })
    t.to(later(monday, 5 * day))
    expect(kinds(vote(t, decide(1, 'carried', 31)))).toEqual(['amendment-decided', 'amended', 'amendment-decided'])
    expect(codes(vote(t, decide(4, 'carried', 32)))).toEqual(['already-done'])
    expect(codes(t.by(12, members, { kind: 'consent', amendment: 4 }))).toEqual(['too-late'])
  })

  it('are ruled by whoever the rule names, or not made at all', () => {
    const ruled = moved('collision: as ruled, composite: as ruled, ruled-by: returning-officer')
    expect(ruled.officer(compose(24, [1, 2], change(1, 101, 204)))).toEqual([
      'composed',
      'amendment-admitted',
      'amendment-withdrawn',
      'amendment-withdrawn',
    ])
    expect(
      codes(moved('collision: later falls, composite: no').by(11, members, compose(24, [1, 2], change(1, 101, 204)))),
    ).toEqual(['no-power'])
    expect(codes(moved('collision: later falls').by(11, members, { kind: 'consent', amendment: 1 }))).toEqual(['no-power'])
  })
})

describe('a debate without amendments', () => {
  it('admits none', () => {
    const t = told(
      rulebookWith('adopt-policy', [
        'propose: {by: electorate members}',
        'debate: {lasts: 7 days}',
        ...ballotAndEnd('adopt-policy'),
      ]),
    )
    t.member(1, text('adopt-policy'))
    expect(codes(t.by(2, members, amend(21, change(1, 1, 2))))).toEqual(['no-power'])
    expect(codes(t.by(2, members, { kind: 'withdraw-amendment', amendment: 1 }))).toEqual(['no-power'])
    expect(endOf(t)).toBeNull()
  })
})
