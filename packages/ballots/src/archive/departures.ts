import { voterPseudonymOf } from '../voting/credential.ts'
import type { Box } from './box.ts'

/** A voter who was found not to belong on the roll: what they had in the box before entry `index` leaves it. */
export type Departure = { readonly index: number; readonly voter: string }

/** What an act by the rules changed, and where it stands. */
export type Settled = {
  readonly index: number
  readonly events: readonly { readonly kind: string; readonly voter?: string; readonly outcome?: string }[]
}

/**
 * Who left the box, in order. An appeal about a place on the roll that is lost before the count takes the ballot out. Entry `closedAt`
 * published the locked sum; a ballot that left it after that would show by the difference how it was cast, so nothing does.
 */
export const departuresIn = (acts: readonly Settled[], closedAt: number): readonly Departure[] =>
  acts.flatMap(({ index, events }) =>
    index >= closedAt
      ? []
      : events.flatMap(({ kind, voter, outcome }) =>
          kind === 'roll-settled' && outcome === 'left' && voter !== undefined ? [{ index, voter }] : [],
        ),
  )

/** Whether the ballot that a voting key has at entry `lastAt`, its last, has left the box. A ballot cast after a departure counts. */
export const hasLeft = (departures: readonly Departure[], credential: string, lastAt: number): boolean =>
  departures.length > 0 &&
  departures.some(
    (
      (voter) => (departure) =>
        departure.index > lastAt && departure.voter === voter
    )(voterPseudonymOf(credential)),
  )

/** Takes out of a box what its leavers had in it. `lastAt`: entry of each voting key's last ballot. */
export function takeOutLeavers(
  box: Pick<Box, 'takeOut'>,
  lastAt: ReadonlyMap<string, number>,
  departures: readonly Departure[],
): void {
  for (const [credential, index] of lastAt) if (hasLeft(departures, credential, index)) box.takeOut(credential)
}
