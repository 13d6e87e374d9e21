import type { Instant } from '@quorate/kernel'
import type { Change, DecisionId, EditionNumber, Fingerprint, PowerName, Pseudonym } from './act.ts'
import type { Outcome } from './event.ts'
import type { Rulebook } from './language/model.ts'
import type { Movement } from './movement/movement.ts'
import { nobody, type PeopleSet } from './people-set.ts'

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
  /** The group it is about, where its rules speak of `this group`. */
  readonly group?: string
  /** Whether the edition it makes reaches decisions already running. */
  readonly reaches?: true
}

/** All decisions, what outlives them (absent while there is nothing) and the last instant at which anything was written down. Plain JSON. */
export type State = {
  readonly decisions: Readonly<Record<number, DecisionState>>
  readonly recordedAt: Instant | null
  readonly movement?: Movement
  /** Editions that reach decisions already running, in the order in which they came into force. */
  readonly reaching?: readonly EditionNumber[]
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

/** Whether a set that may not stand yet has nobody in it. */
export const nobodyIn = (set: PeopleSet | undefined): boolean => set === undefined || set.size === 0

const emptyField: Field = { places: 1, candidates: [] }

/** The candidates of a stage that nominates. */
export const fieldOf = (marks: StageMarks): Field => marks.field ?? emptyField

/** Numbers of the candidates who are listed: accepted, not stood down, and with a statement where one is due. */
export const listed = (field: Field, statementDue: boolean): readonly number[] =>
  field.candidates.flatMap((c, i) =>
    c.acceptedAt !== null && c.stoodDownAt === null && (!statementDue || c.statement !== null) ? [i + 1] : [],
  )
