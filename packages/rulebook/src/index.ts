export type {
  Act,
  ActBody,
  Capacity,
  Change,
  Citation,
  ClauseId,
  DecisionId,
  EditionNumber,
  Fact,
  Fingerprint,
  PowerName,
  Pseudonym,
} from './act.ts'
export type { Event, EventBody, Outcome } from './event.ts'
export type { Assumption, Quantity, Reason, ReasonCode, Refusal, Route } from './refusal.ts'
