import type { Instant } from '@quorate/kernel'
import type { Fingerprint } from './act.ts'
import { settle } from './decision/due.ts'
import { asksForCandidates, candidateList, listOf } from './decision/options.ts'
import type { StageOf } from './schema/stages.ts'
import { decisionOf, fieldOf, marksOf, type Editions, type State } from './state.ts'
import type { DecisionId } from './terms.ts'

/**
 * What the last ballot of a decision asks: its stage; the numbers of the candidates it lists, in the order of the paper (null where it lists none), those
 * of them who no longer stand, who they all are in that order as a fingerprint; and how many places there are to fill: those
 * its rule says, and what was stated only where the rule says nothing.
 */
export type BallotAsked = {
  readonly stage: StageOf<'ballot'>
  readonly candidates: readonly number[] | null
  readonly withdrawn: readonly number[]
  readonly list: Fingerprint | null
  readonly places: number
}

/**
 * What the last ballot that a decision has come to asks; null before it comes to one. `paper`: the numbers on the paper as it was set up, which nothing
 * changes afterwards; null for one that would be set up now. That lists whoever may still give the statement that is due by opening.
 */
export function ballotAsked(
  editions: Editions,
  state: State,
  id: DecisionId,
  now: Instant,
  paper: readonly number[] | null = null,
): BallotAsked | null {
  const before = decisionOf(state, id)
  const { settled } = before === null ? { settled: null } : settle(editions, state, before, now)
  const stage = settled?.path.runs.findLast((run) => run.stage.do === 'ballot')?.stage
  if (settled === null || stage?.do !== 'ballot') return null
  const { decision, path } = settled
  const nominated = path.runs.findLast((run) => run.stage.do === 'nominate')
  const field = nominated === undefined ? null : fieldOf(marksOf(decision, nominated.key))
  const listable = asksForCandidates(stage) ? candidateList(decision, path, 'close') : null
  const list = listable === null || field === null || paper === null ? listable : listOf(field, paper)
  const standing = candidateList(decision, path, 'opening')?.numbers ?? []
  return {
    stage,
    candidates: list?.numbers ?? null,
    withdrawn: list?.numbers.filter((number) => !standing.includes(number)) ?? [],
    list: list?.fingerprint ?? null,
    places: stage.counting?.seats ?? field?.places ?? 1,
  }
}
