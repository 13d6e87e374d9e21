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
  | { readonly kind: 'consider'; readonly outcome: 'agreed' | 'refused' | 'amended' }
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
  /** To be listed as a candidate; a second time to give or change the statement. Fact `may-stand`. */
  | { readonly kind: 'stand'; readonly statement: Fingerprint | null }
  | { readonly kind: 'stand-down' }
  /** To sign the nomination of a candidate, by the number of the `stood` event. Fact `group` where signatures must be spread. */
  | { readonly kind: 'second'; readonly candidate: number }
  /** Against the answer of a check or of a body. Fact `party` unless the proposer appeals. */
  | { readonly kind: 'appeal'; readonly document: Fingerprint }
  /** The answer of the body that hears it. Facts `resolution` and, where it must have other members, `disjoint`. */
  | { readonly kind: 'answer-appeal'; readonly outcome: 'allowed' | 'dismissed' }
  /** Fact `hustings`: {offered}. */
  | { readonly kind: 'hold-hustings' }
  /** To move an amendment: the whole text as it would stand, and each clause it touches. */
  | { readonly kind: 'amend'; readonly document: Fingerprint; readonly changes: readonly Change[] }
  | { readonly kind: 'back-amendment'; readonly amendment: number }
  | { readonly kind: 'withdraw-amendment'; readonly amendment: number }
  /** To make one amendment of several. It needs the consent of each mover. */
  | {
      readonly kind: 'compose'
      readonly of: readonly number[]
      readonly document: Fingerprint
      readonly changes: readonly Change[]
    }
  /** A mover agrees to a composite, by its number. */
  | { readonly kind: 'consent'; readonly amendment: number }
  /** What those who decide on amendments said of one. `document`: the whole text with it and all carried before it; null when it falls. */
  | {
      readonly kind: 'decide-amendment'
      readonly amendment: number
      readonly outcome: 'carried' | 'fallen'
      readonly document: Fingerprint | null
    }
  /** To call the meeting of a stage. */
  | { readonly kind: 'convene'; readonly heldAt: Instant }
  /** To rule that this decision and another cannot both stand. */
  | { readonly kind: 'rule-incompatible'; readonly with: DecisionId }
  /** By rule, when both are carried. Fact `outcome` of the other; where a run-off settles it, fact `run-off`. */
  | { readonly kind: 'settle'; readonly with: DecisionId }
  /** By rule, when an appeal about a place on the roll is over. Fact `roll-appeal` of the voter: true when they stay on it. */
  | { readonly kind: 'settle-roll'; readonly voter: Pseudonym }
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
 * `resulting-text` (null): {text, diagnostics, findings, open} of the rulebook as it would stand, see `resultingText`; of a draft to found a
 * movement on (its id), see `foundingText`.
 * `holds-seat` (body): true. `may-stand` (stage): true when the one who asks meets `candidates`. `group` (null): the signer's, as text.
 * `places` (power): how many are to be chosen, where the rule of the ballot does not say; 1 where neither does.
 * `party` (decision's power): true for one whom the answer concerns.
 * `disjoint` (body): true when nobody sits who decided before. `casting-vote` and `lot` (null): `carried` is true.
 * `queued` (null): true for a voter who was waiting when the ballot closed. `fact X` of a rule is the fact of that name: true while it holds.
 * `count` (null): {cast, valid, blank, chosen-1, chosen-2, …} by numbers on the list, `beats-none-of-these` and `beats-status-quo` 1 or 0.
 * A `tally` or `resolution` judged by class, by bodies or by weight also has `for-union`, `bodies-for`, `weight-for` and their like.
 * `instant` (anchor): milliseconds of an instant the rules count from, such as `agm`. `provisional` (electorate): true for a voter whose place on
 * the roll is under appeal. `meeting` (body): true when it met as its rules say. `mandate-kept` (body): true when those bound voted as bound.
 * `hustings` (stage): {offered}. `outcome` (`decision 12`): {carried, for, against, at} of another decision. `run-off` (`decision 12`): {for,
 * against} of the vote between this one and that. `roll-appeal` (voter): true when the voter stays on the roll.
 * `quotas` (stage): {required, nominated} of the quotas for the seats to be filled, by those nominated once the act is done.
 * `unopened` (null): {cast} of a secret ballot that too few voted in for its box to be opened.
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
