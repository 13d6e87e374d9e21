import type { Instant } from '@quorate/kernel'
import { after } from '../calendar.ts'
import type { Condition } from '../expression.ts'
import { cite, provision, provisionsOf } from '../model.ts'
import type { Stage } from '../schema/stages.ts'
import type { Step, Stopper } from './answer.ts'
import type { Plan } from './plan.ts'
import { electorateOf } from './procedure.ts'
import { defeatsBallot, defeatsInBody, vetoesInBody } from './votes.ts'
import { asTaken, bodyIn, sizeOf, type World } from './world.ts'

type Found = Omit<Stopper, 'step'>

/** Who can stop a plan, how many it takes, under which clause and until when; in the order of the steps they stop. */
export function stoppersOf(world: World, plan: Plan): readonly Stopper[] {
  const read = asTaken(world, plan.taken)
  const found = plan.steps.flatMap((step, i) => ofStep(read, step).map((s): Stopper => ({ ...s, step: i })))
  return [...found, ...byOrder(read, plan)]
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
  const count = defeatsBallot(stage, electorate, step.votes, (id) => sizeOf(world, id))
  if (count === null) return []
  return [
    {
      how: 'vote-against',
      who: { pool: 'elector', id: electorate, ofClass: null },
      count,
      decidedBy: null,
      clause: step.clause,
      until: step.endsAt,
    },
  ]
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
