// Quotas of the seats are asked for at every change of the list, and decide when nominations close.
import { describe, expect, it } from 'vitest'
import {
  codes,
  kinds,
  later,
  members,
  monday,
  print,
  text,
  told,
  type Told,
  untilOpen,
  fingerprintOf,
  person,
} from '../../test/elections.ts'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { day, electionWithQuotas } from '../../test/elections.ts'

everyActWithOneThingWrong()

describe('an election to seats with quotas', () => {
  const stand = (t: Told, who: number, required: number, nominated: number) =>
    t.by(
      who,
      members,
      { kind: 'stand', statement: print(who) },
      t.state('may-stand', true, 'nominate'),
      t.state('quotas', { required, nominated }, 'nominate'),
    )
  function begun(ifShort: string): Told {
    const t = told(electionWithQuotas(ifShort))
    t.member(1, text('elect'), t.state('places', 3, 'elect'))
    return t
  }
  const closed = (t: Told) => {
    t.to(later(monday, 5 * day))
    t.rule({ kind: 'tick' })
    return t.story.events().findLast((e) => e.kind === 'nominated')
  }

  it('asks each candidate’s act what the quotas make of the list, and is refused without an answer', () => {
    const t = begun('re-open')
    expect(kinds(stand(t, 11, 2, 1))).toEqual(['stood', 'accepted', 'quotas-stated'])
    expect(codes(t.by(12, members, { kind: 'stand', statement: print(12) }, t.state('may-stand', true, 'nominate')))).toEqual([
      'missing-fact',
    ])
    const torn = t.state('quotas', { required: 2 }, 'nominate')
    expect(
      codes(t.by(12, members, { kind: 'stand', statement: print(12) }, t.state('may-stand', true, 'nominate'), torn)),
    ).toEqual(['missing-fact'])
    expect(codes(t.by(11, members, { kind: 'stand-down' }))).toEqual(['missing-fact'])
    expect(t.story.state().decisions[1]?.stages['nominate']?.field?.quotas).toEqual({ required: 2, nominated: 1 })
  })
  it('are too few when those nominated cannot meet the quotas, however many they are; nominations open again', () => {
    const t = begun('re-open')
    for (const who of [11, 12, 13, 14]) stand(t, who, 2, 1)
    expect(closed(t)).toMatchObject({ outcome: 'too-few', candidates: 4 })
    // A new list in the second round: nobody carries over, and what was stated does not either.
    expect(kinds(stand(t, 15, 2, 2))).toEqual(['stood', 'accepted', 'quotas-stated'])
    expect(t.story.events().at(-1)).toMatchObject({ stage: 'nominate--2', required: 2, nominated: 2 })
  })
  it('are contested once a withdrawal has been made good', () => {
    const t = begun('re-open')
    for (const who of [11, 12, 13, 14]) stand(t, who, 2, 2)
    expect(
      kinds(t.by(14, members, { kind: 'stand-down' }, t.state('quotas', { required: 2, nominated: 1 }, 'nominate'))),
    ).toEqual(['stood-down', 'quotas-stated'])
    stand(t, 15, 2, 2)
    expect(closed(t)).toMatchObject({ outcome: 'contested', candidates: 4 })
    const list = fingerprintOf([11, 12, 13, 15].map((n) => person(n)).join('\n'))
    untilOpen(t, 100, { options: 4, list })
  })
  it.each(['leave empty', 'next best'])('that are short go to the count where the rule says %s', (ifShort) => {
    const t = begun(ifShort)
    for (const who of [11, 12, 13, 14]) stand(t, who, 2, 1)
    expect(closed(t)).toMatchObject({ outcome: 'contested' })
  })
  it('says nothing of quotas where the seats have none', () => {
    const t = told(electionWithQuotas(null))
    t.member(1, text('elect'), t.state('places', 3, 'elect'))
    expect(t.member(11, { kind: 'stand', statement: print(11) }, t.state('may-stand', true, 'nominate'))).toEqual([
      'stood',
      'accepted',
    ])
  })
})
