import type { Instant } from '@quorate/kernel'
import type { Citation, DecisionId, EditionNumber } from '../terms.ts'
import { withDeadline, withoutDeadline, type Agenda } from './agenda.ts'
import type { Head } from './head.ts'
import { emptyTable } from './table.ts'
import type { Under } from './under.ts'

/** What an emergency measure puts off. */
export type Postponed =
  | { readonly kind: 'ballot opening' | 'ballot closing'; readonly decision: DecisionId }
  | { readonly kind: 'meeting'; readonly meeting: string }

/** An emergency: always with an end. */
export type Emergency = {
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly event: string
  readonly declaredAt: Instant
  readonly lapsesAt: Instant
  /** Until when it must be ratified, and what silence means. */
  readonly ratifyBy: Instant
  readonly timeout: 'lapses' | 'stands'
  readonly ratifiedAt: Instant | null
  readonly endedAt: Instant | null
}
/** The emergency declared last, how many there were, and what falls next. */
export type Emergencies = { readonly last: Emergency | null; readonly count: number; readonly agenda: Agenda }

/** Before any emergency. */
export const noEmergency: Emergencies = { last: null, count: 0, agenda: emptyTable }

/** What may be done in an emergency. */
export type EmergencyAct =
  | { readonly kind: 'declare-emergency'; readonly under: Under }
  | { readonly kind: 'ratify-emergency'; readonly under: Under }
  | { readonly kind: 'postpone'; readonly what: Postponed; readonly to: Instant; readonly under: Under }

/** What happened to an emergency. */
export type EmergencyEvent =
  | {
      readonly kind: 'emergency-declared'
      readonly lapsesAt: Instant
      readonly ratifyBy: Instant
      readonly timeout: 'lapses' | 'stands'
    }
  | { readonly kind: 'emergency-ratified' }
  | { readonly kind: 'emergency-ended'; readonly why: 'lapsed' | 'not ratified' }

/** The emergency in force at an instant, or null. */
export const emergencyAt = (emergencies: Emergencies, at: Instant): Emergency | null => {
  const { last } = emergencies
  return last !== null && last.endedAt === null && last.declaredAt <= at && at < last.lapsesAt ? last : null
}

/** What falls next for an emergency: its lapse, or before that the end of the time to ratify where silence ends it. */
function emergencyDeadline(e: Emergency | null): Instant | null {
  if (e === null || e.endedAt !== null) return null
  const unratified = e.ratifiedAt === null && e.timeout === 'lapses'
  return unratified && e.ratifyBy < e.lapsesAt ? e.ratifyBy : e.lapsesAt
}

/** The emergencies after an event. Total; reads no rule. */
export function evolveEmergencies(emergencies: Emergencies, event: EmergencyEvent, head: Head): Emergencies {
  const { last } = emergencies
  const set = (next: Emergency, count = emergencies.count): Emergencies => ({
    ...emergencies,
    last: next,
    count,
    agenda: withDeadline(
      withoutDeadline(emergencies.agenda, emergencyDeadline(last), 'emergency'),
      emergencyDeadline(next),
      'emergency',
    ),
  })
  switch (event.kind) {
    case 'emergency-declared': {
      const { lapsesAt, ratifyBy, timeout } = event
      const { clause, edition, id, at } = head
      const made = { clause, edition, event: id, declaredAt: at, lapsesAt, ratifyBy, timeout, ratifiedAt: null, endedAt: null }
      return set(made, emergencies.count + 1)
    }
    case 'emergency-ratified':
      return last === null ? emergencies : set({ ...last, ratifiedAt: head.at })
    case 'emergency-ended':
      return last === null ? emergencies : set({ ...last, endedAt: head.at })
  }
}
