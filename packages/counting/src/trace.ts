import type { JsonObject } from '@quorate/kernel'
import type { ConstraintCertificate } from './constrained/certificate.ts'
import type { Constraints } from './constrained/constraints.ts'
import type { Elsewhere } from './constrained/elsewhere.ts'
import type { LotOrder } from './lot.ts'
import type { ProfileFault } from './papers/profile.ts'

/** An amount of votes in whole units of 10^-places votes; `places` stands on the count. Never a fraction in a float. */
export type Votes = bigint

/**
 * One look at earlier figures in a tie: who was still tied, at which stage (1-based; for the Meek methods the iteration) their totals
 * differed, and who stayed in.
 */
export type TieStep = { readonly stage: number; readonly among: readonly number[]; readonly left: readonly number[] }

/** Something the rule did in a count stage, with the clause that says so and the figures it rested on. Closed; `kind` decides. */
export type StageAct = { readonly clause: string } & (
  | { readonly kind: 'first-preferences'; readonly valid: number; readonly invalid: number }
  | { readonly kind: 'quota'; readonly valid: number; readonly seats: number; readonly quota: Votes }
  /** The quota worked out anew from the votes still in play. */
  | { readonly kind: 'new-quota'; readonly active: Votes; readonly seats: number; readonly quota: Votes }
  /** A surplus is transferred; `waiting` are others elected whose surplus is still to come. */
  | {
      readonly kind: 'surplus'
      readonly candidate: number
      readonly total: Votes
      readonly surplus: Votes
      readonly waiting: readonly number[]
    }
  /** Surpluses of `candidates` wait: together they could not lift any of `lowest` to the `next` vote above (ERS97). */
  | {
      readonly kind: 'defer'
      readonly candidates: readonly number[]
      readonly surplus: Votes
      readonly lowest: readonly number[]
      readonly next: Votes
    }
  /** Iterations `first` to `last` of a Meek method: keep values made smaller, all papers counted again, until `ended`. */
  | {
      readonly kind: 'iterate'
      readonly first: number
      readonly last: number
      readonly surplus: Votes
      readonly ended: IterationsEnd
    }
  | { readonly kind: 'exclude'; readonly candidate: number; readonly total: Votes }
  | {
      readonly kind: 'tie'
      readonly purpose: TiePurpose
      readonly tied: readonly number[]
      readonly total: Votes
      readonly steps: readonly TieStep[]
      readonly chosen: number
      readonly byLot: boolean
      /** The statute's own pseudo-random numbers of the tied, in the order of `tied`, when they decided. */
      readonly numbers: readonly number[] | null
    }
  /** At or over the votes `needed`: the quota or, under ERS97 (b), a share of what is still in play. */
  | { readonly kind: 'elect'; readonly candidate: number; readonly total: Votes; readonly needed: Votes }
  /** Elected because no more were left than places, or no more whom the bounds on who may be elected together let in. */
  | { readonly kind: 'fill'; readonly candidate: number; readonly total: Votes }
  /** Under such bounds, from now on: no lawful result holds this candidate. */
  | {
      readonly kind: 'doom'
      readonly candidate: number
      readonly total: Votes
      readonly certificate: ConstraintCertificate
    }
  /** Every lawful result does. */
  | {
      readonly kind: 'guard'
      readonly candidate: number
      readonly total: Votes
      readonly certificate: ConstraintCertificate
    }
)

/** What a tie had to settle: whose surplus goes first, who is excluded, or who takes the last place. */
export type TiePurpose = 'surplus' | 'exclusion' | 'election'

/**
 * Why iterations stopped: somebody was elected; hardly any surplus was left (`spent`); the lowest could no longer be saved (`certain`);
 * nine decimals could bring the surplus no lower (`stuck`); somebody still in can no longer be elected under the bounds (`doomed`).
 */
export type IterationsEnd = 'elected' | 'spent' | 'certain' | 'stuck' | 'doomed'

/** One iteration of a Meek method: every paper counted from the start with these keep values. Arrays have one entry per candidate. */
export type Iteration = {
  /** From 1, over the whole count. */
  readonly number: number
  /** Part of each vote that the candidate keeps: 1 for a hopeful, 0 for an excluded candidate. */
  readonly keep: readonly Votes[]
  readonly totals: readonly Votes[]
  readonly nonTransferable: Votes
  readonly quota: Votes
  /** Votes of the elected above the quota, added up. */
  readonly surplus: Votes
}

/**
 * Papers that moved together: from one candidate, to one candidate (null: no preference left), all received at one value. `amount` is
 * papers × value; only what ERS97 6.11 calls a non-transferable difference is not: the part of a surplus beyond the papers passed on.
 */
export type Parcel = {
  readonly to: number | null
  readonly papers: number
  /** Value of each paper when the candidate it leaves received it. */
  readonly received: Votes
  /** Value at which it moves on. */
  readonly value: Votes
  readonly amount: Votes
}

/**
 * What one candidate's papers did in a stage. For a surplus, value = ⌊surplus × received ÷ total⌋ and `lost` is what the cutting left;
 * for an exclusion, value = received and nothing is lost.
 */
export type Transfer = {
  readonly from: number
  readonly surplus: Votes | null
  readonly total: Votes
  readonly parcels: readonly Parcel[]
  readonly lost: Votes
}

/** One stage of a count, with the figures at its end. `totals` has one entry per candidate, 0 for the excluded and withdrawn. */
export type Stage = {
  /** From 1. */
  readonly number: number
  /** In the order done: why these papers moved, then who was elected at the end. */
  readonly acts: readonly StageAct[]
  /** Papers that moved, in the order they did: none, one, or for ERS97 one for each batch and candidate. Meek moves no papers. */
  readonly transfers: readonly Transfer[]
  /** Of a Meek method: all since the stage before, the last one having the figures of the stage. Empty for other methods. */
  readonly iterations: readonly Iteration[]
  readonly totals: readonly Votes[]
  /** Value of all papers without a preference left, added up from the papers. */
  readonly nonTransferable: Votes
  /** All that cutting off decimals has lost so far, added up from the remainders. Published tables show it within the row above. */
  readonly lost: Votes
  /** The quota in force at the end of the stage. */
  readonly quota: Votes
}

/** A tie that only the lot could settle. */
export type Lot = {
  readonly stage: number
  readonly clause: string
  readonly purpose: TiePurpose
  readonly tied: readonly number[]
  readonly chosen: number
}

/** The transferable votes; instant runoff is the one with a single place and whole papers. */
export type StvMethodId = 'scottish-stv@1' | 'nz-meek@1' | 'meek-reference@1' | 'ers97@1' | 'irv@1'

/**
 * The outcome of a transferable vote with everything it rests on: table, sentences, "why not elected" and files all come from this.
 * At every stage, sum of totals + nonTransferable + lost = valid votes.
 */
export type StvCount = {
  readonly kind: 'stv'
  readonly method: StvMethodId
  /** What the rule leaves open, as it was chosen. */
  readonly params: JsonObject
  readonly profileHash: string
  readonly places: number
  readonly seats: number
  /** Papers with a first preference that can be counted, and the others. */
  readonly valid: number
  readonly invalid: number
  /** The quota in force at the end. */
  readonly quota: Votes
  readonly stages: readonly Stage[]
  /** In the order of election; in one stage, more votes first, then nomination order. */
  readonly elected: readonly number[]
  /** Places nobody was left to take. */
  readonly unfilled: number
  /** The one order supplied, used or not, and what it settled. */
  readonly lotOrder: LotOrder | null
  readonly lots: readonly Lot[]
  /** The bounds it was counted under; null without any. */
  readonly bounds: CountBounds | null
}

/** Bounds on who may be elected together, as a count kept them. */
export type CountBounds = {
  readonly constraints: Constraints
  /** Null where all candidates of the election stand in this one count. */
  readonly elsewhere: Elsewhere | null
  /** That they could be kept when nobody was elected yet. */
  readonly feasible: ConstraintCertificate
}

/** Why there is no count. */
export type CountError =
  | { readonly kind: 'bad profile'; readonly fault: ProfileFault }
  /** A parameter of the method is missing or has a value the rule does not know. */
  | { readonly kind: 'bad params'; readonly param: string }
  /** The order does not name each candidate once: draw over this contest's candidates. */
  | { readonly kind: 'bad lot order' }
  /** The rule leaves this tie to lot and none was supplied: draw one and count again. */
  | {
      readonly kind: 'lot needed'
      readonly stage: number
      readonly clause: string
      readonly purpose: TiePurpose
      readonly tied: readonly number[]
    }
