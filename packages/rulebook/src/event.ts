import type { Instant } from '@quorate/kernel'
import type { Change, Citation, DecisionId, EditionNumber, Fingerprint, PowerName, Pseudonym } from './act.ts'

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
  /** A stage that this proposal does not go through: its `skip-if` or `when` says so. The event stands in the stage it skips. */
  | { readonly kind: 'skipped' }
  /** How many are to be chosen, where the proposal fills more than one place. Stands in the stage that nominates. */
  | { readonly kind: 'places-stated'; readonly places: number }
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
