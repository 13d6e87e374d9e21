import { clearDaysBetween, type Instant } from '@quorate/kernel'
import type { Act, ActBody, Citation } from '../act.ts'
import { outerAnchors } from '../anchors.ts'
import { actorReasons, capacityOf, capacityQuantity, officeReasons } from '../actors.ts'
import { bodyVote, seatsOf } from './body-vote.ts'
import { momentOf, reckoningOf } from '../calendar.ts'
import type { EventBody } from '../event.ts'
import { earliestEffect } from '../lawful.ts'
import { neededFor } from '../measure.ts'
import { knownResolution } from '../movement/known.ts'
import { cite, onlyProvision, provision, provisionsOf, type Provision, type Rulebook } from '../language/model.ts'
import { countFact, factOf, fieldsFact, moment, named, none, people, reason, routeOf, tooFew, type Case } from '../reasons.ts'
import type { Quantity, Reason, Route } from '../refusal.ts'
import { changeReasons } from './change-reasons.ts'
import { asksForCandidates } from './options.ts'
import type { Stage, StageOf } from '../schema/stages.ts'
import { decisionOf } from '../state.ts'
import { asksForGroup, groupOfCase, groupReasons } from './this-group.ts'

/** What a grant lets happen, or every route with its reasons. */
export type Grant =
  | {
      readonly rulebook: Rulebook
      readonly clause: Citation
      readonly stage: string
      readonly events: readonly EventBody[]
      /** What the act says at once about stages to come. */
      readonly ahead?: readonly { readonly stage: string; readonly event: EventBody }[]
    }
  | { readonly routes: readonly [Route, ...Route[]] }

type ActOf<K extends ActBody['kind']> = Extract<Act, { readonly kind: K }>

/** What is not granted is refused: a power that no clause grants, or only one that is not resolved. */
function nobody(rulebook: Rulebook, act: ActOf<'propose'> | ActOf<'exercise'>): Grant {
  const open = rulebook.unresolved.find((u) => u.kind === 'power' || u.kind === 'procedure')
  const genesis = provisionsOf(rulebook, 'genesis')[0]
  const clause = cite(rulebook, open?.clause ?? genesis?.clause ?? rulebook.document.clauses[0]?.id ?? '0')
  const why = reason(
    open === undefined ? 'no-power' : 'unknown-rule',
    clause,
    named('power', act.power),
    capacityQuantity(act.as),
  )
  return { routes: [{ clause, procedure: null, reasons: [why], earliest: null, assumes: [] }] }
}

const grantsOf = (rulebook: Rulebook, power: string): readonly Provision<'power'>[] =>
  provisionsOf(rulebook, 'power').filter((p) => p.rule.act === power)

function settle(open: readonly Grant[], closed: readonly Route[], none_: Grant): Grant {
  const granted = open.find((g) => !('routes' in g))
  if (granted !== undefined) return granted
  const [first, ...rest] = closed
  return first === undefined ? none_ : { routes: [first, ...rest] }
}

/** Judges the start of a decision: each procedure the power may go through is a route. */
export function judgePropose(kase: Case, rulebook: Rulebook): Grant {
  const act = kase.act as ActOf<'propose'>
  const open: Grant[] = []
  const closed: Route[] = []
  for (const power of grantsOf(rulebook, act.power))
    for (const name of power.rule.via ?? []) {
      const found = provision(rulebook, 'procedure', name)
      if (found === null) continue
      const clause = cite(rulebook, found.clause)
      const reasons = proposeReasons(kase, rulebook, act, found)
      const route = routeOf(clause, name, reasons)
      const first = found.rule.stages[0]
      if (route !== null) closed.push(route)
      else {
        const { power: used, document, changes } = act
        open.push({
          rulebook,
          clause,
          stage: first?.id ?? '',
          events: [{ kind: 'proposed', power: used, procedure: name, document, changes }],
          ahead: aheadOf(kase, rulebook, act, found.rule.stages),
        })
      }
    }
  return settle(open, closed, nobody(rulebook, act))
}

const isAppeal =
  (rulebook: Rulebook) =>
  (id: string): boolean =>
    provision(rulebook, 'appeal', id) !== null

/** Whether a fact that only people can know holds, as its attestors say. */
function holdsFact(kase: Case, name: string): boolean {
  const fact = factOf(kase, name, null)
  return fact !== null && fact.value !== false
}

/** A proposal that may be made only while a fact holds, from a date on, or until one. A date that is not stated is a fact of its own. */
function proposedInTime(kase: Case, rulebook: Rulebook, stage: StageOf<'propose'>, clause: Citation): readonly Reason[] {
  const { act } = kase
  const reasons: Reason[] = []
  const anchored = (anchor: string): Instant | null => countFact(kase, 'instant', anchor) as Instant | null // a count of milliseconds
  if (stage.when?.kind === 'fact <fact>' && !holdsFact(kase, stage.when.fact))
    reasons.push(reason('missing-fact', clause, named('stage', stage.id)))
  if (stage.when?.kind === '<moment>') {
    const from = momentOf(stage.when.moment, anchored, reckoningOf(rulebook))
    if (from !== null && act.occurredAt < from) reasons.push(reason('too-early', clause, moment(from), moment(act.occurredAt)))
  }
  if (stage.due !== null) {
    const until = momentOf(stage.due, anchored, reckoningOf(rulebook))
    if (until !== null && act.recordedAt >= until) reasons.push(reason('too-late', clause, moment(until), moment(act.recordedAt)))
  }
  return reasons
}

/** What is settled about later stages when a decision begins: those it does not go through, and how many places are to be filled. */
function aheadOf(
  kase: Case,
  rulebook: Rulebook,
  act: ActOf<'propose'>,
  stages: readonly Stage[],
): readonly { readonly stage: string; readonly event: EventBody }[] {
  const first = stages[0]?.id ?? ''
  const stated = outerAnchors(stages, isAppeal(rulebook)).flatMap((anchor) => {
    const is = countFact(kase, 'instant', anchor)
    return is === null ? [] : [{ stage: first, event: { kind: 'instant-stated', anchor, is: is as Instant } as const }]
  })
  const settled = stages.flatMap((stage, i): readonly { readonly stage: string; readonly event: EventBody }[] => {
    if (stage.skipIf?.some((actor) => capacityOf(rulebook, actor) === act.as) === true)
      return [{ stage: stage.id, event: { kind: 'skipped' } }]
    if (stage.do !== 'propose' && stage.when?.kind === 'fact <fact>' && !holdsFact(kase, stage.when.fact))
      return [{ stage: stage.id, event: { kind: 'skipped' } }]
    const places = stage.do === 'nominate' ? placesAhead(kase, act.power, stages.slice(i + 1)) : null
    return places !== null && places > 0 ? [{ stage: stage.id, event: { kind: 'places-stated', places } }] : []
  })
  const group = asksForGroup(stages) ? groupOfCase(kase) : null
  const about = group === null ? [] : [{ stage: first, event: { kind: 'group-stated', group } as const }]
  const reach = reachOf(kase) === null ? [] : [{ stage: first, event: { kind: 'reach-stated' } as const }]
  return [...stated, ...about, ...reach, ...settled]
}

/** How many places nominations are for: as the rule of the ballot that they lead to says; where it does not, as the act states. Null where nothing does. */
function placesAhead(kase: Case, power: string, after: readonly Stage[]): number | null {
  const ballot = after.find((stage) => stage.do === 'ballot' && asksForCandidates(stage))
  return (ballot?.do === 'ballot' ? ballot.counting?.seats : null) ?? countFact(kase, 'places', power)
}

/**
 * Whether a change of the rules would reach decisions already running: fact `reaches-running`, with the proposal itself as its evidence, where the act
 * says so; fact `change-above`, with its own, where a rulebook above this one has changed.
 */
function reachOf(kase: Case): 'stated in the amending act and passed by the old tier' | 'change above' | null {
  if (factOf(kase, 'reaches-running', null)?.value === true) return 'stated in the amending act and passed by the old tier'
  return factOf(kase, 'change-above', null)?.value === true ? 'change above' : null
}

/** Why a change may not reach what is running: it is none of the exceptions of the clause on transition, or nothing shows it. */
function reachReasons(kase: Case, rulebook: Rulebook, act: ActOf<'propose'>): readonly Reason[] {
  const reach = reachOf(kase)
  if (reach === null) return []
  const transition = onlyProvision(rulebook, 'transition')
  const clause = cite(rulebook, transition?.clause ?? rulebook.document.clauses[0]?.id ?? '0')
  const waits = reach === 'change above' && onlyProvision(rulebook, 'superior')?.rule.changeAbove === 'follows after ratification'
  const allowed = act.power === 'amend-rulebook' && transition?.rule.unless?.includes(reach) === true && !waits
  const shown = factOf(kase, reach === 'change above' ? 'change-above' : 'reaches-running', null)?.evidence ?? null
  const proven = reach === 'change above' ? shown !== null : shown === act.document
  return [
    ...(allowed ? [] : [reason('no-power', clause, named('power', 'amend-rulebook'), named('power', act.power))]),
    ...(proven ? [] : [reason('missing-fact', clause)]),
  ]
}

function proposeReasons(kase: Case, rulebook: Rulebook, act: ActOf<'propose'>, found: Provision<'procedure'>): readonly Reason[] {
  const clause = cite(rulebook, found.clause)
  const reasons: Reason[] = []
  const first = found.rule.stages[0]
  if (decisionOf(kase.state, act.decision) !== null) reasons.push(reason('already-done', clause))
  if (first?.do !== 'propose') return [...reasons, reason('wrong-stage', clause, named('stage', 'propose'))]
  reasons.push(...actorReasons(kase, rulebook, clause, first.by), ...proposedInTime(kase, rulebook, first, clause))
  if ((first.form === 'diff' || first.form === 'text') && act.form !== first.form) reasons.push(reason('invalid-text', clause))
  reasons.push(...groupReasons(kase, rulebook, found.rule.stages, clause), ...reachReasons(kase, rulebook, act))
  for (const anchor of outerAnchors(found.rule.stages, isAppeal(rulebook)))
    if (countFact(kase, 'instant', anchor) === null) reasons.push(reason('missing-fact', clause, named('stage', anchor)))
  for (const stage of found.rule.stages)
    if (stage.do === 'ballot' && stage.method === 'yes-no' && asksForCandidates(stage))
      reasons.push(reason('unfair-options', clause, named('stage', stage.id)))
  if (act.power === 'amend-rulebook') reasons.push(...changeReasons(kase, rulebook, act.changes, found))
  else if (act.changes.length > 0)
    reasons.push(reason('no-power', clause, named('power', 'amend-rulebook'), named('power', act.power)))
  return reasons
}

/** Judges the use of a power here and now: by its holder, or else every procedure it must go through says what was left out. */
export function judgeExercise(kase: Case, rulebook: Rulebook): Grant {
  const act = kase.act as ActOf<'exercise'>
  const open: Grant[] = []
  const closed: Route[] = []
  for (const power of grantsOf(rulebook, act.power)) {
    const clause = cite(rulebook, power.clause)
    if (power.rule.holder !== null) {
      const reasons = holderReasons(kase, rulebook, act, power, power.rule.holder)
      const route = routeOf(clause, null, reasons)
      if (route !== null) closed.push(route)
      else {
        const event: EventBody = { kind: 'exercised', power: act.power, document: act.document, effectAt: act.effectAt }
        open.push({ rulebook, clause, stage: 'exercise', events: [event, { kind: 'ended', outcome: 'carried' }] })
      }
    }
    for (const name of power.rule.via ?? []) {
      const found = provision(rulebook, 'procedure', name)
      if (found !== null) closed.push(bypassed(kase, rulebook, act, power, found))
    }
  }
  return settle(open, closed, nobody(rulebook, act))
}

function holderReasons(
  kase: Case,
  rulebook: Rulebook,
  act: ActOf<'exercise'>,
  power: Provision<'power'>,
  holders: readonly string[],
): readonly Reason[] {
  const clause = cite(rulebook, power.clause)
  const reasons: Reason[] = []
  if (decisionOf(kase.state, act.decision) !== null) reasons.push(reason('already-done', clause))
  const holder = holders.find((id) => capacityOf(rulebook, { kind: 'named', id }) === act.as)
  if (holder === undefined) {
    const [first] = holders
    const wanted = first === undefined ? null : capacityOf(rulebook, { kind: 'named', id: first })
    return [...reasons, reason('no-power', clause, wanted === null ? none : capacityQuantity(wanted), capacityQuantity(act.as))]
  }
  if (act.as.startsWith('body ')) {
    const met = knownResolution(kase.state.movement, holder, String(act.decision))
    if (met === 'outside') reasons.push(reason('wrong-stage', clause, named('stage', 'meeting'), named('body', holder)))
    const stated = {
      ...act.vote,
      present: fieldsFact(kase, 'resolution', holder)?.count('present') ?? act.vote.for + act.vote.against,
    }
    const votes = met === null || met === 'outside' ? stated : met.resolution
    const vote = bodyVote(kase, rulebook, holder, power.rule.pass, clause, votes)
    reasons.push(...vote.reasons)
    if (vote.reasons.length === 0 && !vote.carried)
      reasons.push(reason('not-carried', clause, none, { unit: 'votes', count: votes.for }))
  } else reasons.push(...officeReasons(kase, rulebook, holder, clause))
  if (act.effectAt < act.recordedAt) reasons.push(reason('too-early', clause, moment(act.recordedAt), moment(act.effectAt)))
  // Limits speak of sums, cases and grounds the engine is not told: that they are kept is attested, with evidence, by somebody who answers for it.
  if (power.rule.limits !== null && factOf(kase, 'within-limits', act.power)?.value !== true)
    reasons.push(reason('missing-fact', clause, named('power', act.power)))
  return reasons
}

/** What an attempt to use a power outright left out of one of its procedures, stage by stage: the coup, as a list of shortfalls. */
function bypassed(
  kase: Case,
  rulebook: Rulebook,
  act: ActOf<'exercise'>,
  power: Provision<'power'>,
  found: Provision<'procedure'>,
): Route {
  const clause = cite(rulebook, found.clause)
  const size = actorSize(kase, rulebook)
  const actual = capacityQuantity(act.as, size)
  const first = reason('no-power', cite(rulebook, power.clause), named('procedure', found.rule.id), actual)
  const rest: Reason[] = []
  for (const stage of found.rule.stages) {
    if (stage.do === 'ballot') rest.push(wrongElectorate(kase, found, stage.roll, clause, size, actual))
    if (stage.do === 'notify' && stage.clear?.unit === 'clear days') {
      const between = clearDaysBetween(act.recordedAt, act.effectAt, reckoningOf(rulebook).zone)
      const had = Math.max(0, Math.min(between, 100_000))
      if (had < stage.clear.count) rest.push(tooFew('short-notice', clause, 'clear days', stage.clear.count, had))
    }
    if (stage.do === 'support') {
      const needed = neededFor(stage.need, (base) =>
        base.kind === 'electorate' ? countFact(kase, 'electorate-size', base.id) : null,
      )
      if (needed !== null && stageIsRequired(found, stage.id)) rest.push(tooFew('short-support', clause, 'people', needed, 0))
    }
  }
  const { earliest, assumes } = earliestEffect(kase, rulebook, power, found, act.recordedAt, null)
  if (earliest !== null && act.effectAt < earliest) rest.push(reason('too-early', clause, moment(earliest), moment(act.effectAt)))
  return { clause, procedure: found.rule.id, reasons: [first, ...rest], earliest, assumes }
}

/** A stage reached only by an outcome another stage names, such as an override, is no shortfall. */
function stageIsRequired(found: Provision<'procedure'>, id: string): boolean {
  return !found.rule.stages.some(
    (s) => s.do === 'consider' && s.outcomes?.some((row) => row.key === 'refused' && row.value === id),
  )
}

function actorSize(kase: Case, rulebook: Rulebook): number | null {
  const [unit, id] = kase.act.as.split(' ')
  if (unit === 'body' && id !== undefined) return countFact(kase, 'body-size', id) ?? seatsOf(rulebook, id)
  return unit === 'electorate' && id !== undefined ? countFact(kase, 'electorate-size', id) : null
}

function wrongElectorate(
  kase: Case,
  found: Provision<'procedure'>,
  roll: string,
  clause: Citation,
  size: number | null,
  actual: Quantity,
): Reason {
  const freeze = found.rule.stages.find((s) => s.id === roll)
  const electorate = freeze?.do === 'freeze' ? freeze.electorate : roll
  const of = countFact(kase, 'electorate-size', electorate)
  const missing = of !== null && size !== null ? people(Math.max(0, of - size)) : none
  return reason('wrong-electorate', clause, named('electorate', electorate, of), actual, missing)
}
