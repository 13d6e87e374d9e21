import type { ElectionMessage } from '../election.ts'

/** Fewest counted votes of a secret ballot that are ever opened: below it a total would tell single votes. Source: BALLOTS §3.6. */
export const privacyFloorDefault = 5

/**
 * What the description of an election holds, as a word of its own, whose rule does not keep votes secret. It is bound to every ballot by φ, so it
 * was there when people voted, and their devices showed it.
 */
export const openVotesMark = 'votes:open'

/** Whether the description of an election says that its votes are not secret by rule. */
export const votesAreOpen = ({ description }: Pick<ElectionMessage, 'description'>): boolean =>
  description.split(/\s/).includes(openVotesMark)

/**
 * Fewest counted votes of an election that its trustees open. None where votes are not secret by rule: what they said then counts, were it one, and
 * a box that nobody voted in is opened and holds nothing.
 */
export const privacyFloorOf = (message: Pick<ElectionMessage, 'description'>): number =>
  votesAreOpen(message) ? 0 : privacyFloorDefault
