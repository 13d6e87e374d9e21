import { canonicalJson, utf8 } from '@quorate/kernel'

/** What a leaf of the roll commits to, beside its salt: which roll, and the member by membership number. */
export const rollEntry = (decision: number, electorate: string, membershipNumber: number): Uint8Array =>
  utf8(canonicalJson({ decision, electorate, member: membershipNumber }))
