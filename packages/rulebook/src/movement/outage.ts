import type { Instant } from '@quorate/kernel'
import type { Citation, DecisionId } from '../terms.ts'
import type { Head } from './head.ts'
import { emptyTable, rowOf, withRow, type Table } from './table.ts'

/** A time in which a way to be reached, or to vote, did not work. */
export type Outage = {
  readonly channel: string
  readonly from: Instant
  readonly until: Instant
  readonly clause: Citation
  readonly event: string
}
/** Outages, and how often each decision was given more time for one. */
export type Outages = { readonly all: readonly Outage[]; readonly extensions: Table<number> }

/** Before any outage. */
export const noOutages: Outages = { all: [], extensions: emptyTable }

/** What may be done about an outage: by rule, with fact `outage` (channel) {from, until} and its evidence. Open ballots are extended. */
export type OutageAct = { readonly kind: 'report-outage'; readonly channel: string }

/** What happened to the service. */
export type OutageEvent = {
  readonly kind: 'outage-recorded'
  readonly channel: string
  readonly from: Instant
  readonly until: Instant
  /** Whose closing was moved for it. */
  readonly extended: readonly DecisionId[]
}

/** How often a decision has been given more time. */
export const extensionsOf = (outages: Outages, decision: DecisionId): number => rowOf(outages.extensions, String(decision)) ?? 0

/** The outages after an event. Total; reads no rule. */
export function evolveOutages(outages: Outages, event: OutageEvent, head: Head): Outages {
  const { channel, from, until, extended } = event
  return {
    all: [...outages.all, { channel, from, until, clause: head.clause, event: head.id }],
    extensions: extended.reduce((table, d) => withRow(table, String(d), extensionsOf(outages, d) + 1), outages.extensions),
  }
}
