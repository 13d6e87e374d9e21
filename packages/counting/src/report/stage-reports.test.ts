import { canonicalJson } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { worked } from '../../testing/worked.ts'
import {
  countScottish,
  csvCell,
  english,
  parseBlt,
  profileHash,
  stagesCsv,
  stagesJson,
  stageTable,
  standings,
  whyNotElected,
  type Profile,
  type StvCount,
} from '../index.ts'
import type { Parcel } from '../trace.ts'
import { destinations } from './outcome.ts'

function election(start: string): { readonly profile: Profile; readonly count: StvCount } {
  const found = worked.find(({ name }) => name.startsWith(start))
  if (found === undefined) throw new Error('the election is there')
  const count = countScottish(found.profile, found.lot)
  if (count.kind === 'fail') throw new Error('it counts')
  return { profile: found.profile, count: count.value }
}

describe('sentences, from the trace alone', () => {
  it('surpluses, an equal surplus looked back on, exclusions, the last place', () => {
    const { profile, count } = election('two equal surpluses, unequal')
    expect(count.stages.map(({ number }) => english.stage(count, number, profile.candidates))).toEqual([
      'Stage 1: 99 valid papers were sorted by first preference. For 4 seats the quota is 20. Elected by reaching the quota of 20: A with 40 votes.',
      'Stage 2: A had 20 votes more than the quota, so all of A’s papers passed on, each at part of its value. C gained most, 8 votes. Elected by reaching the quota of 20: B with 21 votes and C with 21 votes.',
      'Stage 3: B and C were level at 21. Looking back, at stage 1 B had the most, so B’s surplus went first. B had 1 vote more than the quota, the surplus chosen, so all of B’s papers passed on, each at part of its value. E gained most, 0.71415 votes.',
      'Stage 4: C had 1 vote more than the quota, so all of C’s papers passed on, each at part of its value. F gained most, 0.61893 votes.',
      'Stage 5: No surplus was left and nobody new had 20, so F, with the fewest votes (9.61893), was excluded and those papers passed on. D gained most, 0.61893 votes; 9 papers named nobody still in (9 votes).',
      'Stage 6: No surplus was left and nobody new had 20, so E, with the fewest votes (13.09495), was excluded and those papers passed on. D gained most, 0.38080 votes; 27 papers named nobody still in (12.71415 votes). One candidate was left for 1 seat, so D was elected without any further transfer.',
    ])
  })
  it('a lot says that it was one', () => {
    const { profile, count } = election('four')
    expect(english.stage(count, 2, profile.candidates)).toBe(
      'Stage 2: W, X, Y and Z were level at 3. They had been level at every stage, so it was decided by lot: X was the one to go. No surplus was left and nobody new had 12, so X, with 3 votes, was excluded and those papers passed on. 3 papers named nobody still in (3 votes).',
    )
    const three = election('three equal')
    expect(english.stage(three.count, 3, three.profile.candidates)).toContain(
      'Looking back, at stage 1 A and B had the most and were level before that, so it was decided by lot: B’s surplus went first.',
    )
  })
  it('why somebody was not elected: figures, where the papers went, the nearest to the quota', () => {
    const { profile, count } = election('two level')
    const why = (c: number): string => {
      const reason = whyNotElected(count, c, profile.withdrawn)
      return reason === null ? 'elected' : english.notElected(reason, count, profile.candidates)
    }
    expect(why(1)).toBe('elected')
    expect(why(0)).toBe(
      'A was excluded at stage 5 with 10 votes, 1 vote behind B. Those papers went to nobody still in 10 (10 papers). The smallest gap to the quota was 3 votes, at stage 1.',
    )
    expect(why(2)).toBe(
      'C was excluded at stage 4 with 6 votes. B and C were level at 6. Looking back, at stage 2 C had the fewest, so C was the one to go. Those papers went to B 5 (5 papers) and nobody still in 1 (1 paper). The smallest gap to the quota was 7 votes, at stage 3.',
    )
  })
  it('still in when the last seat was filled at the quota', () => {
    const profile: Profile = {
      title: '',
      candidates: ['A', 'B', 'C'],
      withdrawn: [],
      seats: 1,
      papers: [
        { weight: 5, ranking: [0] },
        { weight: 2, ranking: [1] },
        { weight: 1, ranking: [2] },
      ],
    }
    const count = countScottish(profile, null)
    if (count.kind === 'fail') throw new Error('it counts')
    const why = whyNotElected(count.value, 1, [])
    expect(why === null ? '' : english.notElected(why, count.value, profile.candidates)).toBe(
      'B was still in with 2 votes when the last seat was filled. The smallest gap to the quota was 3 votes, at stage 1.',
    )
  })
})

describe('table, CSV and JSON', () => {
  it('the table lists the elected first, then by how long they stayed in; each column adds up', () => {
    const { profile, count } = election('an older')
    const table = stageTable(count, profile)
    expect(table.rows.map(({ name }) => name).join('')).toBe('ABCDEF')
    expect(table.rows.at(-1)?.cells).toEqual(['7.00000', '7.00000', '7.00000', '7.99981', null, null])
    expect(table.nonTransferable).toEqual(['0.00000', '2.00000', '2.00025', '2.00044', '10.00025', '23.00005'])
    expect([table.quota, table.total]).toEqual(['20.00000', '99.00000'])
    for (const stage of count.stages.keys()) {
      const units = [...table.rows.map(({ cells }) => cells[stage] ?? '0.00000'), table.nonTransferable[stage] ?? '']
      expect(units.reduce((sum, text) => sum + BigInt(text.replace('.', '')), 0n)).toBe(9_900_000n)
    }
  })
  it('standings tell how each ended', () => {
    const { profile, count } = election('the last place')
    expect(standings(count, profile.withdrawn).map((s) => s.kind)).toEqual(['elected', 'elected', 'elected', 'excluded'])
    expect(standings(count, [])[2]).toEqual({ kind: 'elected', stage: 2, atQuota: false })
  })
  it('CSV: a row per candidate and stage, then non-transferable, lost and total; ends of line as RFC 4180', () => {
    const { profile, count } = election('the last place')
    expect(stagesCsv(count, profile).split('\r\n')).toEqual([
      'stage,row,candidate,name,votes,status',
      '1,candidate,1,A,10.00000,continuing',
      '1,candidate,2,B,11.00000,elected',
      '1,candidate,3,C,10.00000,continuing',
      '1,candidate,4,D,9.00000,continuing',
      '1,non-transferable,,,0.00000,',
      '1,lost to truncation,,,0.00000,',
      '1,total,,,40.00000,',
      '2,candidate,1,A,19.00000,elected',
      '2,candidate,2,B,11.00000,elected',
      '2,candidate,3,C,10.00000,elected',
      '2,candidate,4,D,0.00000,excluded',
      '2,non-transferable,,,0.00000,',
      '2,lost to truncation,,,0.00000,',
      '2,total,,,40.00000,',
      '',
    ])
  })
  it.each([
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['Smith, Jo', '"Smith, Jo"'],
    ['Jo "J" Smith', '"Jo ""J"" Smith"'],
    ['a=b', 'a=b'],
  ])('a cell %j cannot become a formula', (text, cell) => expect(csvCell(text)).toBe(cell))
  it('JSON holds the whole trace in texts and whole numbers, candidates from 1', () => {
    const { profile, count } = election('two equal surpluses since')
    const json = JSON.parse(canonicalJson(stagesJson(count, profile, null))) as Record<string, unknown>
    expect(json).toMatchObject({
      method: 'scottish-stv@1',
      quota: '7.00000',
      elected: [1, 2, 3],
      lotOrder: [2, 1, 3, 4],
      lots: [{ stage: 2, clause: '49(3)', tied: [1, 2], chosen: 2 }],
    })
    expect((json['stages'] as unknown[])[1]).toMatchObject({
      transfers: [
        {
          from: 2,
          surplus: '3.00000',
          total: '10.00000',
          lost: '0.00000',
          parcels: [{ to: 4, papers: 10, received: '1.00000', value: '0.30000', amount: '3.00000' }],
        },
      ],
    })
    expect(canonicalJson(stagesJson(count, profile, null))).not.toContain('sentence')
    expect(canonicalJson(stagesJson(count, profile, english))).toContain('"whyNot":"D was excluded at stage 4')
  })
  it('the fingerprint is of what is counted: not of title or order, but of every candidate, seat and paper', () => {
    const read = (text: string): string => {
      const file = parseBlt(text)
      return file.kind === 'ok' ? profileHash(file.value.profile) : ''
    }
    const base = read('2 1\n3 1 2 0\n2 2 0\n0\n"A"\n"B"\n"T"\n')
    expect(base).toMatch(/^[0-9a-f]{64}$/)
    expect(read('2 1\n1 2 0\n2 1 2 0\n1 2 0\n1 1 2 0\n0\n"A"\n"B"\n')).toBe(base)
    const others = [
      '2 2\n3 1 2 0\n2 2 0\n0\nA\nB',
      '2 1\n3 1 2 0\n2 2 0\n0\nA\nC',
      '2 1\n3 1 2 0\n3 2 0\n0\nA\nB',
      '2 1\n-1\n3 1 2 0\n2 2 0\n0\nA\nB',
      '2 1\n3 2 1 0\n2 2 0\n0\nA\nB',
    ]
    expect(new Set([base, ...others.map(read)]).size).toBe(6)
  })
})

describe('where papers went', () => {
  const parcel = (to: number | null, papers: number, amount: bigint): Parcel => ({ to, papers, received: 1n, value: 1n, amount })
  it('is added over the values at which they came: most votes first, level ones in nomination order, nobody last', () => {
    const went = [parcel(3, 1, 5n), parcel(null, 9, 90n), parcel(1, 2, 2n), parcel(0, 4, 4n), parcel(1, 3, 3n), parcel(2, 7, 7n)]
    const expected = [
      { to: 2, papers: 7, amount: 7n },
      { to: 1, papers: 5, amount: 5n },
      { to: 3, papers: 1, amount: 5n },
      { to: 0, papers: 4, amount: 4n },
      { to: null, papers: 9, amount: 90n },
    ]
    expect(destinations(went)).toEqual(expected)
    expect(destinations(went.toReversed())).toEqual(expected)
    expect(destinations([])).toEqual([])
  })
})
