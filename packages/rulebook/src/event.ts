import type { Instant } from '@quorate/kernel'
import type { Change } from './act.ts'
import type { MovementEvent } from './movement/movement.ts'
import type { Citation, DecisionId, EditionNumber, Fingerprint, PowerName, Pseudonym } from './terms.ts'

/** How a decision can end. */
export type Outcome = 'carried' | 'fallen' | 'refused' | 'lapsed'

/** What happened, besides the head every event has. Closed; `kind` decides. */
export type EventBody =
  | {
      readonly kind: 'proposed'
      readonly power: PowerName
      readonly procedure: string
      readonly document: Fingerprint
      readonly changes: readonly Change[]
    }
  | { readonly kind: 'signed' }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'supported'; readonly signers: number }
  /** Signatures taken back have left fewer than the rule asks for. */
  | { readonly kind: 'unmet' }
  | { readonly kind: 'checked'; readonly outcome: 'passed' | 'refused'; readonly ground: string | null }
  /** `receivedAt`: when the last of those served is deemed to have received it; clear days run from there. */
  | { readonly kind: 'noticed'; readonly served: number; readonly of: number; readonly receivedAt: Instant }
  /** A body has considered the proposal, or time has done it. */
  | { readonly kind: 'considered'; readonly outcome: 'agreed' | 'refused' | 'amended' | 'fallen' }
  | { readonly kind: 'frozen'; readonly size: number; readonly root: string; readonly electorate: string }
  | { readonly kind: 'scheduled'; readonly opensAt: Instant; readonly closesAt: Instant }
  | { readonly kind: 'opened'; readonly setup: Fingerprint; readonly closesAt: Instant }
  | { readonly kind: 'cast'; readonly ballot: Fingerprint }
  | { readonly kind: 'extended'; readonly closesAt: Instant }
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'declared'
      readonly outcome: 'carried' | 'fallen'
      readonly tally: { readonly for: number; readonly against: number; readonly blank: number; readonly cast: number }
    }
  /** One of several officers who must act together has acted; `says` is what they would decide, null where there is nothing to choose. */
  | { readonly kind: 'countersigned'; readonly says: string | null }
  | { readonly kind: 'certified' }
  | { readonly kind: 'challenged'; readonly ground: string; readonly document: Fingerprint }
  | { readonly kind: 'challenge-answered'; readonly outcome: 'upheld' | 'dismissed' }
  | { readonly kind: 'enacted'; readonly text: Fingerprint; readonly newEdition: EditionNumber }
  /** A body or officer used a power of its own, without a procedure. Its decision ends with it. */
  | { readonly kind: 'exercised'; readonly power: PowerName; readonly document: Fingerprint; readonly effectAt: Instant }
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  /** A stage that this proposal does not go through: its `skip-if` or `when` says so. The event stands in the stage it skips. */
  | { readonly kind: 'skipped' }
  /** How many are to be chosen, where the proposal fills more than one place. Stands in the stage that nominates. */
  | { readonly kind: 'places-stated'; readonly places: number }
  /**
   * What the quotas of the seats ask for (`required`) and how much of that those now nominated can give (`nominated`): fewer than required if no
   * choice of them meets all quotas. Stands in the stage that nominates, after each act that changes the list.
   */
  | { readonly kind: 'quotas-stated'; readonly required: number; readonly nominated: number }
  /** Somebody asks to be listed, or gives the statement they owe; candidates are numbered from 1 in the order in which they first asked. */
  | { readonly kind: 'stood'; readonly candidate: number; readonly statement: Fingerprint | null }
  | { readonly kind: 'stood-down'; readonly candidate: number }
  /** `group`: the one the signer belongs to, where signatures must be spread. */
  | { readonly kind: 'seconded'; readonly candidate: number; readonly group: string | null }
  /** A candidate has the signatures the rule asks for. */
  | { readonly kind: 'accepted'; readonly candidate: number }
  /** Nominations have closed with so many who are listed. */
  | { readonly kind: 'nominated'; readonly outcome: 'contested' | 'uncontested' | 'too-few'; readonly candidates: number }
  /** Who a count has chosen, by the number on the list, in the order in which they were. */
  | { readonly kind: 'chosen'; readonly options: readonly number[] }
  | { readonly kind: 'appealed'; readonly document: Fingerprint }
  | { readonly kind: 'appeal-answered'; readonly outcome: 'allowed' | 'dismissed' }
  /** All candidates were offered the same hustings. */
  | { readonly kind: 'hustings-held'; readonly candidates: number }
  /** Amendments of a stage are numbered from 1 in the order in which they were moved; a composite is one more. */
  | {
      readonly kind: 'amendment-moved'
      readonly amendment: number
      readonly document: Fingerprint
      readonly changes: readonly Change[]
    }
  | { readonly kind: 'amendment-backed'; readonly amendment: number }
  /** An amendment has the support it needs, and a composite the consent of each mover. */
  | { readonly kind: 'amendment-admitted'; readonly amendment: number }
  | { readonly kind: 'amendment-withdrawn'; readonly amendment: number }
  | {
      readonly kind: 'composed'
      readonly amendment: number
      readonly of: readonly number[]
      readonly document: Fingerprint
      readonly changes: readonly Change[]
    }
  | { readonly kind: 'amendment-consented'; readonly amendment: number }
  | { readonly kind: 'amendment-decided'; readonly amendment: number; readonly outcome: 'carried' | 'fallen' }
  /** The question has become this text. */
  | { readonly kind: 'amended'; readonly document: Fingerprint; readonly changes: readonly Change[] }
  /** A meeting has been called. */
  | { readonly kind: 'convened'; readonly heldAt: Instant }
  /** This decision and another cannot both stand. */
  | { readonly kind: 'ruled-incompatible'; readonly with: DecisionId }
  /** Of two that cannot both stand, whether this one does. */
  | { readonly kind: 'settled'; readonly with: DecisionId; readonly outcome: 'stands' | 'falls' }
  /** The ballot just cast is by somebody whose place on the roll is under appeal. */
  | { readonly kind: 'provisional' }
  /** Whose place on the roll has been decided: they stay on it, or their ballot leaves the box, or it can no longer. */
  | { readonly kind: 'roll-settled'; readonly voter: Pseudonym; readonly outcome: 'stays' | 'left' | 'late' }
  /** The ballot is to be held again on a new roll. */
  | { readonly kind: 're-run-ordered' }
  /** An instant from outside the decision that its rules count from, such as the day of a general meeting. */
  | { readonly kind: 'instant-stated'; readonly anchor: string; readonly is: Instant }
  /** The group a decision is about, where its rules speak of `this group`. */
  | { readonly kind: 'group-stated'; readonly group: string }
  /** A change of the rules that reaches decisions already running. */
  | { readonly kind: 'reach-stated' }
  /** How many ballots counted that should not have, and by how many votes the result stands: whether they could have decided it. */
  | { readonly kind: 'doubt-measured'; readonly ballots: number; readonly margin: number; readonly couldDecide: boolean }
  /** Something that outlives decisions has changed; its decision is `movementDecision`; `relies`: ids of the events its right rests on. */
  | { readonly kind: 'movement'; readonly did: MovementEvent; readonly relies: readonly string[] }

/**
 * What a permitted act, or time alone, produced. `occurredAt` of a deemed event is the instant at which it fell due; `recordedAt` is when it
 * was written down. `id` is `decision/n`, n counting that decision's events from 1. `clause` is the rule that granted or demanded it.
 */
export type Event = {
  readonly id: string
  readonly decision: DecisionId
  readonly edition: EditionNumber
  readonly clause: Citation
  readonly stage: string
  readonly by: Pseudonym | 'rule'
  readonly deemed: boolean
  readonly occurredAt: Instant
  readonly recordedAt: Instant
} & EventBody
