import type { Instant } from '@quorate/kernel'
import type { DecisionState } from '@quorate/rulebook'
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'

/**
 * A decision, or an attempt that was refused before it could become one (`attempt`). `state` is what the engine keeps of it, a fold of its
 * events on the record, with the voters of its boxes only counted: they are rows of `decision_voter`. `version` is new with every write of
 * the state. The columns beside them are what lists and sweeps ask for.
 */
export type DecisionTable = {
  id: number
  power: string
  title: string
  attempt: boolean
  document: string | null
  state: JSONColumnType<DecisionState> | null
  version: Generated<string>
  proposed_at: Instant
  /** The next instant at which time alone, or the rule itself, has something to do; null when that waits for people. */
  next_at: Instant | null
  ended_at: Instant | null
  outcome: string | null
}
/**
 * Who has voted in a ballot stage: the pseudonym of a voting key, tied to no person. `n` grows with every row; `version` is that of the first
 * state that held the voter, null for those from before there was one.
 */
export type DecisionVoterTable = {
  decision: number
  stage: string
  voter: string
  n: GeneratedAlways<number>
  version: string | null
}
/** Ties a person to their pseudonym in one decision. Erasing the row cuts the tie and leaves the record whole. */
export type PseudonymTable = { decision: number; person_id: string; salt: Buffer; pseudonym: string }
/** Refused attempts on a reserved power, by person, power and civil day: the first of a day is an entry, the others are counted. */
export type RefusedAttemptTable = { person_id: string; power: string; day: string; decision: number; attempts: number }
/** An erasure that the operator asked for; `outcome` null until it was tried, and then nobody's number is left in it. */
export type ErasureRequestTable = {
  id: Generated<string>
  member: number | null
  by_member: number
  outcome: string | null
  position: number | null
}
/**
 * A roll-call of a body on one question. `document` is the fingerprint of the text in question, `seats` are those filled when it opened, as keys
 * (`class number`). `result` is the fingerprint of the roll-call's own document, once closed; `acted_at`: an act has rested on it, which happens once.
 */
export type RollCallTable = {
  id: string
  body: string
  power: string
  way: 'exercise' | 'call'
  title: string
  reasons: string
  document: string
  seats: string[]
  opened_by: string | null
  opened_at: Instant
  closed_at: Instant | null
  result: string | null
  acted_at: Instant | null
  decision: number | null
}
/**
 * One line of a seat in a roll-call; of several the one with the highest `seq` counts. Erasing a person cuts `person_id`, `salt` and `entered_by` and leaves
 * the line. `device` signed it, or `entered_by` entered what was called aloud, or neither: then the service took it from whoever was signed in.
 */
export type RollCallVoteTable = {
  roll_call: string
  seat: string
  seq: number
  person_id: string | null
  salt: Buffer | null
  pseudonym: string
  vote: 'for' | 'against' | 'abstain'
  at: Instant
  signed_by: 'device' | 'service' | 'secretary'
  device: string | null
  device_signature: string | null
  entered_by: string | null
  signature: string
}
/** A device that signs for a seat in roll-calls, until `ended_at`. `name` is its owner's; erasing them cuts it and `person_id`. */
export type RollCallDeviceTable = {
  key: string
  body: string
  seat: string
  person_id: string | null
  name: string | null
  registered_at: Instant
  ended_at: Instant | null
}

declare module '#lib/platform/database.ts' {
  interface Database {
    erasure_request: ErasureRequestTable
    decision: DecisionTable
    decision_voter: DecisionVoterTable
    pseudonym: PseudonymTable
    refused_attempt: RefusedAttemptTable
    roll_call: RollCallTable
    roll_call_vote: RollCallVoteTable
    roll_call_device: RollCallDeviceTable
  }
}
