// What people read of a count under bounds, all of it from the trace.
import { describe, expect, it } from 'vitest'
import { group } from '../../testing/constraints.ts'
import { profileOf } from '../../testing/worked.ts'
import { countConstrained, english, quotaReport, stagesJson, type ConstrainedCount } from '../index.ts'

function counted(profile: ReturnType<typeof profileOf>, bounds: readonly ReturnType<typeof group>[]): ConstrainedCount {
  const found = countConstrained('scottish-stv@1', {}, profile, bounds, null)
  if (found.kind === 'fail') throw new Error(JSON.stringify(found.error))
  return found.value
}

describe('the quota report and the sentences of the stages', () => {
  // Three places; at least two women (D, E, F), at most one from the north (A, D).
  const profile = profileOf('ABCDEF', 3, ['30 A B', '28 B A', '15 C B', '12 D E', '9 E D', '5 F E'])
  const bounds = [group('women', 'DEF', 2, null, '8.1'), group('the north', 'AD', 0, 1, '8.2')]
  const found = counted(profile, bounds)

  it('has a line for each doom and guard, with clause, votes and the certificate in words', () => {
    expect(
      quotaReport(found, profile.candidates).map(({ stage, kind, clause, votes, text }) => [stage, kind, clause, votes, text]),
    ).toEqual([
      [0, 'feasible', '8.1, 8.2', null, 'The bounds on who may be elected together can all be kept.'],
      [
        1,
        'doom',
        '8.1',
        '28.00000',
        'B can no longer be elected: at least 2 of “women” and 3 places in all would otherwise contradict each other (8.1).',
      ],
      [
        1,
        'doom',
        '8.1',
        '15.00000',
        'C can no longer be elected: at least 2 of “women” and 3 places in all would otherwise contradict each other (8.1).',
      ],
      [
        1,
        'doom',
        '8.2',
        '12.00000',
        'D can no longer be elected: at most 1 of “the north” may be elected, and 1 already is (8.2).',
      ],
      [1, 'guard', '8.1, 8.2', '9.00000', expect.stringMatching(/^E must be elected: /)],
      [1, 'guard', '8.1, 8.2', '5.00000', expect.stringMatching(/^F must be elected: /)],
    ])
  })
  it('tells each stage in sentences that name the bound and not the votes where the bound decides', () => {
    const [first] = found.count.stages
    expect(english.stage(found.count, first?.number ?? 1, profile.candidates)).toBe(
      'Stage 1: 99 valid papers were sorted by first preference. For 3 seats the quota is 25. B can no longer be elected: at least 2 of “women” and 3 places in all would otherwise contradict each other (8.1). C can no longer be elected: at least 2 of “women” and 3 places in all would otherwise contradict each other (8.1). D can no longer be elected: at most 1 of “the north” may be elected, and 1 already is (8.2). E must be elected: at least 2 of “women” and at most 1 of “the north” would otherwise contradict each other (8.1 and 8.2). F must be elected: at least 2 of “women” and at most 1 of “the north” would otherwise contradict each other (8.1 and 8.2). Elected by reaching the quota of 25: A with 30 votes. 2 places were left, and E and F must have them, so they were elected without any further transfer.',
    )
  })
  it('carries the bounds and certificates into the JSON, candidates from 1', () => {
    const json = stagesJson(found.count, profile, english)
    expect(json['params']).toEqual({
      constraints: [
        { name: 'women', clause: '8.1', least: 2, most: null, members: [4, 5, 6] },
        { name: 'the north', clause: '8.2', least: 0, most: 1, members: [1, 4] },
      ],
    })
    const text = JSON.stringify(json)
    expect(text).toContain('"kind":"doom","candidate":2,"total":"28.00000","certificate":{"claim":"doomed","candidate":2')
  })
  it('says of a doomed candidate that they could no longer be elected, and whom an exclusion chose among', () => {
    const { count } = counted(profileOf('ABCD', 2, ['40 A C', '35 B D', '15 C', '10 D']), [group('women', 'CD', 1, null, '8.1')])
    expect(english.stage(count, 2, ['A', 'B', 'C', 'D'])).toMatch(
      /^Stage 2: B, who could no longer be elected and had 35 votes, was excluded and those papers passed on\. D gained most, 35 votes\./,
    )
    const kept = counted(profileOf('ABCDE', 2, ['30 A', '20 B', '15 C', '10 D', '5 E']), [group('women', 'E', 1, null, '8.1')])
    const told = kept.count.stages.map(({ number }) => english.stage(kept.count, number, ['A', 'B', 'C', 'D', 'E'])).join(' ')
    expect(told).toContain('E must be elected: at least 1 of “women” must be elected, and there is no more than 1 (8.1).')
  })
})
