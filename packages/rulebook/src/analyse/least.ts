import { instant } from '@quorate/kernel'
import { provisionsOf } from '../language/model.ts'
import type { Cost } from './answer.ts'
import { easingsOf, isEasing, leadsTo, roundsMax, subsetsOf } from './easings.ts'
import { bodyWon, officeCaptured, toBeWon } from './elections.ts'
import { begin, costOf, unprepared, type Plan, type Prepared } from './plan.ts'
import { goalKey, routeKey, take, type Route } from './routes.ts'
import type { World } from './world.ts'

type Bounds = Map<string, Cost>
/** Costs already reckoned, by route, easings and the time waited. */
type Known = Map<string, readonly Cost[]>

const lower = (a: Cost | undefined, b: Cost): Cost =>
  a === undefined
    ? b
    : {
        people: Math.min(a.people, b.people),
        elapsedMs: Math.min(a.elapsedMs, b.elapsedMs),
        warningMs: Math.min(a.warningMs, b.warningMs),
      }

/**
 * What no path to a goal can do without: for each way the maximum over what it rests on, not the union, and the least of all ways. Each of the
 * three is bounded by itself. No attempt is below; where a path meets it the answer is exact.
 */
export function leastOf(world: World, routes: readonly Route[]): ReadonlyMap<string, Cost> {
  const bounds: Bounds = new Map()
  const known: Known = new Map()
  const note = (key: string, cost: Cost): void => void bounds.set(key, lower(bounds.get(key), cost))
  for (let round = 0; round < roundsMax; round++) {
    const before = JSON.stringify([...bounds])
    for (const route of routes) for (const cost of costsOf(world, route, bounds, known)) note(`goal ${goalKey(route.goal)}`, cost)
    for (const route of routes) {
      const cost = bounds.get(`goal ${goalKey(route.goal)}`)
      if (cost === undefined) continue
      for (const key of leadsTo(world, route)) note(key, cost)
    }
    for (const { rule } of provisionsOf(world.rulebook, 'body'))
      if (rule.vacancy?.fill === 'co-opt') note(`fill ${rule.id}`, { people: 1, elapsedMs: 0, warningMs: 0 })
    for (const [key, cost] of victories(world)) note(key, cost)
    for (const tier of provisionsOf(world.rulebook, 'tier')) {
      const cost = bounds.get(`goal amend-rulebook ${tier.rule.id}`)
      if (cost === undefined) continue
      for (const route of routes) if (isEasing(world, tier, route)) note(`goal ${goalKey(route.goal)}`, cost)
    }
    if (JSON.stringify([...bounds]) === before) break
  }
  return new Map([...bounds].flatMap(([key, cost]) => (key.startsWith('goal ') ? [[key.slice(5), cost] as const] : [])))
}

/** What no victory in an election can do without: its voters. When the next election is nobody knows, so no time is counted. */
function victories(world: World): readonly (readonly [key: string, cost: Cost])[] {
  const { bodies, offices } = toBeWon(world)
  const everything = { ...unprepared, won: new Set(bodies) }
  const bound = (id: string, plan: Plan | null): readonly (readonly [string, Cost])[] =>
    plan === null ? [] : [[`win ${id}`, { people: costOf(world, plan).people, elapsedMs: 0, warningMs: 0 }]]
  return [
    ...bodies.flatMap((id) => bound(id, bodyWon(world, id))),
    ...offices.flatMap((id) => bound(id, officeCaptured(world, id, everything))),
  ]
}

/** The costs of one route, with everything eased that can be, each easing counted by its own bound. */
function costsOf(world: World, route: Route, bounds: Bounds, known: Known): readonly Cost[] {
  const easings = easingsOf(world, route).filter((e) => bounds.has(e.key))
  return subsetsOf(easings).flatMap(({ prepared, keys }): readonly Cost[] => {
    const rests = keys.flatMap((key) => bounds.get(key) ?? [])
    const waited = Math.max(0, ...rests.map((r) => r.elapsedMs))
    const id = [routeKey(route), ...keys, waited].join(', ')
    const own = known.get(id) ?? ownCosts(world, route, prepared, waited)
    known.set(id, own)
    return own.map((cost) => ({
      people: Math.max(cost.people, ...rests.map((r) => r.people)),
      elapsedMs: cost.elapsedMs,
      warningMs: Math.max(cost.warningMs, ...rests.map((r) => r.warningMs)),
    }))
  })
}

/** Costs of one route as it is eased, begun so long after the attempt began. */
function ownCosts(world: World, route: Route, prepared: Prepared, waited: number): readonly Cost[] {
  const start = begin(instant(world.facts.from + waited))
  return take(world, route, prepared, start, { kind: 'goal' }, Number.POSITIVE_INFINITY).map((plan) => costOf(world, plan))
}
