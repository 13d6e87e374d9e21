import { assert, fraction } from '@quorate/kernel'
import { decimalText } from '../arithmetic.ts'
import type { BudgetCount } from '../budget/budget.ts'
import type { FundingStep } from '../budget/funding.ts'
import { fractionText, moneyText, wholeText } from '../words/figures.ts'
import type { Phrases } from '../words/phrases.ts'
import { namedBy } from '../words/tell-stv.ts'
import type { Account, AccountOption, AccountStage, AccountTable, Subject } from './account.ts'
import { drawn } from './bars.ts'

type Teller = {
  readonly count: BudgetCount
  readonly say: Phrases
  readonly name: (p: number) => string
  readonly money: (amount: bigint) => string
  readonly places: number
}

/** A budget told. Money moves from what is left to each project funded. */
export function budgetAccount(count: BudgetCount, subject: Subject, say: Phrases): Account {
  const { common, budget } = say
  const places = subject.moneyPlaces
  const teller: Teller = { count, say, name: namedBy(say, subject.names), money: (m) => moneyText(m, places), places }
  const { name, money } = teller
  const rest = count.costs.map((_, p) => p).filter((p) => !count.funded.includes(p))
  const votes = (p: number): number => count.backing[p]?.votes ?? 0
  const order = [...count.funded, ...rest.toSorted((a, b) => votes(b) - votes(a))]
  return {
    language: say.language,
    kind: count.kind,
    method: count.method,
    title: subject.title,
    profileHash: count.profileHash,
    headline: budget.outcome(count.funded.map(name), money(count.spent), money(count.left)),
    facts: [
      { name: common.headings.budget, value: money(count.budget) },
      { name: common.headings.spent, value: money(count.spent) },
      { name: common.headings.left, value: money(count.left) },
    ],
    options: order.map((p): AccountOption => {
      const chosen = count.funded.includes(p)
      return {
        option: p,
        name: name(p),
        chosen,
        standing: chosen ? common.standing.funded : common.standing['not funded'],
        whyNot: chosen ? null : whyNot(teller, p),
      }
    }),
    stages: stagesOf(teller),
    tables: tablesOf(teller, order),
    lot:
      count.lotOrder === null || !count.steps.some(({ tied }) => tied.length > 1) ? null : common.list(count.lotOrder.map(name)),
  }
}

const costOf = ({ count }: Teller, p: number): bigint => count.costs[p] ?? 0n

function stagesOf(teller: Teller): readonly AccountStage[] {
  const { count, say, name, money, places } = teller
  const { common, budget } = say
  const start = [
    budget.start(money(count.budget), count.costs.length),
    ...(count.share === null ? [] : [budget.share(shareText(teller))]),
  ].join(' ')
  const bar = (label: string, amount: bigint, option: number | null, state: 'in' | 'chosen' | 'out' | 'aside') => ({
    option,
    name: label,
    value: fraction(amount),
    state,
    figure: money(amount),
    exact: decimalText(amount, places),
  })
  const scale = fraction(count.budget)
  const first: AccountStage = {
    number: 1,
    heading: common.stage(1),
    text: start,
    clauses: [],
    ...drawn([bar(budget.ends.left, count.budget, null, 'aside')], null, scale),
    flow: [],
  }
  const stages = [first]
  for (const [i, step] of count.steps.entries()) {
    const cost = costOf(teller, step.project)
    const funded = step.act === 'funded'
    const left = funded ? step.left - cost : step.left
    const tied = step.tied.length > 1 ? ` ${budget.tied(step.tied.map(name), name(step.project))}` : ''
    stages.push({
      number: i + 2,
      heading: common.stage(i + 2),
      text: `${stepText(teller, step)}${tied}`,
      clauses: [],
      ...drawn(
        [bar(name(step.project), cost, step.project, funded ? 'chosen' : 'out'), bar(budget.ends.left, left, null, 'aside')],
        null,
        scale,
      ),
      flow:
        funded && cost > 0n
          ? [{ from: budget.ends.left, to: name(step.project), figure: money(cost), exact: decimalText(cost, places) }]
          : [],
    })
  }
  return stages
}

/** A voter's share in whole units of money where it is one, else as a fraction of them. */
function shareText({ count, money, places }: Teller): string {
  const { share } = count
  assert(share !== null, 'asked of rules with shares only')
  if (share.denominator === 1n) return money(share.numerator)
  return fractionText(fraction(share.numerator, share.denominator * 10n ** BigInt(places)))
}

function stepText({ say, name, money, count, places }: Teller, step: FundingStep): string {
  const { budget } = say
  const who = name(step.project)
  const cost = count.costs[step.project] ?? 0n
  switch (step.act) {
    case 'funded': {
      const price =
        step.price === null ? null : fractionText(fraction(step.price.numerator, step.price.denominator * 10n ** BigInt(places)))
      return budget.funded(who, money(cost), step.votes, money(step.left - cost), price)
    }
    case 'does not fit':
      return budget.tooDear(who, money(cost), money(step.left))
    case 'too few votes':
      return budget.tooFew(who, step.votes)
    case 'excluded by another':
      assert(step.excludedBy !== null, 'such a step names the other project')
      return budget.excludedBy(who, name(step.excludedBy))
    case 'stopped':
      return budget.stopped(who)
  }
}

function whyNot(teller: Teller, p: number): string {
  const { count, say, name, money } = teller
  const step = count.steps.findLast(({ project }) => project === p)
  return step === undefined
    ? say.budget.notAffordable(name(p), count.backing[p]?.votes ?? 0, money(costOf(teller, p)))
    : stepText(teller, step)
}

function tablesOf(teller: Teller, order: readonly number[]): readonly AccountTable[] {
  const { count, say, name, money } = teller
  const { common, budget } = say
  const projects: AccountTable = {
    id: 'projects',
    caption: common.captions.projects,
    headings: [
      common.headings.project,
      common.headings.cost,
      common.headings.votes,
      common.headings.points,
      common.headings.outcome,
    ],
    rows: order.map((p) => {
      const step = count.steps.findLast(({ project }) => project === p)
      return {
        option: p,
        name: name(p),
        chosen: count.funded.includes(p),
        cells: [
          money(costOf(teller, p)),
          wholeText(count.backing[p]?.votes ?? 0),
          wholeText(count.backing[p]?.score ?? 0),
          budget.acts[step?.act ?? 'untouched'],
        ],
      }
    }),
  }
  const steps: AccountTable = {
    id: 'steps',
    caption: common.captions.steps,
    headings: [common.headings.project, common.headings.cost, common.headings.outcome, common.headings.left],
    rows: [
      { option: null, name: budget.ends.budget, chosen: false, cells: [null, null, money(count.budget)] },
      ...count.steps.map((step) => ({
        option: step.project,
        name: name(step.project),
        chosen: step.act === 'funded',
        cells: [
          money(costOf(teller, step.project)),
          budget.acts[step.act],
          money(step.act === 'funded' ? step.left - costOf(teller, step.project) : step.left),
        ],
      })),
    ],
  }
  return [projects, steps]
}
