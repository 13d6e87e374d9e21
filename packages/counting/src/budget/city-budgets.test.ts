import { compare, fraction } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../testing/arbitrary.ts'
import { budgetFiles, budgets, budgetsPresent, whyNoBudgets } from '../../testing/budgets.ts'
import {
  countBudget,
  firstDeparture,
  parsePb,
  writePb,
  type BudgetCount,
  type BudgetParams,
  type BudgetProfile,
  type BudgetRule,
  type LotOrder,
  type PbFile,
} from '../index.ts'

const free = { leastVotes: 0, exclusive: [] } as const

function counted<R extends BudgetRule>(rule: R, params: BudgetParams[R], profile: BudgetProfile, lot?: LotOrder): BudgetCount {
  const count = countBudget(rule, params, profile, lot ?? profile.projects.map((_, p) => p))
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return count.value
}
function read(bytes: Uint8Array): PbFile {
  const file = parsePb(bytes)
  if (file.kind === 'fail') throw new Error(JSON.stringify(file.error))
  return file.value
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const column = (file: PbFile, name: string): readonly number[] | null => {
  const at = file.projects.columns.indexOf(name)
  return at < 0 ? null : file.projects.rows.map((row) => Number(row[at]))
}

describe(`budgets of Polish cities, 2017 to 2022${whyNoBudgets}`, () => {
  it.skipIf(!budgetsPresent)('20 files are there', () => {
    expect(budgetFiles()).toHaveLength(20)
  })
  it.skipIf(!budgetsPresent).each(budgetFiles())('$name', ({ bytes: raw, recorded }) => {
    const file = read(raw)
    const { profile, selected } = file
    const greedy = (ifTooDear: 'skip' | 'stop'): BudgetCount =>
      counted('greedy-budget@1', { rankBy: recorded.rankBy, ifTooDear, constraints: free }, profile)
    const skip = greedy('skip')
    // Votes (papers that name a project) and points are those the city published.
    expect(skip.backing.map(({ votes }) => votes)).toEqual(column(file, 'votes'))
    const scores = column(file, 'score')
    if (scores !== null) expect(skip.backing.map(({ score }) => score)).toEqual(scores)
    const ids = (count: BudgetCount): readonly string[] => count.funded.map((p) => profile.projects[p]?.id ?? '').sort()
    const city = [...recorded.recordedSelected].sort()
    expect([...(selected ?? [])].map((p) => profile.projects[p]?.id ?? '').sort()).toEqual(city)
    for (const [count, agrees] of [
      [skip, recorded.greedySkip],
      [greedy('stop'), recorded.greedyStop],
    ] as const) {
      const departure = firstDeparture(count, selected ?? new Set())
      if (agrees === 'equal') {
        expect(ids(count)).toEqual(city)
        expect(departure).toBeNull()
      } else {
        expect(ids(count)).not.toEqual(city)
        // The explanation names a project on which the two differ.
        expect(departure).not.toBeNull()
        expect(city.includes(profile.projects[departure?.project ?? -1]?.id ?? '')).toBe(departure?.recorded)
      }
    }
    // What is written reads back to the same file.
    expect(read(bytes(writePb(file)))).toEqual(file)
  })
  it.skipIf(!budgetsPresent)('equal shares fund within the budget, and nobody pays more than a share', () => {
    for (const { bytes: raw } of budgetFiles().slice(0, 8)) {
      const { profile } = read(raw)
      const count = counted('equal-shares-budget@1', { worth: 'cost', completion: { kind: 'none' }, constraints: free }, profile)
      expect(count.spent).toBeLessThanOrEqual(profile.budget)
      const prices = count.steps.map(({ price }) => price ?? fraction(0))
      expect(prices.every((price, i) => i === 0 || compare(price, prices[i - 1] ?? price) >= 0)).toBe(true)
    }
  })
})

const project = (id: string, cost: bigint): { readonly id: string; readonly name: string; readonly cost: bigint } => ({
  id,
  name: '',
  cost,
})
const approve = (weight: number, ...projects: readonly number[]): BudgetProfile['papers'][number] => ({
  weight,
  points: projects.map((p) => [p, 1] as const),
})
const named = (profile: BudgetProfile, count: BudgetCount): string =>
  count.funded.map((p) => profile.projects[p]?.id ?? '').join(' ')

describe('worked by hand', () => {
  const town: BudgetProfile = {
    title: '',
    projects: [project('bridge', 60n), project('park', 50n), project('pool', 40n), project('bench', 10n)],
    budget: 100n,
    papers: [approve(6, 0, 1), approve(3, 2, 3), approve(1, 3)],
  }
  it('greedy by votes, passing over what does not fit: bridge 60, park too dear, bench 10; the pool no longer fits', () => {
    const count = counted('greedy-budget@1', { rankBy: 'votes', ifTooDear: 'skip', constraints: free }, town)
    expect(count.steps.map(({ project: p, act }) => `${town.projects[p]?.id ?? ''} ${act}`)).toEqual([
      'bridge funded',
      'park does not fit',
      'bench funded',
      'pool does not fit',
    ])
    expect([count.spent, count.left]).toEqual([70n, 30n])
  })
  it('greedy that stops at the first that does not fit', () => {
    const count = counted('greedy-budget@1', { rankBy: 'votes', ifTooDear: 'stop', constraints: free }, town)
    expect(count.steps.map(({ act }) => act)).toEqual(['funded', 'does not fit', 'stopped', 'stopped'])
  })
  it('greedy by votes for the money: bench 4/10, then the park 6/50, then the pool 3/40', () => {
    const count = counted('greedy-budget@1', { rankBy: 'score for cost', ifTooDear: 'skip', constraints: free }, town)
    expect(named(town, count)).toBe('bench park pool')
  })
  it('equal shares: 10 each. The bench costs its four 2.50 each; the six pay 8.33 each for the park, and have too little for the bridge', () => {
    const count = counted('equal-shares-budget@1', { worth: 'count', completion: { kind: 'none' }, constraints: free }, town)
    expect(named(town, count)).toBe('bench park')
    expect(count.steps.map(({ price }) => price)).toEqual([fraction(5, 2), fraction(25, 3)])
    expect(count.share).toEqual(fraction(10))
  })
  it('by cost, a dear project is worth more: the bridge and the park have the same price per unit of worth, 1/6, and share by lot', () => {
    const params = { worth: 'cost', completion: { kind: 'none' }, constraints: free } as const
    const count = counted('equal-shares-budget@1', params, town)
    expect(count.steps[0]).toMatchObject({ tied: [0, 1], price: fraction(1, 6) })
    expect(named(town, count)).toBe('bridge bench')
    expect(named(town, counted('equal-shares-budget@1', params, town, [1, 0, 2, 3]))).toBe('park bench')
  })
  it('completions: by votes the pool no longer fits after the bridge; Add1 raises the shares until the pool’s three can pay', () => {
    const end = (completion: BudgetParams['equal-shares-budget@1']['completion']): string =>
      named(town, counted('equal-shares-budget@1', { worth: 'count', completion, constraints: free }, town))
    expect(end({ kind: 'utilitarian' })).toBe('bench park pool')
    expect(end({ kind: 'phragmen' })).toBe('bench park pool')
    // The pool's three pay 40/3 each after 5/2 for the bench: shares of 16 reach, and then fund the same three within 100.
    const add1 = counted(
      'equal-shares-budget@1',
      { worth: 'count', completion: { kind: 'add1', increment: 1n }, constraints: free },
      town,
    )
    expect([named(town, add1), add1.share]).toEqual(['bench park pool', fraction(16)])
  })
  it('named constraints: a threshold of votes, and two projects of which one excludes the other', () => {
    const constraints = { leastVotes: 4, exclusive: [[0, 3]] } as const
    const count = counted('greedy-budget@1', { rankBy: 'votes', ifTooDear: 'skip', constraints }, town)
    expect(count.steps.map(({ project: p, act, excludedBy }) => [p, act, excludedBy])).toEqual([
      [0, 'funded', null],
      [1, 'does not fit', null],
      [3, 'excluded by another', 0],
      [2, 'too few votes', null],
    ])
  })
})

const rules = [
  ['greedy by votes', 'greedy-budget@1', { rankBy: 'votes', ifTooDear: 'skip', constraints: free }],
  ['greedy by points for the money', 'greedy-budget@1', { rankBy: 'score for cost', ifTooDear: 'skip', constraints: free }],
  ['equal shares', 'equal-shares-budget@1', { worth: 'count', completion: { kind: 'none' }, constraints: free }],
  [
    'equal shares by cost, by votes after',
    'equal-shares-budget@1',
    { worth: 'cost', completion: { kind: 'utilitarian' }, constraints: free },
  ],
  [
    'equal shares by points, Phragmén after',
    'equal-shares-budget@1',
    { worth: 'score', completion: { kind: 'phragmen' }, constraints: free },
  ],
  [
    'equal shares, Add1U',
    'equal-shares-budget@1',
    { worth: 'count', completion: { kind: 'add1u', increment: 1n }, constraints: free },
  ],
  ['Phragmén', 'phragmen-budget@1', { constraints: free }],
] as const satisfies readonly (readonly [string, BudgetRule, BudgetParams[BudgetRule]])[]

describe('laws of every budget rule', () => {
  it.each(rules)(
    '%s: within the budget, never twice, and the same for every order and splitting of papers',
    (_, rule, params) => {
      fc.assert(
        fc.property(budgets, fc.nat(), ({ profile, lot }, turn) => {
          const count = counted(rule, params, profile, lot)
          expect(count.spent).toBeLessThanOrEqual(profile.budget)
          expect(count.spent + count.left).toBe(profile.budget)
          expect(new Set(count.funded).size).toBe(count.funded.length)
          const papers = profile.papers
            .toReversed()
            .flatMap(({ weight, points }) => Array.from({ length: weight }, () => ({ weight: 1, points })))
          expect(counted(rule, params, { ...profile, papers }, lot)).toEqual(count)
          // Projects renamed by a turn of the circle, the lot with them.
          const n = profile.projects.length
          const to = (p: number): number => (p + turn) % n
          const turned = {
            ...profile,
            projects: profile.projects.map((one, p) => ({
              ...one,
              cost: profile.projects[(p + n - (turn % n)) % n]?.cost ?? 0n,
            })),
            papers: profile.papers.map(({ weight, points }) => ({
              weight,
              points: points.map(([p, x]): [number, number] => [to(p), x]).sort(([a], [b]) => a - b),
            })),
          }
          expect(counted(rule, params, turned, lot.map(to)).funded).toEqual(count.funded.map(to))
        }),
        runs(60),
      )
    },
  )
  it('EJR up to one project (Peters, Pierczyński, Skowron 2021), by trying every group, for costs of one', () => {
    fc.assert(
      fc.property(budgets, ({ profile, lot }) => {
        const unit = { ...profile, projects: profile.projects.map((one) => ({ ...one, cost: 1n })), budget: profile.budget % 5n }
        const voters = unit.papers.slice(0, 6).map(({ points }) => points.filter(([, n]) => n > 0).map(([p]) => p))
        const papers = voters.map((list) => ({ weight: 1, points: list.map((p): [number, number] => [p, 1]) }))
        const params = { worth: 'count', completion: { kind: 'none' }, constraints: free } as const
        const { funded } = counted('equal-shares-budget@1', params, { ...unit, papers }, lot)
        for (let bits = 1; bits < 2 ** voters.length; bits++) {
          const group = voters.filter((_, v) => (bits & (1 << v)) !== 0)
          const common = unit.projects.filter((_, p) => group.every((list) => list.includes(p))).length
          const owed = Math.min(common, Math.floor((group.length * Number(unit.budget)) / voters.length))
          expect(Math.max(...group.map((list) => list.filter((p) => funded.includes(p)).length))).toBeGreaterThanOrEqual(owed)
        }
      }),
      runs(60),
    )
  })
})

const small =
  'META\nkey;value\nvote_type;approval\nbudget;10\nPROJECTS\nproject_id;cost;name\na;4;Park\nb;6;Pool\nVOTES\nvoter_id;vote\n1;a,b\n2;b\n'

describe('.pb files', () => {
  it('reads a byte order mark, CRLF, decimal commas, quoted cells over two lines, unknown columns and blank lines', () => {
    const odd = `\uFEFFMETA\r\nkey;value\r\ndescription;"A ""fine"" town; twice"\r\nvote_type;Approval\r\nbudget;10,50\r\n\r\nPROJECTS\r\nproject_id;colour;cost;name\r\na;red;4.5;"Park\r\nand pond"\r\nb;;6;Pool\r\nVOTES\r\nvoter_id;vote\r\n1;"a, b"\r\n2;\r\n`
    const file = read(bytes(odd))
    expect(file.profile).toEqual({
      title: 'A "fine" town; twice',
      budget: 105n,
      projects: [
        { id: 'a', name: 'Park and pond', cost: 45n },
        { id: 'b', name: 'Pool', cost: 60n },
      ],
      papers: [approve(1, 0, 1), { weight: 1, points: [] }],
    })
    expect(file.places).toBe(1)
    expect(file.projects.columns).toEqual(['project_id', 'colour', 'cost', 'name'])
    expect(file.selected).toBeNull()
    expect(read(bytes(writePb(file)))).toEqual(file)
  })
  it('an order is worth n, n − 1, … for the longest list allowed; points given are taken as they stand', () => {
    const ordinal = small.replace('approval', 'ordinal\nmax_length;3')
    expect(read(bytes(ordinal)).profile.papers.map(({ points }) => points)).toEqual([
      [
        [0, 3],
        [1, 2],
      ],
      [[1, 3]],
    ])
    const scored = small
      .replace('approval', 'cumulative')
      .replace('voter_id;vote\n1;a,b\n2;b', 'voter_id;vote;points\n1;b,a;2,5\n2;b;1')
    expect(read(bytes(scored)).profile.papers[0]?.points).toEqual([
      [0, 5],
      [1, 2],
    ])
  })
  it.each([
    ['a blank cost', small.replace('a;4;Park', 'a;;Park'), 'blank cost', 7, 3],
    ['an unknown project', small.replace('1;a,b', '1;a,c'), 'unknown project', 11, 3],
    ['a project twice in an order', small.replace('approval', 'ordinal').replace('1;a,b', '1;b,b'), 'project twice', 11, 3],
    ['a project twice in the list', small.replace('b;6;Pool', 'a;6;Pool'), 'repeated project', 8, 1],
    ['a cost that is no number', small.replace('a;4;', 'a;four;'), 'not a number', 7, 3],
    ['a negative budget', small.replace('budget;10', 'budget;-10'), 'not a number', 4, 8],
    ['no budget', small.replace('budget;10\n', ''), 'missing key', 2, 1],
    ['a vote type nobody knows', small.replace('approval', 'shouting'), 'unknown vote type', 3, 11],
    ['no votes', small.slice(0, small.indexOf('VOTES')), 'no section', 1, 1],
    ['text before the first section', `hello\n${small}`, 'unknown section', 1, 1],
    ['an open quote', small.replace('a;4;Park', 'a;4;"Park'), 'open quote', 7, 5],
    ['a cell too many', small.replace('1;a,b', '1;a,b;x'), 'ragged row', 11, 7],
    [
      'points that do not match',
      small.replace('approval', 'scoring').replace('voter_id;vote\n1;a,b', 'voter_id;vote;points\n1;a,b;1'),
      'points do not match',
      11,
      7,
    ],
  ])('refuses %s, with line and column', (_, text, kind, line, col) => {
    expect(parsePb(bytes(text))).toMatchObject({ kind: 'fail', error: { kind, line, column: col } })
  })
  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 9 })).map(spliced)),
        (raw) => {
          const file = parsePb(raw)
          if (file.kind === 'fail') expect(file.error.line).toBeGreaterThan(0)
        },
      ),
      runs(300),
    )
  })
})
const spliced = ([at, junk]: readonly [number, Uint8Array]): Uint8Array => {
  const whole = bytes(small)
  const cut = at % whole.length
  return Uint8Array.of(...whole.slice(0, cut), ...junk, ...whole.slice(cut))
}

describe('bad input', () => {
  const profile: BudgetProfile = {
    title: '',
    projects: [project('a', 1n), project('b', 1n)],
    budget: 1n,
    papers: [approve(1, 0, 1)],
  }
  it('a tie without a lot, a lot for other projects, parameters out of range', () => {
    const params = { rankBy: 'votes', ifTooDear: 'skip', constraints: free } as const
    expect(countBudget('greedy-budget@1', params, profile, null)).toMatchObject({ error: { kind: 'lot needed', tied: [0, 1] } })
    expect(countBudget('greedy-budget@1', params, profile, [0])).toMatchObject({ error: { kind: 'bad lot order' } })
    const half = { ...params, constraints: { ...free, leastVotes: 0.5 } }
    expect(countBudget('greedy-budget@1', half, profile, null)).toMatchObject({ error: { name: 'leastVotes' } })
    const self = { ...params, constraints: { ...free, exclusive: [[1, 1]] as const } }
    expect(countBudget('greedy-budget@1', self, profile, null)).toMatchObject({ error: { name: 'exclusive' } })
    const still = { worth: 'count', completion: { kind: 'add1', increment: 0n }, constraints: free } as const
    expect(countBudget('equal-shares-budget@1', still, profile, null)).toMatchObject({ error: { name: 'increment' } })
  })
  it.each([
    ['no projects', { ...profile, projects: [] }, 'no projects'],
    ['a cost below nothing', { ...profile, projects: [project('a', -1n)] }, 'bad project'],
    ['two projects of one id', { ...profile, projects: [project('a', 1n), project('a', 1n)] }, 'bad project'],
    ['points below nothing', { ...profile, papers: [{ weight: 1, points: [[0, -1] as const] }] }, 'bad points'],
  ])('%s', (_, bad, kind) => {
    const params = { rankBy: 'votes', ifTooDear: 'skip', constraints: free } as const
    expect(countBudget('greedy-budget@1', params, bad, null)).toMatchObject({ error: { kind: 'bad profile', fault: { kind } } })
  })
})
