import type { Instant } from '@quorate/kernel'
import type { Citation, EditionNumber, Fingerprint } from '../terms.ts'
import { withDeadline, withoutDeadline, type Agenda } from './agenda.ts'
import type { Head } from './head.ts'
import { emptyTable } from './table.ts'

/** A text put to the founding roll. */
export type Draft = { readonly id: string; readonly text: Fingerprint }

/** The founding: one ballot of the founding roll over all drafts, before which no draft binds anybody. */
export type Founding = {
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly drafts: readonly Draft[]
  readonly noticedAt: Instant
  readonly roll: { readonly size: number; readonly root: string; readonly at: Instant } | null
  readonly opensAt: Instant
  readonly closesAt: Instant
  readonly result: {
    readonly winner: string | null
    readonly text: Fingerprint | null
    readonly at: Instant
    /** After a failure: when it may be put again. Null: as soon as notice allows. */
    readonly againAt: Instant | null
  } | null
}
/** Founding, and at the other end dissolution: after that only the last acts are lawful. */
export type Life = {
  readonly founding: Founding | null
  readonly dissolved: { readonly at: Instant; readonly clause: Citation; readonly event: string } | null
  readonly agenda: Agenda
}

/** Before the founding. */
export const notFounded: Life = { founding: null, dissolved: null, agenda: emptyTable }

/** What may be done at the beginning and at the end. */
export type LifeAct =
  /** By rule, when notice of the drafts has gone out. Facts `notice` (`genesis`) and, for each draft, `resulting-text` (its id). */
  | { readonly kind: 'found'; readonly drafts: readonly Draft[] }
  /** By rule: the founding roll is drawn. Fact `roll` (electorate), as of the electorate's cut-off. */
  | { readonly kind: 'freeze-founding' }
  /** By rule, after the close. Facts `count` (`genesis`), {winner, for, against, voters}, and `resulting-text` (the winner). */
  | { readonly kind: 'declare-founding' }
  /** By rule, once a decision under the power to dissolve has been carried. */
  | { readonly kind: 'dissolve'; readonly decision: number }

/** What happened at the beginning and at the end. */
export type LifeEvent =
  | {
      readonly kind: 'founding-noticed'
      readonly drafts: readonly Draft[]
      readonly opensAt: Instant
      readonly closesAt: Instant
    }
  | { readonly kind: 'founding-frozen'; readonly size: number; readonly root: string }
  | { readonly kind: 'founding-closed' }
  | {
      readonly kind: 'founded'
      readonly winner: string
      readonly text: Fingerprint
      readonly for: number
      readonly against: number
      readonly voters: number
    }
  | { readonly kind: 'founding-failed'; readonly voters: number; readonly againAt: Instant | null }
  | { readonly kind: 'dissolved' }

/** The beginning and the end after an event. Total; reads no rule. */
export function evolveLife(life: Life, event: LifeEvent, head: Head): Life {
  const { founding } = life
  switch (event.kind) {
    case 'founding-noticed': {
      const { drafts, opensAt, closesAt } = event
      const { clause, edition, at } = head
      const made: Founding = { clause, edition, drafts, noticedAt: at, roll: null, opensAt, closesAt, result: null }
      return { ...life, founding: made, agenda: withDeadline(life.agenda, closesAt, 'founding') }
    }
    case 'founding-closed':
      return founding === null ? life : { ...life, agenda: withoutDeadline(life.agenda, founding.closesAt, 'founding') }
    case 'founding-frozen':
      return founding === null
        ? life
        : { ...life, founding: { ...founding, roll: { size: event.size, root: event.root, at: head.at } } }
    case 'founded':
      return founding === null
        ? life
        : { ...life, founding: { ...founding, result: { winner: event.winner, text: event.text, at: head.at, againAt: null } } }
    case 'founding-failed':
      return founding === null
        ? life
        : { ...life, founding: { ...founding, result: { winner: null, text: null, at: head.at, againAt: event.againAt } } }
    case 'dissolved':
      return { ...life, dissolved: { at: head.at, clause: head.clause, event: head.id } }
  }
}
