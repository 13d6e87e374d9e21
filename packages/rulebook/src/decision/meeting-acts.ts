import type { Instant } from '@quorate/kernel'
import { actorReasons } from '../actors.ts'
import { bodyReasons } from './body-vote.ts'
import { after, momentOf } from '../calendar.ts'
import { knownResolution } from '../movement/known.ts'
import { candidateList } from './options.ts'
import { includesPerson } from '../people-set.ts'
import { countFact, factOf, fieldsFact, moment, named, people, reason, tooFew } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { StageOf } from '../schema/stages.ts'
import { wrongBody, type ActOf, type Found, type Running, type StageCase } from './stage-case.ts'
import { marksOf } from '../state.ts'

/**
 * The meeting that is to decide is called: by those the rule names, with its notice, to be held within its time. Where signers may call it
 * once that time has passed without a call, so may they.
 */
export function convene(kase: StageCase, act: ActOf<'convene'>, { stage, startsAt, marks }: Running<'meeting'>): Found {
  const { clause, reckoning } = kase
  const within = after(startsAt, stage.within, reckoning)
  const left = act.recordedAt >= within && stage.timeout === 'signers may call it'
  const reasons: Reason[] = left
    ? [...signersMayCall(kase, stage)]
    : stage.calledBy === null
      ? [reason('no-power', clause)]
      : [...actorReasons(kase, kase.rulebook, clause, stage.calledBy)]
  if (marks.heldAt !== undefined) reasons.push(reason('already-done', clause, moment(marks.heldAt)))
  const soonest = stage.notice === null ? act.occurredAt : after(act.occurredAt, stage.notice, reckoning)
  if (act.heldAt < soonest) reasons.push(reason('short-notice', clause, moment(soonest), moment(act.heldAt)))
  const last = left ? after(within, stage.within, reckoning) : within
  if (act.heldAt >= last) reasons.push(reason('too-late', clause, moment(last), moment(act.heldAt)))
  const dueAt = proposalDue(kase, act.heldAt)
  if (dueAt !== null && kase.decision.proposedAt >= dueAt)
    reasons.push(reason('short-notice', clause, moment(dueAt), moment(kase.decision.proposedAt)))
  return { reasons, events: [{ kind: 'convened', heldAt: act.heldAt }] }
}

/** By when the proposal had to be in for a meeting held at an instant; null where the rule counts from nothing of the kind. */
function proposalDue({ procedure, reckoning }: StageCase, heldAt: Instant): Instant | null {
  const [first] = procedure.rule.stages
  const due = first?.do === 'propose' ? first.due : null
  return due === null ? null : momentOf(due, (anchor) => (anchor === 'meeting' ? heldAt : null), reckoning)
}

/** Those who signed the proposal, enough of them together. */
function signersMayCall(kase: StageCase, stage: StageOf<'meeting'>): readonly Reason[] {
  const { act, clause, decision, path } = kase
  const support = path.runs.findLast((run) => run.stage.do === 'support')
  const signed = support !== undefined && includesPerson(marksOf(decision, support.key).signers, act.by)
  if (!signed) return [reason('not-eligible', clause, people(1), people(0), people(1))]
  const joined = countFact(kase, 'signers', null) ?? 1
  return stage.signers !== null && joined < stage.signers
    ? [tooFew('short-support', clause, 'people', stage.signers, joined)]
    : []
}

/** What the meeting decided: by its own threshold, where it asks for one, at or after the hour it was called for. */
export function resolve(kase: StageCase, act: ActOf<'consider'>, { stage, marks }: Running<'meeting'>): Found {
  const { clause } = kase
  const reasons: Reason[] = [...wrongBody(kase, stage.body)]
  if (stage.calledBy !== null && marks.heldAt === undefined) reasons.push(reason('too-early', clause))
  const heldAt = marks.heldAt ?? kase.decision.instants?.['meeting']
  if (heldAt !== undefined && act.occurredAt < heldAt)
    reasons.push(reason('too-early', clause, moment(heldAt), moment(act.occurredAt)))
  const adjourned = fieldsFact(kase, 'resolution', stage.body)?.count('adjourned') === 1
  if (adjourned && stage.adjourned === 'does not decide') reasons.push(reason('wrong-stage', clause, named('body', stage.body)))
  reasons.push(
    ...bodyReasons(kase, kase.rulebook, stage.body, stage.pass, clause, act.outcome === 'agreed', {
      quorum: stage.quorum !== 'does not apply',
      tie: stage.tie,
    }),
  )
  return { reasons, events: [{ kind: 'considered', outcome: act.outcome }] }
}

/** The hustings: held when every candidate on the list was offered a place, and not before. */
export function holdHustings(kase: StageCase, { stage }: Running<'hustings'>): Found {
  const { clause } = kase
  const reasons: Reason[] = [...actorReasons(kase, kase.rulebook, clause, stage.by)]
  const candidates = candidateList(kase.decision, kase.path, 'close')?.numbers.length ?? 0
  const offered = fieldsFact(kase, 'hustings', stage.id)?.count('offered') ?? null
  if (offered === null) reasons.push(reason('missing-fact', clause, named('stage', stage.id)))
  else if (offered < candidates) reasons.push(tooFew('unfair-options', clause, 'people', candidates, offered))
  return { reasons, events: [{ kind: 'hustings-held', candidates }] }
}

/** Whether a body met as a stage asks: at a named meeting, or at its next. Where the movement knows its meetings, the one in which it resolved this; else it is stated, with evidence. */
export function metReasons(kase: StageCase, stage: StageOf<'consider'>): readonly Reason[] {
  if (stage.meeting === null && stage.at === null) return []
  const known = knownResolution(kase.state.movement, stage.body, String(kase.decision.id))
  if (stage.meeting === null && known !== null && known !== 'outside') return []
  const met = factOf(kase, 'meeting', stage.meeting ?? stage.body)?.value === true
  return met ? [] : [reason('missing-fact', kase.clause, named('body', stage.body))]
}
