import { unreachable, type Instant } from '@quorate/kernel'
import { momentIn } from '../anchors.ts'

import { check, consider, counterProposal } from './answer-acts.ts'
import { answerAppeal, appeal } from './appeal-acts.ts'
import { cast, open, schedule } from './ballot-acts.ts'
import { answer, answerObjection, certify, challenge, enact, objection } from './closing-acts.ts'
import { amend, backAmendment, compose, consent, decideAmendment, withdrawAmendment } from './debate-acts.ts'
import { declare } from './declare-act.ts'
import type { EventBody } from '../event.ts'
import { ruleIncompatible, settleIncompatible } from './incompatible-acts.ts'
import { convene, holdHustings, resolve } from './meeting-acts.ts'
import { openingAfter, second, stand, standDown } from './nomination-acts.ts'
import { freeze, notify } from './notice-acts.ts'
import type { StageRun } from './path.ts'
import { moment, named, none, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { Stage, StageOf } from '../schema/stages.ts'
import { byRule, type Found, type Running, type StageCase, refusedOutright } from './stage-case.ts'
import { marksOf } from '../state.ts'
import { settleRoll } from './roll-acts.ts'
import { sign, withdraw } from './support-acts.ts'
import { walk } from './walk.ts'

/** What judging found: reasons against, or what happens in which stage. */
export type Judged = { readonly reasons: readonly Reason[]; readonly stage: string; readonly events: readonly EventBody[] }

/** Judges an act on a running decision. All reasons are given, not the first. One case per kind of act: a table, not a procedure. */
export function judgeStageAct(kase: StageCase): Judged {
  const { act } = kase
  switch (act.kind) {
    case 'propose':
    case 'exercise':
    case 'movement':
      return refusedOutright(reason('wrong-stage', kase.clause))
    case 'sign':
      return inStage(kase, 'support', (run) => sign(kase, run))
    case 'withdraw':
      return inStage(kase, 'support', (run) => withdraw(kase, run))
    case 'check':
      return inStage(kase, 'check', (run) => check(kase, act, run))
    case 'consider':
      return kase.path.open.some(isOf('meeting'))
        ? inStage(kase, 'meeting', (run) => resolve(kase, act, run))
        : inStage(kase, 'consider', (run) => consider(kase, act, run))
    case 'convene':
      return inStage(kase, 'meeting', (run) => convene(kase, act, run))
    case 'hold-hustings':
      return inStage(kase, 'hustings', (run) => holdHustings(kase, run))
    case 'amend':
      return kase.path.open.some(isOf('consider'))
        ? inStage(kase, 'consider', (run) => counterProposal(kase, act, run))
        : inStage(kase, 'debate', (run) => amend(kase, act, run, amendmentsDue(kase, run)))
    case 'back-amendment':
      return inStage(kase, 'debate', (run) => backAmendment(kase, act, run, amendmentsDue(kase, run)))
    case 'withdraw-amendment':
      return inStage(kase, 'debate', (run) => withdrawAmendment(kase, act, run))
    case 'compose':
      return inStage(kase, 'debate', (run) => compose(kase, act, run))
    case 'consent':
      return inStage(kase, 'debate', (run) => consent(kase, act, run))
    case 'decide-amendment':
      return inStage(kase, 'debate', (run) => decideAmendment(kase, act, run, amendmentsDue(kase, run)))
    case 'rule-incompatible':
      return ruleIncompatible(kase, act)
    case 'settle':
      return settleIncompatible(kase, act)
    case 'settle-roll':
      return settleRoll(kase, act)
    case 'notify':
      return inStage(kase, 'notify', (run) => notify(kase, run))
    case 'freeze':
      return inStage(kase, 'freeze', (run) => freeze(kase, run))
    case 'schedule':
      return inStage(kase, 'ballot', (run) => schedule(kase, act, run))
    case 'open':
      return inStage(kase, 'ballot', (run) => open(kase, run))
    case 'cast':
      return inStage(kase, 'ballot', (run) => cast(kase, act, run))
    case 'declare':
      return inStage(kase, 'ballot', (run) => declare(kase, run))
    case 'certify':
      return inStage(kase, 'certify', (run) => certify(kase, run))
    case 'challenge':
      return objects(kase)
        ? inStage(kase, 'certify', (run) => objection(kase, act, run))
        : inStage(kase, 'challenge', (run) => challenge(kase, act, run))
    case 'answer-challenge':
      return objects(kase)
        ? inStage(kase, 'certify', (run) => answerObjection(kase, act, run))
        : inStage(kase, 'challenge', (run) => answer(kase, act, run))
    case 'enact':
      return inStage(kase, 'enact', (run) => enact(kase, act, run))
    case 'stand':
      return nominating(
        kase,
        (stage) => stage.statement === 'by opening' && act.statement !== null,
        (run) => stand(kase, act, run),
      )
    case 'stand-down':
      return nominating(
        kase,
        (stage) => stage.withdraw === 'until opening',
        (run) => standDown(kase, run),
      )
    case 'second':
      return inStage(kase, 'nominate', (run) => second(kase, act, run))
    case 'appeal':
      return appeal(kase, act)
    case 'answer-appeal':
      return answerAppeal(kase, act)
    case 'tick':
      return refusedOutright(...byRule(kase))
    default:
      return unreachable(act)
  }
}

const isOf =
  <K extends Stage['do']>(kind: K) =>
  (run: StageRun): run is StageRun & { readonly stage: StageOf<K> } =>
    run.stage.do === kind

function inStage<K extends Stage['do']>(kase: StageCase, kind: K, judge: (run: Running<K>) => Found): Judged {
  const run = kase.path.open.find(isOf(kind))
  if (run === undefined) return refusedOutright(...notNow(kase, kind))
  const early =
    kase.act.occurredAt < run.startsAt
      ? [reason('too-early', kase.clause, moment(run.startsAt), moment(kase.act.occurredAt))]
      : []
  const { stage, startsAt, deadline } = run
  const found = judge({ stage, startsAt, deadline, marks: marksOf(kase.decision, run.key) })
  return { reasons: early.length === 0 ? found.reasons : [...early, ...found.reasons], stage: run.key, events: found.events }
}

/** An act of a candidate: while nominations are open, and where the rule says so after that until voting opens. */
function nominating(
  kase: StageCase,
  goesOn: (stage: StageOf<'nominate'>) => boolean,
  judge: (run: Running<'nominate'>) => Found,
): Judged {
  const { act, clause, decision, path } = kase
  const last = path.runs.findLast(isOf('nominate'))
  if (last === undefined || path.open.includes(last) || !goesOn(last.stage)) return inStage(kase, 'nominate', judge)
  const opensAt = openingAfter(kase, last)
  const late =
    opensAt !== null && act.recordedAt >= opensAt ? [reason('too-late', clause, moment(opensAt), moment(act.recordedAt))] : []
  const { stage, startsAt, deadline, key } = last
  const found = judge({ stage, startsAt, deadline, marks: marksOf(decision, key) })
  return { reasons: [...found.reasons, ...late], stage: key, events: found.events }
}

/** Whether what is challenged is a certificate: while one can be, and where the procedure knows no other challenge. */
const objects = ({ path, procedure }: StageCase): boolean =>
  path.open.some(isOf('certify')) || !procedure.rule.stages.some((stage) => stage.do === 'challenge')

/** Until when amendments are moved, and from when they are decided. */
const amendmentsDue = ({ path }: StageCase, { stage }: Running<'debate'>): Instant | null =>
  stage.amendments === null ? null : momentIn(path.walking, stage.amendments.due)

/** Why the stage of an act is not open: over since when, or not before when. */
function notNow(kase: StageCase, kind: Stage['do']): readonly Reason[] {
  const { act, decision, path, clause } = kase
  const past = path.runs.findLast((run) => run.stage.do === kind)
  if (past?.endsAt != null) {
    const closed = past.stage.do === 'ballot' ? marksOf(decision, past.key).box.closesAt : null
    return [reason('too-late', clause, moment(closed ?? past.endsAt), moment(act.recordedAt))]
  }
  if (decision.ended !== null)
    return [reason('wrong-stage', clause, named('stage', kind), named('stage', decision.ended.outcome))]
  const stayed = path.open.some(
    (run) => run.stage.do === 'challenge' && marksOf(decision, run.key).challenges.some((c) => c.answer === null),
  )
  if (kind === 'enact' && stayed) return [reason('stayed', clause)]
  const ahead = walk(kase.rulebook, kase.procedure.rule.stages, decision, act.recordedAt, 'earliest').runs.find(
    (run) => run.stage.do === kind,
  )
  const current = path.open[0]?.stage.id
  if (ahead === undefined)
    return [reason('wrong-stage', clause, named('stage', kind), current === undefined ? none : named('stage', current))]
  return [reason('too-early', clause, moment(ahead.activeAt), moment(act.recordedAt))]
}
