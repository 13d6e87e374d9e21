import type { LockedBallot } from './voting/ballot.ts'
import type { Election } from './election.ts'

/**
 * The hints of a ballot that was just locked: the device knows the points, so nothing is worked out again. Undefined where the group has no
 * use for hints. All of it is public. Cost: a product a point.
 */
export const ownHints = ({ engine }: Election, { points }: LockedBallot): Uint8Array | undefined =>
  points === undefined ? undefined : engine.hintsOf?.(points)
