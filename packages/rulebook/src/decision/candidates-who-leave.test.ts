import { describe, expect, it } from 'vitest'
import { codes, day, editionsOf, later, members, person, print } from '../../test/lantern.ts'
import { ballotAndEnd, boxOf, castBy, endOf, monday, rulebookWith, text, told, type Told } from '../../test/procedures.ts'
import { ballotAsked, fingerprintOf, type ActBody, type DecisionId, type Editions } from '../index.ts'

// A paper is fixed when the ballot is set up; who leaves the list afterwards stays on it, and cannot be chosen.

const own = 1 as DecisionId // the number that these stories give their decision
const stand = (statement: number | null): ActBody => ({ kind: 'stand', statement: statement === null ? null : print(statement) })
const list = (...people: readonly number[]) => fingerprintOf(people.map((n) => person(n)).join('\n'))

const until = 'candidates: every eligible person who asks, window: 5 days, statement: by opening, withdraw: until opening'
const rulesWith = (nominate: string, counting = ', counting: {seats: 2, choices: 2}'): Editions =>
  editionsOf(
    rulebookWith('endorse', [
      'propose: {by: electorate members}',
      `nominate: {${nominate}}`,
      ...ballotAndEnd('endorse', ', options: candidates, none-of-these: no').map((stage) =>
        stage
          .replace('method: yes-no', `method: choose-k${counting}`)
          .replace('yes more than 1/2 of for-and-against', 'turnout at least 1% of roll'),
      ),
    ]),
  )

/** Persons 11 to 15 ask to be listed, the third without a statement; then notice, roll and timetable. */
function announced(editions: Editions): Told {
  const t = told(editions)
  t.member(1, text('endorse'))
  for (const who of [11, 12, 13, 14, 15]) t.member(who, stand(who === 13 ? null : who), t.state('may-stand', true, 'nominate'))
  t.to(later(monday, 5 * day))
  const servedAt = t.now()
  t.rule({ kind: 'notify' }, t.state('notice', { served: 100, of: 100 }))
  t.wait(8 * day)
  t.rule({ kind: 'freeze' }, { ...t.state('roll', { size: 100, root: print(9) }, 'members'), at: servedAt })
  t.officer({ kind: 'schedule', opensAt: later(t.now(), day) })
  return t
}
const asked = (editions: Editions, t: Told, paper: readonly number[] | null = null) =>
  ballotAsked(editions, t.story.state(), own, t.now(), paper)
const open = (t: Told, fields: Readonly<Record<string, number | string>>) =>
  t.by(0, 'rule', { kind: 'open' }, t.state('setup', { fingerprint: print(7), ...fields }))

describe('a paper as it is set up', () => {
  it('lists whoever may still give the statement that is due by opening', () => {
    const editions = rulesWith(until)
    const t = announced(editions)
    expect(asked(editions, t)).toMatchObject({ candidates: [1, 2, 3, 4, 5], withdrawn: [3], list: list(11, 12, 13, 14, 15) })
    t.member(13, stand(13))
    expect(asked(editions, t)).toMatchObject({ candidates: [1, 2, 3, 4, 5], withdrawn: [] })
  })

  it('stays as it is when somebody leaves, and says who has', () => {
    const editions = rulesWith(until)
    const t = announced(editions)
    const paper = asked(editions, t)?.candidates ?? []
    t.member(14, { kind: 'stand-down' })
    expect(asked(editions, t)).toMatchObject({ candidates: [1, 2, 3, 5], withdrawn: [3] })
    expect(asked(editions, t, paper)).toMatchObject({ candidates: [1, 2, 3, 4, 5], withdrawn: [3, 4] })
    expect(asked(editions, t, paper)?.list).toBe(list(11, 12, 13, 14, 15))
  })
})

describe('a ballot that somebody has left since it was set up', () => {
  const editions = rulesWith(until)
  const left = (): Told => {
    const t = announced(editions)
    t.member(14, { kind: 'stand-down' })
    t.wait(day)
    return t
  }
  const whole = { options: 5, list: list(11, 12, 13, 14, 15), 'off-1': 3, 'off-2': 4 }

  it('opens with them on the paper, named as having left', () => {
    const t = left()
    expect(Array.isArray(open(t, whole))).toBe(true)
    expect(boxOf(t).openedAt).toBe(t.now())
  })

  it.each<readonly [string, Readonly<Record<string, number | string>>]>([
    ['nobody is said to have left', { options: 5, list: whole.list }],
    ['one of those who left is kept quiet', { ...whole, 'off-1': 3, 'off-2': 3 }],
    ['one who stands is said to have left', { ...whole, 'off-3': 5 }],
    ['one who stands is said to have left instead', { ...whole, 'off-2': 5 }],
    ['somebody is said to have left who never asked', { ...whole, 'off-3': 9 }],
    ['a number is none', { ...whole, 'off-3': 0 }],
    ['those who left are said not to be on the paper', { options: 3, list: whole.list, 'off-1': 3, 'off-2': 4 }],
    ['those who left are on a paper of others', { ...whole, list: list(11, 12, 15) }],
  ])('does not open where %s', (_, fields) => {
    expect(codes(open(left(), fields))).toEqual(['unfair-options'])
  })

  it('opens as well on a paper that was made without them', () => {
    // They had left before: a paper of those who stand is whole.
    expect(Array.isArray(open(left(), { options: 3, list: list(11, 12, 15) }))).toBe(true)
  })

  it('never chooses them', () => {
    const t = left()
    open(t, whole)
    castBy(t, 1, 20)
    t.to(boxOf(t).closesAt ?? t.now())
    const declared = (...chosen: readonly number[]) =>
      t.by(
        0,
        'rule',
        { kind: 'declare' },
        t.state('count', {
          cast: 20,
          valid: 20,
          blank: 0,
          ...Object.fromEntries(chosen.map((n, i) => [`chosen-${String(i + 1)}`, n])),
        }),
      )
    expect(codes(declared(1, 4))).toEqual(['missing-fact'])
    expect(codes(declared(3, 1))).toEqual(['missing-fact'])
    expect(Array.isArray(declared(5, 1))).toBe(true)
    expect(boxOf(t).chosen).toEqual([5, 1])
  })

  it('is left by nobody once it may open', () => {
    const t = left()
    expect(codes(t.by(15, members, { kind: 'stand-down' }))).toEqual(['too-late'])
    open(t, whole)
    expect(codes(t.by(15, members, { kind: 'stand-down' }))).toEqual(['too-late'])
  })
})

describe('a list that is left by so many that too few stand when voting is to open', () => {
  const leave = (editions: Editions, ...who: readonly number[]): Told => {
    const t = announced(editions)
    for (const one of who) t.member(one, { kind: 'stand-down' })
    t.wait(day)
    return t
  }

  it('falls at that instant, wherever the rule would have nominations made anew', () => {
    for (const more of ['', ', too-few: re-open', ', too-few: leave empty']) {
      const t = leave(rulesWith(until + more), 11, 12, 15)
      expect(t.rule({ kind: 'tick' })).toEqual(['ended'])
      expect(endOf(t)).toBe('fallen')
      expect(t.story.events().at(-1)).toMatchObject({ stage: 'ballot', deemed: true, occurredAt: t.now() })
    }
  })

  it('is voted on while as many stand as there are places', () => {
    const t = leave(rulesWith(until), 11, 12)
    expect(codes(t.by(0, 'rule', { kind: 'tick' }))).toEqual(['already-done'])
    const fields = { options: 5, list: list(11, 12, 13, 14, 15), 'off-1': 1, 'off-2': 2, 'off-3': 3 }
    expect(Array.isArray(open(t, fields))).toBe(true)
  })

  it('is voted on as well where the rule goes on with too few', () => {
    const t = leave(rulesWith(`${until}, then: {too-few: notify}`), 11, 12, 15)
    expect(codes(t.by(0, 'rule', { kind: 'tick' }))).toEqual(['already-done'])
    const all = { options: 5, list: list(11, 12, 13, 14, 15), 'off-1': 1, 'off-2': 2, 'off-3': 3, 'off-4': 5 }
    expect(Array.isArray(open(t, all))).toBe(true)
  })
})
