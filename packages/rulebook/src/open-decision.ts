import { clearDaysBetween } from '@quorate/kernel'
import type { Act, ActBody, Citation } from './act.ts'
import { actorReasons, bodyVote, capacityOf, capacityQuantity, officeReasons, seatsOf } from './actors.ts'
import { reckoningOf } from './calendar.ts'
import type { EventBody } from './event.ts'
import { earliestEffect } from './lawful.ts'
import { neededFor } from './measure.ts'
import { knownResolution } from './movement/known.ts'
import { cite, provision, provisionsOf, type Provision, type Rulebook } from './model.ts'
import {
  countFact,
  factOf,
  fieldsFact,
  moment,
  named,
  none,
  people,
  reason,
  routeOf,
  textOf,
  tooFew,
  type Case,
} from './reasons.ts'
import type { Quantity, Reason, Route } from './refusal.ts'
import { notRun } from './runnable.ts'
import { decisionOf } from './state.ts'

/** What a grant lets happen, or every route with its reasons. */
export type Grant =
  | { readonly rulebook: Rulebook; readonly clause: Citation; readonly stage: string; readonly events: readonly EventBody[] }
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
        })
      }
    }
  return settle(open, closed, nobody(rulebook, act))
}

function proposeReasons(kase: Case, rulebook: Rulebook, act: ActOf<'propose'>, found: Provision<'procedure'>): readonly Reason[] {
  const clause = cite(rulebook, found.clause)
  const reasons: Reason[] = []
  const first = found.rule.stages[0]
  if (decisionOf(kase.state, act.decision) !== null) reasons.push(reason('already-done', clause))
  if (first?.do !== 'propose') return [...reasons, reason('wrong-stage', clause, named('stage', 'propose'))]
  reasons.push(...actorReasons(kase, rulebook, clause, first.by))
  for (const missing of notRun(rulebook, found.rule.stages))
    reasons.push(reason('unknown-rule', clause, named('stage', missing.stage)))
  if (act.power === 'amend-rulebook') reasons.push(...changeReasons(kase, rulebook, act, found))
  else if (act.changes.length > 0)
    reasons.push(reason('no-power', clause, named('power', 'amend-rulebook'), named('power', act.power)))
  return reasons
}

/** A change to the rules: each clause as it stands, by the procedure of its tier, and a result that reads and has no hole. */
function changeReasons(kase: Case, rulebook: Rulebook, act: ActOf<'propose'>, found: Provision<'procedure'>): readonly Reason[] {
  const clause = cite(rulebook, found.clause)
  const reasons: Reason[] = []
  const touched = new Set(act.changes.map((c) => c.clause))
  if (act.changes.length === 0 || touched.size !== act.changes.length) reasons.push(reason('invalid-text', clause))
  for (const change of act.changes) {
    const now = rulebook.clauses.get(change.clause)?.fingerprint ?? null
    const cited = cite(rulebook, change.clause)
    if (change.before !== null && now === null) reasons.push(reason('no-such-clause', cited, textOf(change.before)))
    else if (now !== change.before) reasons.push(reason('text-changed', cited, textOf(now), textOf(change.before)))
    if (change.before === change.after) reasons.push(reason('invalid-text', cited, none, textOf(change.after)))
    const tier = tierOf(rulebook, change.clause)
    if (tier === null) reasons.push(reason('no-power', cited, none, named('procedure', found.rule.id)))
    else if (tier.rule.procedure !== found.rule.id && tier.rule.or?.includes(found.rule.id) !== true)
      reasons.push(
        reason(
          'no-power',
          cite(rulebook, tier.clause),
          named('procedure', tier.rule.procedure),
          named('procedure', found.rule.id),
        ),
      )
  }
  const resulting = fieldsFact(kase, 'resulting-text', null)
  if (resulting === null) reasons.push(reason('missing-fact', clause))
  else if (resulting.count('diagnostics') !== 0 || resulting.count('findings') !== 0)
    reasons.push(reason('invalid-text', clause, none, textOf(resulting.text('text'))))
  return reasons
}

/** The tier that guards a clause: the longest guard that is the clause or stands above it. */
export function tierOf(rulebook: Rulebook, clause: string): Provision<'tier'> | null {
  const above = (guard: string): boolean => clause === guard || clause.startsWith(`${guard}.`)
  const found = provisionsOf(rulebook, 'tier').flatMap((tier) =>
    tier.rule.guards.filter(above).map((guard) => ({ tier, depth: guard.length })),
  )
  return found.toSorted((a, b) => b.depth - a.depth)[0]?.tier ?? null
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
  const { earliest, assumes } = earliestEffect(kase, rulebook, power, found, act.recordedAt)
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
