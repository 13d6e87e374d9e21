import type { Instant } from '@quorate/kernel'
import type { Act, Citation } from './act.ts'

/** What is required, had or missing: a number with its unit, never prose. Words are made at the edge, in the reader's language. */
export type Quantity =
  | { readonly unit: 'people' | 'votes' | 'seats' | 'days' | 'clear days' | 'hours'; readonly count: number }
  | { readonly unit: 'share'; readonly numerator: number; readonly denominator: number; readonly base: string }
  | { readonly unit: 'instant'; readonly at: Instant }
  | {
      readonly unit: 'electorate' | 'body' | 'office' | 'procedure' | 'stage' | 'power'
      readonly id: string
      readonly size: number | null
    }
  | { readonly unit: 'text'; readonly fingerprint: string }
  | { readonly unit: 'none' }

/** Closed: each code has a sentence in every catalogue, and a test says so. */
export type ReasonCode =
  | 'no-power' // nobody, or not this holder, was granted this power
  | 'wrong-electorate' // decided by other people than the rule names
  | 'not-eligible' // this person is not in the electorate, or holds not the office
  | 'short-notice'
  | 'short-support'
  | 'already-done' // signed, checked or certified before by this person
  | 'too-early'
  | 'too-late'
  | 'wrong-stage'
  | 'no-such-decision'
  | 'no-such-clause'
  | 'not-a-ground'
  | 'text-changed' // a touched clause changed since notice
  | 'invalid-text' // the proposed text does not parse or would leave a hole
  | 'missing-fact'
  | 'not-carried'
  | 'stayed' // an open challenge stops it
  | 'term-limit' // this person has had the terms the rule allows
  | 'incompatible' // cannot be held together with what this person holds
  | 'conflicted' // by those with an interest in it
  | 'second-person-needed'
  | 'unfair-options' // somebody who asked is not listed, or voters could only say yes or no to one name
  | 'unknown-rule' // the clause is `unknown`: it grants nothing

/** One reason why a route is closed. */
export type Reason = {
  readonly code: ReasonCode
  readonly clause: Citation
  readonly required: Quantity
  readonly actual: Quantity
  readonly shortfall: Quantity
}

/** A way that would be, or is not yet, lawful: its clause, why it is not open now, the earliest lawful instant and what that assumes. */
export type Route = {
  readonly clause: Citation
  readonly procedure: string | null
  readonly reasons: readonly [Reason, ...Reason[]]
  /** Null when no date can be promised. */
  readonly earliest: Instant | null
  readonly assumes: readonly Assumption[]
}

/** What an earliest date takes for granted, such as "support is reached on the first day". */
export type Assumption =
  | { readonly kind: 'support-at-once'; readonly clause: Citation }
  | { readonly kind: 'check-at-once'; readonly clause: Citation }
  | { readonly kind: 'considered-at-once'; readonly clause: Citation }
  | { readonly kind: 'scheduled-at-once'; readonly clause: Citation }
  | { readonly kind: 'certified-at-once'; readonly clause: Citation }
  | { readonly kind: 'no-challenge'; readonly clause: Citation }

/** A lawful no. Never an error: an error is our fault. With no route at all, the power is granted to nobody. */
export type Refusal = { readonly kind: 'refusal'; readonly act: Act; readonly routes: readonly [Route, ...Route[]] }
