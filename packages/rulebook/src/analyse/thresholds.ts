import { provision, type Provision } from '../language/model.ts'
import type { Stage } from '../schema/stages.ts'
import type { Demand, Taken, Threshold } from './answer.ts'
import { electorateOf, signersNeeded } from './procedure.ts'
import { clauseOf, worldsFor, type Route } from './routes.ts'
import { carriesBallot, carriesInBody, type Carries } from './votes.ts'
import { bodyIn, electors, officers, seats, sizeOf, spread, takenFor, type World } from './world.ts'

const nobody: ReadonlySet<string> = new Set()
type Asked = { readonly needs: readonly Demand[]; readonly against: number } | null

function bodyAsks(world: World, body: string, carries: Carries | null): Asked {
  const kase = bodyIn(world, body)
  if (carries === null || kase === null) return null
  const classes = Object.entries(carries.ofClass).map(([id, count]) => seats(world, body, count, id))
  return { needs: [seats(world, body, spread(world, kase, carries.inFavour)), ...classes], against: carries.against }
}

function asksOf(world: World, procedure: Provision<'procedure'>, stage: Stage): Asked {
  switch (stage.do) {
    case 'support': {
      const needed = signersNeeded(world, stage.need, nobody)
      return needed === null ? null : { needs: [electors(world, stage.signers.electorate, needed)], against: 0 }
    }
    case 'consider':
    case 'meeting': {
      const kase = bodyIn(world, stage.body)
      return kase === null ? null : bodyAsks(world, stage.body, carriesInBody(kase, stage.pass ?? kase.rule.decides.pass))
    }
    case 'ballot': {
      const electorate = electorateOf(procedure, stage)
      const size = sizeOf(world, electorate)
      if (size === null) return null
      const { turnout } = world.facts
      const carries = carriesBallot({ stage, electorate, size, turnout, shrunkTo: null, sizeOf: (id) => sizeOf(world, id) })
      return carries === null ? null : { needs: [electors(world, electorate, carries.inFavour)], against: carries.against }
    }
    default:
      return null
  }
}

/** What each stage of a route asks for as it stands, once for each number that a reading gives. Stages that ask nobody, or cannot be met, are left out. */
export function thresholdsOf(world: World, route: Route): readonly Threshold[] {
  const found = new Map<string, Threshold>()
  for (const read of worldsFor(world, route)) {
    const procedure = route.procedure === null ? null : provision(read.rulebook, 'procedure', route.procedure)
    const clause = clauseOf(read, route)
    const taken = takenFor(read, procedure ?? route.granted)
    const say = (stage: string, what: Threshold['do'], asked: Asked): void => {
      if (asked === null) return
      const own = ofStage(taken, stage)
      const key = `${stage} ${asked.against} ${JSON.stringify(asked.needs)}`
      if (!found.has(key)) found.set(key, { stage, do: what, clause, ...asked, taken: own })
    }
    for (const stage of procedure?.rule.stages ?? [])
      if (procedure !== null) say(stage.id, stage.do, asksOf(read, procedure, stage))
    if (route.holder !== null) say('exercise', 'exercise', holderAsks(read, route, route.holder))
  }
  return [...found.values()]
}

function holderAsks(world: World, route: Route, holder: string): Asked {
  const body = provision(world.rulebook, 'body', holder)
  if (body === null) return { needs: [officers(world, holder, 1)], against: 0 }
  const kase = bodyIn(world, holder)
  return kase === null ? null : bodyAsks(world, holder, carriesInBody(kase, route.pass ?? body.rule.decides.pass))
}

/** What was taken inside one stage; outside stages, everything. */
const ofStage = (taken: readonly Taken[], stage: string): readonly Taken[] =>
  taken.filter((t) => !t.field.startsWith('stages.') || t.field.startsWith(`stages.${stage}.`))
