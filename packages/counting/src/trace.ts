import type { LotOrder } from './lot.ts'
import type { ProfileFault } from './profile.ts'

/** An amount of votes in whole units of 10^-places votes; `places` stands on the count. Never a fraction in a float. */
export type Votes = bigint

/** One look back in a tie: who was still tied, at which stage (1-based) their totals differed, and who stayed in. */
export type TieStep = { readonly stage: number; readonly among: readonly number[]; readonly left: readonly number[] }

/** Something the rule did in a count stage, with the clause that says so and the figures it rested on. Closed; `kind` decides. */
export type StageAct = { readonly clause: string } & (
  | { readonly kind: 'first-preferences'; readonly valid: number; readonly invalid: number }
  | { readonly kind: 'quota'; readonly valid: number; readonly seats: number; readonly quota: Votes }
  /** A surplus is transferred; `waiting` are others elected whose surplus is still to come. */
  | {
      readonly kind: 'surplus'
      readonly candidate: number
      readonly total: Votes
      readonly surplus: Votes
      readonly waiting: readonly number[]
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
    }
  /** At or over the quota. */
  | { readonly kind: 'elect'; readonly candidate: number; readonly total: Votes }
  /** Elected because no more were left than places. */
  | { readonly kind: 'fill'; readonly candidate: number; readonly total: Votes }
)

/** What a tie had to settle: whose surplus goes first, or who is excluded. */
export type TiePurpose = 'surplus' | 'exclusion'

/**
 * Papers that moved together: from one candidate, to one candidate (null: no preference left), all received at one value. `amount` is
 * papers × value.
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
  readonly transfer: Transfer | null
  readonly totals: readonly Votes[]
  /** Value of all papers without a preference left, added up from the papers. */
  readonly nonTransferable: Votes
  /** All that cutting off decimals has lost so far, added up from the remainders. Published tables show it within the row above. */
  readonly lost: Votes
}

/** A tie that only the lot could settle. */
export type Lot = {
  readonly stage: number
  readonly clause: string
  readonly purpose: TiePurpose
  readonly tied: readonly number[]
  readonly chosen: number
}

/**
 * The outcome of a transferable vote with everything it rests on: table, sentences, "why not elected" and files all come from this.
 * At every stage, sum of totals + nonTransferable + lost = valid votes.
 */
export type StvCount = {
  readonly kind: 'stv'
  readonly method: 'scottish-stv@1'
  readonly profileHash: string
  readonly places: number
  readonly seats: number
  /** Papers with a first preference that can be counted, and the others. */
  readonly valid: number
  readonly invalid: number
  readonly quota: Votes
  readonly stages: readonly Stage[]
  /** In the order of election; in one stage, more votes first, then nomination order. */
  readonly elected: readonly number[]
  /** Places nobody was left to take. */
  readonly unfilled: number
  /** The one order supplied, used or not, and what it settled. */
  readonly lotOrder: LotOrder | null
  readonly lots: readonly Lot[]
}

/** Why there is no count. */
export type CountError =
  | { readonly kind: 'bad profile'; readonly fault: ProfileFault }
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
