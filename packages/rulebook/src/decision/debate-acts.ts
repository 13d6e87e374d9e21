import type { Instant } from '@quorate/kernel'
import type { Change } from '../act.ts'
import { actorReasons, capacityOf } from '../actors.ts'
import { bodyReasons } from './body-vote.ts'
import { changeReasons } from './change-reasons.ts'
import type { EventBody } from '../event.ts'
import { neededFor } from '../measure.ts'
import { includesPerson } from '../people-set.ts'
import { moment, named, none, people, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { Stage, StageOf } from '../schema/stages.ts'
import { refused, sizesOf, type ActOf, type Found, type Running, type StageCase } from './stage-case.ts'
import type { Amendment, StageMarks } from '../state.ts'

type Amendments = NonNullable<StageOf<'debate'>['amendments']>
type Debate = Running<'debate'> & { readonly rules: Amendments; readonly moved: readonly Amendment[] }

/** Runs a judgement on the amendments of a debate; a debate without any admits none. */
function debating(kase: StageCase, running: Running<'debate'>, judge: (debate: Debate) => Found): Found {
  const rules = running.stage.amendments
  if (rules === null) return refused(reason('no-power', kase.clause))
  return judge({ ...running, rules, moved: running.marks.amendments ?? [] })
}

const amendmentAt = (moved: readonly Amendment[], number: number): Amendment | null => moved[number - 1] ?? null

/** Still to be decided: admitted, not withdrawn, without an outcome. */
const isOpen = (a: Amendment): boolean => a.admittedAt !== null && a.withdrawnAt === null && a.outcome === null

/** Until when amendments may be moved: the instant the rule names, as the case knows it. */
function lateReasons(kase: StageCase, dueAt: Instant | null): readonly Reason[] {
  const { act, clause } = kase
  return dueAt !== null && act.recordedAt >= dueAt ? [reason('too-late', clause, moment(dueAt), moment(act.recordedAt))] : []
}

/** Each clause once, each to another text; what an amendment of the rules may touch is for the tier of each clause to say. */
function soundChanges(kase: StageCase, changes: readonly Change[]): readonly Reason[] {
  const distinct = new Set(changes.map((c) => c.clause)).size === changes.length
  const says = changes.every((c) => c.before !== c.after)
  return distinct && says && changes.length > 0 ? [] : [reason('invalid-text', kase.clause)]
}

/** Somebody moves an amendment. It is admitted at once where no more support is asked for. */
export function amend(kase: StageCase, act: ActOf<'amend'>, running: Running<'debate'>, dueAt: Instant | null): Found {
  return debating(kase, running, ({ rules, moved }) => {
    const reasons = [
      ...actorReasons(kase, kase.rulebook, kase.clause, rules.by),
      ...lateReasons(kase, dueAt),
      ...soundChanges(kase, act.changes),
    ]
    const amendment = moved.length + 1
    const event: EventBody = { kind: 'amendment-moved', amendment, document: act.document, changes: act.changes }
    return { reasons, events: rules.need === null ? [event, { kind: 'amendment-admitted', amendment }] : [event] }
  })
}

/** A signature under an amendment, by one who could have moved it. */
export function backAmendment(
  kase: StageCase,
  act: ActOf<'back-amendment'>,
  running: Running<'debate'>,
  dueAt: Instant | null,
): Found {
  return debating(kase, running, ({ rules, moved }) => {
    const { clause } = kase
    const amendment = amendmentAt(moved, act.amendment)
    if (rules.need === null || amendment === null || amendment.withdrawnAt !== null) return refused(reason('no-power', clause))
    const reasons: Reason[] = [...actorReasons(kase, kase.rulebook, clause, rules.by), ...lateReasons(kase, dueAt)]
    if (includesPerson(amendment.backers, act.by) || amendment.by === act.by) reasons.push(reason('already-done', clause))
    const needed = neededFor(rules.need, sizesOf(kase))
    if (needed === null) reasons.push(reason('missing-fact', clause))
    const events: EventBody[] = [{ kind: 'amendment-backed', amendment: act.amendment }]
    // The mover is one of those who support it.
    if (amendment.admittedAt === null && needed !== null && amendment.backers.size + 2 >= needed)
      events.push({ kind: 'amendment-admitted', amendment: act.amendment })
    return { reasons, events }
  })
}

/** A mover takes an amendment back before it is decided. */
export function withdrawAmendment(kase: StageCase, act: ActOf<'withdraw-amendment'>, running: Running<'debate'>): Found {
  return debating(kase, running, ({ moved }) => {
    const amendment = amendmentAt(moved, act.amendment)
    const reasons: Reason[] = []
    if (amendment === null || amendment.by !== act.by)
      reasons.push(reason('not-eligible', kase.clause, people(1), people(0), people(1)))
    else if (amendment.withdrawnAt !== null || amendment.outcome !== null) reasons.push(reason('already-done', kase.clause))
    return { reasons, events: [{ kind: 'amendment-withdrawn', amendment: act.amendment }] }
  })
}

/** Several amendments become one. With the consent of each mover: the composite counts once all of them have agreed, and theirs are then withdrawn. */
export function compose(kase: StageCase, act: ActOf<'compose'>, running: Running<'debate'>): Found {
  return debating(kase, running, ({ rules, moved }) => {
    const { clause } = kase
    const parts = act.of.map((n) => amendmentAt(moved, n))
    const reasons: Reason[] = [...soundChanges(kase, act.changes)]
    if (act.of.length < 2 || new Set(act.of).size !== act.of.length || parts.some((a) => a === null || !isOpen(a)))
      reasons.push(reason('invalid-text', clause))
    const amendment = moved.length + 1
    const composed: EventBody = { kind: 'composed', amendment, of: act.of, document: act.document, changes: act.changes }
    if (rules.composite === 'as ruled') {
      reasons.push(...actorReasons(kase, kase.rulebook, clause, rules.ruledBy ?? [{ kind: 'rule' }]))
      return { reasons, events: [composed, ...admitted(amendment, act.of)] }
    }
    if (rules.composite === null || rules.composite === 'no') return refused(...reasons, reason('no-power', clause))
    if (!parts.some((a) => a?.by === act.by)) reasons.push(reason('not-eligible', clause, people(1), people(0), people(1)))
    return { reasons, events: [composed] }
  })
}

const admitted = (composite: number, parts: readonly number[]): readonly EventBody[] => [
  { kind: 'amendment-admitted', amendment: composite },
  ...parts.map((amendment): EventBody => ({ kind: 'amendment-withdrawn', amendment })),
]

/** A mover agrees to a composite of their amendment with others. The last consent admits it in their place. */
export function consent(kase: StageCase, act: ActOf<'consent'>, running: Running<'debate'>): Found {
  return debating(kase, running, ({ moved }) => {
    const { clause } = kase
    const composite = amendmentAt(moved, act.amendment)
    if (composite === null || composite.of.length === 0) return refused(reason('no-power', clause))
    const movers = new Set(composite.of.map((n) => amendmentAt(moved, n)?.by))
    const reasons: Reason[] = []
    if (!movers.has(act.by)) reasons.push(reason('not-eligible', clause, people(1), people(0), people(1)))
    if (composite.consents.includes(act.by) || composite.admittedAt !== null) reasons.push(reason('already-done', clause))
    if (composite.of.some((n) => amendmentAt(moved, n)?.outcome !== null)) reasons.push(reason('too-late', clause))
    const agreed = new Set([...composite.consents, act.by])
    const events: EventBody[] = [{ kind: 'amendment-consented', amendment: act.amendment }]
    if ([...movers].every((mover) => mover !== undefined && agreed.has(mover)))
      events.push(...admitted(act.amendment, composite.of))
    return { reasons, events }
  })
}

/** Who decides on amendments: those the rule names for it, else the body that the proposal comes before next, else whoever made the proposal. */
function deciderOf(stages: readonly Stage[], debate: StageOf<'debate'>): { readonly body: string } | 'ruled-by' | 'proposer' {
  if (debate.amendments?.ruledBy != null) return 'ruled-by'
  const later = stages.slice(stages.indexOf(debate) + 1)
  const next = later.find((s) => s.do === 'consider' || s.do === 'meeting')
  return next === undefined ? 'proposer' : { body: next.body }
}

const touches = (a: Amendment, b: Amendment): boolean => a.changes.some((c) => b.changes.some((d) => d.clause === c.clause))

/** What is decided on one amendment. Carried, it becomes part of the question at once, and those that touch the same clauses fall with it. */
export function decideAmendment(
  kase: StageCase,
  act: ActOf<'decide-amendment'>,
  running: Running<'debate'>,
  dueAt: Instant | null,
): Found {
  return debating(kase, running, ({ stage, rules, moved }) => {
    const { clause, decision } = kase
    const amendment = amendmentAt(moved, act.amendment)
    if (amendment === null || !isOpen(amendment)) return refused(reason('already-done', clause))
    const reasons: Reason[] = [...deciderReasons(kase, act, stage)]
    // Whoever decides before all have been moved decides against those who have not.
    if (dueAt !== null && act.occurredAt < dueAt) reasons.push(reason('too-early', clause, moment(dueAt), moment(act.occurredAt)))
    if (rules.order === 'as received' || rules.order === null) {
      const first = moved.findIndex(isOpen) + 1
      if (first !== act.amendment) reasons.push(reason('wrong-stage', clause, none, named('stage', stage.id)))
    }
    const decided: EventBody = { kind: 'amendment-decided', amendment: act.amendment, outcome: act.outcome }
    if (act.outcome === 'fallen') return { reasons, events: [decided] }
    if (act.document === null) return refused(...reasons, reason('missing-fact', clause))
    const changes = merged(decision.changes, amendment.changes)
    if (decision.power === 'amend-rulebook') reasons.push(...changeReasons(kase, kase.rulebook, changes, kase.procedure))
    const amended: EventBody = { kind: 'amended', document: act.document, changes }
    return { reasons, events: [decided, amended, ...fallsWith(rules, moved, amendment)] }
  })
}

function deciderReasons(kase: StageCase, act: ActOf<'decide-amendment'>, stage: StageOf<'debate'>): readonly Reason[] {
  const { rulebook, clause } = kase
  const decider = deciderOf(kase.procedure.rule.stages, stage)
  if (decider === 'proposer')
    return act.by === kase.decision.by ? [] : [reason('not-eligible', clause, people(1), people(0), people(1))]
  if (decider === 'ruled-by') {
    const by = stage.amendments?.ruledBy ?? [{ kind: 'rule' } as const]
    const body = by.find((actor) => capacityOf(rulebook, actor) === act.as)
    return body?.kind === 'named' && act.as.startsWith('body ')
      ? bodyReasons(kase, rulebook, body.id, null, clause, act.outcome === 'carried')
      : actorReasons(kase, rulebook, clause, by)
  }
  if (act.as !== `body ${decider.body}`) return [reason('wrong-electorate', clause, named('body', decider.body))]
  return bodyReasons(kase, rulebook, decider.body, null, clause, act.outcome === 'carried')
}

/** Where one that is carried decides those that collide with it, they fall; else each is decided by itself, and the last word on a clause stands. */
function fallsWith(rules: Amendments, moved: readonly Amendment[], carried: Amendment): readonly EventBody[] {
  if (rules.collision !== 'later falls') return []
  return moved.flatMap((other, i): readonly EventBody[] =>
    other !== carried && isOpen(other) && touches(other, carried)
      ? [{ kind: 'amendment-decided', amendment: i + 1, outcome: 'fallen' }]
      : [],
  )
}

/** Changes with others laid over them: a clause touched by both goes from where it stood to what the later says. One that comes back to where it stood is none. */
function merged(changes: readonly Change[], over: readonly Change[]): readonly Change[] {
  const byClause = new Map(changes.map((change) => [change.clause, change]))
  for (const change of over)
    byClause.set(change.clause, { ...change, before: byClause.get(change.clause)?.before ?? change.before })
  return [...byClause.values()].filter((change) => change.before !== change.after)
}

/** When a debate is over, what is still open has fallen: the numbers of those amendments. */
export const undecided = (marks: StageMarks): readonly number[] =>
  (marks.amendments ?? []).flatMap((amendment, i) => (isOpen(amendment) ? [i + 1] : []))
