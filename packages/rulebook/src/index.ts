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
export type { Diagnostic, DiagnosticCode, Position } from './diagnostic.ts'
export type { Clause, RulebookDocument } from './document.ts'
export { canonicalText, fingerprintOf, readDocument } from './document.ts'
export type { EligibilityAnchors, Eligibility, Ground, PersonFacts } from './eligibility.ts'
export { isEligible } from './eligibility.ts'
export type { Event, EventBody, Outcome } from './event.ts'
export type { Names, Provision, Rule, Rulebook, RuleKind, RuleOf, Unresolved } from './model.ts'
export { cite, onlyProvision, provision, provisionsOf } from './model.ts'
export { parseRulebook } from './parse.ts'
export type { Assumption, Quantity, Reason, ReasonCode, Refusal, Route } from './refusal.ts'
export type { Box, Challenge, DecisionState, Editions, StageMarks, State } from './state.ts'
export { emptyState, evolve } from './state.ts'
