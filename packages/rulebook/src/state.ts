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
  // What follows stands only where it has happened: states kept from before these stages existed have none of it.
  readonly skipped?: true
  readonly field?: Field
  readonly appeal?: Appeal
  /** Amendments moved in this stage; amendment n is the nth. */
  readonly amendments?: readonly Amendment[]
  /** When the meeting of this stage is held. */
  readonly heldAt?: Instant
  readonly hustingsAt?: Instant
  /** When it turned out that ballots that should not have counted could have decided it. */
  readonly doubtAt?: Instant
}

/** An amendment to what is being decided. */
export type Amendment = {
  readonly by: Pseudonym | 'rule'
  readonly at: Instant
  readonly document: Fingerprint
  readonly changes: readonly Change[]
  readonly backers: PeopleSet
  readonly admittedAt: Instant | null
  readonly withdrawnAt: Instant | null
  readonly outcome: 'carried' | 'fallen' | null
  /** Numbers of those a composite is made of, and who of their movers has agreed; empty for any other. */
  readonly of: readonly number[]
  readonly consents: readonly (Pseudonym | 'rule')[]
}

/** Another decision that this one cannot stand beside; `outcome` is null until it is settled. */
export type Incompatible = { readonly with: DecisionId; readonly at: Instant; readonly outcome: 'stands' | 'falls' | null }

/** Who may be chosen. Candidate n is the nth of the list. */
export type Field = {
  readonly places: number
  readonly candidates: readonly Candidate[]
  /** What the quotas ask for and what those nominated can give, where the seats have any. */
  readonly quotas?: { readonly required: number; readonly nominated: number }
}

/** One who has asked to be listed. */
export type Candidate = {
  readonly by: Pseudonym | 'rule'
  readonly statement: Fingerprint | null
  readonly seconders: PeopleSet
  /** How many signatures came from each group, where they must be spread. */
  readonly groups: Readonly<Record<string, number>>
  readonly acceptedAt: Instant | null
  readonly stoodDownAt: Instant | null
}

/** An appeal against the answer of a check or a body; `answer` is null while it is open. */
export type Appeal = {
  readonly by: Pseudonym | 'rule'
  readonly document: Fingerprint
  readonly at: Instant
  readonly answer: { readonly outcome: 'allowed' | 'dismissed'; readonly at: Instant } | null
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
  /** Numbers on the list of those the count has chosen; absent where there is no list, or none was. */
  readonly chosen?: readonly number[]
  /** Voters whose place on the roll was under appeal when they cast, and those whose ballot has since left the box or no longer could. */
  readonly provisional?: PeopleSet
  readonly left?: number
  readonly tooLate?: number
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
  /** The document it was proposed with, once an amendment has changed it. */
  readonly proposed?: Fingerprint
  readonly incompatible?: readonly Incompatible[]
  /** Instants from outside the decision that its rules count from, such as the day of a general meeting. */
  readonly instants?: Readonly<Record<string, Instant>>
  /** How often its ballot must be held again for doubt. */
  readonly reruns?: number
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
  switch (event.kind) {
    case 'noticed':
      return { ...decision, stages, noticedUnder: event.edition }
    case 'appealed':
      // What a refusal has ended is open again until the appeal is answered.
      return { ...decision, stages, ended: null }
    case 'amended':
      return {
        ...decision,
        stages,
        document: event.document,
        changes: event.changes,
        proposed: decision.proposed ?? decision.document,
      }
    case 'instant-stated':
      return { ...decision, stages, instants: { ...decision.instants, [event.anchor]: event.is } }
    case 're-run-ordered':
      return { ...decision, stages, reruns: (decision.reruns ?? 0) + 1 }
    case 'ruled-incompatible':
      return {
        ...decision,
        stages,
        incompatible: [...(decision.incompatible ?? []), { with: event.with, at: event.occurredAt, outcome: null }],
      }
    case 'settled':
      return {
        ...decision,
        stages,
        incompatible: (decision.incompatible ?? []).map((other) =>
          other.with === event.with ? { ...other, outcome: event.outcome } : other,
        ),
      }
    default:
      return { ...decision, stages }
  }
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
    case 'skipped':
      return { ...marks, skipped: true }
    case 'places-stated':
      return { ...marks, field: { ...fieldOf(marks), places: event.places } }
    case 'quotas-stated':
      return { ...marks, field: { ...fieldOf(marks), quotas: { required: event.required, nominated: event.nominated } } }
    case 'stood':
      return { ...marks, field: withCandidate(fieldOf(marks), event.candidate, event.by, event.statement) }
    case 'stood-down':
      return { ...marks, field: changed(fieldOf(marks), event.candidate, (c) => ({ ...c, stoodDownAt: at })) }
    case 'seconded':
      return { ...marks, field: changed(fieldOf(marks), event.candidate, (c) => seconded(c, event.by, event.group)) }
    case 'accepted':
      return { ...marks, field: changed(fieldOf(marks), event.candidate, (c) => ({ ...c, acceptedAt: at })) }
    case 'nominated':
      return { ...marks, outcome: { says: event.outcome, at } }
    case 'chosen':
      return box({ chosen: event.options })
    case 'appealed':
      return { ...marks, appeal: { by: event.by, document: event.document, at, answer: null } }
    case 'appeal-answered':
      return marks.appeal === undefined
        ? marks
        : { ...marks, appeal: { ...marks.appeal, answer: { outcome: event.outcome, at } } }
    case 'hustings-held':
      return { ...marks, hustingsAt: at }
    case 'amendment-moved':
    case 'composed':
      return { ...marks, amendments: [...(marks.amendments ?? []), moved(event)] }
    case 'amendment-backed':
      return amending(marks, event.amendment, (a) => ({ ...a, backers: withPerson(a.backers, event.by) }))
    case 'amendment-admitted':
      return amending(marks, event.amendment, (a) => ({ ...a, admittedAt: at }))
    case 'amendment-withdrawn':
      return amending(marks, event.amendment, (a) => ({ ...a, withdrawnAt: at }))
    case 'amendment-consented':
      return amending(marks, event.amendment, (a) => ({ ...a, consents: [...a.consents, event.by] }))
    case 'amendment-decided':
      return amending(marks, event.amendment, (a) => ({ ...a, outcome: event.outcome }))
    case 'convened':
      return { ...marks, heldAt: event.heldAt }
    case 'provisional':
      return box({ provisional: withPerson(marks.box.provisional ?? nobody, event.by) })
    case 'roll-settled':
      return box(rollSettled(marks.box, event.voter, event.outcome))
    case 'proposed':
    case 'exercised':
    case 'ended':
    case 'amended':
    case 'ruled-incompatible':
    case 'settled':
    case 'doubt-measured':
    case 'instant-stated':
      return marks
    case 're-run-ordered':
      return { ...marks, doubtAt: at }
  }
}

/** Challenges are answered in the order they were made. */
function answered(challenges: readonly Challenge[], outcome: 'upheld' | 'dismissed', at: Instant): readonly Challenge[] {
  const open = challenges.findIndex((c) => c.answer === null)
  return challenges.map((c, i) => (i === open ? { ...c, answer: { outcome, at } } : c))
}

const amending = (marks: StageMarks, number: number, change: (amendment: Amendment) => Amendment): StageMarks => ({
  ...marks,
  amendments: (marks.amendments ?? []).map((a, i) => (i === number - 1 ? change(a) : a)),
})

const moved = (event: Extract<Event, { readonly kind: 'amendment-moved' | 'composed' }>): Amendment => ({
  by: event.by,
  at: event.occurredAt,
  document: event.document,
  changes: event.changes,
  backers: nobody,
  admittedAt: null,
  withdrawnAt: null,
  outcome: null,
  of: event.kind === 'composed' ? event.of : [],
  consents: [],
})

/** A voter found not to belong on the roll: their ballot leaves the box while it is closed to counting, and stays counted afterwards. */
function rollSettled(box: Box, voter: Pseudonym, outcome: 'stays' | 'left' | 'late'): Partial<Box> {
  const provisional = withoutPerson(box.provisional ?? nobody, voter)
  if (outcome === 'stays') return { provisional }
  return outcome === 'left'
    ? { provisional, voters: withoutPerson(box.voters, voter), left: (box.left ?? 0) + 1 }
    : { provisional, tooLate: (box.tooLate ?? 0) + 1 }
}

/** Whether a set that may not stand yet has nobody in it. */
export const nobodyIn = (set: PeopleSet | undefined): boolean => set === undefined || set.size === 0

const emptyField: Field = { places: 1, candidates: [] }

/** The candidates of a stage that nominates. */
export const fieldOf = (marks: StageMarks): Field => marks.field ?? emptyField

const changed = (field: Field, number: number, change: (candidate: Candidate) => Candidate): Field => ({
  ...field,
  candidates: field.candidates.map((c, i) => (i === number - 1 ? change(c) : c)),
})

function withCandidate(field: Field, number: number, by: Candidate['by'], statement: Fingerprint | null): Field {
  if (number <= field.candidates.length)
    return changed(field, number, (c) => ({ ...c, statement: statement ?? c.statement, stoodDownAt: null }))
  const asked: Candidate = { by, statement, seconders: nobody, groups: {}, acceptedAt: null, stoodDownAt: null }
  return { ...field, candidates: [...field.candidates, asked] }
}

const seconded = (candidate: Candidate, by: Candidate['by'], group: string | null): Candidate => ({
  ...candidate,
  seconders: withPerson(candidate.seconders, by),
  groups: group === null ? candidate.groups : { ...candidate.groups, [group]: (candidate.groups[group] ?? 0) + 1 },
})

/** Numbers of the candidates who are listed: accepted, not stood down, and with a statement where one is due. */
export const listed = (field: Field, statementDue: boolean): readonly number[] =>
  field.candidates.flatMap((c, i) =>
    c.acceptedAt !== null && c.stoodDownAt === null && (!statementDue || c.statement !== null) ? [i + 1] : [],
  )
