import { instant } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { clause, codes, day, edition, fact, kinds, later, members, parsed, person, print, why } from '../../test/lantern.ts'
import {
  ballotAndEnd,
  boxOf,
  castBy,
  declare,
  endOf,
  monday,
  rulebookWith,
  text,
  textWith,
  type Told,
  told,
  untilOpen,
} from '../../test/procedures.ts'
import {
  applyChanges,
  changesOf,
  due,
  includesPerson,
  resultingText,
  type ActBody,
  type DecisionId,
  type Editions,
} from '../index.ts'

everyActWithOneThingWrong()

const begin = (power: string, ...stages: readonly string[]): Told => {
  const t = told(rulebookWith(power, stages))
  t.member(1, text(power))
  return t
}
const enacted: ActBody = { kind: 'enact', text: print(1) }

describe('an appeal against a check', () => {
  const stages = [
    'propose: {by: electorate members}',
    'check: {by: returning-officer, grounds: [out-of-order], within: 3 days, timeout: passed, appeal: appeal}',
    'delay: {lasts: 7 days}',
    'enact: {effect: adopt-policy, at: end of delay}',
  ]
  const stopped = (): Told => {
    const t = begin('adopt-policy', ...stages)
    expect(t.officer({ kind: 'check', outcome: 'refused', ground: 'out-of-order' })).toEqual(['checked', 'ended'])
    return t
  }
  const appeal: ActBody = { kind: 'appeal', document: print(8) }
  const answer = (outcome: 'allowed' | 'dismissed'): ActBody => ({ kind: 'answer-appeal', outcome })

  it('is open to the proposer for 14 days, once, and opens the decision again', () => {
    const t = stopped()
    expect(codes(t.by(2, members, appeal))).toEqual(['not-eligible'])
    t.to(later(monday, 14 * day - 1))
    expect(t.member(1, appeal)).toEqual(['appealed'])
    expect(endOf(t)).toBeNull()
    expect(codes(t.by(1, members, appeal))).toEqual(['already-done'])
    expect(codes(t.by(900, 'office returning-officer', { kind: 'check', outcome: 'passed', ground: null }))).toEqual([
      'already-done',
    ])
    const late = stopped()
    late.to(later(monday, 14 * day))
    expect(why(late.by(1, members, appeal))).toMatchObject({ code: 'too-late', required: { at: later(monday, 14 * day) } })
  })

  it('is answered by the body that hears it, with nobody on it who decided before', () => {
    const t = stopped()
    t.member(1, appeal)
    const resolved = fact('resolution', 'panel', { for: 3, against: 1 }, t.now())
    expect(codes(t.by(0, 'body committee', answer('allowed'), resolved))).toEqual(['wrong-electorate'])
    expect(codes(t.by(0, 'body panel', answer('allowed'), resolved, fact('disjoint', 'panel', false, t.now())))).toEqual([
      'missing-fact',
    ])
    expect(codes(t.by(0, 'body panel', answer('dismissed'), resolved))).toEqual(['not-carried'])
    t.wait(5 * day)
    expect(t.body('panel', answer('allowed'), [3, 1])).toEqual(['appeal-answered'])
    // Seven days from the answer, not from the check.
    t.wait(7 * day - 1)
    expect(codes(t.by(0, 'rule', enacted))).toEqual(['too-early'])
    t.wait(1)
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
  })

  it('that is dismissed leaves the refusal as it was, and one nobody answers is answered as the clause says', () => {
    const t = stopped()
    t.member(1, appeal)
    expect(t.body('panel', answer('dismissed'), [1, 3])).toEqual(['appeal-answered', 'ended'])
    expect(endOf(t)).toBe('refused')
    const silent = stopped()
    silent.member(1, appeal)
    silent.wait(14 * day)
    expect(due(silent.story.editions(), silent.story.state(), silent.now())).toMatchObject([
      { kind: 'appeal-answered', outcome: 'allowed', occurredAt: later(monday, 14 * day) },
    ])
  })
})

describe('an appeal against what a body agreed', () => {
  const stages = [
    'propose: {by: electorate members}',
    'consider: {body: committee, within: 30 days, timeout: fallen, appeal: appeal}',
    'enact: {effect: derecognise-group, at: end of appeal}',
  ]
  const agreed = (): Told => {
    const t = begin('derecognise-group', ...stages)
    t.body('committee', { kind: 'consider', outcome: 'agreed' }, [7, 5])
    return t
  }
  const party = (t: Told) => t.state('party', true, 'derecognise-group')

  it('is waited for: nothing takes effect before nobody can appeal any more', () => {
    const t = agreed()
    t.to(later(monday, 14 * day - 1))
    expect(why(t.by(0, 'rule', enacted))).toMatchObject({ code: 'too-early', required: { at: later(monday, 14 * day) } })
    t.wait(1)
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
  })

  it('stays it, for whoever it concerns, until the answer', () => {
    const t = agreed()
    expect(codes(t.by(50, members, { kind: 'appeal', document: print(8) }))).toEqual(['not-eligible'])
    t.to(later(monday, 13 * day))
    expect(t.member(50, { kind: 'appeal', document: print(8) }, party(t))).toEqual(['appealed'])
    t.to(later(monday, 20 * day))
    expect(codes(t.by(0, 'rule', enacted))).toEqual(['stayed'])
    expect(t.body('panel', { kind: 'answer-appeal', outcome: 'dismissed' }, [1, 3])).toEqual(['appeal-answered'])
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
    const allowed = agreed()
    allowed.member(50, { kind: 'appeal', document: print(8) }, party(allowed))
    expect(allowed.body('panel', { kind: 'answer-appeal', outcome: 'allowed' }, [3, 1])).toEqual(['appeal-answered', 'ended'])
    expect(endOf(allowed)).toBe('refused')
  })
})

describe('one rule of appeal, whatever is appealed', () => {
  const stages = [
    'propose: {by: electorate members}',
    'consider: {body: committee, within: 30 days, timeout: fallen, appeal: appeal}',
    'delay: {lasts: 1 days}',
    'enact: {effect: derecognise-group, at: end of delay}',
  ]
  const appealed = (change: (text: string) => string): Told => {
    const t = told(parsed(change(textWith('derecognise-group', stages))))
    t.member(1, text('derecognise-group'))
    t.body('committee', { kind: 'consider', outcome: 'agreed' }, [7, 5])
    t.member(1, { kind: 'appeal', document: print(8) })
    t.wait(2 * day)
    return t
  }

  it('holds back only what it says it does', () => {
    const without = appealed((s) => s.replace(/\nstay: \{effect: yes.*\}/, ''))
    expect(without.rule(enacted)).toEqual(['enacted', 'ended'])
    expect(codes(appealed((s) => s).by(0, 'rule', enacted))).toEqual(['stayed'])
    expect(appealed((s) => s.replace('stay: {effect: yes', 'stay: {effect: no')).rule(enacted)).toEqual(['enacted', 'ended'])
  })

  it('is heard by others where a body sits anew, whatever else it says', () => {
    const anew = appealed((s) => s.replace('to: panel\ndisjoint: yes', 'to: panel sitting anew\ndisjoint: no'))
    const same = anew.state('disjoint', false, 'panel')
    const answer: ActBody = { kind: 'answer-appeal', outcome: 'allowed' }
    const resolved = fact('resolution', 'panel', { for: 3, against: 1 }, anew.now())
    expect(codes(anew.by(0, 'body panel', answer, resolved, same))).toEqual(['missing-fact'])
  })
})

describe('objections to a certificate', () => {
  const stages = [
    'propose: {by: electorate members}',
    ...ballotAndEnd('adopt-policy').slice(0, 3),
    'certify: {by: returning-officer, within: 2 days, timeout: certified, objections: {by: electorate members, to: panel, within: 3 days, timeout: dismissed}}',
    'enact: {effect: adopt-policy, at: end of certify}',
  ]
  const certified = (): Told => {
    const t = begin('adopt-policy', ...stages)
    untilOpen(t)
    castBy(t, 1, 10)
    kinds(declare(t, [8, 2]))
    expect(t.officer({ kind: 'certify' })).toEqual(['certified'])
    return t
  }
  const object: ActBody = { kind: 'challenge', ground: 'count', document: print(8) }

  it('hold back what takes effect until they are answered, and one that is upheld stops it', () => {
    const t = certified()
    expect(codes(t.by(0, 'rule', enacted))).toEqual(['too-early'])
    expect(t.member(5, object)).toEqual(['challenged'])
    expect(codes(t.by(5, members, object))).toEqual(['already-done'])
    expect(codes(t.by(900, 'office returning-officer', { kind: 'certify' }))).toEqual(['already-done'])
    const upheld = certified()
    upheld.member(5, object)
    expect(upheld.body('panel', { kind: 'answer-challenge', outcome: 'upheld' }, [3, 1])).toEqual(['challenge-answered', 'ended'])
    expect(endOf(upheld)).toBe('fallen')
    t.wait(3 * day)
    expect(t.rule(enacted)).toEqual(['challenge-answered', 'enacted', 'ended'])
  })

  it('come within their time', () => {
    const t = certified()
    t.wait(3 * day)
    expect(codes(t.by(5, members, object))).toEqual(['too-late'])
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
  })
})

describe('ballots of voters whose place on the roll is under appeal', () => {
  const stages = [
    'propose: {by: electorate members}',
    ...ballotAndEnd('adopt-policy').map((s) =>
      s.replace('at: notify}', 'at: notify, provisional: those with an appeal open or still open to them}'),
    ),
  ].map((s) => s.replace('at: end of ballot', 'at: end of window'))
  const window = 'window: {do: delay, lasts: 10 days}'
  const open = (): Told => {
    const t = begin('adopt-policy', ...stages.slice(0, -1), window, stages.at(-1) ?? '')
    untilOpen(t)
    castBy(t, 1, 20)
    for (let n = 21; n <= 23; n++)
      expect(t.member(n, { kind: 'cast', ballot: print(n) }, t.state('provisional', true, 'members'))).toEqual([
        'cast',
        'provisional',
      ])
    return t
  }
  const settle = (t: Told, who: number, stays: boolean) =>
    t.by(0, 'rule', { kind: 'settle-roll', voter: person(who) }, t.state('roll-appeal', stays, person(who)))

  it('leave the box when the appeal fails before the count, and stay when it succeeds', () => {
    const t = open()
    expect(codes(settle(t, 5, false))).toEqual(['already-done'])
    expect(codes(t.by(0, 'rule', { kind: 'settle-roll', voter: person(21) }))).toEqual(['missing-fact'])
    expect(kinds(settle(t, 21, true))).toEqual(['roll-settled'])
    expect(kinds(settle(t, 22, false))).toEqual(['roll-settled'])
    expect(boxOf(t)).toMatchObject({ left: 1, voters: { size: 22 }, provisional: { size: 1 } })
    expect(includesPerson(boxOf(t).voters, person(22))).toBe(false)
    expect(codes(settle(t, 22, false))).toEqual(['already-done'])
    expect(codes(declare(t, [15, 8]))).toEqual(['missing-fact'])
  })

  it('stay in once the ballot has closed, whose locked sum is out by then, and are measured when it is counted', () => {
    for (const [votes, told] of [
      [
        [14, 9],
        ['declared', 'doubt-measured'],
      ],
      [
        [12, 11],
        ['declared', 'doubt-measured', 're-run-ordered'],
      ],
    ] as const) {
      const t = open()
      t.to(boxOf(t).closesAt ?? instant(0))
      expect(kinds(settle(t, 21, false))).toEqual(['closed', 'roll-settled'])
      expect(boxOf(t)).toMatchObject({ tooLate: 1, voters: { size: 23 } })
      expect(boxOf(t).left).toBeUndefined()
      expect(kinds(declare(t, votes))).toEqual(told)
      expect(t.story.events().find((e) => e.kind === 'doubt-measured')).toMatchObject({
        ballots: 1,
        margin: votes[0] - votes[1],
        couldDecide: votes[0] === 12,
      })
    }
  })

  it('after the count are measured against the result: too few to have decided it, it stands', () => {
    const t = open()
    kinds(declare(t, [14, 9]))
    expect(kinds(settle(t, 21, false))).toEqual(['roll-settled', 'doubt-measured'])
    expect(t.story.events().at(-1)).toMatchObject({ ballots: 1, margin: 5, couldDecide: false })
    expect(boxOf(t).result?.outcome).toBe('carried')
  })

  it('after the count are held again on a new roll once they could have decided it', () => {
    const t = open()
    kinds(declare(t, [12, 11]))
    expect(kinds(settle(t, 21, false))).toEqual(['roll-settled', 'doubt-measured', 're-run-ordered'])
    expect(t.story.events().at(-2)).toMatchObject({ ballots: 1, margin: 1, couldDecide: true })
    const asOf = t.story.events().find((e) => e.kind === 'noticed')?.occurredAt ?? monday
    expect(t.rule({ kind: 'freeze' }, { ...t.state('roll', { size: 97, root: print(9) }, 'members'), at: asOf })).toEqual([
      'frozen',
    ])
    expect(t.story.events().at(-1)).toMatchObject({ stage: 'freeze--2' })
    t.officer({ kind: 'schedule', opensAt: t.now() })
    t.rule({ kind: 'open' }, t.state('setup', { fingerprint: print(7) }))
    castBy(t, 1, 20)
    t.to(boxOf(t, 'ballot--2').closesAt ?? t.now())
    expect(t.rule({ kind: 'declare' }, t.state('tally', { for: 15, against: 5, blank: 0, cast: 20, valid: 20 }))).toEqual([
      'closed',
      'declared',
    ])
    t.wait(10 * day)
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
  })

  it('may be cast only where the roll has a provisional part', () => {
    const t = begin('adopt-policy', 'propose: {by: electorate members}', ...ballotAndEnd('adopt-policy'))
    untilOpen(t)
    expect(codes(t.by(1, members, { kind: 'cast', ballot: print(1) }, t.state('provisional', true, 'members')))).toEqual([
      'not-eligible',
    ])
  })
})

describe('two that cannot both stand', () => {
  const run = (settle: string): Told => {
    const t = begin(
      'adopt-policy',
      'propose: {by: electorate members}',
      ...ballotAndEnd('adopt-policy', `, incompatible: {ruled-by: returning-officer, settle: ${settle}}`),
    )
    untilOpen(t)
    expect(t.officer({ kind: 'rule-incompatible', with: 7 as DecisionId })).toEqual(['ruled-incompatible'])
    castBy(t, 1, 30)
    kinds(declare(t, [20, 10]))
    return t
  }
  const settle: ActBody = { kind: 'settle', with: 7 as DecisionId }
  const other = (t: Told, value: Record<string, number>) => t.state('outcome', value, 'decision 7')
  const settled = (t: Told, ...facts: Parameters<typeof t.rule>[1][]) => {
    expect(codes(t.by(0, 'rule', enacted))).toEqual(['stayed'])
    t.rule(settle, ...facts)
    return endOf(t) ?? 'stands'
  }

  it('are ruled so by whom the rule names, each pair once', () => {
    const t = run('run-off')
    expect(codes(t.by(5, members, { kind: 'rule-incompatible', with: 9 as DecisionId }))).toEqual(['not-eligible'])
    expect(codes(t.by(900, 'office returning-officer', { kind: 'rule-incompatible', with: 7 as DecisionId }))).toEqual([
      'already-done',
    ])
    expect(codes(t.by(900, 'office returning-officer', { kind: 'rule-incompatible', with: 1 as DecisionId }))).toEqual([
      'no-such-decision',
    ])
    expect(codes(t.by(0, 'rule', settle))).toEqual(['missing-fact'])
    expect(codes(t.by(0, 'rule', { kind: 'settle', with: 9 as DecisionId }))).toContain('no-such-decision')
    const none = begin('adopt-policy', 'propose: {by: electorate members}', ...ballotAndEnd('adopt-policy'))
    expect(codes(none.by(900, 'office returning-officer', { kind: 'rule-incompatible', with: 7 as DecisionId }))).toEqual([
      'no-power',
    ])
    expect(codes(none.by(0, 'rule', settle))).toEqual(['no-power'])
  })

  it('the later falls', () => {
    for (const [at_, stands] of [
      [-1, false],
      [1, true],
      [0, true],
    ] as const) {
      const t = run('later falls')
      const declaredAt = boxOf(t).result?.at ?? 0
      expect(settled(t, other(t, { carried: 1, for: 9, against: 1, at: declaredAt + at_ }))).toBe(stands ? 'stands' : 'fallen')
    }
  })

  it('the greater margin stands', () => {
    for (const [inFavour, stands] of [
      [18, true],
      [21, false],
    ] as const) {
      const t = run('greater margin')
      expect(settled(t, other(t, { carried: 1, for: inFavour, against: 10, at: t.now() }))).toBe(stands ? 'stands' : 'fallen')
    }
  })

  it('a run-off between them decides, and what was lost anyway is in nobody’s way', () => {
    const t = run('run-off')
    expect(codes(t.by(0, 'rule', settle, other(t, { carried: 1, at: t.now() })))).toEqual(['missing-fact'])
    expect(settled(t, other(t, { carried: 1, at: t.now() }), t.state('run-off', { for: 108, against: 31 }, 'decision 7'))).toBe(
      'stands',
    )
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
    const lost = run('run-off')
    expect(
      settled(lost, other(lost, { carried: 1, at: lost.now() }), lost.state('run-off', { for: 31, against: 108 }, 'decision 7')),
    ).toBe('fallen')
    const alone = run('run-off')
    expect(settled(alone, other(alone, { carried: 0 }))).toBe('stands')
  })
})

describe('the merge rule of a change that meets another', () => {
  const stages = (merge: string) => [
    'propose: {by: electorate members}',
    'notify: {to: electorate members, clear: 7 clear days}',
    'delay: {lasts: 7 days}',
    `enact: {effect: amend-rulebook, at: end of delay, merge: ${merge}}`,
  ]
  const tier = 'kind: tier\nid: all\nguards: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]\nprocedure: decide'
  const textOf = (merge: string) => textWith('amend-rulebook', stages(merge), tier)
  const change = (from: string, id: string, after: string) => ({
    clause: clause(id),
    after: (parsed(from).clauses.get(clause(id))?.source ?? '').replace(/\n```rule/, `\n${after}\n\`\`\`rule`),
  })

  /** One changes clause 3, and before it takes effect another edition has changed `touched` to `said`. */
  const meets = (merge: string, touched: string, said: string) => {
    const first = textOf(merge)
    const book = parsed(first)
    const t = told(book)
    const own = [change(first, '3', 'Ours.')]
    const result = resultingText(first, edition(1), own, t.now())
    t.member(
      1,
      { kind: 'propose', power: 'amend-rulebook', form: 'diff', document: print(1), changes: changesOf(first, own) },
      result.fact,
    )
    t.rule({ kind: 'notify' }, t.state('notice', { served: 10, of: 10 }))
    const second = applyChanges(first, [change(first, touched, said)], edition(2))
    if (second.kind === 'fail') throw new Error(JSON.stringify(second.error))
    const both: Editions = {
      byNumber: new Map([
        [edition(1), book],
        [edition(2), parsed(second.value, 2)],
      ]),
      inForce: edition(2),
    }
    t.story.useEditions(both)
    t.wait(20 * day)
    const rebased = resultingText(second.value, edition(2), own, t.now())
    const answer = t.by(0, 'rule', { kind: 'enact', text: rebased.fact.value['text' as never] }, rebased.fact)
    return { t, answer }
  }

  it('goes in beside a change of other clauses, whatever the rule', () => {
    for (const merge of ['refuse if a touched clause changed', 'rebase', 'run-off'])
      expect(kinds(meets(merge, '4', 'Theirs.').answer)).toEqual(['enacted', 'ended'])
  })

  it('refuse: is stopped by any change of a clause it touches; rebase: not where that clause already says the same', () => {
    expect(codes(meets('refuse if a touched clause changed', '3', 'Theirs.').answer)).toEqual(['text-changed'])
    expect(codes(meets('refuse if a touched clause changed', '3', 'Ours.').answer)).toEqual(['text-changed'])
    expect(codes(meets('rebase', '3', 'Theirs.').answer)).toEqual(['text-changed'])
    expect(kinds(meets('rebase', '3', 'Ours.').answer)).toEqual(['enacted', 'ended'])
  })

  it('run-off: waits until it has been put against the other', () => {
    expect(codes(meets('run-off', '3', 'Theirs.').answer)).toEqual(['text-changed'])
  })
})
