// A certificate made up to be told in words: two women of four, at most one of two from a branch.
import type { ConstraintCertificate, Proof, Side } from '../src/constrained/certificate.ts'

/** A proof by these sides, each a group (null: the places) and its least or most. */
export const bound = (sides: readonly (readonly [group: number | null, side: Side['side']])[]): Proof => ({
  kind: 'bounds',
  sides: sides.map(([group, side]) => ({ group, side })),
})

/** A certificate about the second of four candidates with this evidence. */
export const certificate = (
  claim: ConstraintCertificate['claim'],
  evidence: ConstraintCertificate['evidence'],
): ConstraintCertificate => ({
  claim,
  candidate: claim === 'doomed' || claim === 'guarded' ? 1 : null,
  places: 3,
  groups: [
    { name: 'women', clause: '4.2', least: 2, most: null },
    { name: 'branch', clause: '4.3', least: 0, most: 1 },
  ],
  cells: [
    { groups: [0], elected: 1, standing: 2 },
    { groups: [0, 1], elected: 0, standing: 1 },
    { groups: [], elected: 1, standing: 1 },
  ],
  cell: claim === 'doomed' || claim === 'guarded' ? 1 : null,
  evidence,
})
