import { describe, expect, it } from 'vitest'
import { at, kinds, person, print } from '../../test/lantern.ts'
import { rulebookWith, told } from '../../test/procedures.ts'
import type { ActBody } from '../index.ts'

const stages = (decideWithin: string): readonly string[] => [
  'propose: {by: electorate members}',
  `challenge: {by: electorate members, to: panel, within: 3 days, grounds: [count, notice], decide-within: ${decideWithin}, timeout: dismissed, stay: yes}`,
  'enact: {effect: adopt-policy, at: end of challenge}',
]
const proposal: ActBody = { kind: 'propose', power: 'adopt-policy', form: 'text', document: print(1), changes: [] }
const on = (ground: string): ActBody => ({ kind: 'challenge', ground, document: print(5) })

describe('challenges that nobody answers in time', () => {
  it.each([
    ['of one instant', '7 days', 0],
    ['of one day, whose terms end with the same day', '7 clear days', 3_600_000],
    ['of two days', '7 days', 30 * 3_600_000],
  ])('%s are all answered as the rule says, one after the other', (_, within, apart) => {
    const t = told(rulebookWith('adopt-policy', stages(within)), at('2026-06-01 09:00'))
    t.member(1, proposal)
    expect(t.member(2, on('count'))).toEqual(['challenged'])
    t.wait(apart)
    expect(t.member(3, on('notice'))).toEqual(['challenged'])
    expect(t.member(4, on('count'))).toEqual(['challenged'])
    t.to(at('2026-07-01 09:00'))
    expect(t.rule({ kind: 'tick' })).toEqual(['challenge-answered', 'challenge-answered', 'challenge-answered'])
    const { challenges } = t.story.state().decisions[1]?.stages['challenge'] ?? { challenges: [] }
    expect(challenges.map(({ by, answer }) => [by, answer?.outcome])).toEqual([2, 3, 4].map((n) => [person(n), 'dismissed']))
    expect(kinds(t.by(0, 'rule', { kind: 'enact', text: print(1) }))).toContain('enacted')
  })
})
