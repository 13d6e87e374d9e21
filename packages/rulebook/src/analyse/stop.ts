import { instant, type Instant } from '@quorate/kernel'
import { after } from '../calendar.ts'
import type { Condition } from '../language/expression.ts'
import { cite, provision, provisionsOf } from '../language/model.ts'
import type { Stage } from '../schema/stages.ts'
import type { Step, Stopper } from './answer.ts'
import { prune } from './pareto.ts'
import { begin, unprepared, type Plan } from './plan.ts'
import { electorateOf } from './procedure.ts'
import { routesIn, take } from './routes.ts'
import { defeatsBallot, defeatsInBody, vetoesInBody } from './votes.ts'
import { asTaken, bodyIn, sizeOf, type World } from './world.ts'

type Found = Omit<Stopper, 'step'>

/** Who can stop a plan, how many it takes, under which clause and until when; in the order of the steps they stop. */
export function stoppersOf(world: World, plan: Plan): readonly Stopper[] {
  const read = asTaken(world, plan.taken)
  const found = plan.steps.flatMap((step, i) => ofStep(read, step).map((s): Stopper => ({ ...s, step: i })))
  return [...found, ...byRuleChange(read, plan), ...byOrder(read, plan)]
}

function stageOf(world: World, step: Step): Stage | null {
  if (step.act.kind !== 'stage') return null
  const { stage, procedure } = step.act
  return provision(world.rulebook, 'procedure', procedure)?.rule.stages.find((s) => s.id === stage) ?? null
}

function ofStep(world: World, step: Step): readonly Found[] {
  const stage = stageOf(world, step)
  if (step.act.kind === 'exercise' || step.act.kind === 'propose') return [...inBody(world, step, null), ...appealed(world, step)]
  switch (stage?.do) {
    case 'consider':
    case 'meeting':
      return step.actor.kind === 'body' && step.actor.inAttempt
        ? [...inBody(world, step, stage.pass), ...appealTo(world, step, stage.do === 'consider' ? stage.appeal : null)]
        : []
    case 'check':
      return step.actor.kind === 'office' && !step.actor.inAttempt
        ? [
            {
              how: 'refuse-check',
              who: { pool: 'office', id: step.actor.id, ofClass: null },
              count: 1,
              decidedBy: null,
              clause: step.clause,
              until: after(step.startsAt, stage.within, world.reckoning),
            },
          ]
        : []
    case 'ballot':
      return inBallot(world, step, stage)
    case 'challenge':
      return stage.by.flatMap((actor): readonly Found[] =>
        actor.kind === 'electorate'
          ? [
              {
                how: 'challenge',
                who: { pool: 'elector', id: actor.id, ofClass: null },
                count: 1,
                decidedBy: stage.to,
                clause: step.clause,
                until: step.endsAt,
              },
            ]
          : [],
      )
    default:
      return []
  }
}

function inBallot(world: World, step: Step, stage: Extract<Stage, { readonly do: 'ballot' }>): readonly Found[] {
  const procedure = step.act.kind === 'stage' ? provision(world.rulebook, 'procedure', step.act.procedure) : null
  if (procedure === null || step.votes === null) return []
  const electorate = electorateOf(procedure, stage)
  const { against, away } = defeatsBallot(stage, electorate, step.votes, (id) => sizeOf(world, id))
  const who = { pool: 'elector', id: electorate, ofClass: null } as const
  const say = (how: Found['how'], count: number | null): readonly Found[] =>
    count === null ? [] : [{ how, who, count, decidedBy: null, clause: step.clause, until: step.endsAt }]
  return [...say('vote-against', against), ...say('deny-turnout', away)]
}

/** Holders of seats outside the attempt: enough of them vote no, stay away, or withhold the votes of a class. */
function inBody(world: World, step: Step, pass: readonly Condition[] | null): readonly Found[] {
  if (step.actor.kind !== 'body' || !step.actor.inAttempt || step.votes === null) return []
  const { id } = step.actor
  const found = provision(world.rulebook, 'body', id)
  const plain = bodyIn(world, id)
  if (found === null || plain === null) return []
  const granted = provisionsOf(world.rulebook, 'power').find(
    (p) => step.act.kind === 'exercise' && cite(world.rulebook, p.clause) === step.clause,
  )
  const conditions = pass ?? granted?.rule.pass ?? found.rule.decides.pass
  const body = { ...plain, seated: step.votes.of }
  const clause = cite(world.rulebook, found.clause)
  const until = step.endsAt
  const say = (how: Found['how'], count: number | null, ofClass: string | null = null): readonly Found[] =>
    count === null ? [] : [{ how, who: { pool: 'seat', id, ofClass }, count, decidedBy: null, clause, until }]
  const { against, quorum } = defeatsInBody(body, conditions, step.votes.for)
  const vetoes = vetoesInBody(body, conditions)
  return [
    ...say('vote-in-body', against),
    ...say('deny-quorum', quorum),
    ...vetoes.flatMap((v) => say('veto-of-class', v.count, v.ofClass)),
  ]
}

/** An appeal against the use of a power of one's own stops it where the rule stays what is appealed. */
function appealed(world: World, step: Step): readonly Found[] {
  const granted = provisionsOf(world.rulebook, 'power').find(
    (p) => step.act.kind === 'exercise' && cite(world.rulebook, p.clause) === step.clause,
  )
  return appealTo(world, step, granted?.rule.appeal ?? null)
}

function appealTo(world: World, step: Step, name: string | null): readonly Found[] {
  const found = name === null ? null : provision(world.rulebook, 'appeal', name)
  if (found === null) return []
  const until = after(step.endsAt, found.rule.within, world.reckoning)
  const [electorate] = provisionsOf(world.rulebook, 'electorate')
  return [
    {
      how: 'appeal',
      who: { pool: 'elector', id: electorate?.rule.id ?? '', ofClass: null },
      count: 1,
      decidedBy: found.rule.to.body,
      clause: cite(world.rulebook, found.clause),
      until,
    },
  ]
}

/**
 * Others who change the rules before the plan takes effect: as many as that takes, if they begin soon enough after it could be seen. A
 * change of rules ends no sooner for being begun later, so the last moment to begin is found by halving.
 */
function byRuleChange(world: World, plan: Plan): readonly Stopper[] {
  const { seenAt } = plan
  if (seenAt === null || seenAt >= plan.at) return []
  const change = (from: Instant): Plan | null => {
    const plans = routesIn(world)
      .filter((r) => r.goal.power === 'amend-rulebook')
      .flatMap((r) => take(world, r, unprepared, begin(from), { kind: 'goal' }, 4))
      .filter((p) => p.at < plan.at && p.needs.size > 0)
    return prune(world, plans, 1)[0] ?? null
  }
  const counter = change(seenAt)
  const main = counter === null ? undefined : [...counter.needs.values()].toSorted((a, b) => b.count - a.count)[0]
  const clause = counter?.steps.findLast((s) => s.purpose.kind === 'goal')?.clause
  if (counter === null || main === undefined || main.pool === 'newcomer' || clause === undefined) return []
  let [inTime, late] = [seenAt, plan.at]
  while (late - inTime > hour) {
    const middle = instant(Math.floor((inTime + late) / 2))
    if (change(middle) === null) late = middle
    else inTime = middle
  }
  const who = { pool: main.pool, id: main.id, ofClass: main.ofClass }
  return [{ how: 'propose-against', who, count: main.count, decidedBy: null, clause, until: inTime, step: plan.steps.length - 1 }]
}
// Nobody plans a change of rules to the minute.
const hour = 3_600_000

function byOrder(world: World, plan: Plan): readonly Stopper[] {
  const last = plan.steps.length - 1
  const until: Instant | null = null
  return provisionsOf(world.rulebook, 'order').flatMap(({ clause, rule }) =>
    rule.may.includes('stay') || rule.may.includes('quash')
      ? rule.from.map((court): Stopper => ({
          how: 'order',
          who: { pool: 'court', id: court, ofClass: null },
          count: 1,
          decidedBy: null,
          clause: cite(world.rulebook, clause),
          until,
          step: last,
        }))
      : [],
  )
}
