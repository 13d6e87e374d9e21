import { describe, expect, it } from 'vitest'
import { ers97, fifeWards, linnBallots, linnReport, present, whyAbsent } from '../../testing/official.ts'
import { worked } from '../../testing/worked.ts'
import { countScottish, decimalText, parseBlt, stageTable, type LotOrder, type Profile, type StvCount } from '../index.ts'

function counted(profile: Profile, lot: LotOrder | null = null): StvCount {
  const count = countScottish(profile, lot)
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return count.value
}

const five = (votes: bigint): string => decimalText(votes, 5)
const acts = (count: StvCount, kind: string): readonly (readonly [number, number])[] =>
  count.stages.flatMap(({ number, acts }) =>
    acts.flatMap((act) => (act.kind === kind && 'candidate' in act ? [[act.candidate, number] as const] : [])),
  )

describe(`Fife, 4 May 2017: the returning officer's declarations${whyAbsent}`, () => {
  it.skipIf(!present)('22 wards, 1,398 published totals', () => {
    expect(fifeWards()).toHaveLength(22)
    expect(fifeWards().reduce((n, ward) => n + ward.stages.flat().length, 0)).toBe(1398)
  })
  it.each(fifeWards())('$name', (ward) => {
    const count = counted(ward.profile)
    expect(count.valid).toBe(ward.validPoll)
    expect(five(count.quota)).toBe(`${ward.quota}.00000`)
    expect(count.stages.map(({ totals }) => totals.map(five))).toEqual(ward.stages)
    const elected = [...acts(count, 'elect'), ...acts(count, 'fill')].sort(([a], [b]) => a - b)
    expect(elected).toEqual(ward.elected.toSorted(([a], [b]) => a - b))
    // The declaration names the stage on whose figures somebody was excluded; the papers move in the next.
    const excluded = acts(count, 'exclude').map(([c, stage]) => [c, stage - 1])
    const declared = ward.excluded.filter(([, stage]) => stage < ward.stages.length)
    expect(excluded.sort(([a = 0], [b = 0]) => a - b)).toEqual(declared.toSorted(([a], [b]) => a - b))
    expect(count.lots).toEqual([])
  })
})

describe(`Linn, 3 May 2007: the eSTV stage report${whyAbsent}`, () => {
  it.skipIf(!present)('10 stages, 83 totals, 10 non-transferable figures', () => {
    const file = parseBlt(linnBallots())
    if (file.kind === 'fail') throw new Error(JSON.stringify(file.error))
    const { profile } = file.value
    const count = counted(profile)
    const report = linnReport()
    expect(five(count.quota)).toBe(report.quota)
    expect(count.stages).toHaveLength(report.stages.length)
    let compared = 0
    for (const [k, official] of report.stages.entries()) {
      const stage = count.stages[k]
      if (stage === undefined) throw new Error('a stage is missing')
      for (const [name, votes] of Object.entries(official.votes)) {
        if (votes === null) continue
        expect([k + 1, name, five(stage.totals[profile.candidates.indexOf(name)] ?? -1n)]).toEqual([k + 1, name, votes])
        compared++
      }
      expect(five(stage.nonTransferable + stage.lost)).toBe(official.non_transferable)
      const named = (kind: string): readonly (string | undefined)[] =>
        stage.acts.flatMap((act) => (act.kind === kind && 'candidate' in act ? [profile.candidates[act.candidate]] : []))
      expect([...named('elect'), ...named('fill')].sort()).toEqual(official.elected.toSorted())
      expect(named('exclude')).toEqual(official.excluded)
      expect(named('surplus')).toEqual(official.surplus === null ? [] : [official.surplus])
    }
    expect(compared).toBe(83)
    expect(stageTable(count, profile).nonTransferable).toEqual(report.stages.map((stage) => stage.non_transferable))
  })
  it.skipIf(!present)(
    'the ERS97 model election reads the same with and without final zeros, and its surplus is cut to five places',
    () => {
      const whole = parseBlt(ers97('ers97.blt'))
      const bare = parseBlt(ers97('ers97_no_terminal_zero.blt'))
      if (whole.kind === 'fail' || bare.kind === 'fail') throw new Error('the file was refused')
      expect(bare.value.profile).toEqual(whole.value.profile)
      expect(counted(whole.value.profile).valid).toBe(753)
    },
  )
})

describe('elections worked by hand', () => {
  it.each(worked)('$name', (election) => {
    const count = counted(election.profile, election.lot)
    expect(count.quota).toBe(BigInt(election.quota) * 100_000n)
    const figures = count.stages.map(({ totals, nonTransferable, lost }) =>
      [...totals, nonTransferable, lost].map((votes) => five(votes).replace(/\.00000$/, '')).join(' '),
    )
    expect(figures).toEqual(election.stages)
    expect(count.elected.map((c) => election.profile.candidates[c]).join('')).toBe(election.elected)
    const ties = count.stages.flatMap((stage) => stage.acts.flatMap((act) => (act.kind === 'tie' ? [act.clause] : [])))
    expect(ties).toEqual(election.ties)
  })
  it('without a lot the tie that needs one is named, and nothing is decided', () => {
    const refused = worked.filter(({ lot }) => lot !== null).map(({ profile }) => countScottish(profile, null))
    expect(refused).toEqual([
      { kind: 'fail', error: { kind: 'lot needed', stage: 2, clause: '51(2)(b)', purpose: 'exclusion', tied: [1, 2, 3, 4] } },
      { kind: 'fail', error: { kind: 'lot needed', stage: 2, clause: '49(3)', purpose: 'surplus', tied: [0, 1] } },
      { kind: 'fail', error: { kind: 'lot needed', stage: 3, clause: '49(3)', purpose: 'surplus', tied: [0, 1] } },
    ])
  })
  it('every lot is on the count, with those it chose between', () => {
    const four = worked.find(({ name }) => name.startsWith('four'))
    if (four === undefined) throw new Error('the election is there')
    expect(counted(four.profile, four.lot).lots.map(({ stage, tied, chosen }) => ({ stage, tied, chosen }))).toEqual([
      { stage: 2, tied: [1, 2, 3, 4], chosen: 2 },
      { stage: 3, tied: [1, 3, 4], chosen: 4 },
      { stage: 4, tied: [1, 3], chosen: 1 },
    ])
  })
})

describe('what the Order does with papers and places', () => {
  const base: Profile = { title: '', candidates: ['A', 'B', 'C'], withdrawn: [], seats: 1, papers: [] }
  it('a ranking counts as far as it names one candidate after another (article 2, "consecutive order")', () => {
    const papers = [
      { weight: 5, ranking: [0] },
      { weight: 4, ranking: [1] },
      { weight: 3, ranking: [2, [], 1] }, // a skipped rank ends it
      { weight: 1, ranking: [[0, 1], 2] }, // two at the first rank: no first preference
      { weight: 1, ranking: [] },
    ]
    const count = counted({ ...base, papers })
    expect([count.valid, count.invalid]).toEqual([12, 2])
    expect(count.stages[1]?.totals.map(five)).toEqual(['5.00000', '4.00000', '0.00000'])
    expect(five(count.stages[1]?.nonTransferable ?? 0n)).toBe('3.00000')
  })
  it('the withdrawn are passed over at every rank, beside others too, and do not close a rank they shared', () => {
    const papers = [
      { weight: 3, ranking: [2, 0] },
      { weight: 2, ranking: [[1, 2]] },
      { weight: 1, ranking: [2] },
    ]
    const count = counted({ ...base, withdrawn: [2], papers })
    expect([count.valid, count.invalid]).toEqual([5, 1])
    expect(count.elected).toEqual([0])
  })
  it('fewer candidates than places: all are returned under rule 12 and the rest stay empty', () => {
    const count = counted({ ...base, seats: 5, papers: [{ weight: 2, ranking: [1] }] })
    expect(count.elected).toEqual([1, 0, 2])
    expect(count.unfilled).toBe(2)
    expect(count.stages[0]?.acts.at(-1)?.clause).toBe('12')
  })
  it('as many candidates as places: nothing is transferred (52)', () => {
    const count = counted({ ...base, seats: 3, papers: [{ weight: 9, ranking: [1, 0] }] })
    expect(count.stages).toHaveLength(1)
    expect(count.stages[0]?.acts.map(({ clause }) => clause)).toEqual(['45', '46', '47(1)', '52(1)', '52(1)'])
  })
  it('no papers at all: a quota of one and nobody at it, so the lot alone decides', () => {
    expect(countScottish(base, null).kind).toBe('fail')
    const count = counted(base, [2, 0, 1])
    expect(count.quota).toBe(100_000n)
    expect(count.elected).toEqual([2])
  })
  it('a profile or lot that cannot be is refused, never thrown on', () => {
    const kinds = (profile: Profile, lot: LotOrder | null = null): string => {
      const count = countScottish(profile, lot)
      return count.kind === 'ok' ? 'ok' : count.error.kind === 'bad profile' ? count.error.fault.kind : count.error.kind
    }
    expect(kinds({ ...base, candidates: [] })).toBe('no candidates')
    expect(kinds({ ...base, seats: 0 })).toBe('bad seats')
    expect(kinds({ ...base, seats: 1.5 })).toBe('bad seats')
    expect(kinds({ ...base, candidates: ['A', ' B', 'C'] })).toBe('bad name')
    expect(kinds({ ...base, candidates: ['A', 'B\u001b[2J', 'C'] })).toBe('bad name')
    expect(kinds({ ...base, title: 'x\n' })).toBe('bad title')
    expect(kinds({ ...base, withdrawn: [1, 1] })).toBe('bad withdrawn')
    expect(kinds({ ...base, papers: [{ weight: 0, ranking: [0] }] })).toBe('bad weight')
    expect(kinds({ ...base, papers: [{ weight: 0.5, ranking: [0] }] })).toBe('bad weight')
    expect(kinds({ ...base, papers: [{ weight: 1, ranking: [3] }] })).toBe('unknown candidate')
    expect(kinds({ ...base, papers: [{ weight: 1, ranking: [0, [0, 1]] }] })).toBe('repeated candidate')
    expect(kinds({ ...base, papers: [{ weight: 1, ranking: [[1, 0]] }] })).toBe('bad rank')
    expect(
      kinds({
        ...base,
        papers: [
          { weight: Number.MAX_SAFE_INTEGER, ranking: [0] },
          { weight: 1, ranking: [0] },
        ],
      }),
    ).toBe('too many papers')
    expect(kinds(base, [0, 1])).toBe('bad lot order')
    expect(kinds(base, [0, 1, 1])).toBe('bad lot order')
  })
})
