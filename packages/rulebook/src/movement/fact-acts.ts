import { after } from '../calendar.ts'
import { cite, provision } from '../language/model.ts'
import { moment, named, none, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { bodyAuthority, officerAuthority } from './authority.ts'
import { judgement, noRule, type Does, type Judgement, type Judging } from './judging.ts'
import { rowOf } from './table.ts'

/** States a fact: by one of those its clause names, with the evidence it asks for. It expires. */
export function judgeAttest(j: Judging, does: Does<'attest'>): readonly Judgement[] {
  const found = provision(j.rulebook, 'fact', does.fact)
  if (found === null) return [noRule(j, 'issue-statement')]
  const clause = cite(j.rulebook, found.clause)
  const { rule } = found
  const common: readonly Reason[] =
    rule.evidence === 'document' && does.form !== 'document' ? [reason('missing-fact', clause)] : []
  const challengeUntil = rule.challenge === null ? null : after(j.now, rule.challenge.within, j.reckoning)
  const { fact, evidence } = does
  const event = {
    kind: 'fact-attested',
    fact,
    evidence,
    expiresAt: rule.expires.kind === 'never' ? null : after(j.now, rule.expires.length, j.reckoning),
    challengeUntil,
  } as const
  const id = j.act.as.split(' ')[1] ?? ''
  const attestors = rule.attestedBy.includes(id) ? [id] : rule.attestedBy.slice(0, 1)
  return attestors.map((by) => {
    const isBody = provision(j.rulebook, 'body', by) !== null
    const own = isBody ? bodyAuthority(j, by, null, { kind: 'own' }, clause) : officerAuthority(j, by, null, clause)
    return judgement(clause, [...own.reasons, ...common], event, own.relies)
  })
}

/** Challenges a statement in its time. What it allowed goes on until the answer, or until the time-out says otherwise. */
export function judgeChallengeFact(j: Judging, does: Does<'challenge-fact'>): Judgement {
  const statement = rowOf(j.movement.facts.byFact, does.fact)
  const rulebook = statement === null ? j.rulebook : (j.editions.byNumber.get(statement.edition) ?? j.rulebook)
  const found = provision(rulebook, 'fact', does.fact)
  if (statement === null || found?.rule.challenge == null) return noRule(j, 'issue-statement')
  const { clause } = statement
  const { challenge } = found.rule
  const reasons: Reason[] = []
  // One that has expired has fallen by time before anybody challenges it.
  if (statement.state !== 'stands')
    reasons.push(reason('too-late', clause, statement.expiresAt === null ? none : moment(statement.expiresAt), moment(j.now)))
  if (statement.challenge !== null) reasons.push(reason('already-done', clause))
  const until = statement.challengeUntil
  if (until !== null && j.now >= until) reasons.push(reason('too-late', clause, moment(until), moment(j.now)))
  if (until === null) reasons.push(reason('already-done', clause))
  const answerBy = after(j.now, challenge.within, j.reckoning)
  const event = { kind: 'fact-challenged', fact: does.fact, answerBy, timeout: challenge.timeout } as const
  return judgement(clause, reasons, event, [statement.event])
}

/** Answers a challenge: the body the clause names. */
export function judgeAnswerFact(j: Judging, does: Does<'answer-fact'>): Judgement {
  const statement = rowOf(j.movement.facts.byFact, does.fact)
  const found = provision(j.rulebook, 'fact', does.fact)
  if (statement === null || found?.rule.challenge == null) return noRule(j, 'issue-statement')
  const { clause } = statement
  const own = bodyAuthority(j, found.rule.challenge.to, null, does.under, clause)
  const open = statement.challenge === null ? [reason('wrong-stage', clause, named('stage', 'challenge'))] : []
  return judgement(
    clause,
    [...own.reasons, ...open],
    { kind: 'fact-answered', fact: does.fact, outcome: does.outcome },
    own.relies,
  )
}
