import type { Instant } from '@quorate/kernel'
import type { Citation, Pseudonym } from '../terms.ts'
import type { Head } from './head.ts'
import { emptyTable, rowOf, withRow, type Table } from './table.ts'

/** What an interest does to the one who has it: out of vote and quorum, out of the vote, or only known. */
export type InterestEffect = 'leaves vote and quorum' | 'leaves vote' | 'declares only'

/** One person's interest in one item: of a meeting, of a decision. */
export type Interest = {
  readonly person: Pseudonym
  readonly interest: string
  readonly clause: Citation
  readonly event: string
  readonly at: Instant
  readonly effect: InterestEffect
}
/** Interests by item. */
export type Interests = { readonly byItem: Table<readonly Interest[]> }

/** Before any interest. */
export const noInterests: Interests = { byItem: emptyTable }

/** What may be done about interests. `item`: the id of what is decided. */
export type InterestAct =
  | { readonly kind: 'declare-interest'; readonly item: string; readonly interest: string }
  /** By whoever `who-decides` names, of somebody who has not declared it, or who has for no reason. */
  | {
      readonly kind: 'rule-on-interest'
      readonly item: string
      readonly person: Pseudonym
      readonly interest: string
      readonly conflicted: boolean
    }

/** What happened to an interest. */
export type InterestEvent =
  | {
      readonly kind: 'interest-noted'
      readonly item: string
      readonly person: Pseudonym
      readonly interest: string
      readonly effect: InterestEffect
    }
  | { readonly kind: 'interest-cleared'; readonly item: string; readonly person: Pseudonym }

/** The interests in an item. */
export const interestsIn = (interests: Interests, item: string): readonly Interest[] => rowOf(interests.byItem, item) ?? []

/** Those who may not vote on an item. */
export const recusedFrom = (interests: Interests, item: string): readonly Interest[] =>
  interestsIn(interests, item).filter((i) => i.effect !== 'declares only')

/** The interests after an event. Total; reads no rule. */
export function evolveInterests(interests: Interests, event: InterestEvent, head: Head): Interests {
  const others = interestsIn(interests, event.item).filter((i) => i.person !== event.person)
  if (event.kind === 'interest-cleared') return { byItem: withRow(interests.byItem, event.item, others) }
  const { person, interest, effect } = event
  const noted: Interest = { person, interest, effect, clause: head.clause, event: head.id, at: head.at }
  return { byItem: withRow(interests.byItem, event.item, [...others, noted]) }
}
