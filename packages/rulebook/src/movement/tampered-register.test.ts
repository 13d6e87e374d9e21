import { describe, expect, it } from 'vitest'
import { at, lantern, person } from '../../test/lantern.ts'
import { judgeContactChanges, toldBy, type ContactChange } from './quarantine.ts'

// Story 6, the rule part: 71 addresses and 40 e-mails of 500 are changed by one officer, three days before a selection opens.
const ballot = { noticedAt: at('2026-05-01 09:00'), opensAt: at('2026-05-11 12:00'), closesAt: at('2026-05-16 12:00') }
const changed = at('2026-05-08 23:10')
const officer = person(900)
const change = (n: number, channel: ContactChange['channel'], more: Partial<ContactChange> = {}): ContactChange => ({
  person: person(n),
  channel,
  at: changed,
  office: 'registrar',
  by: officer,
  second: null,
  reverifiedAt: null,
  ...more,
})
const tampered = [
  ...Array.from({ length: 71 }, (_, i) => change(i, 'post')),
  ...Array.from({ length: 40 }, (_, i) => change(100 + i, 'email')),
]

describe('a register changed by one officer on the eve of a ballot', () => {
  it('quarantines 71 addresses and 40 e-mails, citing the rule that wants two officers', () => {
    const judged = judgeContactChanges(lantern, tampered, ballot)
    expect(judged).toHaveLength(111)
    expect(new Set(judged.map((j) => j.state))).toEqual(new Set(['quarantined']))
    expect(new Set(judged.map((j) => j.clause))).toEqual(new Set(['3.6@1']))
    expect(judged.filter((j) => j.channels.includes('post'))).toHaveLength(71)
    expect(judged.filter((j) => j.channels.includes('email'))).toHaveLength(40)
    expect(judged.every((j) => !j.votes && j.confirmBy === ballot.closesAt)).toBe(true)
  })

  it('leaves the other 389 of 500 to vote on time, and those who confirm inside the window', () => {
    const confirmed = tampered.map((c, i) =>
      i < 60 ? { ...c, reverifiedAt: at('2026-05-12 08:00') } : i < 70 ? { ...c, reverifiedAt: ballot.closesAt } : c,
    )
    const judged = judgeContactChanges(lantern, confirmed, ballot)
    const touched = new Set(judged.map((j) => j.person))
    const untouched = Array.from({ length: 500 }, (_, i) => person(i)).filter((p) => !touched.has(p))
    expect(untouched).toHaveLength(389)
    expect(judged.filter((j) => j.state === 'restored' && j.votes)).toHaveLength(60)
    // Confirmed at the very instant of the close is too late.
    expect(judged.filter((j) => j.state === 'quarantined')).toHaveLength(51)
  })

  it('a change that two officers made, or that was made before notice, stands', () => {
    const both = judgeContactChanges(lantern, [change(1, 'email', { second: person(901) })], ballot)
    expect(both).toMatchObject([{ state: 'sound', votes: true }])
    expect(judgeContactChanges(lantern, [change(1, 'email', { second: officer })], ballot)).toMatchObject([
      { state: 'quarantined' },
    ])
    expect(judgeContactChanges(lantern, [change(1, 'email', { at: at('2026-05-01 08:59:59') })], ballot)).toMatchObject([
      { state: 'sound' },
    ])
    expect(judgeContactChanges(lantern, [change(1, 'email', { at: ballot.noticedAt })], ballot)).toMatchObject([
      { state: 'quarantined' },
    ])
  })

  it('one person with two changed channels is one person; all of them must be confirmed', () => {
    const half = [change(1, 'post', { reverifiedAt: at('2026-05-12') }), change(1, 'email')]
    expect(judgeContactChanges(lantern, half, ballot)).toMatchObject([{ state: 'quarantined', channels: ['post', 'email'] }])
  })

  it('the old addresses are told within a working day: Saturday and Sunday do not count', () => {
    expect(toldBy(lantern, change(1, 'post'))).toBe(at('2026-05-12 00:00')) // changed on a Friday night
  })
})
