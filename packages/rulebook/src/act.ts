import type { Instant } from '@quorate/kernel'
import type { MovementAct } from './movement/movement.ts'
import type { Capacity, ClauseId, DecisionId, Fingerprint, PowerName, Pseudonym } from './terms.ts'

export type { Capacity, Citation, ClauseId, DecisionId, EditionNumber, Fingerprint, PowerName, Pseudonym } from './terms.ts'

/** One clause of a proposal: its source before (null: new) and after (null: repealed), each by fingerprint. */
export type Change = { readonly clause: ClauseId; readonly before: Fingerprint | null; readonly after: Fingerprint | null }

/** What an act says besides who and when. Closed; `kind` decides. */
export type ActBody =
  /** Start a decision under a power. `document` holds title, reasons and the full text of every change. */
  | {
      readonly kind: 'propose'
      readonly power: PowerName
      readonly form: 'diff' | 'text'
      readonly document: Fingerprint
      readonly changes: readonly Change[]
    }
  /** Use a power here and now by a body's or officer's own decision: what the coup tried. */
  | {
      readonly kind: 'exercise'
      readonly power: PowerName
      readonly document: Fingerprint
      readonly effectAt: Instant
      readonly vote: { readonly for: number; readonly against: number }
    }
  | { readonly kind: 'sign' }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'check'; readonly outcome: 'passed' | 'refused'; readonly ground: string | null }
  /** A body's answer to a proposal put to it. Fact `resolution`. */
  | { readonly kind: 'consider'; readonly outcome: 'agreed' | 'refused' }
  /** By rule, once notice has gone out. Fact `notice`. */
  | { readonly kind: 'notify' }
  /** By rule, once the roll is drawn and committed to. Fact `roll`. */
  | { readonly kind: 'freeze' }
  /** The timetable: when the ballot opens. */
  | { readonly kind: 'schedule'; readonly opensAt: Instant }
  /** By rule, at the opening instant, once the key ceremony is done. Fact `setup`. */
  | { readonly kind: 'open' }
  /** One ballot into the box: fingerprint of its exact bytes. */
  | { readonly kind: 'cast'; readonly ballot: Fingerprint }
  /** By rule, once enough trustees opened the box. Fact `tally`. */
  | { readonly kind: 'declare' }
  | { readonly kind: 'certify' }
  | { readonly kind: 'challenge'; readonly ground: string; readonly document: Fingerprint }
  | { readonly kind: 'answer-challenge'; readonly outcome: 'upheld' | 'dismissed' }
  /** By rule, when nothing stands in the way: `text` is the fingerprint of the new edition's source. */
  | { readonly kind: 'enact'; readonly text: Fingerprint }
  /** By rule, when nothing but time has moved a decision: writes down what has fallen due. */
  | { readonly kind: 'tick' }
  /** Something outside any one decision: seats, meetings, facts, orders, appeals. Its decision is {@link movementDecision}. */
  | { readonly kind: 'movement'; readonly does: MovementAct }

/** An attempt: who, in what capacity, when it happened and when it was written down, and what. */
export type Act = {
  readonly decision: DecisionId
  readonly by: Pseudonym | 'rule'
  readonly as: Capacity
  readonly occurredAt: Instant
  readonly recordedAt: Instant
} & ActBody

/**
 * What `decide` may know of the register and the box, with where it comes from. It never reads either, so that a verifier can replay it.
 * Names, each with what it is `of` in brackets:
 * `eligible` (electorate): true when the actor is in it; to cast, from source `roll`, of the frozen roll. `holds-office` (office): true.
 * `electorate-size` (electorate), `body-size` (body; seats filled): a number. `signers` (electorate): how many who signed are still in it.
 * `resolution` (body): {for, against, present} of the vote by which a body acts. `within-limits` (power): true when its limits are kept.
 * `resulting-text` (null): {text, diagnostics, findings} of the rulebook as it would stand, see `resultingText`.
 * `notice` (null): {served, of} and, where not all by the first channel, a count per channel. `roll` (electorate): {size, root}, `at` the
 * instant of the stage that `freeze.at` names. `setup` (null): {fingerprint}. `tally` (null): {for, against, blank, cast, valid}.
 */
export type Fact = {
  readonly name: string
  readonly of: string | null
  readonly value: boolean | number | string | { readonly [key: string]: number | string }
  readonly at: Instant
  readonly knownAt: Instant
  readonly source: 'register' | 'roll' | 'box' | 'tally' | 'attestation' | 'order' | 'post'
  /** Fingerprint of what proves it: a roll root, a result, a delivery list. Null for a bare statement of the register. */
  readonly evidence: Fingerprint | null
}
