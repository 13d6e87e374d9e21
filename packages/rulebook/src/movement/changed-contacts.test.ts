import { describe, expect, it } from 'vitest'
import { at, day, hour, lantern, later, person } from '../../test/lantern.ts'
import { judgeContactChanges, toldBy, type ContactChange } from './quarantine.ts'

// A change of how a person is reached, made by one where two must, stands aside for a ballot whose codes are on their way: from its notice on, until its
// close. Whoever confirms it before the close votes.

const noticedAt = at('2026-06-01 12:00')
const ballot = { noticedAt, opensAt: later(noticedAt, 14 * day), closesAt: later(noticedAt, 21 * day) }
const change = (more: Partial<ContactChange> = {}): ContactChange => ({
  person: person(1),
  channel: 'email',
  at: later(noticedAt, day),
  office: 'registrar',
  by: person(60),
  second: null,
  reverifiedAt: null,
  ...more,
})
const judged = (...changes: readonly ContactChange[]) => judgeContactChanges(lantern, changes, ballot)
const stateOf = (...changes: readonly ContactChange[]) => judged(...changes).map(({ state, votes }) => [state, votes])

describe('a change one made where two must', () => {
  it.each([
    ['a millisecond before notice', later(noticedAt, -1), 'sound'],
    ['at notice', noticedAt, 'quarantined'],
    ['a millisecond before the close', later(ballot.closesAt, -1), 'quarantined'],
    ['at the close', ballot.closesAt, 'sound'],
  ] as const)('%s', (_, when, state) => {
    expect(stateOf(change({ at: when }))).toEqual([[state, state === 'sound']])
  })

  it('is sound when another confirmed it, and not when the same one did', () => {
    expect(stateOf(change({ second: person(61) }))).toEqual([['sound', true]])
    expect(stateOf(change({ second: person(60) }))).toEqual([['quarantined', false]])
  })

  it.each([
    ['before the change', later(noticedAt, day - 1), 'quarantined'],
    ['at the change', later(noticedAt, day), 'restored'],
    ['a millisecond before the close', later(ballot.closesAt, -1), 'restored'],
    ['at the close', ballot.closesAt, 'quarantined'],
  ] as const)('confirmed by the person %s', (_, reverifiedAt, state) => {
    expect(stateOf(change({ reverifiedAt }))).toEqual([[state, state === 'restored']])
  })

  it('says by when it must be confirmed, on which channels, and under the clause of the office', () => {
    const [one] = judged(change(), change({ channel: 'post' }), change({ channel: 'email' }))
    expect(one).toEqual({
      person: person(1),
      channels: ['email', 'post'],
      clause: '3.6@1',
      state: 'quarantined',
      votes: false,
      confirmBy: ballot.closesAt,
    })
    expect(judged(change({ second: person(61) }))[0]).toMatchObject({ clause: '3.6@1', confirmBy: null })
  })

  it('the clause is that of the change in doubt, not of one that is sound', () => {
    const sound = change({ office: 'chair', at: later(noticedAt, -5 * day) })
    expect(judged(sound, change())[0]).toMatchObject({ clause: '3.6@1', state: 'quarantined' })
    expect(judged(sound)[0]).toMatchObject({ clause: '3.4@1', state: 'sound' })
    expect(judged(change({ office: 'nobody', at: later(noticedAt, -5 * day) }))[0]).toMatchObject({ clause: '1@1' })
  })

  it('of several, each must be confirmed; people come in the order of their first change', () => {
    const confirmed = change({ reverifiedAt: later(noticedAt, 2 * day) })
    expect(stateOf(confirmed, change({ channel: 'phone' }))).toEqual([['quarantined', false]])
    expect(stateOf(confirmed, change({ channel: 'phone', reverifiedAt: later(noticedAt, 3 * day) }))).toEqual([
      ['restored', true],
    ])
    expect(judged(change({ person: person(2) }), change(), change({ person: person(2) })).map((j) => j.person)).toEqual([
      person(2),
      person(1),
    ])
    expect(judged()).toEqual([])
  })

  it('the old address is told by the same hour of the next working day: on a Friday that is Monday', () => {
    const friday = at('2026-06-05 15:00')
    expect(toldBy(lantern, change({ at: friday })) - friday).toBeGreaterThan(2 * day)
    expect(toldBy(lantern, change({ at: friday })) - friday).toBeLessThan(4 * day + hour)
  })
})
