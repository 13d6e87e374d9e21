import { actorReasons } from '../actors.ts'
import { appealOf, holdsBack } from './appeal-terms.ts'
import { bodyReasons } from './body-vote.ts'
import { after } from '../calendar.ts'
import type { Actors } from '../language/expression.ts'
import { forbidding } from '../limits.ts'
import { fieldsFact, moment, named, none, reason, textOf } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { StageOf } from '../schema/stages.ts'
import { byRule, together, wrongBody, type ActOf, type Found, type Running, type StageCase, refused } from './stage-case.ts'
import { marksOf, type StageMarks } from '../state.ts'

/** A result certified by its officers. */
export function certify(kase: StageCase, { stage, startsAt, marks }: Running<'certify'>): Found {
  const { act, reckoning } = kase
  const deputy = stage.timeout.kind === '<office> certifies' ? stage.timeout.office : null
  const lapsed = act.recordedAt >= after(startsAt, stage.within, reckoning)
  const by: Actors = deputy !== null && lapsed ? [{ kind: 'named', id: deputy }] : stage.by
  const done = marks.certifiedAt === null ? [] : [reason('already-done', kase.clause, moment(marks.certifiedAt))]
  return together(kase, [...actorReasons(kase, kase.rulebook, kase.clause, by), ...done], 'certify', marks, null, [
    { kind: 'certified' },
  ])
}

/** A challenge on closed grounds. */
export function challenge(kase: StageCase, act: ActOf<'challenge'>, { stage, startsAt, marks }: Running<'challenge'>): Found {
  const { clause, reckoning } = kase
  const reasons: Reason[] = [...actorReasons(kase, kase.rulebook, clause, stage.by)]
  const until = after(startsAt, stage.within, reckoning)
  if (act.recordedAt >= until) reasons.push(reason('too-late', clause, moment(until), moment(act.recordedAt)))
  if (!stage.grounds.includes(act.ground)) reasons.push(reason('not-a-ground', clause))
  if (marks.challenges.some((c) => c.by === act.by && c.ground === act.ground)) reasons.push(reason('already-done', clause))
  return { reasons, events: [{ kind: 'challenged', ground: act.ground, document: act.document }] }
}

/** The answer to a challenge. */
export const answer = (kase: StageCase, act: ActOf<'answer-challenge'>, { stage, marks }: Running<'challenge'>): Found =>
  answerBy(kase, act, stage.to, stage.id, marks)

/** An objection to a certificate, by those the rule lets object, while its time runs. */
export function objection(kase: StageCase, act: ActOf<'challenge'>, { stage, marks }: Running<'certify'>): Found {
  const { clause, reckoning } = kase
  const rule = stage.objections
  if (rule === null) return refused(reason('no-power', clause))
  const reasons: Reason[] = [...actorReasons(kase, kase.rulebook, clause, rule.by)]
  if (marks.certifiedAt === null) reasons.push(reason('too-early', clause))
  else {
    const until = after(marks.certifiedAt, rule.within, reckoning)
    if (act.recordedAt >= until) reasons.push(reason('too-late', clause, moment(until), moment(act.recordedAt)))
  }
  if (marks.challenges.some((c) => c.by === act.by)) reasons.push(reason('already-done', clause))
  return { reasons, events: [{ kind: 'challenged', ground: act.ground, document: act.document }] }
}

/** The answer to an objection. */
export function answerObjection(kase: StageCase, act: ActOf<'answer-challenge'>, { stage, marks }: Running<'certify'>): Found {
  if (stage.objections === null) return refused(reason('no-power', kase.clause))
  return answerBy(kase, act, stage.objections.to, stage.id, marks)
}

function answerBy(kase: StageCase, act: ActOf<'answer-challenge'>, to: string, stage: string, marks: StageMarks): Found {
  const reasons: Reason[] = [...wrongBody(kase, to)]
  if (!marks.challenges.some((c) => c.answer === null)) reasons.push(reason('wrong-stage', kase.clause, named('stage', stage)))
  reasons.push(...bodyReasons(kase, kase.rulebook, to, null, kase.clause, act.outcome === 'upheld'))
  return { reasons, events: [{ kind: 'challenge-answered', outcome: act.outcome }] }
}

/**
 * A decision that takes effect. Nothing stops it but an open question of which of two stands, an appeal with a stay, and the merge rule: the
 * clauses it touches must stand as they stood when it was proposed.
 */
export function enact(kase: StageCase, act: ActOf<'enact'>, { stage }: Running<'enact'>): Found {
  const { clause, decision, editions } = kase
  const reasons: Reason[] = [...byRule(kase), ...stayed(kase)]
  const never = forbidding(kase.rulebook, 'effect before enact')
  if (never !== null && act.occurredAt < act.recordedAt)
    reasons.push(reason('too-early', never, moment(act.recordedAt), moment(act.occurredAt)))
  if (decision.changes.length === 0 || decision.power !== 'amend-rulebook') {
    if (act.text !== decision.document) reasons.push(reason('text-changed', clause, textOf(decision.document), textOf(act.text)))
    return { reasons, events: [{ kind: 'enacted', text: act.text, newEdition: editions.inForce }] }
  }
  reasons.push(...mergeReasons(kase, stage.merge))
  const resulting = fieldsFact(kase, 'resulting-text', null)
  if (resulting?.text('text') !== act.text) reasons.push(reason('missing-fact', clause, textOf(act.text)))
  // Findings of the linter stop a proposal, never an enactment: else whoever updates the linter holds a veto.
  // A field left open grants nothing, so a text with one is not in force by halves: it is not brought in at all.
  else if (resulting.count('diagnostics') !== 0 || resulting.count('open') !== 0)
    reasons.push(reason('invalid-text', clause, none, textOf(act.text)))
  const newEdition = (editions.inForce + 1) as typeof editions.inForce
  return { reasons, events: [{ kind: 'enacted', text: act.text, newEdition }] }
}

/** What holds a decision that has been carried back: another it cannot stand beside, or an appeal that stays it. */
function stayed({ clause, decision, path, rulebook }: StageCase): readonly Reason[] {
  if ((decision.incompatible ?? []).some((other) => other.outcome === null)) return [reason('stayed', clause)]
  const appealed = path.runs.some(({ stage, key }) => {
    const rule = appealOf(rulebook, stage)?.rule
    return rule !== undefined && marksOf(decision, key).appeal?.answer === null && holdsBack(rule)
  })
  return appealed ? [reason('stayed', clause)] : []
}

/**
 * The merge rule. `refuse`: each touched clause stands as it stood. `rebase`: or stands already as proposed, so that nothing is left to do
 * there. `run-off`: or the decision that changed it was put against this one, and this one stands.
 */
function mergeReasons({ decision, editions }: StageCase, merge: StageOf<'enact'>['merge']): readonly Reason[] {
  const inForce = editions.byNumber.get(editions.inForce)
  const won = merge === 'run-off' && (decision.incompatible ?? []).some((other) => other.outcome === 'stands')
  return decision.changes.flatMap((change) => {
    const now = inForce?.clauses.get(change.clause)?.fingerprint ?? null
    const fits = now === change.before || won || (merge === 'rebase' && now === change.after)
    return fits ? [] : [reason('text-changed', `${change.clause}@${editions.inForce}`, textOf(change.before), textOf(now))]
  })
}
