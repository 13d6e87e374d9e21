import { fraction } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { approvalProfile } from '../../testing/approvals.ts'
import { plainRule } from '../../testing/runoffs.ts'
import { valueOf } from '../../testing/value.ts'
import { profileOf } from '../../testing/worked.ts'
import {
  countBudget,
  countCommittee,
  countConstrained,
  countIrv,
  type BudgetParams,
  type BudgetProfile,
  type CommitteeRule,
  type Constraint,
  type IrvParams,
} from '../index.ts'

// For the methods that are no multi-member transferable vote: elections worked by hand on which a usual mistake (a figure cut or rounded, a line
// one off, weights forgotten, another tie rule) gives another answer. What the mistake gives stands beside what is right.

type Papers = readonly string[]
const runoff = (papers: Papers, change: Partial<IrvParams> = {}, lot: readonly number[] = [0, 1, 2, 3]): readonly string[] => {
  const { elected, stages } = valueOf(countIrv({ ...plainRule, ...change }, profileOf('ABCD', 1, papers), lot))
  const gone = stages.flatMap(({ acts }) => acts.flatMap((act) => (act.kind === 'exclude' ? [act.candidate] : [])))
  return [elected, gone].map((some) => some.map((c) => 'ABCD'[c]).join(''))
}

describe('instant runoff', () => {
  it('exactly half is no majority: A has 5 of 10, and B catches up', () => {
    // 5 A, 3 B, 2 C B: C goes, B 5; of the last two, level, the earlier round had A ahead. "At least half" elects A at once, excluding nobody.
    expect(runoff(['5 A', '3 B', '2 C B'])).toEqual(['A', 'DC'])
    // With the earlier round level too, the lot.
    expect(runoff(['5 A', '5 B'], {}, [1, 0, 2, 3])).toEqual(['B', 'DC'])
    expect(runoff(['5 A', '5 B'], {}, [0, 1, 2, 3])).toEqual(['A', 'DC'])
  })
  it('a majority of what still counts, or of all: 9 valid, 4 of them named nobody else', () => {
    // 4 A, 3 B, 2 C: without C 7 still count, 4 are more than half; of all 9, 5 are needed: nobody has them, and of the last two A has more.
    const [still, all] = (['continuing', 'valid'] as const).map((majorityOf) =>
      valueOf(countIrv({ ...plainRule, majorityOf }, profileOf('ABC', 1, ['4 A', '3 B', '2 C']), null)),
    )
    expect([still?.quota, all?.quota]).toEqual([4n, 5n])
    expect([still?.elected, all?.elected]).toEqual([[0], [0]])
  })
  it('papers count as often as they are there: without weights B, whose two say different things, would stay before the three of C', () => {
    expect(runoff(['4 A', '1 B', '1 B A', '3 C'])).toEqual(['A', 'DB'])
  })
  it('level for exclusion: who had fewer the round before, not who is named last, not by lot', () => {
    // B and C level at 4 in round 2 (D's paper went to B): in round 1 B had 3. C would go by the lot, or as the later named.
    expect(runoff(['6 A', '3 B', '4 C', '1 D B'])).toEqual(['A', 'DB'])
    expect(runoff(['6 A', '3 B', '4 C', '1 D B'], { ties: 'lot' })).toEqual(['A', 'DC'])
  })
  it('a batch goes only when its votes together are fewer than those of the next: 1 and 2 do not go under 3', () => {
    expect(runoff(['9 A', '8 B', '2 C', '1 D'], { batch: true })).toEqual(['A', 'CD'])
    // D alone: its paper brings C level with B, and the round before C had fewer.
    expect(runoff(['6 A', '3 B', '2 C', '1 D C'], { batch: true, until: 'two-left' })).toEqual(['A', 'DC'])
  })
})

const committee = (rule: CommitteeRule, candidates: number, seats: number, approved: readonly (readonly number[])[]) =>
  valueOf(
    countCommittee(
      rule,
      approvalProfile(candidates, seats, approved),
      Array.from({ length: candidates }, (_, c) => c),
    ),
  )
const times = (n: number, approved: readonly number[]): readonly (readonly number[])[] =>
  Array.from({ length: n }, () => approved)

describe('committees', () => {
  it('PAV: three thirds are one. With 1/3 cut to 0.33 the committee of the three voters would lose by 0.03', () => {
    // {0,1,2}: 3 × (1 + 1/2 + 1/3) = 5.5; {0,1,3} and its like: 3 × (1 + 1/2) + 1 = 5.5.
    const { committees } = committee('pav@1', 4, 3, [...times(3, [0, 1, 2]), [3]])
    expect(committees).toEqual([[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]]) // prettier-ignore
    const cut = (j: number): number => Math.floor(100 / j)
    expect(3 * (cut(1) + cut(2) + cut(3))).not.toBe(3 * (cut(1) + cut(2)) + 100)
  })
  it('satisfaction approval: 1/3 + 1/3 + 1/3 and 1/2 + 1/2 are level', () => {
    const { committees } = committee('satisfaction-approval@1', 6, 1, [...times(3, [0, 2, 3]), ...times(2, [1, 4])])
    expect(committees).toEqual([[0], [1], [2], [3], [4]])
  })
  it('equal shares: 3/7 pays for three at 1/7 to the last; with shares cut to decimals the third is not paid for', () => {
    const { steps } = committee('equal-shares@1', 4, 3, times(7, [0, 1, 2]))
    expect(steps.map(({ figure }) => figure)).toEqual([fraction(1, 7), fraction(1, 7), fraction(1, 7)])
    expect(7 * Math.floor((3e6 * 1) / 7)).toBeLessThan(3e6)
  })
  it('equal shares: whoever has less than the even part gives all, and the others pay what is missing', () => {
    // 4 voters, 2 seats, 1/2 each. 0 costs its three 1/3 each, which leaves them 1/6. 1's three have 1/6, 1/6 and 1/2: 5/6 is too little for it.
    const { steps, elected } = committee('equal-shares-utilitarian@1', 3, 2, [[0, 1], [0, 1], [0], [1]])
    expect(steps.map(({ chosen, figure }) => [chosen, figure])).toEqual([
      [0, fraction(1, 3)],
      [1, fraction(3)],
    ])
    expect(elected).toEqual([0, 1])
  })
  it('completion by approvals, or by Phragmén from what is left: they differ', () => {
    // 5 voters, 2 seats, 2/5 each. 0 costs its three 1/3: 1/15 left each. Then by approvals 1 (three of the same), by Phragmén 2, whose two
    // have 2/5 each: loads (1 − 4/5) ÷ 2 = 1/10 against (1 − 3/15) ÷ 3 = 4/15.
    const papers = [...times(3, [0, 1]), ...times(2, [2])]
    expect(committee('equal-shares-utilitarian@1', 3, 2, papers).elected).toEqual([0, 1])
    const shared = committee('equal-shares@1', 3, 2, papers)
    expect([shared.elected, shared.steps[1]?.figure]).toEqual([[0, 2], fraction(1, 10)])
  })
  it('Phragmén: loads add up over members, so that the second of six is level with the first of three', () => {
    // 1: six voters carry 1/6; then 2 would bring them to 1/3, which is what 0's three voters would carry.
    const { steps } = committee('sequential-phragmen@1', 3, 2, [...times(3, [0]), ...times(6, [1, 2])])
    expect(steps.map(({ tied, figure }) => [tied, figure])).toEqual([
      [[1, 2], fraction(1, 6)],
      [[0, 2], fraction(1, 3)],
    ])
  })
  it('Eneström: the Hare quota, and only its part is paid', () => {
    // 6 papers, 2 seats: 3. 0 has 4, so its papers keep 1/4: 1 has 4 × 1/4 = 1, 2 has 2. A Droop quota (2) would leave 1/2: 1 and 2 level.
    const { steps, elected } = committee('phragmen-enestrom@1', 3, 2, [...times(4, [0, 1]), ...times(2, [2])])
    expect(elected).toEqual([0, 2])
    expect(steps.map(({ figure }) => figure)).toEqual([fraction(4), fraction(2)])
  })
  it('minimax Phragmén looks at the heaviest load alone, leximax at all', () => {
    // Any two of 0, 1, 2 leave the four voters of 0 and 1 with at most 1/2; what the next carry parts them.
    const papers = [...times(2, [0]), ...times(2, [1]), ...times(3, [2])]
    expect(committee('minimax-phragmen@1', 3, 2, papers).committees).toEqual([[0, 1], [0, 2], [1, 2]]) // prettier-ignore
    expect(committee('leximax-phragmen@1', 3, 2, papers).committees).toEqual([[0, 2], [1, 2]]) // prettier-ignore
  })
})

const budgetOf = (budget: bigint, costs: readonly bigint[], papers: BudgetProfile['papers']): BudgetProfile => ({
  title: '',
  projects: costs.map((cost, p) => ({ id: `P${p + 1}`, name: '', cost })),
  budget,
  papers,
})
const paper = (weight: number, ...points: readonly (readonly [number, number])[]) => ({ weight, points })
const free = { leastVotes: 0, exclusive: [] } as const
const greedy = { rankBy: 'votes', ifTooDear: 'skip', constraints: free } as const
const lot = (of: BudgetProfile): readonly number[] => of.projects.map((_, p) => p).toReversed()

describe('budgets', () => {
  const funded = (params: BudgetParams['greedy-budget@1'], of: BudgetProfile): readonly number[] =>
    valueOf(countBudget('greedy-budget@1', params, of, lot(of))).funded
  it('a project may cost all that is left, and not a penny more', () => {
    const papers = [paper(3, [0, 1]), paper(2, [1, 1])]
    expect(funded(greedy, budgetOf(10n, [4n, 6n], papers))).toEqual([0, 1])
    expect(funded(greedy, budgetOf(10n, [4n, 7n], papers))).toEqual([0])
  })
  it('points for the money without dividing: 7 for 2 before 10 for 3, which are both 3 when cut', () => {
    const of = budgetOf(3n, [3n, 2n], [paper(1, [0, 10], [1, 7])])
    expect(funded({ ...greedy, rankBy: 'score for cost' }, of)).toEqual([1])
    expect(Math.floor(7 / 2)).toBe(Math.floor(10 / 3))
    expect(funded({ ...greedy, rankBy: 'score' }, of)).toEqual([0])
  })
  it('what costs nothing comes before all that costs', () => {
    expect(funded({ ...greedy, rankBy: 'score for cost' }, budgetOf(3n, [1n, 0n], [paper(9, [0, 9]), paper(1, [1, 1])]))).toEqual(
      [1, 0],
    )
  })
  it('as many votes as a project needs are enough; one fewer is not', () => {
    const of = budgetOf(9n, [1n, 1n], [paper(4, [0, 1]), paper(3, [1, 1])])
    expect(funded({ ...greedy, constraints: { ...free, leastVotes: 4 } }, of)).toEqual([0])
    expect(funded({ ...greedy, constraints: { ...free, leastVotes: 3 } }, of)).toEqual([0, 1])
  })
  it('votes are papers, points are points: a paper of weight 2 counts twice, points of 0 not at all', () => {
    const of = budgetOf(1n, [1n, 1n], [paper(2, [0, 1]), paper(1, [1, 5]), paper(9, [1, 0])])
    expect(funded(greedy, of)).toEqual([0])
    expect(funded({ ...greedy, rankBy: 'score' }, of)).toEqual([1])
  })
  it('equal shares: three thirds of 100 are 100; shares cut to whole pence would be 99', () => {
    const of = budgetOf(100n, [100n], [paper(3, [0, 1])])
    const params = { worth: 'count', completion: { kind: 'none' }, constraints: free } as const
    const count = valueOf(countBudget('equal-shares-budget@1', params, of, null))
    expect([count.funded, count.share, count.steps[0]?.price]).toEqual([[0], fraction(100, 3), fraction(100, 3)])
  })
  it('level projects: by the lot, neither the cheaper nor the first', () => {
    const of = budgetOf(5n, [3n, 4n], [paper(2, [0, 1]), paper(2, [1, 1])])
    expect(funded(greedy, of)).toEqual([1])
    expect(countBudget('greedy-budget@1', greedy, of, null)).toMatchObject({ error: { kind: 'lot needed', tied: [0, 1] } })
  })
  it('two that exclude each other: the one already funded stays, whichever way the pair is written', () => {
    const of = budgetOf(9n, [1n, 1n, 1n], [paper(3, [0, 1]), paper(2, [1, 1]), paper(1, [2, 1])])
    for (const pair of [
      [0, 1],
      [1, 0],
    ] as const) {
      const constraints = { ...free, exclusive: [pair] }
      expect(funded({ ...greedy, constraints }, of)).toEqual([0, 2])
      expect(valueOf(countBudget('phragmen-budget@1', { constraints }, of, lot(of))).funded).toEqual([0, 2])
    }
  })
})

describe('bounds on who may be elected together', () => {
  const group = (members: readonly number[], least: number, most: number | null): Constraint => ({
    name: 'group',
    clause: '4',
    members,
    unsettled: [],
    least,
    most,
  })
  const profile = profileOf('ABCD', 2, ['9 A B', '6 B', '5 C', '1 D'])
  const elected = (bound: Constraint): string =>
    valueOf(countConstrained('scottish-stv@1', {}, profile, [bound], [0, 1, 2, 3]))
      .count.elected.map((c) => 'ABCD'[c])
      .join('')
  it('a ceiling is met by as many as it says, and dooms the next; one off either way elects others', () => {
    expect(elected(group([0, 1], 0, 2))).toBe('AB')
    expect(elected(group([0, 1], 0, 1))).toBe('AC')
    expect(elected(group([0, 1], 0, 0))).toBe('CD')
  })
  it('a floor guards exactly when no more are left than it asks', () => {
    expect(elected(group([2, 3], 0, null))).toBe('AB')
    expect(elected(group([2, 3], 1, null))).toBe('AC')
    expect(elected(group([2, 3], 2, null))).toBe('CD')
  })
})
