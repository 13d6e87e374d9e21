// Grades, committees by approval, budgets and yes-or-no decisions, by name.
import { fail, type Result } from '@quorate/kernel'
import {
  countBudget,
  type BudgetCompletion,
  type BudgetError,
  type BudgetParams,
  type BudgetRule,
  type RankBy,
} from '../budget/budget.ts'
import type { Worth } from '../budget/shares.ts'
import { committeeRules, countCommittee, type CommitteeError, type CommitteeRule } from '../committee/committee.ts'
import type { Count } from '../count.ts'
import { countGrades, type GradeError, type GradeMethod, type GradeParams } from '../grades/grading.ts'
import type { Blank } from '../grades/score.ts'
import { countMajority, majorityFigures, type Condition, type MajorityError, type SuppliedBase } from '../majority.ts'
import { unpackProfile } from '../papers/packed.ts'
import { approvalsOf, type Approved } from './box.ts'
import type { ChoicePoint, Counter, CountFailure, Given, MethodEntry } from './method.ts'
import { candidateIn, conditionIn, formPoint, fractionIn, wordOf, wordPoint, type WordsFor } from './points.ts'

type AnyError = GradeError | CommitteeError | BudgetError

function failure(error: AnyError): CountFailure {
  switch (error.kind) {
    case 'bad profile':
      return { kind: 'bad papers', what: error.fault.kind }
    case 'bad parameter':
      return { kind: 'bad param', param: error.name }
    case 'lot needed':
      return { kind: 'lot needed', tied: 'tied' in error ? error.tied : unsettled(error.committees), at: null }
    case 'bad lot order':
    case 'one place only':
      return error
    case 'too many ties':
    case 'too many committees':
    case 'search too long':
      return { kind: 'too much to search' }
  }
}

/** Those on some of the tied committees and not on others. */
function unsettled(committees: readonly (readonly number[])[]): readonly number[] {
  const some = [...new Set(committees.flat())].toSorted((a, b) => a - b)
  return some.filter((c) => !committees.every((members) => members.includes(c)))
}

const told = (result: Result<Count, AnyError>): Result<Count, CountFailure> =>
  result.kind === 'ok' ? result : fail(failure(result.error))

const blankWords: WordsFor<Blank> = { lowest: 'lowest grade', 'no-opinion': 'no opinion' }
const aggregateWords: WordsFor<'sum' | 'mean'> = { sum: 'sum', mean: 'mean' }
const aggregate = wordPoint('aggregate', aggregateWords, 'add the grades up, or take their mean')
const blank = wordPoint('blank', blankWords, 'what a paper says of somebody it does not grade')
const leastGraders = formPoint('leastGraders', 'fraction', 'share of the papers that must grade a candidate; 0 for none')
const scale = formPoint('scale', 'scale', 'lowest and highest grade, such as 0-5')
const points = formPoint('points', 'whole number', 'points a paper has to give')

function graded<M extends GradeMethod>(method: M, params: GradeParams[M]): Counter {
  return (box, lot) =>
    box.kind === 'grades'
      ? told(countGrades(method, params, box.profile, lot))
      : fail({ kind: 'other papers', needs: 'grades', found: box.kind })
}

const gradeHead = { family: 'grades', clauseWord: null, ballots: 'grades' } as const

/** Methods by grades. */
export const gradeMethods: readonly MethodEntry[] = [
  {
    ...gradeHead,
    id: 'score@1',
    authority: 'range voting',
    places: 'many',
    open: [scale, aggregate, blank, leastGraders],
    counter: (given) =>
      graded('score@1', {
        aggregate: wordOf(given, aggregate, aggregateWords),
        blank: wordOf(given, blank, blankWords),
        leastGraders: fractionIn(given.get('leastGraders') ?? '0'),
      }),
  },
  {
    ...gradeHead,
    id: 'star@1',
    authority: 'Equal Vote Coalition',
    places: 'one',
    open: [scale],
    counter: () => graded('star@1', {}),
  },
  {
    ...gradeHead,
    id: 'majority-judgment@1',
    authority: 'M. Balinski and R. Laraki, 2007 and 2010',
    places: 'many',
    open: [scale, blank],
    counter: (given) => graded('majority-judgment@1', { blank: wordOf(given, blank, blankWords) }),
  },
  {
    ...gradeHead,
    id: 'cumulative@1',
    authority: 'the rulebook that gives out the points',
    places: 'many',
    open: [scale, points],
    counter: (given) => graded('cumulative@1', { points: Number(given.get('points')) }),
  },
]

const approvedWords: WordsFor<Approved> = { named: 'named', first: 'first' }
const approved: ChoicePoint = {
  ...wordPoint('approved', approvedWords, 'where papers rank: whether all they name are approved, or the first rank alone'),
  optional: true,
}

/** Committees by approval: one entry a rule. */
export const committeeMethods: readonly MethodEntry[] = committeeRules.map((id: CommitteeRule): MethodEntry => ({
  id,
  family: 'approvals',
  authority: 'M. Lackner and P. Skowron, Multi-Winner Voting with Approval Preferences, 2023',
  clauseWord: null,
  ballots: 'approvals',
  places: 'many',
  open: [approved],
  counter: (given) => (box, lot) => {
    const how = given.has('approved') ? wordOf(given, approved, approvedWords) : null
    const papers = approvalsOf(box, how)
    if (papers.kind === 'ok') return told(countCommittee(id, papers.value, lot))
    return fail(
      papers.error === 'approved how' ? { kind: 'approved how' } : { kind: 'other papers', needs: 'approvals', found: box.kind },
    )
  },
}))

const rankByWords: WordsFor<RankBy> = { votes: 'votes', score: 'score', 'score-for-cost': 'score for cost' }
const tooDearWords: WordsFor<'skip' | 'stop'> = { skip: 'skip', stop: 'stop' }
const worthWords: WordsFor<Worth> = { count: 'count', cost: 'cost', score: 'score' }
const completionWords: WordsFor<BudgetCompletion['kind']> = {
  none: 'none',
  utilitarian: 'utilitarian',
  phragmen: 'phragmen',
  add1: 'add1',
  add1u: 'add1u',
}
const rankBy = wordPoint('rankBy', rankByWords, 'by what projects rank')
const ifTooDear = wordPoint('ifTooDear', tooDearWords, 'pass over the first project that does not fit, or stop there')
const worth = wordPoint('worth', worthWords, 'what a funded project is worth to somebody who backs it')
const completion = wordPoint('completion', completionWords, 'what happens to money left over')
const increment = formPoint(
  'increment',
  'whole number',
  'for add1 and add1u: by how much each share grows, in the smallest unit of money',
  {
    optional: true,
  },
)
const leastVotes = formPoint('leastVotes', 'whole number', 'votes a project needs to be funded at all', { optional: true })

function budgeted<R extends BudgetRule>(method: R, params: BudgetParams[R]): Counter {
  return (box, lot) =>
    box.kind === 'budget'
      ? told(countBudget(method, params, box.profile, lot))
      : fail({ kind: 'other papers', needs: 'budget', found: box.kind })
}

const constraintsIn = (given: Given) => ({ leastVotes: Number(given.get('leastVotes') ?? '0'), exclusive: [] })

function completionIn(given: Given): BudgetCompletion {
  const kind = wordOf(given, completion, completionWords)
  // 0 is no increment: the rule refuses it by name.
  return kind === 'add1' || kind === 'add1u' ? { kind, increment: BigInt(given.get('increment') ?? '0') } : { kind }
}

const budgetHead = { family: 'budget', clauseWord: null, ballots: 'budget', places: 'none' } as const

/** Budgets. */
export const budgetMethods: readonly MethodEntry[] = [
  {
    ...budgetHead,
    id: 'greedy-budget@1',
    authority: 'usual in city budgets; D. Stolicki, S. Szufa, N. Talmon, Pabulib, 2020',
    open: [rankBy, ifTooDear, leastVotes],
    counter: (given) =>
      budgeted('greedy-budget@1', {
        rankBy: wordOf(given, rankBy, rankByWords),
        ifTooDear: wordOf(given, ifTooDear, tooDearWords),
        constraints: constraintsIn(given),
      }),
  },
  {
    ...budgetHead,
    id: 'equal-shares-budget@1',
    authority: 'D. Peters, G. Pierczyński and P. Skowron, NeurIPS 2021',
    open: [worth, completion, increment, leastVotes],
    counter: (given) =>
      budgeted('equal-shares-budget@1', {
        worth: wordOf(given, worth, worthWords),
        completion: completionIn(given),
        constraints: constraintsIn(given),
      }),
  },
  {
    ...budgetHead,
    id: 'phragmen-budget@1',
    authority: 'M. Los, Z. Christoff and D. Grossi, IJCAI 2022',
    open: [leastVotes],
    counter: (given) => budgeted('phragmen-budget@1', { constraints: constraintsIn(given) }),
  },
]

const castWords: WordsFor<'cast' | 'not cast'> = { cast: 'cast', 'not-cast': 'not cast' }
const yes = formPoint('for', 'candidate', 'the answer that stands for yes')
const no = formPoint('against', 'candidate', 'the answer that stands for no')
const neither = formPoint('abstention', 'candidate', 'the answer that stands for abstaining', { values: ['none'] })
const abstain = wordPoint('abstain', castWords, 'whether abstentions are votes cast')
const blankPapers = wordPoint('blankPapers', castWords, 'whether blank papers are votes cast')
const need = formPoint('need', 'condition', 'votes for: at-least:2/3:votes-cast, more-than:1/2:for-and-against, at-least:100')
const turnout = formPoint('turnout', 'condition', 'papers returned, such as at-least:1/4:roll', { optional: true })
const supplied: readonly SuppliedBase[] = ['issued', 'roll', 'present', 'seated', 'seats', 'electorate']
const sizePoints = supplied.map((base) =>
  formPoint(base, 'whole number', `how many are in the base “${base}”`, { optional: true }),
)

function majorityFailure(error: MajorityError): CountFailure {
  switch (error.kind) {
    case 'bad profile':
      return { kind: 'bad papers', what: error.fault.kind }
    case 'bad figure':
      return { kind: 'bad param', param: error.name }
    case 'bad condition':
      return { kind: 'bad param', param: error.index === 0 ? 'need' : 'turnout' }
    case 'base unknown':
      return { kind: 'bad param', param: error.base }
    case 'bases do not nest':
      return { kind: 'bad param', param: error.outer }
    case 'bad options':
      return { kind: 'bad param', param: 'for' }
  }
}

const decided =
  (given: Given): Counter =>
  (box) => {
    if (box.kind !== 'rankings') return fail({ kind: 'other papers', needs: 'rankings', found: box.kind })
    const profile = 'papers' in box.profile ? box.profile : unpackProfile(box.profile)
    const option = (point: ChoicePoint) => candidateIn(given.get(point.name) ?? '', profile.candidates, point.name)
    const [forOption, againstOption] = [option(yes), option(no)]
    if (forOption.kind === 'fail') return forOption
    if (againstOption.kind === 'fail') return againstOption
    const abstention = given.get('abstention') === 'none' ? null : option(neither)
    if (abstention?.kind === 'fail') return abstention
    const sizes = Object.fromEntries(supplied.flatMap((base) => (given.has(base) ? [[base, Number(given.get(base))]] : [])))
    const options = { for: forOption.value, against: againstOption.value, abstain: abstention === null ? null : abstention.value }
    const figures = majorityFigures(profile, options, sizes)
    if (figures.kind === 'fail') return fail(majorityFailure(figures.error))
    const first = conditionIn(given.get('need') ?? '')
    const second = given.has('turnout') ? conditionIn(given.get('turnout') ?? '') : null
    if (first === null) return fail({ kind: 'bad param', param: 'need' })
    const rest: readonly Condition[] = second === null ? [] : [{ measure: 'turnout', ...second }]
    const count = countMajority(
      {
        abstain: wordOf(given, abstain, castWords),
        blank: wordOf(given, blankPapers, castWords),
        conditions: [{ measure: 'yes', ...first }, ...rest],
      },
      figures.value,
    )
    return count.kind === 'ok' ? count : fail(majorityFailure(count.error))
  }

/** Yes and no. */
export const majorityMethods: readonly MethodEntry[] = [
  {
    id: 'majority@1',
    family: 'majority',
    authority: 'the rulebook that names the base',
    clauseWord: null,
    ballots: 'rankings',
    places: 'none',
    open: [yes, no, neither, abstain, blankPapers, need, turnout, ...sizePoints],
    counter: decided,
  },
]
