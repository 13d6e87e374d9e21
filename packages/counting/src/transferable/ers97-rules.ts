import { quotient, quotientUp } from '../arithmetic.ts'
import type { Votes } from '../trace.ts'

/**
 * The points of ERS97 at which counters go wrong, each a part that the tests can replace by the mistake, to prove that the figures would
 * notice. Not exported from the package: a count that is published always runs under {@link ers97Rules}.
 */
export type Ers97Rules = {
  readonly quota: (votes: Votes, places: bigint) => Votes
  /** From the surplus, the transferable papers and all papers looked at. */
  readonly transferValue: (surplus: Votes, transferable: bigint, papers: bigint) => Votes
  readonly lastBatchOnly: boolean
  readonly surplusesWait: boolean
  readonly excludeTogether: boolean
  /** 5.1.7 (b) and its like. */
  readonly electByShare: boolean
  readonly quotaLowered: boolean
  readonly tieSearch: 'earliest' | 'most recent'
}

/** Newland and Britton, 3rd edition. */
export const ers97Rules: Ers97Rules = {
  // 5.1.6: two decimals; 0.01 more unless exact.
  quota: (votes, places) => quotientUp(votes, places + 1n),
  // 5.3.7: the surplus ÷ the transferable papers, remainder ignored.
  transferValue: (surplus, transferable) => quotient(surplus, transferable),
  // 5.3.2
  lastBatchOnly: true,
  // 5.2.2
  surplusesWait: true,
  // 5.2.5
  excludeTogether: true,
  electByShare: true,
  // 5.4.8
  quotaLowered: true,
  // 5.2.3, 5.2.5: "at the earliest point in the count".
  tieSearch: 'earliest',
}
