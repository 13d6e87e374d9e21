import { instant } from '@quorate/kernel'
import { cite, provision, provisionsOf } from '../language/model.ts'
import type { Purpose, Step, TakenForGranted } from './answer.ts'
import { easingsOf, endsSeats, isEasing, leadsTo, roundsMax, subsetsOf } from './easings.ts'
import { bodyWon, officeCaptured, toBeWon } from './elections.ts'
import { prune } from './pareto.ts'
import { begin, bodyCarries, granting, together, unprepared, withStep, type Plan, type Prepared } from './plan.ts'
import { goalKey, routeKey, take, type Route } from './routes.ts'
import type { World } from './world.ts'

/**
 * What can have been brought about. Facts only grow: opponents once gone stay gone, so that what is found is never safer than the truth. Each
 * fact has labels, the plans that bring it about; a label is kept for its cost, not for its state.
 */
type Facts = Map<string, readonly Plan[]>

/** All labels of every goal (`goal exclude`) and of everything that can be done first. */
export function solve(world: World, routes: readonly Route[], labels: number): ReadonlyMap<string, readonly Plan[]> {
  const facts: Facts = new Map()
  const memory: Memory = { start: begin(world.facts.from), taken: new Map(), pairs: new WeakMap() }
  for (let round = 0; round < roundsMax; round++) {
    const before = fingerprint(facts)
    for (const route of routes) {
      const plans = plansFor(world, memory, route, facts, labels)
      add(world, facts, routeKey(route), plans, labels)
      add(world, facts, `goal ${goalKey(route.goal)}`, plans, labels)
    }
    rewritten(world, facts, routes, labels)
    for (const route of routes) preparations(world, facts, route, labels)
    fillings(world, facts, labels)
    victories(world, facts, labels)
    if (fingerprint(facts) === before) break
  }
  return facts
}

const planText = (p: Plan): string => `${[...p.needs].map(([key, d]) => `${key}=${d.count}`).join(',')}@${p.at}-${p.seenAt ?? ''}`
/** Changes whenever a label does. */
const fingerprint = (facts: Facts): string =>
  [...facts].map(([key, plans]) => `${key}:${plans.map(planText).join(';')}`).join('|')

function add(world: World, facts: Facts, key: string, plans: readonly Plan[], labels: number): void {
  if (plans.length > 0) facts.set(key, prune(world, [...(facts.get(key) ?? []), ...plans], labels))
}

/** What was planned before: a route taken from the same plan after the same preparations gives the same ways. */
type Memory = {
  readonly start: Plan
  readonly taken: Map<string, WeakMap<Plan, readonly Plan[]>>
  readonly pairs: WeakMap<Plan, WeakMap<Plan, Plan>>
}

function remembered(memory: Memory, key: string, from: Plan, plan: () => readonly Plan[]): readonly Plan[] {
  const known = memory.taken.get(key) ?? new WeakMap<Plan, readonly Plan[]>()
  memory.taken.set(key, known)
  const plans = known.get(from) ?? plan()
  known.set(from, plans)
  return plans
}

/** Both plans; the same pair is the same plan, so that what follows from it is remembered too. */
function pairOf(memory: Memory, a: Plan, b: Plan): readonly Plan[] {
  const known = memory.pairs.get(a) ?? new WeakMap<Plan, Plan>()
  memory.pairs.set(a, known)
  const both = known.get(b) ?? together(a, b)
  if (both === null) return []
  known.set(b, both)
  return [both]
}

/** Ways to take a route: at once, and after each combination of what can be done first. */
function plansFor(world: World, memory: Memory, route: Route, facts: Facts, labels: number): readonly Plan[] {
  const known = easingsOf(world, route).filter((e) => facts.has(e.key))
  return subsetsOf(known).flatMap(({ prepared, keys }) => {
    const from = keys.reduce<readonly Plan[]>(
      (plans, key) =>
        prune(
          world,
          plans.flatMap((a) => (facts.get(key) ?? []).flatMap((b) => pairOf(memory, a, b))),
          labels,
        ),
      [memory.start],
    )
    const key = [routeKey(route), ...keys].join(', ')
    return from.flatMap((plan) =>
      remembered(memory, key, plan, () => take(world, route, prepared, plan, { kind: 'goal' }, labels)),
    )
  })
}

const forPurpose = (plan: Plan, purpose: Purpose): Plan => ({
  ...plan,
  steps: plan.steps.map((s): Step => (s.purpose.kind === 'goal' ? { ...s, purpose } : s)),
})

/** Powers over persons, used against opponents. */
function preparations(world: World, facts: Facts, route: Route, labels: number): void {
  const plans = facts.get(`goal ${goalKey(route.goal)}`) ?? []
  if (plans.length === 0) return
  for (const key of leadsTo(world, route)) {
    const [what = '', id = ''] = key.split(' ')
    const purpose: Purpose = what === 'clear' ? { kind: 'clear', body: id } : { kind: 'shrink', electorate: id }
    const body = provision(world.rulebook, 'body', id)
    const assumed: readonly TakenForGranted[] =
      what === 'clear' && !endsSeats.has(route.goal.power) && body !== null
        ? [{ kind: 'seat-ends-with-membership', body: id, clause: cite(world.rulebook, body.clause) }]
        : []
    add(
      world,
      facts,
      key,
      plans.map((plan) => granting(forPurpose(plan, purpose), [], assumed)),
      labels,
    )
  }
}

/** Bodies that fill their own empty seats. */
function fillings(world: World, facts: Facts, labels: number): void {
  for (const body of provisionsOf(world.rulebook, 'body')) {
    if (body.rule.vacancy?.fill !== 'co-opt') continue
    const { id } = body.rule
    const act = { kind: 'exercise', power: 'fill-vacancy' } as const
    const what = { act, purpose: { kind: 'fill', body: id }, clause: cite(world.rulebook, body.clause) } as const
    const cleared: Prepared = { ...unprepared, cleared: new Set([id]) }
    const plain = bodyCarries(world, unprepared, begin(world.facts.from), id, null, what)
    const after = (facts.get(`clear ${id}`) ?? []).flatMap((p) => bodyCarries(world, cleared, p, id, null, what) ?? [])
    add(world, facts, `fill ${id}`, plain === null ? after : [plain, ...after], labels)
  }
}

/** Bodies and offices that the attempt does not have, won in elections or by the bodies it has won. */
function victories(world: World, facts: Facts, labels: number): void {
  const { bodies, offices } = toBeWon(world)
  for (const id of bodies) {
    const plan = bodyWon(world, id)
    if (plan !== null) add(world, facts, `win ${id}`, [plan], labels)
  }
  const plain = { prepared: unprepared, before: [null] }
  for (const id of offices) {
    const through = bodies.map((body) => ({
      prepared: { ...unprepared, won: new Set([body]) },
      before: facts.get(`win ${body}`) ?? [],
    }))
    const plans = [plain, ...through].flatMap(({ prepared, before }) => {
      const own = officeCaptured(world, id, prepared)
      return own === null ? [] : before.flatMap((plan) => (plan === null ? own : (after(plan, own) ?? [])))
    })
    add(world, facts, `win ${id}`, plans, labels)
  }
}

/** Both plans, the second begun when the first is over. */
function after(first: Plan, second: Plan): Plan | null {
  const later = first.at - (second.steps[0]?.startsAt ?? first.at)
  const shift = (at: Plan['at']): Plan['at'] => instant(at + later)
  const moved: Plan = {
    ...second,
    steps: second.steps.map((s) => ({ ...s, startsAt: shift(s.startsAt), endsAt: shift(s.endsAt) })),
    at: shift(second.at),
    // What is seen of both is seen of the first.
    seenAt: null,
  }
  return together(first, moved)
}

/** With the rules of a tier in hand, every power they can be made to give. */
function rewritten(world: World, facts: Facts, routes: readonly Route[], labels: number): void {
  for (const tier of provisionsOf(world.rulebook, 'tier')) {
    const plans = facts.get(`goal ${goalKey({ power: 'amend-rulebook', tier: tier.rule.id })}`) ?? []
    const own = plans.filter((plan) => !plan.steps.some((s) => s.act.kind === 'rewritten'))
    for (const route of own.length === 0 ? [] : routes) {
      if (!isEasing(world, tier, route)) continue
      const step = {
        actor: { kind: 'rule' },
        act: { kind: 'rewritten', power: route.goal.power, tier: tier.rule.id },
        purpose: { kind: 'goal' },
        clause: cite(world.rulebook, tier.clause),
        needs: [],
        votes: null,
      } as const
      const done = own.map((plan) => withStep(forPurpose(plan, { kind: 'rewrite', tier: tier.rule.id }), step))
      add(world, facts, `goal ${goalKey(route.goal)}`, done, labels)
    }
  }
}
