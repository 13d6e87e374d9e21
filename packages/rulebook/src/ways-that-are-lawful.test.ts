import { describe, expect, it } from 'vitest'
import { day, editionsOf, fact, later, members, officer, parsed } from '../test/lantern.ts'
import { ballotAndEnd, monday, textWith } from '../test/procedures.ts'
import { emptyState, lawful, type Capacity, type Fact, type LawfulWay } from './index.ts'

// The ways open to somebody, from when on each can take effect, and what that takes for granted.

const policy = (...stages: readonly string[]) => editionsOf(parsed(textWith('adopt-policy', stages)))
const ways = (stages: readonly string[], facts: readonly Fact[] = [], as: Capacity = members): readonly LawfulWay[] =>
  lawful(policy(...stages), emptyState, 'adopt-policy', as, monday, facts)
/** Days and milliseconds from now until the only way can take effect; null where no date can be promised. */
const wait = (stages: readonly string[], facts: readonly Fact[] = [], as: Capacity = members): number | null | 'no way' => {
  const [way, second] = ways(stages, facts, as)
  if (way === undefined || second !== undefined) return 'no way'
  return way.earliest === null ? null : way.earliest - monday
}
const propose = 'propose: {by: electorate members}'
const enact = (end: string): string => `enact: {effect: adopt-policy, at: end of ${end}}`
const agm = (when: number, knownAt = 0): Fact => ({ ...fact('instant', 'agm', when, monday), knownAt: later(monday, knownAt) })

describe('a way through a procedure', () => {
  it('says its clause, its procedure and how it begins, and is none for one whom its first stage does not admit', () => {
    const stages = [propose, 'delay: {lasts: 3 days}', enact('delay')]
    expect(ways(stages)).toEqual([
      { clause: '13@1', procedure: 'decide', begins: 'propose', earliest: later(monday, 3 * day), assumes: [] },
    ])
    expect(ways(stages, [], officer)).toEqual([])
    expect(lawful(policy(...stages), emptyState, 'spend', members, monday, [])).toEqual([])
  })

  it('takes for granted that everyone acts at once and in favour, stage by stage', () => {
    const kinds = (...stages: readonly string[]) =>
      ways([propose, ...stages])[0]?.assumes.map((a) => `${a.kind} ${'clause' in a ? a.clause : ''}`)
    const support = 'support: {signers: electorate members, need: at least 5 people, window: 7 days, lapsed: count}'
    const check = 'check: {by: returning-officer, grounds: [out-of-order], within: 3 days, timeout: passed}'
    const consider = 'consider: {body: committee, within: 3 days, timeout: fallen}'
    const meeting = 'meeting: {body: committee, within: 9 days, pass: [yes at least 1 votes], tie: falls, timeout: fallen}'
    expect(kinds(support, check, consider, meeting, enact('meeting'))).toEqual([
      'support-at-once 13@1',
      'check-at-once 13@1',
      'considered-at-once 13@1',
      'considered-at-once 13@1',
    ])
    const certify = 'certify: {by: returning-officer, within: 2 days, timeout: certified}'
    const challenge =
      'challenge: {by: electorate members, to: panel, within: 7 days, grounds: [count], decide-within: 7 days, timeout: dismissed, stay: yes}'
    expect(kinds(...ballotAndEnd('adopt-policy').slice(0, 3), certify, challenge, enact('challenge'))).toEqual([
      'scheduled-at-once 13@1',
      'certified-at-once 13@1',
      'no-challenge 13@1',
    ])
    expect(kinds('delay: {lasts: 3 days}', enact('delay'))).toEqual([])
  })
})

describe('a date the rules count from', () => {
  const stages = [propose, 'delay: {lasts: 1 day}', 'enact: {effect: adopt-policy, at: 3 days after agm}']

  it('is promised only where it is known, by what was known of it last', () => {
    expect(wait(stages)).toBeNull()
    expect(ways(stages)[0]?.assumes).toEqual([])
    expect(wait(stages, [agm(monday)])).toBe(3 * day)
    expect(wait(stages, [agm(later(monday, 9 * day))])).toBe(12 * day)
    expect(wait(stages, [agm(monday, 1)])).toBeNull()
    expect(wait(stages, [agm(monday, -2), agm(later(monday, day), -1)])).toBe(4 * day)
    expect(wait(stages, [agm(later(monday, day), -1), agm(monday, -2)])).toBe(4 * day)
    expect(wait(stages, [fact('instant', 'agm', 'soon', monday)])).toBeNull()
    expect(wait(stages, [fact('instant', 'another', monday, monday)])).toBeNull()
  })

  it('lets a proposal be made from it on, or only before it', () => {
    const from = ['propose: {by: electorate members, when: 2 days after agm}', 'delay: {lasts: 1 day}', enact('delay')]
    expect(wait(from, [agm(monday)])).toBe(3 * day)
    expect(wait(from, [agm(later(monday, -9 * day))])).toBe(day)
    const until = ['propose: {by: electorate members, due: 2 days before agm}', 'delay: {lasts: 1 day}', enact('delay')]
    expect(wait(until, [agm(later(monday, 2 * day + 1))])).toBe(day)
    expect(wait(until, [agm(later(monday, 2 * day))])).toBeNull()
  })
})

describe('a fact', () => {
  const advice = (value: Fact['value'], knownAt = 0): Fact => ({
    ...fact('legal-advice', null, value, monday),
    knownAt: later(monday, knownAt),
  })

  it('that a proposal asks for must be known and hold', () => {
    const stages = ['propose: {by: electorate members, when: fact legal-advice}', 'delay: {lasts: 1 day}', enact('delay')]
    expect(wait(stages)).toBeNull()
    expect(wait(stages, [advice(false)])).toBeNull()
    expect(wait(stages, [advice(true, 1)])).toBeNull()
    expect(wait(stages, [advice(true)])).toBe(day)
    expect(wait(stages, [advice(true, -2), advice(false, -1)])).toBeNull()
  })

  it('that a later stage asks for brings that stage in', () => {
    const stages = [propose, 'delay: {lasts: 4 days, when: fact legal-advice}', enact('delay')]
    expect(wait(stages)).toBe(0)
    expect(wait(stages, [advice(true)])).toBe(4 * day)
    expect(wait(stages, [advice(false)])).toBe(0)
  })

  it('that says this person has not the capacity closes every way', () => {
    const stages = [propose, 'delay: {lasts: 1 day}', enact('delay')]
    const eligible = (value: boolean, of = 'members', knownAt = 0): Fact => ({
      ...fact('eligible', of, value, monday),
      knownAt: later(monday, knownAt),
    })
    expect(ways(stages, [eligible(false)])).toEqual([])
    expect(ways(stages, [eligible(true)])).toHaveLength(1)
    expect(ways(stages, [eligible(false, 'delegates')])).toHaveLength(1)
    expect(ways(stages, [eligible(false, 'members', 1)])).toHaveLength(1)
    expect(ways(stages, [eligible(true, 'members', -1), eligible(false, 'members', -2)])).toHaveLength(1)
    expect(ways(stages, [eligible(true, 'members', -2), eligible(false, 'members', -1)])).toEqual([])
    const byOfficer = ['propose: {by: returning-officer}', 'delay: {lasts: 1 day}', enact('delay')]
    const holds = fact('holds-office', 'returning-officer', false, monday)
    expect(ways(byOfficer, [holds], officer)).toEqual([])
    expect(ways(byOfficer, [fact('eligible', 'returning-officer', false, monday)], officer)).toHaveLength(1)
    expect(ways(stages, [fact('holds-office', 'members', false, monday)])).toHaveLength(1)
  })
})

describe('a stage that is not for the one who proposes', () => {
  it('is left out of the date', () => {
    const stages = [
      'propose: {by: seat on committee or electorate members}',
      'delay: {lasts: 5 days, skip-if: seat on committee}',
      enact('delay'),
    ]
    expect(wait(stages)).toBe(5 * day)
    expect(wait(stages, [], 'seat committee')).toBe(0)
  })
})

describe('whoever holds a power', () => {
  const source = textWith(
    'adopt-policy',
    [propose, 'delay: {lasts: 1 day}', enact('delay')],
    'kind: power\nact: spend\nholder: [committee, returning-officer]',
  )
  const book = parsed(source)
  const spend = (as: Capacity, facts: readonly Fact[] = []) => lawful(editionsOf(book), emptyState, 'spend', as, monday, facts)

  it('may use it at once', () => {
    const way = { clause: '14@1', procedure: null, begins: 'exercise', earliest: monday, assumes: [] }
    expect(spend('body committee')).toEqual([way])
    expect(spend(officer)).toEqual([way])
    expect(spend(officer, [fact('holds-office', 'returning-officer', false, monday)])).toEqual([])
    expect(spend('body panel')).toEqual([])
    expect(spend(members)).toEqual([])
  })

  it('has no way under an edition that is not at hand', () => {
    const gone = { ...editionsOf(book), inForce: 7 as typeof book.edition }
    expect(lawful(gone, emptyState, 'spend', officer, monday, [])).toEqual([])
  })
})
