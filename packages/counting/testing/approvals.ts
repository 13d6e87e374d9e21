import fc, { type Arbitrary } from 'fast-check'
import type { ApprovalProfile, LotOrder } from '../src/index.ts'

/** An approval profile from lists of approved candidates, one voter each. */
export const approvalProfile = (
  candidates: number,
  seats: number,
  approved: readonly (readonly number[])[],
): ApprovalProfile => ({
  title: '',
  candidates: Array.from({ length: candidates }, (_, c) => `C${c + 1}`),
  seats,
  papers: approved.map((list) => ({ weight: 1, approved: list.toSorted((a, b) => a - b) })),
})

/** Small elections by approval, rich in ties, with an order for them. */
export const approvalElections: Arbitrary<{ readonly profile: ApprovalProfile; readonly lot: LotOrder }> = fc
  .integer({ min: 1, max: 6 })
  .chain((candidates) => {
    const all = Array.from({ length: candidates }, (_, c) => c)
    return fc.record({
      profile: fc.record({
        title: fc.constant(''),
        candidates: fc.constant(all.map((c) => `C${c + 1}`)),
        seats: fc.integer({ min: 1, max: candidates }),
        papers: fc.array(fc.record({ weight: fc.integer({ min: 1, max: 4 }), approved: fc.subarray(all) }), { maxLength: 9 }),
      }),
      lot: fc.shuffledSubarray(all, { minLength: candidates }),
    })
  })
