import type { Instant } from '@quorate/kernel'
import type { Fingerprint } from './act.ts'
import { settle } from './decision/due.ts'
import { asksForCandidates, candidateList } from './decision/options.ts'
import type { StageOf } from './schema/stages.ts'
import { decisionOf, fieldOf, marksOf, type Editions, type State } from './state.ts'
import type { DecisionId } from './terms.ts'

/**
 * What the last ballot of a decision asks: its stage; the numbers of the candidates it lists, in the order of the paper (null where it lists none), who
 * they are in that order as a fingerprint; and how many places there are to fill.
 */
export type BallotAsked = {
  readonly stage: StageOf<'ballot'>
  readonly candidates: readonly number[] | null
  readonly list: Fingerprint | null
  readonly places: number
}

/** What the last ballot that a decision has come to asks; null before it comes to one. */
export function ballotAsked(editions: Editions, state: State, id: DecisionId, now: Instant): BallotAsked | null {
  const before = decisionOf(state, id)
  const { settled } = before === null ? { settled: null } : settle(editions, state, before, now)
  const stage = settled?.path.runs.findLast((run) => run.stage.do === 'ballot')?.stage
  if (settled === null || stage?.do !== 'ballot') return null
  const { decision, path } = settled
  const nominated = path.runs.findLast((run) => run.stage.do === 'nominate')
  const stated = nominated === undefined ? null : fieldOf(marksOf(decision, nominated.key)).places
  const list = asksForCandidates(stage) ? candidateList(decision, path, 'opening') : null
  return {
    stage,
    candidates: list?.numbers ?? null,
    list: list?.fingerprint ?? null,
    places: stage.counting?.seats ?? stated ?? 1,
  }
}
