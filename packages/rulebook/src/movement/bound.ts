/** Votes of a yes-no ballot. */
export type YesNoTally = { readonly for: number; readonly against: number; readonly blank: number }

/**
 * Whether some votes, whichever way they went, could have decided a secret ballot: takes `count` votes out of the tally in every way there is and
 * asks `carries` each time. A secret box does not show how they voted, so this is a bound: `false` is certain, `true` means re-run. `example`: the
 * tally without them that would have come out the other way.
 */
export function couldDecide(
  tally: YesNoTally,
  count: number,
  carries: (tally: YesNoTally) => boolean,
): { readonly could: boolean; readonly example: YesNoTally | null } {
  const was = carries(tally)
  const least = Math.max(0, count - tally.against - tally.blank)
  for (let yes = least; yes <= Math.min(count, tally.for); yes++) {
    const rest = count - yes
    for (let no = Math.max(0, rest - tally.blank); no <= Math.min(rest, tally.against); no++) {
      const without = { for: tally.for - yes, against: tally.against - no, blank: tally.blank - (rest - no) }
      if (carries(without) !== was) return { could: true, example: without }
    }
  }
  return { could: false, example: null }
}
