import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong, quantityText } from '../../test/every-act.ts'
import { codes, day, fact, hour, isRefusal, kinds, later, members, officer, parsed, print } from '../../test/lantern.ts'
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
  textWith,
  told,
  untilOpen,
  type Told,
} from '../../test/procedures.ts'
import {
  compareText,
  due,
  standards,
  timeline,
  waiting,
  type ActBody,
  type DecisionId,
  type Fact,
  type Reason,
  type State,
} from '../index.ts'

// Numbers and instants a rule names, each a step to either side; what a refusal says of them.

everyActWithOneThingWrong()

const propose = 'propose: {by: electorate members}'
const agree: ActBody = { kind: 'consider', outcome: 'agreed' }
const enacted: ActBody = { kind: 'enact', text: print(1) }
const enact = (end: string): string => `enact: {effect: adopt-policy, at: end of ${end}}`
const ballot = (change: (s: string) => string = (s) => s, more = ''): Told =>
  begin(propose, ...ballotAndEnd('adopt-policy', more).map(change))
/** Every reason of a refusal in a line: code, clause, what is asked, what there is, what is short. */
const why = (answer: ReturnType<Told['by']>): readonly string[] =>
  !isRefusal(answer)
    ? ['permitted']
    : answer.routes.flatMap((route) =>
        route.reasons.map((r: Reason) =>
          [`${r.code} ${r.clause}`, ...[r.required, r.actual, r.shortfall].map(quantityText)].join('|').replace(/\|+$/, ''),
        ),
      )
const voted = (t: Told, body: string, value: Readonly<Record<string, number>>, ...facts: readonly Fact[]) =>
  t.by(0, `body ${body}`, agree, t.state('resolution', value, body), ...facts)

describe('the vote of a body', () => {
  const considered = (pass: string, more: (s: string) => string = (s) => s): Told => {
    const source = more(
      textWith('adopt-policy', [
        propose,
        `consider: {body: committee, within: 30 days, timeout: fallen${pass === '' ? '' : `, pass: [${pass}]`}}`,
        enact('consider'),
      ]),
    )
    const t = told(parsed(source))
    t.member(1, text('adopt-policy'))
    return t
  }

  it('needs its quorum: half of twelve seats, of those present and not of those who vote', () => {
    const t = considered('')
    expect(why(voted(t, 'committee', { for: 3, against: 2, present: 5 }))).toEqual(['short-support 6@1|6 seats|5 seats|1 seats'])
    expect(why(voted(t, 'committee', { for: 3, against: 2 }))).toEqual(['short-support 6@1|6 seats|5 seats|1 seats'])
    expect(kinds(voted(t, 'committee', { for: 3, against: 2, present: 6 }))).toEqual(['considered'])
  })

  it('is one that adds up and that is stated', () => {
    const t = considered('')
    for (const value of [{ for: 7 }, { against: 5 }, { for: 7, against: 5, present: 11 }])
      expect(why(voted(t, 'committee', value))).toEqual(['missing-fact 13@1|body committee'])
    expect(why(t.by(0, 'body committee', agree))).toEqual(['missing-fact 13@1|body committee'])
    expect(kinds(voted(t, 'committee', { for: 7, against: 5, present: 12 }))).toEqual(['considered'])
  })

  it('is lost by one, and the refusal says how many were for', () => {
    expect(why(voted(considered(''), 'committee', { for: 5, against: 6, present: 12 }))).toEqual(['not-carried 6@1||5 votes'])
    expect(why(voted(considered('yes at least 7 votes'), 'committee', { for: 6, against: 0, present: 12 }))).toEqual([
      'not-carried 6@1||6 votes',
    ])
    expect(kinds(voted(considered('yes at least 7 votes'), 'committee', { for: 7, against: 5 }))).toEqual(['considered'])
  })

  it('is counted among those present, those who vote, all seats or those filled', () => {
    const present = considered('yes more than 1/2 of present')
    expect(codes(voted(present, 'committee', { for: 6, against: 0, present: 12 }))).toEqual(['not-carried'])
    expect(kinds(voted(present, 'committee', { for: 7, against: 0, present: 12 }))).toEqual(['considered'])
    for (const base of ['for-and-against', 'votes-cast'])
      expect(kinds(voted(considered(`yes more than 1/2 of ${base}`), 'committee', { for: 1, against: 0, present: 12 }))).toEqual([
        'considered',
      ])
    expect(codes(voted(considered('yes more than 1/2 of valid'), 'committee', { for: 9, against: 0 }))).toEqual(['missing-fact'])
    const seats = considered('yes more than 1/2 of seats')
    expect(codes(voted(seats, 'committee', { for: 6, against: 0 }, seats.state('body-size', 8, 'committee')))).toEqual([
      'not-carried',
    ])
    const seated = considered('yes more than 1/2 of seated')
    expect(codes(voted(seated, 'committee', { for: 6, against: 0 }))).toEqual(['missing-fact'])
    expect(codes(voted(seated, 'committee', { for: 6, against: 0 }, seated.state('body-size', 12, 'committee')))).toEqual([
      'not-carried',
    ])
    expect(kinds(voted(seated, 'committee', { for: 6, against: 0 }, seated.state('body-size', 11, 'committee')))).toEqual([
      'considered',
    ])
    const ofClass = considered('yes of class union at least 3/4 of seats of class union, yes more than 1/2 of present')
    expect(codes(voted(ofClass, 'committee', { for: 9, against: 0 }))).toEqual(['missing-fact'])
    expect(codes(voted(ofClass, 'committee', { for: 9, against: 0, 'for-union': 2 }))).toEqual(['not-carried'])
    expect(kinds(voted(ofClass, 'committee', { for: 9, against: 0, 'for-union': 3 }))).toEqual(['considered'])
  })

  it('is counted among those who sit of a panel by lot, and among seats that go with an office', () => {
    const panel = (s: string) =>
      s
        .replace('id: committee\nseats', 'id: committee\nsits: {of: 7, by: lot per case}\nseats')
        .replace('present at least 1/2 of seats', 'present at least 1/2 of seats sitting')
    const sitting = considered('', panel)
    expect(why(voted(sitting, 'committee', { for: 3, against: 0 }))).toEqual(['short-support 6@1|4 seats|3 seats|1 seats'])
    expect(kinds(voted(sitting, 'committee', { for: 4, against: 0 }))).toEqual(['considered'])
    const withOffice = (s: string) => s.replace('{id: union, count: 4}', '{id: union, by: ex-officio returning-officer}')
    const nine = considered('yes at least 2/3 of seats', withOffice)
    // Eight members and one officer: six of nine.
    expect(codes(voted(nine, 'committee', { for: 5, against: 0 }))).toEqual(['not-carried'])
    expect(kinds(voted(nine, 'committee', { for: 6, against: 0 }))).toEqual(['considered'])
    const everyone = (s: string) => s.replace('{id: union, count: 4}', '{id: union, everyone-in: electorate members}')
    const open = considered('yes at least 2/3 of seats', everyone)
    expect(why(voted(open, 'committee', { for: 9, against: 0 }))).toContain('missing-fact 6@1|body committee')
    expect(kinds(voted(open, 'committee', { for: 20, against: 0 }, open.state('body-size', 30, 'committee')))).toEqual([
      'considered',
    ])
    const many = considered('yes at least 2/3 of seats', (s) =>
      s.replace('id: committee\nseats', 'id: committee\ninstances: many\nseats'),
    )
    expect(kinds(voted(many, 'committee', { for: 4, against: 0 }, many.state('body-size', 6, 'committee')))).toEqual([
      'considered',
    ])
  })

  it('on a tie is what the rule makes of it', () => {
    const tied = (tie: string) => considered('', (s) => s.replace('tie: casting vote', `tie: ${tie}`))
    const even = { for: 6, against: 6 }
    expect(why(voted(tied('falls'), 'committee', even))).toEqual(['not-carried 6@1||6 votes'])
    expect(kinds(voted(tied('carried'), 'committee', even))).toEqual(['considered'])
    const chair = tied('casting vote')
    expect(why(voted(chair, 'committee', even))).toEqual(['missing-fact 6@1|body committee'])
    // Another body's chair says nothing here, and a word is no vote.
    expect(codes(voted(chair, 'committee', even, chair.state('casting-vote', true, 'panel')))).toEqual(['missing-fact'])
    expect(codes(voted(chair, 'committee', even, chair.state('casting-vote', 'yes', 'committee')))).toEqual(['missing-fact'])
    // Where there is no tie nobody is asked.
    expect(codes(voted(chair, 'committee', { for: 5, against: 6 }, chair.state('casting-vote', true, 'committee')))).toEqual([
      'not-carried',
    ])
    expect(kinds(voted(chair, 'committee', even, chair.state('casting-vote', true, 'committee')))).toEqual(['considered'])
  })

  it('that first seeks consensus is blocked by as many as the rule says', () => {
    const seeking = (then: string) =>
      considered('', (s) =>
        s.replace('tie: casting vote', `tie: casting vote, consensus: {blocked-by: at least 3 people, then: ${then}}`),
      )
    const falls = seeking('falls')
    expect(kinds(voted(falls, 'committee', { objecting: 2 }))).toEqual(['considered'])
    expect(why(voted(seeking('falls'), 'committee', { objecting: 3 }))).toEqual(['not-carried 6@1||0 votes'])
    expect(why(voted(seeking('falls'), 'committee', { objecting: 3, for: 9, against: 3 }))).toEqual(['not-carried 6@1||9 votes'])
    const vote = seeking('vote')
    expect(codes(voted(vote, 'committee', { objecting: 3 }))).toEqual(['missing-fact'])
    expect(kinds(voted(vote, 'committee', { objecting: 3, for: 9, against: 3 }))).toEqual(['considered'])
    // The body did not refuse what nobody blocked.
    const refusing = seeking('vote')
    const refused = refusing.by(
      0,
      'body committee',
      { kind: 'consider', outcome: 'refused' },
      refusing.state('resolution', { objecting: 2 }, 'committee'),
    )
    expect(codes(refused)).toEqual(['not-carried'])
    // A body that seeks no consensus does not hear how many object.
    expect(codes(voted(considered(''), 'committee', { objecting: 0 }))).toEqual(['missing-fact'])
  })
})

describe('officers who must act together', () => {
  const check = 'check: {by: returning-officer, grounds: [out-of-order, breaks 5], within: 3 days, timeout: passed}'
  const pair = (): Told => {
    const t = told(
      parsed(textWith('adopt-policy', [propose, check, enact('check')]).replace('holders: 1', 'holders: 2\nacts: both')),
    )
    t.member(1, text('adopt-policy'))
    return t
  }
  const checks = (t: Told, who: number, outcome: 'passed' | 'refused', ground: string | null = null) =>
    t.by(who, officer, { kind: 'check', outcome, ground })

  it('say the same: another ground is another answer', () => {
    const t = pair()
    expect(kinds(checks(t, 900, 'refused', 'out-of-order'))).toEqual(['countersigned'])
    expect(why(checks(t, 900, 'refused', 'out-of-order'))).toEqual([
      'already-done 13@1',
      'second-person-needed 13@1|2 people|1 people|1 people',
    ])
    expect(kinds(checks(t, 901, 'refused', 'breaks 5'))).toEqual(['countersigned'])
    expect(kinds(checks(t, 902, 'passed'))).toEqual(['countersigned'])
    expect(kinds(checks(t, 903, 'refused', 'breaks 5'))).toEqual(['checked', 'ended'])
    expect(endOf(t)).toBe('refused')
  })

  it('give a ground to refuse, and none to pass', () => {
    for (const [outcome, ground] of [
      ['refused', null],
      ['refused', 'unheard-of'],
      ['passed', 'out-of-order'],
    ] as const)
      expect(why(checks(pair(), 900, outcome, ground))).toEqual(['not-a-ground 13@1'])
  })
})

describe('a ballot', () => {
  const opened = (change: (s: string) => string = (s) => s, more = ''): Told => {
    const t = ballot(change, more)
    untilOpen(t)
    return t
  }
  const frozen = (): Told => {
    const t = ballot()
    const servedAt = t.now()
    t.rule({ kind: 'notify' }, t.state('notice', { served: 100, of: 100 }))
    t.wait(8 * day)
    t.rule({ kind: 'freeze' }, { ...fact('roll', 'members', { size: 100, root: print(9) }, servedAt, 'roll'), knownAt: t.now() })
    return t
  }
  // Eight days after notice at the stroke of the morning: seven clear days were over at midnight.
  const ready = later(monday, 8 * day)

  it('is scheduled between the start of its turn and the end of its time, once', () => {
    const t = frozen()
    const schedule = (opensAt: number) => t.by(900, officer, { kind: 'schedule', opensAt: opensAt as typeof monday })
    expect(why(schedule(ready - 1))[0]).toMatch(/^too-early 13@1/)
    expect(why(schedule(ready + 3 * day + 1))[0]).toMatch(/^too-late 13@1/)
    expect(kinds(schedule(ready + 3 * day))).toEqual(['scheduled'])
    expect(codes(schedule(ready + day))).toEqual(['already-done'])
    expect(boxOf(t)).toMatchObject({ opensAt: ready + 3 * day, closesAt: ready + 8 * day })
  })

  it('opens by the rule alone, at its hour and not a millisecond before, once, and on a setup', () => {
    const t = frozen()
    expect(codes(t.by(0, 'rule', { kind: 'open' }, t.state('setup', { fingerprint: print(7) })))).toEqual(['too-early'])
    t.officer({ kind: 'schedule', opensAt: later(ready, hour) })
    t.to(later(ready, hour - 1))
    const open = (as: 'rule' | typeof officer = 'rule') =>
      t.by(as === 'rule' ? 0 : 900, as, { kind: 'open' }, t.state('setup', { fingerprint: print(7) }))
    expect(codes(open())).toEqual(['too-early'])
    t.wait(1)
    expect(codes(open(officer))).not.toEqual([])
    expect(codes(t.by(0, 'rule', { kind: 'open' }))).toEqual(['missing-fact'])
    expect(waiting(t.story.editions(), t.story.state(), t.now())).toMatchObject([{ kind: 'open', overdueMs: 0 }])
    // Opened late, it is open for its whole period all the same.
    t.wait(2 * hour)
    expect(kinds(open())).toEqual(['opened'])
    expect(boxOf(t).closesAt).toBe(later(ready, 3 * hour + 5 * day))
    expect(codes(open())).toEqual(['already-done'])
  })

  it('takes no ballot before it opens, nor by one who is not shown to be on the roll', () => {
    const t = frozen()
    const cast = (...facts: readonly Fact[]) => t.by(5, members, { kind: 'cast', ballot: print(5) }, ...facts)
    expect(codes(cast())).toEqual(['too-early'])
    t.officer({ kind: 'schedule', opensAt: t.now() })
    t.rule({ kind: 'open' }, t.state('setup', { fingerprint: print(7) }))
    expect(codes(t.by(5, 'electorate delegates', { kind: 'cast', ballot: print(5) }))).toEqual(['wrong-electorate'])
    expect(why(cast(fact('eligible', 'members', true, t.now(), 'register')))).toEqual([
      'missing-fact 13@1|electorate members 100',
    ])
    expect(codes(cast(fact('eligible', 'members', false, t.now(), 'roll')))).toEqual(['not-eligible'])
    expect(kinds(cast())).toEqual(['cast'])
    t.to(boxOf(t).closesAt ?? t.now())
    expect(codes(cast())).toEqual(['too-late'])
  })

  it('stays open longer when its quorum is first met in its last hours, and not otherwise', () => {
    const late = ', late-quorum: {if-met-in-last: 2 hours, extend: 1 days, once: yes}'.replace('1 days', '1 day')
    const rule = (s: string) =>
      s.replace('yes more than 1/2 of for-and-against', 'yes more than 1/2 of for-and-against, turnout at least 4% of roll')
    const before = (ms: number): readonly string[] => {
      const t = opened(rule, late)
      castBy(t, 1, 3)
      t.to(later(boxOf(t).closesAt ?? monday, -ms))
      return t.member(4, { kind: 'cast', ballot: print(4) })
    }
    expect(before(2 * hour)).toEqual(['cast', 'extended'])
    expect(before(2 * hour + 1)).toEqual(['cast'])
    const t = opened(rule, late)
    const closesAt = boxOf(t).closesAt ?? monday
    castBy(t, 1, 2)
    t.to(later(closesAt, -minute))
    expect(t.member(3, { kind: 'cast', ballot: print(3) })).toEqual(['cast'])
    // Who votes again adds nobody.
    expect(t.member(3, { kind: 'cast', ballot: print(33) })).toEqual(['cast'])
    expect(t.member(4, { kind: 'cast', ballot: print(4) })).toEqual(['cast', 'extended'])
    expect(boxOf(t).closesAt).toBe(later(closesAt, day))
    expect(t.member(5, { kind: 'cast', ballot: print(5) })).toEqual(['cast'])
    // Without a quorum in the rule there is none to meet.
    const none = opened((s) => s, late)
    none.to(later(boxOf(none).closesAt ?? monday, -minute))
    expect(none.member(1, { kind: 'cast', ballot: print(1) })).toEqual(['cast'])
  })

  it('of voters whose place is under appeal asks for a part of the roll, whether or not a rule says what becomes of them', () => {
    const provisional = (s: string) =>
      s.replace('at: notify}', 'at: notify, provisional: those with an appeal open or still open to them}')
    const source = textWith('adopt-policy', [propose, ...ballotAndEnd('adopt-policy').map(provisional)])
    const voter = (stay: string): readonly string[] => {
      const t = told(parsed(source.replace(/\nstay: \{.*\}/, stay)))
      t.member(1, text('adopt-policy'))
      untilOpen(t)
      const answer = t.by(1, members, { kind: 'cast', ballot: print(1) }, t.state('provisional', true, 'members'))
      return isRefusal(answer) ? codes(answer) : kinds(answer)
    }
    expect(voter('')).toEqual(['cast', 'provisional'])
    expect(voter('\nstay: {effect: yes, roll: provisional}')).toEqual(['cast', 'provisional'])
    expect(voter('\nstay: {effect: yes, roll: unchanged}')).toEqual(['not-eligible'])
  })

  it('is declared by the rule, once it has closed, from a count that adds up and counts no more than came', () => {
    const t = opened()
    castBy(t, 1, 10)
    const count = (value: Readonly<Record<string, number>>) => t.by(0, 'rule', { kind: 'declare' }, t.state('tally', value))
    const sound = { for: 6, against: 3, blank: 1, valid: 10, cast: 10 }
    expect(codes(count(sound))).toEqual(['too-early'])
    t.to(boxOf(t).closesAt ?? monday)
    for (const wrong of [
      { valid: 9 },
      { valid: 11 },
      { cast: 9 },
      { cast: 11 },
      { for: 5 },
      { against: 4 },
      { blank: 0 },
      { for: 11, valid: 15, cast: 15 },
    ])
      expect(codes(count({ ...sound, ...wrong }))).toEqual(['missing-fact'])
    for (const key of Object.keys(sound))
      expect(codes(count(Object.fromEntries(Object.entries(sound).filter(([k]) => k !== key))))).toEqual(['missing-fact'])
    expect(kinds(count(sound))).toEqual(['closed', 'declared'])
    expect(boxOf(t).result).toMatchObject({ outcome: 'carried', tally: { for: 6, against: 3, blank: 1, cast: 10 } })
    expect(codes(count(sound))).toEqual(['too-late'])
  })

  it('is judged by class, and by a share of those entitled, where the rule asks for that', () => {
    const pass = (words: string) => (s: string) => s.replace('yes more than 1/2 of for-and-against', words)
    const byClass = opened(pass('yes more than 1/2 of for-and-against, yes of class member at least 4 votes'))
    castBy(byClass, 1, 9)
    expect(codes(declare(byClass, [6, 3]))).toEqual(['missing-fact'])
    kinds(declare(byClass, [6, 3], { 'for-member': 3 }))
    expect(boxOf(byClass).result?.outcome).toBe('fallen')
    const enough = opened(pass('yes more than 1/2 of for-and-against, yes of class member at least 4 votes'))
    castBy(enough, 1, 9)
    kinds(declare(enough, [6, 3], { 'for-member': 4 }))
    expect(boxOf(enough).result?.outcome).toBe('carried')
    const outcomeOf = (words: string, votes: readonly number[], more: (t: Told) => readonly Fact[] = () => []): string => {
      const t = opened(pass(words))
      castBy(
        t,
        1,
        votes.reduce((a, b) => a + b, 0),
      )
      t.to(boxOf(t).closesAt ?? monday)
      const [inFavour = 0, against = 0, blank = 0] = votes
      const cast = inFavour + against + blank
      const tally = t.state('tally', { for: inFavour, against, blank, cast, valid: cast })
      const answer = t.by(0, 'rule', { kind: 'declare' }, tally, ...more(t))
      return isRefusal(answer) ? (codes(answer)[0] ?? '') : (boxOf(t).result?.outcome ?? '')
    }
    // Six of the hundred on its own roll; of another electorate as many as is stated.
    expect(outcomeOf('yes at least 6% of electorate members at notify', [6, 3])).toBe('carried')
    expect(outcomeOf('yes at least 7% of electorate members at notify', [6, 3])).toBe('fallen')
    expect(outcomeOf('yes at least 7% of electorate delegates at notify', [6, 3])).toBe('missing-fact')
    expect(
      outcomeOf('yes at least 7% of electorate delegates at notify', [6, 3], (t) => [
        t.state('electorate-size', 80, 'delegates'),
      ]),
    ).toBe('carried')
    expect(outcomeOf('yes at least 6% of issued', [6, 3])).toBe('carried')
    expect(outcomeOf('yes at least 6% of roll', [6, 3])).toBe('carried')
    expect(outcomeOf('yes more than 1/2 of valid', [5, 3, 2])).toBe('fallen')
    expect(outcomeOf('yes more than 1/2 of returned', [5, 3, 2])).toBe('fallen')
    // Blank votes are none where abstaining is not cast.
    expect(outcomeOf('yes more than 1/2 of votes-cast', [5, 3, 2])).toBe('carried')
    expect(outcomeOf('yes more than 1/2 of for-and-against', [5, 3, 2])).toBe('carried')
    expect(outcomeOf('turnout at least 10% of roll', [5, 3, 2])).toBe('carried')
    expect(outcomeOf('turnout at least 11% of roll', [5, 3, 2])).toBe('fallen')
  })

  it('says what it had to reach and what it reached, condition by condition', () => {
    const t = opened((s) =>
      s.replace(
        'yes more than 1/2 of for-and-against',
        'yes at least 2/3 of for-and-against, turnout at least 5% of electorate members at notify, yes at least 3 votes',
      ),
    )
    expect(standards(t.story.editions(), t.story.state(), 1 as DecisionId)).toEqual([])
    castBy(t, 1, 9)
    kinds(declare(t, [6, 3]))
    expect(standards(t.story.editions(), t.story.state(), 1 as DecisionId)).toMatchObject([
      { measure: 'yes', kind: 'at least', base: 'for-and-against', size: 9, needed: 6, actual: 6, holds: true },
      { measure: 'turnout', kind: 'at least', base: 'electorate members', size: 100, needed: 5, actual: 9, holds: true },
      { measure: 'yes', kind: 'at least', share: null, base: null, size: null, needed: 3, actual: 6, holds: true },
    ])
    expect(standards(t.story.editions(), t.story.state(), 2 as DecisionId)).toEqual([])
  })
})

describe('two that cannot both stand, by a run-off', () => {
  it('need the figures of both', () => {
    const rule = ', incompatible: {ruled-by: returning-officer, settle: run-off}'
    const t = ballot((s) => s, rule)
    untilOpen(t)
    t.officer({ kind: 'rule-incompatible', with: 7 as DecisionId })
    castBy(t, 1, 30)
    const settle: ActBody = { kind: 'settle', with: 7 as DecisionId }
    const carried = (more: Readonly<Record<string, number>> = {}) => t.state('outcome', { carried: 1, ...more }, 'decision 7')
    expect(why(t.by(0, 'rule', settle, carried()))).toEqual(['wrong-stage 13@1|stage ballot'])
    kinds(declare(t, [20, 10]))
    const runOff = (value: Readonly<Record<string, number>>) =>
      t.by(0, 'rule', settle, carried({ at: t.now() }), t.state('run-off', value, 'decision 7'))
    expect(codes(runOff({ for: 9 }))).toEqual(['missing-fact'])
    expect(codes(runOff({ against: 9 }))).toEqual(['missing-fact'])
    expect(
      codes(t.by(900, officer, settle, carried({ at: t.now() }), t.state('run-off', { for: 9, against: 8 }, 'decision 7'))),
    ).not.toEqual([])
    expect(kinds(runOff({ for: 9, against: 8 }))).toEqual(['settled'])
    expect(codes(runOff({ for: 9, against: 8 }))).toEqual(['already-done'])
    expect(endOf(t)).toBeNull()
  })

  it('by their margin, or the later falls where that is equal', () => {
    const settled = (settle: string, other: Readonly<Record<string, number>>): string | null => {
      const t = ballot((s) => s, `, incompatible: {ruled-by: returning-officer, settle: ${settle}}`)
      untilOpen(t)
      t.officer({ kind: 'rule-incompatible', with: 7 as DecisionId })
      castBy(t, 1, 30)
      kinds(declare(t, [20, 10]))
      const declaredAt = boxOf(t).result?.at ?? 0
      const answer = t.by(
        0,
        'rule',
        { kind: 'settle', with: 7 as DecisionId },
        t.state('outcome', { carried: 1, ...other, at: declaredAt + (other['at'] ?? 0) }, 'decision 7'),
      )
      return isRefusal(answer) ? (codes(answer)[0] ?? null) : (endOf(t) ?? 'stands')
    }
    expect(settled('greater margin', { for: 20, against: 11 })).toBe('stands')
    expect(settled('greater margin', { for: 21, against: 10 })).toBe('fallen')
    expect(settled('greater margin', { for: 30, against: 20, at: 1 })).toBe('stands')
    expect(settled('greater margin', { for: 30, against: 20, at: -1 })).toBe('fallen')
    // At the same instant the one that was proposed first stands.
    expect(settled('greater margin', { for: 30, against: 20 })).toBe('stands')
    expect(settled('greater margin', { for: 20 })).toBe('missing-fact')
    expect(settled('greater margin', { against: 20 })).toBe('missing-fact')
  })
})

describe('what falls due', () => {
  const notDecided = (number: number): Told => {
    const t = told(
      rulebookWith('adopt-policy', [
        propose,
        'consider: {body: committee, within: 30 days, timeout: refused}',
        enact('consider'),
      ]),
      monday,
      number,
    )
    t.member(1, text('adopt-policy'))
    return t
  }
  const together = (...stories: readonly Told[]): State =>
    stories.reduce<State>((all, t) => ({ ...all, decisions: { ...all.decisions, ...t.story.state().decisions } }), {
      decisions: {},
      recordedAt: null,
    })

  it('in several decisions at one instant falls by number, each with its own order', () => {
    const [a, b] = [notDecided(2), notDecided(1)]
    const fallen = due(a.story.editions(), together(a, b), later(monday, 31 * day))
    expect(fallen.map((e) => [e.decision, e.kind, e.id])).toEqual([
      [1, 'considered', '1/2'],
      [1, 'ended', '1/3'],
      [2, 'considered', '2/2'],
      [2, 'ended', '2/3'],
    ])
  })
})

describe('signatures that may be taken back until the time is over', () => {
  const stages = [
    propose,
    'support: {signers: electorate members, need: at least 2 people, window: 28 days, lapsed: count, withdraw: until close, then: {met: enact, unmet: delay}}',
    'delay: {lasts: 2 days}',
    enact('support'),
  ]

  it('count as they stand at that instant, and neither a millisecond before nor when they no longer do', () => {
    const t = begin(...stages)
    t.member(1, { kind: 'sign' })
    expect(t.member(2, { kind: 'sign' })).toEqual(['signed', 'supported'])
    t.to(later(monday, 28 * day - 1))
    expect(codes(t.by(0, 'rule', enacted))).toEqual(['too-early'])
    expect(t.member(2, { kind: 'withdraw' })).toEqual(['withdrawn', 'unmet'])
    expect(timeline(t.story.editions(), t.story.state(), 1 as DecisionId, t.now()).map((v) => [v.id, v.state])).toEqual([
      ['propose', 'done'],
      ['support', 'now'],
      ['delay', 'skipped'],
      ['enact', 'next'],
    ])
    // At that instant it is unmet, and goes where the rule sends it.
    t.wait(1)
    expect(timeline(t.story.editions(), t.story.state(), 1 as DecisionId, t.now()).map((v) => [v.id, v.state])).toEqual([
      ['propose', 'done'],
      ['support', 'done'],
      ['delay', 'now'],
      ['enact', 'next'],
    ])
    t.wait(2 * day - 1)
    expect(codes(t.by(0, 'rule', enacted))).toEqual(['too-early'])
    t.wait(1)
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
  })

  it('that stand at the end carry it then and not before', () => {
    const t = begin(...stages)
    t.member(1, { kind: 'sign' })
    t.member(2, { kind: 'sign' })
    expect(codes(t.by(1, members, { kind: 'sign' }))).toEqual(['already-done'])
    expect(why(t.by(5, members, { kind: 'withdraw' }))).toEqual(['not-eligible 13@1|1 people|0 people|1 people'])
    t.to(later(monday, 28 * day))
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
  })
})

describe('an appeal that turns an answer round', () => {
  it('a motion that fell by time is agreed, from the answer on', () => {
    const t = begin(
      propose,
      'consider: {body: committee, within: 30 days, timeout: fallen, appeal: appeal}',
      'delay: {lasts: 1 day}',
      enact('delay'),
    )
    t.to(later(monday, 30 * day))
    expect(t.member(1, { kind: 'appeal', document: print(8) })).toEqual(['considered', 'ended', 'appealed'])
    expect(why(t.by(0, 'body panel', { kind: 'answer-appeal', outcome: 'allowed' }))).toEqual(['missing-fact 10@1|body panel'])
    t.wait(day)
    expect(t.body('panel', { kind: 'answer-appeal', outcome: 'allowed' }, [3, 1])).toEqual(['appeal-answered'])
    t.wait(day)
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
  })

  it('is none where nothing can be appealed, and answers none that was not made', () => {
    const t = begin(propose, 'consider: {body: committee, within: 30 days, timeout: fallen}', enact('consider'))
    expect(why(t.by(1, members, { kind: 'appeal', document: print(8) }))).toEqual(['no-power 13@1'])
    expect(why(t.by(0, 'body panel', { kind: 'answer-appeal', outcome: 'allowed' }))).toEqual(['wrong-stage 13@1'])
  })
})

describe('two texts beside each other', () => {
  it('differ in clauses that are changed, new and gone, in the order of their numbers', () => {
    const one = '# R\n## 2 Two\nA.\n## 4.2 Old\nB.\n## 10 Ten\nC.\n'
    const other = '# R\n## 2 Two\nA.\n## 4.10 New\nD.\n## 10 Ten\nE.\n'
    expect(compareText(one, other).map((d) => [d.clause, d.before?.title ?? null, d.after?.title ?? null])).toEqual([
      ['4.2', 'Old', null],
      ['4.10', null, 'New'],
      ['10', 'Ten', 'Ten'],
    ])
    expect(compareText(one, one)).toEqual([])
  })
})

describe('a change that would reach decisions already running', () => {
  it('needs a clause on transition that says so: without one nothing does', () => {
    const source = textWith('adopt-policy', [propose, enact('propose')])
    const t = told(parsed(source))
    const reach = (as: 'reaches-running' | 'change-above', evidence: ReturnType<typeof print> | null) =>
      why(t.by(1, members, text('adopt-policy'), { ...t.state(as, true), evidence }))
    expect(reach('reaches-running', print(1))).toEqual(['no-power 1@1|power amend-rulebook|power adopt-policy'])
    expect(reach('reaches-running', print(2))).toEqual([
      'no-power 1@1|power amend-rulebook|power adopt-policy',
      'missing-fact 1@1',
    ])
    expect(reach('change-above', print(2))).toEqual(['no-power 1@1|power amend-rulebook|power adopt-policy'])
    expect(reach('change-above', null)).toHaveLength(2)
  })
})
