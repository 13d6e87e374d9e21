import { instant, type Instant } from '@quorate/kernel'
import type { Act, ActBody, Capacity, Change, DecisionId, Fact } from '../act.ts'
import { capacityOf as actingAs, holdersNeeded } from '../actors.ts'
import type { Actor } from '../language/expression.ts'
import { decide } from '../decide.ts'
import { provision, provisionsOf } from '../language/model.ts'
import { tierOf } from '../decision/change-reasons.ts'
import { evolve } from '../evolve.ts'
import { seatKey, type Place } from '../movement/seat.ts'
import { emptyState, type Editions } from '../state.ts'
import { movementDecision } from '../terms.ts'
import type { Replay, Step } from './answer.ts'
import type { Plan } from './plan.ts'
import { person, print, type Playing } from './playing.ts'
import { emergencyDeclared } from './replay-emergency.ts'
import { factsFor } from './replay-facts.ts'
import { nominated } from './replay-nominations.ts'
import type { Goal } from './routes.ts'
import { asTaken, bodyIn, type World } from './world.ts'

/**
 * Carries a plan out through `decide`, act by act, with the facts it takes for granted. Of many equal acts (signatures, ballots) the first and
 * the last are judged and the others recorded like the first: the rules judge them alike.
 */
export function replay(world: World, goal: Goal, plan: Plan): Replay {
  const read = onlyItsWay(asTaken(world, plan.taken), plan)
  const { rulebook, facts } = read
  const editions: Editions = { byNumber: new Map([[rulebook.edition, rulebook]]), inForce: rulebook.edition }
  const p: Playing = {
    world: read,
    plan,
    goal,
    editions,
    state: emptyState,
    now: facts.from,
    decision: 0,
    power: goal.power,
    acts: 0,
    votes: null,
    refused: null,
  }
  for (const [i, step] of plan.steps.entries()) {
    play(p, step)
    if (p.refused !== null) return { kind: 'refused', step: i, reasons: p.refused }
  }
  return { kind: 'permitted', acts: p.acts }
}

/** A proposal names no procedure: where a power has several, the rulebook of a replay has only those that the plan takes. */
function onlyItsWay(world: World, plan: Plan): World {
  const used = new Set(plan.steps.flatMap((s) => (s.act.kind === 'propose' ? [s.act.procedure] : [])))
  const provisions = world.rulebook.provisions.map((p) => {
    if (p.rule.kind !== 'power' || p.rule.via === null) return p
    const via = p.rule.via.filter((id) => used.has(id))
    return via.length === 0 ? p : { ...p, rule: { ...p.rule, via } }
  })
  return { ...world, rulebook: { ...world.rulebook, provisions } }
}

function play(p: Playing, step: Step): void {
  const { act } = step
  const end = step.endsAt > p.now ? step.endsAt : p.now
  if (act.kind === 'exercise' && act.power === 'emergency-measure') emergencyDeclared(p, step, () => factsFor(p, step))
  else if (act.kind === 'exercise') {
    p.decision += 1
    p.now = end
    const vote = { for: step.votes?.for ?? 0, against: step.votes?.against ?? 0 }
    attempt(p, step, capacityOf(step), 1, { kind: 'exercise', power: act.power, document: print(1), effectAt: end, vote })
  } else if (act.kind === 'propose') {
    p.decision += 1
    p.now = end
    p.power = act.power
    const changes = act.power === 'amend-rulebook' ? changeIn(p) : []
    attempt(p, step, capacityOf(step), 1, {
      kind: 'propose',
      power: act.power,
      form: formOf(p, act.procedure),
      document: print(1),
      changes,
    })
  } else if (act.kind === 'win-election') won(p, step, act, end)
  else if (act.kind === 'stage') stage(p, step, act, end)
  // A meeting called is no act of the engine's; after a rewriting the rules are what the attempt made them.
}

/** The form in which a procedure takes proposals. */
function formOf(p: Playing, procedure: string): 'diff' | 'text' {
  const [first] = provision(p.world.rulebook, 'procedure', procedure)?.rule.stages ?? []
  return first?.do === 'propose' && first.form === 'text' ? 'text' : 'diff'
}

/** The change that a replayed proposal makes: a line more in a clause of the tier. */
function changeIn(p: Playing): readonly Change[] {
  const { rulebook } = p.world
  const rewriting = p.plan.steps.flatMap((s) => (s.purpose.kind === 'rewrite' ? [s.purpose.tier] : []))[0]
  const tier = rewriting ?? p.goal.tier
  const touched = rulebook.document.clauses.find((c) => tier === null || tierOf(rulebook, c.id)?.rule.id === tier)
  return touched === undefined ? [] : [{ clause: touched.id, before: touched.fingerprint, after: print(2) }]
}

function capacityOf(step: Step): Capacity {
  const { actor } = step
  if (actor.kind === 'rule' || actor.kind === 'time') return 'rule'
  // One who sits on a body proposes alone; a body acts by its vote.
  const alone = actor.kind === 'body' && step.act.kind === 'propose' && step.votes === null
  return alone ? `seat ${actor.id}` : `${actor.kind} ${actor.id}`
}

type StageAct = Extract<Step['act'], { readonly kind: 'stage' }>

/** Those elected take their seats, one after another, each on its count; a rulebook of a replay begins with every seat empty, as after a term. */
function won(p: Playing, step: Step, act: Extract<Step['act'], { readonly kind: 'win-election' }>, end: Instant): void {
  p.now = end
  const seat = act.of === 'office' ? '' : electedSeat(p, act.id)
  let state = emptyState
  for (let number = 1; number <= act.seats && p.refused === null; number++) {
    const place: Place = { of: act.of, id: act.id, group: null, seat, number }
    const elected: Fact = {
      name: 'elected',
      of: seatKey(place),
      value: { person: person(number) },
      at: p.now,
      knownAt: p.now,
      source: 'tally',
      evidence: print(7),
    }
    const does = { kind: 'fill-seat', place, person: person(number), how: 'elected', under: { kind: 'own' } } as const
    const head = { decision: movementDecision, by: 'rule', as: 'rule', occurredAt: p.now, recordedAt: p.now } as const
    const answer = decide(p.editions, state, [elected], { ...head, kind: 'movement', does })
    p.acts += 1
    if (answer.kind === 'refusal') p.refused = (answer.routes.find((r) => r.clause === step.clause) ?? answer.routes[0]).reasons
    else state = [...answer.deemed, ...answer.events].reduce(evolve, state)
  }
}

/** The class of seats that is elected, the largest first. */
const electedSeat = (p: Playing, body: string): string =>
  (provision(p.world.rulebook, 'body', body)?.rule.seats ?? [])
    .filter((seat) => seat.by?.kind === 'election of <electorate>')
    .toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0))[0]?.id ?? ''

/** One case per kind of stage: a table. */
function stage(p: Playing, step: Step, act: StageAct, end: Instant): void {
  const begins = step.startsAt > p.now ? step.startsAt : p.now
  const [as, count] = [capacityOf(step), step.needs[0]?.count ?? 1]
  switch (act.do) {
    case 'support':
      p.now = end
      return many(p, step, as, count, { kind: 'sign' })
    case 'check':
      p.now = end
      return byOfficers(p, step, 'check', { kind: 'check', outcome: 'passed', ground: null })
    case 'notify':
      p.now = begins
      return attempt(p, step, 'rule', 0, { kind: 'notify' })
    case 'consider':
    case 'meeting':
      return considered(p, step, act, end)
    case 'nominate': {
      p.now = begins
      const found = provision(p.world.rulebook, 'procedure', act.procedure)?.rule.stages.find((s) => s.id === act.stage)
      if (found?.do === 'nominate')
        nominated(p, found, (by, who, body, ...more) => {
          attempt(p, step, by, who, body, more)
        })
      p.now = end
      return
    }
    case 'freeze':
      p.now = end
      return attempt(p, step, 'rule', 0, { kind: 'freeze' })
    case 'ballot':
      return balloted(p, step, act, begins, end)
    case 'certify':
      p.now = end
      return step.actor.kind === 'office' ? byOfficers(p, step, 'certify', { kind: 'certify' }) : undefined
    case 'enact':
      p.now = end
      return attempt(p, step, 'rule', 0, { kind: 'enact', text: p.power === 'amend-rulebook' ? print(3) : print(1) })
    default:
      p.now = end
  }
}

/** A body of the attempt agrees; one that is not refuses a millisecond before its time is over, or lets it pass. */
function considered(p: Playing, step: Step, act: StageAct, end: Instant): void {
  const [procedure] = provisionsOf(p.world.rulebook, 'procedure').filter((q) => q.rule.id === act.procedure)
  const found = procedure?.rule.stages.find((s) => s.id === act.stage)
  if (found?.do !== 'consider' && found?.do !== 'meeting') return
  if (found.do === 'meeting' && found.calledBy !== null) convene(p, step, found.body, found.calledBy[0], end)
  if (p.refused !== null) return
  if (step.actor.kind === 'body' && step.actor.inAttempt) {
    p.now = end
    attempt(p, step, capacityOf(step), 1, { kind: 'consider', outcome: 'agreed' })
  } else if (act.outcome === 'refused' && found.timeout !== 'refused') {
    p.now = instant(Math.max(step.startsAt, end - 1))
    attempt(p, step, `body ${found.body}`, 1, { kind: 'consider', outcome: 'refused' })
  } else p.now = end
}

/** The meeting of a stage is called when the plan calls it, for the instant at which it decides. */
function convene(p: Playing, step: Step, body: string, caller: Actor, heldAt: Instant): void {
  const as = actingAs(p.world.rulebook, caller)
  const own = p.plan.steps.slice(0, p.plan.steps.indexOf(step))
  const called = own.findLast((s) => s.act.kind === 'call-meeting' && s.act.body === body && s.endsAt === step.startsAt)
  const calledAt = called?.startsAt ?? step.startsAt
  p.now = calledAt > p.now ? calledAt : p.now
  if (as !== null) attempt(p, step, as, as === 'rule' ? 0 : 1, { kind: 'convene', heldAt })
}

function balloted(p: Playing, step: Step, act: StageAct, begins: Instant, end: Instant): void {
  const procedure = provision(p.world.rulebook, 'procedure', act.procedure)
  const found = procedure?.rule.stages.find((s) => s.id === act.stage)
  if (found?.do !== 'ballot' || step.votes === null) return
  p.votes = step.votes
  p.now = begins
  const [by] = found.timetable.by
  const as: Capacity = by.kind === 'named' ? `office ${by.id}` : 'rule'
  if (p.world.facts.officers === 'dutiful') attempt(p, step, as, 9_000_001, { kind: 'schedule', opensAt: begins })
  if (p.refused === null) attempt(p, step, 'rule', 0, { kind: 'open' })
  if (p.refused === null) many(p, step, capacityOf(step), step.votes.for + step.votes.against, { kind: 'cast', ballot: print(4) })
  p.now = end
  if (p.refused === null) attempt(p, step, 'rule', 0, { kind: 'declare' })
}

function byOfficers(p: Playing, step: Step, action: string, act: ActBody): void {
  const as = capacityOf(step)
  const office = as.startsWith('office ') ? as.slice('office '.length) : ''
  const body = bodyIn(p.world, office)
  if (body !== null) {
    // A body that checks does so by its vote.
    const value = { for: body.seated, against: 0, present: body.seated }
    const vote: Fact = { name: 'resolution', of: office, value, at: p.now, knownAt: p.now, source: 'attestation', evidence: null }
    return attempt(p, step, `body ${office}`, 1, act, [vote])
  }
  const needed = holdersNeeded(p.world.rulebook, office, action)
  for (let n = 1; n <= needed && p.refused === null; n++) attempt(p, step, as, 9_000_000 + n, act)
}

/** The first and the last of many equal acts are judged; those between are recorded like the first. */
function many(p: Playing, step: Step, as: Capacity, count: number, body: ActBody): void {
  const before = p.state
  attempt(p, step, as, 1, body)
  if (p.refused !== null || count <= 1) return
  const own = Object.values(p.state.decisions).find((d) => d.id === (p.decision as DecisionId))
  const first = lastEvents.get(p)
  if (own === undefined || first === undefined || own.ended !== null || before === p.state) return
  for (let n = 2; n < count; n++) p.state = evolve(p.state, { ...first, by: person(n) })
  p.acts += Math.max(0, count - 2)
  attempt(p, step, as, count, body)
}
const lastEvents = new WeakMap<Playing, Parameters<typeof evolve>[1]>()

function attempt(p: Playing, step: Step, as: Capacity, who: number, body: ActBody, more: readonly Fact[] = []): void {
  if (p.refused !== null) return
  const by = as === 'rule' ? ('rule' as const) : person(who)
  const act = { decision: p.decision as DecisionId, by, as, occurredAt: p.now, recordedAt: p.now, ...body } as Act
  const answer = decide(p.editions, p.state, [...factsFor(p, step), ...more], act)
  p.acts += 1
  if (answer.kind === 'refusal') {
    const own = answer.routes.find((r) => r.clause === step.clause) ?? answer.routes[0]
    p.refused = own.reasons
    return
  }
  p.state = [...answer.deemed, ...answer.events].reduce(evolve, p.state)
  const [first] = answer.events
  if (first !== undefined) lastEvents.set(p, first)
}
