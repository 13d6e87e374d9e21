import type { DecisionId } from '../act.ts'
import type { Base, Condition, Share } from '../language/expression.ts'
import { judgeCondition, type Bases, type Beats, type Measured } from '../measure.ts'
import type { StageOf } from '../schema/stages.ts'
import { decisionOf, marksOf, type Editions, type State } from '../state.ts'
import { procedureOf } from './plan.ts'

/** Votes of a counted ballot; `cast` counts returned ballots. */
export type Votes = { readonly for: number; readonly against: number; readonly blank: number; readonly cast: number }

/**
 * One condition of carrying a ballot as it was judged: `actual` votes or voters against the least number `needed`. `share` and `base` are the
 * rule's own words (`2/3` of `for-and-against`) and `size` what the base came to; all null where the rule asks for a plain number.
 */
export type Standard = {
  readonly measure: 'yes' | 'turnout'
  readonly kind: 'at least' | 'more than'
  readonly share: Share | null
  readonly base: string | null
  readonly size: number | null
  readonly needed: number
  readonly actual: number
  readonly holds: boolean
}

type Roll = { readonly size: number; readonly electorate: string }

/** Sizes of the bases that a count and its frozen roll state; `others` looks up the rest. */
export function ballotBases(abstain: StageOf<'ballot'>['abstain'], roll: Roll, votes: Votes, others: Bases = () => null): Bases {
  const valid = votes.for + votes.against + votes.blank
  const sizes: Readonly<Record<string, number>> = {
    'for-and-against': votes.for + votes.against,
    'votes-cast': abstain === 'not cast' ? valid - votes.blank : valid,
    valid,
    returned: votes.cast,
    issued: roll.size,
    roll: roll.size,
  }
  return (base) =>
    base.kind === 'votes'
      ? (sizes[base.of] ?? null)
      : base.kind === 'electorate' && base.id === roll.electorate
        ? roll.size
        : others(base)
}

/** Votes and voters of a count as conditions measure them; what it does not say itself, `others` may. */
const measuredIn =
  (votes: Votes, others: Measured): Measured =>
  (measure, ofClass) =>
    ofClass === null && measure === 'yes'
      ? votes.for
      : ofClass === null && measure === 'turnout'
        ? votes.cast
        : others(measure, ofClass)

/** Judges each condition of carrying a ballot; null where a number it needs has not been stated. */
export const judgeBallot = (
  pass: readonly Condition[],
  votes: Votes,
  bases: Bases,
  others: Measured = () => null,
  beats: Beats = () => null,
) => pass.map((c) => judgeCondition(c, measuredIn(votes, others), bases, beats))

const baseName = (base: Base): string | null =>
  base.kind === 'votes' ? base.of : base.kind === 'electorate' ? `electorate ${base.id}` : null

/** What the ballot of a decision had to reach, and what it reached. Empty before the count, or when a condition is of another kind. */
export function standards(editions: Editions, state: State, id: DecisionId): readonly Standard[] {
  const decision = decisionOf(state, id)
  const stages = (decision === null ? null : procedureOf(editions, decision, state.reaching))?.found.rule.stages ?? []
  const stage = stages.find((s): s is StageOf<'ballot'> => s.do === 'ballot')
  if (decision === null || stage === undefined) return []
  const { result } = marksOf(decision, stage.id).box
  const { roll } = marksOf(decision, stage.roll)
  if (result === null || roll === null) return []
  const bases = ballotBases(stage.abstain, roll, result.tally)
  return judgeBallot(stage.pass, result.tally, bases).flatMap((judged, i): readonly Standard[] => {
    const condition = stage.pass[i]
    if (judged === null || condition?.kind !== 'measure') return []
    const { measure, threshold } = condition
    if (measure !== 'yes' && measure !== 'turnout') return []
    const { amount } = threshold
    const share = amount.kind === 'share' ? amount : null
    return [
      {
        measure,
        kind: threshold.kind,
        share: share?.share ?? null,
        base: share === null ? null : baseName(share.base),
        size: share === null ? null : bases(share.base),
        ...judged,
      },
    ]
  })
}
