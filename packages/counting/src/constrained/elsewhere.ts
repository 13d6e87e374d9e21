/** Other districts of the same election, whose candidates count for the same bounds: what they have decided and what is still open in them. */
export type Elsewhere = { readonly places: number; readonly elected: readonly number[]; readonly continuing: readonly number[] }

/** One district only. */
export const nowhere: Elsewhere = { places: 0, elected: [], continuing: [] }
