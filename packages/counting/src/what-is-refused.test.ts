import { fraction } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { approvalProfile } from '../testing/approvals.ts'
import { plainRule } from '../testing/runoffs.ts'
import { profileOf } from '../testing/worked.ts'
import {
  checkApprovals,
  checkBudget,
  checkConstraints,
  checkGrades,
  checkProfile,
  countBorda,
  countBudget,
  countCommittee,
  countGrades,
  countIrv,
  countMajority,
  countMarks,
  countNzMeek,
  countPairs,
  countScottish,
  countTwoRound,
  majorityFigures,
  packProfile,
  type ApprovalProfile,
  type BudgetProfile,
  type Constraint,
  type Contest,
  type GradeProfile,
  type IrvParams,
  type MajorityFigures,
  type NzMeekParams,
  type Paper,
} from './index.ts'

// Everything a count relies on is checked first, and what is wrong is named exactly. Beside each value that is refused stands, where there is one,
// the last that is not.

const most = Number.MAX_SAFE_INTEGER
const ok = (result: { readonly kind: string }): string => result.kind
const errorOf = (result: { readonly kind: 'ok' } | { readonly kind: 'fail'; readonly error: unknown }): unknown =>
  result.kind === 'fail' ? result.error : 'nothing'

const badNames = [
  '',
  ' ',
  ' A',
  'A ',
  'A\tB',
  'A\nB',
  '\u0000',
  'A\u001f',
  'A\u007f',
  'A\u009f',
  'A\u2028B',
  'A\u2029B',
  '\ud800',
] as const
const goodNames = ['A', 'A B', '\u0020'.padStart(2, 'x') + 'y', 'Ŵyn ap Siôn', '\u00a1', '~', '李', '😀'] as const

describe('a contest', () => {
  const base = { title: 'T', candidates: ['A', 'B', 'C'], withdrawn: [], seats: 1 } satisfies Contest
  const refused = (change: Partial<Contest>): unknown => errorOf(checkProfile({ ...base, ...change, papers: [] }))
  it('candidates', () => {
    expect(refused({ candidates: [] })).toEqual({ kind: 'no candidates' })
    expect(refused({ candidates: ['A'] })).toBe('nothing')
    for (const name of badNames)
      expect([name, refused({ candidates: ['A', name] })]).toEqual([name, { kind: 'bad name', candidate: 1 }])
    for (const name of goodNames) expect([name, refused({ candidates: [name] })]).toEqual([name, 'nothing'])
  })
  it('title: a name, or nothing', () => {
    for (const title of badNames.slice(1)) expect([title, refused({ title })]).toEqual([title, { kind: 'bad title' }])
    for (const title of ['', ...goodNames]) expect([title, refused({ title })]).toEqual([title, 'nothing'])
  })
  it('seats: a whole number from 1 up', () => {
    for (const seats of [0, -1, 0.5, 1.5, Number.NaN, Infinity, most + 1])
      expect(refused({ seats })).toEqual({ kind: 'bad seats', seats })
    for (const seats of [1, 9, most]) expect(refused({ seats })).toBe('nothing')
  })
  it('the withdrawn: known, once each, ascending', () => {
    for (const [withdrawn, candidate] of [
      [[3], 3],
      [[-1], -1],
      [[0.5], 0.5],
      [[1, 0], 0],
      [[0, 0], 0],
      [[0, 1, 1], 1],
    ] as const)
      // prettier-ignore
      expect(refused({ withdrawn })).toEqual({ kind: 'bad withdrawn', candidate })
    for (const withdrawn of [[], [0], [2], [0, 2], [0, 1, 2]]) expect(refused({ withdrawn })).toBe('nothing')
  })
  it('packed, the same', () => {
    const packed = packProfile({ ...base, papers: [{ weight: 1, ranking: [0] }] })
    const count = (change: Partial<Contest>): unknown => errorOf(countScottish({ ...packed, ...change }, null))
    expect(count({ seats: 0 })).toEqual({ kind: 'bad profile', fault: { kind: 'bad seats', seats: 0 } })
    expect(count({ title: ' ' })).toEqual({ kind: 'bad profile', fault: { kind: 'bad title' } })
    expect(count({ withdrawn: [9] })).toEqual({ kind: 'bad profile', fault: { kind: 'bad withdrawn', candidate: 9 } })
  })
})

describe('papers that rank', () => {
  const refused = (paper: Partial<Paper>, repeats: 'refused' | 'allowed' = 'refused'): unknown =>
    errorOf(
      checkProfile(
        {
          title: '',
          candidates: ['A', 'B', 'C'],
          withdrawn: [],
          seats: 1,
          papers: [
            { weight: 1, ranking: [] },
            { weight: 1, ranking: [], ...paper },
          ],
        },
        repeats,
      ),
    )
  it('weight: a whole number from 1 up', () => {
    for (const weight of [0, -1, 0.5, Number.NaN, most + 1]) expect(refused({ weight })).toEqual({ kind: 'bad weight', paper: 1 })
    expect(refused({ weight: most - 1 })).toBe('nothing')
    expect(refused({ weight: most })).toEqual({ kind: 'too many papers' })
  })
  it('candidates: known, and once on a paper unless the rule takes that', () => {
    for (const candidate of [3, -1, 0.5]) {
      expect(refused({ ranking: [0, candidate] })).toEqual({ kind: 'unknown candidate', paper: 1, candidate })
      expect(refused({ ranking: [[0, candidate].sort((a, b) => a - b)] })).toEqual({
        kind: 'unknown candidate',
        paper: 1,
        candidate,
      })
    }
    for (const ranking of [[0, 1, 0], [0, [0, 1]], [[0, 1], 0], [[0, 2], [0, 1]]]) {
      expect(refused({ ranking })).toEqual({ kind: 'repeated candidate', paper: 1, candidate: 0 })
      expect(refused({ ranking }, 'allowed')).toBe('nothing')
    } // prettier-ignore
    for (const repeats of ['refused', 'allowed'] as const)
      expect(refused({ ranking: [[1, 1]] }, repeats)).toEqual({ kind: 'repeated candidate', paper: 1, candidate: 1 })
  })
  it('ranks: empty, one, or several in ascending order', () => {
    for (const ranking of [[[0]], [[1, 0]], [[0, 2, 1]]]) expect(refused({ ranking })).toEqual({ kind: 'bad rank', paper: 1 })
    for (const ranking of [[], [[]], [[0, 1]], [[], 2], [[0, 1, 2]]]) expect(refused({ ranking })).toBe('nothing')
  })
})

describe('approvals', () => {
  const base = approvalProfile(3, 1, [])
  const refused = (change: Partial<ApprovalProfile>): unknown => errorOf(checkApprovals({ ...base, ...change }))
  it('the contest, and no more places than candidates', () => {
    expect(refused({ candidates: [] })).toEqual({ kind: 'no candidates' })
    expect(refused({ seats: 4 })).toEqual({ kind: 'bad seats', seats: 4 })
    expect(refused({ seats: 3 })).toBe('nothing')
  })
  it('papers', () => {
    const one = { weight: 1, approved: [0] }
    for (const weight of [0, 0.5])
      expect(refused({ papers: [one, { ...one, weight }] })).toEqual({ kind: 'bad weight', paper: 1 })
    for (const approved of [[3], [-1], [0.5], [1, 0], [1, 1]])
      expect(refused({ papers: [one, { weight: 1, approved }] })).toEqual({ kind: 'bad approvals', paper: 1 })
    expect(refused({ papers: [one, { weight: 1, approved: [0, 1, 2] }] })).toBe('nothing')
    expect(refused({ papers: [one, { weight: most, approved: [] }] })).toEqual({ kind: 'too many papers' })
    expect(refused({ papers: [one, { weight: most - 1, approved: [] }] })).toBe('nothing')
  })
  it('more than a search may take is said, and nothing guessed', () => {
    const lot = Array.from({ length: 40 }, (_, c) => c)
    const level = approvalProfile(40, 20, [])
    expect(errorOf(countCommittee('minimax-approval@1', level, lot))).toEqual({ kind: 'too many committees', most: 300_000 })
    // More places than voters' loads can be shared out over all groups of members: said at once.
    expect(errorOf(countCommittee('leximax-phragmen@1', approvalProfile(40, 30, []), lot))).toEqual({
      kind: 'too many committees',
      most: 300_000,
    })
    expect(errorOf(countCommittee('pav@1', base, [0, 0, 1]))).toEqual({ kind: 'bad lot order' })
    expect(errorOf(countCommittee('pav@1', { ...base, seats: 9 }, null))).toEqual({
      kind: 'bad profile',
      fault: { kind: 'bad seats', seats: 9 },
    })
  })
})

describe('grades', () => {
  const base: GradeProfile = { title: '', candidates: ['A', 'B'], seats: 1, scale: { lowest: 1, highest: 4 }, papers: [] }
  const refused = (change: Partial<GradeProfile>): unknown => errorOf(checkGrades({ ...base, ...change }))
  it('the contest and the scale', () => {
    expect(refused({ candidates: [''] })).toEqual({ kind: 'bad name', candidate: 0 })
    expect(refused({ seats: 3 })).toEqual({ kind: 'bad seats', seats: 3 })
    expect(refused({ seats: 2 })).toBe('nothing')
    for (const [lowest, highest] of [
      [1, 1],
      [2, 1],
      [-1, 1],
      [0, 0.5],
      [0.5, 1],
      [0, most + 1],
    ] as const)
      // prettier-ignore
      expect(refused({ scale: { lowest, highest } })).toEqual({ kind: 'bad scale' })
    expect(refused({ scale: { lowest: 0, highest: 1 } })).toBe('nothing')
  })
  it('papers', () => {
    const one = { weight: 1, grades: [[0, 1]] } as const
    for (const weight of [0, 0.5])
      expect(refused({ papers: [one, { ...one, weight }] })).toEqual({ kind: 'bad weight', paper: 1 })
    for (const grades of [
      [[2, 1]],
      [[-1, 1]],
      [[0.5, 1]],
      [
        [1, 1],
        [0, 1],
      ],
      [
        [0, 1],
        [0, 1],
      ],
      [[0, 0]],
      [[0, 5]],
      [[0, 1.5]],
    ] as const)
      // prettier-ignore
      expect(refused({ papers: [one, { weight: 1, grades }] })).toEqual({ kind: 'bad grade', paper: 1 })
    expect(refused({ papers: [one, { weight: 1, grades: [[0, 1], [1, 4]] }] })).toBe('nothing') // prettier-ignore
    expect(refused({ papers: [{ weight: (most + 1) / 4, grades: [] }] })).toEqual({ kind: 'too many papers' })
    expect(refused({ papers: [{ weight: (most + 1) / 4 - 1, grades: [] }] })).toBe('nothing')
  })
  it('methods', () => {
    const score = { aggregate: 'mean', blank: 'no opinion', leastGraders: fraction(3, 2) } as const
    expect(errorOf(countGrades('score@1', score, base, [0, 1]))).toEqual({ kind: 'bad parameter', name: 'leastGraders' })
    expect(errorOf(countGrades('star@1', {}, { ...base, seats: 2 }, [0, 1]))).toEqual({ kind: 'one place only' })
    expect(errorOf(countGrades('star@1', {}, base, [1, 1]))).toEqual({ kind: 'bad lot order' })
    for (const points of [0, 0.5, -1])
      expect(errorOf(countGrades('cumulative@1', { points }, base, [0, 1]))).toEqual({ kind: 'bad parameter', name: 'points' })
    expect(errorOf(countGrades('star@1', {}, base, null))).toMatchObject({ kind: 'lot needed' })
  })
})

describe('budgets', () => {
  const project = (id: string, cost = 1n, name = '') => ({ id, name, cost })
  const base: BudgetProfile = { title: '', projects: [project('a'), project('b')], budget: 2n, papers: [] }
  const refused = (change: Partial<BudgetProfile>): unknown => errorOf(checkBudget({ ...base, ...change }))
  const free = { leastVotes: 0, exclusive: [] } as const
  it('projects and money', () => {
    expect(refused({ projects: [] })).toEqual({ kind: 'no projects' })
    for (const bad of [
      project('a'),
      project(''),
      project(' b'),
      project('b', -1n),
      project('b', 1n, ' '),
      project('b', 1n, 'x\n'),
    ])
      expect(refused({ projects: [project('a'), bad] })).toEqual({ kind: 'bad project', project: 1 })
    expect(refused({ projects: [project('a'), project('b', 0n, 'a')] })).toBe('nothing')
    expect(refused({ budget: -1n })).toEqual({ kind: 'bad budget' })
    expect(refused({ budget: 0n })).toBe('nothing')
  })
  it('papers', () => {
    const one = { weight: 1, points: [[0, 1]] } as const
    for (const weight of [0, 0.5])
      expect(refused({ papers: [one, { ...one, weight }] })).toEqual({ kind: 'bad weight', paper: 1 })
    for (const points of [
      [[2, 1]],
      [[-1, 1]],
      [[0.5, 1]],
      [
        [1, 1],
        [0, 1],
      ],
      [
        [0, 1],
        [0, 1],
      ],
      [[0, -1]],
      [[0, 0.5]],
    ] as const)
      // prettier-ignore
      expect(refused({ papers: [one, { weight: 1, points }] })).toEqual({ kind: 'bad points', paper: 1 })
    expect(refused({ papers: [one, { weight: 1, points: [[0, 0], [1, 7]] }] })).toBe('nothing') // prettier-ignore
    expect(refused({ papers: [{ weight: (most + 1) / 4, points: [[0, 2], [1, 2]] }] })).toEqual({ kind: 'too many papers' }) // prettier-ignore
    expect(refused({ papers: [{ weight: (most + 1) / 4 - 1, points: [[0, 2], [1, 2]] }] })).toBe('nothing') // prettier-ignore
    expect(refused({ papers: [one, { weight: most, points: [] }] })).toEqual({ kind: 'too many papers' })
  })
  it('rules', () => {
    const greedy = (constraints: Parameters<typeof countBudget<'phragmen-budget@1'>>[1]['constraints']): unknown =>
      errorOf(countBudget('phragmen-budget@1', { constraints }, base, [0, 1]))
    for (const leastVotes of [-1, 0.5])
      expect(greedy({ ...free, leastVotes })).toEqual({ kind: 'bad parameter', name: 'leastVotes' })
    for (const pair of [
      [0, 0],
      [0, 2],
      [2, 0],
      [-1, 0],
      [0, -1],
      [0.5, 1],
    ] as const)
      // prettier-ignore
      expect(greedy({ ...free, exclusive: [[0, 1], pair] })).toEqual({ kind: 'bad parameter', name: 'exclusive' })
    expect(greedy({ ...free, exclusive: [[0, 1]] })).toBe('nothing')
    for (const increment of [0n, -1n])
      for (const kind of ['add1', 'add1u'] as const)
        expect(
          errorOf(
            countBudget(
              'equal-shares-budget@1',
              { worth: 'count', completion: { kind, increment }, constraints: free },
              base,
              [0, 1],
            ),
          ),
        ).toEqual({ kind: 'bad parameter', name: 'increment' })
    expect(errorOf(countBudget('phragmen-budget@1', { constraints: free }, base, [0, 2]))).toEqual({ kind: 'bad lot order' })
  })
})

describe('bounds', () => {
  const base: Constraint = { name: 'women', clause: '4', members: [0, 1], unsettled: [], least: 1, most: null }
  const contest = { title: '', candidates: ['A', 'B', 'C'], withdrawn: [2], seats: 2 }
  const refused = (...changes: readonly Partial<Constraint>[]): unknown =>
    errorOf(
      checkConstraints(
        changes.map((change, i) => ({ ...base, name: `group ${i}`, ...change })),
        contest,
      ),
    )
  it('names, clauses, numbers, members', () => {
    for (const name of ['', ' ', 'a ', '\ud800']) expect(refused({}, { name })).toEqual({ kind: 'bad name', group: 1 })
    for (const clause of ['', ' 4', '\ud800']) expect(refused({}, { clause })).toEqual({ kind: 'bad clause', group: 1 })
    expect(refused({ name: 'same' }, {}, { name: 'same' })).toEqual({ kind: 'repeated name', group: 2 })
    for (const least of [-1, 0.5]) expect(refused({}, { least })).toEqual({ kind: 'bad bounds', group: 1 })
    for (const highest of [-1, 0.5, 0]) expect(refused({}, { most: highest })).toEqual({ kind: 'bad bounds', group: 1 })
    expect(refused({ most: 1 })).toBe('nothing')
    for (const [members, candidate] of [
      [[3], 3],
      [[-1], -1],
      [[0.5], 0.5],
      [[1, 0], 0],
      [[1, 1], 1],
    ] as const)
      // prettier-ignore
      expect(refused({}, { members })).toEqual({ kind: 'bad member', group: 1, candidate })
    expect(refused({}, { unsettled: [3] })).toEqual({ kind: 'bad member', group: 1, candidate: 3 })
    expect(refused({}, { unsettled: [1] })).toEqual({ kind: 'bad member', group: 1, candidate: 1 })
    expect(refused({}, { members: [0], unsettled: [1, 2] })).toEqual({ kind: 'unsettled', group: 1, candidates: [1] })
    expect(refused({ unsettled: [2] })).toBe('nothing')
  })
  it('64 groups, and no more', () => {
    const groups = (n: number): readonly Partial<Constraint>[] => Array.from({ length: n }, () => ({}))
    expect(refused(...groups(64))).toBe('nothing')
    expect(refused(...groups(65))).toEqual({ kind: 'too many groups', most: 64 })
  })
})

describe('parameters that a file or an older rulebook may get wrong', () => {
  const two = profileOf('AB', 1, ['2 A', '1 B'])
  it('NZ Meek: each point by its name', () => {
    const right: NzMeekParams = { clause10: 'as-written', clause13: 'from-step-1', discards: 5, numbersAmong: 'those-left' }
    for (const name of ['clause10', 'clause13', 'discards', 'numbersAmong'] as const) {
      const wrong = { ...right, [name]: 'x' } // what the type would not let by
      expect(errorOf(countNzMeek(wrong, two, null))).toEqual({ kind: 'bad params', param: name })
    }
    for (const other of [
      right,
      { ...right, clause10: 'as-practised', clause13: 'from-step-2', discards: 4, numbersAmong: 'all-tied' },
    ] as const)
      expect(ok(countNzMeek(other, two, null))).toBe('ok')
  })
  it('instant runoff: each point by its name', () => {
    const wrong: readonly (readonly [keyof IrvParams, unknown])[] = [
      ['overvote', 'x'],
      ['repeated', 'x'],
      ['batch', 'yes'],
      ['until', 'x'],
      ['majorityOf', 'x'],
      ['ties', 'x'],
      ['skippedRanks', -1],
      ['skippedRanks', 0.5],
      ['maxRanks', 0],
      ['maxRanks', 1.5],
      ['undeclared', 'B'],
      ['undeclared', [2]],
      ['undeclared', [-1]],
      ['undeclared', [1, 0]],
      ['undeclared', [1, 1]],
      ['undeclared', [0.5]],
    ]
    for (const [name, value] of wrong) {
      const params = { ...plainRule, [name]: value } // what the type would not let by
      expect([name, value, errorOf(countIrv(params, two, null))]).toEqual([name, value, { kind: 'bad params', param: name }])
    }
    for (const fine of [{ skippedRanks: 0 }, { maxRanks: 1 }, { undeclared: [1] }, { batch: true }])
      expect(ok(countIrv({ ...plainRule, ...fine }, two, [0, 1]))).toBe('ok')
    expect(errorOf(countIrv(plainRule, { ...two, seats: 2 }, null))).toEqual({ kind: 'bad params', param: 'seats' })
    expect(errorOf(countIrv(plainRule, two, [0]))).toEqual({ kind: 'bad lot order' })
  })
  it('marks, two rounds, points of places', () => {
    const bad = (name: string): unknown => ({ kind: 'bad parameter', name })
    for (const least of [-1, 0.5])
      expect(errorOf(countMarks('choose@1', { least, most: 2, tooMany: 'cut' }, two, null))).toEqual(bad('least'))
    for (const wrong of [0, 0.5])
      expect(errorOf(countMarks('choose@1', { least: 0, most: wrong, tooMany: 'cut' }, two, null))).toEqual(bad('most'))
    expect(errorOf(countMarks('choose@1', { least: 2, most: 1, tooMany: 'cut' }, two, null))).toEqual(bad('least'))
    expect(errorOf(countMarks('plurality@1', { tooMany: 'cut' }, { ...two, seats: 0 }, null))).toEqual({
      kind: 'bad profile',
      fault: { kind: 'bad seats', seats: 0 },
    })
    expect(errorOf(countBorda({ points: 'from-n', unranked: 'none' }, two, [0]))).toEqual({ kind: 'bad lot order' })
    const rounds = { majorityOf: 'valid', tooMany: 'cut', second: { kind: 'top-two', ties: 'lot' } } as const
    expect(errorOf(countTwoRound(rounds, { ...two, seats: 2 }, null, null))).toEqual(bad('seats'))
    expect(errorOf(countTwoRound(rounds, { ...two, withdrawn: [0, 1] }, null, null))).toEqual({ kind: 'nobody stands' })
    expect(errorOf(countTwoRound(rounds, two, two, null))).toEqual({ kind: 'no second round' })
  })
  it('pairs', () => {
    const bad = (name: string): unknown => ({ kind: 'bad parameter', name })
    for (const level of [fraction(-1, 2), fraction(3, 2)])
      expect(errorOf(countPairs('copeland@1', { unranked: 'last', level }, two, null))).toEqual(bad('level'))
    for (const level of [fraction(0), fraction(1)])
      expect(errorOf(countPairs('copeland@1', { unranked: 'last', level }, two, null))).toBe('nothing')
    const debian = { defaultOption: 1, developers: null, majorities: [] }
    for (const developers of [-1, 0.5])
      expect(errorOf(countPairs('debian@1', { ...debian, developers }, two, null))).toEqual(bad('developers'))
    expect(errorOf(countPairs('debian@1', { ...debian, developers: 0 }, two, null))).toBe('nothing')
    for (const one of [
      { option: 1, for: 1, against: 1 },
      { option: 0, for: 0, against: 1 },
      { option: 0, for: 1, against: 0 },
      { option: 0, for: 0.5, against: 1 },
    ])
      // prettier-ignore
      expect(errorOf(countPairs('debian@1', { ...debian, majorities: [one] }, two, null))).toEqual(bad('majorities'))
    expect(errorOf(countPairs('debian@1', { ...debian, defaultOption: 2 }, two, null))).toEqual(bad('defaultOption'))
    expect(errorOf(countPairs('debian@1', debian, two, [1, 1]))).toEqual({ kind: 'bad lot order' })
  })
})

describe('yes and no', () => {
  const half = { measure: 'yes', comparison: 'more than', need: { kind: 'share', share: fraction(1, 2), of: 'valid' } } as const
  const params = { abstain: 'cast', blank: 'cast', conditions: [half] } as const
  const figures: MajorityFigures = { for: 6, against: 4, abstain: 1, blank: 1, spoilt: 1, sizes: {} }
  const refused = (change: Partial<MajorityFigures>): unknown => errorOf(countMajority(params, { ...figures, ...change }))
  it('figures', () => {
    for (const name of ['for', 'against', 'abstain', 'blank', 'spoilt'] as const)
      for (const value of [-1, 0.5, most + 1]) expect(refused({ [name]: value })).toEqual({ kind: 'bad figure', name })
    for (const name of ['issued', 'roll', 'present', 'seated', 'seats', 'electorate'] as const)
      expect(refused({ sizes: { [name]: -1 } })).toEqual({ kind: 'bad figure', name })
    expect(refused({ for: most })).toEqual({ kind: 'bad figure', name: 'returned' })
  })
  it('bases that nest: returned in issued in roll, seated in seats', () => {
    const nest = (inner: string, outer: string): unknown => ({ kind: 'bases do not nest', inner, outer })
    expect(refused({ sizes: { issued: 12 } })).toEqual(nest('returned', 'issued'))
    expect(refused({ sizes: { roll: 12 } })).toEqual(nest('returned', 'roll'))
    expect(refused({ sizes: { issued: 20, roll: 19 } })).toEqual(nest('issued', 'roll'))
    expect(refused({ sizes: { seated: 3, seats: 2 } })).toEqual(nest('seated', 'seats'))
    expect(refused({ sizes: { issued: 13, roll: 13, seated: 2, seats: 2, present: 1 } })).toBe('nothing')
    expect(refused({ sizes: { seated: 3 } })).toBe('nothing')
  })
  it('conditions', () => {
    const asked = (need: unknown): unknown =>
      errorOf(countMajority({ ...params, conditions: [half, { ...half, need } as typeof half] }, figures))
    for (const share of [fraction(-1, 3), fraction(4, 3)])
      expect(asked({ kind: 'share', share, of: 'valid' })).toEqual({ kind: 'bad condition', index: 1 })
    for (const number of [-1, 0.5]) expect(asked({ kind: 'number', number })).toEqual({ kind: 'bad condition', index: 1 })
    expect(asked({ kind: 'share', share: fraction(1), of: 'valid' })).toBe('nothing')
    expect(asked({ kind: 'share', share: fraction(0), of: 'valid' })).toBe('nothing')
    expect(asked({ kind: 'number', number: 0 })).toBe('nothing')
    expect(asked({ kind: 'share', share: fraction(1, 2), of: 'roll' })).toEqual({ kind: 'base unknown', base: 'roll' })
  })
  it('papers read as answers: every way of saying nothing, or too much', () => {
    const box = {
      ...profileOf('YNAX', 1, ['5 Y', '4 N', '3 A', '2 X', '1 Y N']),
      papers: [...profileOf('YNAX', 1, ['5 Y', '4 N', '3 A', '2 X', '1 Y N']).papers, { weight: 7, ranking: [] }, { weight: 9, ranking: [[0, 1]] }, { weight: 11, ranking: [[], 0] }],
    } // prettier-ignore
    const read = (options: Parameters<typeof majorityFigures>[1]) => majorityFigures(box, options, {})
    expect(read({ for: 0, against: 1, abstain: 2 })).toEqual({
      kind: 'ok',
      value: { for: 5, against: 4, abstain: 3, blank: 7, spoilt: 23, sizes: {} },
    })
    expect(read({ for: 0, against: 1, abstain: null })).toMatchObject({ value: { abstain: 0, spoilt: 26 } })
    for (const options of [
      { for: 0, against: 0, abstain: null },
      { for: 0, against: 1, abstain: 1 },
      { for: 4, against: 1, abstain: null },
      { for: 0, against: 9, abstain: null },
      { for: 0, against: 1, abstain: 9 },
    ])
      // prettier-ignore
      expect(errorOf(read(options))).toEqual({ kind: 'bad options' })
    expect(errorOf(majorityFigures({ ...box, seats: 0 }, { for: 0, against: 1, abstain: null }, {}))).toMatchObject({
      kind: 'bad profile',
    })
  })
})
