import type { Instant } from '@quorate/kernel'
import type { Capacity, Citation, EditionNumber, PowerName } from '../terms.ts'
import { withDeadline, withoutDeadline, type Agenda } from './agenda.ts'
import type { Head } from './head.ts'
import { emptyTable, rowOf, withRow, type Table } from './table.ts'
import type { Under } from './under.ts'

/** A power lent by its holder to a body or office until a date. The holder keeps it too and may take it back. */
export type Delegation = {
  readonly id: string
  readonly power: PowerName
  readonly from: Capacity
  readonly to: Capacity
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly event: string
  readonly at: Instant
  readonly until: Instant
  readonly endedAt: Instant | null
}
/** All delegations, those of each power, and when each ends. */
export type Delegations = {
  readonly byId: Table<Delegation>
  readonly ofPower: Table<readonly string[]>
  readonly agenda: Agenda
}

/** Before any delegation. */
export const noDelegations: Delegations = { byId: emptyTable, ofPower: emptyTable, agenda: emptyTable }

/** What may be done about delegations. */
export type DelegationAct =
  | {
      readonly kind: 'delegate'
      readonly delegation: string
      readonly power: PowerName
      readonly to: Capacity
      readonly until: Instant
      readonly under: Under
    }
  | { readonly kind: 'end-delegation'; readonly delegation: string; readonly under: Under }

/** What happened to a delegation. */
export type DelegationEvent =
  | ({ readonly kind: 'delegated'; readonly delegation: string } & Pick<Delegation, 'power' | 'from' | 'to' | 'until'>)
  | { readonly kind: 'delegation-ended'; readonly delegation: string; readonly why: 'time' | 'taken back' }

/** The delegations of a power to a capacity in force at an instant. */
export const delegationsTo = (delegations: Delegations, power: PowerName, to: Capacity, at: Instant): readonly Delegation[] =>
  (rowOf(delegations.ofPower, power) ?? [])
    .map((id) => rowOf(delegations.byId, id))
    .filter((d) => d !== null)
    .filter((d) => d.to === to && d.at <= at && at < d.until && d.endedAt === null)

/** The delegations after an event. Total; reads no rule. */
export function evolveDelegations(delegations: Delegations, event: DelegationEvent, head: Head): Delegations {
  const known = rowOf(delegations.byId, event.delegation)
  if (event.kind === 'delegated') {
    const { kind: _, delegation: id, ...said } = event
    const made: Delegation = {
      id,
      ...said,
      clause: head.clause,
      edition: head.edition,
      event: head.id,
      at: head.at,
      endedAt: null,
    }
    return {
      byId: withRow(delegations.byId, id, made),
      ofPower: withRow(delegations.ofPower, made.power, [...(rowOf(delegations.ofPower, made.power) ?? []), id]),
      agenda: withDeadline(delegations.agenda, made.until, id),
    }
  }
  if (known === null) return delegations
  return {
    byId: withRow(delegations.byId, known.id, { ...known, endedAt: head.at }),
    ofPower: withRow(
      delegations.ofPower,
      known.power,
      (rowOf(delegations.ofPower, known.power) ?? []).filter((id) => id !== known.id),
    ),
    agenda: withoutDeadline(delegations.agenda, known.until, known.id),
  }
}
