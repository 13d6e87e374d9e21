import { add, compare, divide, fraction, multiply, subtract, type Fraction } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { numbers, orderFrom } from '../../testing/drawn.ts'
import {
  countBudget,
  type BudgetCompletion,
  type BudgetParams,
  type BudgetProfile,
  type BudgetRule,
  type FundingStep,
  type LotOrder,
} from '../index.ts'

// Every rule once more, as its paper tells it: voter by voter, one step after another, nothing merged, priced ahead or kept for later. On 80
// boxes full of ties, free projects, thresholds and exclusive pairs both must take the same steps, with the same figures.

const zero = fraction(0)
type Box = {
  readonly profile: BudgetProfile
  readonly lot: LotOrder
  readonly constraints: BudgetParams['phragmen-budget@1']['constraints']
}

function boxOf(seed: number): Box {
  const drawn = numbers(seed)
  const { below } = drawn
  const n = 1 + below(5)
  const all = Array.from({ length: n }, (_, p) => p)
  const pair = (): readonly [number, number] => {
    const a = below(n)
    return [a, (a + 1 + below(n - 1)) % n]
  }
  return {
    profile: {
      title: '',
      projects: all.map((p) => ({ id: `P${p}`, name: '', cost: BigInt(below(11)) })),
      budget: BigInt(below(31)),
      papers: Array.from({ length: below(7) }, () => ({
        weight: 1 + below(3),
        points: all.flatMap((p): [number, number][] => (below(2) === 0 ? [] : [[p, below(4)]])),
      })),
    },
    lot: orderFrom(drawn, n),
    constraints: {
      leastVotes: below(3) === 0 ? 1 + below(4) : 0,
      exclusive: n > 1 && below(2) === 0 ? Array.from({ length: 1 + below(2) }, pair) : [],
    },
  }
}

/** A count in the making: each voter's points by project, and what has been done. */
type State = { readonly funded: readonly number[]; readonly steps: readonly FundingStep[]; readonly left: bigint }
type Town = Box & {
  readonly voters: readonly ReadonlyMap<number, number>[]
  readonly costs: readonly bigint[]
}
const townOf = (box: Box): Town => ({
  ...box,
  voters: box.profile.papers.flatMap(({ weight, points }) => Array.from({ length: weight }, () => new Map(points))),
  costs: box.profile.projects.map(({ cost }) => cost),
})
const given = ({ voters }: Town, p: number): readonly number[] => voters.map((points) => points.get(p) ?? 0)
const votes = (town: Town, p: number): number => given(town, p).filter((n) => n > 0).length
const score = (town: Town, p: number): number => given(town, p).reduce((sum, n) => sum + n, 0)
const first = ({ lot }: Town, tied: readonly number[]): number => lot.find((p) => tied.includes(p)) ?? -1
const rivalOf = ({ constraints }: Town, { funded }: State, p: number): number | null =>
  constraints.exclusive.flatMap(([a, b]) =>
    a === p && funded.includes(b) ? [b] : b === p && funded.includes(a) ? [a] : [],
  )[0] ?? null
const barred = (town: Town, state: State, p: number): boolean =>
  votes(town, p) < town.constraints.leastVotes || rivalOf(town, state, p) !== null
const open = ({ costs }: Town, { funded }: State): readonly number[] => costs.map((_, p) => p).filter((p) => !funded.includes(p))

function fund(town: Town, state: State, tied: readonly number[], price: Fraction | null): State {
  const project = first(town, tied)
  const step: FundingStep = {
    ...{ project, act: 'funded', votes: votes(town, project), score: score(town, project), left: state.left },
    ...{ tied, price, excludedBy: null },
  }
  return { funded: [...state.funded, project], steps: [...state.steps, step], left: state.left - (town.costs[project] ?? 0n) }
}

/** One after another by a ranking: `ahead(a, b)` whether a goes before b. */
function inOrder(town: Town, state: State, ahead: (a: number, b: number) => boolean, stop: boolean): State {
  let now = state
  let [waiting, stopped] = [open(town, state), false]
  while (waiting.length > 0) {
    const among = waiting
    const tied = among.filter((p) => !among.some((other) => ahead(other, p)))
    const project = first(town, tied)
    const [rival, cost] = [rivalOf(town, now, project), town.costs[project] ?? 0n]
    const few = votes(town, project) < town.constraints.leastVotes
    const act = stopped ? 'stopped' : few ? 'too few votes' : rival !== null ? 'excluded by another' : 'does not fit'
    if (!stopped && !few && rival === null && cost <= now.left) now = fund(town, now, tied, null)
    else {
      const step: FundingStep = {
        ...{ project, act, votes: votes(town, project), score: score(town, project), left: now.left, tied, price: null },
        excludedBy: act === 'excluded by another' ? rival : null,
      }
      now = { ...now, steps: [...now.steps, step] }
      stopped ||= stop && act === 'does not fit'
    }
    waiting = among.filter((p) => p !== project)
  }
  return now
}

/** The lowest of some figures, and all who have it; null without any. */
function lowest(
  figures: readonly (readonly [number, Fraction | null])[],
): { readonly tied: number[]; readonly least: Fraction } | null {
  const known = figures.flatMap(([p, figure]) => (figure === null ? [] : [[p, figure] as const]))
  const [some] = known
  if (some === undefined) return null
  const least = known.reduce((low, [, figure]) => (compare(figure, low) < 0 ? figure : low), some[1])
  return { tied: known.filter(([, figure]) => compare(figure, least) === 0).map(([p]) => p), least }
}

const sumOf = (list: readonly Fraction[]): Fraction => list.reduce((sum, one) => add(sum, one), zero)
const lesser = (a: Fraction, b: Fraction): Fraction => (compare(a, b) < 0 ? a : b)

/** The price at which what each pays, `worth` times the price or all they have, adds up to the cost. */
function priceAt(purses: readonly { readonly has: Fraction; readonly worth: Fraction }[], cost: Fraction): Fraction | null {
  if (purses.length === 0) return null
  if (compare(cost, zero) === 0) return zero
  if (compare(sumOf(purses.map(({ has }) => has)), cost) < 0) return null
  // Between two reaches the sum is a straight line, so the price is where one of these lines meets the cost.
  const reaches = purses.map(({ has, worth }) => divide(has, worth))
  const lines = [zero, ...reaches].flatMap((from) => {
    const spent = purses.filter((_, i) => compare(reaches[i] ?? zero, from) <= 0)
    const rest = purses.filter((_, i) => compare(reaches[i] ?? zero, from) > 0)
    return rest.length === 0
      ? []
      : [divide(subtract(cost, sumOf(spent.map(({ has }) => has))), sumOf(rest.map(({ worth }) => worth)))]
  })
  const pays = (price: Fraction): Fraction => sumOf(purses.map(({ has, worth }) => lesser(has, multiply(worth, price))))
  const right = [...lines, ...reaches].filter((price) => compare(price, zero) >= 0 && compare(pays(price), cost) === 0)
  return lowest(right.map((price) => [0, price]))?.least ?? null
}

type Worth = BudgetParams['equal-shares-budget@1']['worth']
type Paid = State & { readonly purses: readonly Fraction[] }

function paidBy(town: Town, worth: Worth, share: Fraction): Paid {
  const worthOf = (p: number, points: number): Fraction =>
    worth === 'count' ? fraction(1) : worth === 'cost' ? fraction(town.costs[p] ?? 0n) : fraction(points)
  let state: State = { funded: [], steps: [], left: town.profile.budget }
  let purses: readonly Fraction[] = town.voters.map(() => share)
  for (;;) {
    const [now, have] = [state, purses]
    const backers = (p: number) =>
      given(town, p).flatMap((n, v) => (n > 0 ? [{ v, has: have[v] ?? zero, worth: worthOf(p, n) }] : []))
    const priced = open(town, now)
      .filter((p) => !barred(town, now, p))
      .map((p) => [p, priceAt(backers(p), fraction(town.costs[p] ?? 0n))] as const)
    const best = lowest(priced)
    if (best === null) return { ...state, purses }
    const due = new Map(backers(first(town, best.tied)).map(({ v, worth: each }) => [v, multiply(each, best.least)]))
    state = fund(town, now, best.tied, best.least)
    purses = have.map((has, v) => subtract(has, lesser(has, due.get(v) ?? zero)))
  }
}

/** Phragmén from what each voter carries: each time the project that leaves its backers, alike, with least. */
function carried(town: Town, state: State, start: readonly Fraction[]): State {
  let [now, loads] = [state, start]
  for (;;) {
    const [at, held] = [now, loads]
    const backing = (p: number): readonly number[] => given(town, p).flatMap((n, v) => (n > 0 ? [v] : []))
    const loaded = open(town, at)
      .filter((p) => !barred(town, at, p) && (town.costs[p] ?? 0n) <= at.left && backing(p).length > 0)
      .map((p) => {
        const sum = add(fraction(town.costs[p] ?? 0n), sumOf(backing(p).map((v) => held[v] ?? zero)))
        return [p, divide(sum, fraction(backing(p).length))] as const
      })
    const best = lowest(loaded)
    if (best === null) return now
    const backers = backing(first(town, best.tied))
    now = fund(town, at, best.tied, null)
    loads = held.map((load, v) => (backers.includes(v) ? best.least : load))
  }
}

type Told = { readonly steps: readonly FundingStep[]; readonly funded: readonly number[]; readonly share: Fraction | null }

function shared(town: Town, worth: Worth, completion: BudgetCompletion): Told {
  const voters = BigInt(town.voters.length)
  if (voters === 0n) return { steps: [], funded: [], share: null }
  const { budget } = town.profile
  const spentBy = ({ left }: State): bigint => budget - left
  let share = fraction(budget, voters)
  let paid = paidBy(town, worth, share)
  if (completion.kind === 'add1' || completion.kind === 'add1u') {
    const wanted = (state: State): boolean =>
      open(town, state).some((p) => votes(town, p) > 0 && !barred(town, state, p) && (town.costs[p] ?? 0n) <= state.left)
    for (let more = completion.increment; wanted(paid); more += completion.increment) {
      const next = fraction(budget + more * voters, voters)
      const further = paidBy(town, worth, next)
      if (spentBy(further) > budget) break
      ;[share, paid] = [next, further]
    }
  }
  const byVotes = (a: number, b: number): boolean => votes(town, a) > votes(town, b)
  const ended =
    completion.kind === 'phragmen'
      ? carried(
          town,
          paid,
          paid.purses.map((has) => subtract(zero, has)),
        )
      : completion.kind === 'utilitarian' || completion.kind === 'add1u'
        ? inOrder(town, paid, byVotes, false)
        : paid
  return { steps: ended.steps, funded: ended.funded, share }
}

function told<R extends BudgetRule>(rule: R, params: BudgetParams[R], box: Box): Told {
  const town = townOf(box)
  const unshared = ({ steps, funded }: State): Told => ({ steps, funded, share: null })
  const start: State = { funded: [], steps: [], left: box.profile.budget }
  const all = { rule, params } as { [K in BudgetRule]: { readonly rule: K; readonly params: BudgetParams[K] } }[BudgetRule]
  switch (all.rule) {
    case 'equal-shares-budget@1':
      return shared(town, all.params.worth, all.params.completion)
    case 'phragmen-budget@1':
      return unshared(
        carried(
          town,
          start,
          town.voters.map(() => zero),
        ),
      )
    case 'greedy-budget@1': {
      const { rankBy, ifTooDear } = all.params
      const price = (p: number): bigint => town.costs[p] ?? 0n
      const ahead = (a: number, b: number): boolean =>
        rankBy === 'votes'
          ? votes(town, a) > votes(town, b)
          : rankBy === 'score'
            ? score(town, a) > score(town, b)
            : BigInt(score(town, a)) * price(b) > BigInt(score(town, b)) * price(a)
      return unshared(inOrder(town, start, ahead, ifTooDear === 'stop'))
    }
  }
}

const boxes = Array.from({ length: 80 }, (_, i) => boxOf(i + 1))
const ways = [
  ...(['votes', 'score', 'score for cost'] as const).flatMap((rankBy) =>
    (['skip', 'stop'] as const).map((ifTooDear) => ['greedy-budget@1', { rankBy, ifTooDear }] as const),
  ),
  ...(['count', 'cost', 'score'] as const).flatMap((worth) =>
    (
      [
        { kind: 'none' },
        { kind: 'utilitarian' },
        { kind: 'phragmen' },
        { kind: 'add1', increment: 1n },
        { kind: 'add1u', increment: 2n },
      ] as const
    ).map((completion) => ['equal-shares-budget@1', { worth, completion }] as const),
  ),
  ['phragmen-budget@1', {}],
] as const

describe('every budget rule takes the steps its paper tells', () => {
  it.each(
    ways.map(
      ([rule, open]) =>
        [`${rule} ${JSON.stringify(open, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))}`, rule, open] as const,
    ),
  )('%s', (_, rule, params) => {
    for (const box of boxes) {
      const whole = { ...params, constraints: box.constraints } as BudgetParams[BudgetRule] // the table pairs them
      const count = countBudget(rule, whole, box.profile, box.lot)
      if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
      const { steps, funded, share, spent, left } = count.value
      const wanted = told(rule, whole, box)
      expect({ steps, funded, share }).toEqual(wanted)
      const cost = wanted.funded.reduce((sum, p) => sum + (box.profile.projects[p]?.cost ?? 0n), 0n)
      expect([spent, left]).toEqual([cost, box.profile.budget - cost])
      // Without a lot: the same, or the first tie that asks for one.
      const asked = wanted.steps.find(({ tied }) => tied.length > 1)
      const natural = { ...box, lot: box.lot.toSorted((a, b) => a - b) }
      const open = told(rule, whole, natural).steps.find(({ tied }) => tied.length > 1)
      const bare = countBudget(rule, whole, box.profile, null)
      if (asked === undefined) expect(bare.kind === 'ok' && bare.value).toEqual({ ...count.value, lotOrder: null })
      else expect(bare).toEqual({ kind: 'fail', error: { kind: 'lot needed', tied: open?.tied } })
    }
  })
})
