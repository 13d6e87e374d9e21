import { quotient } from '../arithmetic.ts'
import { nextKeep, partUp } from './meek.ts'
import type { Votes } from '../trace.ts'

/**
 * The points of Schedule 1A at which counters go wrong, each a part that the tests can replace by the mistake, to prove that the figures
 * would notice. Not exported from the package: a count that is published always runs under {@link schedule1A}.
 */
export type NzMeekRules = {
  readonly quota: (inPlay: Votes, vacancies: bigint) => Votes
  readonly keep: (keep: Votes, quota: Votes, votes: Votes) => Votes
  /** What a candidate keeps of a part of a paper. */
  readonly part: (rest: Votes, keep: Votes) => Votes
  /** Whether the quota follows the votes still in play. */
  readonly quotaFollows: boolean
  /** Clause 13, first half: the lowest goes as soon as the surplus can no longer save them. */
  readonly certainGoEarly: boolean
  readonly tieSearch: 'first' | 'last'
  readonly numberWhoGoes: 'lowest' | 'highest'
}

/** Local Electoral Regulations 2001 (New Zealand), Schedule 1A. */
export const schedule1A: NzMeekRules = {
  // 5, 11: cut to nine places, and 0.000000001 more.
  quota: (inPlay, vacancies) => quotient(inPlay, vacancies + 1n) + 1n,
  // 9: each step rounded up.
  keep: nextKeep,
  // 10: rounded up if not exact.
  part: partUp,
  // 11
  quotaFollows: true,
  // 13
  certainGoEarly: true,
  // 40: "the earliest step".
  tieSearch: 'first',
  // 19
  numberWhoGoes: 'lowest',
}
