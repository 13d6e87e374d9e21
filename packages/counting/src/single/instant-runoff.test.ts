// Elections worked by hand from the text of RCTab's configuration documents, each option at a paper where it decides; and a declared result.
import { describe, expect, it } from 'vitest'
import { marked, plainRule } from '../../testing/runoffs.ts'
import {
  count,
  countIrv,
  english,
  flowOf,
  parseCvr,
  stageTable,
  stagesJson,
  whyNotElected,
  writeCvr,
  type Cause,
  type IrvCount,
  type IrvParams,
  type Profile,
} from '../index.ts'

const counted = (profile: Profile, params: Partial<IrvParams> = {}, lot: readonly number[] | null = null): IrvCount => {
  const result = countIrv({ ...plainRule, ...params }, profile, lot)
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}
const table = ({ stages }: IrvCount): readonly string[] => stages.map(({ totals }) => totals.join(' '))
const winner = (count_: IrvCount, profile: Profile): string => count_.elected.map((c) => profile.candidates[c]).join('')
const causes = (inactive: Readonly<Record<Cause, number>> | undefined): string =>
  Object.entries(inactive ?? {})
    .filter(([, papers]) => papers > 0)
    .map(([cause, papers]) => `${cause} ${papers}`)
    .join(', ')

describe('a declared result', () => {
  // Alaska, special general election of 16 August 2022, United States Representative, certified 2 September 2022: Begich, Palin, Peltola.
  const alaska = marked('BPM', ['27053 B P', '15467 B M', '11290 B', '58973 P', '75799 M'])
  it('Alaska 2022: both rounds, and where the votes of the excluded went', () => {
    const result = counted(alaska, { skippedRanks: 1, until: 'two-left' })
    expect(table(result)).toEqual(['53810 58973 75799', '0 86026 91266'])
    expect(result.stages[1]?.nonTransferable).toBe(11290n)
    expect(result.inactive.map(causes)).toEqual(['', 'exhausted 11290'])
    expect(winner(result, alaska)).toBe('M')
    expect(result.stages.map(({ quota }) => quota)).toEqual([94292n, 88647n])
    expect(flowOf(result, 2)).toEqual([
      { from: 0, to: 1, amount: 27053n },
      { from: 0, to: 2, amount: 15467n },
      { from: 0, to: 'non-transferable', amount: 11290n },
    ])
  })
})

describe('rounds', () => {
  it('more than half of the first choices: elected at once', () => {
    const profile = marked('ABC', ['6 A', '3 B', '2 C A'])
    const result = counted(profile)
    expect(table(result)).toEqual(['6 3 2'])
    expect(result.stages[0]?.acts.at(-1)).toEqual({ kind: 'elect', clause: 'majority', candidate: 0, total: 6n, needed: 6n })
  })
  it('exactly half is not a majority', () => {
    const profile = marked('ABC', ['5 A', '3 B', '2 C B'])
    expect(table(counted(profile, {}, [0, 1, 2]))).toEqual(['5 3 2', '5 5 0'])
  })
  it('going on to the last two although somebody has a majority', () => {
    const profile = marked('ABCD', ['7 A', '3 B', '2 C B', '1 D'])
    const result = counted(profile, { until: 'two-left' })
    expect(table(result)).toEqual(['7 3 2 1', '7 3 2 0', '7 5 0 0'])
    expect(result.stages.map(({ acts }) => acts.filter(({ kind }) => kind === 'elect').length)).toEqual([1, 0, 0])
  })
  it('a majority of those still counting: 4 of the 7 left, though 10 counted at first', () => {
    const profile = marked('ABC', ['4 A', '3 B', '3 C'])
    expect(table(counted(profile, {}, [0, 1, 2]))).toEqual(['4 3 3', '4 3 0'])
  })
  it('a majority of all: nobody has 6 of 10, so of the last two the one with more', () => {
    const profile = marked('ABC', ['4 A', '3 B', '3 C'])
    const result = counted(profile, { majorityOf: 'valid' }, [0, 1, 2])
    expect(table(result)).toEqual(['4 3 3', '4 3 0'])
    expect(result.stages.map(({ quota }) => quota)).toEqual([6n, 6n])
    expect(result.stages[1]?.acts.at(-1)).toEqual({ kind: 'elect', clause: 'last two', candidate: 0, total: 4n, needed: 4n })
    expect(result.stages[1]?.acts.some(({ kind }) => kind === 'new-quota')).toBe(false)
  })
  it('the withdrawn are passed over on every paper', () => {
    const profile = marked('ABC', ['5 A B', '4 B', '2 C'], 'A')
    expect(table(counted(profile))).toEqual(['0 9 2'])
  })
  it('one candidate, with votes or without', () => {
    const profile = marked('A', ['3 A', '1'])
    expect(counted(profile).stages[0]?.acts.at(-1)?.kind).toBe('fill')
    expect(winner(counted(marked('AB', [], 'B')), profile)).toBe('A')
  })
  it('nobody left to elect', () => {
    const result = counted(marked('AB', ['3 A'], 'AB'))
    expect([result.elected, result.unfilled, result.valid, result.invalid]).toEqual([[], 1, 0, 3])
  })
})

describe('papers', () => {
  const first = (line: string, params: Partial<IrvParams>): string => {
    const profile = marked('ABC', [line])
    const result = counted(profile, params, [0, 1, 2])
    const to = result.stages[0]?.totals.findIndex((votes) => votes > 0n) ?? -1
    return to >= 0 ? (profile.candidates[to] ?? '') : causes(result.inactive[0]).replace(' 1', '')
  }
  it.each<readonly [string, Partial<IrvParams>, string]>([
    ['1 A=B C', { overvote: 'exhaust' }, 'overvote'],
    ['1 A=B C', { overvote: 'skip' }, 'C'],
    ['1 A=B C', { overvote: 'exhaust-if-multiple' }, 'overvote'],
    ['1 A=B', { overvote: 'skip' }, 'exhausted'],
    ['1 - A', { skippedRanks: 0 }, 'skipped'],
    ['1 - A', { skippedRanks: 1 }, 'A'],
    ['1 - - A', { skippedRanks: 1 }, 'skipped'],
    ['1 - - A', { skippedRanks: 'unlimited' }, 'A'],
    ['1', {}, 'undervote'],
    ['1 - -', { skippedRanks: 0 }, 'undervote'],
    ['1 - - A', { maxRanks: 2, skippedRanks: 0 }, 'undervote'],
    ['1 A A', { repeated: 'exhaust' }, 'A'],
  ])('%s under %o: %s', (line, params, expected) => expect(first(line, params)).toBe(expected))

  it('an overvote of which one stands counts for that one, but only where the rule says so', () => {
    // D goes first. Then the 2 papers D A=B meet A and B; C goes, then with B out only A is left of the two.
    const profile = marked('ABCD', ['5 A', '4 B', '3 C B=D', '2 D'])
    expect(table(counted(profile, { overvote: 'exhaust-if-multiple' }))).toEqual(['5 4 3 2', '5 4 3 0', '5 7 0 0'])
    expect(table(counted(profile, { overvote: 'exhaust' }))).toEqual(['5 4 3 2', '5 4 3 0', '5 4 0 0'])
    expect(counted(profile, { overvote: 'exhaust' }).inactive.map(causes)).toEqual(['', 'exhausted 2', 'overvote 3, exhausted 2'])
  })
  it('a paper stopped by an overvote of two who stand does not come back when one of them goes', () => {
    const profile = marked('ABCD', ['5 A', '4 B', '3 C', '2 D B=C'])
    const result = counted(profile, { overvote: 'exhaust-if-multiple', until: 'two-left' })
    expect(table(result)).toEqual(['5 4 3 2', '5 4 3 0', '5 4 0 0'])
    expect(result.inactive.map(causes)).toEqual(['', 'overvote 2', 'overvote 2, exhausted 3'])
  })
  it('a mark beside a withdrawn candidate is still an overvote', () => {
    expect(counted(marked('ABC', ['1 A=B', '1 C'], 'A')).inactive.map(causes)).toEqual(['overvote 1'])
    expect(table(counted(marked('ABC', ['2 A=B', '1 C'], 'A'), { overvote: 'exhaust-if-multiple' }))).toEqual(['0 2 1'])
  })
  it('a repeated candidate stops a paper only when it is met again, and only where the rule says so', () => {
    // The paper C B C A (RCTab's example: first and third the same): with C and B out it meets C again.
    const profile = marked('ABCD', ['5 A', '5 D', '2 B', '1 C B C A'])
    const rounds = ['5 2 1 5', '5 3 0 5', '6 0 0 5']
    expect(table(counted(profile, { repeated: 'skip' }))).toEqual(rounds)
    const stopped = counted(profile, { repeated: 'exhaust' }, [0, 1, 2, 3])
    expect(table(stopped)).toEqual(['5 2 1 5', '5 3 0 5', '5 0 0 5'])
    expect(stopped.inactive.map(causes)).toEqual(['', '', 'repeated 1, exhausted 2'])
  })
  it('cast vote records keep both marks where the reader asks for them', () => {
    const profile = marked('ABC', ['1 B A B', '1 C A=B'])
    const bytes = new TextEncoder().encode(writeCvr(profile))
    const read = parseCvr(bytes, 1, null, 'allowed')
    expect(read).toMatchObject({ kind: 'ok', value: { papers: profile.papers } })
    expect(parseCvr(bytes, 1, null)).toMatchObject({ kind: 'ok', value: { papers: [{ ranking: [1, 0] }, {}] } })
  })
  it('a gap is met only when the paper gets there', () => {
    const result = counted(marked('ABC', ['5 A', '4 B', '2 C - - B']), { skippedRanks: 1 })
    expect(result.inactive.map(causes)).toEqual(['', 'skipped 2'])
  })
  it('ranks past a voter’s last are not looked at', () => {
    const profile = marked('ABCD', ['5 A', '4 B', '3 C D B', '1 D'])
    expect(table(counted(profile, { maxRanks: 2 }))).toEqual(['5 4 3 1', '5 4 3 0', '5 4 0 0'])
    expect(table(counted(profile, { maxRanks: 3 }))).toEqual(['5 4 3 1', '5 4 3 0', '5 7 0 0'])
  })
})

describe('batches', () => {
  it('the largest group that cannot catch the next above goes together', () => {
    // 1 + 1 + 2 = 4 < 9: C, D and E together; 4 + 9 = 13 is not fewer than 10.
    const profile = marked('ABCDE', ['10 A', '9 B', '2 C B', '1 D A', '1 E C'])
    const result = counted(profile, { batch: true })
    expect(table(result)).toEqual(['10 9 2 1 1', '11 11 0 0 0'])
    expect(result.stages[1]?.transfers.map(({ from }) => from)).toEqual([2, 3, 4])
    expect(result.stages[1]?.nonTransferable).toBe(1n)
  })
  it('as many votes together as the next has is not fewer', () => {
    const profile = marked('ABCD', ['9 A', '4 B', '2 C', '2 D'])
    expect(
      counted(profile, { batch: true, until: 'two-left' }, [0, 1, 2, 3]).stages[1]?.transfers.map(({ from }) => from),
    ).toEqual([3])
  })
  it('a batch never parts candidates who are level', () => {
    // 1 < 2, but D and C have 2 each; 1 + 2 + 2 = 5 < 6.
    const profile = marked('ABCDE', ['9 A', '6 B', '2 C', '2 D', '1 E'])
    expect(counted(profile, { batch: true, until: 'two-left' }).stages[1]?.transfers.map(({ from }) => from)).toEqual([2, 3, 4])
  })
  it('going on to the last two, a batch leaves two', () => {
    const profile = marked('ABC', ['9 A', '3 B', '1 C'])
    expect(table(counted(profile, { batch: true, until: 'two-left' }))).toEqual(['9 3 1', '9 3 0'])
  })
  it('with half of all out of reach a batch may leave one', () => {
    // 7 of 13 are needed. E goes by lot, then D; then 2 + 3 = 5 < 6.
    const profile = marked('ABCDE', ['6 A', '3 B', '2 C', '1 D', '1 E'])
    const result = counted(profile, { batch: true, majorityOf: 'valid' }, [0, 1, 2, 3, 4])
    expect(table(result)).toEqual(['6 3 2 1 1', '6 3 2 1 0', '6 3 2 0 0', '6 0 0 0 0'])
    expect(result.stages[3]?.acts.at(-1)?.kind).toBe('fill')
  })
})

describe('ties', () => {
  const level = marked('ABCD', ['6 A', '4 B', '3 C', '3 D'])
  it('without a lot the rule asks for one, naming those tied', () => {
    const result = countIrv(plainRule, level, null)
    expect(result).toEqual({
      kind: 'fail',
      error: { kind: 'lot needed', stage: 2, clause: 'lot', purpose: 'exclusion', tied: [2, 3] },
    })
  })
  it('the later in the lot goes', () => {
    expect(counted(level, {}, [3, 0, 1, 2]).stages[1]?.transfers[0]?.from).toBe(2)
    expect(counted(level, {}, [2, 0, 1, 3]).stages[1]?.transfers[0]?.from).toBe(3)
  })
  // Round 1: A 7, B 5, C 4, D 2: D goes, and C has 5 like B at round 2.
  const earlier = marked('ABCD', ['7 A', '5 B', '4 C', '1 D C', '1 D'])
  it('the round before decides, where the rule looks at it', () => {
    const result = counted(earlier)
    expect(table(result)).toEqual(['7 5 4 2', '7 5 5 0', '7 5 0 0'])
    expect(result.stages[2]?.acts[0]).toEqual({
      kind: 'tie',
      clause: 'earlier rounds',
      purpose: 'exclusion',
      tied: [1, 2],
      total: 5n,
      steps: [{ stage: 1, among: [1, 2], left: [2] }],
      chosen: 2,
      byLot: false,
      numbers: null,
    })
    expect(result.lots).toEqual([])
  })
  it('the lot decides at once, where the rule says so', () => {
    expect(table(counted(earlier, { ties: 'lot' }, [2, 0, 1, 3]))[2]).toBe('7 0 5 0')
  })
  it('of three level, those joint lowest a round back stay in for the lot', () => {
    // Round 2: B, C and D level at 4; at round 1 B had 4, C and D 3.
    const profile = marked('ABCDE', ['9 A', '4 B', '3 C', '3 D', '1 E C', '1 E D'])
    const result = counted(profile, { until: 'two-left' }, [0, 1, 3, 2, 4])
    expect(result.lots).toEqual([{ stage: 3, clause: 'lot', purpose: 'exclusion', tied: [2, 3], chosen: 2 }])
  })
  it('the last two level: the one ahead a round before, else the earlier in the lot', () => {
    const back = marked('ABC', ['5 A', '4 B', '1 C B'])
    expect(winner(counted(back), back)).toBe('A')
    const even = marked('AB', ['2 A', '2 B'])
    const result = counted(even, {}, [1, 0])
    expect(winner(result, even)).toBe('B')
    expect(result.lots).toEqual([{ stage: 1, clause: 'lot', purpose: 'election', tied: [0, 1], chosen: 1 }])
    expect(result.stages[0]?.acts.at(-1)).toMatchObject({ clause: 'last two', needed: 2n })
  })
  it('everybody level, or no votes at all', () => {
    const all = marked('ABC', ['1 A', '1 B', '1 C'])
    expect(winner(counted(all, {}, [1, 2, 0]), all)).toBe('B')
    const none = marked('ABC', ['2'])
    expect(winner(counted(none, {}, [2, 0, 1]), none)).toBe('C')
  })
})

describe('undeclared write-ins', () => {
  const profile = marked('ABW', ['3 A', '2 B', '6 W A', '1 W'])
  it('nobody is elected while they have votes, and they go first', () => {
    const result = counted(profile, { undeclared: [2] })
    expect(table(result)).toEqual(['3 2 7', '9 2 0'])
    expect(result.stages[1]?.acts[0]).toMatchObject({ kind: 'exclude', clause: 'undeclared', candidate: 2, total: 7n })
  })
  it('if they are all there is, nobody is elected', () => {
    const result = counted(marked('W', ['3 W']), { undeclared: [0] })
    expect([result.elected, result.unfilled, table(result)]).toEqual([[], 1, ['3', '0']])
  })
})

describe('refusals', () => {
  const profile = marked('AB', ['1 A'])
  it.each<readonly [Partial<IrvParams>, string]>([
    [{ overvote: 'ignore' as 'skip' }, 'overvote'],
    [{ repeated: 'yes' as 'skip' }, 'repeated'],
    [{ batch: 'yes' as unknown as boolean }, 'batch'],
    [{ until: 'end' as 'majority' }, 'until'],
    [{ majorityOf: 'cast' as 'valid' }, 'majorityOf'],
    [{ ties: 'coin' as 'lot' }, 'ties'],
    [{ skippedRanks: -1 }, 'skippedRanks'],
    [{ skippedRanks: 1.5 }, 'skippedRanks'],
    [{ maxRanks: 0 }, 'maxRanks'],
    [{ undeclared: [2] }, 'undeclared'],
    [{ undeclared: [1, 0] }, 'undeclared'],
    [{ undeclared: undefined as unknown as [] }, 'undeclared'],
  ])('%o', (params, param) => {
    expect(countIrv({ ...plainRule, ...params }, profile, null)).toEqual({ kind: 'fail', error: { kind: 'bad params', param } })
  })
  it('more than one place', () => {
    expect(countIrv(plainRule, { ...profile, seats: 2 }, null)).toMatchObject({ error: { kind: 'bad params', param: 'seats' } })
  })
  it('a candidate twice at one rank, or an order that leaves somebody out', () => {
    const twice = { ...profile, papers: [{ weight: 1, ranking: [[0, 0]] }] }
    expect(countIrv(plainRule, twice, null)).toMatchObject({
      error: { kind: 'bad profile', fault: { kind: 'repeated candidate' } },
    })
    expect(countIrv(plainRule, profile, [0])).toMatchObject({ error: { kind: 'bad lot order' } })
  })
  it('other methods still refuse a candidate at two ranks', () => {
    const twice = marked('AB', ['1 A A'])
    expect(count('scottish-stv@1', {}, twice, null)).toMatchObject({ error: { fault: { kind: 'repeated candidate' } } })
    expect(count('irv@1', plainRule, twice, null).kind).toBe('ok')
  })
})

describe('table, sentences and reasons come from the trace', () => {
  it('as for every transferable vote', () => {
    const profile = marked('ABC', ['4 A', '3 B', '2 C B', '1'])
    const result = counted(profile)
    const { rows, nonTransferable } = stageTable(result, profile)
    expect(rows.map(({ name, cells }) => [name, ...cells])).toEqual([
      ['B', '3', '5'],
      ['A', '4', '4'],
      ['C', '2', null],
    ])
    expect(nonTransferable).toEqual(['0', '0'])
    expect(english.stage(result, 2, profile.candidates)).toMatch(/^Stage 2: C, with the fewest votes \(2\), was excluded/)
    expect(whyNotElected(result, 2, [])).toMatchObject({
      excludedAt: 2,
      total: 2n,
      destinations: [{ to: 1, papers: 2, amount: 2n }],
    })
    expect(stagesJson(result, profile, english)['elected']).toEqual([2])
  })
})
