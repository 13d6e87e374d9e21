import { canonicalJson } from '@quorate/kernel'

/**
 * The words of a roll-call's question as they stand beside the record: a proposal without changes, in its one spelling. A member's device makes it of what its
 * page shows, and signs the SHA-256 of that: shown other words, it signs for other words.
 */
export const rollCallQuestionText = ({ title, reasons }: { readonly title: string; readonly reasons: string }): string =>
  canonicalJson({ changes: [], reasons, title })
