import type { Instant } from '@quorate/kernel'
import type { Citation, EditionNumber, Pseudonym } from '../terms.ts'
import { withDeadline, withoutDeadline, type Agenda } from './agenda.ts'
import type { Head } from './head.ts'
import { targetKey, type Target } from './order.ts'
import { emptyTable, rowOf, withRow, type Table } from './table.ts'

/** An appeal to a body that had no part in what is appealed. */
export type Appeal = {
  readonly id: string
  /** Id of the `appeal` rule. */
  readonly rule: string
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly event: string
  readonly by: Pseudonym | 'rule'
  readonly against: Target
  readonly at: Instant
  readonly decideBy: Instant
  readonly timeout: 'allowed' | 'dismissed'
  /** Whether what is appealed is held back meanwhile. */
  readonly stay: boolean
  /** Who hears it, drawn by lot; empty until then. */
  readonly panel: readonly Pseudonym[]
  readonly outcome: 'allowed' | 'dismissed' | null
  readonly answeredAt: Instant | null
}
/** All appeals, those open by what they are against, and when each must be decided. */
export type Appeals = { readonly byId: Table<Appeal>; readonly open: Table<readonly string[]>; readonly agenda: Agenda }

/** Before any appeal. */
export const noAppeals: Appeals = { byId: emptyTable, open: emptyTable, agenda: emptyTable }

/** What may be done about appeals. */
export type AppealAct =
  | { readonly kind: 'appeal'; readonly appeal: string; readonly rule: string; readonly against: Target }
  /** By rule. Fact `seed` (appeal id): a text drawn in public after the appeal. `pool` and `conflicted`: who could sit, and who may not. */
  | {
      readonly kind: 'draw-panel'
      readonly appeal: string
      readonly pool: readonly Pseudonym[]
      readonly conflicted: readonly Pseudonym[]
    }
  | { readonly kind: 'decide-appeal'; readonly appeal: string; readonly allowed: number; readonly dismissed: number }

/** What happened to an appeal. */
export type AppealEvent =
  | ({ readonly kind: 'appealed'; readonly appeal: string } & Pick<Appeal, 'rule' | 'against' | 'decideBy' | 'timeout' | 'stay'>)
  | { readonly kind: 'panel-drawn'; readonly appeal: string; readonly panel: readonly Pseudonym[]; readonly seed: string }
  | { readonly kind: 'appeal-decided'; readonly appeal: string; readonly outcome: 'allowed' | 'dismissed' }

/** An appeal by its id, or null. */
export const appealOf = (appeals: Appeals, id: string): Appeal | null => rowOf(appeals.byId, id)

/** The open appeals against something. */
export const openAppeals = (appeals: Appeals, against: Target): readonly Appeal[] =>
  (rowOf(appeals.open, targetKey(against)) ?? []).map((id) => appealOf(appeals, id)).filter((a) => a !== null)

/** Whether an appeal holds something back at an instant: open, with a stay, and its time to be decided not over. */
export const isStayed = (appeals: Appeals, against: Target, at: Instant): boolean =>
  openAppeals(appeals, against).some((a) => a.stay && a.at <= at && at < a.decideBy)

/** The appeals after an event. Total; reads no rule. */
export function evolveAppeals(appeals: Appeals, event: AppealEvent, head: Head): Appeals {
  const known = appealOf(appeals, event.appeal)
  if (event.kind === 'appealed') {
    const { kind: _, appeal: id, ...said } = event
    const { clause, edition, by, at } = head
    const made: Appeal = { id, ...said, clause, edition, event: head.id, by, at, panel: [], outcome: null, answeredAt: null }
    const key = targetKey(made.against)
    return {
      byId: withRow(appeals.byId, id, made),
      open: withRow(appeals.open, key, [...(rowOf(appeals.open, key) ?? []), id]),
      agenda: withDeadline(appeals.agenda, made.decideBy, id),
    }
  }
  if (known === null) return appeals
  if (event.kind === 'panel-drawn') return { ...appeals, byId: withRow(appeals.byId, known.id, { ...known, panel: event.panel }) }
  const key = targetKey(known.against)
  return {
    byId: withRow(appeals.byId, known.id, { ...known, outcome: event.outcome, answeredAt: head.at }),
    open: withRow(
      appeals.open,
      key,
      (rowOf(appeals.open, key) ?? []).filter((id) => id !== known.id),
    ),
    agenda: withoutDeadline(appeals.agenda, known.decideBy, known.id),
  }
}
