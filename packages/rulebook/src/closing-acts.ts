import { actorReasons } from './actors.ts'
import { bodyReasons } from './body-vote.ts'
import { after } from './calendar.ts'
import type { Actors } from './expression.ts'
import { fieldsFact, moment, named, none, reason, textOf } from './reasons.ts'
import type { Reason } from './refusal.ts'
import { byRule, together, wrongBody, type ActOf, type Found, type Running, type StageCase } from './stage-case.ts'

/** A result certified by its officers. */
export function certify(kase: StageCase, { stage, startsAt, marks }: Running<'certify'>): Found {
  const { act, reckoning } = kase
  const deputy = stage.timeout.kind === '<office> certifies' ? stage.timeout.office : null
  const lapsed = act.recordedAt >= after(startsAt, stage.within, reckoning)
  const by: Actors = deputy !== null && lapsed ? [{ kind: 'named', id: deputy }] : stage.by
  return together(kase, actorReasons(kase, kase.rulebook, kase.clause, by), 'certify', marks, null, [{ kind: 'certified' }])
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
export function answer(kase: StageCase, act: ActOf<'answer-challenge'>, { stage, marks }: Running<'challenge'>): Found {
  const reasons: Reason[] = [...wrongBody(kase, stage.to)]
  if (!marks.challenges.some((c) => c.answer === null)) reasons.push(reason('wrong-stage', kase.clause, named('stage', stage.id)))
  reasons.push(...bodyReasons(kase, kase.rulebook, stage.to, null, kase.clause, act.outcome === 'upheld'))
  return { reasons, events: [{ kind: 'challenge-answered', outcome: act.outcome }] }
}

/** A decision that takes effect. */
export function enact(kase: StageCase, act: ActOf<'enact'>): Found {
  const { clause, decision, editions } = kase
  const reasons: Reason[] = [...byRule(kase)]
  const inForce = editions.byNumber.get(editions.inForce)
  if (decision.changes.length === 0) {
    if (act.text !== decision.document) reasons.push(reason('text-changed', clause, textOf(decision.document), textOf(act.text)))
    return { reasons, events: [{ kind: 'enacted', text: act.text, newEdition: editions.inForce }] }
  }
  for (const change of decision.changes) {
    const now = inForce?.clauses.get(change.clause)?.fingerprint ?? null
    if (now !== change.before)
      reasons.push(reason('text-changed', `${change.clause}@${editions.inForce}`, textOf(change.before), textOf(now)))
  }
  const resulting = fieldsFact(kase, 'resulting-text', null)
  if (resulting?.text('text') !== act.text) reasons.push(reason('missing-fact', clause, textOf(act.text)))
  // Findings of the linter stop a proposal, never an enactment: else whoever updates the linter holds a veto.
  else if (resulting.count('diagnostics') !== 0) reasons.push(reason('invalid-text', clause, none, textOf(act.text)))
  const newEdition = (editions.inForce + 1) as typeof editions.inForce
  return { reasons, events: [{ kind: 'enacted', text: act.text, newEdition }] }
}
