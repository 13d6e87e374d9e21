import type { Instant } from '@quorate/kernel'
import type { Citation, DecisionId, EditionNumber, Fingerprint, PowerName } from '../terms.ts'
import { withDeadline, withoutDeadline, type Agenda } from './agenda.ts'
import type { Head } from './head.ts'
import { emptyTable, rowOf, valuesOf, withRow, type Table } from './table.ts'

/** Who stands outside the rules and may give orders. */
export type OrderSource = 'court' | 'tribunal' | 'regulator' | 'superior'
/** What an order does: hold something back, undo it, put it back, tell to do it, or tell not to. */
export type OrderKind = 'stay' | 'quash' | 'restore' | 'direct' | 'forbid'
/** What an order or an appeal is about. */
export type Target =
  | { readonly kind: 'decision'; readonly decision: DecisionId }
  | { readonly kind: 'event'; readonly event: string }
  | { readonly kind: 'power'; readonly power: PowerName }
  | { readonly kind: 'sanction'; readonly sanction: string }

/** An order from outside. `until` null: until it is lifted. */
export type Order = {
  readonly id: string
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly event: string
  readonly from: OrderSource
  readonly does: OrderKind
  readonly target: Target
  readonly document: Fingerprint
  readonly at: Instant
  readonly until: Instant | null
  readonly endedAt: Instant | null
  /** Events that rest on what was quashed and are put up for review, by id. */
  readonly review?: readonly string[]
}
/** All orders; those in force by what they are about; when each ends. */
export type Orders = { readonly byId: Table<Order>; readonly inForce: Table<readonly string[]>; readonly agenda: Agenda }

/** Before any order. */
export const noOrders: Orders = { byId: emptyTable, inForce: emptyTable, agenda: emptyTable }

/** What may be done about orders. */
export type OrderAct =
  | {
      readonly kind: 'record-order'
      readonly order: string
      readonly from: OrderSource
      readonly does: OrderKind
      readonly target: Target
      readonly form: 'document' | 'statement'
      readonly document: Fingerprint
      readonly until: Instant | null
    }
  /** The one who gave it has lifted it. */
  | { readonly kind: 'lift-order'; readonly order: string; readonly document: Fingerprint }

/** What happened to an order. */
export type OrderEvent =
  | ({ readonly kind: 'order-recorded'; readonly order: string } & Pick<Order, 'from' | 'does' | 'target' | 'document' | 'until'>)
  /** What rests on the quashed event is put up for review, by id. */
  | { readonly kind: 'review-listed'; readonly order: string; readonly events: readonly string[] }
  | { readonly kind: 'order-ended'; readonly order: string; readonly why: 'lifted' | 'time' }

/** A target as a key: `decision 12`, `power suspend`. */
export function targetKey(target: Target): string {
  const { kind } = target
  if (kind === 'decision') return `${kind} ${target.decision}`
  if (kind === 'event') return `${kind} ${target.event}`
  return kind === 'power' ? `${kind} ${target.power}` : `${kind} ${target.sanction}`
}

const targetKinds: ReadonlySet<string> = new Set<Target['kind']>(['decision', 'event', 'power', 'sanction'])
/** Whether it is something an order can be about: what reads acts refuses the rest, and so does the rule where nothing has read them. */
export const isTarget = (target: Target): boolean => targetKinds.has(target.kind)

/** The orders of a kind in force on a target at an instant. */
export function ordersOn(orders: Orders, target: Target, does: OrderKind, at: Instant): readonly Order[] {
  return (rowOf(orders.inForce, targetKey(target)) ?? [])
    .map((id) => rowOf(orders.byId, id))
    .filter((o) => o !== null)
    .filter((o) => o.does === does && o.at <= at && (o.until === null || at < o.until) && o.endedAt === null)
}

/** All orders in force, for a page. */
export const ordersInForce = (orders: Orders): readonly Order[] => valuesOf(orders.byId).filter((o) => o.endedAt === null)

/** The orders after an event. Total; reads no rule. */
export function evolveOrders(orders: Orders, event: OrderEvent, head: Head): Orders {
  const known = rowOf(orders.byId, event.order)
  if (event.kind === 'order-recorded') {
    const { kind: _, order: id, ...said } = event
    const made: Order = { id, ...said, clause: head.clause, edition: head.edition, event: head.id, at: head.at, endedAt: null }
    const key = targetKey(made.target)
    return {
      byId: withRow(orders.byId, id, made),
      inForce: withRow(orders.inForce, key, [...(rowOf(orders.inForce, key) ?? []), id]),
      agenda: withDeadline(orders.agenda, made.until, id),
    }
  }
  if (known === null) return orders
  if (event.kind === 'review-listed')
    return { ...orders, byId: withRow(orders.byId, known.id, { ...known, review: event.events }) }
  const key = targetKey(known.target)
  return {
    byId: withRow(orders.byId, known.id, { ...known, endedAt: head.at }),
    inForce: withRow(
      orders.inForce,
      key,
      (rowOf(orders.inForce, key) ?? []).filter((id) => id !== known.id),
    ),
    agenda: withoutDeadline(orders.agenda, known.until, known.id),
  }
}
