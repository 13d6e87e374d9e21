import type { Branded } from '@quorate/kernel'

/** A decision's number; it keeps it for life (`/d/12`). A positive integer. */
export type DecisionId = Branded<number, 'DecisionId'>
/** Number of a ratified version of the rulebook, from 1. */
export type EditionNumber = Branded<number, 'EditionNumber'>
/** A clause id such as `4.2`; kept for ever, a repealed one is never used again. */
export type ClauseId = Branded<string, 'ClauseId'>
/** `clause@edition`, such as `4.2@1`: how a rule is cited everywhere. */
export type Citation = `${string}@${number}`
/** A person within one decision: 32 lower-case hex digits, unlinkable across decisions once the salt is gone. */
export type Pseudonym = Branded<string, 'Pseudonym'>
/** SHA-256 of a document in lower-case hex. Documents stand beside the record, never in it. */
export type Fingerprint = Branded<string, 'Fingerprint'>
/** A power from the closed catalogue, such as `amend-rulebook`. */
export type PowerName = string

/**
 * In what capacity somebody acts: `electorate members`, `office returning-officer`, `body committee`, `seat committee` for one who sits on it
 * and acts alone, or `rule` for what the rulebook does by itself (serve notice, freeze, enact).
 */
export type Capacity = 'rule' | `electorate ${string}` | `office ${string}` | `body ${string}` | `seat ${string}`

/** The number under which everything that belongs to no one decision stands on the record: 0, which no decision has. */
export const movementDecision = 0 as DecisionId // made here and nowhere else
