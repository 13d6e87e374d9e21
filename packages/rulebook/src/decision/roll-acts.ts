import { statedBases } from './body-vote.ts'
import type { EventBody } from '../event.ts'
import { onlyStay } from './stay.ts'
import { includesPerson } from '../people-set.ts'
import { factOf, reason } from '../reasons.ts'
import type { StageOf } from '../schema/stages.ts'
import { byRule, latestMarks, type ActOf, type Found, type StageCase, refused, refusedOutright } from './stage-case.ts'
import { ballotBases, judgeBallot, type Votes } from './standard.ts'
import { marksOf, nobodyIn, type StageMarks } from '../state.ts'

/**
 * A place on the roll that was under appeal has been decided. Whoever does not belong there has their ballot taken out while the ballot is
 * open. Once it has closed that cannot be: the locked sum is published then, and a second sum without the ballot would show how it was cast.
 * What can be said is whether so many ballots could have decided it.
 */
export function settleRoll(kase: StageCase, act: ActOf<'settle-roll'>): Found & { readonly stage: string } {
  const { clause, decision, path } = kase
  const run = path.runs.findLast(({ stage, key }) => stage.do === 'ballot' && !nobodyIn(marksOf(decision, key).box.provisional))
  if (run?.stage.do !== 'ballot') return refusedOutright(...byRule(kase), reason('no-power', clause))
  const { stage, key } = run
  const marks = marksOf(decision, key)
  const reasons = [...byRule(kase)]
  const { provisional } = marks.box
  if (provisional === undefined || !includesPerson(provisional, act.voter)) reasons.push(reason('already-done', clause))
  const stays = factOf(kase, 'roll-appeal', act.voter)?.value
  if (typeof stays !== 'boolean') return { ...refused(...reasons, reason('missing-fact', clause)), stage: key }
  const settled = (outcome: 'stays' | 'left' | 'late'): EventBody => ({
    kind: 'roll-settled',
    voter: act.voter,
    outcome,
  })
  const stay = onlyStay(kase.rulebook)
  // A rule may leave ballots in the box that were cast in good faith; after the count it is asked whether they could have decided it.
  const keeps = marks.box.result === null && stay?.upheldBeforeTally === 'ballot stays'
  if (stays || keeps) return { reasons, events: [settled('stays')], stage: key }
  if (marks.box.closedAt === null) return { reasons, events: [settled('left')], stage: key }
  // What it can weigh is measured when there is a result.
  const { doubtAt, box } = marks
  const found = box.result === null ? [] : doubt(kase, stage, { ...box.result, doubtAt, ballots: (box.tooLate ?? 0) + 1 })
  return { reasons, events: [settled('late'), ...found], stage: key }
}

/** A result, and how many ballots it counts that should not have been. */
type Doubtful = {
  readonly outcome: 'carried' | 'fallen'
  readonly tally: Votes
  readonly ballots: number
  readonly doubtAt: StageMarks['doubtAt'] | undefined
}

/** How much the ballots that should not have counted can weigh, and what the rule makes of it. */
export function doubt(kase: StageCase, stage: StageOf<'ballot'>, result: Doubtful): readonly EventBody[] {
  const roll = latestMarks(kase.decision, kase.path, stage.roll).roll
  const { ballots, doubtAt } = result
  if (roll === null || ballots === 0) return []
  const margin = Math.abs(result.tally.for - result.tally.against)
  const couldDecide = outcomeMayTurn(kase, stage, roll, result.tally, result.outcome, ballots)
  const measured: EventBody = { kind: 'doubt-measured', ballots, margin, couldDecide }
  const again = couldDecide && doubtAt === undefined && onlyStay(kase.rulebook)?.upheldAfter === 're-run if it could decide'
  return again ? [measured, { kind: 're-run-ordered' }] : [measured]
}

/** Whether taking so many ballots away from the side that prevailed would turn the outcome: the worst case, for the box is secret. */
function outcomeMayTurn(
  kase: StageCase,
  stage: StageOf<'ballot'>,
  roll: { readonly size: number; readonly electorate: string },
  tally: Votes,
  outcome: 'carried' | 'fallen',
  ballots: number,
): boolean {
  const carries = (votes: Votes): boolean => {
    const bases = ballotBases(stage.abstain, roll, votes, statedBases(kase, kase.rulebook))
    const judged = judgeBallot(stage.pass, votes, bases)
    return judged.every((j) => j?.holds === true) && (votes.for !== votes.against || stage.tie === 'carried')
  }
  const side = outcome === 'carried' ? 'for' : 'against'
  const worst = (lost: number): Votes => ({
    ...tally,
    [side]: Math.max(0, tally[side] - lost),
    cast: Math.max(0, tally.cast - lost),
  })
  return carries(worst(ballots)) !== (outcome === 'carried')
}
