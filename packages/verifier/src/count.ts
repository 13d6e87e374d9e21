import { countMajority, type Condition } from '@quorate/counting'
import { fraction } from '@quorate/kernel'
import { provision, type Stage } from '@quorate/rulebook'
import type { Replay } from './replay.ts'
import { failed, notChecked, passed, type Outcome, type Quantity } from './verdict.ts'

type BallotStage = Extract<Stage, { readonly do: 'ballot' }>
type Pass = BallotStage['pass'][number]

/**
 * The outcome, counted again by a second program: each line of the rule in whole votes (`at least 2/3 of 100` is 67), from the figures that
 * were declared and the size of the roll. The rules check has judged it once, by the rulebook's own engine.
 */
export function checkCount(replay: Replay): Outcome {
  const found = replay.acts.flatMap(({ index, recorded, rulebook }) =>
    recorded.events.flatMap((event) => (event.kind === 'declared' ? [{ index, event, rulebook }] : [])),
  )[0]
  if (found === undefined || replay.decision === null) return notChecked('not-yet')
  const { index, event, rulebook } = found
  const { stage: id, tally, outcome, clause } = event
  const stage = provision(rulebook, 'procedure', replay.decision.procedure)?.rule.stages.find((s) => s.id === id)
  const roll = replay.acts.flatMap(({ recorded }) => recorded.events).find((e) => e.kind === 'frozen')
  if (stage?.do !== 'ballot' || roll?.kind !== 'frozen') return notChecked('not-supported')
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
  const tied = tally.for === tally.against && stage.tie !== 'carried'
  const expected = again.value.carried && !tied ? 'carried' : 'fallen'
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
