// Small boxes of papers that reach what each family of methods can meet: ties, papers that name nobody still in, a candidate who withdrew,
// papers that say nothing. Figures are small enough to be worked out by hand.
import { profileOf, worked } from './worked.ts'
import { marked } from './runoffs.ts'
import type { ApprovalProfile, Box, BudgetProfile, Constraints, GradeProfile, LotOrder, Profile } from '../src/index.ts'

export type Case = {
  readonly name: string
  readonly box: Box
  readonly lot: LotOrder | null
}

const rankings = (name: string, profile: Profile, lot: LotOrder | null): Case => ({
  name,
  box: { kind: 'rankings', profile: { ...profile, title: name } },
  lot,
})

/** People whose names a drawing must escape or cut. */
const people = ['Amara', 'Bethan & Co', 'Cai <b>', 'Dev "D"', 'Efa of the Very Long Name Indeed, of Aberystwyth', 'Ffion']

/** For transferable votes: a surplus, a tie by lot, one of nobody's papers, one who withdrew. */
const ward: Profile = {
  ...profileOf('ABCDEF', 3, [
    ...['1400 A B C', '250 A C B', '100 A', '300 B C', '299 B A D', '300 C D', '80 D C', '80 E C', '40 F A', '9 D', '1 F'],
  ]),
  candidates: people,
  withdrawn: [5],
}
/** More places than people. */
const few: Profile = { ...profileOf('AB', 3, ['5 A B', '3 B']), candidates: ['Amara', 'Bethan'] }
/** Level in every way. */
const level = profileOf('ABCD', 2, ['3 A', '3 B', '3 C', '3 D'])

/** Elections for the transferable votes. */
export const wards: readonly Case[] = [
  rankings('A ward; "quoted", with a comma', ward, [5, 4, 3, 2, 1, 0]),
  rankings('More places than people', few, null),
  rankings('All level', level, [2, 0, 3, 1]),
  ...worked.map(({ name, profile, lot }) => rankings(name, profile, lot)),
]

/** Elections for one winner: overvotes, empty ranks, a candidate twice, write-ins. */
export const runoffCases: readonly Case[] = [
  rankings(
    'Marks as voters make them',
    marked('ABCDE', ['9 A B', '8 B A', '4 C=D B', '3 C - D A', '2 D C C B', '1 - - E A', '1 E', '2 A=B C'], 'E'),
    [0, 1, 2, 3, 4],
  ),
  rankings('Three level at the bottom', profileOf('ABCDE', 1, ['10 A', '9 B', '3 C B', '3 D A', '3 E']), [4, 3, 2, 1, 0]),
  rankings('Two level to the end', profileOf('AB', 1, ['4 A', '4 B']), [1, 0]),
]

/** A circle of three above a fourth, equal ranks, and papers that leave somebody out. */
export const comparisons: readonly Case[] = [
  rankings(
    'A circle',
    { ...profileOf('ABCD', 1, ['9 A B C D', '8 B C A D', '6 C A B D', '1 D']), candidates: people.slice(0, 4) },
    [2, 1, 0, 3],
  ),
  rankings('One before all others', profileOf('ABCD', 1, ['5 A B', '3 B A D', '2 C A']), null),
  rankings(
    'A circle of four',
    profileOf('ABCD', 1, ['8 A B C D', '5 D A B C', '3 C D A B', '2 D B C A', '3 B D C A']),
    [3, 2, 1, 0],
  ),
  rankings('Two level', marked('ABCD', ['4 A=B C', '2 C D', '1 D', '2 - -', '3 D C'], 'C'), [1, 0, 3, 2]),
]

/** Rankings whose first places are level, for methods that add up. */
export const marks: readonly Case[] = [
  rankings('A clear order', profileOf('ABCD', 2, ['6 A B', '5 B A', '4 C B', '2 D C B', '1 D']), null),
  rankings('A tie for the last place', marked('ABCDE', ['4 A', '3 B', '3 C', '1 D=A', '2 - -', '1 E A'], 'E'), [4, 3, 2, 1, 0]),
  rankings(
    '',
    {
      ...profileOf('ABCDEF', 4, ['6 A B', '5 B A', '4 C B', '2 D C B', '1 D']),
      candidates: people.map((name) => `${name} of the parish of Llanfihangel`),
    },
    null,
  ),
  rankings('Nobody', profileOf('ABC', 1, []), [1, 2, 0]),
]

const graded = (name: string, more: Partial<GradeProfile>, lot: LotOrder | null): Case => ({
  name,
  box: {
    kind: 'grades',
    profile: {
      title: name,
      candidates: people.slice(0, 4),
      seats: 1,
      scale: { lowest: 0, highest: 5 },
      papers: [],
      ...more,
    },
  },
  lot,
})
const paper = (weight: number, ...grades: readonly (readonly [number, number])[]) => ({ weight, grades })

/** Papers of grades. */
export const grades: readonly Case[] = [
  graded(
    'Grades from 0 to 5',
    { papers: [paper(3, [0, 5], [1, 4]), paper(2, [1, 5], [2, 3]), paper(2, [1, 4], [2, 5]), paper(1, [3, 1]), paper(1)] },
    [3, 2, 1, 0],
  ),
  graded(
    'Level totals on a scale from 1 to 4',
    {
      scale: { lowest: 1, highest: 4 },
      papers: [paper(2, [0, 4], [1, 3], [2, 3], [3, 1]), paper(2, [0, 3], [1, 4], [2, 4], [3, 2])],
    },
    [2, 1, 0, 3],
  ),
  graded('One alone', { candidates: ['Amara'], papers: [paper(2, [0, 4]), paper(1)] }, null),
]

const approvals = (name: string, profile: Omit<ApprovalProfile, 'title' | 'candidates'>, lot: LotOrder | null): Case => ({
  name,
  box: { kind: 'approvals', profile: { title: name, candidates: people.slice(0, 4), ...profile } },
  lot,
})

/** Papers of approvals: two camps, then all alike. */
export const approvalBoxes: readonly Case[] = [
  approvals(
    'Two camps',
    {
      seats: 2,
      papers: [
        { weight: 5, approved: [0, 1] },
        { weight: 3, approved: [2] },
        { weight: 1, approved: [1, 3] },
        { weight: 1, approved: [] },
      ],
    },
    [0, 1, 2, 3],
  ),
  approvals('All alike', { seats: 2, papers: [{ weight: 2, approved: [0, 1, 2] }] }, [2, 1, 0, 3]),
]

const budget = (name: string, profile: Omit<BudgetProfile, 'title'>, places: number, lot: LotOrder | null): Case => ({
  name,
  box: { kind: 'budget', profile: { title: name, ...profile }, places },
  lot,
})
const given = (weight: number, ...points: readonly (readonly [number, number])[]) => ({ weight, points })

/** Budgets. */
export const budgets: readonly Case[] = [
  budget(
    'A park, a path, a tree and a bench',
    {
      projects: [
        { id: '1', name: 'Park', cost: 50_050n },
        { id: '2', name: 'Path', cost: 30_000n },
        { id: '3', name: 'Tree', cost: 40_000n },
        { id: '4', name: '', cost: 1_000n },
      ],
      budget: 100_000n,
      papers: [given(5, [0, 2], [1, 1]), given(3, [2, 3]), given(1, [3, 1]), given(1)],
    },
    2,
    [0, 1, 2, 3],
  ),
  budget(
    'Level projects',
    {
      projects: ['a', 'b', 'c'].map((id) => ({ id, name: '', cost: 4n })),
      budget: 9n,
      papers: [given(2, [0, 1], [1, 1]), given(2, [1, 1], [2, 1]), given(2, [0, 1], [2, 1])],
    },
    0,
    [1, 2, 0],
  ),
]

/** Yes, no, abstaining; blank and spoilt papers. */
export const decisions: readonly Case[] = [
  rankings('Carried', { ...marked('YNA', ['60 Y', '25 N', '10 A', '3 -', '2 Y=N']), candidates: ['Yes', 'No', 'Abstain'] }, null),
  rankings('Not carried', { ...marked('YNA', ['40 Y', '41 N']), candidates: ['Yes', 'No', 'Abstain'] }, null),
]

/** At least two of B, D and E, at most one of A and B, in the ward above. */
export const wardBounds: Constraints = [
  { name: 'women', clause: '4.2', members: [1, 3, 4], unsettled: [], least: 2, most: null },
  { name: 'branch', clause: '4.3', members: [0, 1], unsettled: [], least: 0, most: 1 },
]
