import type { Parcel, Votes } from '../trace.ts'

/** A parcel while it is being added up. */
export type OpenParcel = { readonly to: number | null; readonly papers: bigint; readonly received: Votes; readonly value: Votes }

/**
 * Parcels as a trace has them: by target in nomination order, the non-transferable last; then the higher value first. So a trace does not
 * depend on the order of the papers.
 */
export const sortedParcels = (parcels: Iterable<OpenParcel>): readonly Parcel[] =>
  Array.from(parcels, ({ to, papers, received, value }) => ({
    to,
    papers: Number(papers),
    received,
    value,
    amount: papers * value,
  })).sort(byTarget)

const byTarget = (a: Parcel, b: Parcel): number =>
  a.to === b.to ? (a.received > b.received ? -1 : 1) : a.to === null ? 1 : b.to === null ? -1 : a.to - b.to
