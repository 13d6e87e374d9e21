import type { Instant } from '@quorate/kernel'
import { actorReasons } from '../actors.ts'
import type { EventBody } from '../event.ts'
import { neededFor } from '../measure.ts'
import { quotasFact, quotasOf } from './nomination-quotas.ts'
import type { StageRun } from './path.ts'
import { includesPerson } from '../people-set.ts'
import { factOf, moment, named, people, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { StageOf } from '../schema/stages.ts'
import { sizesOf, type ActOf, type Found, type Running, type StageCase, refused } from './stage-case.ts'
import { fieldOf, marksOf, type Candidate } from '../state.ts'

/** Candidates are counted from 1 in the order in which they first asked. */
const numberOf = ({ candidates }: { readonly candidates: readonly Candidate[] }, by: Candidate['by']): number =>
  candidates.findIndex((c) => c.by === by) + 1

/**
 * Somebody asks to be listed, or gives their statement. Nobody is asked whether they may be: whoever meets the rule's own condition is listed,
 * and a signature threshold is the only other thing that can stand between.
 */
export function stand(kase: StageCase, act: ActOf<'stand'>, { stage, marks }: Running<'nominate'>): Found {
  const { clause } = kase
  const reasons: Reason[] = []
  if (act.by === 'rule') reasons.push(reason('not-eligible', clause))
  const field = fieldOf(marks)
  const known = numberOf(field, act.by)
  const before = field.candidates[known - 1]
  if (before !== undefined && before.stoodDownAt === null && (act.statement === null || act.statement === before.statement))
    reasons.push(reason('already-done', clause))
  if (before === undefined) reasons.push(...mayStand(kase, stage))
  // When nominations have closed nobody comes forward any more, and nobody comes back who has stood down.
  if (marks.outcome !== null && before?.stoodDownAt !== null)
    reasons.push(reason('too-late', clause, moment(marks.outcome.at), moment(act.recordedAt)))
  const candidate = known === 0 ? field.candidates.length + 1 : known
  const asked: EventBody = { kind: 'stood', candidate, statement: act.statement }
  const events: readonly EventBody[] = stage.need === null && known === 0 ? [asked, { kind: 'accepted', candidate }] : [asked]
  return withQuotas(kase, stage, { reasons, events })
}

/** An act that changes the list says what the quotas make of it, where the seats to be filled have any. */
function withQuotas(kase: StageCase, stage: StageOf<'nominate'>, { reasons, events }: Found): Found {
  if (quotasOf(kase.rulebook, kase.procedure.rule.stages) === null) return { reasons, events }
  const stated = quotasFact(kase, stage.id)
  return stated === null
    ? { reasons: [...reasons, reason('missing-fact', kase.clause, named('stage', stage.id))], events }
    : { reasons, events: [...events, stated] }
}

function mayStand(kase: StageCase, stage: StageOf<'nominate'>): readonly Reason[] {
  const fact = factOf(kase, 'may-stand', stage.id)
  if (fact === null) return [reason('missing-fact', kase.clause, named('stage', stage.id))]
  return fact.value === true ? [] : [reason('not-eligible', kase.clause, named('stage', stage.id))]
}

/** A candidate takes their name off the list, where and while the rule lets them. */
export function standDown(kase: StageCase, { stage, marks }: Running<'nominate'>): Found {
  const { act, clause } = kase
  const field = fieldOf(marks)
  const candidate = numberOf(field, act.by)
  const before = field.candidates[candidate - 1]
  const reasons: Reason[] = []
  if (stage.withdraw !== 'until close' && stage.withdraw !== 'until opening') reasons.push(reason('no-power', clause))
  if (before === undefined) reasons.push(reason('not-eligible', clause, people(1), people(0), people(1)))
  else if (before.stoodDownAt !== null) reasons.push(reason('already-done', clause, moment(before.stoodDownAt)))
  return withQuotas(kase, stage, { reasons, events: [{ kind: 'stood-down', candidate }] })
}

/** A signature under a nomination; the one that reaches the threshold says so. One person may sign for several, for each once. */
export function second(kase: StageCase, act: ActOf<'second'>, { stage, marks }: Running<'nominate'>): Found {
  const { clause } = kase
  const reasons: Reason[] = [...signerReasons(kase, stage, act.candidate)]
  const candidate = fieldOf(marks).candidates[act.candidate - 1]
  if (candidate === undefined || candidate.stoodDownAt !== null) return refused(...reasons, reason('not-eligible', clause))
  if (includesPerson(candidate.seconders, act.by)) reasons.push(reason('already-done', clause))
  const group = groupOf(kase)
  if (stage.spread !== null && group === null) reasons.push(reason('missing-fact', clause, named('body', stage.spread.of)))
  const events: EventBody[] = [{ kind: 'seconded', candidate: act.candidate, group }]
  const needed = stage.need === null ? 0 : neededFor(stage.need, sizesOf(kase))
  if (needed === null) reasons.push(reason('missing-fact', clause))
  else if (candidate.acceptedAt === null && candidate.seconders.size + 1 >= needed && isSpread(stage, candidate, group))
    return withQuotas(kase, stage, { reasons, events: [...events, { kind: 'accepted', candidate: act.candidate }] })
  return { reasons, events }
}

function signerReasons(kase: StageCase, stage: StageOf<'nominate'>, candidate: number): readonly Reason[] {
  if (stage.signers === null || stage.need === null) return [reason('no-power', kase.clause)]
  const { electorate, kind } = stage.signers
  const thisGroup = kind === 'electorate <electorate> of this group'
  const own = actorReasons(kase, kase.rulebook, kase.clause, [{ kind: 'electorate', id: electorate, thisGroup }])
  if (kind !== 'electorate <electorate> of own district' || own.length > 0) return own
  const near = factOf(kase, 'own-district', `candidate ${candidate}`)?.value
  if (near === undefined) return [reason('missing-fact', kase.clause, named('electorate', electorate))]
  return near === true ? [] : [reason('not-eligible', kase.clause, named('electorate', electorate))]
}

/** Until when candidates may give a statement, or stand down, that the rule lets them until voting opens; null while that has no date. */
export function openingAfter({ path, decision }: StageCase, nominated: StageRun): Instant | null {
  const ballot = path.runs.find((run) => run.stage.do === 'ballot' && path.runs.indexOf(run) > path.runs.indexOf(nominated))
  if (ballot === undefined) return null
  const { openedAt, opensAt } = marksOf(decision, ballot.key).box
  return openedAt ?? opensAt
}

const groupOf = (kase: StageCase): string | null => {
  const group = factOf(kase, 'group', null)?.value
  return typeof group === 'string' ? group : null
}

/** Signatures enough from each of enough groups, the new one with them. */
function isSpread({ spread }: StageOf<'nominate'>, { groups }: Candidate, group: string | null): boolean {
  if (spread === null) return true
  const counts = new Map(Object.entries(groups))
  if (group !== null) counts.set(group, (counts.get(group) ?? 0) + 1)
  return [...counts.values()].filter((n) => n >= spread.atLeast).length >= spread.groups
}
