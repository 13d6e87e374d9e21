import { describe, expect, it } from 'vitest'
import { at, lantern, lanternText, parsed } from '../../test/lantern.ts'
import { clausesOf, textOf, type Small } from '../../test/small-rulebooks.ts'
import { analyse, cheapestFacts, watchfulFacts, type AnalyseFacts, type Path, type Rulebook, type Stopper } from '../index.ts'

const tonight = at('2026-11-21 19:40')
const facts: AnalyseFacts = { ...cheapestFacts(tonight), electorates: { members: 1180 } }

function paths(rulebook: Rulebook, given: AnalyseFacts, power: string): readonly Path[] {
  const answer = analyse(rulebook, given, { labels: 8, only: [power] }).powers[0]
  if (answer === undefined) throw new Error(`no answer for ${power}`)
  return answer.front
}
const stopping = (path: Path | undefined, how: Stopper['how']): Stopper | undefined => path?.stoppers.find((s) => s.how === how)

describe('who can stop a path, how many of them, until when, under which clause', () => {
  const [purge, ballot] = paths(lantern, facts, 'amend-rulebook')

  it('everyone who votes no, counted beside those who already do, until the ballot closes', () => {
    // 118 for and 59 against are two thirds of 177; one more against is not.
    expect(stopping(ballot, 'vote-against')).toMatchObject({ count: 60, clause: '4.2@1', until: at('2026-12-13 00:00') })
  })

  it('those whose votes a turnout rule needs, by not voting', () => {
    // 1,062 others; 59 of them must vote no for a turnout of 177.
    expect(stopping(ballot, 'deny-turnout')).toMatchObject({ who: { id: 'members' }, count: 1_004 })
  })

  it('any member by a challenge until its window ends, the returning officer until three working days are over', () => {
    expect(stopping(ballot, 'challenge')).toMatchObject({ count: 1, decidedBy: 'panel', until: at('2026-12-20 00:00') })
    // Saturday evening: Monday, Tuesday, Wednesday.
    expect(stopping(ballot, 'refuse-check')).toMatchObject({ who: { id: 'returning-officer' }, until: at('2026-11-26 00:00') })
  })

  it('those who are put off by an appeal, and two of the panel by staying away', () => {
    expect(stopping(purge, 'appeal')).toMatchObject({ decidedBy: 'panel', clause: '6.3@1', until: at('2026-12-23 00:00') })
    expect(stopping(purge, 'deny-quorum')).toMatchObject({ who: { pool: 'seat', id: 'panel' }, count: 2, clause: '3.3@1' })
  })

  it('members who change the rules first, where there is still time when the attempt can be seen', () => {
    const first = stopping(purge, 'propose-against')
    expect(first).toMatchObject({ who: { pool: 'elector', id: 'members' }, count: 118, clause: '4.2@1' })
    // The purge takes effect on 24 December, a change begun on the 25th of November on the 24th too: too late.
    expect(first?.until).toBeLessThan(at('2026-11-25 00:00'))
    expect(first?.until).toBeGreaterThan(at('2026-11-24 20:00'))
    expect(stopping(ballot, 'propose-against')).toBeUndefined()
  })

  it('courts at any time, where the rules know orders', () => {
    expect(ballot?.stoppers.filter((s) => s.how === 'order').map((s) => [s.who.id, s.until])).toEqual([
      ['court', null],
      ['tribunal', null],
      ['regulator', null],
    ])
  })

  it('those of a body who vote no', () => {
    const [spend] = paths(lantern, { ...facts, attendance: { committee: 9 } }, 'spend')
    // 5 of 9 carry it; the fifth vote against, one of the three who stayed at home, makes it a tie, and a tie falls.
    expect(spend?.people).toBe(5)
    expect(stopping(spend, 'vote-in-body')).toMatchObject({ who: { pool: 'seat', id: 'committee' }, count: 5, clause: '3.1@1' })
  })

  it('a class that must agree, by withholding its votes', () => {
    const union = '### 2.7 Unions\n```rule\nkind: class\nid: union\nof: organisation\n```\n'
    const text = lanternText
      .replace('## 3 Bodies', `${union}## 3 Bodies`)
      .replace(
        'limits: {up-to: 2000 GBP per month, no-single: 500 GBP}',
        'pass: [yes more than 1/2 of seats, yes of class union more than 1/2 of seated of class union]',
      )
    const seated = { committee: { seated: 12, byClass: { union: 4 } } }
    const [spend] = paths(parsed(text), { ...facts, attendance: 'all', bodies: seated }, 'spend')
    expect(spend?.needs).toMatchObject([
      { pool: 'seat', count: 7, ofClass: null },
      { pool: 'seat', count: 3, ofClass: 'union' },
    ])
    expect(stopping(spend, 'veto-of-class')).toMatchObject({ who: { ofClass: 'union' }, count: 2 })
    // With no union seated there is nobody whose majority could be had: an empty class holds a veto, unless the rules say otherwise.
    const none = paths(parsed(text), { ...facts, attendance: 'all' }, 'spend')
    expect(none.every((p) => p.steps.some((s) => s.act.kind === 'rewritten'))).toBe(true)
    const spared = text.replace('of class union]', 'of class union or none seated]')
    expect(paths(parsed(spared), { ...facts, attendance: 'all' }, 'spend')[0]?.people).toBe(7)
  })
})

describe('keeping a body below its quorum', () => {
  const small: Small = {
    seats: { a: 5, b: 2 },
    quorum: { a: 4, b: 1 },
    pass: { a: { share: [1, 2], more: true, of: 'present' }, b: { share: [1, 1], more: false, of: 'seated' } },
    members: 9,
    exclude: null,
    suspend: null,
    spend: 'b',
    need: 1,
    consider: 'a',
    timeout: 'agreed',
    ballot: null,
  }

  it('two of five who stay away let the time run out, where silence is consent', () => {
    const watchful = { ...watchfulFacts(tonight), electorates: { members: 9 } }
    const [path] = paths(parsed(textOf(clausesOf(small))), watchful, 'amend-rulebook')
    expect(path).toMatchObject({ people: 2, replay: { kind: 'permitted' } })
    const three = paths(parsed(textOf(clausesOf({ ...small, timeout: 'fallen' }))), watchful, 'amend-rulebook')
    expect(three[0]?.people).toBe(3)
  })
})
