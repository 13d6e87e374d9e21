import { after, reckoningOf } from '../calendar.ts'
import { onlyProvision, type Rulebook } from '../language/model.ts'
import { moment, reason, type Case } from '../reasons.ts'
import type { Route } from '../refusal.ts'
import type { Citation } from '../terms.ts'
import { judgeActing, judgeSubstitute } from './acting-acts.ts'
import { judgeAppeal, judgeDecideAppeal, judgeDraw } from './appeal-acts.ts'
import { judgeAddItems, judgeCall } from './call-acts.ts'
import { judgeDelegate, judgeEndDelegation } from './delegation-acts.ts'
import { judgeEmergency, judgePostpone, judgeRatify } from './emergency-acts.ts'
import { judgeAnswerFact, judgeAttest, judgeChallengeFact } from './fact-acts.ts'
import { judgeDeclareFounding, judgeDissolve, judgeFound, judgeFreezeFounding } from './founding-acts.ts'
import { judgeDeclareInterest, judgeInterest } from './interest-acts.ts'
import { noRule, settled, type Judgement, type Judging } from './judging.ts'
import { judgeAdjourn, judgeClose, judgeOpen, judgePresent } from './meeting-acts.ts'
import { emptyMovement, type MovementAct } from './movement.ts'
import { judgeLift, judgeOrder } from './order-acts.ts'
import { judgeOutage } from './outage-acts.ts'
import { judgeLiftSanction, judgeSanction } from './sanction-acts.ts'
import { judgeCease, judgeFill, judgeLeave, judgeRemove } from './seat-acts.ts'
import { judgeResolve } from './voting.ts'
import { judgeDerecognise, judgeMerge, judgeRecognise, judgeStandingOrder } from './standing-orders.ts'

type MovementCase = Omit<Case, 'act'> & { readonly act: Judging['act'] }

/** Judges an act outside any one decision: its effects, or every way with why it is closed. */
export function judgeMovement(
  kase: MovementCase,
  rulebook: Rulebook,
): Judgement | { readonly routes: readonly [Route, ...Route[]] } {
  const movement = kase.state.movement ?? emptyMovement
  const j: Judging = { ...kase, rulebook, movement, reckoning: reckoningOf(rulebook), now: kase.act.occurredAt }
  const { does } = kase.act
  const ended = movement.life.dissolved
  if (ended !== null && !isLastAct(j, ended.at, does.kind)) return { routes: [closed(ended.clause, ended.at)] }
  const ways = waysOf(j, does)
  return settled('clause' in ways ? [ways] : ways, noRule(j, ''))
}

const closed = (clause: Citation, at: Judging['now']): Route => ({
  clause,
  procedure: null,
  reasons: [reason('too-late', clause, moment(at))],
  earliest: null,
  assumes: [],
})

/** What is lawful after dissolution whatever the rules say: leaving, what courts say, and the appeals and challenges people already had. */
const lastActs: readonly MovementAct['kind'][] = [
  'record-order',
  'lift-order',
  'appeal',
  'draw-panel',
  'decide-appeal',
  'challenge-fact',
  'answer-fact',
  'leave-seat',
  'cease',
  'end-delegation',
  'lift-sanction',
  'close-meeting',
]
/** Acts that the power to call meetings carries with it: a body that still has something to do must be able to meet. */
const meetingActs: readonly MovementAct['kind'][] = [
  'call-meeting',
  'call-named-meeting',
  'add-items',
  'open-meeting',
  'count-present',
  'resolve',
  'adjourn-meeting',
]

/** What protects people goes on for ever; what the clause on dissolution lists, as long as it says. */
function isLastAct({ rulebook, reckoning, now }: Judging, endedAt: Judging['now'], kind: MovementAct['kind']): boolean {
  const rule = onlyProvision(rulebook, 'dissolution')?.rule
  const may: readonly string[] = rule?.may ?? []
  const inTime = rule === undefined || now < after(endedAt, rule.within, reckoning)
  return lastActs.includes(kind) || (inTime && may.includes('call-meeting') && meetingActs.includes(kind))
}

/** A table over the closed union: which judge hears which act. */
function waysOf(j: Judging, does: MovementAct): Judgement | readonly Judgement[] {
  switch (does.kind) {
    case 'fill-seat':
      return judgeFill(j, does)
    case 'leave-seat':
      return judgeLeave(j, does)
    case 'remove-holder':
      return judgeRemove(j, does)
    case 'cease':
      return judgeCease(j, does)
    case 'act-for':
      return judgeActing(j, does)
    case 'name-substitute':
      return judgeSubstitute(j, does)
    case 'call-meeting':
    case 'call-named-meeting':
      return judgeCall(j, does)
    case 'add-items':
      return judgeAddItems(j, does)
    case 'open-meeting':
      return judgeOpen(j, does)
    case 'count-present':
      return judgePresent(j, does)
    case 'resolve':
      return judgeResolve(j, does)
    case 'adjourn-meeting':
      return judgeAdjourn(j, does)
    case 'close-meeting':
      return judgeClose(j, does)
    case 'recognise-group':
      return judgeRecognise(j, does)
    case 'derecognise-group':
      return judgeDerecognise(j, does)
    case 'merge-groups':
      return judgeMerge(j, does)
    case 'set-standing-order':
      return judgeStandingOrder(j, does)
    case 'attest':
      return judgeAttest(j, does)
    case 'challenge-fact':
      return judgeChallengeFact(j, does)
    case 'answer-fact':
      return judgeAnswerFact(j, does)
    case 'record-order':
      return judgeOrder(j, does)
    case 'lift-order':
      return judgeLift(j, does)
    case 'declare-emergency':
      return judgeEmergency(j, does)
    case 'ratify-emergency':
      return judgeRatify(j, does)
    case 'postpone':
      return judgePostpone(j, does)
    case 'declare-interest':
      return judgeDeclareInterest(j, does)
    case 'rule-on-interest':
      return judgeInterest(j, does)
    case 'sanction':
      return judgeSanction(j, does)
    case 'lift-sanction':
      return judgeLiftSanction(j, does)
    case 'appeal':
      return judgeAppeal(j, does)
    case 'draw-panel':
      return judgeDraw(j, does)
    case 'decide-appeal':
      return judgeDecideAppeal(j, does)
    case 'delegate':
      return judgeDelegate(j, does)
    case 'end-delegation':
      return judgeEndDelegation(j, does)
    case 'report-outage':
      return judgeOutage(j, does)
    case 'found':
      return judgeFound(j, does)
    case 'freeze-founding':
      return judgeFreezeFounding(j)
    case 'declare-founding':
      return judgeDeclareFounding(j)
    case 'dissolve':
      return judgeDissolve(j, does)
  }
}
