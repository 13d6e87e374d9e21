import { countMajority, type Condition } from '@quorate/counting'
import { fraction } from '@quorate/kernel'
import type { Fact } from '@quorate/rulebook'
import { asksYesNo, ballotStageOf, factSaid, staysShut, type BallotStage } from './ballot-stage.ts'
import type { Replay } from './replay.ts'
import { failed, notChecked, passed, type Outcome, type Quantity } from './verdict.ts'

type Pass = BallotStage['pass'][number]

/**
 * The outcome, counted again by a second program: each line of the rule in whole votes (`at least 2/3 of 100` is 67), from the figures that
 * were declared and the size of the roll. The rules check has judged it once, by the rulebook's own engine.
 */
export function checkCount(replay: Replay): Outcome {
  const found = replay.acts.flatMap(({ index, recorded, rulebook }) =>
    recorded.events.flatMap((event) => (event.kind === 'declared' ? [{ index, event, rulebook, recorded }] : [])),
  )[0]
  if (found === undefined || replay.decision === null) return notChecked('not-yet')
  const { index, event, rulebook, recorded } = found
  const { stage: id, tally, outcome, clause } = event
  const stage = ballotStageOf(rulebook, replay.decision, id)
  const roll = replay.acts.flatMap(({ recorded }) => recorded.events).find((e) => e.kind === 'frozen')
  if (stage === null || roll?.kind !== 'frozen') return notChecked('not-supported')
  const conditions = stage.pass.map((pass) => conditionOf(pass, roll.electorate))
  const [first, ...rest] = conditions.filter((c) => c !== null)
  if (first === undefined || rest.length + 1 < conditions.length) return notChecked('not-supported')
  const counted = stage.abstain ?? 'cast'
  const figures = {
    for: tally.for,
    against: tally.against,
    abstain: 0,
    blank: tally.blank,
    spoilt: tally.cast - tally.for - tally.against - tally.blank,
    sizes: { issued: roll.size, roll: roll.size },
  }
  const again = countMajority({ abstain: counted, blank: counted, conditions: [first, ...rest] }, figures)
  if (again.kind === 'fail')
    return failed('outcome-differs', { entry: index, clause, expected: 'figures that nest', found: again.error.kind })
  const chosen = recorded.events.find((each) => each.kind === 'chosen')
  const isBroken = asksYesNo(stage) && tally.for === tally.against ? tieCarries(stage, recorded.facts) : null
  // Whatever carries a level vote counts as one vote more for it, against the same lines.
  const meets = again.value.conditions.every(
    ({ met, condition, votes, line }) => met || (isBroken === true && condition.measure === 'yes' && votes + 1 >= line),
  )
  const isCarried = meets && isBroken !== false && !staysShut(recorded) && chosen?.options.length !== 0
  const expected = isCarried ? 'carried' : 'fallen'
  if (expected !== outcome) return failed('outcome-differs', { entry: index, clause, expected, found: outcome })
  const lines = again.value.conditions.map(({ condition, line }): Quantity => ({
    name: condition.measure === 'yes' ? 'needed for' : 'needed to take part',
    count: line,
  }))
  return passed(
    { name: 'for', count: tally.for },
    { name: 'against', count: tally.against },
    { name: 'ballots', count: tally.cast },
    ...lines,
  )
}

/** Whether a level vote is carried, by the rule itself or by the casting vote or lot that the act states. */
function tieCarries({ tie }: BallotStage, facts: readonly Fact[]): boolean {
  if (tie === 'casting vote') return factSaid(facts, 'casting-vote')?.value === true
  if (tie === 'lot in public') return factSaid(facts, 'lot')?.value === true
  return tie === 'carried'
}

/** A condition of the rulebook as the counting package takes it; null when it needs more than papers and the roll. */
function conditionOf(pass: Pass, electorate: string): Condition | null {
  if (pass.kind !== 'measure' || pass.ofClass !== null || (pass.measure !== 'yes' && pass.measure !== 'turnout')) return null
  const { kind: comparison, amount } = pass.threshold
  const head = { measure: pass.measure, comparison }
  if (amount.kind === 'count') return { ...head, need: { kind: 'number', number: amount.count } }
  if (amount.kind !== 'share') return null
  const { base, share } = amount
  const of = base.kind === 'votes' ? base.of : base.kind === 'electorate' && base.id === electorate ? 'roll' : null
  if (of === null || of === 'present') return null
  return { ...head, need: { kind: 'share', share: fraction(share.numerator, share.denominator), of } }
}
