import { fraction } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { numbers, orderFrom, someFrom, type Numbers } from '../../testing/drawn.ts'
import { accountText } from '../../testing/told.ts'
import { valueOf } from '../../testing/value.ts'
import { profileOf } from '../../testing/worked.ts'
import {
  accountOf,
  committeeRules,
  countBudget,
  countCommittee,
  countGrades,
  countMajority,
  countMarks,
  countPairs,
  countReserved,
  english,
  type ApprovalProfile,
  type BudgetParams,
  type BudgetProfile,
  type BudgetRule,
  type Count,
  type GradeMethod,
  type GradeParams,
  type GradeProfile,
  type PairwiseMethod,
  type PairwiseParams,
  type Profile,
  type Subject,
} from '../index.ts'

// Outcomes that a first box does not show: several level, nobody beaten, chains that are as strong both ways, places kept, projects that
// exclude each other. Boxes are drawn by a seed, few papers each, so that every sentence can be worked out by hand; the golden files are to
// be read.

const people = ['Amara', 'Bethan', 'Cai', 'Dev', 'Efa']
const subject = (more: Partial<Subject> = {}): Subject => ({
  ...{ title: '', names: people, withdrawn: [], seats: 1, moneyPlaces: 0 },
  ...more,
})
const told = (count: Count, more: Partial<Subject> = {}): string => accountText(accountOf(count, subject(more), english))
const golden = (name: string): string => `../../testing/golden/accounts/${name}.txt`
const papersText = (papers: readonly { readonly weight: number; readonly [key: string]: unknown }[]): string =>
  papers.map(({ weight, ...paper }) => `${weight}×${JSON.stringify(Object.values(paper)[0])}`).join(' ')
const all = (n: number): readonly number[] => Array.from({ length: n }, (_, c) => c)

/** Four candidates, one of whom may have withdrawn; papers that rank one to four of them, or nobody. */
function rankingsOf(drawn: Numbers): Profile {
  const { below } = drawn
  return {
    ...{ title: '', candidates: people.slice(0, 4), seats: 1, withdrawn: below(4) === 0 ? [below(4)] : [] },
    papers: Array.from({ length: 2 + below(5) }, () => ({
      weight: 1 + below(4),
      ranking: orderFrom(drawn, 4).slice(0, below(5)),
    })),
  }
}

const pairsRules: readonly { readonly [M in PairwiseMethod]: readonly [M, PairwiseParams[M]] }[PairwiseMethod][] = [
  ['schulze@1', { unranked: 'last', strength: 'winning votes' }],
  ['schulze@1', { unranked: 'no opinion', strength: 'margins' }],
  ['ranked-pairs@1', { unranked: 'last', strength: 'winning votes' }],
  ['minimax@1', { unranked: 'last', opposition: 'margins' }],
  ['copeland@1', { unranked: 'no opinion', level: fraction(1, 3) }],
  ['debian@1', { defaultOption: 1, developers: 9, majorities: [{ option: 2, for: 2, against: 1 }] }],
]

describe('comparisons in pairs', () => {
  it.each(
    pairsRules.map(
      ([method, params]) =>
        [
          `${method.replace('@', '-')}-${'strength' in params ? params.strength.replace(' ', '-') : 'drawn'}`,
          method,
          params,
        ] as const,
    ),
  )('%s', async (name, method, params) => {
    const texts = all(10).flatMap((i) => {
      const drawn = numbers(100 + i)
      const profile = rankingsOf(drawn)
      const count = countPairs(method, params, profile, orderFrom(drawn, 4))
      const head = `${papersText(profile.papers)} without ${profile.withdrawn.join()}`
      return [
        head,
        count.kind === 'fail'
          ? `${JSON.stringify(count.error)}\n`
          : told(count.value, { names: profile.candidates, withdrawn: profile.withdrawn }),
      ]
    })
    await expect(texts.join('\n')).toMatchFileSnapshot(golden(name))
  })
})

describe('places kept for a group', () => {
  const women = { name: 'women', clause: '4.2', members: [2, 3, 4], unsettled: [], least: 1, most: null }
  const cases: readonly (readonly [string, Profile, number, readonly number[] | null])[] = [
    ['nobody is moved: Cai is among the first', profileOf('ABCDE', 2, ['9 A', '8 C', '5 B', '2 D']), 1, null],
    ['Cai takes the place kept, Bethan is behind Amara', profileOf('ABCDE', 2, ['9 A', '8 B', '5 C', '2 D', '1 E']), 1, null],
    ['all places are kept', profileOf('ABCDE', 2, ['9 A', '8 B', '5 C', '2 D', '1 E']), 2, null],
    ['two places kept of three', profileOf('ABCDE', 3, ['9 A', '8 B', '5 C', '2 D', '1 E']), 2, null],
    ['Dev is ahead of the last open place', profileOf('ABCDE', 3, ['2 A', '8 B', '5 C', '6 D', '4 E']), 1, null],
    ['Efa and Dev are level for the place kept', profileOf('ABCDE', 2, ['9 A', '8 B', '5 D', '5 E']), 1, [4, 3, 2, 1, 0]],
    ['Amara and Bethan are level for the open place', profileOf('ABCDE', 2, ['8 A', '8 B', '5 C', '4 E']), 1, [1, 0, 2, 3, 4]],
  ]
  it('is told', async () => {
    const texts = cases.map(([title, profile, least, lot]) => {
      const params = { least: 1, tooMany: 'cut' } as const
      const count = valueOf(countReserved('block-vote@1', params, profile, [{ ...women, least }], lot))
      return told(count, { title, seats: profile.seats })
    })
    await expect(texts.join('\n')).toMatchFileSnapshot(golden('places-kept'))
  })
  it('marks with nobody to elect, and fewer than places', async () => {
    const texts = [profileOf('ABCDE', 2, []), { ...profileOf('ABCDE', 3, ['3 A', '1 B']), withdrawn: [1, 2, 3] }].map((profile) =>
      told(valueOf(countMarks('block-vote@1', { least: 1, tooMany: 'cut' }, profile, [4, 3, 2, 1, 0])), {
        ...{ seats: profile.seats, withdrawn: profile.withdrawn },
      }),
    )
    await expect(texts.join('\n')).toMatchFileSnapshot(golden('marks-few'))
  })
})

const gradeRules: readonly { readonly [M in GradeMethod]: readonly [M, GradeParams[M], number] }[GradeMethod][] = [
  ['score@1', { aggregate: 'mean', blank: 'no opinion', leastGraders: fraction(1, 3) }, 2],
  ['star@1', {}, 1],
  ['majority-judgment@1', { blank: 'no opinion' }, 1],
  ['cumulative@1', { points: 5 }, 2],
]
describe('grades', () => {
  it.each(gradeRules.map(([method, params, seats]) => [method.replace('@', '-'), method, params, seats] as const))(
    '%s',
    async (name, method, params, seats) => {
      const texts = all(12).flatMap((i) => {
        const drawn = numbers(200 + i)
        const lowest = method === 'cumulative@1' ? 0 : drawn.below(2)
        const profile: GradeProfile = {
          ...{ title: '', candidates: people.slice(0, 4), seats, scale: { lowest, highest: 3 } },
          papers: Array.from({ length: 1 + drawn.below(4) }, () => ({
            weight: 1 + drawn.below(2),
            grades: someFrom(drawn, 4).map((c): [number, number] => [c, lowest + drawn.below(4 - lowest)]),
          })),
        }
        const count = countGrades(method, params, profile, orderFrom(drawn, 4))
        return [
          papersText(profile.papers),
          count.kind === 'fail' ? `${JSON.stringify(count.error)}\n` : told(count.value, { names: profile.candidates, seats }),
        ]
      })
      await expect(texts.join('\n')).toMatchFileSnapshot(golden(name))
    },
  )
})

describe('committees', () => {
  const rules = committeeRules.filter(
    (rule) => /^(approval|pav|reverse|sequential-p|equal-shares|minimax-a)/.test(rule) && !/add1u|utilit/.test(rule),
  )
  it.each(rules)('%s', async (rule) => {
    const texts = all(4).flatMap((i) => {
      const drawn = numbers(300 + i)
      const profile: ApprovalProfile = {
        ...{ title: '', candidates: people, seats: 1 + (i % 3) },
        papers: Array.from({ length: 1 + drawn.below(5) }, () => ({ weight: 1 + drawn.below(3), approved: someFrom(drawn, 5) })),
      }
      const count = valueOf(countCommittee(rule, profile, orderFrom(drawn, 5)))
      return [papersText(profile.papers), told(count, { seats: profile.seats })]
    })
    await expect(texts.join('\n')).toMatchFileSnapshot(golden(rule.replace('@', '-')))
  })
})

const budgetRules: readonly { readonly [R in BudgetRule]: readonly [R, Omit<BudgetParams[R], 'constraints'>] }[BudgetRule][] = [
  ['greedy-budget@1', { rankBy: 'votes', ifTooDear: 'stop' }],
  ['equal-shares-budget@1', { worth: 'count', completion: { kind: 'utilitarian' } }],
  ['phragmen-budget@1', {}],
]
describe('budgets', () => {
  it.each(budgetRules.map(([rule, open]) => [rule.replace('@', '-'), rule, open] as const))(
    '%s: thresholds, exclusive pairs, what is free',
    async (name, rule, open) => {
      const texts = all(8).flatMap((i) => {
        const drawn = numbers(400 + i)
        const profile: BudgetProfile = {
          title: '',
          projects: people.map((_, p) => ({ id: `${p + 1}`, name: '', cost: BigInt(drawn.below(5) * 25) })),
          budget: BigInt(100 + 30 * drawn.below(4)),
          papers: Array.from({ length: 1 + drawn.below(5) }, () => ({
            weight: 1 + drawn.below(3),
            points: someFrom(drawn, 5).map((p): [number, number] => [p, 1 + drawn.below(3)]),
          })),
        }
        const constraints = {
          leastVotes: drawn.below(4),
          exclusive:
            i % 2 === 0
              ? []
              : ([
                  [0, 1],
                  [3, 2],
                ] as const),
        }
        const params = { ...open, constraints } as BudgetParams[BudgetRule] // the table pairs them
        const count = valueOf(countBudget(rule, params, profile, orderFrom(drawn, 5)))
        return [
          `${papersText(profile.papers)} of ${profile.budget}, at least ${constraints.leastVotes}`,
          told(count, { moneyPlaces: i % 3 }),
        ]
      })
      await expect(texts.join('\n')).toMatchFileSnapshot(golden(name))
    },
  )
})

describe('yes and no', () => {
  it('several conditions, some met: the votes asked for, of papers and of people', async () => {
    const conditions = [
      { measure: 'yes', comparison: 'more than', need: { kind: 'share', share: fraction(1, 2), of: 'for-and-against' } },
      { measure: 'yes', comparison: 'at least', need: { kind: 'number', number: 50 } },
      { measure: 'turnout', comparison: 'at least', need: { kind: 'share', share: fraction(1, 4), of: 'roll' } },
    ] as const
    const texts = [
      { for: 60, against: 40, abstain: 0, blank: 2, spoilt: 0, sizes: { roll: 300 } },
      { for: 45, against: 40, abstain: 5, blank: 0, spoilt: 3, sizes: { roll: 500 } },
      { for: 0, against: 0, abstain: 0, blank: 0, spoilt: 0, sizes: { roll: 10 } },
    ].map((figures) => {
      const count = valueOf(countMajority({ abstain: 'not cast', blank: 'not cast', conditions }, figures))
      return told(count, { names: [] })
    })
    await expect(texts.join('\n')).toMatchFileSnapshot(golden('majority'))
  })
})
