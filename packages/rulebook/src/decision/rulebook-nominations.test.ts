import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { codes, day, isRefusal, kinds, later, members, person, print, why } from '../../test/lantern.ts'
import {
  ballotAndEnd,
  boxOf,
  castBy,
  endOf,
  monday,
  rulebookWith,
  text,
  type Told,
  told,
  untilOpen,
} from '../../test/procedures.ts'
import { fingerprintOf, type ActBody, type Pseudonym } from '../index.ts'

everyActWithOneThingWrong()

const stand = (statement: number | null = null): ActBody => ({
  kind: 'stand',
  statement: statement === null ? null : print(statement),
})
const election = (nominate: string, ballot = ', options: candidates, none-of-these: yes') =>
  rulebookWith('endorse', [
    'propose: {by: electorate members}',
    `nominate: {${nominate}}`,
    ...ballotAndEnd('endorse', ballot).map((s) =>
      s
        .replace('method: yes-no', 'method: schulze')
        .replace('yes more than 1/2 of for-and-against', 'winner beats none-of-these'),
    ),
  ])
const open =
  'candidates: every eligible person who asks, window: 5 days, statement: by close, withdraw: until close, uncontested: ballot with none-of-these'

function begun(nominate: string, places?: number): Told {
  const t = told(election(nominate))
  t.member(1, text('endorse'), ...(places === undefined ? [] : [t.state('places', places, 'endorse')]))
  return t
}

describe('places: how many nominations are for', () => {
  /** What is settled of a proposal whose ballot has these words of counting, and which states so many places. */
  const placesOf = (counting: string, stated?: number) => {
    const t = told(election(open, `, options: candidates, none-of-these: yes${counting}`))
    t.member(1, text('endorse'), ...(stated === undefined ? [] : [t.state('places', stated, 'endorse')]))
    return t.story.events().flatMap((event) => (event.kind === 'places-stated' ? [event.places] : []))
  }

  it('is for the rule to say, and for the proposal only where the rule does not', () => {
    const seats = ', counting: {seats: 3, strength: winning votes, unranked: last}'
    expect(placesOf(seats, 7)).toEqual([3])
    expect(placesOf(seats)).toEqual([3])
    expect(placesOf('', 7)).toEqual([7])
    expect(placesOf('')).toEqual([])
  })
})

const may = (t: Told) => t.state('may-stand', true, 'nominate')
const list = (...people: readonly number[]) => fingerprintOf(people.map((n): Pseudonym => person(n)).join('\n'))

describe('nominations: whoever asks and may stand is listed', () => {
  it('lists everyone who asked with a statement by the close, in the order in which they asked', () => {
    const t = begun(open)
    expect(t.member(11, stand(11), may(t))).toEqual(['stood', 'accepted'])
    expect(t.member(12, stand(), may(t))).toEqual(['stood', 'accepted'])
    expect(t.member(13, stand(), may(t))).toEqual(['stood', 'accepted'])
    expect(codes(t.by(11, members, stand(11), may(t)))).toEqual(['already-done'])
    expect(codes(t.by(14, members, stand(), t.state('may-stand', false, 'nominate')))).toEqual(['not-eligible'])
    expect(codes(t.by(14, members, stand()))).toEqual(['missing-fact'])
    t.to(later(monday, 5 * day - 1))
    expect(t.member(13, stand(13))).toEqual(['stood'])
    t.to(later(monday, 5 * day))
    const late = t.by(15, members, stand(15), may(t))
    expect(why(late)).toMatchObject({ code: 'too-late', required: { at: later(monday, 5 * day) } })
    // 12 gave no statement and is left off; 11 and 13 are listed.
    expect(t.rule({ kind: 'tick' })).toEqual(['nominated'])
    expect(t.story.events().at(-1)).toMatchObject({
      outcome: 'contested',
      candidates: 2,
      occurredAt: later(monday, 5 * day),
      deemed: true,
    })
  })

  it('opens the ballot only on the whole list: one name put to a yes or no is refused', () => {
    const t = begun(open)
    for (let n = 11; n <= 15; n++) t.member(n, stand(n), may(t))
    t.to(later(monday, 5 * day))
    const servedAt = t.now()
    t.rule({ kind: 'notify' }, t.state('notice', { served: 100, of: 100 }))
    t.wait(8 * day)
    t.rule({ kind: 'freeze' }, { ...t.state('roll', { size: 100, root: print(9) }, 'members'), at: servedAt })
    t.officer({ kind: 'schedule', opensAt: t.now() })
    const tryOpen = (options: number, of: string) =>
      t.by(0, 'rule', { kind: 'open' }, t.state('setup', { fingerprint: print(7), options, list: of }))
    expect(why(tryOpen(1, list(11)))).toMatchObject({
      code: 'unfair-options',
      required: { unit: 'people', count: 5 },
      actual: { unit: 'people', count: 1 },
      shortfall: { unit: 'people', count: 4 },
    })
    expect(codes(tryOpen(5, list(12, 11, 13, 14, 15)))).toEqual(['unfair-options'])
    expect(kinds(tryOpen(5, list(11, 12, 13, 14, 15)))).toEqual(['opened'])
  })

  it('does not begin a procedure that puts one name to a yes or no', () => {
    const t = told(
      rulebookWith('endorse', [
        'propose: {by: electorate members}',
        `nominate: {${open}}`,
        ...ballotAndEnd('endorse', ', options: candidates'),
      ]),
    )
    expect(codes(t.by(1, members, text('endorse')))).toEqual(['unfair-options'])
  })

  it('lets a candidate stand down until the close and come back', () => {
    const t = begun(open)
    t.member(11, stand(11), may(t))
    expect(t.member(11, { kind: 'stand-down' })).toEqual(['stood-down'])
    expect(codes(t.by(11, members, { kind: 'stand-down' }))).toEqual(['already-done'])
    expect(codes(t.by(12, members, { kind: 'stand-down' }))).toEqual(['not-eligible'])
    expect(t.member(11, stand(11))).toEqual(['stood'])
    const fixed = begun(open.replace('withdraw: until close', 'withdraw: no'))
    fixed.member(11, stand(11), may(fixed))
    expect(codes(fixed.by(11, members, { kind: 'stand-down' }))).toEqual(['no-power'])
  })

  it('declares the candidate a count chose, and nobody who was not listed', () => {
    const t = begun(open)
    for (let n = 11; n <= 13; n++) t.member(n, stand(n), may(t))
    t.to(later(monday, 5 * day))
    untilOpen(t, 100, { options: 3, list: list(11, 12, 13) })
    castBy(t, 1, 40)
    t.to(boxOf(t).closesAt ?? t.now())
    const declared = (chosen: number, beats: number) =>
      t.by(
        0,
        'rule',
        { kind: 'declare' },
        t.state('count', { cast: 40, valid: 38, blank: 2, 'chosen-1': chosen, 'beats-none-of-these': beats }),
      )
    expect(codes(declared(4, 1))).toEqual(['missing-fact'])
    expect(kinds(declared(2, 1))).toEqual(['closed', 'declared', 'chosen'])
    expect(t.story.state().decisions[1]?.stages['ballot']?.box).toMatchObject({
      chosen: [2],
      result: { outcome: 'carried', tally: { cast: 40, blank: 2 } },
    })
  })

  it('falls when the winner does not beat none of these, and when nobody is chosen', () => {
    for (const count of [{ 'chosen-1': 1, 'beats-none-of-these': 0 }, { 'beats-none-of-these': 1 }]) {
      const t = begun(open)
      for (let n = 11; n <= 12; n++) t.member(n, stand(n), may(t))
      t.to(later(monday, 5 * day))
      untilOpen(t, 100, { options: 2, list: list(11, 12) })
      castBy(t, 1, 5)
      t.to(boxOf(t).closesAt ?? t.now())
      expect(t.rule({ kind: 'declare' }, t.state('count', { cast: 5, valid: 5, blank: 0, ...count }))).toEqual([
        'closed',
        'declared',
        'chosen',
        'ended',
      ])
      expect(endOf(t)).toBe('fallen')
    }
  })
})

describe('signatures under a nomination', () => {
  const signed =
    'candidates: standing active, window: 5 days, signers: electorate members, need: at least 3 people, withdraw: until close'
  const second = (candidate: number): ActBody => ({ kind: 'second', candidate })

  it('accept a candidate with the last that is needed, each person once for each', () => {
    const t = begun(signed)
    expect(t.member(11, stand(), may(t))).toEqual(['stood'])
    t.member(12, stand(), may(t))
    expect(t.member(1, second(1))).toEqual(['seconded'])
    expect(codes(t.by(1, members, second(1)))).toEqual(['already-done'])
    expect(t.member(1, second(2))).toEqual(['seconded'])
    expect(t.member(2, second(1))).toEqual(['seconded'])
    expect(t.member(3, second(1))).toEqual(['seconded', 'accepted'])
    expect(codes(t.by(4, members, second(3)))).toEqual(['not-eligible'])
    expect(codes(t.by(4, 'body committee', second(1)))).toEqual(['wrong-electorate'])
    t.to(later(monday, 5 * day))
    t.rule({ kind: 'tick' })
    // One accepted for one place: not contested, and the rule does not ask for a ballot all the same.
    expect(t.story.events().at(-1)).toMatchObject({ kind: 'nominated', outcome: 'uncontested', candidates: 1 })
  })

  it('count only when they come from enough of enough groups', () => {
    const t = begun(`${signed}, spread: {at-least: 2, groups: 2, of: committee}`)
    t.member(11, stand(), may(t))
    const from = (who: number, group: string) => t.by(who, members, second(1), t.state('group', print(Number(group))))
    expect(codes(t.by(1, members, second(1)))).toEqual(['missing-fact'])
    for (const [who, group] of [
      [1, '1'],
      [2, '1'],
      [3, '1'],
      [4, '2'],
    ] as const)
      expect(kinds(from(who, group))).toEqual(['seconded'])
    expect(kinds(from(5, '2'))).toEqual(['seconded', 'accepted'])
  })

  it('ask for a share of an electorate only when its size is stated', () => {
    const t = begun(signed.replace('at least 3 people', 'at least 5% of electorate members at propose'))
    t.member(11, stand(), may(t))
    expect(codes(t.by(1, members, second(1)))).toEqual(['missing-fact'])
    expect(t.member(1, second(1), t.state('electorate-size', 21, 'members'))).toEqual(['seconded'])
    expect(t.member(2, second(1), t.state('electorate-size', 21, 'members'))).toEqual(['seconded', 'accepted'])
  })
})

describe('when nominations close', () => {
  const rule = (words: string) => `candidates: every eligible person who asks, window: 5 days, ${words}`
  function closed(words: string, candidates: number, places?: number): Told {
    const t = begun(rule(words), places)
    for (let n = 11; n < 11 + candidates; n++) t.member(n, stand(n), may(t))
    t.to(later(monday, 5 * day))
    t.rule({ kind: 'tick' })
    return t
  }
  const outcome = (t: Told) => t.story.events().findLast((e) => e.kind === 'nominated')

  it('as many as there are places are elected without a ballot where the rule says so', () => {
    const t = closed('uncontested: elected without a ballot', 2, 2)
    expect(outcome(t)).toMatchObject({ outcome: 'uncontested' })
    expect(t.rule({ kind: 'enact', text: print(1) })).toEqual(['enacted', 'ended'])
    expect(endOf(t)).toBe('carried')
    expect(outcome(closed('uncontested: elected without a ballot', 3, 2))).toMatchObject({ outcome: 'contested' })
  })

  it('one candidate goes to a ballot with none-of-these where the rule says so', () => {
    const t = closed('uncontested: ballot with none-of-these', 1)
    expect(outcome(t)).toMatchObject({ outcome: 'contested', candidates: 1 })
    untilOpen(t, 100, { options: 1, list: list(11) })
  })

  it('too few leave the places empty', () => {
    const t = closed('too-few: leave empty', 1, 2)
    expect(outcome(t)).toMatchObject({ outcome: 'too-few', candidates: 1 })
    expect(endOf(t)).toBe('fallen')
    expect(endOf(closed('too-few: leave empty', 0))).toBe('fallen')
  })

  it('too few open nominations again, as often as the rule says, with a new list', () => {
    const t = closed('too-few: re-open, at-most: 2 times', 0)
    expect(endOf(t)).toBeNull()
    expect(t.member(11, stand(11), may(t))).toEqual(['stood', 'accepted'])
    expect(t.story.events().at(-1)).toMatchObject({ stage: 'nominate--2', candidate: 1 })
    t.to(later(monday, 10 * day))
    expect(t.rule({ kind: 'tick' })).toEqual(['nominated'])
    const twice = closed('too-few: re-open, at-most: 2 times', 0)
    twice.to(later(monday, 10 * day))
    expect(twice.rule({ kind: 'tick' })).toEqual(['nominated', 'ended'])
    expect(isRefusal(twice.by(11, members, stand(11), may(twice)))).toBe(true)
    expect(endOf(closed('too-few: re-open', 0))).toBe('fallen')
  })
})
