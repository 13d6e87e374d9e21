import { assert } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { direct, facts, movementOf, procedureBlock } from '../../test/attempts.ts'
import { openBlocks } from '../../test/open-blocks.ts'
import { readingsOf } from './open-fields.ts'

// What an analysis takes for each field that a text leaves open: the value that is cheapest to an attempt, and each reading in turn.

const readIn = (block: string, settled: Readonly<Record<string, string>> = {}): readonly (readonly string[])[] => {
  const rulebook = movementOf(block)
  const [open] = rulebook.unresolved
  assert(open !== undefined, 'something is open')
  return readingsOf(rulebook, open, settled).map(({ taken }) => taken.map((t) => `${t.field} ${t.because} ${t.value}`))
}

const taken: Readonly<Record<keyof typeof openBlocks, readonly (readonly string[])[]>> = {
  signatures: [
    [
      'stages.support.need unknown at least 1 people',
      'stages.support.window unknown 1 years',
      'stages.support.lapsed unknown count',
      'stages.support.withdraw unknown no',
    ],
  ],
  'a check': [
    ['stages.check.grounds unknown [none-known]', 'stages.check.within unknown 1 minute', 'stages.check.timeout unknown passed'],
  ],
  'a body that considers': [
    [
      'stages.consider.body unknown board',
      'stages.consider.within unknown 1 minute',
      'stages.consider.timeout unknown agreed',
      'stages.consider.pass unknown [yes at least 1 votes]',
    ],
  ],
  notice: [['stages.notify.clear unknown 0 clear days']],
  'a roll': [['stages.freeze.electorate unknown members', 'stages.freeze.at unknown propose']],
  'a ballot': [
    [
      'stages.ballot.secret unknown yes',
      'stages.ballot.method unknown yes-no',
      'stages.ballot.abstain unknown not cast',
      'stages.ballot.timetable unknown {by: rule, within: 1 minute, timeout: opens at 24:00 on the 1st day}',
      'stages.ballot.period unknown 1 minute',
      'stages.ballot.tie unknown carried',
    ],
  ],
  'a certificate': [['stages.certify.by unknown rule', 'stages.certify.timeout unknown certified']],
  'a challenge': [
    [
      'stages.challenge.to unknown board',
      'stages.challenge.grounds.0 unknown nothing',
      'stages.challenge.decide-within unknown 1 minute',
      'stages.challenge.timeout unknown dismissed',
      'stages.challenge.stay unknown no',
    ],
  ],
  'a quorum': [['quorum unknown present at least 1 seats']],
  'how a body decides': [['decides unknown {pass: [yes at least 1 votes], tie: carried}']],
  'when a body meets': [
    [
      'term unknown 1 year',
      'vacancy unknown {fill: co-opt}',
      'meets.every unknown on case',
      'meets.notice unknown 0 days',
      'meets.by unknown rule',
    ],
  ],
  'how many seats': [['seats.0.count unknown nothing']],
  'an office': [['holders unknown 1', 'term unknown 1 year', 'removed unknown board by at least 1 seats']],
  'an electorate': [['who unknown standing active', 'cut-off unknown propose', 'late-evidence unknown none']],
  service: [['channels.0 unknown email', 'deemed-received unknown {}', 'sound-when unknown at least 0 people']],
  'an appeal': [
    [
      'to unknown board sitting anew',
      'disjoint unknown yes',
      'within unknown 1 minute',
      'timeout unknown dismissed',
      'stay unknown {effect: no}',
    ],
  ],
  'a sum': [['limits.up-to unknown 1 people']],
  'all limits': [['limits unknown nothing']],
  'a fact': [['attested-by unknown [board]', 'evidence unknown statement', 'expires unknown 1 year']],
  'two readings of two fields': [
    ['stages.support.need reading one', 'stages.support.window reading one'],
    ['stages.support.need reading one', 'stages.support.window reading two'],
    ['stages.support.need reading two', 'stages.support.window reading one'],
    ['stages.support.need reading two', 'stages.support.window reading two'],
  ],
  'a ratified reading, and one that is unknown': [
    ['stages.support.window reading one'],
    ['stages.support.window reading two', 'stages.support.window unknown 1 years'],
  ],
}

describe('what is taken for', () => {
  it.each(Object.keys(taken) as readonly (keyof typeof openBlocks)[])('%s', (name) => {
    expect(readIn(openBlocks[name])).toEqual(taken[name])
  })

  it('a field settled by hand is what was said, by the name of a reading or as a text of its own', () => {
    const two = openBlocks['two readings of two fields']
    const clause = '10'
    const settled = (need: string, window: string) =>
      readIn(two, { [`${clause} stages.support.need`]: need, [`${clause} stages.support.window`]: window })
    expect(settled('two', 'one')).toEqual([['stages.support.need settled two', 'stages.support.window settled one']])
    expect(settled('at least 7 people', 'one')).toEqual([
      ['stages.support.window settled one', 'stages.support.need settled at least 7 people'],
    ])
    expect(settled('nonsense', 'one')).toEqual([])
    expect(readIn(two, { [`${clause} stages.support.need`]: 'two' })).toHaveLength(2)
    expect(readIn(openBlocks.notice, { [`${clause} stages.notify.clear`]: '3 clear days' })).toEqual([
      ['stages.notify.clear settled 3 clear days'],
    ])
  })

  it('a clause that nothing can be taken for grants nothing', () => {
    expect(readIn('kind: tier\nid: t\nguards: unknown\nprocedure: unknown')).toEqual([])
  })

  it('more fields with readings than can be combined are read with the first of those left over', () => {
    const eight = Array.from({ length: 8 }, (_, i) => `s${i}: {do: delay, lasts: {readings: {one: 1 day, two: 2 days}}}`)
    const ways = readIn(procedureBlock('p', 'propose: {by: rule}', ...eight, 'enact: {effect: spend, at: end of propose}'))
    expect(ways).toHaveLength(64)
    expect(new Set(ways.map((way) => way.slice(-2).join()))).toEqual(
      new Set(['stages.s6.lasts reading one,stages.s7.lasts reading one']),
    )
  })

  it('is what the way through is planned with', () => {
    const rulebook = movementOf(
      'kind: power\nact: adopt-policy\nvia: [decide]',
      procedureBlock(
        'decide',
        'propose: {by: electorate members}',
        'delay: {lasts: {readings: {long: 9 days, short: 2 days}}}',
        'enact: {effect: adopt-policy, at: end of delay}',
      ),
    )
    const path = direct(rulebook, 'adopt-policy')
    expect(path).toMatchObject({ elapsedMs: 2 * 86_400_000, replay: { kind: 'permitted' } })
    expect(path?.taken).toEqual([{ clause: '11@1', field: 'stages.delay.lasts', value: 'short', because: 'reading' }])
    const settled = facts({ settled: { '11 stages.delay.lasts': 'long' } })
    expect(direct(rulebook, 'adopt-policy', settled)?.elapsedMs).toBe(9 * 86_400_000)
  })
})
