import type { Instant } from '@quorate/kernel'
import type { Change, DecisionId, EditionNumber, Fingerprint, PowerName, Pseudonym } from './act.ts'
import type { Event, Outcome } from './event.ts'
import type { Rulebook } from './model.ts'
import { emptyMovement, evolveMovement, type Movement } from './movement/movement.ts'
import { nobody, withoutPerson, withPerson, type PeopleSet } from './people-set.ts'

/** The editions a replay may need, and which is in force now. A decision runs under the edition of its notice. */
export type Editions = { readonly byNumber: ReadonlyMap<EditionNumber, Rulebook>; readonly inForce: EditionNumber }

/** A challenge to a decision; `answer` is null while it is open. */
export type Challenge = {
  readonly by: Pseudonym | 'rule'
  readonly ground: string
  readonly document: Fingerprint
  readonly at: Instant
  readonly answer: { readonly outcome: 'upheld' | 'dismissed'; readonly at: Instant } | null
}

/** What has happened in one stage of a decision. Fields stay null until their event. */
export type StageMarks = {
  readonly signers: PeopleSet
  readonly metAt: Instant | null
  /** The outcome of a check or a consideration. */
  readonly outcome: { readonly says: string; readonly at: Instant } | null
  readonly notice: {
    readonly servedAt: Instant
    readonly receivedAt: Instant
    readonly served: number
    readonly of: number
  } | null
  readonly roll: { readonly at: Instant; readonly size: number; readonly root: string; readonly electorate: string } | null
  readonly box: Box
  /** Officers of several who must act together and have; `says` is what they would decide. */
  readonly countersigned: readonly { readonly by: Pseudonym | 'rule'; readonly says: string | null }[]
  readonly certifiedAt: Instant | null
  readonly challenges: readonly Challenge[]
  readonly enactedAt: Instant | null
}

/** A ballot, from its timetable to its result. `voters` are distinct people, `casts` counts re-votes too. */
export type Box = {
  readonly scheduledAt: Instant | null
  readonly opensAt: Instant | null
  readonly openedAt: Instant | null
  readonly closesAt: Instant | null
  readonly voters: PeopleSet
  readonly casts: number
  readonly extended: boolean
  readonly closedAt: Instant | null
  readonly result: {
    readonly outcome: 'carried' | 'fallen'
    readonly at: Instant
    readonly tally: { readonly for: number; readonly against: number; readonly blank: number; readonly cast: number }
  } | null
}

/** One decision: what was proposed, under which edition it runs, what happened in each stage, how it ended. */
export type DecisionState = {
  readonly id: DecisionId
  readonly power: PowerName
  readonly procedure: string
  readonly by: Pseudonym | 'rule'
  readonly document: Fingerprint
  readonly changes: readonly Change[]
  readonly proposedAt: Instant
  readonly proposedUnder: EditionNumber
  /** The edition of its notice; null before notice, when the edition in force applies. */
  readonly noticedUnder: EditionNumber | null
  readonly stages: Readonly<Record<string, StageMarks>>
  /** How many events it has had; the next is number `events + 1`. */
  readonly events: number
  readonly ended: { readonly outcome: Outcome; readonly at: Instant } | null
}

/** All decisions, what outlives them (absent while there is nothing) and the last instant at which anything was written down. Plain JSON. */
export type State = {
  readonly decisions: Readonly<Record<number, DecisionState>>
  readonly recordedAt: Instant | null
  readonly movement?: Movement
}

/** Before anything happened. */
export const emptyState: State = { decisions: {}, recordedAt: null }

const emptyBox: Box = {
  scheduledAt: null,
  opensAt: null,
  openedAt: null,
  closesAt: null,
  voters: nobody,
  casts: 0,
  extended: false,
  closedAt: null,
  result: null,
}

/** A stage in which nothing has happened yet. */
export const unmarked: StageMarks = {
  signers: nobody,
  metAt: null,
  outcome: null,
  notice: null,
  roll: null,
  box: emptyBox,
  countersigned: [],
  certifiedAt: null,
  challenges: [],
  enactedAt: null,
}

/** What has happened in a stage of a decision. */
export const marksOf = (decision: DecisionState, stage: string): StageMarks =>
  Object.hasOwn(decision.stages, stage) ? (decision.stages[stage] ?? unmarked) : unmarked

/** A decision by its number, or null. */
export const decisionOf = (state: State, id: DecisionId): DecisionState | null =>
  Object.hasOwn(state.decisions, id) ? (state.decisions[id] ?? null) : null

/**
 * The state after an event. Total, reads no rule, and never fails: an event of a decision that was never proposed changes nothing. Replaying
 * the same events gives the same state.
 */
export function evolve(state: State, event: Event): State {
  const recordedAt = state.recordedAt !== null && state.recordedAt > event.recordedAt ? state.recordedAt : event.recordedAt
  if (event.kind === 'movement') {
    const { id, clause, edition, by, occurredAt: at } = event
    return {
      ...state,
      movement: evolveMovement(state.movement ?? emptyMovement, event.did, { id, clause, edition, by, at }),
      recordedAt,
    }
  }
  const before = decisionOf(state, event.decision)
  const after = before === null ? begin(event) : advance(before, event)
  if (after === null) return { ...state, recordedAt }
  return { ...state, decisions: { ...state.decisions, [event.decision]: { ...after, events: after.events + 1 } }, recordedAt }
}

/** An event of one decision. */
type DecisionEvent = Exclude<Event, { readonly kind: 'movement' }>

function begin(event: DecisionEvent): DecisionState | null {
  if (event.kind !== 'proposed' && event.kind !== 'exercised') return null
  const { kind, power, document } = event
  return {
    id: event.decision,
    power,
    procedure: kind === 'proposed' ? event.procedure : '',
    by: event.by,
    document,
    changes: kind === 'proposed' ? event.changes : [],
    proposedAt: event.occurredAt,
    proposedUnder: event.edition,
    noticedUnder: null,
    stages: {},
    events: 0,
    ended: null,
  }
}

function advance(decision: DecisionState, event: DecisionEvent): DecisionState {
  if (event.kind === 'ended') return { ...decision, ended: { outcome: event.outcome, at: event.occurredAt } }
  const marks = marksOf(decision, event.stage)
  const stages = { ...decision.stages, [event.stage]: mark(marks, event) }
  return { ...decision, stages, noticedUnder: event.kind === 'noticed' ? event.edition : decision.noticedUnder }
}

/** One case per kind of event: a table, not a procedure. */
function mark(marks: StageMarks, event: DecisionEvent): StageMarks {
  const at = event.occurredAt
  const box = (change: Partial<Box>): StageMarks => ({ ...marks, box: { ...marks.box, ...change } })
  switch (event.kind) {
    case 'signed':
      return { ...marks, signers: withPerson(marks.signers, event.by) }
    case 'withdrawn':
      return { ...marks, signers: withoutPerson(marks.signers, event.by) }
    case 'supported':
      return { ...marks, metAt: at }
    case 'checked':
    case 'considered':
      return { ...marks, outcome: { says: event.outcome, at } }
    case 'noticed':
      return { ...marks, notice: { servedAt: at, receivedAt: event.receivedAt, served: event.served, of: event.of } }
    case 'frozen':
      return { ...marks, roll: { at, size: event.size, root: event.root, electorate: event.electorate } }
    case 'scheduled':
      return box({ scheduledAt: at, opensAt: event.opensAt, closesAt: event.closesAt })
    case 'opened':
      return box({ openedAt: at, closesAt: event.closesAt })
    case 'cast':
      return box({ voters: withPerson(marks.box.voters, event.by), casts: marks.box.casts + 1 })
    case 'extended':
      return box({ closesAt: event.closesAt, extended: true })
    case 'closed':
      return box({ closedAt: at })
    case 'declared':
      return box({ result: { outcome: event.outcome, at, tally: event.tally } })
    case 'countersigned':
      return { ...marks, countersigned: [...marks.countersigned, { by: event.by, says: event.says }] }
    case 'certified':
      return { ...marks, certifiedAt: at }
    case 'challenged':
      return {
        ...marks,
        challenges: [...marks.challenges, { by: event.by, ground: event.ground, document: event.document, at, answer: null }],
      }
    case 'challenge-answered':
      return { ...marks, challenges: answered(marks.challenges, event.outcome, at) }
    case 'enacted':
      return { ...marks, enactedAt: at }
    case 'proposed':
    case 'exercised':
    case 'ended':
      return marks
  }
}

/** Challenges are answered in the order they were made. */
function answered(challenges: readonly Challenge[], outcome: 'upheld' | 'dismissed', at: Instant): readonly Challenge[] {
  const open = challenges.findIndex((c) => c.answer === null)
  return challenges.map((c, i) => (i === open ? { ...c, answer: { outcome, at } } : c))
}
