/**
 * Whether a key may be made for such a table: two trustees at least, and more than half of them must open together. With fewer one person, or one
 * camp of two, could open single ballots alone; with half, two camps could open two sums. Source: BALLOTS §3.
 */
export const needsMajority = ({ size, threshold }: { readonly size: number; readonly threshold: number }): boolean =>
  size >= 2 && 2 * threshold > size
