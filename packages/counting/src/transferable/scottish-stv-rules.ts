import { quotient } from '../arithmetic.ts'
import type { Votes } from '../trace.ts'

/** Decimal places of rule 48(3). */
export const places = 5

/** The figures a transfer value is made of. */
export type SurplusFigures = {
  readonly surplus: Votes
  /** Value of the paper when the candidate received it. */
  readonly received: Votes
  /** Votes credited to the candidate. */
  readonly total: Votes
  /** Papers held, and the votes on those with a preference left. The law uses neither; the classic mistakes do. */
  readonly papers: bigint
  readonly transferable: Votes
}

/** The transfer value is ⌊a ÷ b⌋. */
export type TransferValue = { readonly a: bigint; readonly b: bigint; readonly value: Votes }

/**
 * The points of the Order at which counters go wrong, each a part that the tests can replace by the mistake, to prove that the official
 * figures would notice. Not exported from the package: a count that is published always runs under {@link scottishOrder}.
 */
export type Rules = {
  readonly quota: (valid: bigint, seats: bigint) => bigint
  readonly transferValue: (figures: SurplusFigures) => TransferValue
  readonly excludedValue: (received: Votes) => Votes
  /** Whether candidates already elected can still be given papers. */
  readonly electedReceive: boolean
  readonly surplusBeforeExclusion: boolean
  readonly fillLastVacancies: boolean
  readonly surplusOrder: 'highest' | 'oldest'
  /** Where the search for unequal totals starts, and whether those no longer level drop out on the way. */
  readonly tieSearch: 'most recent' | 'earliest'
  readonly tieNarrows: boolean
  /** Votes must add up after every stage. Off only for mistakes that would be stopped here before their figures could be seen. */
  readonly conserve: boolean
}

/** The Scottish Local Government Elections Order 2007, Schedule 1. */
export const scottishOrder: Rules = {
  // 46(1), (2): valid papers over places plus one, decimals ignored, plus one.
  quota: (valid, seats) => quotient(valid, seats + 1n) + 1n,
  // 48(3): A = surplus × value when received, B = votes credited; to five places, any remainder ignored. All three figures are in
  // units of 10^-5, so A ÷ B is in units too.
  transferValue: ({ surplus, received, total }) => {
    const a = surplus * received
    return { a, b: total, value: quotient(a, total) }
  },
  // 50(4): the same value as when transferred to the excluded candidate; one for first preferences.
  excludedValue: (received) => received,
  // Article 2, "next available preference": those elected or excluded are ignored.
  electedReceive: false,
  // 50(1): exclusion only when all that rule 48 requires has been transferred.
  surplusBeforeExclusion: true,
  // 52: as many left as places: elected, and no further transfer.
  fillLastVacancies: true,
  // 49(1): the highest surplus first.
  surplusOrder: 'highest',
  // 49(2), 51(2)(a): "the most recent preceding stage at which they had unequal numbers".
  tieSearch: 'most recent',
  tieNarrows: true,
  conserve: true,
}
