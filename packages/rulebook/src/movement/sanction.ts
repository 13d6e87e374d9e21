import type { Instant } from '@quorate/kernel'
import type { Citation, DecisionId, EditionNumber, PowerName, Pseudonym } from '../terms.ts'
import { withDeadline, withoutDeadline, type Agenda } from './agenda.ts'
import type { Head } from './head.ts'
import { emptyTable, rowOf, withRow, type Table } from './table.ts'
import type { Under } from './under.ts'

/**
 * A measure against one person: a suspension, an exclusion or a sanction of the code of conduct. It never reaches a ballot whose notice had
 * gone out (`spares`), and an appeal with a stay holds it back altogether.
 */
export type Sanction = {
  readonly id: string
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly event: string
  readonly person: Pseudonym
  /** The power used, or the id of the sanction in the code. */
  readonly power: PowerName
  readonly code: string | null
  readonly from: Instant
  /** `[from, until)`; null: until lifted. */
  readonly until: Instant | null
  /** Ballots whose notice had gone out: the person keeps their vote there. */
  readonly spares: readonly DecisionId[]
  /** Those who decided it; a panel that hears an appeal has none of them. Empty where it is not known. */
  readonly deciders: readonly Pseudonym[]
  readonly endedAt: Instant | null
}
/** All sanctions, those of each person, and when each ends. */
export type Sanctions = { readonly byId: Table<Sanction>; readonly ofPerson: Table<readonly string[]>; readonly agenda: Agenda }

/** Before any sanction. */
export const noSanctions: Sanctions = { byId: emptyTable, ofPerson: emptyTable, agenda: emptyTable }

/** What may be done about sanctions. */
export type SanctionAct =
  | {
      readonly kind: 'sanction'
      readonly sanction: string
      readonly person: Pseudonym
      readonly power: PowerName
      readonly code: string | null
      readonly until: Instant | null
      readonly under: Under
    }
  | { readonly kind: 'lift-sanction'; readonly sanction: string; readonly under: Under }

/** What happened to a sanction. */
export type SanctionEvent =
  | ({ readonly kind: 'sanctioned'; readonly sanction: string } & Pick<
      Sanction,
      'person' | 'power' | 'code' | 'until' | 'spares' | 'deciders'
    >)
  | { readonly kind: 'sanction-ended'; readonly sanction: string; readonly why: 'time' | 'lifted' | 'appeal allowed' | 'order' }

/** A sanction by its id, or null. */
export const sanctionOf = (sanctions: Sanctions, id: string): Sanction | null => rowOf(sanctions.byId, id)

/** What weighs on a person at an instant, for a decision or in general (null). Stays by appeal are not looked at here. */
export const sanctionsOn = (
  sanctions: Sanctions,
  person: string,
  at: Instant,
  decision: DecisionId | null,
): readonly Sanction[] =>
  (rowOf(sanctions.ofPerson, person) ?? [])
    .map((id) => sanctionOf(sanctions, id))
    .filter((s) => s !== null)
    .filter((s) => s.from <= at && (s.until === null || at < s.until) && (s.endedAt === null || at < s.endedAt))
    .filter((s) => s.spares.every((spared) => spared !== decision))

/** The sanctions after an event. Total; reads no rule. */
export function evolveSanctions(sanctions: Sanctions, event: SanctionEvent, head: Head): Sanctions {
  const known = sanctionOf(sanctions, event.sanction)
  if (event.kind === 'sanctioned') {
    const { kind: _, sanction: id, ...said } = event
    const made: Sanction = {
      id,
      ...said,
      clause: head.clause,
      edition: head.edition,
      event: head.id,
      from: head.at,
      endedAt: null,
    }
    return {
      byId: withRow(sanctions.byId, id, made),
      ofPerson: withRow(sanctions.ofPerson, made.person, [...(rowOf(sanctions.ofPerson, made.person) ?? []), id]),
      agenda: withDeadline(sanctions.agenda, made.until, id),
    }
  }
  if (known?.endedAt !== null) return sanctions
  return {
    ...sanctions,
    byId: withRow(sanctions.byId, known.id, { ...known, endedAt: head.at }),
    agenda: withoutDeadline(sanctions.agenda, known.until, known.id),
  }
}
