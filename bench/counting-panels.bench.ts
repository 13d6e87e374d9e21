import {
  countBudget,
  countCommittee,
  proposeLottery,
  type ApprovalProfile,
  type BudgetProfile,
  type CommitteeRule,
  type Pool,
} from '@quorate/counting'
import type { Bench, Case } from '../tools/measure.ts'
import { fractions } from './ballot-file.ts'

const next = fractions(19_811_207)
const upTo = (n: number): number => Math.floor(next() * n)
const indices = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i)

// As published pools have it: who answers a letter differs from the population, so that quotas bind. Shares of pool and of population.
const features = [
  { name: 'gender', pool: [0.55, 0.45], population: [0.5, 0.5] },
  { name: 'age', pool: [0.1, 0.2, 0.3, 0.4], population: [0.25, 0.25, 0.25, 0.25] },
  { name: 'schooling', pool: [0.15, 0.25, 0.6], population: [0.35, 0.35, 0.3] },
  { name: 'district', pool: [0.3, 0.25, 0.2, 0.15, 0.1], population: [0.2, 0.2, 0.2, 0.2, 0.2] },
] as const

/** So many people who answered, and quotas within one of each share of the population. */
function poolOf(members: number, seats: number): Pool {
  const drawn = (shares: readonly number[]): number => {
    let at = next()
    const index = shares.findIndex((share) => (at -= share) < 0)
    return index < 0 ? shares.length - 1 : index
  }
  return {
    title: '',
    categories: features.map(({ name, population }) => ({
      name,
      features: population.map((share, i) => ({
        name: `${name} ${i + 1}`,
        least: Math.floor(share * seats) - 1,
        most: Math.ceil(share * seats) + 1,
      })),
    })),
    members: indices(members).map(() => features.map(({ pool }) => drawn(pool))),
    seats,
  }
}

/** Papers that approve some two in five of their own half of the candidates and few of the other. */
function approvalsOf(papers: number, candidates: number, seats: number): ApprovalProfile {
  const all = indices(candidates)
  return {
    title: '',
    candidates: all.map((c) => `C${c + 1}`),
    seats,
    papers: indices(papers).map(() => {
      const half = upTo(2)
      return { weight: 1, approved: all.filter((c) => next() < (c % 2 === half ? 0.4 : 0.05)) }
    }),
  }
}

/** A city's projects and ballots that back about eight of them each. */
function budgetOf(papers: number, projects: number): BudgetProfile {
  return {
    title: '',
    projects: indices(projects).map((p) => ({ id: `${p + 1}`, name: `Project ${p + 1}`, cost: BigInt(10_000 + upTo(200_000)) })),
    budget: 1_500_000n,
    papers: indices(papers).map(() => ({
      weight: 1,
      points: indices(projects).flatMap((p): (readonly [number, number])[] => (next() < 8 / projects ? [[p, 1]] : [])),
    })),
  }
}

const must = (count: { readonly kind: string }): void => {
  if (count.kind !== 'ok') throw new Error(`no result: ${JSON.stringify(count)}`)
}

/** Sortition, committees and budgets: work that is search or exact fractions, not papers by the million. */
export default function panelsBench(): Bench {
  const cases: Case[] = []
  const timed = (name: string, run: () => { readonly kind: string }, rounds?: number): void =>
    void cases.push({ name, operations: 1, run: () => must(run()), ...(rounds === undefined ? {} : { rounds }) })
  for (const [members, seats] of [
    [200, 20],
    [800, 40],
    [2000, 100],
  ] as const) {
    const pool = poolOf(members, seats)
    timed(`leximin lottery, ${members} people for ${seats} places`, () => proposeLottery('leximin@1', pool), 5)
    timed(`maximin lottery, ${members} people for ${seats} places`, () => proposeLottery('maximin@1', pool), 5)
  }
  const committee = approvalsOf(1000, 20, 6)
  const order = indices(20)
  const rules: readonly CommitteeRule[] = [
    'approval@1',
    'sequential-pav@1',
    'sequential-phragmen@1',
    'equal-shares-utilitarian@1',
    'pav@1',
  ]
  for (const rule of rules)
    timed(`${rule.replace('@1', '')}, 1,000 papers, 6 of 20`, () => countCommittee(rule, committee, order), 5)
  const budget = budgetOf(5000, 50)
  const greedy = { rankBy: 'votes', ifTooDear: 'skip', constraints: { leastVotes: 0, exclusive: [] } } as const
  const equal = { worth: 'cost', completion: { kind: 'utilitarian' }, constraints: { leastVotes: 0, exclusive: [] } } as const
  timed('greedy, 5,000 papers, 50 projects', () => countBudget('greedy-budget@1', greedy, budget, indices(50)), 5)
  timed('equal shares, 5,000 papers, 50 projects', () => countBudget('equal-shares-budget@1', equal, budget, indices(50)), 5)
  return {
    title: 'Panels, committees, budgets',
    about:
      'Made-up pools whose quotas bind, as published ones do; approvals in two camps; projects and ballots as in a city of some size. Every result is exact: fractions, no floats. Five rounds.',
    cases,
  }
}
