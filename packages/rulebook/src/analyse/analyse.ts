import type { Rulebook } from '../language/model.ts'
import type { Analysis, Path, PowerAnswer, RouteAnswer, Taken } from './answer.ts'
import { solve } from './graph.ts'
import type { AnalyseFacts } from './inputs.ts'
import { front } from './pareto.ts'
import { begin, costOf, unprepared, type Plan } from './plan.ts'
import { replay } from './replay.ts'
import { clauseOf, goalKey, routeKey, routesIn, take, type Goal, type Route } from './routes.ts'
import { stoppersOf } from './stop.ts'
import { thresholdsOf } from './thresholds.ts'
import { leastOf } from './least.ts'
import { worldOf, type World } from './world.ts'

/**
 * How hard to look. `labels`: plans kept for each fact; 8 answers while one types, 32 by default, 128 in a report. `only`: the powers to answer
 * for; without it, all.
 */
export type Effort = { readonly labels: number; readonly only?: readonly string[] }

/**
 * The shortest coup for every power a rulebook grants: the fewest people, the least time, the least warning, by which clauses, and who can stop
 * it until when. An over-approximation of an attacker (facts only grow), never safer than the truth; every path is then replayed through
 * `decide`. Pure and total; cost grows with routes × labels², not with the product of the bodies' sizes.
 */
export function analyse(rulebook: Rulebook, facts: AnalyseFacts, effort: Effort = { labels: 32 }): Analysis {
  const world = worldOf(rulebook, facts)
  const routes = routesIn(world)
  const solved = solve(world, routes, effort.labels)
  const least = leastOf(world, routes)
  const told = pathsOf(world)
  const goals = new Map<string, Goal>(routes.map((r) => [goalKey(r.goal), r.goal]))
  const asked = [...goals].filter(([, goal]) => effort.only?.includes(goal.power) ?? true)
  const powers = asked.map(([key, goal]): PowerAnswer => {
    const own = routes.filter((r) => goalKey(r.goal) === key)
    const paths = front(world, solved.get(`goal ${key}`) ?? []).map((plan) => told(goal, plan))
    const bound = paths.length === 0 ? null : (least.get(key) ?? null)
    return {
      power: goal.power,
      tier: goal.tier,
      scope: goal.power === 'amend-rulebook' ? 'any text' : 'this power',
      front: paths,
      routes: own.map((route) => routeAnswer(world, route, solved, told, effort)),
      least: bound,
      exact: bound !== null && meets(paths, bound),
    }
  })
  return { facts, powers, taken: takenIn(powers), unusable: world.unusable, lacking: [...world.lacking.values()] }
}

/** Whether replayed paths reach each bound. */
const meets = (paths: readonly Path[], least: NonNullable<PowerAnswer['least']>): boolean =>
  (['people', 'elapsedMs', 'warningMs'] as const).every((what) =>
    paths.some((p) => p.replay.kind === 'permitted' && p[what] === least[what]),
  )

type Teller = (goal: Goal, plan: Plan) => Path

/** Paths of plans; each plan is played through the engine once, however often it is shown. */
function pathsOf(world: World): Teller {
  const known = new Map<Plan, Path>()
  return (goal, plan) => {
    const path = known.get(plan) ?? pathOf(world, goal, plan)
    known.set(plan, path)
    return path
  }
}

function pathOf(world: World, goal: Goal, plan: Plan): Path {
  return {
    ...costOf(world, plan),
    needs: [...plan.needs.values()],
    steps: plan.steps,
    stoppers: stoppersOf(world, plan),
    taken: plan.taken,
    assumes: plan.assumes,
    replay: replay(world, goal, plan),
  }
}

function routeAnswer(
  world: World,
  route: Route,
  solved: ReadonlyMap<string, readonly Plan[]>,
  told: Teller,
  effort: Effort,
): RouteAnswer {
  const [direct] = take(world, route, unprepared, begin(world.facts.from), { kind: 'goal' }, effort.labels)
  const clause = clauseOf(world, route)
  const [cheapest] = solved.get(routeKey(route)) ?? []
  return {
    clause,
    procedure: route.procedure,
    holder: route.holder,
    thresholds: thresholdsOf(world, route),
    direct: direct === undefined ? null : told(route.goal, direct),
    cheapest: cheapest === undefined ? null : told(route.goal, cheapest),
  }
}

function takenIn(powers: readonly PowerAnswer[]): readonly Taken[] {
  const all = powers.flatMap((p) => p.front.flatMap((path) => path.taken))
  return [...new Map(all.map((t) => [`${t.clause} ${t.field} ${t.value}`, t])).values()]
}
