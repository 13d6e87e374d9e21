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
  | { readonly kind: 'checked'; readonly outcome: 'passed' | 'refused'; readonly ground: string | null }
  /** `receivedAt`: when the last of those served is deemed to have received it; clear days run from there. */
  | { readonly kind: 'noticed'; readonly served: number; readonly of: number; readonly receivedAt: Instant }
  /** A body has considered the proposal, or time has done it. */
  | { readonly kind: 'considered'; readonly outcome: 'agreed' | 'refused' | 'fallen' }
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
