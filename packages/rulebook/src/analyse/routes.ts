import type { Citation, PowerName } from '../act.ts'
import type { Condition } from '../language/expression.ts'
import { cite, provision, provisionsOf, type Provision } from '../language/model.ts'
import type { Purpose, TakenForGranted } from './answer.ts'
import type { Reading } from './open-fields.ts'
import { prune } from './pareto.ts'
import { bodyCarries, granting, officerActs, type Plan, type Prepared } from './plan.ts'
import { electorateOf, throughProcedure } from './procedure.ts'
import { reading, takenFor, type World } from './world.ts'

/** What somebody wants: a power, and for `amend-rulebook` the tier whose clauses are to change. */
export type Goal = { readonly power: PowerName; readonly tier: string | null }
/** The name of a goal among facts. */
export const goalKey = (goal: Goal): string => (goal.tier === null ? goal.power : `${goal.power} ${goal.tier}`)

/** One grant: by a holder's own decision, or through a procedure. */
export type Route = {
  readonly goal: Goal
  /** The clause that grants the power. */
  readonly granted: Provision
  readonly holder: string | null
  readonly procedure: string | null
  readonly pass: readonly Condition[] | null
  /** Facts that somebody must attest: that limits are kept, that there is an emergency. */
  readonly attested: readonly TakenForGranted[]
}

/** The name of a route among facts: the plans that end with it. */
export const routeKey = (route: Route): string =>
  `route ${goalKey(route.goal)} ${route.granted.clause} ${route.procedure ?? route.holder ?? ''}`

/** The clause under which a route runs. */
export function clauseOf(world: World, route: Route): Citation {
  const found = route.procedure === null ? null : provision(world.rulebook, 'procedure', route.procedure)
  return cite(world.rulebook, found?.clause ?? route.granted.clause)
}

/** Every grant of the rulebook, with the rules of each tier as a power of their own. */
export function routesIn(world: World): readonly Route[] {
  const { rulebook } = world
  const tiers = provisionsOf(rulebook, 'tier')
  const granted = provisionsOf(rulebook, 'power').flatMap((found): readonly Route[] => {
    const { rule } = found
    const base = { granted: found, pass: rule.pass, attested: attestedBy(world, found) }
    const holders = (rule.holder ?? []).map((holder) => ({ ...base, holder, procedure: null }))
    const via = (rule.via ?? []).map((procedure) => ({ ...base, holder: null, procedure }))
    const goals: readonly Goal[] =
      rule.act === 'amend-rulebook' && tiers.length > 0
        ? tiers.map((t) => ({ power: rule.act, tier: t.rule.id }))
        : [{ power: rule.act, tier: null }]
    return goals.flatMap((goal) =>
      [...holders, ...via].filter((r) => changes(world, goal, r.procedure)).map((r) => ({ ...r, goal })),
    )
  })
  return [...granted, ...emergencies(world)]
}

/** Whether a procedure changes the clauses of a tier: the tier names its own and no other does. */
function changes(world: World, goal: Goal, procedure: string | null): boolean {
  if (goal.tier === null) return true
  const tier = provision(world.rulebook, 'tier', goal.tier)?.rule
  return procedure === null || tier?.procedure === procedure || tier?.or?.includes(procedure) === true
}

function attestedBy(world: World, found: Provision<'power'>): readonly TakenForGranted[] {
  const { limits, act } = found.rule
  if (limits === null) return []
  return [{ kind: 'attested', what: `within-limits ${act}`, by: [], clause: cite(world.rulebook, found.clause) }]
}

function emergencies(world: World): readonly Route[] {
  return provisionsOf(world.rulebook, 'emergency').map((found): Route => {
    const { by, when } = found.rule
    const attestors = provision(world.rulebook, 'fact', when.fact)?.rule.attestedBy ?? []
    return {
      goal: { power: 'emergency-measure', tier: null },
      granted: found,
      holder: by.of,
      procedure: null,
      pass: [{ kind: 'measure', measure: 'yes', ofClass: null, threshold: by.threshold, orNoneSeated: false }],
      attested: [{ kind: 'attested', what: when.fact, by: attestors, clause: cite(world.rulebook, found.clause) }],
    }
  })
}

/** Bodies whose votes a route may need, offices whose holders act on it, and electorates whose size matters. */
export function touchedBy(
  world: World,
  route: Route,
): { readonly bodies: readonly string[]; readonly electorates: readonly string[]; readonly offices: readonly string[] } {
  const bodies = new Set<string>()
  const offices = new Set<string>()
  const electorates = new Set<string>()
  const isBody = (id: string): boolean => provision(world.rulebook, 'body', id) !== null
  if (route.holder !== null) (isBody(route.holder) ? bodies : offices).add(route.holder)
  const found = route.procedure === null ? null : provision(world.rulebook, 'procedure', route.procedure)
  for (const stage of found?.rule.stages ?? []) {
    if (stage.do === 'consider' || stage.do === 'meeting') bodies.add(stage.body)
    if (stage.do === 'propose') for (const a of stage.by) if (a.kind === 'named') (isBody(a.id) ? bodies : offices).add(a.id)
    if (stage.do === 'support') electorates.add(stage.signers.electorate)
    if (stage.do === 'ballot' && found !== null) electorates.add(electorateOf(found, stage))
  }
  return { bodies: [...bodies], electorates: [...electorates], offices: [...offices] }
}

// More combinations of readings than this in the clauses of one route are cut off, the first readings kept.
const readingsMax = 64

/** The worlds in which the clauses a route touches are read in each of their ways. */
export function worldsFor(world: World, route: Route): readonly World[] {
  const found = route.procedure === null ? null : provision(world.rulebook, 'procedure', route.procedure)
  const bodies = touchedBy(world, route).bodies.map((id) => provision(world.rulebook, 'body', id))
  const clauses = [route.granted, found, ...bodies].flatMap((p) => (p === null ? [] : [p.clause]))
  const open = clauses.flatMap((c) => {
    const readings = world.choices.get(c) ?? []
    return readings.length > 1 ? [readings] : []
  })
  const combinations = open.reduce<readonly (readonly Reading[])[]>(
    (all, readings) => all.flatMap((chosen) => readings.map((r) => [...chosen, r])).slice(0, readingsMax),
    [[]],
  )
  return combinations.map((chosen) => reading(world, chosen))
}

/** Ways to take a route from where a plan stands, none better than another in every respect. */
export function take(
  world: World,
  route: Route,
  prepared: Prepared,
  from: Plan,
  purpose: Purpose,
  labels: number,
): readonly Plan[] {
  if (world.facts.attestors === 'unwilling' && route.attested.length > 0) return []
  const plans = worldsFor(world, route).flatMap((read) => takeAsRead(read, route, prepared, from, purpose, labels))
  return prune(world, plans, labels)
}

function takeAsRead(
  world: World,
  route: Route,
  prepared: Prepared,
  from: Plan,
  purpose: Purpose,
  labels: number,
): readonly Plan[] {
  const { power } = route.goal
  const start = granting(from, takenFor(world, route.granted), route.attested)
  if (route.procedure !== null) {
    const procedure = provision(world.rulebook, 'procedure', route.procedure)
    return procedure === null ? [] : throughProcedure({ world, prepared, power, procedure, purpose, labels }, start)
  }
  const holder = route.holder ?? ''
  const what = { act: { kind: 'exercise', power }, purpose, clause: cite(world.rulebook, route.granted.clause) } as const
  if (provision(world.rulebook, 'body', holder) === null)
    return provision(world.rulebook, 'office', holder) === null
      ? []
      : [officerActs(world, prepared, start, holder, 1, what)].filter((p) => p !== null)
  const carried = bodyCarries(world, prepared, start, holder, route.pass, what)
  return carried === null ? [] : [carried]
}
