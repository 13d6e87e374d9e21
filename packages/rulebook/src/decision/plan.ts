import { onlyProvision, provision, type Provision, type Rulebook } from '../language/model.ts'
import type { Stage } from '../schema/stages.ts'
import type { DecisionState, Editions, State } from '../state.ts'
import type { EditionNumber } from '../terms.ts'

/** A procedure made ready to be followed many times: its stages by id, in order, and which run beside which. */
export type Plan = {
  readonly stages: readonly Stage[]
  readonly byId: ReadonlyMap<string, Stage>
  /** Stages that run `with` a stage, by the id of that stage, in the order of the text. */
  readonly beside: ReadonlyMap<string, readonly Stage[]>
  /** The next stage in order that does not run beside another; absent after the last. */
  readonly next: ReadonlyMap<string, Stage>
}

const plans = new WeakMap<readonly Stage[], Plan>()
const alone: readonly Stage[] = []

/** The plan of a procedure, made once for as long as its edition is held. */
export function planOf(stages: readonly Stage[]): Plan {
  const known = plans.get(stages)
  if (known !== undefined) return known
  const beside = new Map<string, readonly Stage[]>()
  const next = new Map<string, Stage>()
  for (const [i, stage] of stages.entries()) {
    if (stage.with !== null) beside.set(stage.with, [...(beside.get(stage.with) ?? alone), stage])
    const follower = stages.slice(i + 1).find((s) => s.with === null)
    if (follower !== undefined) next.set(stage.id, follower)
  }
  const made: Plan = { stages, byId: new Map(stages.map((s) => [s.id, s])), beside, next }
  plans.set(stages, made)
  return made
}

/** The stages that run beside one. */
export const besideOf = (plan: Plan, stage: Stage): readonly Stage[] => plan.beside.get(stage.id) ?? alone

const bad: ReadonlySet<string> = new Set(['unmet', 'refused', 'fallen', 'upheld', 'too-few'])
/** An outcome and the other word rules have for it. */
const alike: Readonly<Record<string, string>> = { fallen: 'lost', carried: 'won' }

/** What a stage says an outcome leads to, or null where it leaves it to the order of the stages. */
export function saidTarget(stage: Stage, outcome: string): string | null {
  const rows = stage.do === 'consider' ? [...(stage.then ?? []), ...(stage.outcomes ?? [])] : (stage.then ?? [])
  const said = rows.find((row) => row.key === outcome) ?? rows.find((row) => row.key === alike[outcome])
  return said?.value ?? null
}

/** Where an outcome of a stage leads: a stage id, `fallen` or `end`. Good goes to the next stage, bad to `fallen`. */
export function targetOf(stages: readonly Stage[], stage: Stage, outcome: string): string {
  const said = saidTarget(stage, outcome)
  if (said !== null) return said
  if (outcome === 'too-few' && stage.do === 'nominate' && stage.tooFew === 're-open') return stage.id
  if (bad.has(outcome)) return 'fallen'
  if (outcome === 'doubtful' && stage.do === 'ballot') return stage.roll
  const plan = planOf(stages)
  if (outcome === 'uncontested') return afterBallot(plan, stage)
  return plan.next.get(stage.id)?.id ?? 'end'
}

/** Candidates who are elected without a ballot skip everything up to and with the ballot that would have been held. */
function afterBallot(plan: Plan, stage: Stage): string {
  const from = plan.stages.indexOf(stage)
  const ballot = plan.stages.findIndex((s, i) => i > from && s.do === 'ballot')
  const last = ballot < 0 ? stage : plan.stages[ballot]
  return (last === undefined ? undefined : plan.next.get(last.id))?.id ?? 'end'
}

/** The outcome of a stage that lets a decision go on, which is also where a stage that is skipped leads. */
export function goodOutcome(stage: Stage): string {
  switch (stage.do) {
    case 'support':
      return 'met'
    case 'check':
      return 'passed'
    case 'consider':
    case 'meeting':
      return 'agreed'
    case 'nominate':
      return 'contested'
    case 'ballot':
      return 'carried'
    case 'certify':
      return 'certified'
    case 'propose':
    case 'notify':
    case 'debate':
    case 'hustings':
    case 'freeze':
    case 'challenge':
    case 'delay':
    case 'enact':
      return 'done'
  }
}

/** The edition a decision runs under: that of its notice; before, the one in force, unless that has no such procedure any more. */
function rulebookOf(editions: Editions, decision: DecisionState, reaching: State['reaching']): Rulebook | null {
  const before = editions.byNumber.get(decision.proposedUnder) ?? null
  const inFlight = before === null ? null : (onlyProvision(before, 'transition')?.rule.inFlight ?? null)
  if (inFlight === 'edition of proposal') return editions.byNumber.get(reachedBy(decision.proposedUnder, reaching)) ?? before
  const number = reachedBy(decision.noticedUnder ?? editions.inForce, reaching)
  const rulebook = editions.byNumber.get(number) ?? null
  if (rulebook !== null && provision(rulebook, 'procedure', decision.procedure) !== null) return rulebook
  return before ?? rulebook
}

/** The edition a decision has come under: that of its notice, or a later one that was made to reach what was running. */
const reachedBy = (noticed: EditionNumber, reaching: State['reaching']): EditionNumber =>
  (reaching ?? []).reduce((now, edition) => (edition > now ? edition : now), noticed)

/**
 * The procedure a decision runs through, under its edition; null when no edition at hand has it. `reaching`: the editions of the state that reach
 * decisions already running.
 */
export function procedureOf(
  editions: Editions,
  decision: DecisionState,
  reaching: State['reaching'],
): { readonly rulebook: Rulebook; readonly found: Provision<'procedure'> } | null {
  const rulebook = rulebookOf(editions, decision, reaching)
  const found = rulebook === null ? null : provision(rulebook, 'procedure', decision.procedure)
  return rulebook === null || found === null ? null : { rulebook, found }
}
