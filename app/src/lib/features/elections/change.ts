import type { Proposal } from '#lib/features/motions/index.ts'

/** What a change does to a clause: its source before and after, as voters are shown it and as the election's text is bound to it. */
export const changeText = ({ clause, before, after }: Proposal['changes'][number]) => ({
  clause,
  before: (before ?? '').trim(),
  after: (after ?? '').trim(),
})
