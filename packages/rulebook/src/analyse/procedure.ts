import type { Instant } from '@quorate/kernel'
import { holdersNeeded } from '../actors.ts'
import { after } from '../calendar.ts'
import type { Actor, Duration, Moment, Threshold } from '../language/expression.ts'
import { neededFor } from '../measure.ts'
import { cite, provision, type Provision } from '../language/model.ts'
import type { Stage, StageOf } from '../schema/stages.ts'
import { certifiedBy, openingByDefault, receivedAt } from '../decision/deadline.ts'
import { goodOutcome, targetOf } from '../decision/plan.ts'
import type { Demand, Purpose, Step, StepActor, TakenForGranted } from './answer.ts'
import { at as momentAt, datesFrom, noDates, type Dates } from './dates.ts'
import { bodyCarries, costOf, granting, officerActs, withStep, type Plan, type Prepared } from './plan.ts'
import { carriesBallot, quorumOf } from './votes.ts'
import { bodyIn, electors, seats, sizeOf, spread, takenFor, type World } from './world.ts'
import { prune } from './pareto.ts'

/** A procedure being planned through. */
export type Course = {
  readonly world: World
  readonly prepared: Prepared
  readonly power: string
  readonly procedure: Provision<'procedure'>
  readonly purpose: Purpose
  /** How many plans to keep at each stage. */
  readonly labels: number
}

/** A plan inside a procedure: when each stage ended, who proposed, and which dates it waits for. */
type Progress = {
  readonly plan: Plan
  readonly ends: ReadonlyMap<string, Instant>
  readonly proposer: Actor | null
  /** Dates from outside that its rules count from. */
  readonly dates: Dates
}
/** Where a stage may lead. All of `outcomes` may be forced by opponents: a way must be open behind each. */
type Branch = { readonly outcomes: readonly { readonly outcome: string; readonly progress: Progress }[] }

/** Ways through a whole procedure from where a plan stands, none better than another in every respect. */
export function throughProcedure(course: Course, plan: Plan): readonly Plan[] {
  const { world, procedure } = course
  const first = procedure.rule.stages[0]
  if (first === undefined) return []
  const begun = granting(plan, takenFor(world, procedure))
  return follow(course, first, { plan: begun, ends: new Map(), proposer: null, dates: noDates }, [])
}

function follow(course: Course, stage: Stage, at: Progress, passed: readonly string[]): readonly Plan[] {
  const { world, labels, procedure } = course
  if (passed.includes(stage.id)) return []
  const { stages } = procedure.rule
  const found = branches(course, stage, at).flatMap((branch) => {
    const ways = branch.outcomes.map(({ outcome, progress }) => {
      const next = targetOf(stages, stage, outcome)
      if (next === 'fallen') return []
      const ended = withCompanions(course, stage, at, progress)
      const target = stages.find((s) => s.id === next)
      return target === undefined || stage.do === 'enact' ? [ended.plan] : follow(course, target, ended, [...passed, stage.id])
    })
    return everyOne(world, ways, labels)
  })
  return prune(world, found, labels)
}

/** One plan for each way of meeting all that opponents may force: all the people of all of them, and the longest of their courses. */
function everyOne(world: World, ways: readonly (readonly Plan[])[], labels: number): readonly Plan[] {
  return ways.reduce<readonly Plan[]>((some, more, i) => {
    if (i === 0) return more
    const both = some.flatMap((a) => more.map((b) => harder(world, a, b)))
    return prune(world, both, labels)
  }, [])
}

function harder(world: World, a: Plan, b: Plan): Plan {
  const [x, y] = [costOf(world, a), costOf(world, b)]
  const [main, other] = x.people > y.people || (x.people === y.people && x.elapsedMs >= y.elapsedMs) ? [a, b] : [b, a]
  const needs = new Map(main.needs)
  for (const [key, demand] of other.needs) if ((needs.get(key)?.count ?? 0) < demand.count) needs.set(key, demand)
  return { ...granting(main, other.taken, other.assumes), needs, at: main.at > other.at ? main.at : other.at }
}

/** Stages that run beside the one that ended; the next begins when all are over. */
function withCompanions(course: Course, head: Stage, before: Progress, done: Progress): Progress {
  const { stages } = course.procedure.rule
  const ends = new Map(done.ends)
  let { plan } = done
  const started = before.plan.at
  const headEnd = plan.at
  const from = head.do === 'notify' ? receivedAt(course.world.rulebook, head, started, []) : started
  for (const stage of stages.filter((s) => s.with === head.id)) {
    const until = stage.do === 'debate' || stage.do === 'delay' ? after(from, stage.lasts, course.world.reckoning) : from
    plan = withStep(plan, passing(course, stage, 'done'), until, from)
    ends.set(stage.id, until)
  }
  ends.set(head.id, headEnd)
  return { ...done, plan, ends }
}

const passing = (
  course: Course,
  stage: Stage,
  outcome: string,
  actor: StepActor = { kind: 'time' },
): Omit<Step, 'startsAt' | 'endsAt'> => ({
  actor,
  act: { kind: 'stage', do: stage.do, stage: stage.id, procedure: course.procedure.rule.id, outcome },
  purpose: course.purpose,
  clause: cite(course.world.rulebook, course.procedure.clause),
  needs: [],
  votes: null,
})

/** How long a stage lasts at the longest; null where it has no limit of its own. */
function limitOf(stage: Stage): Duration | null {
  switch (stage.do) {
    case 'support':
    case 'nominate':
      return stage.window
    case 'check':
    case 'consider':
    case 'meeting':
    case 'hustings':
    case 'certify':
    case 'challenge':
      return stage.within
    case 'debate':
    case 'delay':
      return stage.lasts
    default:
      return null
  }
}

const deadlineOf = (stage: Stage, from: Instant, reckoning: World['reckoning']): Instant | null => {
  const limit = limitOf(stage)
  return limit === null ? null : after(from, limit, reckoning)
}

const sameActor = (a: Actor, b: Actor | null): boolean => b !== null && JSON.stringify(a) === JSON.stringify(b)

/** What a stage may lead to. A later stage that waits for a fact is left out where nobody has shown it: the attempt need not. */
function branches(course: Course, stage: Stage, begun: Progress): readonly Branch[] {
  const attested = whenAttested(course, stage)
  const entered = attested === null ? [] : within(course, stage, { ...begun, plan: granting(begun.plan, [], attested) })
  if (stage.do === 'propose' || stage.when?.kind !== 'fact <fact>') return entered
  return [{ outcomes: [{ outcome: goodOutcome(stage), progress: begun }] }, ...entered]
}

/** What a stage that is entered may lead to, each with what it takes. One case per kind of stage: a table. */
function within(course: Course, stage: Stage, at: Progress): readonly Branch[] {
  const one = (then: Plan | null, outcome: string): readonly Branch[] =>
    then === null ? [] : [{ outcomes: [{ outcome, progress: { ...at, plan: then } }] }]
  const { world } = course
  const { plan } = at
  if (stage.skipIf?.some((actor) => sameActor(actor, at.proposer)) === true) return one(plan, goodOutcome(stage))
  const deadline = deadlineOf(stage, plan.at, world.reckoning)
  switch (stage.do) {
    case 'propose':
      return stage.by.flatMap((actor) => {
        const proposed = proposes(course, actor, plan)
        return proposed === null
          ? []
          : [
              {
                outcomes: [
                  {
                    outcome: 'done',
                    progress: { ...at, plan: proposed, proposer: actor, dates: datesFrom(world, course.procedure, proposed.at) },
                  },
                ],
              },
            ]
      })
    case 'support':
      return one(supports(course, stage, stage.signers.electorate, stage.need, plan), 'met')
    case 'check':
      return one(checks(course, stage, plan), 'passed')
    case 'notify': {
      const received = receivedAt(world.rulebook, stage, plan.at, [])
      const until = stage.clear === null ? received : after(received, stage.clear, world.reckoning)
      return one(withStep(plan, passing(course, stage, 'done', { kind: 'rule' }), until), 'done')
    }
    case 'consider':
    case 'meeting':
      return considers(course, stage, at)
    case 'nominate':
      return one(
        withStep(
          plan,
          { ...passing(course, stage, 'contested'), needs: nominators(course, stage) },
          stage.window === null ? later(plan.at, dated(course, at, stage.closes)) : after(plan.at, stage.window, world.reckoning),
        ),
        'contested',
      )
    case 'ballot':
      return one(votes(course, stage, at), 'carried')
    case 'certify':
      return one(certifies(course, stage, plan), 'certified')
    case 'freeze':
      return one(withStep(plan, passing(course, stage, 'done', { kind: 'rule' })), 'done')
    case 'enact':
      return one(enacts(course, stage, at), 'done')
    default:
      return one(withStep(plan, passing(course, stage, 'done'), deadline ?? plan.at), 'done')
  }
}

/** What somebody must attest before a stage can begin; null where nobody would. */
function whenAttested(course: Course, stage: Stage): readonly TakenForGranted[] | null {
  if (stage.when?.kind !== 'fact <fact>') return []
  const { world } = course
  const { fact } = stage.when
  const found = provision(world.rulebook, 'fact', fact)
  const open = takenFor(world, found).some((t) => t.field === 'attested-by')
  const by = open ? [] : (found?.rule.attestedBy ?? [])
  const clause = cite(world.rulebook, course.procedure.clause)
  return world.facts.attestors === 'unwilling' ? null : [{ kind: 'attested', what: fact, by, clause }]
}

function proposes(course: Course, actor: Actor, plan: Plan): Plan | null {
  const { world, power, procedure, purpose, prepared } = course
  const act: Step['act'] = { kind: 'propose', power, procedure: procedure.rule.id }
  const clause = cite(world.rulebook, procedure.clause)
  const what = { act, purpose, clause }
  const by = (who: StepActor, needs: readonly Demand[]): Plan => withStep(plan, { actor: who, ...what, needs, votes: null })
  switch (actor.kind) {
    case 'rule':
      return by({ kind: 'rule' }, [])
    case 'electorate':
      return by({ kind: 'electorate', id: actor.id, inAttempt: true }, [electors(world, actor.id, 1)])
    case 'people':
      return by({ kind: 'electorate', id: actor.electorate, inAttempt: true }, [electors(world, actor.electorate, actor.count)])
    case 'seat on':
      if (world.facts.without.includes(actor.body)) return null
      return by({ kind: 'body', id: actor.body, inAttempt: true }, [seats(world, actor.body, 1)])
    case 'named':
      return provision(world.rulebook, 'body', actor.id) !== null
        ? bodyCarries(world, prepared, plan, actor.id, null, what)
        : officerActs(world, prepared, plan, actor.id, 1, what)
  }
}

/** People who must sign: with opponents off the roll a share of it is a share of those who are left. */
export function signersNeeded(world: World, need: Threshold, shrunk: ReadonlySet<string>): number | null {
  const whole = neededFor(need, (base) => (base.kind === 'electorate' ? sizeOf(world, base.id) : null))
  if (whole === null || shrunk.size === 0) return whole
  return neededFor(need, (base) => (base.kind === 'electorate' ? (shrunk.has(base.id) ? 0 : sizeOf(world, base.id)) : null))
}

function supports(course: Course, stage: Stage, electorate: string, need: Threshold, plan: Plan): Plan | null {
  const { world, prepared } = course
  const needed = signersNeeded(world, need, prepared.shrunk)
  const size = sizeOf(world, electorate)
  if (needed === null || (size !== null && needed > size)) return null
  const step = passing(course, stage, 'met', { kind: 'electorate', id: electorate, inAttempt: true })
  return withStep(plan, { ...step, needs: [electors(world, electorate, Math.max(1, needed))] })
}

/** People who sign for the one of the attempt who stands, where that takes signatures. */
function nominators({ world, prepared }: Course, { signers, need }: StageOf<'nominate'>): readonly Demand[] {
  const needed = signers === null || need === null ? null : signersNeeded(world, need, prepared.shrunk)
  return signers === null || needed === null ? [] : [electors(world, signers.electorate, Math.max(1, needed))]
}

/** Officers who do their duty pass what has no ground against it; hostile ones must be of the attempt, unless silence passes it. */
function checks(course: Course, stage: StageOf<'check'>, plan: Plan): Plan {
  const { world } = course
  const [actor] = stage.by
  const office = actor.kind === 'named' ? actor.id : ''
  const who: StepActor = { kind: 'office', id: office, inAttempt: world.facts.officers === 'hostile' }
  const step = passing(course, stage, 'passed', who)
  if (world.facts.officers === 'hostile') {
    const of = provision(world.rulebook, 'office', office)?.rule.holders ?? null
    const needs: readonly Demand[] = [
      { pool: 'office', id: office, ofClass: null, count: of ?? holdersNeeded(world.rulebook, office, 'check'), of },
    ]
    return withStep(plan, { ...step, needs })
  }
  const clause = cite(world.rulebook, course.procedure.clause)
  return granting(withStep(plan, step), [], [{ kind: 'dutiful', office, clause }])
}

/** A body answers: the attempt carries it there, or its opponents answer as they like, at the last moment. */
function considers(course: Course, stage: StageOf<'consider'> | StageOf<'meeting'>, at: Progress): readonly Branch[] {
  const { world, prepared } = course
  const { plan } = at
  const step = passing(course, stage, 'agreed')
  const met = stage.do === 'meeting' ? calledMeeting(course, stage, plan) : plan
  const agreed = bodyCarries(world, prepared, met, stage.body, stage.pass, {
    act: step.act,
    purpose: step.purpose,
    clause: step.clause,
  })
  const own: readonly Branch[] = agreed === null ? [] : [{ outcomes: [{ outcome: 'agreed', progress: { ...at, plan: agreed } }] }]
  const deadline = deadlineOf(stage, plan.at, world.reckoning) ?? plan.at
  const actor: StepActor = { kind: 'body', id: stage.body, inAttempt: false }
  const forced = [...new Set(['refused', stage.timeout === 'signers may call it' ? 'refused' : stage.timeout])].map(
    (outcome) => ({
      outcome,
      progress: { ...at, plan: withStep(plan, passing(course, stage, outcome, actor), deadline) },
    }),
  )
  return [...own, ...stayingAway(course, stage, at, deadline), { outcomes: forced }]
}

/** A meeting of a stage is called for that stage, with a notice of its own and no other. */
function calledMeeting(course: Course, stage: StageOf<'meeting'>, plan: Plan): Plan {
  if (stage.notice === null || stage.calledBy === null) return plan
  const actor: StepActor = { kind: 'body', id: stage.body, inAttempt: true }
  const call: Step['act'] = { kind: 'call-meeting', body: stage.body }
  const until = after(plan.at, stage.notice, course.world.reckoning)
  return withStep(plan, { ...passing(course, stage, 'agreed', actor), act: call }, until)
}

/** So many of the attempt stay away that those who would refuse are no quorum: then the time runs out, and what that means is the answer. */
function stayingAway(
  course: Course,
  stage: StageOf<'consider'> | StageOf<'meeting'>,
  at: Progress,
  deadline: Instant,
): readonly Branch[] {
  const { world } = course
  const body = bodyIn(world, stage.body)
  if (stage.timeout !== 'agreed' || body === null || world.facts.without.includes(stage.body)) return []
  // Of a body that opponents can be put off, as many as are needed are gone; one that never has a quorum needs nobody.
  const own = course.prepared.cleared.has(stage.body) ? 0 : Math.max(0, body.seated - quorumOf(body) + 1)
  if (own > body.seated) return []
  const actor: StepActor = { kind: 'body', id: stage.body, inAttempt: false }
  const step = {
    ...passing(course, stage, 'agreed', actor),
    needs: own === 0 ? [] : [seats(world, stage.body, spread(world, body, own))],
  }
  return [{ outcomes: [{ outcome: 'agreed', progress: { ...at, plan: withStep(at.plan, step, deadline) } }] }]
}

/** The electorate whose roll a ballot is held on. */
export function electorateOf(procedure: Provision<'procedure'>, stage: StageOf<'ballot'>): string {
  const freeze = procedure.rule.stages.find((s) => s.id === stage.roll)
  return freeze?.do === 'freeze' ? freeze.electorate : stage.roll
}

function votes(course: Course, stage: StageOf<'ballot'>, at: Progress): Plan | null {
  const { world, prepared, procedure } = course
  const electorate = electorateOf(procedure, stage)
  const size = sizeOf(world, electorate)
  if (size === null) return null
  const carries = carriesBallot({
    stage,
    electorate,
    size,
    turnout: world.facts.turnout,
    shrunkTo: prepared.shrunk.has(electorate) ? (at.plan.needs.get(`elector ${electorate}`)?.count ?? 0) : null,
    sizeOf: (id) => sizeOf(world, id),
  })
  if (carries === null) return null
  const waits = (stage.opens ?? []).flatMap((o) => at.ends.get(o.stage) ?? [])
  const ready = waits.reduce<Instant>((a, b) => (b > a ? b : a), at.plan.at)
  const opens = world.facts.officers === 'hostile' ? openingByDefault(stage, ready, world.reckoning) : ready
  const closes = dated(course, at, stage.closes)
  if (closes !== null && closes <= opens) return null
  const step = passing(course, stage, 'carried', { kind: 'electorate', id: electorate, inAttempt: true })
  const vote = { for: carries.inFavour, against: carries.against, of: carries.of }
  const counted: readonly TakenForGranted[] =
    stage.method === 'yes-no' ? [] : [{ kind: 'more-votes-win', clause: cite(world.rulebook, procedure.clause) }]
  const voted = withStep(
    { ...at.plan, at: opens },
    { ...step, needs: [electors(world, electorate, carries.inFavour)], votes: vote },
    stage.period === null ? (closes ?? opens) : after(opens, stage.period, world.reckoning),
  )
  return granting(voted, [], counted)
}

function certifies(course: Course, stage: StageOf<'certify'>, plan: Plan): Plan {
  const { world } = course
  const [actor] = stage.by
  const office = actor.kind === 'named' ? actor.id : ''
  const who: StepActor = { kind: 'office', id: office, inAttempt: false }
  if (world.facts.officers === 'hostile')
    return withStep(plan, passing(course, stage, 'certified'), certifiedBy(stage, plan.at, world.reckoning))
  const clause = cite(world.rulebook, course.procedure.clause)
  return granting(withStep(plan, passing(course, stage, 'certified', who)), [], [{ kind: 'dutiful', office, clause }])
}

const later = (at: Instant, date: Instant | null): Instant => (date !== null && date > at ? date : at)

/** A moment of the rules at this point of a plan; null where they say none, or it cannot be told. */
const dated = ({ world }: Course, { dates, ends }: Progress, moment: Moment | null): Instant | null =>
  moment === null ? null : momentAt(world, moment, dates, ends)

/** What takes effect at the end of an appeal waits for the time in which one may be made. */
function enacts(course: Course, stage: StageOf<'enact'>, at: Progress): Plan {
  const { world } = course
  const end = stage.at.kind === 'end of <stage>' && !at.ends.has(stage.at.stage) ? stage.at.stage : ''
  const appeal = provision(world.rulebook, 'appeal', end)
  const date = stage.at.kind === 'end of <stage>' ? (at.dates.get(stage.at.stage) ?? null) : dated(course, at, stage.at.moment)
  const until = appeal === null ? later(at.plan.at, date) : after(at.plan.at, appeal.rule.within, world.reckoning)
  return withStep(at.plan, passing(course, stage, 'done', { kind: 'rule' }), until)
}
