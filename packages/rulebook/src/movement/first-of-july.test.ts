import { describe, expect, it } from 'vitest'
import type { CivilDate, Instant } from '@quorate/kernel'
import { at, later, parsed, print } from '../../test/lantern.ts'
import { ageAt, factsAt, type PersonHistory, type HistoryEntry, type Said } from './history.ts'
import { countParts, membership, placeOnRoll, standing, type FreezeTimes } from './standing.ts'
import { reckoningOf } from '../calendar.ts'

// Story 10: 40,000 members, of whom 1,500 have shown no proof by 1 July. The rules say who stays, in British Summer Time.
const rules = parsed(`# Rules
## 1 Foundations
### 1.1 Time
\`\`\`rule
kind: calendar
zone: Europe/London
holidays: [england-and-wales]
\`\`\`
### 1.2 Standing
\`\`\`rule
kind: standing
states:
  applicant: {}
  active: {rights: [vote, stand, propose, sign]}
  barred: {from: active, when: attribute party expelled}
  ceased: {from: active, when: not attribute party member and not attribute party suspended and after 2017-07-02 00:00}
  suspended: {from: active, loses: [vote], at-most: 60 days, then: active}
  excluded: {from: any, back: by readmit}
default: applicant
\`\`\`
### 1.3 Party membership
\`\`\`rule
kind: attribute
id: party
values: [member, suspended, expelled]
evidence: verified by registrar
\`\`\`
### 1.4 Members
\`\`\`rule
kind: electorate
id: members
who: standing active and class member and (attribute party member or attribute party suspended or class payer as of 2017-01-10 12:00)
cut-off: notice
late-evidence: counts if dated by cut-off and verified by open
\`\`\`
### 1.5 Class
\`\`\`rule
kind: class
id: member
of: person
\`\`\`
### 1.6 Payers
\`\`\`rule
kind: class
id: payer
of: person
\`\`\`
### 1.7 Registrar
\`\`\`rule
kind: office
id: registrar
holders: 1
filled: appointed by committee
term: 1 year
removed: committee by more than 1/2 of seats
\`\`\`
### 1.8 Committee
\`\`\`rule
kind: body
id: committee
seats: [{id: ordinary, count: 5, by: election of members}]
quorum: present more than 1/2 of seats
decides: {pass: [yes more than 1/2 of for-and-against], tie: falls}
\`\`\`
`)

const joined = at('2016-06-01 12:00')
const entry = (said: Said, when: Instant, knownAt = when, by: string | null = 'registrar'): HistoryEntry => ({
  at: when,
  knownAt,
  by,
  evidence: print(1),
  said,
})
const member: PersonHistory = [
  entry({ kind: 'standing', state: 'active', until: null, clause: '1.2@1' }, joined),
  entry({ kind: 'class', class: 'member', until: null }, joined),
]
const payer = entry({ kind: 'class', class: 'payer', until: null }, at('2016-12-01'))
const proof = (value: string, when: Instant, knownAt = when) =>
  entry({ kind: 'attribute', attribute: 'party', value }, when, knownAt)

const proven: PersonHistory = [...member, proof('member', at('2017-05-01'))]
const lastSecond: PersonHistory = [...member, payer, proof('member', at('2017-07-01 23:59:59'))]
const midnight: PersonHistory = [...member, payer, proof('member', at('2017-07-02 00:00'))]
const writtenLate: PersonHistory = [...member, payer, proof('member', at('2017-07-01 20:00'), at('2017-07-03 10:00'))]
const suspendedThere: PersonHistory = [...member, payer, proof('suspended', at('2017-04-01'))]
const expelledThere: PersonHistory = [...member, payer, proof('expelled', at('2017-04-01'))]
const grandfathered: PersonHistory = [...member, payer]
const newcomer: PersonHistory = [...member, entry({ kind: 'class', class: 'payer', until: null }, at('2017-02-01'))]
const selfDeclared: PersonHistory = [...member, { ...proof('member', at('2017-05-01')), by: null }]
const suspendedHere: PersonHistory = [
  ...proven,
  entry({ kind: 'standing', state: 'suspended', until: null, clause: '6.1@1' }, at('2017-06-20')),
]

const stateOf = (history: PersonHistory, validAt: Instant, knownAt = validAt) => standing(rules, history, validAt, knownAt)
const july = at('2017-07-02 00:00')

describe('1 July: one standing each, as known at a stated instant', () => {
  it('proof at 23:59:59 British Summer Time is in time, at midnight it is not', () => {
    expect(stateOf(lastSecond, july).state).toBe('active')
    expect(stateOf(midnight, later(july, -1)).state).toBe('active')
    expect(stateOf(midnight, july).state).toBe('active') // from midnight on it is there, but not a millisecond of the day before
    expect(
      membership(rules, 'members', midnight, { validAt: later(july, -1), knownAt: july })?.because.map((g) => g.holds),
    ).toEqual([true, true, false, false, true])
    // 22:59:59 in Greenwich is the last second of the day in London.
    expect(at('2017-07-01 23:59:59')).toBe(Date.UTC(2017, 6, 1, 22, 59, 59))
  })

  it('proof dated in time and written down on 3 July changes what is known, not what was', () => {
    const noon = at('2017-07-02 12:00')
    expect(stateOf(writtenLate, noon, noon)).toEqual({ state: 'ceased', since: joined, clause: '1.2@1' })
    expect(stateOf(writtenLate, noon, at('2017-07-03 10:00')).state).toBe('active')
    expect(stateOf(writtenLate, noon, later(at('2017-07-03 10:00'), -1)).state).toBe('ceased')
  })

  it('those suspended elsewhere remain; those expelled do not; each with its clause', () => {
    expect(stateOf(suspendedThere, july)).toMatchObject({ state: 'active', clause: '1.2@1' })
    expect(stateOf(expelledThere, at('2017-06-01'))).toMatchObject({ state: 'barred', clause: '1.2@1' })
    expect(stateOf(suspendedHere, july)).toMatchObject({ state: 'suspended', clause: '6.1@1', since: at('2017-06-20') })
    expect(stateOf(suspendedHere, at('2017-08-19')).state).toBe('active') // at most 60 days, then active
    expect(stateOf(suspendedHere, later(at('2017-08-19'), -1)).state).toBe('suspended')
  })

  it('those who paid by 10 January may vote without proof, until 1 July and not after', () => {
    const on = (history: PersonHistory, when: Instant) =>
      membership(rules, 'members', history, { validAt: when, knownAt: when })?.eligible
    expect(on(grandfathered, later(july, -1))).toBe(true)
    expect(on(grandfathered, july)).toBe(false)
    expect(on(newcomer, later(july, -1))).toBe(false)
    expect(on(proven, july)).toBe(true)
  })

  it('an attribute counts only with the evidence its rule asks for', () => {
    expect(stateOf(selfDeclared, july).state).toBe('ceased')
    expect(factsAt(rules, selfDeclared, july, july).attributes).toEqual({})
    expect(factsAt(rules, proven, july, july).attributes).toEqual({ party: { value: 'member', shownOn: '2017-05-01' } })
  })

  it('a step the rule does not have changes nothing', () => {
    const odd = [...member, entry({ kind: 'standing', state: 'nowhere', until: null, clause: null }, at('2017-01-01'))]
    expect(stateOf(odd, at('2017-02-01')).state).toBe('active')
    const applicant = [entry({ kind: 'standing', state: 'suspended', until: null, clause: null }, at('2017-01-01'))]
    expect(stateOf(applicant, at('2017-02-01')).state).toBe('applicant')
    const back = [
      ...member,
      entry({ kind: 'standing', state: 'excluded', until: null, clause: '6.2@1' }, at('2017-01-01')),
      entry({ kind: 'standing', state: 'active', until: null, clause: '6.7@1' }, at('2017-03-01')),
    ]
    expect(stateOf(back, at('2017-02-01'))).toMatchObject({ state: 'excluded', clause: '6.2@1' })
    expect(stateOf(back, at('2017-03-02'))).toMatchObject({ state: 'active', clause: '6.7@1' })
  })
})

describe('a roll frozen at two times', () => {
  const notice = at('2017-06-30 09:00')
  const times: FreezeTimes = { validAt: notice, knownAt: notice, at: { notice, open: at('2017-07-05') } }
  const now = (knownAt: Instant, appealOpen = false) => ({ knownAt, appealOpen })

  it('a ballot opened on 30 June keeps its electorate, whatever 1 July does to anybody', () => {
    for (const history of [grandfathered, lastSecond, midnight, writtenLate, suspendedThere, proven])
      for (const known of [notice, july, at('2017-08-01')])
        expect(placeOnRoll(rules, 'members', history, times, now(known))?.part).toBe('certain')
    // Nor does a suspension written down later and dated before the freeze take anybody off.
    const backDated = [
      ...proven,
      entry({ kind: 'standing', state: 'suspended', until: null, clause: '6.1@1' }, at('2017-06-29'), at('2017-07-01')),
    ]
    expect(placeOnRoll(rules, 'members', backDated, times, now(at('2017-07-02')))?.part).toBe('certain')
  })

  it('late proof and an open appeal make a place provisional, in their time only', () => {
    const frozen: FreezeTimes = { validAt: july, knownAt: july, at: { notice: july, open: at('2017-07-05') } }
    expect(placeOnRoll(rules, 'members', writtenLate, frozen, now(july))?.part).toBe('out')
    expect(placeOnRoll(rules, 'members', writtenLate, frozen, now(at('2017-07-03 10:00')))?.part).toBe('provisional')
    const afterOpen = [...member, proof('member', at('2017-07-01 20:00'), at('2017-07-05 00:00:01'))]
    expect(placeOnRoll(rules, 'members', afterOpen, frozen, now(at('2017-07-06')))?.part).toBe('out')
    const datedLate = [...member, proof('member', at('2017-07-02 08:00'), at('2017-07-03'))]
    expect(placeOnRoll(rules, 'members', datedLate, frozen, now(at('2017-07-04')))?.part).toBe('out')
    expect(placeOnRoll(rules, 'members', suspendedHere, frozen, now(july))?.part).toBe('out')
    expect(placeOnRoll(rules, 'members', suspendedHere, frozen, now(july, true))?.part).toBe('provisional')
  })

  it('40,000 members, 1,500 without proof: every figure, at four instants', () => {
    // Without proof on 1 July at noon: 1,000 old payers, 300 newcomers, 100 suspended and 20 expelled elsewhere, and 80 whose proof is on its way:
    // 30 by the last second, 20 at midnight, 30 written down on 3 July.
    const kinds: readonly (readonly [number, PersonHistory])[] = [
      [38_500, proven],
      [1_000, grandfathered],
      [300, newcomer],
      [100, suspendedThere],
      [20, expelledThere],
      [30, lastSecond],
      [20, midnight],
      [30, writtenLate],
    ]
    const everyone = kinds.flatMap(([n, history]) => Array.from({ length: n }, () => history))
    expect(everyone).toHaveLength(40_000)
    const tally = (validAt: Instant, knownAt: Instant) => {
      const counts: Record<string, number> = {}
      for (const history of everyone) {
        const { state, clause } = standing(rules, history, validAt, knownAt)
        const key = clause === '1.2@1' ? state : clause
        counts[key] = (counts[key] ?? 0) + 1
      }
      return counts
    }
    const noon = at('2017-07-01 12:00')
    expect(tally(noon, noon)).toEqual({ active: 39_980, barred: 20 })
    // At midnight: 38,500 proven, 100 suspended, 30 of the last second and 20 of midnight itself.
    expect(tally(july, july)).toEqual({ active: 38_650, barred: 20, ceased: 1_330 })
    // The same midnight as known on 3 July: 30 more had shown it in time.
    expect(tally(july, at('2017-07-03 10:00'))).toEqual({ active: 38_680, barred: 20, ceased: 1_300 })
    const places = everyone.map((d) => placeOnRoll(rules, 'members', d, times, now(at('2017-07-04'))))
    expect(countParts(places.filter((p) => p !== null))).toEqual({ certain: 39_680, provisional: 0, out: 320 })
    const after: FreezeTimes = { validAt: july, knownAt: july, at: { notice: july, open: at('2017-07-05') } }
    const then = everyone.map((d) => placeOnRoll(rules, 'members', d, after, now(at('2017-07-04'))))
    expect(countParts(then.filter((p) => p !== null))).toEqual({ certain: 38_650, provisional: 30, out: 1_320 })
  }, 60_000)
})

describe('rights by age', () => {
  it('count birthdays in the zone of the calendar; those of 29 February on the last of February', () => {
    const reckoning = reckoningOf(rules)
    const age = (birth: string, when: string) => ageAt(birth as CivilDate, at(when), reckoning)
    expect(age('2003-07-02', '2017-07-01 23:59:59')).toBe(13)
    expect(age('2003-07-02', '2017-07-02 00:00')).toBe(14)
    expect(age('2004-02-29', '2018-02-28')).toBe(14)
    expect(age('2004-02-29', '2018-02-27')).toBe(13)
    expect(ageAt(null, july, reckoning)).toBeNull()
  })
})
