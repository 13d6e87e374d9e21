// What instant runoff leaves open, in the vocabulary of RCTab's contest configuration ("Configuration File Parameters", Ranked Choice Voting
// Resource Center): American statutes differ in little else. Nothing has a default.
import type { JsonObject } from '@quorate/kernel'

/** The points of a rule of instant runoff. RCTab's name of each stands in brackets. */
export type IrvParams = {
  /**
   * Two or more marks at one rank (`overvoteRule`). `exhaust`: the paper stops counting when that rank is reached. `skip`: the rank is passed
   * over. `exhaust-if-multiple`: it counts for the one of them still standing; with more than one it stops counting; with none it goes on.
   */
  readonly overvote: 'exhaust' | 'skip' | 'exhaust-if-multiple'
  /** Ranks in a row that may stay empty before a mark (`maxSkippedRanksAllowed`); one more, and the paper stops counting there. */
  readonly skippedRanks: number | 'unlimited'
  /** A candidate met at a second rank (`exhaustOnDuplicateCandidate`): the paper stops counting there, or the second mark is passed over. */
  readonly repeated: 'exhaust' | 'skip'
  /** Ranks a voter has (`maxRankingsAllowed`); marks at later ones are not looked at. */
  readonly maxRanks: number | 'all'
  /**
   * Exclude together all who cannot catch the next above even with every vote of those below (`batchElimination`): the largest group of the
   * lowest whose votes together are fewer than those of the next. A group of one is an ordinary exclusion.
   */
  readonly batch: boolean
  /** Stop at a majority, or go on to the last two although somebody has one (`continueUntilTwoCandidatesRemain`). */
  readonly until: 'majority' | 'two-left'
  /**
   * More than half of what: the votes still counting, anew in each round, or the votes counted in the first (`firstRoundDeterminesThreshold`).
   * Under the latter nobody may reach it: then the one of the last two with more votes is elected.
   */
  readonly majorityOf: 'continuing' | 'valid'
  /** Level for exclusion or among the last two (`tiebreakMode`): the lot at once, or first the round before, and so back to the first. */
  readonly ties: 'lot' | 'earlier-rounds-then-lot'
  /**
   * Candidates who stand for write-ins nobody declared, ascending: excluded before all others, together; while they have votes nobody is
   * elected, and they never are (`undeclaredWriteInLabel`).
   */
  readonly undeclared: readonly number[]
}

/** The first parameter that makes no sense for so many candidates, or null. */
export function badIrvParam(params: IrvParams, candidates: number): keyof IrvParams | null {
  const { skippedRanks, maxRanks, undeclared } = params
  const closed = {
    overvote: ['exhaust', 'skip', 'exhaust-if-multiple'],
    repeated: ['exhaust', 'skip'],
    batch: [true, false],
    until: ['majority', 'two-left'],
    majorityOf: ['continuing', 'valid'],
    ties: ['lot', 'earlier-rounds-then-lot'],
  } as const satisfies Partial<Record<keyof IrvParams, readonly unknown[]>>
  for (const [name, values] of Object.entries(closed)) {
    const key = name as keyof typeof closed // Object.entries forgets the keys' type
    if (!(values as readonly unknown[]).includes(params[key])) return key
  }
  if (skippedRanks !== 'unlimited' && (!Number.isSafeInteger(skippedRanks) || skippedRanks < 0)) return 'skippedRanks'
  if (maxRanks !== 'all' && (!Number.isSafeInteger(maxRanks) || maxRanks < 1)) return 'maxRanks'
  if (!Array.isArray(undeclared)) return 'undeclared'
  const known = undeclared.every((c, i) => Number.isInteger(c) && c > (undeclared[i - 1] ?? -1) && c < candidates)
  return known ? null : 'undeclared'
}

/** The parameters as a trace carries them. */
export const irvParamsJson = (params: IrvParams): JsonObject => ({
  overvote: params.overvote,
  skippedRanks: params.skippedRanks,
  repeated: params.repeated,
  maxRanks: params.maxRanks,
  batch: params.batch,
  until: params.until,
  majorityOf: params.majorityOf,
  ties: params.ties,
  undeclared: params.undeclared,
})
