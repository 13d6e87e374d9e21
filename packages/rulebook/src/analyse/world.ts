import type { Citation } from '../act.ts'
import { reckoningOf, type Reckoning } from '../calendar.ts'
import { seatsOf } from '../decision/body-vote.ts'
import { cite, provision, type Provision, type Rulebook } from '../language/model.ts'
import type { Demand, Lacking, Taken } from './answer.ts'
import type { AnalyseFacts } from './inputs.ts'
import { readingsOf, type Reading } from './open-fields.ts'
import { apartIn } from './people.ts'
import type { BodyCase } from './votes.ts'

/**
 * A rulebook as an attempt may read it. Clauses that leave fields open have one reading each; those with several are listed in `choices`, and
 * planning tries each of them.
 */
export type World = {
  readonly rulebook: Rulebook
  readonly facts: AnalyseFacts
  readonly reckoning: Reckoning
  readonly apart: ReadonlySet<string>
  /** Ways to read each clause that leaves something open, by clause. */
  readonly choices: ReadonlyMap<string, readonly Reading[]>
  readonly unusable: readonly Citation[]
  /** What turned out to be missing while planning; grows. */
  readonly lacking: Map<string, Lacking>
}

/** Reads what is open as cheaply as the schema allows. */
export function worldOf(rulebook: Rulebook, facts: AnalyseFacts): World {
  const choices = new Map<string, readonly Reading[]>()
  const unusable: Citation[] = []
  for (const open of rulebook.unresolved) {
    const readings = readingsOf(rulebook, open, facts.settled)
    if (readings.length === 0) unusable.push(cite(rulebook, open.clause))
    else choices.set(open.clause, readings)
  }
  const order = new Map(rulebook.document.clauses.map((c, i) => [c.id, i]))
  const read = [...rulebook.provisions, ...[...choices.values()].flatMap((r) => r[0]?.provision ?? [])]
  const provisions = read.toSorted((a, b) => (order.get(a.clause) ?? 0) - (order.get(b.clause) ?? 0))
  const whole: Rulebook = { ...rulebook, provisions, unresolved: [] }
  return {
    rulebook: whole,
    facts,
    reckoning: reckoningOf(whole),
    apart: apartIn(whole),
    choices,
    unusable,
    lacking: new Map(),
  }
}

/** The same world with one clause read in another way. The reckoning of time stays that of the first. */
export function reading(world: World, chosen: readonly Reading[]): World {
  if (chosen.length === 0) return world
  const by = new Map(chosen.map((r) => [r.provision.clause, r.provision]))
  const provisions = world.rulebook.provisions.map((p) => by.get(p.clause) ?? p)
  return { ...world, rulebook: { ...world.rulebook, provisions } }
}

/** The world as a plan reads it: each clause that leaves something open, in the way the plan took. */
export function asTaken(world: World, taken: readonly Taken[]): World {
  const said = new Map(taken.map((t) => [`${t.clause} ${t.field}`, t.value]))
  const chosen = [...world.choices.values()].flatMap((readings) => {
    const same = readings.find((r) => r.taken.every((t) => (said.get(`${t.clause} ${t.field}`) ?? t.value) === t.value))
    return same === undefined || same === readings[0] ? [] : [same]
  })
  return reading(world, chosen)
}

/** What was taken for the open fields of a clause as this world reads it; empty for a clause that says everything. */
export function takenFor(world: World, provision: Provision | null): readonly Taken[] {
  const readings = provision === null ? undefined : world.choices.get(provision.clause)
  return readings?.find((r) => r.provision === provision)?.taken ?? []
}

/** Size of an electorate as stated; notes what is missing. */
export function sizeOf(world: World, electorate: string): number | null {
  const { electorates } = world.facts
  if (Object.hasOwn(electorates, electorate)) return electorates[electorate] ?? null
  const found = provision(world.rulebook, 'electorate', electorate)
  const clause = cite(world.rulebook, found?.clause ?? '0')
  world.lacking.set(`electorate ${electorate}`, { kind: 'electorate-size', id: electorate, clause })
  return null
}

/** A body with its seats as stated, or as the text has them when all are filled. Null when nobody says how many there are. */
export function bodyIn(world: World, id: string, cleared = false): BodyCase | null {
  const found = provision(world.rulebook, 'body', id)
  if (found === null) return null
  const stated = Object.hasOwn(world.facts.bodies, id) ? world.facts.bodies[id] : undefined
  const own = seatsOf(world.rulebook, id)
  const established = own ?? stated?.seats ?? found.rule.size?.count ?? stated?.seated ?? null
  if (established === null) {
    world.lacking.set(`body ${id}`, { kind: 'body-size', id, clause: cite(world.rulebook, found.clause) })
    return null
  }
  const sitting = found.rule.sits?.of ?? null
  const filled = Math.min(stated?.seated ?? established, established)
  // Of a panel by lot only those who sit vote; how the lot falls is a fact of its own, see `spread`.
  const seated = sitting === null ? filled : Math.min(sitting, filled)
  return {
    id,
    rule: found.rule,
    established,
    seated,
    byClass: stated?.byClass ?? {},
    attendance: world.facts.attendance,
    cleared,
    sizeOf: (electorate) => sizeOf(world, electorate),
  }
}

/** How many seats of a panel it takes to have so many among those who sit: so many if the lot falls well, all who may stay out more if badly. */
export function spread(world: World, body: BodyCase, own: number): number {
  const stated = Object.hasOwn(world.facts.bodies, body.id) ? world.facts.bodies[body.id] : undefined
  const filled = Math.min(stated?.seated ?? body.established, body.established)
  return body.rule.sits === null || world.facts.lots === 'favourable' ? own : own + filled - body.seated
}

/** A demand for seats of a body, with how many there are. */
export const seats = (world: World, body: string, count: number, ofClass: string | null = null): Demand => {
  const stated = Object.hasOwn(world.facts.bodies, body) ? world.facts.bodies[body] : undefined
  const all = ofClass === null ? (stated?.seated ?? seatsOf(world.rulebook, body)) : (stated?.byClass?.[ofClass] ?? null)
  return { pool: 'seat', id: body, ofClass, count, of: all }
}
/** A demand for people of an electorate. */
export const electors = (world: World, electorate: string, count: number): Demand => {
  const { electorates } = world.facts
  const of = Object.hasOwn(electorates, electorate) ? (electorates[electorate] ?? null) : null
  return { pool: 'elector', id: electorate, ofClass: null, count, of }
}
/** A demand for holders of an office. */
export const officers = (world: World, office: string, count: number): Demand => {
  const of = provision(world.rulebook, 'office', office)?.rule.holders ?? null
  return { pool: 'office', id: office, ofClass: null, count, of }
}
