import { appealOf, isHeardByOthers, lateAppeal } from './appeal-terms.ts'
import { bodyReasons } from './body-vote.ts'
import { cite, type Provision } from '../language/model.ts'
import type { StageRun } from './path.ts'
import { factOf, moment, named, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { type ActOf, type Found, type StageCase, refusedOutright } from './stage-case.ts'
import { marksOf } from '../state.ts'

type Appealable = { readonly run: StageRun; readonly rule: Provision<'appeal'> }
type Judged = Found & { readonly stage: string }

/** The answers of this decision that its rules let somebody appeal, last first. */
function appealable({ path, rulebook, decision }: StageCase): readonly Appealable[] {
  return path.runs
    .flatMap((run): readonly Appealable[] => {
      const rule = appealOf(rulebook, run.stage)
      return rule === null || marksOf(decision, run.key).outcome === null ? [] : [{ run, rule }]
    })
    .toReversed()
}

/** An appeal against the last answer that can be appealed: by who proposed, or by one whom the answer concerns, within its window, once. */
export function appeal(kase: StageCase, act: ActOf<'appeal'>): Judged {
  const { decision, reckoning } = kase
  const [last] = appealable(kase)
  if (last === undefined) return refusedOutright(reason('no-power', kase.clause))
  const clause = cite(kase.rulebook, last.rule.clause)
  const marks = marksOf(decision, last.run.key)
  const reasons: Reason[] = []
  if (act.by === 'rule' || (act.by !== decision.by && factOf(kase, 'party', decision.power)?.value !== true))
    reasons.push(reason('not-eligible', clause))
  if (marks.appeal !== undefined) reasons.push(reason('already-done', clause, moment(marks.appeal.at)))
  reasons.push(...lateAppeal(last.rule.rule, clause, marks.outcome?.at ?? act.occurredAt, act.recordedAt, reckoning))
  return { reasons, stage: last.run.key, events: [{ kind: 'appealed', document: act.document }] }
}

/** The answer to an appeal by the body that hears it, with other members than decided before where the rule asks for that. */
export function answerAppeal(kase: StageCase, act: ActOf<'answer-appeal'>): Judged {
  const { decision, rulebook } = kase
  const open = appealable(kase).find(({ run }) => marksOf(decision, run.key).appeal?.answer === null)
  if (open === undefined) return refusedOutright(reason('wrong-stage', kase.clause))
  const { to } = open.rule.rule
  const clause = cite(rulebook, open.rule.clause)
  const reasons: Reason[] = act.as === `body ${to.body}` ? [] : [reason('wrong-electorate', clause, named('body', to.body))]
  if (isHeardByOthers(open.rule.rule) && factOf(kase, 'disjoint', to.body)?.value !== true)
    reasons.push(reason('missing-fact', clause, named('body', to.body)))
  reasons.push(...bodyReasons(kase, rulebook, to.body, null, clause, act.outcome === 'allowed'))
  return { reasons, stage: open.run.key, events: [{ kind: 'appeal-answered', outcome: act.outcome }] }
}
